"""Lines below each other that each lead to what they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.plain import Label

#: A longer word beside a pill would widen the card.
_LONG_HERE: Final = 12


@dataclass(frozen=True, slots=True)
class Link:
    """One line: what it is, what to know about it, a pill or an amount, and where it leads."""

    title: str
    detail: str
    act: Callable[[], object]
    chip: Chip | None = None


class LinkRow(QPushButton):
    """A button as wide as its card, with more in it than a button's text."""

    def __init__(self, link: Link) -> None:
        super().__init__()
        self.link = link
        self.setProperty("role", "line")
        title = Label(link.title, tone="strong", wrap=True, long=_LONG_HERE)
        detail = Label(link.detail, tone="small", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        if link.detail:
            words.addWidget(detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(10)
        row.addLayout(words, 1)
        if link.chip is not None:
            row.addWidget(ChipLabel(link.chip), 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = link.chip.text if link.chip is not None else ""
        self.setAccessibleName(" · ".join(part for part in (link.title, said) if part))
        self.setAccessibleDescription(link.detail)
        self.clicked.connect(lambda _on=False: link.act())

    def sizeHint(self) -> QSize:
        return self._inside().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same, or a button would cut them."""
        return self._inside().minimumSize()

    def _inside(self) -> QLayout:
        layout = self.layout()
        assert layout is not None
        return layout


class LinkList(QWidget):
    """Some lines, or a sentence where there are none; until they are read, neither."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self.rows: list[LinkRow] = []
        self._none = empty
        self.empty = Label(tone="muted", wrap=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.empty)

    def show_links(self, links: Sequence[Link]) -> None:
        """Show other lines; the keyboard stays where it was as far as there are lines."""
        held = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        for row in self.rows:
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = [LinkRow(link) for link in links]
        for row in self.rows:
            self._layout.addWidget(row)
        self.empty.setText(self._none)
        self.empty.setVisible(not self.rows)
        if held is not None and self.rows:
            self.rows[min(held, len(self.rows) - 1)].setFocus()
