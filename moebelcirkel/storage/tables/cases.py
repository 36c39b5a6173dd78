"""Workshop cases: one or several pieces, their tasks, and the costs booked when finished."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.lifecycle import Stage
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    PERSON,
    Base,
    Versioned,
    Word,
    index_of_some,
    one_of,
)


class Case(Versioned, Base):
    """What the workshop does with one or several alike pieces, as a card on the board.

    ``order_id`` is the order that they are adapted or repaired for; ``given_up`` says why that
    could not be done after all.
    """

    __tablename__ = "workshop_case"
    __undo__ = "void"
    __table_args__ = (one_of("state", Stage),)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Stage] = mapped_column(Word(Stage, 10), default=Stage.ASSESS, index=True)
    opened_at: Mapped[dt.datetime] = mapped_column()
    finished_at: Mapped[dt.datetime | None] = mapped_column()
    expected_on: Mapped[dt.date | None] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_case.id"))
    order_id: Mapped[int | None] = mapped_column(
        ForeignKey("shop_order.id"), index=True, sort_order=1
    )
    given_up: Mapped[str | None] = mapped_column(Text, info=PERSON, sort_order=2)


class CaseUnit(Base):
    """A piece in a case; a piece is in one open case at a time."""

    __tablename__ = "case_unit"
    __table_args__ = (
        index_of_some("uq_case_unit_open", "unit_id", unique=True, where=text("is_open")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("workshop_case.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    is_open: Mapped[bool] = mapped_column(default=True)


class CaseTask(Versioned, Base):
    """A task of a case: minutes and parts for all its pieces together, kg CO2e per piece."""

    __tablename__ = "case_task"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("parts_ore >= 0", name="parts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("workshop_case.id"), index=True)
    task_type_id: Mapped[int] = mapped_column(ForeignKey("task_type.id"))
    hour_rate_id: Mapped[int] = mapped_column(ForeignKey("hour_rate.id"))
    minutes: Mapped[int] = mapped_column(default=0)
    parts_ore: Mapped[int] = mapped_column(AMOUNT, default=0)
    done: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class CasePart(Base):
    """A spare part that a task of a case has put into one of its pieces.

    ``place_id`` is where the part lay, and lies again when it is taken out; ``saved_ore`` what a
    new one would have cost, which the task costs less.
    """

    __tablename__ = "case_part"
    __table_args__ = (UniqueConstraint("part_id"), CheckConstraint("saved_ore >= 0", name="saved"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_task_id: Mapped[int] = mapped_column(ForeignKey("case_task.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    saved_ore: Mapped[int] = mapped_column(AMOUNT)


class UnitCost(Base):
    """What a finished task cost one piece in its present loop; append-only, signed.

    ``case_task_id`` tells which task of the case, so that what is left of it can be shared. It is
    no foreign key: a task may be taken off again when all that was booked of it is taken back.
    Rows that are older than the column have none.
    """

    __tablename__ = "unit_cost"
    __track__ = "reference"
    __undo__ = "append"
    __table_args__ = (Index("ix_unit_cost_unit_loop", "unit_id", "loop"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    loop: Mapped[int] = mapped_column()
    case_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_case.id"), index=True)
    task_type_id: Mapped[int] = mapped_column(ForeignKey("task_type.id"))
    count: Mapped[int] = mapped_column(default=1)
    minutes: Mapped[Decimal] = mapped_column()
    labour_ore: Mapped[int] = mapped_column(AMOUNT)
    parts_ore: Mapped[int] = mapped_column(AMOUNT)
    co2e_kg: Mapped[Decimal] = mapped_column()
    co2e_low_kg: Mapped[Decimal] = mapped_column()
    co2e_high_kg: Mapped[Decimal] = mapped_column()
    renews: Mapped[bool] = mapped_column()
    booked_on: Mapped[dt.date] = mapped_column()
    case_task_id: Mapped[int | None] = mapped_column()
