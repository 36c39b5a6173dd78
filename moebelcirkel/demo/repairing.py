"""What institutions of the example have asked to be repaired, and how far each has come."""

import datetime as dt
from collections.abc import Mapping, Sequence

from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.repairers import AgreedPrice
from moebelcirkel.services import repairers, repairs
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.services.repairers import RepairerForm
from moebelcirkel.services.repairs import RepairWish, TaskOffer

#: Pieces of the one that is in the workshop.
PIECES, CHAIR = 2, "office_task_chair"
#: Whose, category, in the owner's own words, how many, what is wrong, and how far it is.
_WISHES = (
    (0, "visitor_chair", "Gæstestole, grå", 4, "Betrækket er slidt igennem.", "offered"),
    (0, "conference_table", "Mødebord, eg", 1, "Pladen er ridset og skal slibes.", "asked"),
    (3, CHAIR, "Kontorstole med ryglæn", PIECES, "De synker ned.", "received"),
    (7, "desk_sit_stand", "Hæve-sænkebord", 1, "Motoren er brændt af.", "refused"),
)


def ask(stage: DemoStage, customers: Sequence[Customer], chair: DemoArticle | None) -> int:
    """Each wish as far as it has come; how many pieces got a number, where there is room for a
    ``chair`` among them.
    """
    kinds = {kind.name: kind.id for kind in repairs.task_types(stage.context("vaerksted"))}
    hansen = stage.act("admin", repairers.save, _firm(stage, kinds)).id
    cover = [TaskOffer(kinds["Ompolstring, sæde"], 26_800, hansen)]
    lift = [TaskOffer(kinds["Skift gaspatron"], 19_500, hansen)]
    made = 0
    for at, category, name, pieces, fault, step in _WISHES:
        owner = customers[at]
        known = chair.id if chair is not None and step == "received" else None
        line = ReportedLine(
            category_key=category, article_id=known, name=name, pieces=pieces, condition="C"
        )
        wish = RepairWish(
            institution_id=owner.id,
            line=line,
            fault=fault,
            answer=Answer.YES,
            building="Bygning A",
            contact="Teknisk service",
        )
        key = stage.act(owner.leader, repairs.report, wish).id
        if step == "refused":
            stage.act("vaerksted", repairs.refuse, key, "Motoren fås ikke mere.")
        elif step == "offered":
            day = stage.today + dt.timedelta(days=14)
            stage.act("vaerksted", repairs.offer, key, cover, day, "Stellet er godt.")
        elif step == "received" and known is not None:
            stage.act("vaerksted", repairs.offer, key, lift)
            stage.act(owner.leader, repairs.accept, key)
            case = stage.act("vaerksted", repairs.receive, key, pieces).case_id
            task = kinds["Skift gaspatron"]
            stage.act("vaerksted", repairers.send, case, hansen, task, 19_500)
            made += pieces
    return made


def _firm(stage: DemoStage, kinds: Mapping[str, int]) -> RepairerForm:
    """The firm that a price is agreed with, and what."""
    since = stage.today.replace(month=1, day=1)
    prices = tuple(
        AgreedPrice(kinds[name], since, ore)
        for name, ore in (("Ompolstring, sæde", 26_800), ("Skift gaspatron", 19_500))
    )
    return RepairerForm("Polstrer Hansen", contact="Kontoret", prices=prices)
