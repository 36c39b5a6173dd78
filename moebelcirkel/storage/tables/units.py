"""Units: the single physical pieces, each with its own label number."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import FACTS, SHOP_FACTS
from moebelcirkel.domain.lifecycle import IN_STOCK, BatchState, IntakeKind, State
from moebelcirkel.storage.tables.base import (
    CODE,
    PERSON,
    PROGRAM,
    Base,
    Versioned,
    Word,
    index_of_some,
    one_of,
)

#: The use before a piece was first registered is loop 1; registration begins the second.
FIRST_LOOP = 2
LISTED = text("state = 'listed'")
_HOUSE = ", ".join(f"'{state}'" for state in sorted(IN_STOCK))
IN_HOUSE = text(f"state IN ({_HOUSE})")
#: Compared sign by sign, so that a number is found by its beginning.
_NUMBER = String(24).with_variant(String(24, collation="C"), "postgresql")
_COUNTED = ("article_id", "condition", "state", *FACTS, "place_id")


class Intake(Versioned, Base):
    """A batch registered in one go: from whom, when and how many; also a return."""

    __tablename__ = "intake"
    __undo__ = "void"
    __table_args__ = (one_of("kind", IntakeKind), one_of("state", BatchState))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IntakeKind] = mapped_column(Word(IntakeKind, 10), default=IntakeKind.INTAKE)
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    pieces: Mapped[int] = mapped_column(default=0)
    received_on: Mapped[dt.date] = mapped_column(index=True)
    created_at: Mapped[dt.datetime] = mapped_column()
    state: Mapped[BatchState] = mapped_column(Word(BatchState, 10), default=BatchState.ACTIVE)


class Unit(Versioned, Base):
    """One piece: condition, place, price, loop and where it is in its life.

    ``life_left`` is the share of the life not yet credited, 1 at first registration.
    ``holder_id`` is the institution that uses it while delivered. ``condition_reason`` is why the
    condition became better without work, a code of ``domain.conditions.BETTER_REASONS``.
    ``taken_from_id`` is the piece that a spare part was taken from.
    What ``domain.facts.FACTS`` ask of some categories comes last, ``None`` where nobody knows.
    """

    __tablename__ = "unit"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", State),
        one_of("condition", Condition),
        CheckConstraint("price_ore >= 0", name="price"),
        CheckConstraint("loop >= 1", name="loop"),
        # The state is in it although it is always the same: only so does SQLite answer the shop
        # from the index alone.
        index_of_some(
            "ix_unit_shop",
            "article_id",
            "condition",
            "price_ore",
            "refurbished",
            "id",
            "state",
            "place_id",
            *SHOP_FACTS,
            where=LISTED,
        ),
        # In the order of what single pieces are told apart by, so that counts sort nothing.
        index_of_some(
            "ix_unit_stands",
            "place_id",
            *SHOP_FACTS,
            "article_id",
            "condition",
            "price_ore",
            "id",
            "state",
            where=LISTED,
        ),
        Index("ix_unit_state_article", "state", "article_id"),
        # Counting reads these alone, and what has left the stock is not in the second.
        Index("ix_unit_article", *_COUNTED),
        index_of_some("ix_unit_house", *_COUNTED, where=IN_HOUSE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(_NUMBER, unique=True, info=PROGRAM)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    state: Mapped[State] = mapped_column(Word(State, 12))
    condition: Mapped[Condition] = mapped_column(Word(Condition, 1))
    refurbished: Mapped[bool] = mapped_column(default=False)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    price_ore: Mapped[int | None] = mapped_column()
    loop: Mapped[int] = mapped_column(default=FIRST_LOOP)
    life_left: Mapped[Decimal] = mapped_column(default=Decimal(1))
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake.id"), index=True)
    received_on: Mapped[dt.date] = mapped_column(index=True)
    listed_at: Mapped[dt.datetime | None] = mapped_column()
    acquired_year: Mapped[int | None] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    scrap_reason: Mapped[str] = mapped_column(String(120), default="")
    condition_reason: Mapped[str | None] = mapped_column(String(20), sort_order=1)
    fire_tested: Mapped[bool | None] = mapped_column(sort_order=2)
    toy_age: Mapped[str | None] = mapped_column(String(8), sort_order=3)
    toy_complete: Mapped[bool | None] = mapped_column(sort_order=4)
    toy_cleaned: Mapped[bool | None] = mapped_column(sort_order=5)
    taken_from_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), sort_order=6)


class UnitCode(Base):
    """Another code the piece carries: a maker's barcode, an old inventory number."""

    __tablename__ = "unit_code"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(limits.UNIT_CODE), info=CODE)
