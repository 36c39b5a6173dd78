"""XLSX: reads one sheet of a workbook as it is shown, guarded against files that blow up."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.currencies import of_format
from moebelcirkel.exchange.headers import recognised
from moebelcirkel.exchange.lines import FileRow
from moebelcirkel.exchange.written_numbers import written

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 200_000_000
MAX_LINES = 1_048_576
#: A cell has four marks in its XML; two and a half million of them are read in half a minute.
MAX_CELLS = 2_500_000
_MARKS_A_CELL = 4
_SLICE = 1 << 20
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MARK = b"PK\x03\x04"
# What openpyxl and the libraries below it raise on files that only pretend to be workbooks.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

_ZEROS = re.compile(r"0{2,}")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_LOOKED_AT = 40
"""So many rows of each sheet tell which one holds the goods."""

Cells = tuple[object, ...]
Lines = list[tuple[int, Cells]]


class Amount(NamedTuple):
    """A number that the sheet shows with its currency."""

    value: float
    currency: str


class FilledSheet(NamedTuple):
    """A sheet's filled rows with their line numbers, and the names of all that can be chosen.

    ``valueless`` are the cells, by line and place from 0, whose formula has no value in the file.
    """

    name: str
    names: tuple[str, ...]
    lines: Lines
    valueless: frozenset[tuple[int, int]]

    def rows(self, decimal: str) -> list[FileRow]:
        """The rows as texts, numbers with this decimal sign."""
        return [
            FileRow(line, tuple(_text(cell, decimal) for cell in cells))
            for line, cells in self.lines
        ]


def refuse_old_or_locked(data: bytes, name: str) -> None:
    """Answer for the container that both old .xls and password-protected .xlsx files use."""
    if not data.startswith(OLE_MARK):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(
            N_("{name} is protected by a password. Save a copy without password, and choose it."),
            name=name,
        )
    raise Refused(
        N_("{name} is in Excel's old format. Open it in Excel and save it as XLSX or CSV."),
        name=name,
    )


def read_sheet(
    data: bytes, name: str, chosen: str | None, *, most: int, widest: int
) -> FilledSheet:
    """The chosen sheet, or the likeliest of those that are filled and not hidden.

    At most one row more than ``most`` and one cell more than ``widest`` is handed back, so the
    caller can tell that there was too much.
    """
    _refuse_bomb(data, name)
    try:
        with warnings.catch_warnings():
            # openpyxl tells what it leaves out (validation, styles); none of it is needed here.
            warnings.simplefilter("ignore", UserWarning)
            return _sheet(data, name, chosen, most, widest)
    except _BROKEN:
        raise Refused(
            N_("{name} is damaged or not a workbook. Open it in Excel and save it again."),
            name=name,
        ) from None


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked <= MAX_UNPACKED:
                _refuse_too_many_cells(packed, name)
    except _BROKEN:
        raise Refused(N_("{name} is damaged: it cannot be unpacked."), name=name) from None
    if unpacked > MAX_UNPACKED:
        raise Refused(
            N_("{name} unpacks to more than {most} MB and is not read. Divide it into parts."),
            name=name,
            most=MAX_UNPACKED // 1_000_000,
        )
    if "[Content_Types].xml" not in names or not any(each.startswith("xl/") for each in names):
        raise Refused(
            N_("{name} is a packed file but not a workbook. Choose a CSV or XLSX file."), name=name
        )


def _refuse_too_many_cells(packed: zipfile.ZipFile, name: str) -> None:
    """Count the marks of each part before any of it is understood, which takes far longer."""
    for entry in packed.infolist():
        most = MAX_CELLS * _MARKS_A_CELL
        if entry.file_size <= most or not entry.filename.endswith(".xml"):
            continue
        marks = 0
        with packed.open(entry) as part:
            while marks <= most and (piece := part.read(_SLICE)):
                marks += piece.count(b"<")
        if marks > most:
            raise _too_many(name)


def _too_many(name: str) -> Refused:
    return Refused(N_("{name} has more cells than can be read. Divide it into parts."), name=name)


def _sheet(data: bytes, name: str, chosen: str | None, most: int, widest: int) -> FilledSheet:
    workbook = _opened(data, values=True)
    try:
        sheets = [each for each in workbook.worksheets if each.sheet_state == "visible"]
        # The size a file declares for a sheet is often wrong; the rows themselves tell.
        for each in sheets:
            each.reset_dimensions()
        starts = {str(each.title): _filled(each, name, _LOOKED_AT, widest) for each in sheets}
        filled = [each for each in sheets if starts[str(each.title)]]
        names = tuple(str(each.title) for each in filled)
        if not filled:
            return FilledSheet("", (), [], frozenset())
        if chosen is not None and chosen not in names:
            raise Refused(
                N_("{name} has no sheet “{sheet}”. Choose one of {known}."),
                name=name,
                sheet=chosen,
                known=", ".join(names),
            )
        title = chosen or max(names, key=lambda each: _likely(starts[each]))
        lines = _filled(filled[names.index(title)], name, most, widest)
    finally:
        workbook.close()
    return FilledSheet(title, names, lines, _valueless(data, title, lines))


def _likely(lines: Lines) -> tuple[int, int]:
    """How much a sheet looks like a list of goods: by what its columns are called, and its rows."""
    best = max(recognised(_text(cell, ",") for cell in cells) for _line, cells in lines)
    return (best if best > 1 else 0, len(lines) if best > 1 else 0)


def _valueless(data: bytes, title: str, lines: Lines) -> frozenset[tuple[int, int]]:
    """Where a formula stands that no program has worked out yet."""
    if not _has_formulas(data):
        return frozenset()
    workbook = _opened(data, values=False)
    known = dict(lines)
    found: set[tuple[int, int]] = set()
    try:
        sheet = workbook[title]
        sheet.reset_dimensions()
        for line, row in enumerate(sheet.iter_rows(), start=1):
            values = known.get(line, ())
            for place, cell in enumerate(row):
                if cell.data_type == "f" and (place >= len(values) or values[place] in (None, "")):
                    found.add((line, place))
            if line >= lines[-1][0]:
                break
    finally:
        workbook.close()
    return frozenset(found)


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.namelist():
            if entry.startswith("xl/worksheets/"):
                with packed.open(entry) as part:
                    end = b""
                    while chunk := part.read(_SLICE):
                        if _FORMULA.search(end + chunk):
                            return True
                        end = chunk[-20:]
    return False


def _opened(data: bytes, *, values: bool) -> Workbook:
    # Imported late: it costs a quarter of a second that no page should wait for.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    except InvalidFileException as error:
        raise ValueError("not a workbook") from error


def _filled(sheet: Worksheet, name: str, most: int, widest: int) -> Lines:
    rows: Lines = []
    seen = 0
    for line, row in enumerate(sheet.iter_rows(), start=1):
        seen += len(row)
        if line > MAX_LINES or seen > MAX_CELLS:
            raise _too_many(name)
        end = len(row)
        while end and row[end - 1].value in (None, ""):
            end -= 1
        if end:
            rows.append((line, tuple(map(_shown, row[: min(end, widest + 1)]))))
            if len(rows) > most:
                break
    return rows


def _shown(cell: Cell | MergedCell) -> object:
    """A cell's value; numbers with the zeros in front and the currency that the sheet shows."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    zeros, currency = _number_format(str(cell.number_format))
    if zeros and value >= 0 and value == int(value):
        return f"{int(value):0{zeros}}"
    return Amount(value, currency) if currency else value


@cache
def _number_format(shown_as: str) -> tuple[int, str | None]:
    """How many digits a number format fills up with zeros, and the currency it names."""
    return len(shown_as) if _ZEROS.fullmatch(shown_as) else 0, of_format(shown_as)


def _text(cell: object, decimal: str) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Amount):
        return f"{written(cell.value, decimal)} {cell.currency}"
    if isinstance(cell, int | float):
        return written(cell, decimal)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
