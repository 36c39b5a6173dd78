"""Complaints about pieces that were delivered, their pictures, and what was decided of each."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    PERSON,
    PROGRAM,
    Base,
    Versioned,
    Word,
    index_of_some,
    one_of,
)

LIVE = text("state IN ('open', 'agreed')")


class Complaint(Versioned, Base):
    """What is wrong with the piece of one order line, in the words of who has it.

    ``price_ore`` is a new price that was agreed to, ``case_id`` the workshop's case of a repair,
    ``fetch`` says that the van fetches the piece, ``bring`` that it brings it home repaired.
    A piece has one complaint at most that something is still to be done about.
    """

    __tablename__ = "complaint"
    __undo__ = "void"
    __table_args__ = (
        one_of("state", ComplaintState),
        one_of("outcome", Outcome),
        CheckConstraint("state IN ('open', 'void') OR outcome IS NOT NULL", name="decided"),
        CheckConstraint("state <> 'open' OR outcome IS NULL", name="undecided"),
        CheckConstraint("price_ore >= 0", name="price"),
        Index("ix_complaint_state", "state", "institution_id"),
        index_of_some("uq_complaint_live_line", "order_line_id", unique=True, where=LIVE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    reported_at: Mapped[dt.datetime] = mapped_column()
    wrong: Mapped[str] = mapped_column(Text, info=PERSON)
    state: Mapped[ComplaintState] = mapped_column(Word(ComplaintState, 10))
    outcome: Mapped[Outcome | None] = mapped_column(Word(Outcome, 10))
    price_ore: Mapped[int | None] = mapped_column(AMOUNT)
    reason: Mapped[str] = mapped_column(Text, default="", info=PERSON)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column()
    case_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_case.id"), index=True)
    fetch: Mapped[bool | None] = mapped_column(sort_order=1)
    bring: Mapped[bool | None] = mapped_column(sort_order=2)


class ComplaintPhoto(Base):
    """A picture of what is wrong with the piece."""

    __tablename__ = "complaint_photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("photo_blob.sha256"), index=True)
    position: Mapped[int] = mapped_column(default=0)
