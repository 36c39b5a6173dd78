"""Wants: what an institution needs and the shop does not have; and what is looked for in vain."""

import datetime as dt
from typing import ClassVar, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.wants import WantState, demand
from moebelcirkel.storage.tables.base import AMOUNT, PERSON, PROGRAM, Base, Versioned, Word, one_of


class Want(Versioned, Base):
    """So many pieces by words, category or type, at least in a condition, until a day.

    Of toys it may ask what is known of each piece; ``within`` has the shop's filters that it keeps
    to. The first in line is the lowest id. What is found is held in the institution's basket, and
    paid and answered for as the want says.
    """

    __tablename__ = "want"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", WantState),
        one_of("answer", CHOICES),
        CheckConstraint("pieces > 0", name="pieces"),
        CheckConstraint("ceiling_ore >= 0", name="ceiling"),
        Index("ix_want_state", "state", "use_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    words: Mapped[str] = mapped_column(String(limits.WANT_WORDS), default="")
    category_key: Mapped[str | None] = mapped_column(ForeignKey("category.key"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    condition: Mapped[Condition] = mapped_column(Word(Condition, 1))
    pieces: Mapped[int] = mapped_column()
    ceiling_ore: Mapped[int | None] = mapped_column(AMOUNT)
    use_by: Mapped[dt.date] = mapped_column()
    answer: Mapped[Answer] = mapped_column(Word(Answer, 10))
    note: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    state: Mapped[WantState] = mapped_column(Word(WantState, 10), default=WantState.OPEN)
    created_at: Mapped[dt.datetime] = mapped_column()
    toy_age: Mapped[str | None] = mapped_column(String(8), sort_order=1)
    toy_complete: Mapped[bool | None] = mapped_column(sort_order=2)
    toy_cleaned: Mapped[bool | None] = mapped_column(sort_order=3)
    within: Mapped[str | None] = mapped_column(Text, sort_order=4, info=PROGRAM)


class WantOffer(Base):
    """A piece that was held for a want once; it is not held for the same want again."""

    __tablename__ = "want_offer"
    __table_args__ = (UniqueConstraint("want_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    want_id: Mapped[int] = mapped_column(ForeignKey("want.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    offered_at: Mapped[dt.datetime] = mapped_column()


class Demand(Base):
    """How often the shop had nothing of what was looked for, by search and week.

    It is a count and no change of anybody's: who searched stands nowhere, so it is outside the
    history, is never undone, and is forgotten by itself.
    """

    __tablename__ = "demand"
    __track__: ClassVar[Literal["full", "reference"] | None] = None
    __table_args__ = (CheckConstraint("times > 0", name="times"),)

    text: Mapped[str] = mapped_column(String(demand.MOST_TEXT), primary_key=True)
    week: Mapped[dt.date] = mapped_column(primary_key=True, index=True)
    times: Mapped[int] = mapped_column()
