"""Hjælp: short texts on the page one is on, searchable, with the keys the window really has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from moebelcirkel.domain.fold import fold, words
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog, is_search
from moebelcirkel.ui.kit.forms.find_line import FindLine
from moebelcirkel.ui.kit.plain import Label, copyable
from moebelcirkel.ui.window.help_texts import GENERAL, TOPICS, topic
from moebelcirkel.ui.window.help_topic import Topic

Keys = Mapping[str, Sequence[str]]
"""What a key does, and the keys that do it as they are written."""
_SIZE: Final = (780, 560)
_LIST_WIDTH: Final = 210


class HelpDialog(Dialog):
    """Topics to the left, the chosen one to the right; stays open while one goes on working."""

    def __init__(
        self, parent: QWidget, word: str, shown: Mapping[str, str], found: Mapping[str, Keys]
    ) -> None:
        """``shown`` are this person's pages by name, ``found`` the keys by the word of a topic."""
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted = {*shown, word, *GENERAL}
        self._topics = [each for each in TOPICS if each.word in wanted]
        self._keys = found
        self._names = shown
        self._own = topic(word)
        self._listed: list[Topic] = []
        self.search = FindLine(_("Search in the help"))
        self.search.textChanged.connect(self._look)
        is_search(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Topics"))
        self.list.setFixedWidth(theme.current().px(_LIST_WIDTH))
        self.list.currentRowChanged.connect(self._show)
        self.view = QScrollArea()
        self.view.setWidgetResizable(True)
        self.view.setAccessibleName(_("Help"))
        self._lay_out()
        self._look("")
        self.search.setFocus()

    def texts(self) -> list[str]:
        """What is read to the right now, headings and keys too."""
        inside = self.view.widget()
        return [] if inside is None else [label.text() for label in inside.findChildren(Label)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the topics while one types."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.search.hasFocus():
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
            self.list.setCurrentRow(row)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.view, 1)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        room = self.screen().availableGeometry().size() * 0.9
        look = theme.current()
        self.resize(min(look.px(_SIZE[0]), room.width()), min(look.px(_SIZE[1]), room.height()))

    def _look(self, text: str) -> None:
        """Leave the topics that have every word; the page's own is shown where it is among them."""
        wanted = words(text)
        self._listed = [
            each for each in self._topics if all(word in self._folded(each) for word in wanted)
        ]
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([self._title(each) for each in self._listed])
        self.list.blockSignals(False)
        own = self._listed.index(self._own) if self._own in self._listed else 0
        self.list.setCurrentRow(own if self._listed else -1)
        self._show(self.list.currentRow())

    def _title(self, each: Topic) -> str:
        """A page is called here as it is in the rail of whoever asks."""
        return _(self._names.get(each.word, each.title))

    def _folded(self, each: Topic) -> str:
        parts = [self._title(each), *(_(text) for part in each.parts for text in part)]
        found = self._keys.get(each.word, {})
        headed = [_("Keyboard shortcuts")] if found else []
        return fold(" ".join([*parts, *headed, *found]))

    def _show(self, row: int) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 12, 0)
        column.setSpacing(6)
        if row < 0:
            column.addWidget(copyable(_("Nothing in the help has all these words."), "muted"))
        else:
            self._fill(column, self._listed[row])
        column.addStretch(1)
        self.view.setWidget(inside)

    def _fill(self, column: QVBoxLayout, each: Topic) -> None:
        column.addWidget(copyable(self._title(each), "title"))
        for heading, text in each.parts:
            column.addSpacing(6)
            column.addWidget(copyable(_(heading), "strong"))
            column.addWidget(copyable(_(text)))
        found = self._keys.get(each.word, {})
        if found:
            column.addSpacing(6)
            column.addWidget(copyable(_("Keyboard shortcuts"), "strong"))
        for name, pressed in found.items():
            column.addLayout(_key_row(name, pressed))


def _key_row(name: str, pressed: Sequence[str]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(copyable(name), 1)
    row.addWidget(copyable(" · ".join(pressed), "muted"))
    return row
