"""Sheets of labels (mærkater): a QR code with the number only, the number to read, and what it is.

The sheet is a setting, as label stock differs; a half-used sheet starts at any position.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab.lib.units import mm

from moebelcirkel.documents import fonts
from moebelcirkel.documents.paper import HEIGHT, MUTED, WIDTH, Pen, Style, sheet_of_paper
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, ngettext, number

_AIR = 4.5 * mm
_GAP = 3.0 * mm
_SMALLEST_CODE = 10.0 * mm
_TITLE = Style(size=9.0, font=fonts.SEMIBOLD, leading=10.8)
_DETAIL = Style(size=8.0, colour=MUTED, leading=9.6)
# Sheets cannot be older than this; the number on them says what they are, not when they were made.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """The label stock in the printer: how many, how large, where, and the first free position."""

    columns: int = 3
    rows: int = 8
    width_mm: float = 70.0
    height_mm: float = 37.0
    left_mm: float = 0.0
    top_mm: float = 0.5
    gap_x_mm: float = 0.0
    gap_y_mm: float = 0.0
    start: int = 1

    @property
    def per_page(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def check(self) -> None:
        """Refuse measures that cannot be printed on A4."""
        if self.columns < 1 or self.rows < 1:
            raise Refused(N_("A label sheet needs at least one column and one row."))
        if min(self.left_mm, self.top_mm, self.gap_x_mm, self.gap_y_mm) < 0:
            raise Refused(N_("Margins and gaps of a label sheet cannot be negative."))
        if self.width_mm < 35 or self.height_mm < 18:
            raise Refused(N_("A label must be at least 35 × 18 mm, or the code cannot be read."))
        wide = self.left_mm + self.columns * self.width_mm + (self.columns - 1) * self.gap_x_mm
        high = self.top_mm + self.rows * self.height_mm + (self.rows - 1) * self.gap_y_mm
        if wide * mm > WIDTH + 1 or high * mm > HEIGHT + 1:
            raise Refused(
                N_("The labels do not fit on A4. Choose smaller labels, margins or fewer of them.")
            )
        if not 1 <= self.start <= self.per_page:
            raise Refused(N_("The first label must be between 1 and {count}."), count=self.per_page)

    def corner(self, position: int) -> tuple[float, float]:
        """The upper left corner, in points, of a position counted from 0 row by row."""
        row, column = divmod(position, self.columns)
        return (
            (self.left_mm + column * (self.width_mm + self.gap_x_mm)) * mm,
            (self.top_mm + row * (self.height_mm + self.gap_y_mm)) * mm,
        )


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """One label: the number in its code, the name of the piece, and a line about it."""

    number: str
    title: str
    detail: str = ""


def label_sheet(labels: Sequence[UnitLabel], sheet: LabelSheet) -> bytes:
    """Draw labels on as many sheets as they need."""
    sheet.check()
    if not labels:
        raise Refused(N_("There are no labels to print. Choose at least one piece."))
    subject = ngettext("{count} label", "{count} labels", len(labels)).format(
        count=number(len(labels))
    )
    paper = sheet_of_paper(_("Labels"), subject, _UNDATED)
    for count, label in enumerate(labels):
        position = (sheet.start - 1 + count) % sheet.per_page
        if count and position == 0:
            paper.canvas.showPage()
        _draw(paper.pen, label, sheet, *sheet.corner(position))
    paper.canvas.showPage()
    return paper.finish()


def _draw(pen: Pen, label: UnitLabel, sheet: LabelSheet, left: float, top: float) -> None:
    """Code to the left, texts to the right of it, all inside the label."""
    wide, high = sheet.width_mm * mm, sheet.height_mm * mm
    # Small labels keep less air, as the code must stay readable.
    air = min(_AIR, high / 8)
    side = max(min(high - 2 * air, 24 * mm, wide * 0.4), _SMALLEST_CODE)
    pen.code(left + air, top + (high - side) / 2, side, label.number)
    x = left + air + side + _GAP
    room = left + wide - air - x
    size = fonts.fitting_size(label.number, fonts.BOLD, 14.0, room, least=6.0)
    number = Style(size=size, font=fonts.BOLD, leading=size * 1.25)
    texts: list[tuple[Style, tuple[str, ...]]] = [(number, (number.fit(label.number, room),))]
    free = high - 2 * air - number.leading
    details = _DETAIL.wrap(label.detail, room, most=2 if free > 45 else 1) if label.detail else ()
    lines = int((free - _DETAIL.leading * len(details)) / _TITLE.leading)
    texts.append((_TITLE, _TITLE.wrap(label.title, room, most=max(1, min(lines, 3)))))
    texts.append((_DETAIL, details))
    tall = sum(style.leading * len(shown) for style, shown in texts)
    y = top + (high - tall) / 2
    for style, shown in texts:
        y = pen.lines(x, y, shown, style)
