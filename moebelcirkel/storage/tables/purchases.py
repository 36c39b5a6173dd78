"""Purchases that are planned: the lines of a plan, and what became of each."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.purchases import Ending, PlanState
from moebelcirkel.storage.tables.base import AMOUNT, PERSON, PROGRAM, Base, Versioned, Word, one_of


class Purchase(Versioned, Base):
    """What an institution means to buy, before it is looked for anywhere else."""

    __tablename__ = "purchase"
    __undo__ = "void"
    __table_args__ = (one_of("state", PlanState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    planner_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    state: Mapped[PlanState] = mapped_column(Word(PlanState, 10), default=PlanState.OPEN)
    created_at: Mapped[dt.datetime] = mapped_column()


class PurchaseLine(Versioned, Base):
    """So many of what; ``ending`` is what became of them, none where nobody has answered.

    What must be new says why, and whether it was first asked for used on a framework agreement.
    """

    __tablename__ = "purchase_line"
    __table_args__ = (
        one_of("ending", Ending),
        CheckConstraint("pieces > 0", name="pieces"),
        CheckConstraint("price_ore >= 0", name="price"),
        CheckConstraint("(ending IS NULL) = (ended_on IS NULL)", name="ended"),
        CheckConstraint("(used_first IS NOT NULL) = (ending = 'new')", name="used_first"),
        Index("ix_purchase_line_ended_on", "ended_on", "ending"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"), index=True)
    position: Mapped[int] = mapped_column()
    words: Mapped[str] = mapped_column(String(limits.WANT_WORDS))
    pieces: Mapped[int] = mapped_column()
    price_ore: Mapped[int | None] = mapped_column(AMOUNT)
    ending: Mapped[Ending | None] = mapped_column(Word(Ending, 12))
    ended_on: Mapped[dt.date | None] = mapped_column()
    used_first: Mapped[bool | None] = mapped_column()
    reason: Mapped[str] = mapped_column(Text, default="", info=PERSON)
