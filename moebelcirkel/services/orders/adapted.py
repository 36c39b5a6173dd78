"""The workshop's part of an order that is adapted: its tasks, its case, and what ends it."""

from collections.abc import Sequence
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import Adaptation, OrderState
from moebelcirkel.services import cases
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.context import Work
from moebelcirkel.services.figures import Refurbishment
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.orders import Order, OrderLine, OrderTask
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit


def keep(work: Work, order: Order, adaptation: Adaptation) -> None:
    """Write down what was agreed to; where the order is approved already, the work begins."""
    rows = [
        {
            "order_id": order.id,
            "task_type_id": task.task_type_id,
            "position": position,
            "minutes": task.minutes,
            "labour_ore": task.labour_ore,
            "parts_ore": task.parts_ore,
            "weeks": task.weeks,
        }
        for position, task in enumerate(adaptation.tasks)
    ]
    work.bulk_insert(OrderTask, rows)
    if order.state == OrderState.APPROVED:
        begin(work, order)


def planned(work: Work, adaptation: Adaptation) -> Refurbishment:
    """What it will have cost each piece when that is handed over."""
    kinds = work.rows(TaskTypeRow, [task.task_type_id for task in adaptation.tasks])
    return Refurbishment(
        kg=sum((kind.co2e_kg for kind in kinds), Decimal(0)),
        low_kg=sum((_known(kind.co2e_low_kg, kind.co2e_kg) for kind in kinds), Decimal(0)),
        high_kg=sum((_known(kind.co2e_high_kg, kind.co2e_kg) for kind in kinds), Decimal(0)),
        ore=adaptation.each_ore,
        renewed=any(kind.renews for kind in kinds),
    )


def _known(bound: Decimal | None, middle: Decimal) -> Decimal:
    return middle if bound is None else bound


def begin(work: Work, order: Order) -> None:
    """Open the case of an order that is adapted; its pieces stand where they stood."""
    work.session.flush()
    tasks = order_queries.task_rows(work.session, order.id)
    if not tasks:
        return
    lines = order_queries.open_lines(work.session, order.id)
    units = work.rows(Unit, [line.unit_id for line in lines])
    for unit in units:
        unit.state = apply(Step.ADAPT, unit.state, unit.number)
    work.session.flush()
    agreed = [cases.AgreedTask(task.task_type_id, task.minutes, task.parts_ore) for task in tasks]
    case = cases.open_agreed(work, order.id, [unit.id for unit in units], agreed)
    case.note = order.note  # measures and colours, for who does it


def refuse_begun(work: Work, order: Order, lines: Sequence[OrderLine]) -> None:
    """What is being adapted for whoever ordered it, or is adapted, is no more theirs to cancel.

    They may cancel what the workshop has given up.
    """
    if order.state != OrderState.APPROVED or not order_queries.task_rows(work.session, order.id):
        return
    units = work.rows(Unit, [line.unit_id for line in lines])
    as_they_were = order_queries.not_adapted(work.session, [line.id for line in lines])
    begun = [
        unit
        for unit in units
        if unit.id not in as_they_were and (unit.state != State.WORKSHOP or _begun(work, unit.id))
    ]
    if begun:
        raise Refused(
            N_(
                "The adaptation of {number} has begun, so it can no longer be cancelled."
                " Call the warehouse."
            ),
            number=begun[0].number,
        )


def call_back(work: Work, units: Sequence[Unit]) -> list[Unit]:
    """Pieces of lines that end leave a case that has not begun, and are on sale again.

    Those on which work has begun stay in their case as the exchange's own. What is left are those
    that were not in the workshop.
    """
    at_work = [unit for unit in units if unit.state == State.WORKSHOP]
    undone = [unit for unit in at_work if not _begun(work, unit.id)]
    case_costs.leave(work, undone)
    for unit in undone:
        unit.state = apply(Step.CALL_BACK, unit.state, unit.number)
    return [unit for unit in units if unit not in at_work]


def _begun(work: Work, unit_id: int) -> bool:
    """Whether a task of the case that a piece is in has been done."""
    case_id = case_queries.open_case_of(work.session, unit_id)
    return case_id is not None and any(
        task.done for task in case_queries.task_rows(work.session, case_id)
    )


def _check_lines_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """A line that comes back must find its piece ordered, or in the case of its order."""
    keys = sorted({int(event.entity_id) for event in events})
    for number in order_queries.astray(work.session, keys):
        raise Refused(
            N_("It cannot be undone, because {number} has been changed since."), number=number
        )


undo.AFTERWARDS["order_line"].append(_check_lines_after_undo)
