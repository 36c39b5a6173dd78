"""What an import of articles is told: which column holds what, and what the prices are in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused

LENGTH_UNITS = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000)}
WEIGHT_UNITS = {"g": Decimal(1), "kg": Decimal(1000)}
LEFT_OUT = ""
"""The category of values and words that are no furniture: their lines are refused as such."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of measures and the unit of figures that do not name their own."""

    column: str
    unit: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """The column of each field; None where the file has none.

    Without ``key`` the name is the number of its line. ``name`` may join several columns. ``fixed``
    gives text fields, or the category's key, one value for the whole file. ``words`` are beginnings
    of names with the category they mean; they decide before the category column does, the longest
    first.
    """

    key: str
    name: tuple[str, ...]
    maker: str | None = None
    model: str | None = None
    category: str | None = None
    width: Measure | None = None
    depth: Measure | None = None
    height: Measure | None = None
    weight: Measure | None = None
    colour: str | None = None
    materials: str | None = None
    ecolabel: str | None = None
    size_mark: str | None = None
    supplier: str | None = None
    price: str | None = None
    price_date: str | None = None
    price_source: str | None = None
    link: str | None = None
    fixed: dict[str, str] = field(default_factory=dict)
    words: tuple[tuple[str, str], ...] = ()

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every field that is mapped, with its column."""
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, str) and value:
                yield each.name, value
            elif isinstance(value, Measure):
                yield each.name, value.column
            elif each.name == "name":
                yield from (("name", column) for column in self.name)

    def check(self, columns: tuple[str, ...]) -> None:
        """Refuse a mapping that lacks what every article needs or names columns not there."""
        if not self.name:
            raise Refused(N_("Choose the column with the name."), field="name")
        for name, column in self.columns():
            if column not in columns:
                raise Refused(N_("The file has no column “{column}”."), field=name, column=column)
        for name, measure, units in self._measures():
            if measure.unit not in units:
                raise Refused(
                    N_("The unit “{unit}” is not known. Choose one of {known}."),
                    field=name,
                    unit=measure.unit,
                    known=", ".join(units),
                )
        for name in self.fixed:
            if name not in FIXABLE:
                raise Refused(
                    N_("“{name}” cannot be the same for all lines."), field=name, name=name
                )

    def _measures(self) -> Iterator[tuple[str, Measure, dict[str, Decimal]]]:
        for name in ("width", "depth", "height", "weight"):
            measure = getattr(self, name)
            if measure is not None:
                yield name, measure, WEIGHT_UNITS if name == "weight" else LENGTH_UNITS


FIGURES = ("width", "depth", "height", "weight", "price")
"""The fields that are read with the decimal sign of the file."""
FIXABLE = ("maker", "model", "category", "colour", "materials", "ecolabel", "supplier")


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """What a file's prices are: currency and its rate in DKK, VAT, and from when and where.

    Date and source hold for lines that do not carry their own.
    """

    currency: str = "DKK"
    rate: Decimal = Decimal(1)
    vat_included: bool = True
    vat_percent: Decimal = Decimal(25)
    price_date: date | None = None
    price_source: str = ""

    def check(self) -> None:
        """Refuse a basis that no price can be computed from."""
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise Refused(
                N_("Write the currency as three capital letters, for example DKK."),
                field="currency",
            )
        unlikely = self.rate == 1 and self.currency != "DKK"
        if unlikely or not (self.rate.is_finite() and 0 < self.rate <= 10_000):
            raise Refused(
                N_("Write the rate as kroner for one {currency}, for example {example}."),
                field="rate",
                currency=self.currency,
                example=Decimal("7.46"),
            )
        if self.currency == "DKK" and self.rate != 1:
            raise Refused(N_("The rate of kroner is 1."), field="rate")
        if not (self.vat_percent.is_finite() and 0 <= self.vat_percent <= 100):
            raise Refused(N_("VAT is between 0 and 100 percent."), field="vat_percent")
        if len(self.price_source) > limits.SOURCE:
            raise Refused(
                N_("The text has {count} characters; there is room for {most}."),
                field="price_source",
                count=len(self.price_source),
                most=limits.SOURCE,
            )

    def ore_per_unit(self) -> Decimal:
        """Øre without VAT for one unit of the file's prices."""
        vat = self.vat_percent if self.vat_included else Decimal(0)
        return self.rate * 100 / (1 + vat / 100)
