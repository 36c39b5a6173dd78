"""What was ordered to be repaired or adapted, and cannot be after all."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import long_text
from moebelcirkel.domain.lifecycle import Stage, Step, apply
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.cases import outside
from moebelcirkel.services.cases.work import open_one
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class CaseGivenUp(Done):
    """The case and its order, how many pieces, and what the order costs less by it."""

    case_id: int
    order_id: int
    pieces: int
    less_ore: int


@writes("case.give_up", Action.CASE)
def give_up(work: Work, case_id: int, reason: str, version: int | None = None) -> CaseGivenUp:
    """Say why all pieces of a case stay as they are; they wait to be picked for their order.

    What is an institution's own goes home at 0 kr. What was to be adapted costs what the piece
    does, and may be cancelled. What was done in vain is booked on each.
    """
    case = open_one(work, case_id, version)
    text = long_text(reason, limits.NOTE)
    if not text:
        raise Refused(N_("Write why, so that whoever ordered it knows."), field="reason")
    if case.order_id is None:
        raise Refused(N_("Nobody has ordered this work. Finish the case, or scrap its furniture."))
    outside.refuse_unsettled(work, case.id)
    order = work.get(Order, case.order_id)
    rows = case_queries.open_rows(work.session, case.id)
    units = work.rows(Unit, [row.unit_id for row in rows])
    lines = _lines(work, order, units)
    case_costs.book(work, case.id, units)
    for unit in units:
        unit.state = apply(Step.FINISH_ORDERED, unit.state, unit.number)
    less = _take_off(work, order, lines)
    for row in rows:
        row.is_open = False
    case.state, case.finished_at, case.given_up = Stage.CLOSED, work.now, text
    return CaseGivenUp(case_id=case.id, order_id=order.id, pieces=len(units), less_ore=less)


def _lines(work: Work, order: Order, units: Sequence[Unit]) -> list[OrderLine]:
    """The lines that the pieces are on; the order may have been called off since."""
    lines = delivery_queries.open_lines_of(work.session, [unit.id for unit in units])
    for unit in units:
        if unit.id not in lines or lines[unit.id].order_id != order.id:
            raise Refused(
                N_("{number} is on no order any more. Finish its case, or scrap it."),
                number=unit.number,
            )
    return [lines[unit.id] for unit in units]


#: What a line has from the one it stands for, whose price stays as it was sent.
_SAME = ("order_id", "unit_id", "article_id", "condition", "answer", "exact", "want_id")


def _take_off(work: Work, order: Order, lines: Sequence[OrderLine]) -> int:
    """Put lines without what is not done in their place: of what is their own, at nothing."""
    own = repair_queries.of_order(work.session, order.id) is not None
    tasks = [] if own else order_queries.task_rows(work.session, order.id)
    each = sum(task.labour_ore + task.parts_ore for task in tasks)
    for line in lines:
        line.state = LineState.VOID
    work.session.flush()
    made = [
        OrderLine(
            **{name: getattr(line, name) for name in _SAME},
            price_ore=0 if own else line.price_ore - each,
            new_price_ore=0 if own else line.new_price_ore,
            net_g=None if own else line.net_g,
        )
        for line in lines
    ]
    work.session.add_all(made)
    _keep_on_runs(work, lines, made)
    less = sum(line.price_ore for line in lines) - sum(line.price_ore for line in made)
    order.total_ore -= less
    return less


def _keep_on_runs(work: Work, lines: Sequence[OrderLine], made: Sequence[OrderLine]) -> None:
    """What was ready once, and is planned to be driven, still is."""
    work.session.flush()
    for line, new in zip(lines, made, strict=True):
        planned = run_queries.on_run(work.session, line.id)
        if planned is not None:
            planned.order_line_id = new.id


def _what_left_costs_what_it_did(work: Work, events: Sequence[undo.Turned]) -> None:
    """What was handed over since was charged without the work, also where that was undone."""
    keys = [int(each.entity_id) for each in events if "given_up" in (each.after or {})]
    number = order_queries.charged_of_cases(work.session, keys)
    if number is not None:
        raise Refused(
            N_("It cannot be undone, because {number} has been changed since."), number=number
        )


undo.AFTERWARDS["workshop_case"].append(_what_left_costs_what_it_did)
