"""One card of the board: what it shows, where each text goes, and how it is painted.

Nothing on it may be cut: in a narrow column the pill and the detail go below the picture, over
the whole width of the card.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.pictures.thumbnails import Thumbnails

PAD = 10
GAP = 11
PICTURE = 56
#: Where texts have less room than this beside the picture, it is the small one.
ROOMY = 110
SMALL_PICTURE = 40
_HEIGHTS = {"number": 20, "title": 19, "detail": 18}
_CHIP_GAP = 3


@dataclass(frozen=True, slots=True)
class BoardCard:
    """What one card on the board shows; `chip` names the task, `condition` is a letter."""

    key: Hashable
    number: str
    title: str
    detail: str
    chip: Chip | None = None
    condition: Chip | None = None
    photo_key: Hashable | None = None
    shape: str = "box"

    def spoken(self) -> str:
        """Name of the card for those who hear it."""
        return f"{self.title}, {self.number}"

    def spoken_more(self) -> str:
        """What else there is to hear."""
        parts = (
            self.chip.text if self.chip else "",
            self.condition.text if self.condition else "",
            self.detail,
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CardPart:
    """A line of text or the pill of a card, in a box from the card's inner corner."""

    kind: str
    words: str
    box: QRectF


class CardLayout:
    """Where everything of a card goes within a width; from the inner corner of the card."""

    def __init__(self, card: BoardCard, wide: float) -> None:
        self._wide = wide
        self._gap = paint.px(PAD)
        roomy = wide - self._gap - paint.px(PICTURE) >= paint.px(ROOMY)
        self.side = paint.px(PICTURE if roomy else SMALL_PICTURE)
        self.parts: list[CardPart] = []
        self._top = 0.0
        self._lay_out(card)
        self.height = max(self._top, float(self.side))

    @property
    def beside(self) -> QRectF:
        """The room beside the picture; without a foot."""
        left = self.side + self._gap
        return QRectF(left, 0, self._wide - left, self.side)

    def _lay_out(self, card: BoardCard) -> None:
        self._text("number", [card.number])
        words = card.chip.text if card.chip else ""
        fits = paint.chip_width(words) <= self.beside.width()
        if words and fits:
            self._chip(words)
        self._texts("title", card.title, paint.font("body", 600), most=4)
        if words and not fits:
            self._below()
            self._chip(words)
        if paint.width_of(card.detail, paint.font("small")) > self.beside.width():
            self._below()
        self._texts("detail", card.detail, paint.font("small"), most=3)

    def _left(self) -> float:
        """Texts stand beside the picture, and from its foot on below it."""
        return 0.0 if self._top >= self.side else self.beside.left()

    def _below(self) -> None:
        """Go on below the picture."""
        self._top = max(self._top, self.side + paint.px(4))

    def _chip(self, words: str) -> None:
        room = self._wide - self._left()
        high = paint.tall_chip_height(words, room)
        self.parts.append(CardPart("chip", words, QRectF(self._left(), self._top + 1, room, high)))
        self._top += high + paint.px(_CHIP_GAP)

    def _texts(self, kind: str, words: str, face: QFont, most: int) -> None:
        if not words:
            return
        longest = max(paint.width_of(word, face) for word in words.replace("-", "- ").split())
        if longest > self._wide - self._left():
            self._below()
        left = self._left()
        self._text(kind, paint.lines(words, face, self._wide - left, most), left)

    def _text(self, kind: str, lines: Iterable[str], left: float | None = None) -> None:
        """Put lines below each other; those of one text keep their left side."""
        start = self._left() if left is None else left
        high = paint.px(_HEIGHTS[kind])
        for words in lines:
            box = QRectF(start, self._top, self._wide - start, high)
            self.parts.append(CardPart(kind, words, box))
            self._top += high


class BoardCardDelegate(QStyledItemDelegate):
    """Paints a card: picture, number, task, title, detail; as high as its texts need."""

    def __init__(self, thumbnails: Thumbnails, parent: QListView) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._view = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Width of the column; height of the texts, at least that of the picture."""
        wide, pad = self._view.viewport().width(), paint.px(PAD)
        layout = CardLayout(index.data(ROW_ROLE), wide - 2 * pad)
        return QSize(wide, round(layout.height) + 2 * pad + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(0, 0, 0, -GAP)
        state = option.state
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        ring = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.card(painter, box, 10, ring=ring, hover=hover, focus=focus)
        pad = paint.px(PAD)
        inner = box.adjusted(pad, pad, -pad, -pad)
        layout = CardLayout(card, inner.width())
        photo = QRectF(inner.left(), inner.top(), layout.side, layout.side)
        image = self._thumbnails.pixmap(card.photo_key)
        paint.picture(painter, photo, image, card.shape, 7)
        self._condition(painter, photo, layout.beside.translated(inner.topLeft()), card)
        for part in layout.parts:
            self._part(painter, part.box.translated(inner.topLeft()), part, card)
        painter.restore()

    def _part(self, painter: QPainter, box: QRectF, part: CardPart, card: BoardCard) -> None:
        if part.kind == "chip" and card.chip is not None:
            paint.tall_chip(painter, box.left(), box.top(), card.chip, box.width())
        elif part.kind == "title":
            paint.text(painter, box, part.words, paint.font("body", 600))
        else:
            paint.text(painter, box, part.words, paint.font("small"), "muted")

    def _condition(self, painter: QPainter, photo: QRectF, beside: QRectF, card: BoardCard) -> None:
        """Put the letter at the end of the number's line, or on the picture if that is full."""
        if card.condition is None:
            return
        wide = paint.chip_width(card.condition.text)
        number = paint.width_of(card.number, paint.font("small"))
        if number + wide + paint.px(2) <= beside.width():
            paint.chip(painter, beside.right() - wide, beside.top() - 2, card.condition, wide)
        else:
            low = photo.bottom() - paint.px(22)
            paint.chip(painter, photo.right() - wide, low, card.condition, wide)
