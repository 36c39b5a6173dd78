"""Køreseddel: what the driver brings and fetches where, in type that is read in a van."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import (
    ACCENT,
    EDGE,
    MARGIN,
    MUTED,
    TITLE,
    WARNING,
    WIDTH,
    Flow,
    Pen,
    Style,
    head_and_foot,
)
from moebelcirkel.language import _, long_day, ngettext

_CODE = 74.0
_CODE_GAP = 10.0
_NAME = Style(size=16.0, font=fonts.BOLD, leading=21.0)
_LARGE = Style(size=13.0, leading=17.5)
_STRONG = Style(size=13.0, font=fonts.SEMIBOLD, leading=17.5)
_BRINGS = Style(size=13.0, font=fonts.BOLD, leading=17.5, colour=ACCENT)
_FETCHES = Style(size=13.0, font=fonts.BOLD, leading=17.5, colour=WARNING)
_NUMBER = Style(size=9.0, colour=MUTED, leading=12.0)
_QUIET = Style(size=12.0, colour=MUTED, leading=16.0)
_TICK = 12.0
_INDENT = 20.0
#: So many lines of a stop's head stay together; more of them go on over the page.
_MOST_WHOLE = 20


@dataclass(frozen=True, slots=True)
class SheetLine:
    """So many alike pieces."""

    count: int
    name: str


@dataclass(frozen=True, slots=True)
class SheetStop:
    """A stop: whose it is, what is brought and fetched there, and how one gets in.

    ``code`` is what the driver scans there, ``papers`` are the numbers of notes, complaints and
    pickups. ``said`` is what is to be known of the pieces that are brought, and ``of_fetched`` of
    those that are fetched.
    """

    name: str
    address: str
    lines: tuple[SheetLine, ...]
    fetched: tuple[SheetLine, ...]
    code: str
    papers: str
    contact: str
    access: tuple[str, ...]
    said: tuple[str, ...] = ()
    of_fetched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A run as its driver gets it; ``notes`` is what is to be known of all of it."""

    number: str
    day: date
    vehicle: str
    driver: str
    notes: str
    stops: tuple[SheetStop, ...]
    printed_at: datetime


def run_sheet(sheet: RunSheet) -> bytes:
    """Draw it."""
    flow = Flow()
    flow.heading(_("Driver's sheet"), TITLE)
    who = (long_day(sheet.day), sheet.vehicle, sheet.driver)
    flow.paragraph(" · ".join(filter(None, who)), _LARGE)
    if sheet.notes:
        flow.paragraph(sheet.notes, _QUIET)
    flow.gap(10)
    if not sheet.stops:
        flow.paragraph(_("Nothing is on this run"), _LARGE)
    for place, stop in enumerate(sheet.stops, start=1):
        _stop(flow, place, stop)
    title = _("Driver's sheet {number}").format(number=sheet.number)
    return flow.render(
        head_and_foot(
            title, sheet.vehicle, sheet.printed_at, f"{sheet.number} · {long_day(sheet.day)}"
        )
    )


def _stop(flow: Flow, place: int, stop: SheetStop) -> None:
    """A stop's head stays whole; a long list of pieces goes on over the page."""
    room = WIDTH - 2 * MARGIN - _CODE - _CODE_GAP - 8
    name = _NAME.wrap(f"{place}. {stop.name}", room)
    where = tuple(
        line
        for text in (stop.address, *stop.access, stop.contact, stop.papers)
        if text
        for line in _QUIET.wrap(text, room)
    )
    whole, rest = where[:_MOST_WHOLE], where[_MOST_WHOLE:]
    tall = max(len(name) * _NAME.leading + len(whole) * _QUIET.leading, _CODE + _NUMBER.leading)
    flow.need(tall + 3 * _LARGE.leading + 24)
    flow.add(8, _rule)
    flow.add(tall + 6 * (not rest), partial(_head, name, whole, stop.code))
    for line in rest:
        flow.paragraph(line, _QUIET)
    if stop.lines or not stop.fetched:
        _pieces(flow, _("Bring: {pieces}"), _BRINGS, stop.lines, stop.said)
    if stop.fetched:
        _pieces(flow, _("Fetch: {pieces}"), _FETCHES, stop.fetched, stop.of_fetched)
    shown = _QUIET.wrap(_("Used packaging taken along"), WIDTH - 2 * MARGIN - _INDENT)
    flow.add(len(shown) * _LARGE.leading + 2, partial(_piece, shown, _QUIET))
    flow.gap(12)


def _pieces(
    flow: Flow, words: str, style: Style, lines: tuple[SheetLine, ...], said: tuple[str, ...]
) -> None:
    """How many come in or out, each kind of them with a box to tick, and what is said of them."""
    count = sum(line.count for line in lines)
    many = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
    flow.paragraph(words.format(pieces=many.format(count=count)), style)
    for line in lines:
        shown = _LARGE.wrap(
            _("{count} × {name}").format(count=line.count, name=line.name),
            WIDTH - 2 * MARGIN - _INDENT,
        )
        flow.add(len(shown) * _LARGE.leading + 2, partial(_piece, shown, _LARGE))
    for text in said:
        shown = _STRONG.wrap(text, WIDTH - 2 * MARGIN - _INDENT)
        flow.add(len(shown) * _LARGE.leading + 2, partial(_said, shown))


def _rule(pen: Pen, top: float) -> None:
    pen.rule(MARGIN, WIDTH - MARGIN, top + 2, EDGE)


def _head(name: tuple[str, ...], where: tuple[str, ...], code: str, pen: Pen, top: float) -> None:
    y = pen.lines(MARGIN, top, name, _NAME)
    pen.lines(MARGIN, y, where, _QUIET)
    left = WIDTH - MARGIN - _CODE
    pen.code(left, top, _CODE, code)
    pen.text(left + (_CODE - _NUMBER.width(code)) / 2, top + _CODE + 10, code, _NUMBER)


def _said(lines: tuple[str, ...], pen: Pen, top: float) -> None:
    """Something about the pieces above, in line with their names."""
    pen.lines(MARGIN + _INDENT, top, lines, _STRONG)


def _piece(lines: tuple[str, ...], style: Style, pen: Pen, top: float) -> None:
    """A box to tick, and what it is."""
    pen.box(MARGIN, top + 3, _TICK, _TICK, edge=EDGE, radius=2)
    pen.lines(MARGIN + _INDENT, top, lines, style)
