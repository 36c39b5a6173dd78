"""Articles from a table: every line becomes a record or is refused with a reason in plain words."""

import hashlib
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import web_address
from moebelcirkel.domain.prices import price_day
from moebelcirkel.exchange.article_categories import CategoryFinder
from moebelcirkel.exchange.article_cells import (
    ROOM,
    checked_text,
    collapsed,
    free_text,
    height_reader,
    length_reader,
    price_reader,
    read_size_mark,
    weight_reader,
)
from moebelcirkel.exchange.cells import Cell, Valueless, WrongCell
from moebelcirkel.exchange.headers import contains_vat as contains_vat
from moebelcirkel.exchange.lines import FileRow, LineError
from moebelcirkel.exchange.mapping import FIGURES, Mapping, Measure, PriceBasis
from moebelcirkel.exchange.suggestions import suggest_categories as suggest_categories
from moebelcirkel.exchange.suggestions import suggest_currency as suggest_currency
from moebelcirkel.exchange.suggestions import suggest_mapping as suggest_mapping
from moebelcirkel.exchange.suggestions import suggest_words as suggest_words
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import is_doubtful
from moebelcirkel.language import parse_day

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article as a file tells it: mm, g, and øre without VAT; None where it says nothing."""

    line: int
    key: str
    name: str
    maker: str
    model: str
    category_key: str
    width_mm: int | None
    depth_mm: int | None
    height_min_mm: int | None
    height_max_mm: int | None
    weight_g: int | None
    colour: str
    materials: str
    ecolabel: str
    size_mark: str
    supplier: str
    new_price_ore: int | None
    new_price_on: date | None
    new_price_source: str
    link: str


def article_records(
    table: Table,
    mapping: Mapping,
    basis: PriceBasis,
    categories: Lookup[str, str | None],
    *,
    today: date,
) -> tuple[list[ArticleRecord], list[LineError]]:
    """Every line of the table as a record or an error; of lines with one key the first counts.

    ``categories`` gives the category key of each value in the category column: None where none is
    chosen, ``LEFT_OUT`` where the lines are not wanted.
    """
    mapping.check(table.columns)
    basis.check()
    refuse_doubt(table, mapping)
    if basis.price_date is not None:
        try:
            price_day(basis.price_date, today)
        except Refused as error:
            raise Refused(error.message, field="price_date", **error.values) from None
    reader = _LineReader(table, mapping, basis, categories, today)
    records: list[ArticleRecord] = []
    errors = list(table.errors)
    for row in table.rows:
        try:
            records.append(reader.record(row))
        except WrongCell as wrong:
            errors.append(LineError.of(row.line, wrong.column, wrong.refused))
    errors.sort(key=lambda error: error.line)
    return records, errors


def refuse_doubt(table: Table, mapping: Mapping) -> None:
    """Refuse a file whose decimal sign must be chosen, because figures that count are doubtful."""
    refuse_doubtful(table, [column for field, column in mapping.columns() if field in FIGURES])


def refuse_doubtful(table: Table, columns: Iterable[str]) -> None:
    """The same for these columns of figures."""
    if table.decimal_told:
        return
    for column in columns:
        if doubtful := next(filter(is_doubtful, table.cells(column)), None):
            raise Refused(
                N_(
                    "It cannot be told whether “{text}” has a thousands sign or decimals. "
                    "Choose the decimal sign of the file."
                ),
                field="decimal",
                text=collapsed(doubtful),
            )


class _LineReader:
    """The fields of a mapping, ready to be read out of line after line."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        basis: PriceBasis,
        categories: Lookup[str, str | None],
        today: date,
    ) -> None:
        self._table = table
        self._mapping = mapping
        self._basis = basis
        self._numbers = {mapping.key, mapping.model} - {None}
        # Without numbers of its own a line goes by its name.
        by_name = not mapping.key or mapping.key in mapping.name
        self._key = self._text(None if by_name else mapping.key, limits.ARTICLE_KEY, "")
        self._names = [self._text(column, limits.ARTICLE_NAME, "") for column in mapping.name]
        self._text_fields = [
            self._text(getattr(mapping, name), room, mapping.fixed.get(name, ""))
            for name, room in ROOM.items()
        ]
        self._category = Cell[str | None](table, mapping.category, collapsed, None)
        self._categories = CategoryFinder(mapping.words, categories, mapping.fixed.get("category"))
        self._width = self._measure(mapping.width, length_reader, None)
        self._depth = self._measure(mapping.depth, length_reader, None)
        no_height: tuple[int | None, int | None] = (None, None)
        self._height = self._measure(mapping.height, height_reader, no_height)
        self._weight = self._measure(mapping.weight, weight_reader, None)
        read_price = price_reader(basis, table.decimal, chosen=table.decimal_chosen)
        self._price = Cell(table, mapping.price, read_price, None)
        self._date = Cell(table, mapping.price_date, lambda cell: written_day(cell, today), None)
        self._size_mark = Cell(table, mapping.size_mark, read_size_mark, "")
        self._link = Cell(table, mapping.link, web_address, "")
        self._compared = sorted({table.places[column] for _, column in mapping.columns()})
        self._won: dict[str, FileRow] = {}
        mapped = {column for _, column in mapping.columns()}
        self._valueless = Valueless(table, mapped)

    def _text(self, column: str | None, room: int, default: str) -> Cell[str]:
        # Makers' own numbers may look like anything.
        read = checked_text(room) if column in self._numbers else free_text(room)
        return Cell(self._table, column, read, read(default))

    def _measure(
        self, measure: Measure | None, reader: Callable[[str, str], Callable[[str], T]], nothing: T
    ) -> Cell[T]:
        if measure is None:
            return Cell(self._table, None, lambda _cell: nothing, nothing)
        read = reader(measure.unit, self._table.decimal)
        return Cell(self._table, measure.column, read, nothing)

    def record(self, row: FileRow) -> ArticleRecord:
        cells = row.cells
        self._valueless.refuse(row)
        names = self._name_parts(cells) if not self._key.column else []
        key = self._checked_key(row, names)
        names = names or self._name_parts(cells)
        # What is left out on purpose need not be right otherwise, so the category comes first.
        category_key = self._category_key(names, cells)
        maker, model, colour, materials, ecolabel, supplier, source = [
            field(cells) for field in self._text_fields
        ]
        low, high = self._height(cells)
        price, price_date, source = self._priced(cells, source)
        record = ArticleRecord(
            line=row.line,
            key=key,
            name=self._joined(names),
            maker=maker,
            model=model,
            category_key=category_key,
            width_mm=self._width(cells),
            depth_mm=self._depth(cells),
            height_min_mm=low,
            height_max_mm=high,
            weight_g=self._weight(cells),
            colour=colour,
            materials=materials,
            ecolabel=ecolabel,
            size_mark=self._size_mark(cells),
            supplier=supplier,
            new_price_ore=price,
            new_price_on=price_date,
            new_price_source=source,
            link=self._link(cells),
        )
        self._won[key] = row
        return record

    def _checked_key(self, row: FileRow, names: list[str]) -> str:
        """The line's key, which must be there and not on an earlier line that was taken in."""
        key = self._key(row.cells) if self._key.column else _key_of(names)
        if not key:
            raise WrongCell(self._key.column, Refused(N_("The number is missing.")))
        if won := self._won.get(key):
            raise WrongCell(self._key.column, self._double(key, won, row))
        return key

    def _double(self, key: str, won: FileRow, row: FileRow) -> Refused:
        columns = [
            self._table.columns[place]
            for place in self._compared
            if collapsed(won.cells[place]) != collapsed(row.cells[place])
        ]
        if not columns:
            return Refused(N_("The line is a double of line {line}."), line=won.line)
        return Refused(
            N_(
                "Number {key} is already on line {line}, which counts because it comes first."
                " The lines differ in: {columns}."
            ),
            key=key,
            line=won.line,
            columns=", ".join(columns),
        )

    def _name_parts(self, cells: tuple[str, ...]) -> list[str]:
        parts = list(dict.fromkeys(part for field in self._names if (part := field(cells))))
        if not parts:
            raise WrongCell(self._names[0].column, Refused(N_("The name is missing.")))
        return parts

    def _joined(self, parts: list[str]) -> str:
        """The parts as one name, which must fit like each of them."""
        name = " · ".join(parts)
        if len(name) > limits.ARTICLE_NAME:
            try:
                checked_text(limits.ARTICLE_NAME)(name)
            except Refused as refused:
                raise WrongCell(self._names[-1].column, refused) from None
        return name

    def _category_key(self, names: list[str], cells: tuple[str, ...]) -> str:
        try:
            return self._categories.find(names, self._category(cells))
        except Refused as refused:
            raise WrongCell(self._category.column, refused) from None

    def _priced(self, cells: tuple[str, ...], source: str) -> tuple[int | None, date | None, str]:
        """New price, its day and its source: with a price the other two are never missing."""
        price = self._price(cells)
        if price is None:
            return None, None, ""
        day = self._date(cells) or self._basis.price_date
        source = source or self._basis.price_source
        if day is None:
            raise WrongCell(
                self._date.column or self._price.column,
                Refused(N_("The price has no date. Give the day the prices are from.")),
            )
        if not source:
            raise WrongCell(
                self._price.column,
                Refused(N_("The price has no source. Write where the prices are from.")),
            )
        return price, day, source


def _key_of(names: list[str]) -> str:
    """A name as the number of a line without one; long ones end in a fingerprint of the whole."""
    name = " · ".join(names)
    if len(name) <= limits.ARTICLE_KEY:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: limits.ARTICLE_KEY - len(mark) - 1]}…{mark}"


def written_day(cell: str, today: date) -> date | None:
    """A date of its own; the time of day that workbooks add is left out."""
    text = cell.strip()
    if not text:
        return None
    return price_day(parse_day(text.split(" ")[0] if ":" in text else text), today)
