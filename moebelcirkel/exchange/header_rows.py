"""Where a table's columns are named, and by what names: one line, or two that belong together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.headers import names_group, recognised
from moebelcirkel.exchange.lines import FileRow
from moebelcirkel.exchange.written_numbers import looks_like_number

MAX_COLUMNS = 200
WITHIN = 30
"""So many lines of titles may stand above the header."""


@dataclass(frozen=True, slots=True)
class FileHeader:
    """The columns' names, the line they begin on, and the place of the first line under them."""

    columns: tuple[str, ...]
    line: int
    under: int


def find_header(lines: list[FileRow], name: str, *, exact: bool, chosen: int | None) -> FileHeader:
    """The header in the chosen line, or the likeliest of the first ones.

    In text files (``exact``) the header has as many fields as most lines have.
    """
    widths = Counter(len(row.cells) for row in lines[:1000] if len(row.cells) > 1)
    if not widths:
        raise _no_columns(name, text=exact)
    usual = widths.most_common(1)[0][0]
    if chosen is None:
        place = _likeliest(lines[:WITHIN], usual, exact=exact)
    else:
        place = next((at for at, row in enumerate(lines) if row.line == chosen), None)
    if place is None:
        raise Refused(
            N_("No header was found in {name}. The first line must name the columns."), name=name
        )
    joined = None
    if chosen is None and place and (joined := _two_lines(lines[place - 1], lines[place])):
        return FileHeader(_column_names(joined, name), lines[place - 1].line, place + 1)
    if place + 1 < len(lines) and (joined := _two_lines(lines[place], lines[place + 1])):
        return FileHeader(_column_names(joined, name), lines[place].line, place + 2)
    return FileHeader(_column_names(lines[place].cells, name), lines[place].line, place + 1)


def _likeliest(lines: Sequence[FileRow], usual: int, *, exact: bool) -> int | None:
    """The line that names most fields outright, else the first that reads like names."""
    fitting = [
        (at, recognised(row.cells))
        for at, row in enumerate(lines)
        if (not exact or len(row.cells) == usual) and _names_columns(row.cells, usual)
    ]
    return max(fitting, key=lambda each: (max(each[1], 1), -each[0]), default=(None, 0))[0]


def _names_columns(cells: tuple[str, ...], usual: int) -> bool:
    """Whether a line reads like column names: mostly filled, and no figures but perhaps years."""
    filled = [cell for cell in cells if cell.strip()]
    figures = [cell for cell in filled if looks_like_number(cell)]
    return (
        len(filled) >= max(2, usual / 2)
        and len(figures) < len(filled) / 2
        and all(cell.strip().isdigit() and len(cell.strip()) <= 4 for cell in figures)
    )


def _two_lines(above: FileRow, below: FileRow) -> tuple[str, ...] | None:
    """The names of two lines joined, where the upper one has words for groups of columns.

    "Mål" over "B", "D" and "H" stands in the first of three merged cells, so the others are empty.
    """
    width = max(len(above.cells), len(below.cells))
    upper, lower = (_padded(row.cells, width) for row in (above, below))
    if any(map(looks_like_number, filter(None, (*upper, *lower)))):
        return None
    groups = [
        at
        for at in range(width - 1)
        if upper[at] and not upper[at + 1] and lower[at] and lower[at + 1]
    ]
    if not groups or sum(map(bool, upper)) < 2 or not _belong(upper, lower):
        return None
    names: list[str] = []
    group = ""
    for over, under in zip(upper, lower, strict=True):
        group = over or (group if under else "")
        names.append(" ".join(filter(None, (group, under))))
    return tuple(names)


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [" ".join(cell.split()) for cell in cells] + [""] * (width - len(cells))


def _belong(upper: list[str], lower: list[str]) -> bool:
    """Whether the lower line goes on naming what the upper one began, and is no line of goods."""
    first = next(at for at in range(len(upper)) if upper[at] or lower[at])
    if bool(upper[first]) != bool(lower[first]):
        return recognised((*upper, *lower)) > 0
    return names_group(upper) and recognised(lower) >= 2


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


def _column_names(cells: Sequence[str], name: str) -> tuple[str, ...]:
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
