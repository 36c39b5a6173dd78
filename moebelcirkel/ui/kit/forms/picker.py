"""Chips that are pressed to choose: a pill in the header with a list, or a menu, below it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import LONG_LIST, Choice
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import caption, tip
from moebelcirkel.ui.kit.popups import PopupFrame

_WIDTH, _ROWS, _ROW = 320, 9, 34


class ChipButton(QPushButton):
    """A pill that opens something; the arrow stands after its words."""

    def __init__(self, name: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("chip", tone)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        icons.put(self, "arrow-down", "accent_text" if tone == "accent" else "muted", 12)

    def say(self, words: str) -> None:
        """Show what is chosen."""
        self.setText(caption(words))
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(tip(self._name))

    def below(self) -> QPoint:
        """Where what it opens begins on the screen."""
        return self.mapToGlobal(QPoint(0, self.height() + 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and the arrow down open it, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)


class PickChip(ChipButton):
    """One of a list, or all; a long list is searched by typing."""

    chosen = Signal(object)

    def __init__(self, name: str, everything: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "neutral", parent)
        self._everything = everything
        self._choices: tuple[Choice, ...] = ()
        self.key: str | int | None = None
        self.popup = _Popup(self)
        self.popup.picked.connect(self._picked)
        self.clicked.connect(self.open)
        self.say(everything)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; the chosen one stays where it is still there."""
        self._choices = tuple(choices)
        self.show_key(self.key)

    def show_key(self, key: str | int | None) -> None:
        """Show a choice as chosen without saying so to others."""
        words = next((choice.text for choice in self._choices if choice.key == key), None)
        self.key = None if words is None else key
        self.say(words or self._everything)

    def show_later(self, key: str | int | None) -> None:
        """Show a choice that may first be offered by the next ``set_choices``."""
        self.show_key(key)
        self.key = key

    def open(self) -> None:
        """Show the list below the pill."""
        everything = Choice("", self._everything)
        self.popup.offer((everything, *self._choices), "" if self.key is None else self.key)
        self.popup.open_at(self, 4)
        self.popup.activateWindow()
        self.popup.focus()

    def _picked(self, key: object) -> None:
        assert isinstance(key, str | int)
        self.show_key(None if key == "" else key)
        self.chosen.emit(self.key)


class _Popup(PopupFrame):
    """The list with a line to search it by; arrows and Return work while typing."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Type to search"))
        self.search.setAccessibleName(_("Type to search"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Choose"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)

    def offer(self, choices: Sequence[Choice], now: str | int) -> None:
        """Fill the list and mark what is chosen now."""
        self.search.clear()
        self.search.setVisible(len(choices) > LONG_LIST)
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice.key)
            self.list.addItem(item)
            if choice.key == now:
                self.list.setCurrentItem(item)
        px = theme.current().px
        rows = min(len(choices), _ROWS)
        self.list.setFixedHeight(rows * px(_ROW) + 4)
        self.setFixedWidth(px(_WIDTH))

    def focus(self) -> None:
        """Put the keyboard where one begins."""
        (self.search if self.search.isVisible() else self.list).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While typing, arrows walk the list and Return takes what is marked."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._walk(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        first: QListWidgetItem | None = None
        for number in range(self.list.count()):
            item = self.list.item(number)
            item.setHidden(wanted not in item.text().casefold())
            if first is None and not item.isHidden():
                first = item
        if wanted and first is not None:
            self.list.setCurrentItem(first)

    def _walk(self, step: int) -> None:
        shown = [n for n in range(self.list.count()) if not self.list.item(n).isHidden()]
        if not shown:
            return
        now = self.list.currentRow()
        place = shown.index(now) + step if now in shown else 0
        self.list.setCurrentRow(shown[max(0, min(place, len(shown) - 1))])

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None and not item.isHidden():
            self.hide()
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
