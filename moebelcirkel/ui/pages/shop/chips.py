"""A row of chips above the cards: short lists of types, and searches that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.plain import brief, tip


@dataclass(frozen=True, slots=True)
class ShopChip:
    """A short list by its types, or a search by its text."""

    key: str
    name: str
    types: frozenset[int] | None = None
    text: str = ""


class ChipRow(QWidget):
    """One list at a time narrows the shop; pressed again, its chip lets the whole be seen."""

    changed = Signal()
    searched = Signal(str)
    """A search that was kept is to be made again; empty, it is left."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[ShopChip] = []
        self._chosen = ""
        self._text = ""
        self._layout = FlowLayout(gap=8)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.buttons: dict[str, QPushButton] = {}
        #: What is done with the search there, cards put side by side, and the list that is pressed.
        self.keep, self.compare, self.edit = (QPushButton(self) for _each in range(3))
        self._offered = (self.keep, self.compare, self.edit)
        for button in self._offered:
            button.setProperty("role", "quiet")
            button.hide()
        self.hide()

    @property
    def types(self) -> frozenset[int] | None:
        """What the pressed chip narrows the shop to."""
        return next((each.types for each in self._shown if each.key == self._chosen), None)

    @property
    def chosen(self) -> str:
        """The key of the pressed list, if any is."""
        return self._chosen

    def show_all(self, shown: Sequence[ShopChip], chosen: str, text: str) -> None:
        """Show these, with what is pressed among them."""
        if shown != self._shown:
            self._shown = list(shown)
            self._rebuild()
        self._chosen = chosen if chosen in self.buttons else ""
        self._text = text
        for short in self._shown:
            on = short.text == text if short.text else short.key == self._chosen
            self.buttons[short.key].setChecked(on)
        self._appear()

    def offer(self, *says_of_each: str) -> None:
        """What may be done with the search, with the cards put side by side, and with the list."""
        for button, says in zip(self._offered, says_of_each, strict=True):
            button.setText(says)
            button.setVisible(bool(says))
        self._appear()

    def _appear(self) -> None:
        self.setVisible(bool(self.buttons) or any(each.text() for each in self._offered))

    def _press(self, short: ShopChip) -> None:
        if short.text:
            self.searched.emit("" if short.text == self._text else short.text)
            return
        self._chosen = "" if short.key == self._chosen else short.key
        self.changed.emit()

    def _rebuild(self) -> None:
        focused = next((key for key, each in self.buttons.items() if each.hasFocus()), None)
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in self._offered:
                widget.hide()
                widget.deleteLater()
        self.buttons = {each.key: self._button(each) for each in self._shown}
        for button in (*self.buttons.values(), *self._offered):
            self._layout.addWidget(button)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _button(self, short: ShopChip) -> QPushButton:
        button = QPushButton(brief(short.name))
        button.setToolTip(tip(short.name))
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.clicked.connect(lambda: self._press(short))
        return button
