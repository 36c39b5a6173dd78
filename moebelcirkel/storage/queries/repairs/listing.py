"""Repairs as a list shows them, the tasks they were offered with, and their pieces."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.queries.repairs.single import goes_home
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine
from moebelcirkel.storage.tables.repairs import Repair, Repairer, RepairTask
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User


@dataclass(frozen=True, slots=True)
class RepairReach:
    """Which repairs a list shows: institutions (None: all), words, one id."""

    institutions: frozenset[int] | None
    text: str = ""
    only: int | None = None


@dataclass(frozen=True, slots=True)
class ListedRepair:
    """A repair as a list has it; ``at_work``: some of its pieces are in the workshop.

    ``in_vain`` are those of its ``standing`` pieces that could not be repaired after all.
    """

    id: int
    version: int
    pickup_id: int
    number: str
    institution_id: int
    institution: str
    reporter: str
    reported_at: dt.datetime
    name: str
    category_key: str
    article_id: int | None
    condition: str
    pieces: int
    line_id: int
    fault: str
    reason: str
    building: str
    contact: str
    planned_on: dt.date | None
    pickup_state: str
    order_id: int | None
    order: str
    order_state: str | None
    offered_at: dt.datetime | None
    expected_on: dt.date | None
    note: str
    answer: str
    each_ore: int
    at_work: bool
    standing: int
    in_vain: int
    warranty_until: dt.date | None
    supplier: str
    spare_parts: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it was offered, for each piece."""

    name: str
    minutes: int
    labour_ore: int
    parts_ore: int
    outside_ore: int | None
    repairer: str = ""

    @property
    def total_ore(self) -> int:
        """What it costs, by whoever does it."""
        return self.labour_ore + self.parts_ore + (self.outside_ore or 0)


def _standing() -> Select[int]:
    return (
        select(func.count(OrderLine.id))
        .where(
            OrderLine.order_id == Repair.order_id,
            OrderLine.state.in_(("open", "picked", "delivered")),
        )
        .correlate(Repair)
    )


def _at_work() -> ColumnElement[bool]:
    return exists().where(
        OrderLine.order_id == Repair.order_id,
        OrderLine.state == "open",
        Unit.id == OrderLine.unit_id,
        Unit.state == State.WORKSHOP,
    )


_EACH = RepairTask.labour_ore + RepairTask.parts_ore + func.coalesce(RepairTask.outside_ore, 0)
_LISTED = (
    rows.query(
        ListedRepair,
        Repair,
        Pickup,
        PickupLine,
        institution=Institution.name,
        reporter=User.name,
        line_id=PickupLine.id,
        fault=Pickup.note,
        pickup_state=Pickup.state,
        order=func.coalesce(Order.number, ""),
        order_state=Order.state,
        each_ore=func.coalesce(
            select(cast(func.sum(_EACH), BigInteger))
            .where(RepairTask.repair_id == Repair.id)
            .correlate(Repair)
            .scalar_subquery(),
            0,
        ),
        at_work=_at_work(),
        standing=_standing().scalar_subquery(),
        in_vain=_standing().where(goes_home()).scalar_subquery(),
        warranty_until=Article.warranty_until,
        supplier=func.coalesce(Article.supplier, ""),
        spare_parts=func.coalesce(Article.spare_parts, ""),
    )
    .select_from(Repair)
    .join(Pickup, Pickup.id == Repair.pickup_id)
    .join(PickupLine, PickupLine.pickup_id == Pickup.id)
    .join(Institution, Institution.id == Pickup.institution_id)
    .join(User, User.id == Pickup.reporter_id)
    .outerjoin(Article, Article.id == PickupLine.article_id)
    .outerjoin(Order, Order.id == Repair.order_id)
    .where(Pickup.state != "void")
)


def _reached(reach: RepairReach) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = []
    if reach.institutions is not None:
        found.append(Pickup.institution_id.in_(sorted(reach.institutions)))
    if reach.only is not None:
        found.append(Repair.id == reach.only)
    if reach.text:
        found.append(
            or_(
                registers.numbered(reach.text, Pickup.number, Order.number),
                and_(*registers.matches(PickupLine.search_text, reach.text)),
                and_(*registers.matches(Institution.search_text, reach.text)),
            )
        )
    return and_(Repair.id > 0, *found)


def listed(session: Session, reach: RepairReach) -> list[ListedRepair]:
    """Repairs within reach, newest first."""
    query = _LISTED.where(_reached(reach)).order_by(Repair.id.desc()).limit(registers.MOST_ROWS)
    return rows.fill(ListedRepair, session, query)


def one(session: Session, repair_id: int) -> ListedRepair | None:
    """One repair as a list has it."""
    return rows.first(ListedRepair, session, _LISTED.where(Repair.id == repair_id))


def tasks(session: Session, repair_id: int) -> list[Task]:
    """What it was offered with."""
    query = (
        rows.query(
            Task, RepairTask, name=TaskTypeRow.name, repairer=func.coalesce(Repairer.name, "")
        )
        .outerjoin(Repairer, Repairer.id == RepairTask.repairer_id)
        .join(TaskTypeRow, TaskTypeRow.id == RepairTask.task_type_id)
        .where(RepairTask.repair_id == repair_id)
        .order_by(RepairTask.position, RepairTask.id)
    )
    return rows.fill(Task, session, query)


def numbers(session: Session, order_id: int) -> list[str]:
    """The labels of the pieces of a repair's order."""
    query = (
        select(Unit.number)
        .join(OrderLine, OrderLine.unit_id == Unit.id)
        .where(
            OrderLine.order_id == order_id,
            OrderLine.state != LineState.VOID,
            Unit.state != State.VOID,
        )
        .order_by(Unit.serial)
    )
    return list(session.scalars(query))
