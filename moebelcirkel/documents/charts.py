"""Bar charts on paper: the same description and geometry as on screen, drawn with the pen."""

from reportlab.lib.colors import HexColor

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import ACCENT, LINE, MONEY, MUTED, PART, SMALL, TEXT, Pen, Style
from moebelcirkel.domain.charts import BarChart, Box, layout

_COLOURS = {"accent": HexColor(0x3E9976), "money": MONEY}
_SIZE = 7.25
_VALUE = Style(size=_SIZE, colour=TEXT)
_LABEL = Style(size=_SIZE, colour=MUTED)
_RADIUS = 1.5
HEAD_HEIGHT = PART.leading + SMALL.leading + 4


def _measure(text: str, size: float) -> float:
    return fonts.width(text, fonts.REGULAR, size)


def paint(pen: Pen, chart: BarChart, left: float, top: float, width: float, height: float) -> None:
    """Draw title, subtitle and bars into a rectangle."""
    pen.text(left, top + PART.size, PART.fit(chart.title, width), PART)
    pen.text(left, top + PART.leading + SMALL.size, SMALL.fit(chart.subtitle, width), SMALL)
    if chart.bars:
        _paint_bars(pen, chart, left, top + HEAD_HEIGHT, width, height - HEAD_HEIGHT)


def _paint_bars(
    pen: Pen, chart: BarChart, left: float, top: float, width: float, height: float
) -> None:
    found = layout(chart, width, height, _measure, size=_SIZE)
    colour = _COLOURS.get(chart.colour_role, ACCENT)
    pen.rule(left + found.left, left + found.right, top + found.axis, LINE, 0.75)
    for bar in found.bars:
        if bar.height > 0:
            radius = min(_RADIUS, bar.height / 2, bar.width / 2)
            pen.box(left + bar.x, top + bar.y, bar.width, bar.height, fill=colour, radius=radius)
    for text in found.values:
        pen.text(left + text.box.x, _base(top, text.box), text.text, _VALUE)
    for text in found.labels:
        pen.text(left + text.box.x, _base(top, text.box), text.text, _LABEL)


def _base(top: float, box: Box) -> float:
    """Where letters stand in the box the geometry gave them."""
    return top + box.y + box.height / 2 + _SIZE * 0.34
