"""Pickups: what a giver reports should go, line by line, and the pieces that came of it."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.pickups import Access, PickupState
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    DERIVED,
    PERSON,
    PROGRAM,
    Base,
    Versioned,
    Word,
    one_of,
)


class Pickup(Versioned, Base):
    """A report of furniture that should go, of an institution or (``firm``) of a firm's gift.

    ``order_id`` is the delivered order that is regretted, whose pieces have their labels.
    ``value_ore`` is what a firm says that its gift is worth. ``contact`` is a function such as
    "Teknisk service", not a person. ``gift`` is what a firm gives; none is goods, as before.
    """

    __tablename__ = "pickup"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", PickupState),
        one_of("access", Access),
        CheckConstraint("(institution_id IS NULL) <> (firm = '')", name="giver"),
        CheckConstraint("value_ore IS NULL OR value_ore >= 0", name="value"),
        Index("ix_pickup_state", "state", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)
    firm: Mapped[str] = mapped_column(String(limits.NAME), default="")
    value_ore: Mapped[int | None] = mapped_column(AMOUNT)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    reported_at: Mapped[dt.datetime] = mapped_column(index=True)
    state: Mapped[PickupState] = mapped_column(Word(PickupState, 12))
    building: Mapped[str] = mapped_column(String(limits.NAME), default="", info=PERSON)
    access: Mapped[Access] = mapped_column(Word(Access, 12), default=Access.UNKNOWN)
    contact: Mapped[str] = mapped_column(String(limits.NAME), default="", info=PERSON)
    earliest_on: Mapped[dt.date | None] = mapped_column()
    latest_on: Mapped[dt.date | None] = mapped_column()
    planned_on: Mapped[dt.date | None] = mapped_column()
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    question: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    answer: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    reason: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    order_id: Mapped[int | None] = mapped_column(
        ForeignKey("shop_order.id"), index=True, sort_order=1
    )
    gift: Mapped[str | None] = mapped_column(String(10), sort_order=2)


class PickupLine(Versioned, Base):
    """Alike pieces of a report: of a known type, or of a category in the giver's own words."""

    __tablename__ = "pickup_line"
    __table_args__ = (one_of("condition", Condition), CheckConstraint("pieces > 0", name="pieces"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickup.id"), index=True)
    category_key: Mapped[str] = mapped_column(ForeignKey("category.key"))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    name: Mapped[str] = mapped_column(String(limits.ARTICLE_NAME))
    pieces: Mapped[int] = mapped_column()
    condition: Mapped[Condition] = mapped_column(Word(Condition, 1))
    search_text: Mapped[str] = mapped_column(Text, default="", info=DERIVED)


class PickupPhoto(Base):
    """A picture that the giver took of a line."""

    __tablename__ = "pickup_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("pickup_line.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("photo_blob.sha256"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class PickupPiece(Base):
    """A piece that was registered for a report; without a line it had not been reported."""

    __tablename__ = "pickup_piece"

    id: Mapped[int] = mapped_column(primary_key=True)
    pickup_id: Mapped[int] = mapped_column(ForeignKey("pickup.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("pickup_line.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
