"""What a bar chart says and where its parts lie, once for screen and paper.

Painters only draw the boxes they are handed, so both charts show the same bars, scale and
texts. Lengths are in the painter's own unit; y grows downwards from the top edge.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

Measure = Callable[[str, float], float]
"""Width of a text at a font size."""

LINE = 1.3
GAP = 4.0
MAX_BAR = 56.0
TEXT_SIZE = 11.0
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name under the axis, its value, and the value as people read it."""

    label: str
    value: Decimal | int
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """One quantity in bars; the title must be true of the data.

    The numbers of a scale are values divided by ``unit``, as the texts of the bars are.
    """

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    colour_role: str = "accent"
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the box it fills; `index` is its bar, or its line for the scale."""

    index: int
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything a painter draws, in order: lines, bars, values, labels, axis."""

    bars: tuple[Box, ...]
    slots: tuple[Box, ...]
    values: tuple[Text, ...]
    labels: tuple[Text, ...]
    lines: tuple[float, ...]
    line_texts: tuple[Text, ...]
    axis: float
    left: float
    right: float
    low: Decimal
    high: Decimal


def nice_step(span: Decimal, parts: int = 4) -> Decimal:
    """Return the smallest step of 1, 2 or 5 times a power of ten covering span in parts."""
    if span <= 0:
        return Decimal(1)
    rough = span / parts
    power = Decimal(10) ** rough.adjusted()
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)


def scale(values: Sequence[Decimal | int]) -> tuple[Decimal, Decimal, Decimal]:
    """Return low, high and step of an axis that always holds zero and ends on whole steps."""
    top = max([Decimal(0), *map(Decimal, values)])
    bottom = min([Decimal(0), *map(Decimal, values)])
    step = nice_step(top - bottom)
    high = (top / step).to_integral_value(ROUND_CEILING) * step
    low = -((-bottom / step).to_integral_value(ROUND_CEILING) * step)
    if high == low:
        high = step
    return low, high, step


@dataclass(frozen=True, slots=True)
class _Room:
    """The strip texts may fill, and how wide they are in it."""

    left: float
    right: float
    measure: Measure
    size: float

    @property
    def line(self) -> float:
        """Height of a line of text."""
        return self.size * LINE

    def centred(self, text: str, around: Box, y: float) -> Box:
        """Place a text in the middle of a box, pushed inside the strip."""
        wide = self.measure(text, self.size)
        centre = around.x + around.width / 2
        x = max(self.left, min(centre - wide / 2, self.right - wide))
        return Box(x, y, wide, self.line)

    def shortened(self, text: str) -> str:
        """Return the text, cut with an ellipsis when it is wider than the strip."""
        room = self.right - self.left
        if self.measure(text, self.size) <= room:
            return text
        end = len(text)
        while end > 0 and self.measure(text[:end].rstrip() + ELLIPSIS, self.size) > room:
            end -= 1
        return text[:end].rstrip() + ELLIPSIS if end else ""


def layout(
    chart: BarChart,
    width: float,
    height: float,
    measure: Measure,
    *,
    size: float = TEXT_SIZE,
    line_text: Callable[[Decimal], str] | None = None,
) -> Layout:
    """Place every part; values without room are left out and, if asked, lines put instead."""
    found = _place(chart, height, _Room(0.0, width, measure, size), ())
    if line_text is None or len(found.values) == len(chart.bars):
        return found
    low, high, step = scale([bar.value for bar in chart.bars])
    count = int((high - low) / step)
    lines = tuple((low + step * n, line_text(low + step * n)) for n in range(count + 1))
    widest = max(measure(text, size) for _value, text in lines)
    left = min(widest + 2 * GAP, width / 2)
    return _place(chart, height, _Room(left, width, measure, size), lines)


def _place(
    chart: BarChart, height: float, room: _Room, lines: tuple[tuple[Decimal, str], ...]
) -> Layout:
    low, high, _step = scale([bar.value for bar in chart.bars])
    under = room.line if low < 0 else 0.0
    top = room.line
    bottom = max(top + 1.0, height - room.line - GAP - under)
    unit = (bottom - top) / float(high - low)

    def y_of(value: Decimal | int) -> float:
        return top + float(high - Decimal(value)) * unit

    slots = _slots(len(chart.bars), room.left, room.right, height)
    bars = tuple(
        _bar(slot, y_of(0), y_of(bar.value)) for slot, bar in zip(slots, chart.bars, strict=True)
    )
    return Layout(
        bars=bars,
        slots=slots,
        values=_values(chart.bars, bars, room),
        labels=_labels(chart.bars, slots, room, bottom + GAP + under),
        lines=tuple(y_of(value) for value, _text in lines),
        line_texts=_line_texts([(y_of(value), text) for value, text in lines], room),
        axis=y_of(0),
        left=room.left,
        right=room.right,
        low=low,
        high=high,
    )


def _slots(count: int, left: float, right: float, height: float) -> tuple[Box, ...]:
    pitch = (right - left) / max(count, 1)
    return tuple(Box(left + pitch * n, 0.0, pitch, height) for n in range(count))


def _bar(slot: Box, zero: float, end: float) -> Box:
    """Return a bar in the middle of its slot, from zero to its value."""
    thick = min(slot.width * 2 / 3, MAX_BAR)
    x = slot.x + (slot.width - thick) / 2
    return Box(x, min(zero, end), thick, abs(zero - end))


def _values(bars: Sequence[Bar], boxes: Sequence[Box], room: _Room) -> tuple[Text, ...]:
    """Values over (below zero: under) their bars; the largest first where room is short."""
    placed: dict[int, Text] = {}
    for n in sorted(range(len(bars)), key=lambda n: (-abs(Decimal(bars[n].value)), n)):
        y = boxes[n].bottom if bars[n].value < 0 else boxes[n].y - room.line
        box = room.centred(bars[n].text, boxes[n], y)
        air = Box(box.x - GAP / 2, y, box.width + GAP, box.height)
        taken = [text.box for text in placed.values()]
        others = [other for m, other in enumerate(boxes) if m != n]
        fits = box.width <= room.right - room.left
        if fits and not any(air.overlaps(other) for other in (*taken, *others)):
            placed[n] = Text(n, bars[n].text, box)
    return tuple(placed[n] for n in sorted(placed))


def _labels(bars: Sequence[Bar], slots: Sequence[Box], room: _Room, top: float) -> tuple[Text, ...]:
    """Every label, or every second, third … so that none touches the next."""
    names = [room.shortened(bar.label) for bar in bars]
    texts = [
        Text(n, name, room.centred(name, slot, top))
        for n, (name, slot) in enumerate(zip(names, slots, strict=True))
    ]
    for every in range(1, len(bars) + 1):
        some = texts[::every]
        if all(a.box.right + GAP <= b.box.x for a, b in pairwise(some)):
            return tuple(some)
    return ()


def _line_texts(lines: Sequence[tuple[float, str]], room: _Room) -> tuple[Text, ...]:
    """Scale numbers, flush right before the bars; those too wide or too near are left out."""
    edge = room.left - 2 * GAP
    texts: list[Text] = []
    for n, (y, text) in enumerate(lines):
        wide = room.measure(text, room.size)
        box = Box(edge - wide, y - room.line / 2, wide, room.line)
        if wide <= edge and not any(box.overlaps(other.box) for other in texts):
            texts.append(Text(n, text, box))
    return tuple(texts)
