"""One column of the board: its cards as a list, dragged by key."""

from collections.abc import Hashable, Iterator, Sequence

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.board_card import BoardCard, BoardCardDelegate
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import Index
from moebelcirkel.ui.kit.pictures.thumbnails import Thumbnails

MIME = "application/x-moebelcirkel-card"
_TOP = QModelIndex()


class ColumnModel(EntryModel[BoardCard]):
    """Cards of one column. A dropped card is only announced: the database moves it."""

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, detail=BoardCard.spoken_more, spoken=BoardCard.spoken)

    def find(self, key: Hashable) -> int | None:
        """Return the number of the card with a key."""
        return next((n for n, card in enumerate(self.entries) if card.key == key), None)

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
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(MIME, str(self.entries[indexes[0].row()].key).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Announce the card after the drag is over; the list itself is left as it is."""
        if action != Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        name = bytes(data.data(MIME).data()).decode()
        if any(str(card.key) == name for card in self.entries):
            return False
        QTimer.singleShot(0, self, lambda: self.dropped.emit(name))
        return True


class ColumnView(QListView):
    """A column's list; arrows to the side are the board's, the rest is Qt's."""

    sideways = Signal(int, bool)
    opened = Signal(object)
    aimed = Signal(bool)
    """A card of another column is over this one, or no longer."""

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
        self.setItemDelegate(BoardCardDelegate(self.thumbnails, self))
        self.verticalScrollBar().valueChanged.connect(self.thumbnails.touch)
        model.modelReset.connect(self.thumbnails.touch)
        self.doubleClicked.connect(self._open)
        theme.watch().changed.connect(self.scheduleDelayedItemsLayout)

    def current_key(self) -> Hashable | None:
        """Key of the card the keyboard is on."""
        index = self.currentIndex()
        return self.cards.entries[index.row()].key if index.isValid() else None

    def select_key(self, key: Hashable, *, mark: bool = True) -> bool:
        """Put the keyboard on a card, and choose it unless it was only passed by."""
        number = self.cards.find(key)
        if number is None:
            return False
        flags = QItemSelectionModel.SelectionFlag
        how = flags.ClearAndSelect if mark else flags.NoUpdate
        self.selectionModel().setCurrentIndex(self.cards.index(number, 0), how)
        return True

    def _photos_in_view(self) -> Iterator[Hashable | None]:
        seen = self.viewport().rect()
        for number, card in enumerate(self.cards.entries):
            if self.visualRect(self.cards.index(number, 0)).intersects(seen):
                yield card.photo_key

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(self.cards.entries[index.row()].key)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where the card would go."""
        super().dragEnterEvent(event)
        self.aimed.emit(event.mimeData().hasFormat(MIME) and event.source() is not self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The card went elsewhere."""
        super().dragLeaveEvent(event)
        self.aimed.emit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """The card was let go."""
        super().dropEvent(event)
        self.aimed.emit(False)

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
