"""Runs of the van: vehicles, runs with their stops in order, and what is driven to each."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.runs import Errand, Missed, RunState
from moebelcirkel.storage.tables.base import AMOUNT, PERSON, PROGRAM, Base, Versioned, Word, one_of


class Vehicle(Versioned, Base):
    """What furniture is driven in: how much it takes, and what a kilometre costs."""

    __tablename__ = "vehicle"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME), unique=True)
    volume_l: Mapped[int] = mapped_column()
    payload_kg: Mapped[int] = mapped_column()
    co2e_kg_per_km: Mapped[Decimal] = mapped_column()
    ore_per_km: Mapped[int] = mapped_column(AMOUNT)
    active: Mapped[bool] = mapped_column(default=True)


class Run(Versioned, Base):
    """A trip on a day. ``driver`` is a function, not a person.

    When it is closed it keeps the real kilometres, the vehicle's rates of that moment, and what
    they came to.
    """

    __tablename__ = "run"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", RunState),
        CheckConstraint("(state = 'closed') = (km IS NOT NULL)", name="closed"),
        Index("ix_run_driven_on", "driven_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    driven_on: Mapped[dt.date] = mapped_column()
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    driver: Mapped[str] = mapped_column(String(limits.NAME), default="", info=PERSON)
    state: Mapped[RunState] = mapped_column(Word(RunState, 10))
    created_at: Mapped[dt.datetime] = mapped_column()
    km: Mapped[Decimal | None] = mapped_column()
    ore_per_km: Mapped[int | None] = mapped_column(AMOUNT)
    co2e_kg_per_km: Mapped[Decimal | None] = mapped_column()
    cost_ore: Mapped[int | None] = mapped_column(AMOUNT)
    co2e_g: Mapped[int | None] = mapped_column(AMOUNT)


class RunStop(Versioned, Base):
    """A place on a run: an institution that is delivered to, or a pickup.

    ``packaging`` says that used packaging was taken along, which is told when the run is closed.
    ``fetched_on`` is the day on which a pickup was said to be on the van.
    """

    __tablename__ = "run_stop"
    __table_args__ = (
        CheckConstraint("(institution_id IS NULL) <> (pickup_id IS NULL)", name="what"),
        UniqueConstraint("run_id", "institution_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    position: Mapped[int] = mapped_column()
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    pickup_id: Mapped[int | None] = mapped_column(ForeignKey("pickup.id"), unique=True)
    packaging: Mapped[bool | None] = mapped_column(sort_order=1)
    fetched_on: Mapped[dt.date | None] = mapped_column(sort_order=2)


class RunLine(Base):
    """An order line that is delivered at a stop; no line is on two runs.

    ``from_stop_id`` is the pickup whose giver the piece still stands with: it is taken up there and
    driven straight on.
    """

    __tablename__ = "run_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("run_stop.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), unique=True)
    from_stop_id: Mapped[int | None] = mapped_column(
        ForeignKey("run_stop.id"), index=True, sort_order=1
    )


class RunErrand(Versioned, Base):
    """The piece of a complaint that is fetched at a stop, or brought back there repaired.

    ``done_on`` is the day it was done at the door.
    """

    __tablename__ = "run_errand"
    __table_args__ = (one_of("way", Errand), UniqueConstraint("complaint_id", "way"))

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("run_stop.id"), index=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    way: Mapped[Errand] = mapped_column(Word(Errand, 10))
    done_on: Mapped[dt.date | None] = mapped_column()


class RunMiss(Base):
    """A stop that was not done on its run, what it was called, and why; it was taken off."""

    __tablename__ = "run_miss"
    __table_args__ = (one_of("missed_why", Missed),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    pickup_id: Mapped[int | None] = mapped_column(ForeignKey("pickup.id"), index=True)
    name: Mapped[str] = mapped_column(String(limits.ARTICLE_NAME))
    missed_why: Mapped[Missed] = mapped_column(Word(Missed, 12))
    missed_text: Mapped[str] = mapped_column(Text, default="", info=PERSON)
