"""What is done to the pieces of an order before it comes, and the cases in which it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import OPEN_STAGES, State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.cases import given_up
from moebelcirkel.storage.tables.cases import Case, CaseUnit
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine, OrderTask
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class OrderedTask:
    """A task as it was ordered, for each piece."""

    name: str
    labour_ore: int
    parts_ore: int
    weeks: int

    @property
    def each_ore(self) -> int:
        """What it costs a piece."""
        return self.labour_ore + self.parts_ore


def is_adapted() -> ColumnElement[bool]:
    """Whether an order line is of an order that is adapted."""
    return exists().where(OrderTask.order_id == OrderLine.order_id)


def in_its_case() -> ColumnElement[bool]:
    """Whether the piece of an order line is in an open case of its order."""
    return exists().where(
        CaseUnit.unit_id == OrderLine.unit_id,
        CaseUnit.is_open,
        CaseUnit.case_id == Case.id,
        Case.order_id == OrderLine.order_id,
    )


def task_rows(session: Session, order_id: int) -> list[OrderTask]:
    """What is done to each piece of an order, in its order."""
    query = select(OrderTask).where(OrderTask.order_id == order_id)
    return list(session.scalars(query.order_by(OrderTask.position, OrderTask.id)))


def tasks(session: Session, order_id: int) -> list[OrderedTask]:
    """The same with the names of the tasks."""
    query = (
        select(TaskTypeRow.name, OrderTask.labour_ore, OrderTask.parts_ore, OrderTask.weeks)
        .join(TaskTypeRow, TaskTypeRow.id == OrderTask.task_type_id)
        .where(OrderTask.order_id == order_id)
        .order_by(OrderTask.position, OrderTask.id)
    )
    return rows.fill(OrderedTask, session, query)


def not_adapted(session: Session, line_ids: Collection[int]) -> set[int]:
    """The pieces of some lines that are adapted, which the workshop gave up to adapt."""
    query = select(OrderLine.unit_id).where(is_adapted(), given_up())
    return set(session.scalars(query.where(OrderLine.id.in_(sorted(line_ids)))))


def open_cases(session: Session, order_id: int) -> list[int]:
    """The cases in which pieces of an order are worked on."""
    query = select(Case.id).where(Case.order_id == order_id, Case.state.in_(OPEN_STAGES))
    return list(session.scalars(query.order_by(Case.id)))


def charged_of_cases(session: Session, case_ids: Collection[int]) -> str | None:
    """A piece of some cases that was handed over for their order, also where that was undone."""
    query = (
        select(Unit.number)
        .join(CaseUnit, CaseUnit.unit_id == Unit.id)
        .join(Case, Case.id == CaseUnit.case_id)
        .join(OrderLine, (OrderLine.unit_id == Unit.id) & (OrderLine.order_id == Case.order_id))
        .join(FigureLine, FigureLine.order_line_id == OrderLine.id)
        .where(Case.id.in_(sorted(case_ids)))
    )
    return session.scalar(query.limit(1))


def astray(session: Session, line_ids: Collection[int]) -> list[str]:
    """The open ones of some lines that are adapted, whose piece is neither ordered nor at work."""
    query = (
        select(Unit.number)
        .join(OrderLine, OrderLine.unit_id == Unit.id)
        .where(
            OrderLine.id.in_(sorted(line_ids)),
            OrderLine.state == LineState.OPEN,
            is_adapted(),
            Unit.state != State.ORDERED,
            ~((Unit.state == State.WORKSHOP) & in_its_case()),
        )
    )
    return list(session.scalars(query.order_by(Unit.id)))


def in_the_house(session: Session, unit_ids: Sequence[int]) -> list[int]:
    """Those that do not stand with their giver any more, in the same order."""
    query = (
        select(Unit.id)
        .join(Place, Place.id == Unit.place_id)
        .where(Unit.id.in_(unit_ids), Place.pickup_id.is_not(None))
    )
    elsewhere = set(session.scalars(query))
    return [key for key in unit_ids if key not in elsewhere]
