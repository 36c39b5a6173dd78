"""Pairs of writes about reported furniture, on what lies there in the middle of a day."""

from moebelcirkel.services import changes, intake, pickups
from tests.services import working_day
from tests.services.beside import Call
from tests.services.buying_pairs import BUYING
from tests.services.mending_pairs import MENDING
from tests.services.repair_pairs import REPAIRING
from tests.services.reported import line_of
from tests.services.running_pairs import RUNNING
from tests.services.working_day import Day


def of_report(day: Day) -> intake.Batch:
    """Two desks that came of the accepted report."""
    return intake.Batch(
        article_id=day["desk"],
        parts=(intake.Part("B", 2, "shelf", day.shelf),),
        origin=intake.ReportOrigin(day["accepted"], day["accepted_line"]),
    )


def waiting(day: Day) -> int:
    """The line of the report that is not decided."""
    return line_of(day.person("lager"), day["pickup"])


def came(day: Day, *, gone: bool = False) -> pickups.Arrival:
    """One of those that are on sale at their giver; or that, and the others will not."""
    return pickups.Arrival(
        line_id=day["offered_line"], pieces=1, condition="B", place_id=day.shelf, gone=gone
    )


PICKUP_PAIRS: tuple[tuple[Call, Call], ...] = (
    *RUNNING,
    *BUYING,
    *REPAIRING,
    *MENDING,
    (
        Call(pickups.offer, "lager", lambda day: (day["pickup"], [waiting(day)], 1)),
        Call(pickups.refuse, "lager2", lambda day: (day["pickup"], "Nej", 1)),
    ),
    (
        Call(pickups.bring_home, "lager", lambda day: (day["offered"], came(day))),
        Call(pickups.bring_home, "lager2", lambda day: (day["offered"], came(day, gone=True))),
    ),
    (
        Call(pickups.accept, "lager", lambda day: (day["pickup"], 1)),
        Call(pickups.accept, "lager2", lambda day: (day["pickup"], 1)),
    ),
    (
        Call(pickups.withdraw, "leader", lambda day: (day["pickup"], 1)),
        Call(pickups.plan, "lager", lambda day: (day["pickup"], day.context.today(), 1)),
    ),
    (
        Call(
            pickups.correct, "leader", lambda day: (day["pickup"], working_day.reported(day, 9), 1)
        ),
        Call(pickups.ask, "lager", lambda day: (day["pickup"], "Hvor?", 1)),
    ),
    (
        Call(pickups.report, "leader", lambda day: (working_day.reported(day),)),
        Call(pickups.report, "employee", lambda day: (working_day.reported(day),)),
    ),
    (
        Call(pickups.close, "lager2", lambda day: (day["accepted"],)),
        Call(intake.register, "lager", lambda day: (of_report(day),)),
    ),
    (
        Call(pickups.refuse, "lager2", lambda day: (day["accepted"], "Nej")),
        Call(intake.register, "lager", lambda day: (of_report(day),)),
    ),
    (
        Call(changes.undo, "lager", lambda day: (day["accept"],)),
        Call(intake.register, "lager2", lambda day: (of_report(day),)),
    ),
)
