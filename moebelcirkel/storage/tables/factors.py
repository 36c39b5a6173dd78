"""Categories and the dated factor sets that hold every category's figures with its source."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import DERIVED, SORT_KEY, Base, Versioned


class Category(Base):
    """A kind of furniture; the groups are the shop's filters."""

    __tablename__ = "category"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_da: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    unspsc: Mapped[str] = mapped_column(String(12), default="")
    group_key: Mapped[str] = mapped_column(String(40), index=True)
    group_da: Mapped[str] = mapped_column(String(60))
    group_en: Mapped[str] = mapped_column(String(60))
    group_order: Mapped[int] = mapped_column()
    keywords: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(SORT_KEY, default="", info=DERIVED)


class FactorSet(Versioned, Base):
    """A version of all category figures, in force from a date once released."""

    __tablename__ = "factor_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[dt.date] = mapped_column()
    released: Mapped[bool] = mapped_column(default=False)
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("factor_set.id"))


class Factor(Versioned, Base):
    """The figures of one category in one set: kg, kg CO2e, years and prices, with sources."""

    __tablename__ = "factor"
    __table_args__ = (UniqueConstraint("set_id", "category_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("factor_set.id"))
    category_key: Mapped[str] = mapped_column(ForeignKey("category.key"))
    mass_kg: Mapped[Decimal | None] = mapped_column()
    co2e_low_kg: Mapped[Decimal | None] = mapped_column()
    co2e_mid_kg: Mapped[Decimal | None] = mapped_column()
    co2e_high_kg: Mapped[Decimal | None] = mapped_column()
    stages: Mapped[str] = mapped_column(String(160), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    source_year: Mapped[int | None] = mapped_column()
    source_detail: Mapped[str] = mapped_column(Text, default="")
    co2e_verified: Mapped[bool] = mapped_column(default=False)
    lifetime_years: Mapped[Decimal] = mapped_column()
    new_price_low_ore: Mapped[int | None] = mapped_column()
    new_price_mid_ore: Mapped[int | None] = mapped_column()
    new_price_high_ore: Mapped[int | None] = mapped_column()
    price_source: Mapped[str] = mapped_column(Text, default="")
    price_verified: Mapped[bool] = mapped_column(default=False)
