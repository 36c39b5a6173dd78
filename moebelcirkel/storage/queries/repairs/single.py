"""One repair by its report or its order, its tasks, and which pieces are not there to be picked."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.repairs import Shares
from moebelcirkel.storage.queries.cases import given_up
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.repairs import Repair, RepairTask
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

_PIECE = aliased(Unit)


def of_order(session: Session, order_id: int) -> Repair | None:
    """The repair that an order is of."""
    return session.scalar(select(Repair).where(Repair.order_id == order_id))


def of_pickup(session: Session, pickup_id: int) -> Repair | None:
    """The repair that a report is of."""
    return session.scalar(select(Repair).where(Repair.pickup_id == pickup_id))


def is_repair() -> ColumnElement[bool]:
    """Whether a report is of furniture that comes back."""
    return exists().where(Repair.pickup_id == Pickup.id)


def away() -> ColumnElement[bool]:
    """Whether the piece of an order line is at its owner's still, or in the workshop."""
    return exists().where(
        _PIECE.id == OrderLine.unit_id, _PIECE.state.in_((State.OFFERED, State.WORKSHOP))
    )


def goes_home() -> ColumnElement[bool]:
    """Whether the piece of an order line is its owner's, and could not be repaired after all."""
    return given_up() & exists().where(Repair.order_id == OrderLine.order_id)


def going_home(session: Session, line_ids: Collection[int]) -> set[int]:
    """Those of some order lines whose piece could not be repaired for its owner."""
    query = select(OrderLine.id).where(goes_home())
    return {
        key
        for part in chunks(sorted(line_ids))
        for key in session.scalars(query.where(OrderLine.id.in_(part)))
    }


def task_rows(session: Session, repair_id: int) -> list[RepairTask]:
    """What it was offered with."""
    query = select(RepairTask).where(RepairTask.repair_id == repair_id)
    return list(session.scalars(query.order_by(RepairTask.position, RepairTask.id)))


def shares_of(session: Session, order_ids: Collection[int]) -> dict[int, Shares]:
    """What one piece of each of these orders that is a repair costs, by order."""
    sums = (RepairTask.labour_ore, RepairTask.parts_ore, RepairTask.outside_ore)
    found: dict[int, Shares] = {}
    for part in chunks(sorted(order_ids)):
        query = (
            select(Repair.order_id, *(func.coalesce(func.sum(each), 0) for each in sums))
            .outerjoin(RepairTask, RepairTask.repair_id == Repair.id)
            .where(Repair.order_id.in_(part))
            .group_by(Repair.order_id)
        )
        for key, *ore in session.execute(query):
            if key is not None:
                found[key] = Shares(*map(int, ore))
    return found


def number_on_order(session: Session, unit_ids: Collection[int]) -> tuple[str, str] | None:
    """A piece that is not picked and on an order, and the order."""
    for part in chunks(sorted(unit_ids)):
        query = (
            select(Unit.number, Order.number)
            .join(OrderLine, OrderLine.unit_id == Unit.id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(Unit.id.in_(part), OrderLine.state == "open")
        )
        found = session.execute(query.limit(1)).first()
        if found is not None:
            return found[0], found[1]
    return None
