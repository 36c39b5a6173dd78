"""Charges: what an institution owes (or gets back) for one unit; append-only, signed øre."""

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.storage.tables.base import Base, Word, one_of


class Charge(Base):
    """Written at hand-over and, with the opposite sign, when one is undone.

    A fee is one of a whole order, written with the first piece that is handed over.
    A loan's is put right when the piece comes back: by what its real days cost more or less. A
    price is what a complaint made a piece cost less. What is brought back repaired is charged by
    time, new parts and another's repair in place of a hand-over.
    """

    __tablename__ = "charge"
    __track__ = "reference"
    __undo__ = "append"
    __table_args__ = (
        one_of("kind", ChargeKind),
        Index("ix_charge_institution", "institution_id", "effective_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    kind: Mapped[ChargeKind] = mapped_column(Word(ChargeKind, 12))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("charge.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    cost_bearer_id: Mapped[int | None] = mapped_column(ForeignKey("cost_bearer.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    amount_ore: Mapped[int] = mapped_column(BigInteger)
    effective_on: Mapped[dt.date] = mapped_column()
    booked_at: Mapped[dt.datetime] = mapped_column()
