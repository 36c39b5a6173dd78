"""The left card of intake: who hands in, with a line to search, and today's batches below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.find_line import FindLine
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.page_layout import CardFrame, rule
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import Label

LINE = 60


@dataclass(frozen=True, slots=True)
class GiverEntry:
    """Two lines of text; ``key`` is what it stands for, ``words`` is what finds it."""

    key: int | None
    title: str
    detail: str = ""
    words: str = ""

    def fits(self, typed: str) -> bool:
        """Tell whether all words typed are in it."""
        text = fold(f"{self.title} {self.words}")
        return all(word in text for word in fold(typed).split())


class FoundEntries(EntryModel[GiverEntry]):
    """Entries that fit what is typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[GiverEntry] = []
        self._typed = ""

    def set_entries(self, entries: Sequence[GiverEntry]) -> None:
        self._all = list(entries)
        self.narrow(self._typed)

    def narrow(self, typed: str) -> None:
        """Show those that fit."""
        self._typed = typed
        super().set_entries([entry for entry in self._all if entry.fits(typed)])

    def keys(self) -> list[int | None]:
        """What could be found, also what does not fit now."""
        return [entry.key for entry in self._all]

    def row_of(self, key: int | None) -> int | None:
        """Number of the entry with a key."""
        return next((n for n, entry in enumerate(self.entries) if entry.key == key), None)


class EntryDelegate(QStyledItemDelegate):
    """Paints a title over a small line; the chosen one has a bar at its left edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(120, paint.px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: GiverEntry = index.data(ROW_ROLE)
        box = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, paint.colour("accent_soft"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), paint.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, paint.colour("sunken"))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, paint.colour("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and chosen:
            painter.setPen(paint.colour("accent"))
            painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))
        inner = box.adjusted(paint.px(16), paint.px(9), -paint.px(12), -paint.px(9))
        half = inner.height() / 2
        title = QRectF(inner.left(), inner.top(), inner.width(), half)
        detail = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        faces = (paint.font(size, 600) for size in ("body", "small"))
        face = paint.fitting(entry.title, title.width(), *faces)
        # What alike types differ by stands at the end.
        paint.text(painter, title, entry.title, face, cut=Qt.TextElideMode.ElideMiddle)
        paint.text(painter, detail, entry.detail, paint.font("small"), "muted")
        painter.restore()


class EntryList(QListView):
    """A list of entries; Enter, Space or a click chooses."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FoundEntries(self)
        self.setModel(self.rows)
        self.setProperty("bare", True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(EntryDelegate(self))
        self.clicked.connect(self._choose)
        theme.watch().changed.connect(self.scheduleDelayedItemsLayout)

    def marked(self) -> int | None:
        """Key of the entry that is shown as chosen."""
        index = next(iter(self.selectedIndexes()), None)
        return None if index is None else self.rows.entries[index.row()].key

    def mark(self, key: int | None, *, any_key: bool = True) -> None:
        """Show an entry as chosen."""
        row = self.rows.row_of(key) if any_key else None
        if row is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self.rows.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in keys and plain and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.entries[index.row()].key)


class GiversCard(CardFrame):
    """Givers over today's batches; `giver_chosen(id or None)` and `batch_chosen(id)`."""

    giver_chosen = Signal(object)
    batch_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Received from"), parent, padded=False)
        self.count = ChipLabel(("0", "neutral"))
        self.finder = FindLine(_("Find a giver"))
        self.givers = EntryList(_("Givers"))
        self.none = EmptyState(
            _("No giver fits"),
            _("Write fewer letters. New institutions are made by the administrator."),
            _("Unknown giver"),
            icon="search",
        )
        self.none.hide()
        self.batches = EntryList(_("Today's batches"))
        self.today = Label(_("Today"), tone="heading")
        self.nothing = Label(_("Nothing has been registered today."), tone="small", wrap=True)
        self._lay_out()
        self._giver: int | None = None
        self._chosen = False
        self.finder.textChanged.connect(self._narrow)
        self.finder.installEventFilter(self)
        self.givers.chosen.connect(self._take)
        self.none.pressed.connect(lambda: self._take(None))
        self.batches.chosen.connect(self.batch_chosen)
        self.batches.rows.modelReset.connect(self._batches_shown)

    def _lay_out(self) -> None:
        self.head.setContentsMargins(16, 14, 16, 10)
        self.head.setStretch(0, 0)
        self.beside_title(self.count)
        self.head.addStretch(1)
        find = QVBoxLayout()
        find.setContentsMargins(16, 0, 16, 12)
        find.addWidget(self.finder)
        today = QVBoxLayout()
        today.setContentsMargins(16, 14, 16, 10)
        today.setSpacing(4)
        today.addWidget(self.today)
        today.addWidget(self.nothing)
        self.body.setSpacing(0)
        self.body.addLayout(find)
        self.body.addWidget(rule())
        self.body.addWidget(self.givers, 3)
        self.body.addWidget(self.none, 3)
        self.body.addWidget(rule())
        self.body.addLayout(today)
        self.body.addWidget(self.batches, 2)

    def show_givers(self, entries: Sequence[GiverEntry]) -> None:
        """Show givers and keep the chosen one."""
        self.givers.rows.set_entries(entries)
        self.count.show_chip((str(sum(1 for entry in entries if entry.key is not None)), "neutral"))
        self.givers.mark(self._giver, any_key=self._chosen)

    def none_known(self) -> bool:
        """Whether only the unknown giver could be chosen, as before the first institution."""
        return self.givers.rows.keys() == [None]

    def show_batches(self, entries: Sequence[GiverEntry]) -> None:
        """Show today's batches and keep the marked one."""
        marked = self.batches.marked()
        self.batches.rows.set_entries(entries)
        self.batches.mark(marked, any_key=marked is not None)

    def mark(self, giver: int | None, *, chosen: bool) -> None:
        """Show who is chosen, without telling."""
        self._giver, self._chosen = giver, chosen
        self.givers.mark(giver, any_key=chosen)

    def _batches_shown(self) -> None:
        empty = not self.batches.rows.rowCount()
        self.nothing.setVisible(empty)
        self.batches.setVisible(not empty)

    def _narrow(self, typed: str) -> None:
        self.givers.rows.narrow(typed)
        nothing = bool(typed) and not self.givers.rows.entries
        self.none.setVisible(nothing)
        self.givers.setVisible(not nothing)
        self.givers.mark(self._giver, any_key=self._chosen)
        if typed and not self.givers.currentIndex().isValid():
            self.givers.setCurrentIndex(self.givers.rows.index(0, 0))

    def _take(self, key: int | None) -> None:
        self._giver, self._chosen = key, True
        self.finder.clear()
        self.givers.mark(key)
        self.giver_chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the search line move in the list, Enter takes what is marked."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            row = self.givers.currentIndex().row() + step
            index = self.givers.rows.index(max(0, row), 0)
            if index.isValid():
                self.givers.setCurrentIndex(index)
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            index = self.givers.currentIndex()
            if not index.isValid() and self.givers.rows.rowCount() == 1:
                index = self.givers.rows.index(0, 0)
            if index.isValid():
                self._take(self.givers.rows.entries[index.row()].key)
            return True
        return False
