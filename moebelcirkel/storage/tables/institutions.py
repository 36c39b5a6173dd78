"""Institutions and the cost bearers that pay for them."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.storage.tables.base import (
    AMOUNT,
    CODE,
    DERIVED,
    PERSON,
    SORT_KEY,
    Base,
    Versioned,
    Word,
    one_of,
)


class Institution(Versioned, Base):
    """A school, home or office that hands furniture back and orders it.

    ``weekday`` is the day on which it is delivered to, 1 for Monday to 5; none where any will do.
    The coordinates are degrees north and east. ``closed_weeks`` are the weeks of every year in
    which nobody is there, such as 28-30, 42. ``merged_into_id`` is the one that it became, which
    itself was never merged. ``contact`` is a function such as "Pedel", not a person, and ``phone``
    the telephone of that function.
    """

    __tablename__ = "institution"
    __table_args__ = (one_of("legal", Legal),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.NAME), unique=True)
    department: Mapped[str] = mapped_column(String(limits.NAME), default="")
    kind: Mapped[str] = mapped_column(String(limits.INSTITUTION_KIND), default="")
    address: Mapped[str] = mapped_column(String(limits.ADDRESS), default="")
    ean: Mapped[str] = mapped_column(String(13), default="")
    cvr: Mapped[str] = mapped_column(String(8), default="")
    legal: Mapped[Legal] = mapped_column(Word(Legal, 10), default=Legal.OWN)
    limit_ore: Mapped[int | None] = mapped_column(AMOUNT)
    active: Mapped[bool] = mapped_column(default=True)
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="", info=DERIVED)
    search_text: Mapped[str] = mapped_column(Text, default="", info=DERIVED)
    weekday: Mapped[int | None] = mapped_column(sort_order=1)
    postcode: Mapped[str | None] = mapped_column(String(4), sort_order=2, info=CODE)
    latitude: Mapped[Decimal | None] = mapped_column(sort_order=3)
    longitude: Mapped[Decimal | None] = mapped_column(sort_order=4)
    closed_weeks: Mapped[str | None] = mapped_column(String(limits.WEEKS), sort_order=5, info=CODE)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("institution.id"), index=True, sort_order=6
    )
    merged_at: Mapped[dt.datetime | None] = mapped_column(sort_order=7)
    contact: Mapped[str | None] = mapped_column(String(limits.NAME), sort_order=8, info=PERSON)
    phone: Mapped[str | None] = mapped_column(String(limits.PHONE), sort_order=9, info=CODE)


class CostBearer(Versioned, Base):
    """An account of an institution that can pay an order, e.g. 4300 Inventar."""

    __tablename__ = "cost_bearer"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    code: Mapped[str] = mapped_column(String(24), info=CODE)
    name: Mapped[str] = mapped_column(String(limits.BEARER_NAME), default="")
    active: Mapped[bool] = mapped_column(default=True)


class InstitutionCeiling(Versioned, Base):
    """What an institution may order for in each year from one on, in all or of one group."""

    __tablename__ = "ceiling"
    __table_args__ = (
        UniqueConstraint("institution_id", "from_year", "category_group"),
        CheckConstraint("most_ore >= 0", name="most"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    from_year: Mapped[int] = mapped_column()
    category_group: Mapped[str] = mapped_column(String(40), default="", info=CODE)
    most_ore: Mapped[int] = mapped_column(AMOUNT)
