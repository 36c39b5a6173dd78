"""What an import proposes: which column holds what, and which category a file's words mean.

A column serves once, and what would refuse most lines is not proposed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from statistics import median

from moebelcirkel.domain import limits
from moebelcirkel.domain.categories import PART, CategoryWords, ReferenceCategory
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.fields import web_address
from moebelcirkel.exchange.article_cells import (
    ROOM,
    checked_text,
    height_reader,
    length_reader,
    read_size_mark,
    weight_reader,
)
from moebelcirkel.exchange.currencies import CROWNS, fits, in_words, without_currency
from moebelcirkel.exchange.headers import HEADERS, contains_vat, rank, unit_in
from moebelcirkel.exchange.mapping import LEFT_OUT, Mapping, Measure, PriceBasis
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import NOTHING, looks_like_number, number
from moebelcirkel.language import parse_day

_SAMPLE = 500
_MOST_HEADS = 5_000


def suggest_mapping(table: Table) -> Mapping:
    """The columns that header names, in Danish or English, and contents point to."""
    found = _by_header(table)

    def look_for(field: str, check: Callable[[list[str]], bool]) -> str | None:
        free = [column for column in table.columns if column not in found.values()]
        for column in free:
            cells = _sample(table, column)
            if cells and check(cells) and _fits(table, field, column):
                return column
        return None

    for field, check in (("link", _are_links), ("price", _are_amounts)):
        if field not in found and (column := look_for(field, check)):
            found[field] = column
    if "name" not in found and (wordy := found.pop("model", None) or look_for("name", _are_words)):
        found["name"] = wordy
    if "key" not in found and (column := look_for("key", _are_keys)):
        found["key"] = column
    return _mapping(table, found)


def suggest_currency(table: Table, column: str) -> str:
    """The currency that most of a price column's cells name, else the one in its header."""
    header = in_words(column)
    named = Counter(filter(None, (without_currency(cell)[1] for cell in table.cells(column))))
    most = named.most_common(1)[0][0] if named else header
    if most == CROWNS:
        most = header if header and header != CROWNS and fits(CROWNS, header) else "DKK"
    return most if most and most != CROWNS else "DKK"


def suggest_basis(table: Table, column: str | None) -> PriceBasis:
    """What a column of prices is in, by its name and its cells."""
    if column is None:
        return PriceBasis()
    told, currency = contains_vat(column), suggest_currency(table, column)
    # No rate is known but that of kroner; the others must be written.
    return PriceBasis(currency, Decimal(currency == "DKK"), vat_included=told is not False)


def suggest_categories(
    values: Iterable[str], categories: Sequence[ReferenceCategory]
) -> dict[str, str | None]:
    """The category each of a file's values points to, or None."""
    words = CategoryWords(categories)
    return {value: words.guess(value) for value in values}


def suggest_words(
    table: Table, columns: Sequence[str], categories: Sequence[ReferenceCategory]
) -> tuple[tuple[str, str], ...]:
    """Beginnings of names with the category they say; covers and legs are left out."""
    heads = {_head(name) for column in columns for name in table.distinct(column)}
    if len(heads) > _MOST_HEADS:
        return ()
    words = CategoryWords(categories)
    looked = [(head, words.look(head)) for head in sorted(filter(None, heads))]
    return tuple((head, LEFT_OUT if key == PART else key) for head, key in looked if key)


def _head(name: str) -> str:
    """What a name says before its measures and colours: "Bar table" of "Bar table, 51x51 cm"."""
    return " ".join(re.split(r"[,;(]|\s\d", name, maxsplit=1)[0].split())


def _mapping(table: Table, found: dict[str, str]) -> Mapping:
    columns: dict[str, str | None] = dict(found)
    name = tuple(filter(None, (columns.pop("name", None), _second_part(table, found))))
    if len(name) > 1:
        del columns["model"]
    measures = {
        field: Measure(column, _length_unit(table, column))
        for field in ("width", "depth", "height")
        if (column := columns.pop(field, None))
    }
    if column := columns.pop("weight", None):
        measures["weight"] = Measure(column, _weight_unit(column))
    return Mapping(key=columns.pop("key", None) or "", name=name, **columns, **measures)  # type: ignore[arg-type]


def _second_part(table: Table, found: dict[str, str]) -> str | None:
    """The description, where the name alone stands for many things that it tells apart."""
    name, model = found.get("name"), found.get("model")
    if not name or not model or not _says_too_little(table, name, model):
        return None
    lengths = [
        len(first) + len(second) + 3
        for first, second in zip(table.cells(name), table.cells(model), strict=True)
    ]
    return (
        model
        if sum(1 for each in lengths if each > limits.ARTICLE_NAME) * 50 <= len(lengths)
        else None
    )


def _by_header(table: Table) -> dict[str, str]:
    """The best column for each field whose header and contents agree; each column serves once."""
    offers = sorted(
        (sure, place, field, column)
        for field in HEADERS
        for place, column in enumerate(table.columns)
        if (sure := rank(field, column)) is not None
    )
    found: dict[str, str] = {}
    for _sure, _place, field, column in offers:
        if field not in found and column not in found.values() and _agrees(table, field, column):
            found[field] = column
    return found


def _agrees(table: Table, field: str, column: str) -> bool:
    """Whether a column's contents are of the kind its header says, and would be taken in."""
    cells = _sample(table, column)
    if not cells:
        # Where formulas have no values the lines must say so; other empty columns are no help.
        return any(column == each for _line, each in table.valueless)
    check = _CONTENTS.get(field)
    return (check is None or check(cells)) and _fits(table, field, column)


def _fits(table: Table, field: str, column: str) -> bool:
    """Whether most of a column's cells would be taken in as this field."""
    cells = _sample(table, column)
    if field == "key" and len(set(cells)) * 2 < _sampled(table):
        return False
    read = _reader(table, field, column)
    return sum(1 for cell in cells if _reads(read, cell)) * 2 > len(cells)


def _reads(read: Callable[[str], object], cell: str) -> bool:
    try:
        return read(cell) is not None
    except Refused:
        return False


def _reader(table: Table, field: str, column: str) -> Callable[[str], object]:
    if field in ("width", "depth", "height"):
        make = height_reader if field == "height" else length_reader
        return make(_length_unit(table, column), table.decimal)
    match field:
        case "weight":
            return weight_reader(_weight_unit(column), table.decimal)
        case "price":
            return lambda cell: number(cell, table.decimal)
        case "price_date":
            return lambda cell: parse_day(cell.split(" ")[0] if ":" in cell else cell)
        case "link":
            return web_address
    return checked_text(
        {"key": limits.ARTICLE_KEY, "name": limits.ARTICLE_NAME, **ROOM}.get(
            field, limits.ARTICLE_NAME
        )
    )


def _sample(table: Table, column: str) -> list[str]:
    """Some of a column's cells, without those that say nothing."""
    cells = table.cells(column)[:: _step(table)]
    return [cell for cell in cells if cell.strip().lower() not in NOTHING]


def _step(table: Table) -> int:
    return max(1, len(table.rows) // _SAMPLE)


def _sampled(table: Table) -> int:
    return len(range(0, len(table.rows), _step(table)))


def _mostly(cells: list[str], check: Callable[[str], object]) -> bool:
    return sum(1 for cell in cells if check(cell)) >= 0.8 * len(cells)


def _are_links(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: cell.strip().lower().startswith(("http://", "https://")))


def _hold_figures(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: any(char.isdigit() for char in cell))


def _are_amounts(cells: list[str]) -> bool:
    """Figures with decimals or a currency; bare whole numbers could be anything."""
    return _mostly(
        cells, lambda cell: re.search(r"\d[.,]\d{1,2}$|kr\.?$|,-$", cell.strip().lower())
    )


def _are_words(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: sum(char.isalpha() for char in cell) >= 3) and (
        len(set(cells)) > len(cells) / 10
    )


def _are_keys(cells: list[str]) -> bool:
    """Different in every line, without blanks, no figures, and not merely the lines counted."""
    if len(set(cells)) < len(cells) or not _mostly(cells, lambda cell: " " not in cell.strip()):
        return False
    if _are_links(cells) or any(looks_like_number(c) and not c.strip().isdigit() for c in cells):
        return False
    return not all(cell.isdigit() and len(cell) < 5 for cell in cells)


def _are_texts(cells: list[str]) -> bool:
    """Words with a meaning of their own; yes, no and figures have none."""
    return _mostly(
        cells,
        lambda cell: (
            not looks_like_number(cell)
            and cell.strip().lower() not in {"yes", "no", "ja", "nej", "true", "false", "x"}
        ),
    )


def _are_size_marks(cells: list[str]) -> bool:
    return _mostly(cells, _is_mark)


def _is_mark(cell: str) -> bool:
    try:
        return bool(read_size_mark(cell))
    except Refused:
        return False


_CONTENTS: dict[str, Callable[[list[str]], bool]] = {
    "link": _are_links,
    "price": _hold_figures,
    "price_date": _hold_figures,
    "width": _hold_figures,
    "depth": _hold_figures,
    "height": _hold_figures,
    "weight": _hold_figures,
    "key": lambda cells: not _are_links(cells),
    "name": _are_texts,
    "maker": _are_texts,
    "category": _are_texts,
    "colour": _are_texts,
    "materials": _are_texts,
    "ecolabel": _are_texts,
    "size_mark": _are_size_marks,
}


def _says_too_little(table: Table, name: str, model: str) -> bool:
    """Whether the name alone stands for many things that the description tells apart."""
    if not _are_texts(_sample(table, model)):
        return False
    names, models = len(table.distinct(name)), len(table.distinct(model))
    return names < 0.5 * len(table.rows) and models > names


def _length_unit(table: Table, column: str) -> str:
    """The unit a header names; else large figures are millimetres."""
    unit = unit_in(column)
    if unit in ("mm", "cm", "m"):
        return unit
    figures = [number(cell, table.decimal) for cell in _sample(table, column)]
    known = [figure for figure in figures if figure is not None]
    return "mm" if known and median(known) >= 300 else "cm"


def _weight_unit(column: str) -> str:
    return "g" if unit_in(column) in ("g", "gram") else "kg"
