"""Files of new prices for types that are there: which type, what it costs now, since when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.prices import price_day
from moebelcirkel.exchange.article_cells import price_reader
from moebelcirkel.exchange.articles import refuse_doubtful, written_day
from moebelcirkel.exchange.kinds.records import Reader, RecordChoices, RecordField, code, text
from moebelcirkel.exchange.tabular import Table


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """A type by its number or its name, and its price in øre without VAT."""

    line: int
    key: str
    name: str
    price: int | None
    price_date: dt.date | None
    price_source: str


def _unread(cell: str) -> object:
    """Figures and dates are read by what the file's prices are in."""
    return cell


FIELDS = (
    RecordField(
        "key",
        N_("Item number"),
        (
            "varenummer, varenr, artikelnummer, artikelnr, produktnummer, item number, sku, "
            "nummer, nr, id"
        ),
        code(limits.ARTICLE_KEY),
    ),
    RecordField(
        "name",
        N_("Furniture type"),
        "møbeltype, navn, varenavn, betegnelse, beskrivelse, name, description",
        text(limits.ARTICLE_NAME),
    ),
    RecordField(
        "price",
        N_("New price"),
        (
            "nypris, ny pris, listepris, vejledende pris, indkøbspris, stykpris, pris, new "
            "price, list price, unit price, price"
        ),
        _unread,
        needed=True,
    ),
    RecordField(
        "price_date",
        N_("Date of the price"),
        "prisdato, pris dato, gyldig fra, dato, price date, valid from, date",
        _unread,
    ),
    RecordField(
        "price_source",
        N_("Source of the price"),
        "priskilde, kilde, price source, source",
        text(limits.SOURCE),
    ),
)


def readers(table: Table, choices: RecordChoices, today: dt.date) -> Mapping[str, Reader]:
    """How prices and dates of this file are read."""
    choices.basis.check()
    if column := choices.columns.get("price"):
        refuse_doubtful(table, [column])
    if choices.basis.price_date is not None:
        try:
            price_day(choices.basis.price_date, today)
        except Refused as error:
            raise Refused(error.message, field="price_date", **error.values) from None
    return {
        "price": price_reader(choices.basis, table.decimal, chosen=table.decimal_chosen),
        "price_date": lambda cell: written_day(cell, today),
    }
