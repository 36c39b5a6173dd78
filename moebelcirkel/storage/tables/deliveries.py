"""Deliveries: what was handed over to an institution in one go, with its note's number."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.storage.tables.base import PERSON, PROGRAM, Base, Versioned, Word, one_of


class Delivery(Versioned, Base):
    """A delivery note: prepared when printed, handed when the receiver has the pieces.

    ``confirmed_on`` is the day on which somebody of the receiver's said that all of it came.
    """

    __tablename__ = "delivery"
    __undo__ = "void"
    __table_args__ = (one_of("state", DeliveryState), Index("ix_delivery_handed_on", "handed_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    state: Mapped[DeliveryState] = mapped_column(Word(DeliveryState, 10))
    created_at: Mapped[dt.datetime] = mapped_column()
    handed_on: Mapped[dt.date | None] = mapped_column()
    received_by: Mapped[str] = mapped_column(String(limits.NAME), default="", info=PERSON)
    confirmed_on: Mapped[dt.date | None] = mapped_column(sort_order=1)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), sort_order=2)
