"""Tables from files: CSV and XLSX become columns and numbered rows, whatever program wrote them.

Encoding, delimiter, decimal sign and header row are found from the contents and handed back, so
that they can be shown and overruled.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange import separated_text, workbook
from moebelcirkel.exchange.lines import LineError, Row
from moebelcirkel.exchange.written_numbers import (
    checked_decimal,
    find_decimal,
    looks_like_number,
)

__all__ = ["LineError", "Row", "Table", "read_table"]

MAX_BYTES = 50_000_000
MAX_COLUMNS = 200
MAX_ROWS = 200_000
_HEADER_WITHIN = 30
# What people drop on an import by mistake, by how such files begin.
_OTHER_KINDS = (
    (b"%PDF", N_("{name} is a PDF document, not a table. Choose a CSV or XLSX file.")),
    (b"\x89PNG", N_("{name} is a picture, not a table. Choose a CSV or XLSX file.")),
    (b"\xff\xd8\xff", N_("{name} is a picture, not a table. Choose a CSV or XLSX file.")),
    (b"<", N_("{name} is a web page or XML, not a table. Choose a CSV or XLSX file.")),
    (b"{\\rtf", N_("{name} is a text document, not a table. Choose a CSV or XLSX file.")),
)


@dataclass(frozen=True)
class Table:
    """A file's columns and rows, how it was read, and the lines that did not fit the header."""

    name: str
    kind: str
    encoding: str | None
    delimiter: str | None
    decimal: str
    sheet: str | None
    header_line: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    errors: tuple[LineError, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each column stands in a row."""
        return {column: place for place, column in enumerate(self.columns)}

    def cells(self, column: str) -> list[str]:
        """Every row's cell of one column."""
        place = self.places[column]
        return [row.cells[place] for row in self.rows]

    def distinct(self, column: str) -> list[str]:
        """The different filled values of a column, blanks collapsed, in order of appearance."""
        return list(dict.fromkeys(filter(None, (" ".join(c.split()) for c in self.cells(column)))))


def read_table(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
) -> Table:
    """The table in a file; what is not given is found. Refused where there is no table in it."""
    if len(data) > MAX_BYTES:
        raise Refused(
            N_("{name} is larger than {most} MB. Divide it into parts."),
            name=name,
            most=MAX_BYTES // 1_000_000,
        )
    if not data.strip():
        raise Refused(
            N_("{name} is empty. Choose another file, or save it again where it comes from."),
            name=name,
        )
    if decimal is not None:
        checked_decimal(decimal)
    workbook.refuse_old_or_locked(data, name)
    if data.startswith(workbook.ZIP_MARK):
        return _from_workbook(data, name, decimal)
    _refuse_other_kinds(data, name)
    return _from_text(data, name, encoding, delimiter, decimal)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, message in _OTHER_KINDS:
        if start.startswith(mark):
            raise Refused(message, name=name)


def _from_workbook(data: bytes, name: str, decimal: str | None) -> Table:
    sheet, sign, lines = workbook.read_sheet(
        data, name, decimal, most=MAX_ROWS + _HEADER_WITHIN, widest=MAX_COLUMNS
    )
    header, columns = _header(lines, name, exact=False)
    rows, errors = _fitting(lines[header + 1 :], len(columns), exact=False)
    _refuse_unfit(name, rows, errors)
    return Table(
        name=name,
        kind="xlsx",
        encoding=None,
        delimiter=None,
        decimal=sign,
        sheet=sheet,
        header_line=lines[header].line,
        columns=columns,
        rows=tuple(rows),
        errors=tuple(errors),
    )


def _from_text(
    data: bytes, name: str, encoding: str | None, delimiter: str | None, decimal: str | None
) -> Table:
    text, encoding = separated_text.decode(data, name, encoding)
    delimiter, lines, broken = separated_text.read_lines(text, delimiter, MAX_ROWS + _HEADER_WITHIN)
    header, columns = _header(lines, name, exact=True)
    start = lines[header].line
    rows, errors = _fitting(lines[header + 1 :], len(columns), exact=True)
    errors = sorted(
        [*errors, *(each for each in broken if each.line > start)], key=lambda each: each.line
    )
    _refuse_unfit(name, rows, errors)
    default = "." if delimiter == "," else ","
    return Table(
        name=name,
        kind="csv",
        encoding=encoding,
        delimiter=delimiter,
        decimal=decimal or find_decimal(zip(*(row.cells for row in rows), strict=True), default),
        sheet=None,
        header_line=start,
        columns=columns,
        rows=tuple(rows),
        errors=tuple(errors),
    )


def _header(lines: list[Row], name: str, *, exact: bool) -> tuple[int, tuple[str, ...]]:
    """Where the columns are named, and the names; titles above the header are passed over.

    In text files (``exact``) the header has as many fields as most lines have.
    """
    widths = Counter(len(row.cells) for row in lines[:1000] if len(row.cells) > 1)
    if not widths:
        raise _no_columns(name, text=exact)
    usual = widths.most_common(1)[0][0]
    for place, row in enumerate(lines[:_HEADER_WITHIN]):
        if (not exact or len(row.cells) == usual) and _names_columns(row.cells, usual):
            return place, _column_names(row.cells, name)
    raise Refused(
        N_("No header was found in {name}. The first line must name the columns."), name=name
    )


def _no_columns(name: str, *, text: bool) -> Refused:
    if not text:
        message = N_("No columns were found in {name}. Write each value in a cell of its own.")
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        message = N_(
            "{name} is plain text, though its name says workbook. "
            "Open it in the program it comes from, and save it as XLSX."
        )
    else:
        message = N_("No columns were found in {name}. Separate them by semicolon, comma or tab.")
    return Refused(message, name=name)


def _names_columns(cells: tuple[str, ...], usual: int) -> bool:
    """Whether a line reads like column names: mostly filled, and no figures but perhaps years."""
    filled = [cell for cell in cells if cell.strip()]
    figures = [cell for cell in filled if looks_like_number(cell)]
    return (
        len(filled) >= max(2, usual / 2)
        and len(figures) < len(filled) / 2
        and all(cell.strip().isdigit() and len(cell.strip()) <= 4 for cell in figures)
    )


def _column_names(cells: tuple[str, ...], name: str) -> tuple[str, ...]:
    """One name per column: nameless ones get their number, and doubles a number behind."""
    if len(cells) > MAX_COLUMNS:
        raise Refused(
            N_("{name} has more than {most} columns. Delete those that are not needed."),
            name=name,
            most=MAX_COLUMNS,
        )
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        base = " ".join(cell.split()) or f"#{place}"
        candidate, count = base, 1
        while candidate in names:
            count += 1
            candidate = f"{base} ({count})"
        names.append(candidate)
    return tuple(names)


def _fitting(lines: Iterable[Row], width: int, *, exact: bool) -> tuple[list[Row], list[LineError]]:
    """The lines with as many fields as the header, and an error for each of the others.

    Empty fields behind the last column do no harm; in workbooks empty ones may also be missing.
    """
    rows: list[Row] = []
    errors: list[LineError] = []
    for row in lines:
        count = len(row.cells)
        if count == width:
            rows.append(row)
        elif count < width and not exact:
            rows.append(Row(row.line, row.cells + ("",) * (width - count)))
        elif count > width and not any(row.cells[width:]):
            rows.append(Row(row.line, row.cells[:width]))
        else:
            message = N_("The line has {count} fields, but the header has {width}.")
            errors.append(LineError(row.line, "", message, {"count": count, "width": width}))
    return rows, errors


def _refuse_unfit(name: str, rows: list[Row], errors: list[LineError]) -> None:
    if not rows and not errors:
        raise Refused(N_("{name} has a header but no lines under it."), name=name)
    if len(rows) + len(errors) > MAX_ROWS:
        raise Refused(
            N_("{name} has more than {most} lines. Divide it into parts."),
            name=name,
            most=MAX_ROWS,
        )
    if len(errors) > len(rows):
        first = min(errors, key=lambda error: error.line)
        raise Refused(
            N_("{name} is not a table: most lines do not fit the header, first line {line}."),
            name=name,
            line=first.line,
        )
