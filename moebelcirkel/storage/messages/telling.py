"""Which change tells whom what; an undone one takes back what was not sent yet."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from moebelcirkel.domain.ceilings import read_standing
from moebelcirkel.domain.messages import Cause, Mail
from moebelcirkel.domain.orders import ApprovalAsked, Needs, OrderState, deciders
from moebelcirkel.language import kroner, number
from moebelcirkel.storage.done import Done, told
from moebelcirkel.storage.messages.writing import Draft, Origin, write
from moebelcirkel.storage.queries import approvals as approval_queries
from moebelcirkel.storage.queries import ceilings as ceiling_queries
from moebelcirkel.storage.queries import messages as queries
from moebelcirkel.storage.queries.messages import ComplaintFacts, OrderFacts, PickupFacts, WantFacts
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import ZONE, Session, Work

Said = Mapping[str, object]


def tell(work: Work, kind: str, reverses_id: int | None, done: Done) -> None:
    """Write what people are told of a change, in its own transaction."""
    origin = Origin(work.now, work.change_id, work.actor_id)
    if reverses_id is not None:
        write(work.session, origin, _reversed(work, reverses_id))
    elif kind in _TELL:
        needed, drafts = _TELL[kind]
        said = told(done)
        if needed in said:  # a change that answers nothing names nothing to tell of
            write(work.session, origin, drafts(work, said))


def _reversed(work: Work, reverses_id: int) -> list[Draft]:
    """What waits is not sent; whoever has had a mail of it is told that it holds no more."""
    first, undone = queries.first_change(work.session, reverses_id)
    drafts = []
    for row in queries.of_change(work.session, first):
        row.undone = undone
        if not undone:
            row.mail = Mail.WAITING if row.mail == Mail.WITHDRAWN else row.mail
        elif row.mail == Mail.SENT or row.claimed_at is not None:
            values = {"emne": row.subject}
            drafts.append(Draft(row.recipient_id, Cause.UNDONE, values, row.entity, row.entity_id))
        elif row.mail == Mail.WAITING:
            row.mail = Mail.WITHDRAWN
    work.session.flush()
    return drafts


# --- orders --------------------------------------------------------------------------------------


def order_values(order: OrderFacts, pieces: int | None = None) -> dict[str, str]:
    """What the text of an order can name."""
    return {
        "ordre": order.number,
        "institution": order.institution,
        "beløb": kroner(order.cost_ore),
        "gebyr": _fee(order),
        "grund": order.reason,
        **_pieces(order.pieces if pieces is None else pieces),
    }


def _fee(order: OrderFacts) -> str:
    parts = ["Den haster."] if order.urgent else []
    if order.over_ore:
        parts.append(f"Den er {kroner(order.over_ore)} over budgetloftet.")
    if order.fee_ore:
        parts.append(f"Heraf gebyr: {kroner(order.fee_ore).rstrip('.')}.")
    return " ".join(parts)


def approvers(
    session: Session, order: OrderFacts, today: dt.date, *, long: bool = False
) -> list[int]:
    """Who is told of an order that waits; deputies without days where it has waited ``long``."""
    asked = ApprovalAsked(
        order.institution_id, order.orderer_id, Needs(order.needs), order.cost_ore
    )
    people = deciders(approval_queries.stands(session, today), asked)
    return [stand.id for stand in people if long or not stand.standing]


def _actor(work: Work) -> str:
    if work.actor_id is None:
        return ""
    found = queries.people(work.session, [work.actor_id])
    return found[work.actor_id].name if found else ""


def _order(work: Work, said: Said) -> OrderFacts:
    return queries.order(work.session, cast(int, said["order_id"]))


def _sent(work: Work, said: Said) -> list[Draft]:
    order = _order(work, said)
    values = order_values(order)
    drafts = [Draft(order.orderer_id, Cause.ORDER_SENT, values, "shop_order", order.id)]
    if order.state == OrderState.AWAITING:
        values = {**values, "hvem": _actor(work)}
        drafts += [
            Draft(each, Cause.ORDER_WAITS, values, "shop_order", order.id)
            for each in approvers(work.session, order, work.today)
        ]
    return drafts


def _decided(cause: Cause) -> "Callable[[Work, Said], list[Draft]]":
    """Whoever ordered is told what somebody else decided."""

    def drafts(work: Work, said: Said) -> list[Draft]:
        order = _order(work, said)
        if order.state != OrderState.AWAITING:
            queries.no_longer_waits(work.session, order.id, work.now)
        if order.orderer_id == work.actor_id:
            return []
        pieces = cast(int, said["pieces"]) if cause is Cause.ORDER_CANCELLED else None
        values = {**order_values(order, pieces), "hvem": _actor(work)}
        if cause is Cause.ORDER_CANCELLED:
            values["grund"] = ""  # what is kept there is of pieces taken out before
        return [Draft(order.orderer_id, cause, values, "shop_order", order.id)]

    return drafts


def _adjusted(work: Work, said: Said) -> list[Draft]:
    """Only what was taken out is told: who pays is seen on the order."""
    if not said["pieces"]:
        return []
    why = f"Begrundelse: {_order(work, said).reason}"
    drafts = _decided(Cause.ORDER_CANCELLED)(work, said)
    return [replace(draft, values={**draft.values, "grund": why}) for draft in drafts]


def _moved(work: Work, said: Said) -> list[Draft]:
    """Whoever was promised another week, or was told of another one since."""
    work.session.flush()
    run_id, drafts = cast(int, said["run_id"]), []
    all_found = queries.on_run(work.session, run_id)
    told_of = queries.told_moved(work.session, [found.order_id for found in all_found])
    for found in all_found:
        week, keys = _week(found.driven_on), told_of.get(found.order_id, [])
        before = _told(work, found.order_id, run_id, keys) or _week(found.promised_on)
        if before == week:
            continue
        order = queries.order(work.session, found.order_id)
        values = {
            **order_values(order, found.pieces),
            "dato": day_words(found.driven_on),
            "uge": _bare(week),
            "før": _bare(before),
        }
        once = f"moved {order.id} {week} {work.change_id} {run_id}"
        drafts.append(
            Draft(order.orderer_id, Cause.ORDER_MOVED, values, "shop_order", order.id, once)
        )
    return drafts


def _driven(work: Work, said: Said) -> list[Draft]:
    """Of the orders on a run, and of the reports whose day it has set or moved."""
    drafts = _moved(work, said)
    if "pickup" in work.recorder.kinds:
        for key in queries.planned_by(work.session, work.change_id):
            drafts += _pickup(Cause.PICKUP_PLANNED)(work, {"pickup_id": key})
    return drafts


def _told(work: Work, order_id: int, run_id: int, keys: Sequence[str]) -> str | None:
    """The week last told of what a run brings; what was told of another one holds for that.

    Once nothing of the order is on the other one any more, it was told of what is on this now.
    """
    others = queries.runs_of(work.session, order_id) - {run_id} if keys else set()
    for key in keys:
        week, _change, *run = key.split()[2:]
        if not run or int(run[0]) not in others:
            return week
    return None


def _kept(work: Work, said: Said) -> list[Draft]:
    order = queries.order(work.session, cast(int, said["kept_order_id"]))
    values = {**order_values(order), "lån": str(said["number"])}
    return [Draft(order.orderer_id, Cause.LOAN_KEPT, values, "shop_order", order.id)]


def _lost(work: Work, said: Said) -> list[Draft]:
    order = _order(work, said)
    values = order_values(order, cast(int, said["pieces"]))
    return [Draft(order.orderer_id, Cause.LOAN_LOST, values, "shop_order", order.id)]


def _week(day: dt.date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def _bare(week: str) -> str:
    """The number of the week as people say it."""
    return str(int(week.partition("W")[2]))


def _noted(work: Work, said: Said) -> list[Draft]:
    parts = queries.noted(work.session, cast(Sequence[int], said["delivery_ids"]))
    return _parts(work, Cause.ORDER_READY, parts)


def _handed_over(work: Work, said: Said) -> list[Draft]:
    numbers = cast(Sequence[str], said["numbers"])
    drafts = _parts(work, Cause.ORDER_DELIVERED, queries.delivered(work.session, numbers))
    for home in queries.homes(work.session, numbers):
        pickup = queries.pickup(work.session, home.pickup_id)
        values = pickup_values(pickup, home.pieces) | {"institution": home.institution}
        drafts.append(Draft(pickup.reporter_id, Cause.PICKUP_HOME, values, "pickup", pickup.id))
    return drafts


def _parts(work: Work, cause: Cause, parts: Sequence[queries.DeliveredPart]) -> list[Draft]:
    drafts = []
    for part in parts:
        order = queries.order(work.session, part.order_id)
        values = order_values(order, part.pieces) | {"følgeseddel": part.note}
        drafts.append(Draft(order.orderer_id, cause, values, "shop_order", order.id))
    return drafts


def _ceilings_passed(work: Work, said: Said) -> list[Draft]:
    """Who leads an institution and who can raise its ceilings are told that one is passed."""
    institution_id, drafts = cast(int, said["id"]), []
    groups = {key: name for key, name, _english in ceiling_queries.groups(work.session)}
    name = queries.institution_name(work.session, institution_id)
    for ceiling in map(read_standing, cast(Sequence[str], said["passed"])):
        group = groups.get(ceiling.group, ceiling.group)
        values = {
            "institution": name,
            "budgetloft": f"Budgetloft {ceiling.year}" + (f" · {group}" if group else ""),
            "loft": kroner(ceiling.most_ore),
            "brugt": kroner(ceiling.used_ore),
            "over": kroner(ceiling.passed_ore),
            "hvem": _actor(work),
        }
        drafts += [
            Draft(each, Cause.CEILING_PASSED, values)
            for each in queries.leaders_and_administrators(work.session, institution_id)
        ]
    return drafts


# --- wants and pickups ---------------------------------------------------------------------------


def want_values(want: WantFacts) -> dict[str, str]:
    """What the text of a want can name."""
    return {
        "efterlysning": want.number,
        "institution": want.institution,
        **_pieces(want.pieces),
        "dato": day_words(want.until.astimezone(ZONE).date()),
    }


def _served(work: Work, said: Said) -> list[Draft]:
    found = queries.wants(work.session, Want.id.in_(cast(Sequence[int], said["want_ids"])))
    return [
        Draft(want.asker_id, Cause.WANT_FOUND, want_values(want), "want", want.id) for want in found
    ]


def pickup_values(pickup: PickupFacts, pieces: int | None = None) -> dict[str, str]:
    """What the text of a report of furniture can name."""
    return {
        "indmelding": pickup.number,
        "giver": pickup.giver,
        **_pieces(pickup.pieces if pieces is None else pieces),
        "dato": day_words(pickup.planned_on) if pickup.planned_on else "",
        "spørgsmål": pickup.question,
        "grund": pickup.reason,
    }


def _pickup(cause: Cause) -> "Callable[[Work, Said], list[Draft]]":
    def drafts(work: Work, said: Said) -> list[Draft]:
        pickup = queries.pickup(work.session, cast(int, said["pickup_id"]))
        return [Draft(pickup.reporter_id, cause, pickup_values(pickup), "pickup", pickup.id)]

    return drafts


def _priced(work: Work, said: Said) -> list[Draft]:
    pickup = queries.pickup(work.session, cast(int, said["pickup_id"]))
    values = pickup_values(pickup) | {"beløb": kroner(cast(int, said["each_ore"]))}
    repair_id = cast(int, said["id"])
    return [Draft(pickup.reporter_id, Cause.REPAIR_PRICED, values, "repair", repair_id)]


def _complained(cause: Cause) -> "Callable[[Work, Said], list[Draft]]":
    """Whoever complained is told what somebody else decided."""

    def drafts(work: Work, said: Said) -> list[Draft]:
        work.session.flush()
        found = queries.complaints(work.session, cast(Sequence[int], said["ids"]))
        return _of_complaints(work, cause, found)

    return drafts


def _finished(work: Work, said: Said) -> list[Draft]:
    """Whose complaint, or whose order, the workshop has done with."""
    work.session.flush()
    case_id = cast(int, said["case_id"])
    found = queries.mended(work.session, case_id)
    drafts = _of_complaints(work, Cause.COMPLAINT_MENDED, found)
    for order_id, pieces in queries.adapted(work.session, case_id):
        order = queries.order(work.session, order_id)
        values = order_values(order, pieces)
        drafts.append(Draft(order.orderer_id, Cause.ORDER_ADAPTED, values, "shop_order", order.id))
    return drafts


def _given_up(work: Work, said: Said) -> list[Draft]:
    """Whoever ordered is told why: what is their own comes home, else they may still want it."""
    work.session.flush()
    order = _order(work, said)
    reason, repair_id = queries.given_up(work.session, cast(int, said["case_id"]))
    values = {**order_values(order, cast(int, said["pieces"])), "grund": reason}
    if repair_id is not None:
        return [Draft(order.orderer_id, Cause.REPAIR_GIVEN_UP, values, "repair", repair_id)]
    return [Draft(order.orderer_id, Cause.ADAPTATION_GIVEN_UP, values, "shop_order", order.id)]


def _of_complaints(work: Work, cause: Cause, found: Sequence[ComplaintFacts]) -> list[Draft]:
    return [
        Draft(each.reporter_id, cause, _complaint_values(each), "complaint", each.id)
        for each in found
        if each.reporter_id != work.actor_id
    ]


def _complaint_values(found: ComplaintFacts) -> dict[str, str]:
    return {
        "reklamation": found.number,
        "ordre": found.order,
        "institution": found.institution,
        "beløb": kroner(found.price_ore),
        "grund": found.reason,
        **_pieces(found.pieces),
    }


def _pieces(count: int) -> dict[str, str]:
    return {"antal": number(count), "møbler": f"{number(count)} møb{'el' if count == 1 else 'ler'}"}


def day_words(day: dt.date) -> str:
    """As the municipality writes it, whatever language somebody's screen has."""
    return f"{day:%d.%m.%Y}"


#: By the kind of change: what its answer must name, and what is told of that.
_TELL: Mapping[str, tuple[str, Callable[[Work, Said], list[Draft]]]] = {
    "order.send": ("order_id", _sent),
    "order.approve": ("order_id", _decided(Cause.ORDER_APPROVED)),
    "order.adjust": ("order_id", _adjusted),
    "order.refuse": ("order_id", _decided(Cause.ORDER_REFUSED)),
    "order.cancel": ("order_id", _decided(Cause.ORDER_CANCELLED)),
    "order.call_off": ("order_id", _decided(Cause.ORDER_CANCELLED)),
    "loan.keep": ("kept_order_id", _kept),
    "loan.lose": ("order_id", _lost),
    "institution.save": ("passed", _ceilings_passed),
    "delivery.note": ("delivery_ids", _noted),
    "delivery.hand_over": ("numbers", _handed_over),
    "run.add": ("run_id", _driven),
    "run.change": ("run_id", _driven),
    "repair.accept": ("order_id", _sent),
    "repair.offer": ("pickup_id", _priced),
    "repair.refuse": ("pickup_id", _pickup(Cause.PICKUP_REFUSED)),
    "want.serve": ("want_ids", _served),
    "case.finish": ("case_id", _finished),
    "case.give_up": ("order_id", _given_up),
    "complaint.price": ("ids", _complained(Cause.COMPLAINT_PRICE)),
    "complaint.refuse": ("ids", _complained(Cause.COMPLAINT_REFUSED)),
    "complaint.repair": ("ids", _complained(Cause.COMPLAINT_REPAIR)),
    "complaint.return": ("ids", _complained(Cause.COMPLAINT_RETURN)),
    "pickup.accept": ("pickup_id", _pickup(Cause.PICKUP_ACCEPTED)),
    "pickup.ask": ("pickup_id", _pickup(Cause.PICKUP_QUESTION)),
    "pickup.plan": ("pickup_id", _pickup(Cause.PICKUP_PLANNED)),
    "pickup.refuse": ("pickup_id", _pickup(Cause.PICKUP_REFUSED)),
}
