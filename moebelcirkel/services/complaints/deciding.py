"""What the warehouse decides of complaints: back, cheaper, repaired, or no.

Those that were made together can be decided together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.complaints import ComplaintState, Outcome, check_open, check_price
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import needed_text
from moebelcirkel.domain.lifecycle import Step, apply
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import cases
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import complaints as money
from moebelcirkel.storage.queries import complaints as queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class ComplaintsDecided(Done):
    """The complaints that were decided; a repair has the case that was opened."""

    ids: tuple[int, ...]
    numbers: tuple[str, ...]
    case_id: int | None = None


@writes("complaint.refuse", Action.RETURN)
def refuse(
    work: Work, complaint_id: int, reason: str, *, alike: bool = False, version: int | None = None
) -> ComplaintsDecided:
    """Say no, with the reason, which whoever complained reads."""
    why = N_("Write why, so that they know what to do.")
    text = needed_text(reason, limits.NOTE, "reason", why)
    decided = _choose(work, complaint_id, version, alike=alike)
    for complaint in decided:
        complaint.reason = text
        _decide(work, complaint, Outcome.REFUSED, ComplaintState.CLOSED)
    return _answer(decided)


@writes("complaint.price", Action.RETURN)
def lower_price(
    work: Work,
    complaint_id: int,
    price_ore: int,
    *,
    alike: bool = False,
    version: int | None = None,
) -> ComplaintsDecided:
    """Let each piece be kept for less: the difference is charged back."""
    decided = _choose(work, complaint_id, version, alike=alike)
    for complaint in decided:
        check_price(price_ore, queries.paid_ore(work.session, complaint.order_line_id))
        money.settle(work, complaint, price_ore)
        complaint.price_ore = price_ore
        _decide(work, complaint, Outcome.PRICE, ComplaintState.CLOSED)
    return _answer(decided)


@writes("complaint.return", Action.RETURN)
def agree_return(
    work: Work,
    complaint_id: int,
    *,
    alike: bool = False,
    version: int | None = None,
    fetch: bool = False,
) -> ComplaintsDecided:
    """Let the pieces come back; what was paid is given back with each, as soon as it is here.

    One that came back before anybody had decided is settled at once. What the van is to ``fetch``
    waits for a run.
    """
    decided = _choose(work, complaint_id, version, alike=alike)
    _refuse_own(work, decided)
    for complaint in decided:
        there = _is_there(work, complaint)
        if not there:
            money.settle(work, complaint, 0)
        complaint.fetch = there and fetch
        state = ComplaintState.AGREED if there else ComplaintState.CLOSED
        _decide(work, complaint, Outcome.RETURN, state)
    return _answer(decided)


@writes("complaint.repair", Action.RETURN)
def send_to_repair(
    work: Work,
    complaint_id: int,
    *,
    alike: bool = False,
    version: int | None = None,
    fetch: bool = False,
    bring: bool = False,
) -> ComplaintsDecided:
    """Take the pieces into the workshop, as one case; they stay whose they are.

    What the van is to ``fetch`` it also brings home when it is repaired; ``bring`` is for what
    they bring here themselves.
    """
    decided = _choose(work, complaint_id, version, alike=alike)
    for complaint in decided:
        if not _is_there(work, complaint):
            raise Refused(
                N_("The piece of {number} is not there any more, so it cannot be repaired for it."),
                number=complaint.number,
            )
    lines = work.rows(OrderLine, [complaint.order_line_id for complaint in decided])
    units = work.rows(Unit, [line.unit_id for line in lines])
    place = cases.workshop_place(work)
    for unit in units:
        unit.state = apply(Step.MEND, unit.state, unit.number)
        unit.place_id = place
    work.session.flush()
    case = cases.open_case(work, [unit.id for unit in units])
    case.note = f"{decided[0].number}: {decided[0].wrong}"[: limits.NOTE]
    for complaint in decided:
        complaint.case_id = case.id
        complaint.fetch, complaint.bring = fetch, fetch or bring
        _decide(work, complaint, Outcome.REPAIR, ComplaintState.AGREED)
    return _answer(decided, case.id)


def _refuse_own(work: Work, decided: Sequence[Complaint]) -> None:
    """What was theirs before it was repaired was never the exchange's to take back."""
    for complaint in decided:
        line = work.get(OrderLine, complaint.order_line_id)
        if repair_queries.of_order(work.session, line.order_id) is not None:
            raise Refused(
                N_(
                    "{number} is about furniture of their own, so it does not come back. "
                    "Repair it again, or lower the price."
                ),
                number=complaint.number,
            )


def _decide(work: Work, complaint: Complaint, outcome: Outcome, state: ComplaintState) -> None:
    complaint.outcome, complaint.state = outcome, state
    complaint.decided_by_id, complaint.decided_at = work.actor_id, work.now


def _choose(work: Work, complaint_id: int, version: int | None, *, alike: bool) -> list[Complaint]:
    """What is decided; what somebody else decided meanwhile is said before a stale form."""
    first = work.get(Complaint, complaint_id)
    check_open(first.state, first.number)
    work.get(Complaint, complaint_id, version)
    return queries.beside(work.session, first) if alike else [first]


def _is_there(work: Work, complaint: Complaint) -> bool:
    ids = [complaint.order_line_id]
    return bool(order_queries.last_there(work.session, complaint.institution_id, ids))


def _answer(decided: list[Complaint], case_id: int | None = None) -> ComplaintsDecided:
    return ComplaintsDecided(
        ids=tuple(each.id for each in decided),
        numbers=tuple(each.number for each in decided),
        case_id=case_id,
    )
