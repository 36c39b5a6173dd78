"""Repairs of what institutions own: the report, the tasks offered, and the order it became."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.storage.tables.base import AMOUNT, PERSON, Base, Versioned, Word, one_of


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
