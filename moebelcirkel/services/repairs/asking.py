"""Asking for the repair of furniture that stays one's own."""

from dataclasses import dataclass

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Saved, Work, writes
from moebelcirkel.services.pickups import Line, Report
from moebelcirkel.services.pickups.reporting import write_report
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.repairs import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be repaired, what is wrong with it, and where it is fetched."""

    institution_id: int
    line: Line
    fault: str
    answer: Answer | None
    cost_bearer_id: int | None = None
    building: str = ""
    access: str = "unknown"
    contact: str = ""


@writes("repair.report", Action.HAND_IN)
def report(work: Work, wish: Wish) -> Saved:
    """Tell the workshop what should be repaired, as one change."""
    if not wish.fault.strip():
        raise Refused(N_("Write what is wrong with it."), field="note")
    if wish.answer not in CHOICES:
        raise Refused(
            N_("Answer the question before you send. “Don't know” is an answer."), field="answer"
        )
    said = Report(
        institution_id=wish.institution_id,
        lines=(wish.line,),
        building=wish.building,
        access=wish.access,
        contact=wish.contact,
        note=wish.fault,
    )
    written = write_report(work, said)
    repair = Repair(
        pickup_id=written.pickup_id, cost_bearer_id=_payer(work, wish), answer=wish.answer
    )
    work.session.add(repair)
    work.session.flush()
    return Saved(id=repair.id)


def _payer(work: Work, wish: Wish) -> int | None:
    """The account that is to pay: the one chosen, else the institution's first."""
    known = [row.id for row in order_queries.cost_bearers(work.session, wish.institution_id)]
    if wish.cost_bearer_id is None:
        return known[0] if known else None
    if wish.cost_bearer_id not in known:
        raise Refused(
            N_("This account does not belong to the institution."), field="cost_bearer_id"
        )
    return wish.cost_bearer_id
