"""Repairs of what institutions own, and outside repairers with what is sent to them."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    CODE,
    PERSON,
    Base,
    Versioned,
    Word,
    index_of_some,
    one_of,
)

_STILL_OUT = text("returned_on IS NULL")
_INVOICED = text("invoice_number <> ''")


class Repair(Versioned, Base):
    """A report whose furniture comes back; ``order_id`` once its owner has agreed to the price."""

    __tablename__ = "repair"
    __table_args__ = (one_of("answer", CHOICES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickup.id"), unique=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    answer: Mapped[Answer] = mapped_column(Word(Answer, 10))
    offered_at: Mapped[dt.datetime | None] = mapped_column()
    expected_on: Mapped[dt.date | None] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)


class RepairTask(Base):
    """What is to be done to each piece, at the price it was offered for; ``outside_ore`` is what
    another repairer takes, who then does it.
    """

    __tablename__ = "repair_task"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="minutes"),
        CheckConstraint("labour_ore >= 0", name="labour"),
        CheckConstraint("parts_ore >= 0", name="parts"),
        CheckConstraint("outside_ore >= 0", name="outside"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    repair_id: Mapped[int] = mapped_column(ForeignKey("repair.id"), index=True)
    task_type_id: Mapped[int] = mapped_column(ForeignKey("task_type.id"))
    position: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    labour_ore: Mapped[int] = mapped_column(AMOUNT, default=0)
    parts_ore: Mapped[int] = mapped_column(AMOUNT, default=0)
    outside_ore: Mapped[int | None] = mapped_column(AMOUNT)
    repairer_id: Mapped[int | None] = mapped_column(ForeignKey("repairer.id"))


class Repairer(Versioned, Base):
    """A firm that repairs for us; it may be called after a person. ``contact`` is a function."""

    __tablename__ = "repairer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME), unique=True, info=PERSON)
    cvr: Mapped[str] = mapped_column(String(8), default="", info=CODE)
    contact: Mapped[str] = mapped_column(String(limits.NAME), default="", info=PERSON)
    active: Mapped[bool] = mapped_column(default=True)


class RepairerPrice(Versioned, Base):
    """What a repairer takes for a task at one piece, from a day on."""

    __tablename__ = "repairer_price"
    __table_args__ = (
        UniqueConstraint("repairer_id", "task_type_id", "valid_from"),
        CheckConstraint("price_ore >= 0", name="price"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    repairer_id: Mapped[int] = mapped_column(ForeignKey("repairer.id"))
    task_type_id: Mapped[int] = mapped_column(ForeignKey("task_type.id"), index=True)
    valid_from: Mapped[dt.date] = mapped_column()
    price_ore: Mapped[int] = mapped_column(AMOUNT)


class RepairErrand(Versioned, Base):
    """All pieces of a case at a repairer for one task, until they are back and it is invoiced.

    ``price_ore`` is what all of it was to cost when it was sent. The invoice's amount is the cost
    of the task from then on; a case has one errand that is still out.
    """

    __tablename__ = "errand"
    __table_args__ = (
        CheckConstraint("pieces > 0", name="pieces"),
        CheckConstraint("price_ore >= 0", name="price"),
        CheckConstraint("returned_on IS NULL OR returned_on >= sent_on", name="returned"),
        CheckConstraint(
            "invoice_ore IS NULL OR (invoice_ore >= 0 AND returned_on IS NOT NULL)", name="invoice"
        ),
        CheckConstraint("(invoice_ore IS NULL) = (invoiced_on IS NULL)", name="invoiced"),
        index_of_some("uq_errand_out", "case_id", unique=True, where=_STILL_OUT),
        index_of_some(
            "uq_errand_invoice", "repairer_id", "invoice_number", unique=True, where=_INVOICED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("workshop_case.id"), index=True)
    case_task_id: Mapped[int] = mapped_column(ForeignKey("case_task.id"), unique=True)
    repairer_id: Mapped[int] = mapped_column(ForeignKey("repairer.id"))
    pieces: Mapped[int] = mapped_column()
    price_ore: Mapped[int] = mapped_column(AMOUNT)
    sent_on: Mapped[dt.date] = mapped_column()
    returned_on: Mapped[dt.date | None] = mapped_column()
    invoice_number: Mapped[str] = mapped_column(
        String(limits.INVOICE_NUMBER), default="", info=CODE
    )
    invoice_ore: Mapped[int | None] = mapped_column(AMOUNT)
    invoiced_on: Mapped[dt.date | None] = mapped_column()
