"""The cells of a spreadsheet: what a column holds, and long sheets' rows as text of their file.

A year has thousands of lines of some fifty cells. Written cell by cell they would take ten times
as long, so values are put into words column by column, and a row is one text that they fill.
"""

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from xml.sax.saxutils import escape

from moebelcirkel.language import _, zone

Cell = str | int | Decimal | date | datetime | bool | None
MOST_TEXT = 32_767


class CellKind(Enum):
    """What a column holds: the value in the cell and the format it is shown in."""

    TEXT = "text"
    PROSE = "prose"
    """Text that runs over several lines in its cell."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    KRONER = "kroner"
    """Whole øre, shown as kroner."""
    KILOS = "kilos"
    """Whole grams, shown as kilograms."""
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes or no"


PARTS = {CellKind.KRONER: 100, CellKind.KILOS: 1000}
_TEXTS = (CellKind.TEXT, CellKind.PROSE)
_DAYS = (CellKind.DAY, CellKind.MOMENT)


def shown(value: int | Decimal, kind: CellKind) -> float:
    """The number people see, as spreadsheets keep it."""
    return float(value / PARTS.get(kind, 1))


def naive(value: date) -> date:
    """A moment as the clock on the wall showed it, as spreadsheets know no zones."""
    if isinstance(value, datetime):
        return value.astimezone(zone()).replace(tzinfo=None, microsecond=0)
    return value


# --- rows as text ----------------------------------------------------------------------------

#: A cell that the library wrote without a value: its column's letters and the number of its look.
_EMPTY_CELL = re.compile(r'<c r="([A-Z]+)2" s="(\d+)"/>')
_SECOND_ROW = re.compile(r'<row r="2"[^>]*>(.*?)</row>', re.DOTALL)
#: Signs that XML has no room for stand in spreadsheets as _xHHHH_, and what looks so as _x005F_.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
#: A column forgets the values it has put into words once there are so many.
_KEPT = 4_096
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones


class RowTexts:
    """Writes rows below the first of a sheet that the library wrote with an empty second row."""

    def __init__(self, sheet: str, kinds: Sequence[CellKind]) -> None:
        found = _SECOND_ROW.search(sheet)
        assert found is not None
        cells = _EMPTY_CELL.findall(found[1])
        assert len(cells) == len(kinds)
        #: What stands before and after the rows.
        self.head, self.tail = sheet[: found.start()], sheet[found.end() :]
        written = "".join(f'<c r="{letters}#" s="{style}"%s</c>' for letters, style in cells)
        self._row = f'<row r="#">{written}</row>'
        self._texts = [KnownTexts(_writer(kind)) for kind in kinds]

    def rows(self, first: int, columns: Sequence[Sequence[Any]]) -> str:
        """Rows below each other out of their cells by column; the first has that number."""
        texts = [known.of(cells) for known, cells in zip(self._texts, columns, strict=True)]
        numbers = map(str, itertools.count(first))
        rows = zip(*texts, strict=True)
        return "".join(
            self._row.replace("#", number) % row for number, row in zip(numbers, rows, strict=False)
        )


class KnownTexts(dict[Any, str]):
    """What stands in the cells of a column by their value; the same values come over and over."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: object) -> str:
        text = self[value] = self._write(value)
        return text

    def of(self, cells: Iterable[Any]) -> list[str]:
        """The texts of some cells, one by one."""
        if len(self) > _KEPT:
            self.clear()
        return list(map(self.__getitem__, cells))


def _writer(kind: CellKind) -> Callable[[Any], str]:
    """What stands in a cell after its look, by its value."""
    if kind in _TEXTS:
        return _text
    if kind is CellKind.YES_NO:
        return _yes_no
    if kind in _DAYS:
        return _day
    return functools.partial(_number, PARTS.get(kind, 1))


def _number(parts: int, value: int | Decimal | None) -> str:
    return ">" if value is None else f"><v>{float(value / parts):.16G}</v>"


def _day(value: date | None) -> str:
    if value is None:
        return ">"
    wall = naive(value)
    if not isinstance(wall, datetime):
        return f"><v>{(wall - _FIRST_DAY.date()).days}</v>"
    return f"><v>{(wall - _FIRST_DAY) / timedelta(days=1):.16G}</v>"


def _yes_no(value: bool | None) -> str:  # noqa: FBT001 - the value of a cell
    return ">" if value is None else _text(_("yes") if value else _("no"))


def _text(value: str | None) -> str:
    if not value:
        return ">"
    text = _UNWRITABLE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", escape(value[:MOST_TEXT]))
    space = ' xml:space="preserve"' if value != value.strip() else ""
    return f' t="inlineStr"><is><t{space}>{text}</t></is>'
