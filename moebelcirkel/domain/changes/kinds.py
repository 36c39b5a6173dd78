"""What each kind of change is called in the history; tests hold every service against it."""

from moebelcirkel.domain.errors import N_

CHANGE_KINDS: dict[str, str] = {
    "article.create": N_("Created a furniture type"),
    "article.delete": N_("Deleted furniture types"),
    "article.save": N_("Corrected a furniture type"),
    "case.finish": N_("Finished a workshop case"),
    "case.move": N_("Moved a workshop case"),
    "case.note": N_("Wrote a note on a workshop case"),
    "case.open": N_("Sent furniture to the workshop"),
    "case.split": N_("Split a workshop case"),
    "case.task": N_("Changed a task in the workshop"),
    "clock.confirm": N_("Said that the clock is right"),
    "delivery.hand_over": N_("Handed furniture over"),
    "delivery.note": N_("Made a delivery note"),
    "delivery.pick": N_("Picked furniture"),
    "delivery.take_back": N_("Took furniture back"),
    "delivery.unpick": N_("Put picked furniture back"),
    "factor.bring": N_("Brought a new factor set"),
    "factor.copy": N_("Copied a factor set"),
    "factor.delete": N_("Deleted a factor set"),
    "factor.release": N_("Released a factor set"),
    "factor.save": N_("Changed a factor"),
    "factor.set": N_("Corrected a factor set"),
    "import.articles": N_("Imported furniture types"),
    "import.institutions": N_("Imported institutions"),
    "import.places": N_("Imported places"),
    "import.users": N_("Imported users"),
    "import.prices": N_("Imported new prices"),
    "import.pieces": N_("Imported opening stock"),
    "institution.delete": N_("Deleted an institution"),
    "institution.save": N_("Changed an institution"),
    "intake.correct": N_("Corrected the registration of a piece"),
    "intake.register": N_("Received furniture"),
    "intake.remove": N_("Undid the registration of one piece"),
    "badge.make": N_("Made a badge for a user"),
    "badge.revoke": N_("Took a user's badge back"),
    "order.approve": N_("Approved an order"),
    "order.cancel": N_("Cancelled an order"),
    "order.refuse": N_("Refused an order"),
    "order.send": N_("Sent an order"),
    "parameter.save": N_("Changed the settings"),
    "person.anonymise": N_("Anonymised a person"),
    "photo.add": N_("Added pictures"),
    "photo.order": N_("Put pictures in another order"),
    "photo.remove": N_("Removed a picture"),
    "pickup.accept": N_("Accepted reported furniture"),
    "pickup.ask": N_("Asked about reported furniture"),
    "pickup.close": N_("Finished a pickup"),
    "pickup.correct": N_("Corrected a report of furniture"),
    "pickup.plan": N_("Planned a pickup"),
    "pickup.refuse": N_("Turned reported furniture down"),
    "pickup.report": N_("Reported furniture to be fetched"),
    "pickup.withdraw": N_("Took a report of furniture back"),
    "place.delete": N_("Deleted a place"),
    "place.save": N_("Changed a place"),
    "place.series": N_("Made a series of places"),
    "copy.dump": N_("Took a copy of the shared database"),
    "rate.confirm": N_("Confirmed the hour rates"),
    "rate.delete": N_("Deleted an hour rate"),
    "rate.save": N_("Changed an hour rate"),
    "report.record": N_("Recorded a report"),
    "settlement.book": N_("Noted that a settlement is booked"),
    "settlement.make": N_("Made a settlement"),
    "settlement.release": N_("Released a settlement"),
    "settlement.reverse": N_("Reversed a settlement"),
    "settlement.withdraw": N_("Withdrew a settlement"),
    "setup": N_("Set the program up"),
    "shop.answer": N_("Answered the question in the basket"),
    "shop.expire": N_("Emptied a basket nobody had looked at"),
    "shop.hold": N_("Put furniture into the basket"),
    "shop.payer": N_("Chose who pays for the basket"),
    "shop.release": N_("Took furniture out of the basket"),
    "task.delete": N_("Deleted a task type"),
    "task.save": N_("Changed a task type"),
    "undo": N_("Undid a change"),
    "undo.redo": N_("Did again what was undone"),
    "unit.condition": N_("Corrected the condition"),
    "unit.edit": N_("Corrected details of a piece"),
    "unit.list": N_("Put furniture on sale"),
    "unit.move": N_("Moved furniture"),
    "unit.price": N_("Changed the price"),
    "unit.scrap": N_("Scrapped furniture"),
    "unit.unlist": N_("Took furniture off sale"),
    "user.delete": N_("Deleted a user"),
    "user.password": N_("Changed a password"),
    "user.rehash": N_("Stored a password more safely"),
    "user.save": N_("Changed a user"),
    "want.create": N_("Wanted furniture"),
    "want.end": N_("Ended a want"),
    "want.save": N_("Corrected a want"),
    "want.serve": N_("Held furniture for wants"),
}

#: What a kind is called that also makes such things, where its change made one: by the table.
CREATED: dict[str, tuple[str, str]] = {
    "institution.save": ("institution", N_("Created an institution")),
    "place.save": ("place", N_("Created a place")),
    "rate.save": ("hour_rate", N_("Created an hour rate")),
    "task.save": ("task_type", N_("Created a task type")),
    "user.save": ("app_user", N_("Created a user")),
}

#: The kinds by what they are about, for the filter of the history.
KIND_GROUPS: dict[str, str] = {
    "pickup": N_("Pickups"),
    "intake": N_("Intake"),
    "unit": N_("Stock"),
    "case": N_("Workshop"),
    "article": N_("Furniture types"),
    "photo": N_("Pictures"),
    "shop": N_("Basket"),
    "order": N_("Orders"),
    "want": N_("Wants"),
    "delivery": N_("Picking and delivery"),
    "import": N_("Import"),
    "report": N_("Reports"),
    "settlement": N_("Settlement"),
    "institution": N_("Institutions"),
    "place": N_("Places"),
    "user": N_("Users"),
    "badge": N_("Badges"),
    "person": N_("Erased people"),
    "task": N_("Task types"),
    "rate": N_("Hour rates"),
    "factor": N_("Factor sets"),
    "parameter": N_("Settings"),
    "copy": N_("Copies"),
    "setup": N_("Setup"),
    "clock": N_("Clock"),
    "undo": N_("Undone changes"),
}


def group_of(kind: str) -> str:
    """The group a kind belongs to: the part before the dot."""
    return kind.partition(".")[0]


def kind_name(kind: str, *, created: bool = False) -> str:
    """English msgid of a kind; an older or newer program's kind is shown as it stands.

    ``created`` says that the change made what it is about.
    """
    if created and kind in CREATED:
        return CREATED[kind][1]
    return CHANGE_KINDS.get(kind, kind)
