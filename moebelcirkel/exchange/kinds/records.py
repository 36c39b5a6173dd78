"""Files of one kind: their fields, which column holds each, and lines as plain records."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Generic, TypeVar

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import whole
from moebelcirkel.exchange.article_cells import checked_text, collapsed, free_text
from moebelcirkel.exchange.cells import Cell, Valueless, WrongCell
from moebelcirkel.exchange.headers import rank_among
from moebelcirkel.exchange.lines import FileRow, LineError
from moebelcirkel.exchange.mapping import PriceBasis
from moebelcirkel.exchange.tabular import Table

R = TypeVar("R")
Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record: its title, what columns of it are called, and how a cell is read.

    ``aliases`` are divided by commas, the surest first. ``read`` answers for an empty cell what
    the field is where nothing is said. A field that is ``shared`` can be the same for all lines.
    """

    name: str
    title: str
    aliases: str
    read: Reader
    needed: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class RecordChoices:
    """The column of each field, and texts that are the same for all lines."""

    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    #: What the prices of the file are in, where it has any.
    basis: PriceBasis = field(default_factory=PriceBasis)

    def check(self, fields: Sequence[RecordField], columns: Sequence[str]) -> None:
        """Refuse choices that lack what every line needs or that name columns not there."""
        for each in fields:
            column = self.columns.get(each.name)
            if column and column not in columns:
                raise Refused(
                    N_("The file has no column “{column}”."), field=each.name, column=column
                )
            if each.needed and not column and not self.fixed.get(each.name):
                raise Refused(N_("Choose the column that holds this."), field=each.name)


def choices_to_text(choices: RecordChoices) -> str:
    """What was chosen, for the next file of the kind; of which day its prices are is its own."""
    basis = choices.basis
    prices = {
        "currency": basis.currency,
        "rate": str(basis.rate),
        "vat_included": basis.vat_included,
        "vat_percent": str(basis.vat_percent),
    }
    said = {"columns": dict(choices.columns), "fixed": dict(choices.fixed), "prices": prices}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def choices_from_text(text: str) -> RecordChoices:
    """What `choices_to_text` wrote."""
    said = json.loads(text)
    prices = said["prices"]
    basis = PriceBasis(
        prices["currency"],
        Decimal(prices["rate"]),
        prices["vat_included"],
        Decimal(prices["vat_percent"]),
    )
    return RecordChoices(said["columns"], said["fixed"], basis)


def suggest_columns(fields: Sequence[RecordField], table: Table) -> dict[str, str]:
    """The column of each field by its name, the surest first; a column serves once."""
    offers = sorted(
        (sure, place, each.name, column)
        for each in fields
        for place, column in enumerate(table.columns)
        if (sure := rank_among(each.aliases.split(", "), column)) is not None
    )
    found: dict[str, str] = {}
    for _sure, _place, name, column in offers:
        if name not in found and column not in found.values():
            found[name] = column
    return found


def read_records(
    table: Table,
    fields: Sequence[RecordField],
    choices: RecordChoices,
    make: Callable[..., R],
    readers: Mapping[str, Reader],
) -> tuple[list[R], list[LineError]]:
    """Every line as a record or an error; ``make`` gets ``line`` and each field by its name.

    ``readers`` read the fields that are read by what the file is.
    """
    choices.check(fields, table.columns)
    fields = [replace(each, read=readers.get(each.name, each.read)) for each in fields]
    reader = _Reader(table, fields, choices, make)
    records: list[R] = []
    errors = list(table.errors)
    for row in table.rows:
        try:
            records.append(reader.record(row))
        except WrongCell as wrong:
            errors.append(LineError.of(row.line, wrong.column, wrong.refused))
    return records, errors


class _Reader(Generic[R]):
    """The chosen fields, ready to be read out of line after line."""

    def __init__(
        self,
        table: Table,
        fields: Sequence[RecordField],
        choices: RecordChoices,
        make: Callable[..., R],
    ) -> None:
        self._make = make
        columns = {name: column for name, column in choices.columns.items() if column}
        self._cells: list[tuple[RecordField, Cell[Any]]] = [
            (each, Cell(table, columns.get(each.name), each.read, _fixed(each, choices)))
            for each in fields
        ]
        self._valueless = Valueless(table, columns.values())

    def record(self, row: FileRow) -> R:
        self._valueless.refuse(row)
        values = {}
        for each, cell in self._cells:
            value = cell(row.cells)
            if each.needed and not value:
                raise WrongCell(cell.column, Refused(N_("This must be filled in.")))
            values[each.name] = value
        return self._make(line=row.line, **values)


def _fixed(each: RecordField, choices: RecordChoices) -> object:
    try:
        return each.read(choices.fixed.get(each.name, ""))
    except Refused as error:
        raise Refused(error.message, field=f"fixed_{each.name}", **error.values) from None


# --- readers that several kinds use ---------------------------------------------------------


def text(most: int) -> Reader:
    """A text people wrote, of at most so many characters."""
    return free_text(most)


def code(most: int) -> Reader:
    """A number or code of others."""
    return checked_text(most)


def parts(cell: str) -> tuple[str, ...]:
    """Several values in one cell, divided by comma, semicolon or a vertical line."""
    plain = collapsed(whole(cell)).replace(";", ",").replace("|", ",")
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in plain.split(",")))))


def optional(read: Callable[[str], R], nothing: R) -> Callable[[str], R]:
    """A reader that is only asked of cells that say something."""
    return lambda cell: read(cell) if cell.strip() else nothing


def one_of(words: Mapping[str, str], nothing: str = "") -> Reader:
    """A reader of words that stand for codes, whatever their capitals."""

    def read(cell: str) -> str:
        said = collapsed(cell)
        if not said:
            return nothing
        found = words.get(said.casefold())
        if found is None:
            raise Refused(
                N_("“{text}” is not known here. Write one of: {known}."),
                text=said[:60],
                known=", ".join(dict.fromkeys(words)),
            )
        return found

    return read
