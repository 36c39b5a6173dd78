"""The furniture comes to the workshop: a case of it opens with the tasks that were offered."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.pickups import RECEIVING, PickupState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import cases, codes
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.institutions.merging import family
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupPiece
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class Received(Done):
    """The case that was opened, and its pieces."""

    case_id: int
    number: str
    unit_ids: tuple[int, ...]
    numbers: tuple[str, ...]


@writes("repair.receive", Action.CASE)
def receive(
    work: Work,
    repair_id: int,
    pieces: int,
    labels: Sequence[str] = (),
    place_id: int | None = None,
    version: int | None = None,
) -> Received:
    """Take so many pieces in; what did not come is off the order.

    Those that have ``labels`` already keep them, so that one life is still counted once.
    """
    repair = work.get(Repair, repair_id, version)
    pickup = work.get(Pickup, repair.pickup_id)
    if repair.order_id is None or pickup.state not in RECEIVING:
        raise Refused(N_("{number} does not wait for its furniture."), number=pickup.number)
    order = work.get(Order, repair.order_id)
    lines = [
        line
        for line in order_queries.open_lines(work.session, order.id)
        if line.state == LineState.OPEN
    ]
    if not 1 <= pieces <= len(lines):
        raise Refused(
            N_("The number must be between {low} and {high}."),
            field="pieces",
            low=1,
            high=len(lines),
        )
    chosen = work.choose(Place, place_id).id if place_id is not None else cases.workshop_place(work)
    units = {unit.id: unit for unit in work.rows(Unit, [line.unit_id for line in lines])}
    known = _known(work, labels, pickup.institution_id, pieces)
    came = _bring_in(work, known, lines[:pieces], units, chosen)
    _leave_out(order, lines[pieces:], units)
    _tie(work, pickup, came)
    work.session.flush()
    case = cases.open_agreed(work, order.id, [unit.id for unit in came], _tasks(work, repair))
    case.expected_on = repair.expected_on
    return Received(
        case_id=case.id,
        number=order.number,
        unit_ids=tuple(unit.id for unit in came),
        numbers=tuple(unit.number for unit in came),
    )


def _bring_in(
    work: Work,
    known: Sequence[Unit],
    lines: Sequence[OrderLine],
    units: dict[int, Unit],
    place_id: int | None,
) -> list[Unit]:
    """What came, in the workshop; ``known`` are those that have a label already."""
    came = [*known, *(units[line.unit_id] for line in lines[len(known) :])]
    for line, unit in zip(lines, known, strict=False):
        _swap(work, line, units[line.unit_id], unit)
    for unit in came:
        unit.state = apply(Step.ARRIVE, unit.state, unit.number)
        unit.received_on, unit.place_id = work.today, place_id
    return came


def _known(
    work: Work, labels: Sequence[str], institution_id: int | None, pieces: int
) -> list[Unit]:
    """Pieces that were delivered to the owner before, by their labels."""
    keys = dict.fromkeys(codes.need_unit_id(work.session, label) for label in labels)
    units = work.rows(Unit, keys)
    owners = family(work.session, institution_id) if institution_id is not None else set()
    for unit in units:
        if unit.state != State.DELIVERED or unit.holder_id not in owners:
            raise Refused(
                N_("{number} is not with the owner of this furniture."),
                field="labels",
                number=unit.number,
            )
    if len(units) > pieces:
        raise Refused(N_("There are more labels than pieces."), field="labels")
    return units


def _swap(work: Work, line: OrderLine, place_holder: Unit, unit: Unit) -> None:
    """The piece takes the place of one that was to get a new label, and ends its use so far."""
    place_holder.state = apply(Step.CALL_OFF, place_holder.state, place_holder.number)
    figure_lines.end_use(work, unit, work.today)
    unit.holder_id, unit.listed_at = None, None
    line.unit_id, line.article_id, line.condition = unit.id, unit.article_id, unit.condition
    work.session.flush()


def _leave_out(order: Order, lines: Sequence[OrderLine], units: dict[int, Unit]) -> None:
    for line in lines:
        unit = units[line.unit_id]
        unit.state = apply(Step.CALL_OFF, State(unit.state), unit.number)
        line.state = LineState.CANCELLED
        order.total_ore -= line.price_ore


def _tie(work: Work, pickup: Pickup, came: Sequence[Unit]) -> None:
    """The report has its pieces, and nothing more is fetched for it."""
    [line] = pickup_queries.line_rows(work.session, pickup.id)
    tied = pickup_queries.fetched_before(work.session, [unit.id for unit in came])
    rows = [
        {"pickup_id": pickup.id, "line_id": line.id, "unit_id": unit.id}
        for unit in came
        if unit.id not in tied
    ]
    pickup.state = PickupState.CLOSED
    work.session.flush()
    work.bulk_insert(PickupPiece, rows)


def _tasks(work: Work, repair: Repair) -> list[cases.AgreedTask]:
    """The tasks as they were offered; what another repairer takes stands as the task's parts."""
    return [
        cases.AgreedTask(
            task.task_type_id,
            task.minutes,
            task.parts_ore if task.outside_ore is None else task.outside_ore,
        )
        for task in repair_queries.task_rows(work.session, repair.id)
    ]
