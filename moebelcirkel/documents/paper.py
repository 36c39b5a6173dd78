"""The sheet of paper: colours, type, the pen that draws on it, and pages with head and foot.

Lengths are points and run down from the top edge. Contents are placed first and drawn after, so
that every page can say "Side 1 af 6"; the same contents give the same bytes.
"""

import contextlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from moebelcirkel.documents import fonts, qr
from moebelcirkel.documents.tables_writing import Known, Texts
from moebelcirkel.language import _, current_language
from moebelcirkel.language import moment as written

TEXT = HexColor(0x1E2421)
MUTED = HexColor(0x5B645F)
LINE = HexColor(0xDEDAD2)
EDGE = HexColor(0x8C8778)
SUNKEN = HexColor(0xF6F5F2)
ACCENT = HexColor(0x1F6B4F)
ACCENT_SOFT = HexColor(0xE3F0EA)
MONEY = HexColor(0x1F4E8C)
WARNING = HexColor(0x8A5A00)
WARNING_SOFT = HexColor(0xFBEFD6)
BLACK = HexColor(0x000000)

WIDTH, HEIGHT = A4
MARGIN = 45.0
BRAND = "Møbelcirklen"
_TAGS = {"da": "da-DK", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks."""

    size: float = 9.75
    font: str = fonts.REGULAR
    colour: Color = TEXT
    leading: float = 13.5

    def width(self, text: str) -> float:
        """The width of a text in this style."""
        return fonts.width(text, self.font, self.size)

    def fit(self, text: str, room: float) -> str:
        """The text, cut with an ellipsis where it is too wide."""
        return fonts.fit(fonts.clean(text), self.font, self.size, room)

    def wrap(self, text: str, room: float, *, most: int = 0) -> tuple[str, ...]:
        """The lines of a text in a column of this width."""
        return fonts.wrap(fonts.clean(text), self.font, self.size, room, most=most)


BODY = Style()
BODY_STRONG = Style(font=fonts.SEMIBOLD)
QUIET = Style(colour=MUTED)
HEAD = Style(font=fonts.SEMIBOLD, colour=MUTED)
SMALL = Style(size=8.5, colour=MUTED, leading=11.5)
TITLE = Style(size=20.25, font=fonts.BOLD, leading=26.0)
SECTION = Style(size=14.0, font=fonts.BOLD, leading=19.0)
PART = Style(size=11.25, font=fonts.BOLD, leading=15.0)


class Pen:
    """A canvas seen from the top left corner, with the few strokes our documents need."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._known: Known = {}

    def texts(self, x: float, y: float) -> Texts:
        """Many texts in one go, from a place seen from the bottom left."""
        return Texts(self.canvas, x, y, self._known)

    def text(self, x: float, base: float, text: str, style: Style = BODY) -> None:
        """Write from x on; ``base`` is the line the letters stand on."""
        self.canvas.setFillColor(style.colour)
        self.canvas.setFont(style.font, style.size)
        self.canvas.drawString(x, HEIGHT - base, fonts.minus(text))

    def text_right(self, right: float, base: float, text: str, style: Style = BODY) -> None:
        """Write so that the text ends at ``right``."""
        self.text(right - style.width(fonts.minus(text)), base, text, style)

    def lines(self, x: float, top: float, lines: tuple[str, ...], style: Style = BODY) -> float:
        """Write lines of a paragraph from its upper edge; returns the lower edge."""
        for number, line in enumerate(lines):
            self.text(x, top + number * style.leading + style.size, line, style)
        return top + len(lines) * style.leading

    def rule(
        self, left: float, right: float, y: float, colour: Color = LINE, thick: float = 0.75
    ) -> None:
        """Draw a level line."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thick)
        self.canvas.line(left, HEIGHT - y, right, HEIGHT - y)

    def stem(self, x: float, top: float, bottom: float, colour: Color = LINE) -> None:
        """Draw an upright line."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(1.0)
        self.canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        fill: Color | None = None,
        edge: Color | None = None,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle, rounded where asked."""
        canvas = self.canvas
        if fill is not None:
            canvas.setFillColor(fill)
        if edge is not None:
            canvas.setStrokeColor(edge)
            canvas.setLineWidth(0.75)
        y = HEIGHT - top - height
        filled, stroked = int(fill is not None), int(edge is not None)
        if radius:
            canvas.roundRect(left, y, width, height, radius, stroke=stroked, fill=filled)
        else:
            canvas.rect(left, y, width, height, stroke=stroked, fill=filled)

    def dot(self, x: float, y: float, radius: float, colour: Color) -> None:
        """Draw a filled circle around a point."""
        self.canvas.setFillColor(colour)
        self.canvas.circle(x, HEIGHT - y, radius, stroke=0, fill=1)

    def code(self, left: float, top: float, side: float, text: str) -> None:
        """Draw a QR code; its quiet zone lies outside the square and must be kept free."""
        count, runs = qr.runs(text)
        module = side / count
        path = self.canvas.beginPath()
        for column, row, length in runs:
            y = HEIGHT - top - (row + 1) * module
            path.rect(left + column * module, y, length * module, module)
        self.canvas.setFillColor(BLACK)
        self.canvas.drawPath(path, stroke=0, fill=1)

    def picture(
        self, data: bytes, left: float, top: float, width: float, height: float, *, radius: float
    ) -> None:
        """Fill a rounded rectangle with a picture, cropped evenly on the sides it is too long."""
        reader = ImageReader(BytesIO(data))
        wide, high = reader.getSize()
        scale = max(width / wide, height / high)
        self.canvas.saveState()
        path = self.canvas.beginPath()
        path.roundRect(left, HEIGHT - top - height, width, height, radius)
        self.canvas.clipPath(path, stroke=0, fill=0)
        self.canvas.drawImage(
            reader,
            left + (width - wide * scale) / 2,
            HEIGHT - top - (height + high * scale) / 2,
            wide * scale,
            high * scale,
        )
        self.canvas.restoreState()

    def bookmark(self, title: str, y: float) -> None:
        """Name this place in the outline that PDF readers show beside the pages."""
        key = f"part-{self.canvas.getPageNumber()}-{round(y)}"
        self.canvas.bookmarkHorizontal(key, 0, HEIGHT - y)
        self.canvas.addOutlineEntry(title, key)


Drawing = Callable[[Pen, float], None]
"""Draws something whose upper edge lies at the given height."""


@dataclass(frozen=True, slots=True)
class HeadAndFoot:
    """What stands on every page of a document, and what its file says about itself."""

    title: str
    subject: str
    moment: datetime
    head_left: str
    head_right: str
    foot: str
    author: str = BRAND


def head_and_foot(
    title: str, subject: str, printed_at: datetime, foot: str | None = None
) -> HeadAndFoot:
    """Of a paper that says what it is, of whom, and when it was printed."""
    printed = _("Printed {moment}").format(moment=written(printed_at))
    return HeadAndFoot(title, subject, printed_at, title, printed, foot or subject)


class Flow:
    """Contents placed one under the other, over as many pages as they need."""

    first_top = 76.0
    next_top = 72.0
    bottom = HEIGHT - 68.0

    def __init__(self) -> None:
        self.pages: list[list[tuple[float, Drawing]]] = [[]]
        self.top = self.first_top

    @property
    def room(self) -> float:
        """What is left of this page."""
        return self.bottom - self.top

    @property
    def fresh(self) -> bool:
        """Tell whether nothing stands on this page yet."""
        return not self.pages[-1]

    def new_page(self) -> None:
        """Go on at the top of the next page, unless this one is still empty."""
        if not self.fresh:
            self.pages.append([])
        self.top = self.next_top

    def need(self, height: float) -> None:
        """Go to the next page where this height has no room, so that it stays together."""
        if height > self.room + 0.01:
            self.new_page()

    def add(self, height: float, draw: Drawing) -> None:
        """Place something of this height."""
        self.need(height)
        self.pages[-1].append((self.top, draw))
        self.top += height

    def gap(self, height: float) -> None:
        """Leave air, but none at the top of a page."""
        if not self.fresh:
            self.top += height

    def paragraph(
        self, text: str, style: Style = BODY, *, room: float = WIDTH - 2 * MARGIN
    ) -> None:
        """Place a paragraph, line by line, so that a long one goes on on the next page."""
        for line in style.wrap(text, room):
            self.add(style.leading, partial(_line, line, style))

    def heading(self, text: str, style: Style = PART, *, keep: float = 60.0) -> None:
        """Place a heading with at least ``keep`` of what follows; sections are outlined."""
        lines = style.wrap(text, WIDTH - 2 * MARGIN)
        height = len(lines) * style.leading
        self.need(height + keep)
        outline = text if style in (SECTION, TITLE) else ""
        self.add(height + 3, partial(_heading, lines, style, outline))

    def render(self, edges: HeadAndFoot) -> bytes:
        """Draw all pages."""
        paper = sheet_of_paper(edges.title, edges.subject, edges.moment)
        paper.canvas.setAuthor(edges.author)
        self.draw_on(paper, edges)
        return paper.finish()

    def draw_on(self, paper: "SheetOfPaper", edges: HeadAndFoot) -> None:
        """Draw all pages onto an open paper, numbered from 1; several flows make one print."""
        for number, page in enumerate(self.pages, start=1):
            _draw_head_and_foot(paper.pen, edges, number, len(self.pages))
            for top, draw in page:
                draw(paper.pen, top)
            paper.canvas.showPage()


def _line(text: str, style: Style, pen: Pen, top: float) -> None:
    pen.text(MARGIN, top + style.size, text, style)


def _heading(lines: tuple[str, ...], style: Style, outline: str, pen: Pen, top: float) -> None:
    if outline:
        pen.bookmark(outline, top - 6)
    pen.lines(MARGIN, top, lines, style)


def _draw_head_and_foot(pen: Pen, edges: HeadAndFoot, number: int, count: int) -> None:
    """Head and foot: whose paper it is, when it was made up, and which page of how many."""
    brand = Style(font=fonts.BOLD)
    right = QUIET.fit(edges.head_right, 240)
    room = WIDTH - 2 * MARGIN - brand.width(BRAND) - QUIET.width(right) - 12
    pen.text(MARGIN, 51.5, BRAND, brand)
    left = QUIET.fit(f" · {edges.head_left}", room)
    pen.text(MARGIN + brand.width(BRAND), 51.5, left, QUIET)
    pen.text_right(WIDTH - MARGIN, 51.5, right, QUIET)
    page = _("Page {number} of {count}").format(number=number, count=count)
    foot = QUIET.fit(edges.foot, WIDTH - 2 * MARGIN - QUIET.width(page) - 12)
    pen.text(MARGIN, HEIGHT - 37, foot, QUIET)
    pen.text_right(WIDTH - MARGIN, HEIGHT - 37, page, QUIET)


@dataclass(frozen=True, slots=True)
class SheetOfPaper:
    """An open PDF: the canvas, the pen on it, and where its bytes go."""

    canvas: Canvas
    pen: Pen
    target: BytesIO

    def finish(self) -> bytes:
        """Close the file and hand out its bytes.

        All papers cut their letters out of the same font files, at one place of reading each.
        """
        with fonts.cutting:
            self.canvas.save()
        return self.target.getvalue()


def sheet_of_paper(title: str, subject: str, moment: datetime) -> SheetOfPaper:
    """Open a PDF in A4 whose bytes depend on nothing but what is drawn and this moment."""
    fonts.register()
    target = BytesIO()
    canvas = Canvas(
        target, pagesize=A4, invariant=True, pageCompression=1, lang=_TAGS[current_language()]
    )
    stamp = _stamp(moment)
    canvas.setDateFormatter(lambda *_parts: stamp)
    canvas.setTitle(title)
    canvas.setSubject(subject)
    canvas.setAuthor(BRAND)
    canvas.setCreator(BRAND)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return SheetOfPaper(canvas, Pen(canvas), target)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")


def shows(data: bytes, text: str) -> bool:
    """Whether a page of a finished PDF shows these plain letters and digits in one line."""
    return any(text.encode() in page for page in _streams(data))


def _streams(data: bytes) -> Iterator[bytes]:
    """What is drawn on the pages, and whatever else was packed in the same way."""
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(packed)


def tells(data: bytes, title: str, moment: datetime) -> bool:
    """Whether a finished PDF says of itself that it is of this moment, with this in its title."""
    # A title with letters beyond Latin 1 stands there in UTF-16, the upper half written out.
    titles = (title, "".join(f"\\000{letter}" for letter in title))
    said = any(text.encode() in data for text in titles)
    return data.startswith(b"%PDF-") and said and _stamp(moment).encode() in data
