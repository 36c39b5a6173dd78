"""A row of chips above the cards: short lists of types, of which one at a time narrows the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from moebelcirkel import services
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.plain import caption

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.page import Page


@dataclass(frozen=True, slots=True)
class Short:
    """A short list: what it is called, and its types."""

    key: str
    name: str
    types: frozenset[int]


class ChipRow(QWidget):
    """Pressed again, a chip lets the whole shop be seen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lists: list[Short] = []
        self._pointed: Short | None = None
        self._chosen = ""
        self._layout = FlowLayout(gap=8)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.buttons: dict[str, QPushButton] = {}
        self.hide()

    @property
    def types(self) -> frozenset[int] | None:
        """What the pressed chip narrows the shop to."""
        return next((each.types for each in self._all() if each.key == self._chosen), None)

    @property
    def chosen(self) -> str:
        """The key of the pressed chip, if any is."""
        return self._chosen

    def show_lists(self, lists: Sequence[Short]) -> None:
        """The lists there are now; the pressed one stays pressed while it is there."""
        if list(lists) != self._lists:
            self._lists = list(lists)
            self._rebuild()

    def point(self, to: Short) -> None:
        """Show only this, until something else is chosen."""
        self._pointed, self._chosen = to, to.key
        self._rebuild()
        self.changed.emit()

    def clear(self) -> None:
        """The whole shop, without a word."""
        self._pointed, self._chosen = None, ""
        self._rebuild()

    def _all(self) -> list[Short]:
        return ([self._pointed] if self._pointed else []) + self._lists

    def _press(self, key: str) -> None:
        self._chosen = "" if key == self._chosen else key
        if self._pointed is not None and self._chosen != self._pointed.key:
            self._pointed = None
        self._rebuild()
        self.changed.emit()

    def _rebuild(self) -> None:
        focused = next((key for key, each in self.buttons.items() if each.hasFocus()), None)
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {each.key: self._button(each) for each in self._all()}
        for button in self.buttons.values():
            self._layout.addWidget(button)
        if self._chosen not in self.buttons:
            self._chosen = ""
        if focused in self.buttons:
            self.buttons[focused].setFocus()
        self.setVisible(bool(self.buttons))

    def _button(self, short: Short) -> QPushButton:
        button = QPushButton(caption(short.name))
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setChecked(short.key == self._chosen)
        button.clicked.connect(lambda: self._press(short.key))
        return button


def point_at(page: Page, row: ChipRow, article_id: int) -> None:
    """Show only this type, or say that there is none of that number."""
    page.shell.jobs.read(
        lambda context: services.shop.type_name(context, article_id),
        lambda name: row.point(Short("type", name, frozenset({article_id}))),
        page.shell.messages.refused,
        channel="shop type",
        owner=page,
    )
