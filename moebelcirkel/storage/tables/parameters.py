"""The municipality's settings: one row per key that differs from its declared default."""

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import Base, Versioned


class ParameterRow(Versioned, Base):
    """A setting by key; ``domain/parameters.py`` declares type, default and rule."""

    __tablename__ = "parameter"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Counter(Base):
    """The last number used of a series (label, order, delivery, report); never goes back."""

    __tablename__ = "counter"
    __track__ = None

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
