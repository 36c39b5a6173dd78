"""One column of the board: its cards as a list, painted by one delegate, dragged by key."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from moebelcirkel.ui.kit import paint, theme
from moebelcirkel.ui.kit.chips import Chip
from moebelcirkel.ui.kit.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.thumbnails import Thumbnails

MIME = "application/x-moebelcirkel-card"
PAD = 10
PICTURE = 56
GAP = 11
_TOP = QModelIndex()


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


class ColumnModel(QAbstractListModel):
    """Cards of one column. A dropped card is only announced: the database moves it."""

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[BoardCard] = []

    def set_cards(self, cards: Sequence[BoardCard]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def find(self, key: Hashable) -> int | None:
        """Return the number of the card with a key."""
        return next((n for n, card in enumerate(self.cards) if card.key == key), None)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Qt's count of cards."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's card."""
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == ROW_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return card.spoken_more()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards are dragged; the column as a whole takes them."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Cards are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only our own cards."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Name the dragged card."""
        data = QMimeData()
        if indexes:
            data.setData(MIME, str(self.cards[indexes[0].row()].key).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Announce the card after the drag is over; the list itself is left as it is."""
        if action != Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        name = bytes(data.data(MIME).data()).decode()
        if any(str(card.key) == name for card in self.cards):
            return False
        QTimer.singleShot(0, self, lambda: self.dropped.emit(name))
        return True


class CardDelegate(QStyledItemDelegate):
    """Paints a card: picture, number, task, title, detail; as high as its texts need."""

    def __init__(self, thumbnails: Thumbnails, parent: QListView) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._view = parent

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Width of the column; height of the texts, at least that of the picture."""
        wide = self._view.viewport().width()
        card = index.data(ROW_ROLE)
        high = sum(height for height, _line in self._lines(card, self._room(wide)))
        return QSize(wide, int(max(high, paint.px(PICTURE))) + 2 * paint.px(PAD) + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        card = index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(0, 0, 0, -GAP)
        state = option.state
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        ring = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.card(painter, box, 10, ring=ring, hover=hover, focus=focus)
        pad, side = paint.px(PAD), paint.px(PICTURE)
        photo = QRectF(box.left() + pad, box.top() + pad, side, side)
        image = self._thumbnails.pixmap(card.photo_key)
        paint.picture(painter, photo, image, card.shape, 7)
        left = photo.right() + pad
        top = box.top() + pad
        inner = QRectF(left, top, box.right() - pad - left, box.height() - 2 * pad)
        self._condition(painter, photo, inner, card)
        for height, (kind, words) in self._lines(card, inner.width()):
            self._line(painter, QRectF(left, top, inner.width(), height), kind, words, card)
            top += height
        painter.restore()

    def _room(self, wide: int) -> float:
        return wide - 3 * paint.px(PAD) - paint.px(PICTURE)

    def _lines(self, card: BoardCard, room: float) -> Iterator[tuple[int, tuple[str, str]]]:
        """Each line of a card: its height, what it is, what it says."""
        yield paint.px(20), ("number", card.number)
        if card.chip is not None:
            yield paint.px(25), ("chip", card.chip.text)
        for words in paint.lines(card.title, paint.font("body", 600), room, 3):
            yield paint.px(19), ("title", words)
        for words in paint.lines(card.detail, paint.font("small"), room, 2):
            yield paint.px(18), ("detail", words)

    def _line(self, painter: QPainter, box: QRectF, kind: str, words: str, card: BoardCard) -> None:
        if kind == "chip" and card.chip is not None:
            paint.chip(painter, box.left(), box.top() + 1, card.chip, box.width())
        elif kind == "title":
            paint.text(painter, box, words, paint.font("body", 600))
        else:
            paint.text(painter, box, words, paint.font("small"), "muted")

    def _condition(self, painter: QPainter, photo: QRectF, inner: QRectF, card: BoardCard) -> None:
        """Put the letter at the end of the number's line, or on the picture if that is full."""
        if card.condition is None:
            return
        wide = paint.chip_width(card.condition.text)
        number = paint.width_of(card.number, paint.font("small"))
        if number + wide + paint.px(2) <= inner.width():
            paint.chip(painter, inner.right() - wide, inner.top() - 2, card.condition, wide)
        else:
            low = photo.bottom() - paint.px(22)
            paint.chip(painter, photo.right() - wide, low, card.condition, wide)


class ColumnView(QListView):
    """A column's list; arrows to the side are the board's, the rest is Qt's."""

    sideways = Signal(int, bool)
    opened = Signal(object)

    def __init__(self, model: ColumnModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = model
        self.setModel(model)
        self.setProperty("bare", True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.thumbnails = Thumbnails(self, self._photos_in_view)
        self.thumbnails.arrived.connect(lambda _key: self.viewport().update())
        self.setItemDelegate(CardDelegate(self.thumbnails, self))
        self.verticalScrollBar().valueChanged.connect(self.thumbnails.touch)
        model.modelReset.connect(self.thumbnails.touch)
        self.doubleClicked.connect(self._open)
        theme.watch().changed.connect(self.scheduleDelayedItemsLayout)

    def current_key(self) -> Hashable | None:
        """Key of the card the keyboard is on."""
        index = self.currentIndex()
        return self.cards.cards[index.row()].key if index.isValid() else None

    def select_key(self, key: Hashable) -> bool:
        """Put the keyboard on a card."""
        number = self.cards.find(key)
        if number is None:
            return False
        self.setCurrentIndex(self.cards.index(number, 0))
        return True

    def _photos_in_view(self) -> Iterator[Hashable | None]:
        seen = self.viewport().rect()
        for number, card in enumerate(self.cards.cards):
            if self.visualRect(self.cards.index(number, 0)).intersects(seen):
                yield card.photo_key

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.cards.cards[index.row()].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again, as texts break elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right leave the column, with Ctrl they take the card along; Enter opens."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            take = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.sideways.emit(step, take)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
