"""Cards below each other with a stripe for their state, and where wanted a bar of how far it is.

They can be put in another order by dragging, or with Ctrl and the arrow keys.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import tip

MIME = "application/x-moebelcirkel-row"
_LINE, _PAD, _GAP = 20, 7, 8
_LEFT, _RIGHT = 16, 12


@dataclass(frozen=True, slots=True)
class Striped:
    """One card; ``tone`` colours its stripe, nothing has none.

    ``progress`` is said beside a bar that is filled to ``share``, where there is one.
    """

    key: Hashable
    title: str
    detail: str = ""
    more: str = ""
    progress: str = ""
    share: float | None = None
    tone: str = "edge"
    bar: str = "accent"

    @property
    def spoken(self) -> str:
        """What is heard after the title."""
        return ", ".join(filter(None, (self.detail, self.more, self.progress)))

    @property
    def lines(self) -> int:
        """How many lines the card has."""
        return 1 + bool(self.detail) + bool(self.more) + (self.share is not None)


class StripedDelegate(QStyledItemDelegate):
    """Paints a card: title, what there is to it, and the bar."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines."""
        card: Striped = index.data(ROW_ROLE)
        return QSize(160, paint.px(card.lines * _LINE + 2 * _PAD + _GAP + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Striped = index.data(ROW_ROLE)
        box = QRectF(option.rect).adjusted(1, 1, -1, -paint.px(_GAP))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint.colour("accent" if chosen else "line"), 1.0))
        painter.setBrush(paint.colour("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        if card.tone:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint.colour(card.tone))
            stripe = QRectF(box.left(), box.top() + 1, 4, box.height() - 2)
            painter.drawRoundedRect(stripe, 2, 2)
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            paint.focus_ring(painter, box.adjusted(2, 2, -2, -2), 6)
        self._words(
            painter, box.adjusted(paint.px(_LEFT), paint.px(_PAD), -paint.px(_RIGHT), 0), card
        )
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A card whose lines are cut off is told in full."""
        card: Striped | None = index.data(ROW_ROLE)
        if card is None:
            return False
        told = [card.title, *filter(None, (card.detail, card.more))]
        faces = [paint.font("body", 600), paint.font("small"), paint.font("small")]
        wide = max(paint.width_of(line, face) for line, face in zip(told, faces, strict=False))
        cut = wide > option.rect.width() - 2 - paint.px(_LEFT + _RIGHT)
        QToolTip.showText(event.globalPos(), tip("\n".join(told)) if cut else "", view)
        return True

    def _words(self, painter: QPainter, inner: QRectF, card: Striped) -> None:
        line = paint.px(_LINE)
        place = QRectF(inner.left(), inner.top(), inner.width(), line)
        paint.text(painter, place, card.title, paint.font("body", 600))
        small = paint.font("small")
        for words in filter(None, (card.detail, card.more)):
            place = place.translated(0, line)
            paint.text(painter, place, words, small, "muted")
        if card.share is not None:
            place = place.translated(0, line)
            wide = paint.width_of(card.progress, small)
            paint.text(painter, place, card.progress, small, "muted", Qt.AlignmentFlag.AlignRight)
            room = QRectF(
                place.left(),
                place.center().y() - paint.px(3),
                max(0.0, place.width() - wide - paint.px(10)),
                paint.px(6),
            )
            paint_bar(painter, room, card.share, card.bar)


def paint_bar(painter: QPainter, room: QRectF, share: float, ink: str) -> None:
    """A bar filled to a share of it, at most whole."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour("line"))
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    if share > 0:
        painter.setBrush(paint.colour(ink))
        wide = max(room.height(), room.width() * min(1.0, share))
        filled = QRectF(room.left(), room.top(), wide, room.height())
        painter.drawRoundedRect(filled, room.height() / 2, room.height() / 2)


class _Rows(EntryModel[Striped]):
    """The cards; a dropped one is only announced, the database moves it."""

    dropped = Signal(int, int)

    def __init__(self, parent: QWidget, *, sortable: bool) -> None:
        super().__init__(parent, detail=lambda card: card.spoken)
        self._sortable = sortable

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards are dragged where they can be put in another order; they go between others."""
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self._sortable:
            return found
        return found | (
            Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled
        )

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The row that is dragged, of this list."""
        data = QMimeData()
        if indexes:
            data.setData(MIME, f"{id(self)}:{indexes[0].row()}".encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Announce where the card went after the drag is over."""
        whose, _colon, start = bytes(data.data(MIME).data()).decode().partition(":")
        if whose != str(id(self)):
            return False
        end = len(self.entries) if row < 0 else row
        QTimer.singleShot(0, self, lambda: self.dropped.emit(int(start), end))
        return False  # Qt would take the dragged row out itself


class StripedList(QListView):
    """The cards; moving to one chooses it: ``chosen(key)``, Enter or two clicks ``opened(key)``.

    ``reordered(keys)`` asks for another order.
    """

    chosen = Signal(object)
    opened = Signal(object)
    reordered = Signal(object)

    def __init__(
        self, name: str, *, sortable: bool = False, least: int = 200, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._filling = False
        self.rows = _Rows(self, sortable=sortable)
        self.setModel(self.rows)
        self.setProperty("bare", True)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(StripedDelegate(self))
        if sortable:
            self.setDragDropMode(QListView.DragDropMode.DragDrop)
            self.setDefaultDropAction(Qt.DropAction.MoveAction)
            self.rows.dropped.connect(self._move)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._moved)
        theme.watch().changed.connect(self._resize)
        self._resize()

    def show_entries(self, entries: Sequence[Striped], chosen: Hashable | None) -> bool:
        """Show the cards and mark the chosen one; False when it is no longer there."""
        self._filling = True
        self.rows.set_entries(entries)
        keys = [entry.key for entry in entries]
        row = keys.index(chosen) if chosen in keys else 0
        if entries:
            self.setCurrentIndex(self.rows.index(row, 0))
        self._filling = False
        return chosen in keys or chosen is None

    def current_key(self) -> Hashable | None:
        """The key of the chosen card."""
        index = self.currentIndex()
        return self.rows.entries[index.row()].key if index.isValid() else None

    def step(self, by: int) -> None:
        """Ask to put the chosen card so many places further down."""
        row = self.currentIndex().row()
        if row >= 0 and 0 <= row + by < len(self.rows.entries):
            self._move(row, row + by + (by > 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with the arrows takes the card along; Enter opens it."""
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        by = ways.get(Qt.Key(event.key()))
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if by is not None and ctrl and self.dragEnabled():
            self.step(by)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _move(self, start: int, end: int) -> None:
        """Ask for the order in which the card stands before the one that is at ``end`` now."""
        keys: list[Hashable | None] = [entry.key for entry in self.rows.entries]
        before = list(keys)
        keys.insert(end, keys[start])
        keys.pop(start if end > start else start + 1)
        if keys != before:
            self.reordered.emit(keys)

    def _resize(self) -> None:
        """Two cards and the beginning of the third are always in sight."""
        self.setMinimumHeight(theme.current().px(self._least))
        self.scheduleDelayedItemsLayout()

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.rows.entries[index.row()].key)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling and current.isValid():
            self.chosen.emit(self.rows.entries[current.row()].key)
