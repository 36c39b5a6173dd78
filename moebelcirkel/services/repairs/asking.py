"""Asking for the repair of furniture that stays one's own."""

from dataclasses import dataclass

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Saved, Work, writes
from moebelcirkel.services.orders.sending import payer
from moebelcirkel.services.pickups import Report, ReportedLine
from moebelcirkel.services.pickups.reporting import write_report
from moebelcirkel.storage.tables.repairs import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairWish:
    """What is to be repaired, what is wrong with it, and where it is fetched."""

    institution_id: int
    line: ReportedLine
    fault: str
    answer: Answer | None
    cost_bearer_id: int | None = None
    building: str = ""
    access: str = "unknown"
    contact: str = ""


@writes("repair.report", Action.HAND_IN)
def report(work: Work, wish: RepairWish) -> Saved:
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
        pickup_id=written.pickup_id,
        cost_bearer_id=payer(work, wish.institution_id, wish.cost_bearer_id),
        answer=wish.answer,
    )
    work.session.add(repair)
    work.session.flush()
    return Saved(id=repair.id)
