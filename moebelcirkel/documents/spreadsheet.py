"""Spreadsheets of any table: numbers as numbers, days as days, text never as a formula.

The same rows and moment give the same bytes.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from moebelcirkel.documents.spreadsheet_cells import (
    MOST_TEXT,
    Cell,
    CellKind,
    RowTexts,
    naive,
    shown,
)
from moebelcirkel.language import _

_MOST_ROWS = 1_048_576
_PROGRESS_STEP = 500
#: Packing as small as usual would take longer than all the rest; so a file is a fifth larger.
_QUICK = 1


_FORMATS = {
    CellKind.TEXT: "@",
    CellKind.PROSE: "@",
    CellKind.INTEGER: "#,##0",
    CellKind.DECIMAL: "#,##0.00",
    CellKind.PERCENT: "0 %",
    CellKind.KRONER: '#,##0.00 "kr."',
    CellKind.KILOS: '#,##0.000 "kg"',
    CellKind.DAY: "dd.mm.yyyy",
    CellKind.MOMENT: "dd.mm.yyyy hh.mm",
    CellKind.YES_NO: "@",
}
_WIDTHS = {
    CellKind.TEXT: 28,
    CellKind.KRONER: 16,
    CellKind.KILOS: 15,
    CellKind.DAY: 12,
    CellKind.MOMENT: 17,
}
_SUMMED = (CellKind.INTEGER, CellKind.DECIMAL, CellKind.KRONER, CellKind.KILOS)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its head, what it holds, and whether a total stands under it."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: float | None = None
    total: bool = False


@dataclass(frozen=True, slots=True)
class SumOf:
    """A cell that is the sum of a column on another sheet; ``value`` is what it comes to."""

    sheet: str
    column: int
    rows: int
    value: int
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Mixed:
    """A cell of another kind than its column, as in a list of unlike figures."""

    value: "Cell | SumOf"
    kind: CellKind


Row = Sequence["Cell | SumOf | Mixed"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, columns and rows.

    With ``count`` its rows come one by one, so many of them, and are never held: they are plain
    cells of their column's kind and are read once.
    """

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Row]
    count: int | None = None


#: What the columns of a sheet whose rows come one by one add up to; 0 where none is wanted.
ColumnSums = Sequence[int | Decimal]
Sheets = Callable[[Mapping[str, ColumnSums]], Sequence[Sheet]]
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book says of itself, its sheets, and the sums of its long ones as far as known."""

    title: str
    author: str
    created: datetime
    make: Sheets
    sums: dict[str, ColumnSums] = field(default_factory=dict)


def workbook(
    sheets: Sequence[Sheet] | Sheets,
    *,
    title: str,
    author: str,
    created: datetime,
    progress: Progress | None = None,
) -> bytes:
    """Write sheets as XLSX; heads stay in view, and totals are formulas with their value.

    Sheets that tell sums of long ones are made by a function of these sums by name: it is called
    without them first, and again once the rows have been read. ``progress`` hears how many of how
    many rows of a long sheet are written, and may raise.
    """
    book = _Book(title, author, created, sheets if callable(sheets) else lambda _sums: sheets)
    first = book.make({})
    written = _written(book, first)
    long = {
        f"xl/worksheets/sheet{number}.xml": sheet
        for number, sheet in enumerate(first, start=1)
        if sheet.count
    }
    return _with_rows(book, written, long, progress) if long else written


def _with_rows(
    book: _Book, written: bytes, long: Mapping[str, Sheet], progress: Progress | None
) -> bytes:
    """The book put together anew, with the rows that the library has left out.

    It wrote one empty row, which shows how the cells look, and all rows are written as text like
    it: cell by cell takes ten times as long.
    """
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_QUICK) as file:
        with ZipFile(BytesIO(written)) as parts:
            # Whoever looks at the first bytes of a file knows a spreadsheet by it.
            _copy(parts, "[Content_Types].xml", file)
        for name, sheet in long.items():
            # The total below the rows is known only behind them.
            with file.open(name, "w") as part:
                texts = _texts(written, name, sheet)
                part.write(texts.head.encode())
                book.sums[sheet.name] = _stream(part, texts, sheet, progress)
                written = _written(book, book.make(book.sums))
                part.write(_texts(written, name, sheet).tail.encode())
        with ZipFile(BytesIO(written)) as parts:
            for name in parts.namelist():
                if name not in file.NameToInfo:
                    _copy(parts, name, file)
    return target.getvalue()


def _copy(source: ZipFile, name: str, target: ZipFile) -> None:
    # Opened by its name a part has the same day in every file: the same rows are the same bytes.
    with target.open(name, "w") as part:
        part.write(source.read(name))


def _texts(written: bytes, name: str, sheet: Sheet) -> RowTexts:
    with ZipFile(BytesIO(written)) as parts:
        return RowTexts(parts.read(name).decode(), [column.kind for column in sheet.columns])


def _stream(
    part: IO[bytes], texts: RowTexts, sheet: Sheet, progress: Progress | None
) -> ColumnSums:
    """Write the rows of a long sheet as they come; returns what its columns add up to."""
    rows, done = iter(sheet.rows), 0
    summed = [number for number, column in enumerate(sheet.columns) if column.total]
    sums: list[int | Decimal] = [0] * len(sheet.columns)
    while some := list(itertools.islice(rows, _PROGRESS_STEP)):
        columns = list(zip(*some, strict=True))
        part.write(texts.rows(done + 2, columns).encode())
        for number in summed:
            sums[number] += sum(filter(None, columns[number]))
        done += len(some)
        if progress is not None:
            progress(done, sheet.count or done)
    if done != sheet.count:
        raise ValueError(f"{done} rows of {sheet.count}")
    return sums


@dataclass(frozen=True, slots=True)
class _Formats:
    """How cells look, by kind."""

    cells: dict[CellKind, Format]
    totals: dict[CellKind, Format]
    head: Format


def _written(about: _Book, sheets: Sequence[Sheet]) -> bytes:
    """The book by the library; of a long sheet the head, an empty row and the totals."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": _FORMATS[CellKind.DAY],
        },
    )
    made = about.created.astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": about.title, "author": about.author, "created": made})
    formats = _Formats(
        {
            kind: book.add_format(
                {"num_format": _FORMATS[kind], "valign": "top", "text_wrap": kind is CellKind.PROSE}
            )
            for kind in CellKind
        },
        {
            kind: book.add_format({"num_format": _FORMATS[kind], "bold": True, "top": 1})
            for kind in CellKind
        },
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
    )
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats, about.sums.get(sheet.name))
    book.close()
    return target.getvalue()


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats, sums: ColumnSums | None) -> None:
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
    if sheet.count:
        count, rows = sheet.count, cast("list[Row]", [[None] * len(kinds)])
        sums = sums or [0] * len(kinds)
    else:
        rows = list(sheet.rows)
        count, sums = len(rows), _sums(sheet.columns, rows)
    if count + 2 > _MOST_ROWS:
        raise ValueError(f"{count} rows are more than a sheet can hold")
    for at, row in enumerate(rows, start=1):
        for number, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
            _write(page, at, number, cell, kind, formats)
    if count:
        page.autofilter(0, 0, count, len(sheet.columns) - 1)
    if any(column.total for column in sheet.columns):
        _write_totals(page, sheet.columns, count, sums, formats)


def _sums(columns: Sequence[SheetColumn], rows: Sequence[Row]) -> list[int | Decimal]:
    """What each column comes to that has a total; 0 for all others."""
    held: Iterable[Row] = zip(*rows, strict=True) if rows else itertools.repeat((), len(columns))
    return [
        sum(cell for cell in cells if isinstance(cell, int | Decimal)) if column.total else 0
        for column, cells in zip(columns, held, strict=True)
    ]


def _write(
    page: Worksheet,
    row: int,
    column: int,
    cell: Cell | SumOf | Mixed,
    kind: CellKind,
    formats: _Formats,
) -> None:
    """Write one cell; what is no text is never handed to the guessing ``write``."""
    if isinstance(cell, SumOf):
        name = xl_col_to_name(cell.column)
        formula = f"=SUM('{cell.sheet}'!{name}2:{name}{cell.rows + 1})"
        value = shown(cell.value, cell.kind)
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
        page.write_string(row, column, cell[:MOST_TEXT], _text_style(kind, formats))
    elif isinstance(cell, date):
        page.write_datetime(row, column, naive(cell), style)
    else:
        page.write_number(row, column, shown(cell, kind), style)


def _text_style(kind: CellKind, formats: _Formats) -> Format:
    """Text keeps the look of text, whatever its column holds."""
    return formats.cells[CellKind.PROSE if kind is CellKind.PROSE else CellKind.TEXT]


def _write_totals(
    page: Worksheet, columns: Sequence[SheetColumn], count: int, sums: ColumnSums, formats: _Formats
) -> None:
    page.write_string(count + 1, 0, _("Total"), formats.totals[CellKind.TEXT])
    for number, (column, value) in enumerate(zip(columns[1:], sums[1:], strict=True), start=1):
        style = formats.totals[column.kind]
        if not column.total or column.kind not in _SUMMED:
            page.write_blank(count + 1, number, None, style)
        elif count:
            name = xl_col_to_name(number)
            formula = f"=SUM({name}2:{name}{count + 1})"
            page.write_formula(count + 1, number, formula, style, shown(value, column.kind))
        else:
            page.write_number(count + 1, number, 0, style)
