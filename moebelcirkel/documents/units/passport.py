"""Møbelpas: what one piece is, what has happened to it, and how its figures come about."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Literal

from PIL import Image, UnidentifiedImageError

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import (
    ACCENT,
    ACCENT_SOFT,
    BODY,
    BODY_STRONG,
    LINE,
    MARGIN,
    MUTED,
    PART,
    QUIET,
    SMALL,
    SUNKEN,
    TITLE,
    WARNING,
    WARNING_SOFT,
    WIDTH,
    Flow,
    Pen,
    Style,
    head_and_foot,
)
from moebelcirkel.language import _

Tone = Literal["accent", "warning", "quiet"]
_TONES = {
    "accent": (ACCENT_SOFT, ACCENT),
    "warning": (WARNING_SOFT, WARNING),
    "quiet": (SUNKEN, MUTED),
}
_PHOTO = (250.0, 190.0)
_TOP = 262.0
_THUMB = (58.0, 44.0)
_CODE = 76.0
_GUTTER = 25.0
_HALF = (WIDTH - 2 * MARGIN - _GUTTER) / 2
_ROW = 21.0
_LEAST_ROW = 14.0
_EVENT = 31.0
_LOOP_ROW = 20.0
_CHIP = Style(size=8.75, font=fonts.SEMIBOLD)
_LOOP = Style(font=fonts.SEMIBOLD, colour=ACCENT)
_BROKEN = (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class PassportChip:
    """A short mark beside the name, such as the condition."""

    text: str
    tone: Tone = "quiet"


@dataclass(frozen=True, slots=True)
class PassportFact:
    """A name and its value, both as people read them."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PassportEvent:
    """One event of the history, newest first."""

    title: str
    when: str
    tone: Tone = "accent"


@dataclass(frozen=True, slots=True)
class UnitPass:
    """Everything the paper shows; texts come ready, as the screen shows the same."""

    number: str
    name: str
    subtitle: str
    printed_at: datetime
    chips: tuple[PassportChip, ...] = ()
    photos: tuple[bytes, ...] = ()
    facts: tuple[PassportFact, ...] = ()
    figures: tuple[PassportFact, ...] = ()
    figures_note: str = ""
    history: tuple[PassportEvent, ...] = ()
    loops: tuple[str, ...] = ()


def unit_pass(piece: UnitPass) -> bytes:
    """Draw the paper."""
    flow = Flow()
    flow.add(_TOP, partial(_draw_top, piece, _sound(piece.photos)))
    columns = _columns(piece, flow.room)
    flow.add(flow.room, partial(_draw_columns, piece, columns))
    if not columns.figures and piece.figures:
        flow.new_page()
        flow.add(60 + len(piece.figures) * _ROW, partial(_draw_figures, piece, _ROW))
    if not columns.loops:
        _continue_history(flow, piece, columns.events)
    title = _("Product pass {number}").format(number=piece.number)
    return flow.render(head_and_foot(title, piece.name, piece.printed_at))


def _continue_history(flow: Flow, piece: UnitPass, start: int) -> None:
    """The events and loops that have no room beside the facts."""
    flow.new_page()
    flow.heading(_("History, continued"), PART)
    for event in piece.history[start:]:
        flow.add(_EVENT, partial(_draw_event, event, MARGIN, WIDTH - 2 * MARGIN))
    for loop in piece.loops:
        flow.add(_LOOP_ROW, partial(_draw_loop, loop, MARGIN, WIDTH - 2 * MARGIN))


def _sound(photos: tuple[bytes, ...]) -> list[bytes]:
    """The pictures that can be drawn, at most four."""
    found = []
    for data in photos:
        try:
            with Image.open(BytesIO(data)) as image:
                image.load()
        except _BROKEN:
            continue
        found.append(data)
    return found[:4]


def _draw_top(piece: UnitPass, photos: list[bytes], pen: Pen, top: float) -> None:
    """Pictures to the left; name, marks and code to the right."""
    wide, high = _PHOTO
    whole = high + 8 + _THUMB[1]
    if len(photos) < 2:
        high = whole
    if photos:
        pen.picture(photos[0], MARGIN, top, wide, high, radius=6)
    else:
        pen.box(MARGIN, top, wide, high, fill=SUNKEN, radius=6)
        text = _("No picture")
        pen.text(MARGIN + (wide - QUIET.width(text)) / 2, top + high / 2, text, QUIET)
    for number, photo in enumerate(photos[1:]):
        left = MARGIN + number * (_THUMB[0] + 8)
        pen.picture(photo, left, top + high + 8, *_THUMB, radius=4)
    x = MARGIN + wide + 20
    room = WIDTH - MARGIN - x
    y = pen.lines(x, top - 4, TITLE.wrap(piece.name, room, most=3), TITLE)
    y = pen.lines(x, y + 4, QUIET.wrap(piece.subtitle, room, most=2), QUIET)
    _draw_chips(piece.chips, pen, x, y + 8)
    pen.code(x, top + whole - _CODE, _CODE, piece.number)
    size = fonts.fitting_size(piece.number, fonts.BOLD, 14, room - _CODE - 14, least=7)
    style = Style(size=size, font=fonts.BOLD)
    pen.text(x + _CODE + 14, top + whole - _CODE / 2 + size * 0.34, piece.number, style)


def _draw_chips(chips: tuple[PassportChip, ...], pen: Pen, left: float, top: float) -> None:
    x = left
    for chip in chips:
        text = _CHIP.fit(chip.text, WIDTH - MARGIN - left - 16)
        wide = _CHIP.width(text) + 16
        if x > left and x + wide > WIDTH - MARGIN:
            x, top = left, top + 22
        ground, ink = _TONES[chip.tone]
        pen.box(x, top, wide, 17, fill=ground, radius=8)
        pen.text(x + 8, top + 11.8, text, Style(_CHIP.size, _CHIP.font, ink))
        x += wide + 6


def _note_lines(piece: UnitPass) -> tuple[str, ...]:
    return SMALL.wrap(piece.figures_note, _HALF) if piece.figures_note else ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands side by side on the first page, and how high the rows are."""

    row: float
    figures: bool
    events: int
    loops: bool


def _columns(piece: UnitPass, room: float) -> _Columns:
    """Rows as high as the page allows; figures that do not fit get a page of their own."""
    fixed = 24.0 + 38.0 + len(_note_lines(piece)) * SMALL.leading + 8
    rows = len(piece.facts) + len(piece.figures)
    row = min(_ROW, (room - fixed) / max(rows, 1))
    figures = bool(piece.figures) and row >= _LEAST_ROW
    if not figures:
        row = min(_ROW, (room - 24) / max(len(piece.facts), 1))
    free = room - 24
    loops = len(piece.history) * _EVENT + len(piece.loops) * _LOOP_ROW <= free
    return _Columns(row, figures, min(len(piece.history), int(free / _EVENT)), loops)


def _draw_columns(piece: UnitPass, columns: _Columns, pen: Pen, top: float) -> None:
    """Facts and figures to the left, the history to the right."""
    y = _draw_facts(_("Facts"), piece.facts, columns.row, pen, top)
    if columns.figures:
        _draw_figures(piece, columns.row, pen, y + 14)
    x = MARGIN + _HALF + _GUTTER
    pen.text(x, top + PART.size, _("History"), PART)
    y = top + 24
    events = piece.history[: columns.events]
    if len(events) > 1:
        pen.stem(x + 4, y + 6, y + (len(events) - 1) * _EVENT + 6)
    for event in events:
        _draw_event(event, x, _HALF, pen, y)
        y += _EVENT
    if columns.loops:
        for loop in piece.loops:
            _draw_loop(loop, x, _HALF, pen, y)
            y += _LOOP_ROW


def _draw_figures(piece: UnitPass, row: float, pen: Pen, top: float) -> None:
    y = _draw_facts(_("How the figures are calculated"), piece.figures, row, pen, top)
    pen.lines(MARGIN, y + 6, _note_lines(piece), SMALL)


def _draw_facts(
    title: str, facts: tuple[PassportFact, ...], row: float, pen: Pen, top: float
) -> float:
    pen.text(MARGIN, top + PART.size, title, PART)
    y = top + 24
    right = MARGIN + _HALF
    for fact in facts:
        style = BODY_STRONG if fact.strong else BODY
        label = BODY.fit(fact.label, _HALF * 0.62)
        value = style.fit(fact.value, _HALF - BODY.width(label) - 10)
        pen.text(MARGIN, y + row / 2 + 3.3, label, style if fact.strong else QUIET)
        pen.text_right(right, y + row / 2 + 3.3, value, style)
        y += row
        pen.rule(MARGIN, right, y, LINE)
    return y


def _draw_event(event: PassportEvent, left: float, room: float, pen: Pen, top: float) -> None:
    pen.dot(left + 4, top + 6, 4, _TONES[event.tone][1])
    pen.text(left + 18, top + 9.5, BODY_STRONG.fit(event.title, room - 18), BODY_STRONG)
    pen.text(left + 18, top + 21, SMALL.fit(event.when, room - 18), SMALL)


def _draw_loop(text: str, left: float, room: float, pen: Pen, top: float) -> None:
    pen.text(left, top + 12, _LOOP.fit(text, room), _LOOP)
