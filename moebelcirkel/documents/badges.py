"""A badge on paper: a card to be cut out, with the QR code that tells who takes over."""

from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab.lib.units import mm

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import BODY, EDGE, MARGIN, MUTED, SMALL, Style, sheet_of_paper
from moebelcirkel.language import _

#: A card as all cards are.
_WIDE, _HIGH = 85.6 * mm, 54.0 * mm
_AIR = 6.0 * mm
_CODE = 34.0 * mm
_HOUSE = Style(size=8.5, colour=MUTED, leading=11.0)
# When a badge was made is in the program; on paper it would only tell which ones are old.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Badge:
    """What stands on it: the code, whose it is, and the houses it is used in."""

    code: str
    name: str
    municipality: str
    warehouse: str
    with_pin: bool


def badge_sheet(badge: Badge) -> bytes:
    """One card on a sheet of paper, with what to know about it below."""
    paper = sheet_of_paper(_("Badge"), badge.name, _UNDATED)
    pen, top = paper.pen, MARGIN
    pen.box(MARGIN, top, _WIDE, _HIGH, edge=EDGE, radius=3 * mm)
    pen.code(MARGIN + _AIR, top + (_HIGH - _CODE) / 2, _CODE, badge.code)
    left = MARGIN + _AIR + _CODE + 4 * mm
    room = MARGIN + _WIDE - _AIR - left
    size = fonts.fitting_size(badge.name, fonts.BOLD, 13.0, room, least=9.0)
    name = Style(size=size, font=fonts.BOLD, leading=size * 1.25)
    y = pen.lines(left, top + 12 * mm, name.wrap(badge.name, room, most=3), name)
    for house in (badge.warehouse, badge.municipality):
        y = pen.lines(left, y + 2, _HOUSE.wrap(house, room, most=2) if house else (), _HOUSE)
    told = [
        _("Cut the card out and keep it as you keep a key: whoever has it can log in as you."),
        _("Scan it on any page of the program to take over at a shared PC."),
        _("The PIN is asked for each time.") if badge.with_pin else "",
        _("If it is lost, say so at once: the administrator takes it back."),
    ]
    y = top + _HIGH + 8 * mm
    for text in filter(None, told):
        y = pen.lines(MARGIN, y, BODY.wrap(text, 400.0), BODY) + 3
    pen.lines(
        MARGIN, y + 4, SMALL.wrap(_("This paper is printed once and kept nowhere."), 400.0), SMALL
    )
    paper.canvas.showPage()
    return paper.finish()
