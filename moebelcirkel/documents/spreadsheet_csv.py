"""CSV of any table as Danish spreadsheets read it: text never as a formula.

A year has thousands of lines of some fifty cells, most of them like others of their column. So
values are put into words column by column, each once, and rows are handed out a few at a time.
"""

import codecs
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any

from moebelcirkel.documents.spreadsheet import Mixed, Row, SheetColumn, SumOf
from moebelcirkel.documents.spreadsheet_cells import PARTS, Cell, CellKind, KnownTexts
from moebelcirkel.language import _, zone

_DANGEROUS = ("=", "+", "-", "@")
_SCALES = {kind: 1 / Decimal(parts) for kind, parts in PARTS.items()}
_AT_ONCE = 500


def csv_bytes(columns: Sequence[SheetColumn], rows: Iterable[Row]) -> bytes:
    """Write a table: UTF-8 with BOM, semicolons, decimal comma."""
    head = ";".join(_quoted(column.title) for column in columns)
    parts = itertools.chain([head], _parts(columns, iter(rows)))
    return codecs.BOM_UTF8 + b"".join(f"{part}\r\n".encode() for part in parts)


def _parts(columns: Sequence[SheetColumn], rows: Iterator[Row]) -> Iterator[str]:
    """Some rows at a time, as they come."""
    writers = [_Column(column.kind) for column in columns]
    while some := list(itertools.islice(rows, _AT_ONCE)):
        held = zip(writers, zip(*some, strict=True), strict=True)
        texts = [column.texts(cells) for column, cells in held]
        yield "\r\n".join(map(";".join, zip(*texts, strict=True)))


class _Column:
    """Puts the cells of a column into words, alike ones once.

    Numbers, flags and decimals may be equal and yet written differently, so that only cells of
    one type are looked up; decimals are by their digits.
    """

    def __init__(self, kind: CellKind) -> None:
        self._kind = kind
        self._known = {kept: KnownTexts(self._writer(kept)) for kept in (*_ALIKE, Decimal)}

    def texts(self, cells: Sequence[Cell | SumOf | Mixed]) -> list[str]:
        """The texts of some cells, one by one."""
        found = set(map(type, cells)) - {NoneType}
        kept = found.pop() if len(found) == 1 else None
        if kept is Decimal:
            return self._known[Decimal].of(None if cell is None else str(cell) for cell in cells)
        if kept in _ALIKE:
            return self._known[kept].of(cells)
        return [_csv_cell(cell, self._kind) for cell in cells]

    def _writer(self, kept: type[object]) -> Callable[[Any], str]:
        def write(value: Any) -> str:
            exact = kept is Decimal and value is not None
            return _csv_cell(Decimal(value) if exact else value, self._kind)

        return write


_ALIKE: tuple[type[object], ...] = (str, int, bool, date, datetime)


def _csv_cell(cell: Cell | SumOf | Mixed, kind: CellKind) -> str:
    """One cell: text quoted, all else bare and in the form a Danish spreadsheet takes as such."""
    if isinstance(cell, SumOf | Mixed):
        return _csv_cell(cell.value, cell.kind)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _quoted(_("yes") if cell else _("no"))
    if isinstance(cell, str):
        return _quoted(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(zone()).strftime("%d.%m.%Y %H.%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return f"{_plain(cell, kind):f}".replace(".", ",")


def _plain(value: int | Decimal, kind: CellKind) -> Decimal:
    """The number people see, with all its decimals: øre as kroner, grams as kilograms."""
    return Decimal(value) * _SCALES.get(kind, Decimal(1))


def _quoted(text: str) -> str:
    """Text in quotes; what a spreadsheet would take for a formula gets an apostrophe before it."""
    guard = "'" if text.lstrip().startswith(_DANGEROUS) else ""
    return '"' + guard + text.replace('"', '""') + '"'
