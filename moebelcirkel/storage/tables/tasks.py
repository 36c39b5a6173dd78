"""Task types of the workshop and the hour rates of those who do them."""

from decimal import Decimal

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.storage.tables.base import Base, Versioned


class TaskTypeRow(Versioned, Base):
    """What can be done to a piece: usual minutes, parts cost, kg CO2e, and whether it renews.

    Where it can be ordered with a piece in the shop, ``adapt_weeks`` is what it adds to the day
    of delivery, and ``adapt_for`` names the categories or groups it fits, all where it is empty.
    """

    __tablename__ = "task_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.TASK_NAME), unique=True)
    minutes: Mapped[int] = mapped_column(default=0)
    parts_ore: Mapped[int] = mapped_column(default=0)
    co2e_kg: Mapped[Decimal] = mapped_column()
    co2e_low_kg: Mapped[Decimal | None] = mapped_column()
    co2e_high_kg: Mapped[Decimal | None] = mapped_column()
    renews: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    adapt_weeks: Mapped[int | None] = mapped_column(sort_order=1)
    adapt_for: Mapped[str | None] = mapped_column(Text, sort_order=1)


class HourRate(Versioned, Base):
    """What an hour of a group costs, e.g. staff 300 kr., trainees 0 kr."""

    __tablename__ = "hour_rate"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.RATE_NAME), unique=True)
    rate_ore: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
