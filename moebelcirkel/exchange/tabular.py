"""Tables from files: CSV and XLSX become columns and numbered rows, whatever program wrote them.

Encoding, delimiter, decimal sign and header row are found from the contents and handed back, so
that they can be shown and overruled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange import separated_text, workbook
from moebelcirkel.exchange.header_rows import MAX_COLUMNS, WITHIN, find_header
from moebelcirkel.exchange.lines import FileRow, LineError
from moebelcirkel.exchange.written_numbers import Sign, checked_decimal, find_decimal

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
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
    """A file's columns and rows, how it was read, and the lines that did not fit the header.

    ``decimal_told`` is False where the decimal sign is only the likelier one, and
    ``decimal_chosen`` is True where somebody said it. ``top`` are the first
    lines, one of which names the columns; ``sheets`` those that can be chosen. ``valueless`` are
    the cells, by line and column, whose formula has no value.
    """

    name: str
    kind: str
    encoding: str | None
    delimiter: str | None
    decimal: str
    decimal_told: bool
    decimal_chosen: bool
    sheet: str | None
    header_line: int
    columns: tuple[str, ...]
    rows: tuple[FileRow, ...]
    errors: tuple[LineError, ...]
    top: tuple[FileRow, ...]
    sheets: tuple[str, ...] = ()
    valueless: frozenset[tuple[int, str]] = frozenset()

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
    sheet: str | None = None,
    header: int | None = None,
) -> Table:
    """The table in a file; what is not given is found. Refused where there is no table in it.

    ``header`` is the number of the line that names the columns.
    """
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
        return _from_workbook(data, name, decimal, sheet, header)
    _refuse_other_kinds(data, name)
    return _from_text(data, name, encoding, delimiter, decimal, header)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, message in _OTHER_KINDS:
        if start.startswith(mark):
            raise Refused(message, name=name)


def _from_workbook(
    data: bytes, name: str, decimal: str | None, sheet: str | None, line: int | None
) -> Table:
    read = workbook.read_sheet(data, name, sheet, most=MAX_ROWS + WITHIN, widest=MAX_COLUMNS)
    header = find_header(read.rows(","), name, exact=False, chosen=line)
    if decimal is None:
        # Numbers are numbers; only what stands as text was written with a sign.
        texts = [FileRow(line, _only_texts(cells)) for line, cells in read.lines[header.under :]]
        sign = _sign(_fitting(texts, len(header.columns), exact=False)[0], header.columns, ",")
    else:
        sign = Sign(decimal, told=True)
    lines = read.rows(sign.mark)
    rows, errors = _fitting(lines[header.under :], len(header.columns), exact=False)
    _refuse_unfit(name, rows, errors)
    places = range(len(header.columns))
    return Table(
        name=name,
        kind="xlsx",
        encoding=None,
        delimiter=None,
        decimal=sign.mark,
        decimal_told=sign.told,
        decimal_chosen=decimal is not None,
        sheet=read.name,
        header_line=header.line,
        columns=header.columns,
        rows=tuple(rows),
        errors=tuple(errors),
        top=tuple(lines[:WITHIN]),
        sheets=read.names,
        valueless=frozenset(
            (line, header.columns[place]) for line, place in read.valueless if place in places
        ),
    )


def _only_texts(cells: workbook.Cells) -> tuple[str, ...]:
    return tuple(cell if isinstance(cell, str) else "" for cell in cells)


def _sign(rows: list[FileRow], columns: tuple[str, ...], default: str) -> Sign:
    cells = zip(*(row.cells for row in rows), strict=True)
    return find_decimal(zip(columns, cells, strict=False), default)


def _from_text(
    data: bytes,
    name: str,
    encoding: str | None,
    delimiter: str | None,
    decimal: str | None,
    line: int | None,
) -> Table:
    text, encoding = separated_text.decode(data, name, encoding)
    delimiter, lines, broken = separated_text.read_lines(text, delimiter, MAX_ROWS + WITHIN)
    header = find_header(lines, name, exact=True, chosen=line)
    rows, errors = _fitting(lines[header.under :], len(header.columns), exact=True)
    errors = sorted(
        [*errors, *(each for each in broken if each.line > header.line)], key=lambda each: each.line
    )
    _refuse_unfit(name, rows, errors)
    if decimal is None:
        sign = _sign(rows, header.columns, "." if delimiter == "," else ",")
    else:
        sign = Sign(decimal, told=True)
    return Table(
        name=name,
        kind="csv",
        encoding=encoding,
        delimiter=delimiter,
        decimal=sign.mark,
        decimal_told=sign.told,
        decimal_chosen=decimal is not None,
        sheet=None,
        header_line=header.line,
        columns=header.columns,
        rows=tuple(rows),
        errors=tuple(errors),
        top=tuple(lines[:WITHIN]),
    )


def _fitting(
    lines: Iterable[FileRow], width: int, *, exact: bool
) -> tuple[list[FileRow], list[LineError]]:
    """The lines with as many fields as the header, and an error for each of the others.

    Empty fields behind the last column do no harm; in workbooks empty ones may also be missing.
    """
    rows: list[FileRow] = []
    errors: list[LineError] = []
    for row in lines:
        count = len(row.cells)
        if count == width:
            rows.append(row)
        elif count < width and not exact:
            rows.append(FileRow(row.line, row.cells + ("",) * (width - count)))
        elif count > width and not any(row.cells[width:]):
            rows.append(FileRow(row.line, row.cells[:width]))
        else:
            message = N_("The line has {count} fields, but the header has {width}.")
            errors.append(LineError(row.line, "", message, {"count": count, "width": width}))
    return rows, errors


def _refuse_unfit(name: str, rows: list[FileRow], errors: list[LineError]) -> None:
    if not rows and not errors:
        raise Refused(N_("{name} has a header but no lines under it."), name=name)
    if len(rows) + len(errors) > MAX_ROWS:
        raise Refused(
            N_("{name} has more than {most} lines. Divide it into parts."), name=name, most=MAX_ROWS
        )
    if len(errors) > len(rows):
        first = min(errors, key=lambda error: error.line)
        raise Refused(
            N_(
                "{name} is not a table: most lines do not fit the header, first line {line}."
                " Write one line for each type, with as many fields as the header."
            ),
            name=name,
            line=first.line,
        )
