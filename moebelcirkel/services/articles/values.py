"""What can be written about an article, checked field by field before anything is saved."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.fields import web_address
from moebelcirkel.domain.measures import MAX_MM
from moebelcirkel.domain.prices import MAX_PRICE_ORE, price_day
from moebelcirkel.domain.shop import is_size_mark
from moebelcirkel.storage import texts
from moebelcirkel.storage.tables.articles import Article

#: Values by the name of their column.
Columns = dict[str, str | int | Decimal | dt.date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleValues:
    """An article as a form or an import gives it; measures in mm, weight in g, money in øre."""

    name: str
    category_key: str
    key: str | None = None
    maker: str = ""
    model: str = ""
    width_mm: int | None = None
    depth_mm: int | None = None
    height_min_mm: int | None = None
    height_max_mm: int | None = None
    weight_g: int | None = None
    volume_l: int | None = None
    size_mark: str = ""
    colour: str = ""
    materials: str = ""
    ecolabel: str = ""
    new_price_ore: int | None = None
    new_price_on: dt.date | None = None
    new_price_source: str = ""
    supplier: str = ""
    warranty_until: dt.date | None = None
    spare_parts: str = ""
    epd_kg: Decimal | None = None
    epd_source: str = ""
    link: str = ""

    def as_columns(self, today: dt.date, stored: object = None) -> Columns:
        """Column values with trimmed texts; raises ``Invalid`` naming every wrong field.

        What has been odd in the ``stored`` article since long does not stop another correction.
        """
        values = {field.name: _clean(getattr(self, field.name)) for field in fields(self)}
        values["key"] = values["key"] or None
        errors: dict[str, Refused] = {}
        for name, check in _CHECKS:
            try:
                check(values, name)
            except Refused as error:
                errors.setdefault(name, error)
        for name, odd in _odd(values, today):
            if stored is None or getattr(stored, name) != values[name]:
                errors.setdefault(name, odd)
        if errors:
            raise Invalid(errors)
        return values


PRICE_FIELDS = frozenset({"new_price_ore", "new_price_on", "new_price_source"})


def _clean(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _needed(values: dict[str, Any], name: str) -> None:
    if not values[name]:
        raise Refused(N_("This must be filled in."))


def _between(low: int, high: int, message: str) -> Callable[[dict[str, Any], str], None]:
    def check(values: dict[str, Any], name: str) -> None:
        if values[name] is not None and not low <= values[name] <= high:
            raise Refused(message)

    return check


def _heights(values: dict[str, Any], _name: str) -> None:
    low, high = values["height_min_mm"], values["height_max_mm"]
    if low is not None and high is not None and low > high:
        raise Refused(N_("The lowest height is above the highest."))


def _price_source(values: dict[str, Any], name: str) -> None:
    if values["new_price_on"] is not None and not values[name]:
        raise Refused(N_("Write where the new price comes from, for example a catalogue."))


def _epd_source(values: dict[str, Any], name: str) -> None:
    if values["epd_kg"] is not None and not values[name]:
        raise Refused(N_("Write where the EPD value comes from."))


def _odd(values: dict[str, Any], today: dt.date) -> Iterator[tuple[str, Refused]]:
    if values["size_mark"] and not is_size_mark(values["size_mark"]):
        yield "size_mark", Refused(N_("A size mark is a number from 0 to 7, or a span as 3-6."))
    for name, rule in texts.rules(Article).items():
        try:
            rule.check(values.get(name) or "", name)
        except Refused as error:
            yield name, error
    try:
        web_address(values["link"])
    except Refused as error:
        yield "link", error
    try:
        if values["new_price_on"] is not None:
            price_day(values["new_price_on"], today)
    except Refused as error:
        yield "new_price_on", error


_MEASURE = _between(1, MAX_MM, N_("A measure must be between 0.1 and 2,000 cm."))
_WEIGHT = _between(1, limits.WEIGHT_G, N_("A weight must be between 1 g and 2,000 kg."))
_PRICE = _between(0, MAX_PRICE_ORE, N_("A new price must be between 0 and 1,000,000 kr."))
_VOLUME = _between(1, limits.VOLUME_L, N_("A volume must be between 1 and 20,000 litres."))
_EPD = _between(0, int(limits.EPD_KG), N_("An EPD value must be between 0 and 5,000 kg."))

_CHECKS: tuple[tuple[str, Callable[[dict[str, Any], str], None]], ...] = (
    ("name", _needed),
    ("category_key", _needed),
    ("width_mm", _MEASURE),
    ("depth_mm", _MEASURE),
    ("height_min_mm", _MEASURE),
    ("height_max_mm", _MEASURE),
    ("height_min_mm", _heights),
    ("weight_g", _WEIGHT),
    ("volume_l", _VOLUME),
    ("new_price_ore", _PRICE),
    ("new_price_source", _price_source),
    ("epd_kg", _EPD),
    ("epd_source", _epd_source),
)
