"""Batches of charges that were settled, their postings, and what became of each; append-only."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.settlement import PLACE_OF_STEP, Legal, SettlementState, Side
from moebelcirkel.storage.tables.base import CODE, PROGRAM, Base, Word, one_of


class SettlementBatch(Base):
    """Charges settled in one go; its posting file is kept, so that saving it again is identical.

    ``net_ore`` is the sum of its charges, with the opposite sign where it reverses another;
    ``attempt`` counts the batches that were to reverse the same one and were withdrawn.
    """

    __tablename__ = "settlement_batch"
    __track__ = "reference"
    __undo__ = "refuse"
    __table_args__ = (
        one_of("legal", Legal),
        UniqueConstraint("year", "serial"),
        UniqueConstraint("reverses_id", "attempt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    year: Mapped[int] = mapped_column()
    serial: Mapped[int] = mapped_column()
    from_on: Mapped[dt.date] = mapped_column()
    to_on: Mapped[dt.date] = mapped_column()
    legal: Mapped[Legal] = mapped_column(Word(Legal, 10))
    monthly: Mapped[bool] = mapped_column()
    posting_on: Mapped[dt.date] = mapped_column()
    fiscal_year: Mapped[int] = mapped_column()
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("settlement_batch.id"))
    attempt: Mapped[int] = mapped_column()
    made_at: Mapped[dt.datetime] = mapped_column()
    charge_count: Mapped[int] = mapped_column()
    debit_ore: Mapped[int] = mapped_column(BigInteger)
    net_ore: Mapped[int] = mapped_column(BigInteger)
    profile: Mapped[dict[str, Any]] = mapped_column()
    file_sha256: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    seal: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    posting_file: Mapped[bytes] = mapped_column(LargeBinary)


class SettlementLine(Base):
    """A charge that a batch takes; ``take`` counts the batches it was in before.

    So two who settle the same charge at once want the same row, and the database lets one.
    """

    __tablename__ = "settlement_line"
    __track__ = None
    __table_args__ = (UniqueConstraint("charge_id", "take"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("settlement_batch.id"), primary_key=True)
    charge_id: Mapped[int] = mapped_column(ForeignKey("charge.id"), primary_key=True)
    take: Mapped[int] = mapped_column()


class SettlementPosting(Base):
    """One side of a voucher, as the finance system gets it."""

    __tablename__ = "settlement_posting"
    __track__ = None
    __table_args__ = (one_of("side", Side), CheckConstraint("amount_ore > 0", name="amount"))

    batch_id: Mapped[int] = mapped_column(ForeignKey("settlement_batch.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    voucher: Mapped[int] = mapped_column()
    side: Mapped[Side] = mapped_column(Word(Side, 1))
    pays: Mapped[bool] = mapped_column()
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("shop_order.id"))
    month: Mapped[dt.date | None] = mapped_column()
    account: Mapped[str] = mapped_column(String(limits.SETTLEMENT_CODE), info=PROGRAM)
    bearer: Mapped[str] = mapped_column(String(limits.SETTLEMENT_CODE), info=PROGRAM)
    amount_ore: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(limits.SETTLEMENT_TEXT), info=PROGRAM)


class SettlementStep(Base):
    """What became of a batch: released and locked, or withdrawn; then booked by its voucher."""

    __tablename__ = "settlement_step"
    __track__ = "reference"
    __undo__ = "refuse"
    __table_args__ = (
        one_of("step", tuple(PLACE_OF_STEP)),
        UniqueConstraint("batch_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("settlement_batch.id"))
    position: Mapped[int] = mapped_column()
    step: Mapped[SettlementState] = mapped_column(Word(SettlementState, 12))
    at: Mapped[dt.datetime] = mapped_column()
    voucher: Mapped[str] = mapped_column(String(limits.SETTLEMENT_CODE), default="", info=CODE)


class SettlementCheck(Base):
    """What an extract of the finance system had of a batch, and which columns it was read by."""

    __tablename__ = "settlement_check"
    __track__ = "reference"
    __undo__ = "refuse"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("settlement_batch.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column()
    file_name: Mapped[str] = mapped_column(String(limits.FILE_NAME), info=CODE)
    sha256: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    matched: Mapped[int] = mapped_column()
    missing: Mapped[int] = mapped_column()
    differing: Mapped[int] = mapped_column()
    foreign_lines: Mapped[int] = mapped_column()
    voucher: Mapped[str] = mapped_column(String(limits.SETTLEMENT_CODE), info=CODE)
    headers: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    mapping: Mapped[str] = mapped_column(Text, info=PROGRAM)
