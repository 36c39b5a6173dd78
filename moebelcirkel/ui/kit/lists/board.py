"""A board of columns whose cards are dragged, or moved with Ctrl and the arrow keys.

The board only asks for a move; the card changes column when the page shows the new state.
"""

from collections.abc import Hashable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.language import ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.board_card import BoardCard
from moebelcirkel.ui.kit.lists.board_column import ColumnModel, ColumnView
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.kit.pictures.thumbnails import AskPhotos
from moebelcirkel.ui.kit.plain import Label

LEAST_COLUMN = 188


class _Column(QFrame):
    """A sunken column with title, count and list."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "sunken")
        self.title = title
        self.model = ColumnModel(self)
        self.view = ColumnView(self.model, self)
        self.view.aimed.connect(self._light)
        name = Label(title, tone="strong", wrap=True)
        name.setBuddy(self.view)
        self.count = Label(tone="label")
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 2, 0)
        head.addWidget(name, 1)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 11, 12, 4)
        layout.setSpacing(9)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    def show_cards(self, cards: Sequence[BoardCard], count: int) -> None:
        """Show other cards and keep the keyboard where it was; there may be more than shown."""
        key, at = self.view.current_key(), self.view.verticalScrollBar().value()
        marked = self.view.selectionModel().hasSelection()
        self.model.set_entries(cards)
        if key is not None:
            self.view.select_key(key, mark=marked)
            self.view.verticalScrollBar().setValue(at)
        self.count.setText(number(count))
        many = ngettext("{count} card", "{count} cards", count).format(count=number(count))
        self.view.setAccessibleName(f"{self.title}, {many}")

    def _light(self, on: bool) -> None:  # noqa: FBT001 - the signal's
        theme.mark(self, "card", "target" if on else "sunken")


class BoardWidget(QWidget):
    """Columns side by side; connect `move_requested(key, column)` and `opened(key)`."""

    move_requested = Signal(object, str)
    opened = Signal(object)

    def __init__(self, columns: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Columns are (key, title), from left to right."""
        super().__init__(parent)
        self.keys = [key for key, _title in columns]
        self._columns = [_Column(title, self) for _key, title in columns]
        self._follow: Hashable | None = None
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        self._area = scrolled(row)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        theme.watch().changed.connect(self._widen)
        for place, column in enumerate(self._columns):
            layout.addWidget(column, 1)
            column.view.opened.connect(self.opened)
            column.view.sideways.connect(
                lambda step, take, n=place: self._sideways(n, step, take=take)
            )
            column.model.dropped.connect(lambda name, n=place: self._dropped(name, n))

        self._widen()

    def show_cards(
        self, cards: Mapping[str, Sequence[BoardCard]], counts: Mapping[str, int] | None = None
    ) -> None:
        """Show the state of the database: cards by column key, and how many there are in all."""
        for key, column in zip(self.keys, self._columns, strict=True):
            shown = cards.get(key, ())
            column.show_cards(shown, len(shown) if counts is None else counts.get(key, 0))
        follow, self._follow = self._follow, None
        if follow is not None:
            self.focus_card(follow)

    def ask_photos_through(self, ask: AskPhotos) -> None:
        """Set who fetches photos; answers come to `photo_arrived`."""
        for column in self._columns:
            column.view.thumbnails.ask_through(ask)

    def photo_arrived(self, key: Hashable, image: QImage | None) -> None:
        """Show a decoded photo (None: there is none)."""
        for column in self._columns:
            column.view.thumbnails.deliver(key, image)

    def view(self, column: str) -> ColumnView:
        """Return the list of a column."""
        return self._columns[self.keys.index(column)].view

    def focus_card(self, key: Hashable) -> bool:
        """Put the keyboard on a card, wherever it stands."""
        for column in self._columns:
            if column.view.select_key(key):
                self._go_to(column)
                return True
        return False

    def column_of(self, key: Hashable) -> str | None:
        """Key of the column a card stands in."""
        for name, column in zip(self.keys, self._columns, strict=True):
            if column.model.find(key) is not None:
                return name
        return None

    def _sideways(self, number: int, step: int, *, take: bool) -> None:
        target = number + step
        if not 0 <= target < len(self._columns):
            return
        if take:
            key = self._columns[number].view.current_key()
            if key is not None:
                self._ask_move(key, target)
            return
        here, there = self._columns[number].view, self._columns[target].view
        self._go_to(self._columns[target])
        if there.cards.entries and there.current_key() is None:
            row = min(max(here.currentIndex().row(), 0), len(there.cards.entries) - 1)
            there.setCurrentIndex(there.cards.index(row, 0))

    def _go_to(self, column: _Column) -> None:
        column.view.setFocus()
        self._area.ensureWidgetVisible(column, 0, 0)

    def _widen(self) -> None:
        """Columns too many for the window are scrolled sideways, not squeezed."""
        for column in self._columns:
            column.setMinimumWidth(theme.current().px(LEAST_COLUMN))

    def _dropped(self, name: str, number: int) -> None:
        keys = (card.key for column in self._columns for card in column.model.entries)
        key = next((key for key in keys if str(key) == name), None)
        if key is not None:
            self._ask_move(key, number)

    def _ask_move(self, key: Hashable, number: int) -> None:
        self._follow = key
        self.move_requested.emit(key, self.keys[number])
