"""XLSX: reads the first filled sheet of a workbook, guarded against files that blow up."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.lines import Row
from moebelcirkel.exchange.written_numbers import (
    find_decimal,
    looks_like_number,
    written,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

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

Cells = tuple[object, ...]


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
    data: bytes, name: str, decimal: str | None, *, most: int, widest: int
) -> tuple[str, str, list[Row]]:
    """The sheet's name, the decimal sign its numbers are written with, and its filled rows.

    At most one row more than ``most`` and one cell more than ``widest`` is handed back, so the
    caller can tell that there was too much.
    """
    _refuse_bomb(data, name)
    try:
        with warnings.catch_warnings():
            # openpyxl tells what it leaves out (validation, styles); none of it is needed here.
            warnings.simplefilter("ignore", UserWarning)
            sheet, rows = _first_filled(data, name, most, widest)
    except _BROKEN:
        raise Refused(
            N_("{name} is damaged or not a workbook. Open it in Excel and save it again."),
            name=name,
        ) from None
    if decimal is None:
        texts = (cell for _, cells in rows for cell in cells if isinstance(cell, str))
        decimal = find_decimal([[text for text in texts if looks_like_number(text)]], ",")
    return sheet, decimal, [Row(line, _texts(cells, decimal)) for line, cells in rows]


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


def _first_filled(
    data: bytes, name: str, most: int, widest: int
) -> tuple[str, list[tuple[int, Cells]]]:
    workbook = _opened(data)
    try:
        for sheet in workbook.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # The size a file declares for a sheet is often wrong; the rows themselves tell.
            sheet.reset_dimensions()
            rows = _filled(sheet.iter_rows(values_only=True), name, most, widest)
            if rows:
                return str(sheet.title), rows
    finally:
        workbook.close()
    return "", []


def _opened(data: bytes) -> Workbook:
    # Imported late: it costs a quarter of a second that no page should wait for.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except InvalidFileException as error:
        raise ValueError("not a workbook") from error


def _filled(lines: Iterator[Cells], name: str, most: int, widest: int) -> list[tuple[int, Cells]]:
    rows: list[tuple[int, Cells]] = []
    seen = 0
    for line, cells in enumerate(lines, start=1):
        seen += len(cells)
        if line > MAX_LINES or seen > MAX_CELLS:
            raise _too_many(name)
        end = len(cells)
        while end and cells[end - 1] in (None, ""):
            end -= 1
        if end:
            rows.append((line, cells[: min(end, widest + 1)]))
            if len(rows) > most:
                break
    return rows


def _texts(cells: Cells, decimal: str) -> tuple[str, ...]:
    return tuple(
        cell if type(cell) is str else "" if cell is None else _text(cell, decimal)
        for cell in cells
    )


def _text(cell: object, decimal: str) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return written(cell, decimal)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
