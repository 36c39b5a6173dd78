"""What institutions of the example have reported: some waits, some is planned, some came today."""

import datetime as dt
from collections.abc import Sequence

from moebelcirkel.demo import pictures
from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.domain.days import working_day_after
from moebelcirkel.services import photos, pickups
from moebelcirkel.services.intake import ReportOrigin
from moebelcirkel.services.pickups import Report, ReportedLine

#: So many more than come are reported: some turn out to be in use still.
_TOO_MANY = 2
#: Who reports what, and what the warehouse has done about it: customer, category, in the giver's
#: own words, how many, condition, where, the way out, and the step.
_REPORTS = (
    (0, "office_task_chair", "Kontorstole, blå", 12, "B", "Bygning B, 2. sal", "stairs", "plan"),
    (0, "cabinet_tambour", "Jalousiskabe", 4, "C", "Kælderen", "lift", ""),
    (4, "stacking_chair", "Stabelstole fra aulaen", 62, "B", "Aulaen", "level", "accept"),
    (6, "desk_sit_stand", "Hæve-sænkeborde", 6, "B", "Administrationen", "lift", "ask"),
    (9, "sofa_2_seat", "Sofaer fra fællesrummet", 2, "D", "Fællesrummet", "level", "refuse"),
    (11, "bookcase_wood", "Reoler", 9, "C", "Biblioteket", "stairs", ""),
)
#: Of which a giver took a picture, by category: the piece and its colour.
_PICTURES = {
    "office_task_chair": ("task_chair", "Blå"),
    "stacking_chair": ("stacking_chair", "Rød"),
    "bookcase_wood": ("bookcase", "Eg"),
}


def announce(
    stage: DemoStage,
    customers: Sequence[Customer],
    coming: Sequence[tuple[DemoArticle, str, int, Customer]],
) -> list[ReportOrigin]:
    """Report what arrives tomorrow, with the day it is fetched; then what others want to hand in.

    Answers with the report and line of each that is ``coming``.
    """
    origins = []
    for kind, letter, count, giver in coming:
        line = ReportedLine(
            category_key=kind.category,
            article_id=kind.id,
            pieces=count + _TOO_MANY,
            condition=letter,
        )
        key = report(stage, giver, line, "Depotet", "level")
        stage.act("lager", pickups.plan, key, stage.today)
        lines = pickups.detail(stage.context("lager"), key).lines
        origins.append(ReportOrigin(key, lines[0].id))
    for at, category, name, count, letter, building, access, step in _REPORTS:
        line = ReportedLine(
            category_key=category,
            name=name,
            pieces=count,
            condition=letter,
            pictures=_taken(category),
        )
        key = report(stage, customers[at], line, building, access)
        _decide(stage, key, step)
    return origins


def _taken(category: str) -> tuple[photos.Picture, ...]:
    if category not in _PICTURES:
        return ()
    taken = pictures.painted(*_PICTURES[category], mirrored=True)
    return (photos.prepare(taken, "foto.jpg"),)


def report(
    stage: DemoStage, giver: Customer, line: ReportedLine, building: str, access: str
) -> int:
    """The number that an institution's leader reports alike pieces under."""
    said = Report(
        institution_id=giver.id,
        lines=(line,),
        building=building,
        access=access,
        contact="Teknisk service",
        latest_on=stage.day + dt.timedelta(days=21),
    )
    return stage.act(giver.leader, pickups.report, said).pickup_id


def _decide(stage: DemoStage, key: int, step: str) -> None:
    if step == "accept":
        stage.act("lager", pickups.accept, key)
    elif step == "plan":
        coming = working_day_after(stage.today + dt.timedelta(days=4), 1)
        stage.act("lager", pickups.plan, key, coming)
    elif step == "ask":
        stage.act("lager", pickups.ask, key, "Virker motorerne i bordene?")
    elif step == "refuse":
        reason = "Betrækket er slidt op, og stellet kan ikke repareres."
        stage.act("lager", pickups.refuse, key, reason)
