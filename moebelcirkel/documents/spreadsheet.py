"""Spreadsheets and CSV of any table: numbers as numbers, days as days, text never as a formula.

The same rows and moment give the same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from moebelcirkel.language import _, zone

Cell = str | int | Decimal | date | datetime | bool | None
_DANGEROUS = ("=", "+", "-", "@")
_MOST_TEXT = 32_767
_MOST_ROWS = 1_048_576
_PROGRESS_STEP = 500


class Kind(Enum):
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


_FORMATS = {
    Kind.TEXT: "@",
    Kind.PROSE: "@",
    Kind.INTEGER: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.PERCENT: "0 %",
    Kind.KRONER: '#,##0.00 "kr."',
    Kind.KILOS: '#,##0.000 "kg"',
    Kind.DAY: "dd.mm.yyyy",
    Kind.MOMENT: "dd.mm.yyyy hh.mm",
    Kind.YES_NO: "@",
}
_WIDTHS = {Kind.TEXT: 28, Kind.KRONER: 16, Kind.KILOS: 15, Kind.DAY: 12, Kind.MOMENT: 17}
_PARTS = {Kind.KRONER: 100, Kind.KILOS: 1000}
_SCALES = {kind: 1 / Decimal(parts) for kind, parts in _PARTS.items()}
_SUMMED = (Kind.INTEGER, Kind.DECIMAL, Kind.KRONER, Kind.KILOS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, what it holds, and whether a total stands under it."""

    title: str
    kind: Kind = Kind.TEXT
    width: float | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class SumOf:
    """A cell that is the sum of a column on another sheet; ``value`` is what it comes to."""

    sheet: str
    column: int
    rows: int
    value: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Mixed:
    """A cell of another kind than its column, as in a list of unlike figures."""

    value: "Cell | SumOf"
    kind: Kind


Row = Sequence["Cell | SumOf | Mixed"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, columns and rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str,
    author: str,
    created: datetime,
    progress: Callable[[int, int], object] | None = None,
) -> bytes:
    """Write sheets as XLSX; heads stay in view, and totals are formulas with their value.

    ``progress`` hears how many of how many rows of a long sheet are written, and may raise.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": _FORMATS[Kind.DAY],
        },
    )
    made = created.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "author": author, "created": made})
    formats = _Formats(
        {
            kind: book.add_format(
                {"num_format": _FORMATS[kind], "valign": "top", "text_wrap": kind is Kind.PROSE}
            )
            for kind in Kind
        },
        {
            kind: book.add_format({"num_format": _FORMATS[kind], "bold": True, "top": 1})
            for kind in Kind
        },
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
    )
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats, progress)
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look, by kind."""

    cells: dict[Kind, Format]
    totals: dict[Kind, Format]
    head: Format


def _write_sheet(
    page: Worksheet,
    sheet: Sheet,
    formats: _Formats,
    progress: Callable[[int, int], object] | None,
) -> None:
    if len(sheet.rows) + 2 > _MOST_ROWS:
        raise ValueError(f"{len(sheet.rows)} rows are more than a sheet can hold")
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for number, column in enumerate(sheet.columns):
        wide = column.width or _WIDTHS.get(column.kind, 12)
        page.set_column(number, number, wide)
        page.write_string(0, number, column.title, formats.head)
    kinds = [column.kind for column in sheet.columns]
    looks = (kinds, [formats.cells[kind] for kind in kinds], [_PARTS.get(k, 1) for k in kinds])
    for at, row in enumerate(sheet.rows, start=1):
        if progress is not None and at % _PROGRESS_STEP == 0:
            progress(at, len(sheet.rows))
        for number, (cell, kind, style, parts) in enumerate(zip(row, *looks, strict=True)):
            if type(cell) is int:
                # Most cells of a long sheet are; all else is asked for in _write.
                page.write_number(at, number, cell / parts, style)
            else:
                _write(page, at, number, cell, kind, formats)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    if any(column.total for column in sheet.columns):
        _write_totals(page, sheet, formats)


def _write(
    page: Worksheet,
    row: int,
    column: int,
    cell: Cell | SumOf | Mixed,
    kind: Kind,
    formats: _Formats,
) -> None:
    """Write one cell; what is no text is never handed to the guessing ``write``."""
    if isinstance(cell, SumOf):
        name = xl_col_to_name(cell.column)
        formula = f"=SUM('{cell.sheet}'!{name}2:{name}{cell.rows + 1})"
        value = _shown(cell.value, cell.kind)
        page.write_formula(row, column, formula, formats.cells[cell.kind], value)
        return
    if isinstance(cell, Mixed):
        _write(page, row, column, cell.value, cell.kind, formats)
        return
    style = formats.cells[kind]
    if cell is None or cell == "":
        page.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        page.write_string(row, column, _("yes") if cell else _("no"), style)
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:_MOST_TEXT], _text_style(kind, formats))
    elif isinstance(cell, date):
        page.write_datetime(row, column, _naive(cell), style)
    else:
        page.write_number(row, column, _shown(cell, kind), style)


def _text_style(kind: Kind, formats: _Formats) -> Format:
    """Text keeps the look of text, whatever its column holds."""
    return formats.cells[Kind.PROSE if kind is Kind.PROSE else Kind.TEXT]


def _naive(value: date) -> date:
    """A moment as the clock on the wall showed it, as spreadsheets know no zones."""
    if isinstance(value, datetime):
        return value.astimezone(zone()).replace(tzinfo=None, microsecond=0)
    return value


def _shown(value: int | Decimal, kind: Kind) -> float:
    """The number people see, as spreadsheets keep it."""
    return float(value / _PARTS.get(kind, 1))


def _plain(value: int | Decimal, kind: Kind) -> Decimal:
    """The number people see, with all its decimals: øre as kroner, grams as kilograms."""
    return Decimal(value) * _SCALES.get(kind, Decimal(1))


def _write_totals(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    last = len(sheet.rows)
    page.write_string(last + 1, 0, _("Total"), formats.totals[Kind.TEXT])
    for number, column in enumerate(sheet.columns[1:], start=1):
        style = formats.totals[column.kind]
        if not column.total or column.kind not in _SUMMED:
            page.write_blank(last + 1, number, None, style)
            continue
        cells = (row[number] for row in sheet.rows)
        value = sum(cell for cell in cells if isinstance(cell, int | Decimal))
        if last:
            name = xl_col_to_name(number)
            formula = f"=SUM({name}2:{name}{last + 1})"
            page.write_formula(last + 1, number, formula, style, _shown(value, column.kind))
        else:
            page.write_number(last + 1, number, 0, style)


# --- CSV -------------------------------------------------------------------------------------


def csv_bytes(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """Write a table as Danish spreadsheets read it: UTF-8 with BOM, semicolons, decimal comma."""
    lines = [";".join(_quoted(column.title) for column in columns)]
    for row in rows:
        pairs = zip(columns, row, strict=True)
        lines.append(";".join(_csv_cell(cell, column.kind) for column, cell in pairs))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _csv_cell(cell: Cell | SumOf | Mixed, kind: Kind) -> str:
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


def _quoted(text: str) -> str:
    """Text in quotes; what a spreadsheet would take for a formula gets an apostrophe before it."""
    guard = "'" if text.lstrip().startswith(_DANGEROUS) else ""
    return '"' + guard + text.replace('"', '""') + '"'
