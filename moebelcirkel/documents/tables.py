"""Tables on paper: columns with shares of the width, rows of known height, heads on every page.

The height of a row is known before it is drawn, so fifty thousand of them are placed at once; only
columns that ask for it wrap, and only small tables should ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import (
    BODY,
    EDGE,
    HEIGHT,
    LINE,
    MARGIN,
    MUTED,
    WIDTH,
    Flow,
    Pen,
    Style,
)
from moebelcirkel.documents.tables_writing import Rules, Texts

Row = Sequence[str]
MOST_LINES = 12
#: How small a text may be written, of its size, before it is cut.
_SHRUNK = 0.78


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its head, its share of the width, its side, whether long texts wrap.

    ``tick`` draws a box to tick by hand where the cell is empty.
    """

    title: str
    share: float
    right: bool = False
    strong: bool = False
    wraps: bool = False
    tick: bool = False


@dataclass(frozen=True, slots=True)
class TableLook:
    """The measures of a table."""

    style: Style = BODY
    row_height: float = 19.5
    head_height: float = 22.0
    gap: float = 10.0
    rule: float = 0.75


PLAIN = TableLook()
DENSE = TableLook(
    Style(size=7.75, leading=10.0), row_height=14.0, head_height=16.0, gap=5.0, rule=0.35
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where the texts of a column go."""

    column: TableColumn
    x: float
    room: float
    style: Style
    head: Style


def place(
    flow: Flow,
    columns: Sequence[TableColumn],
    rows: Sequence[Row],
    *,
    total: Row | None = None,
    look: TableLook = PLAIN,
) -> None:
    """Place a table; its head is repeated on each page and a total stays with its last row."""
    cells = _cells(columns, look)
    heads = [_head_lines(cell) for cell in cells]
    head_height = look.head_height + (max(map(len, heads)) - 1) * look.style.leading
    if any(column.wraps for column in columns):
        heights = [_row_height(cells, row, look) for row in rows]
    else:
        heights = [look.row_height] * len(rows)
    extra = look.row_height if total is not None else 0.0
    start = 0
    while start < len(rows) or (start == 0 and not rows):
        end = _fitting(heights, start, flow.room - head_height, extra)
        if end == start and rows and not flow.fresh:
            flow.new_page()
            continue
        end = max(end, min(start + 1, len(rows)))
        flow.add(head_height, partial(_draw_head, cells, heads, look))
        shown, tall = rows[start:end], heights[start:end]
        flow.add(sum(tall), partial(_draw_rows, cells, shown, tall, look))
        start = end
        if not rows:
            break
    if total is not None:
        flow.add(look.row_height, partial(_draw_total, cells, total, look))


def _fitting(heights: Sequence[float], start: int, room: float, extra: float) -> int:
    """The row after the last that has room; the very last also needs room for the total."""
    end = start
    while end < len(heights):
        room -= heights[end]
        if room < (extra if end == len(heights) - 1 else 0.0):
            break
        end += 1
    return end


def _cells(columns: Sequence[TableColumn], look: TableLook) -> list[_Cell]:
    whole = sum(column.share for column in columns)
    left = MARGIN
    cells = []
    for number, column in enumerate(columns):
        wide = (WIDTH - 2 * MARGIN) * column.share / whole
        start = left + (look.gap / 2 if number else 0.0)
        end = left + wide - (look.gap / 2 if number < len(columns) - 1 else 0.0)
        cells.append(
            _Cell(
                column,
                end if column.right else start,
                end - start,
                _weighted(look.style, strong=column.strong),
                Style(look.style.size, fonts.SEMIBOLD, MUTED, look.style.leading),
            )
        )
        left += wide
    return cells


def _weighted(style: Style, *, strong: bool) -> Style:
    font = fonts.SEMIBOLD if strong else style.font
    return Style(style.size, font, style.colour, style.leading)


def _head_lines(cell: _Cell) -> tuple[str, ...]:
    return cell.head.wrap(cell.column.title, cell.room, most=2)


def _row_height(cells: Sequence[_Cell], row: Row, look: TableLook) -> float:
    """The height of a row in which some columns wrap."""
    most = max(
        len(cell.style.wrap(text, cell.room, most=MOST_LINES)) if cell.column.wraps else 1
        for cell, text in zip(cells, row, strict=True)
    )
    return look.row_height + (most - 1) * look.style.leading


def _base(look: TableLook) -> float:
    """From the upper edge of a row down to where its first line of letters stands."""
    return look.row_height / 2 + look.style.size * 0.34


def _draw_head(
    cells: Sequence[_Cell], heads: Sequence[tuple[str, ...]], look: TableLook, pen: Pen, top: float
) -> None:
    """Heads stand on the line under them, however many lines each has."""
    tall = look.head_height + (max(map(len, heads)) - 1) * look.style.leading
    for cell, lines in zip(cells, heads, strict=True):
        base = top + tall - look.head_height * 0.27 - (len(lines) - 1) * look.style.leading
        for number, line in enumerate(lines):
            write = pen.text_right if cell.column.right else pen.text
            write(cell.x, base + number * look.style.leading, line, cell.head)
    pen.rule(MARGIN, WIDTH - MARGIN, top + tall, LINE, 1.0)


def _draw_rows(
    cells: Sequence[_Cell],
    rows: Sequence[Row],
    heights: Sequence[float],
    look: TableLook,
    pen: Pen,
    top: float,
) -> None:
    """Column by column, so that the type is set once per column and page."""
    even = set(heights) == {look.row_height}
    for number, cell in enumerate(cells):
        texts = pen.texts(cell.x, HEIGHT - top - _base(look))
        texts.setFont(cell.style.font, cell.style.size, look.row_height)
        texts.setFillColor(cell.style.colour)
        column = [row[number] for row in rows]
        if even and not cell.column.right and not cell.column.wraps:
            # One step down per row is all that is written: a third of the time of long tables.
            for text in column:
                _write_line(texts, cell, text, look)
        else:
            _write_apart(texts, cell, column, heights, look)
        pen.canvas.drawText(texts)
        if cell.column.tick:
            _ticks(pen, cell, column, heights, top)
    _rules(pen, top, heights, look)


def _write_line(texts: Texts, cell: _Cell, text: str, look: TableLook) -> None:
    """Write a cell on a line of its own."""
    style = _fitting_style(cell, text)
    if style is not cell.style:
        texts.setFont(style.font, style.size, look.row_height)
    texts.below(style.fit(text, cell.room))
    if style is not cell.style:
        texts.setFont(cell.style.font, cell.style.size, look.row_height)


def _fitting_style(cell: _Cell, text: str) -> Style:
    """The column's style; a little smaller for a text that would be cut in it."""
    style = cell.style
    if style.width(text) <= cell.room or cell.column.wraps:
        return style
    least = style.size * _SHRUNK
    size = fonts.fitting_size(text, style.font, style.size, cell.room, least=least)
    return replace(style, size=max(size, least))


def _write_apart(
    texts: Texts, cell: _Cell, column: Row, heights: Sequence[float], look: TableLook
) -> None:
    """Write cells each at a place of its own."""
    base = texts.getY()
    for text, tall in zip(column, heights, strict=True):
        style = _fitting_style(cell, text)
        texts.setFont(style.font, style.size, look.row_height)
        for line, part in enumerate(_lines(cell, text, style)):
            wide = style.width(part) if cell.column.right else 0.0
            texts.at(cell.x - wide, base - line * look.style.leading, part)
        base -= tall


def _ticks(pen: Pen, cell: _Cell, column: Row, heights: Sequence[float], top: float) -> None:
    """A box to tick in each empty cell."""
    side = cell.style.size
    for text, tall in zip(column, heights, strict=True):
        if not text:
            left = cell.x - side if cell.column.right else cell.x
            pen.box(left, top + (tall - side) / 2, side, side, edge=EDGE, radius=2)
        top += tall


def _rules(pen: Pen, top: float, heights: Sequence[float], look: TableLook) -> None:
    """A thin line under each row."""
    pen.canvas.setStrokeColor(LINE)
    pen.canvas.setLineWidth(look.rule)
    y = HEIGHT - top
    rules = Rules()
    for tall in heights:
        y -= tall
        rules.between(MARGIN, WIDTH - MARGIN, y)
    pen.canvas.drawPath(rules)


def _lines(cell: _Cell, text: str, style: Style) -> tuple[str, ...]:
    if not text:
        return ()
    if cell.column.wraps:
        return style.wrap(text, cell.room, most=MOST_LINES)
    return (style.fit(text, cell.room),)


def _draw_total(cells: Sequence[_Cell], row: Row, look: TableLook, pen: Pen, top: float) -> None:
    strong = [replace(cell, style=_weighted(look.style, strong=True)) for cell in cells]
    _draw_rows(strong, [row], [look.row_height], look, pen, top)
