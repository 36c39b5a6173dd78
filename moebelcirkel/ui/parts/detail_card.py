"""One chosen thing beside its list: title, state, pieces, facts and the page's buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.lists.item_list import ItemList
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled

#: So many label numbers are told of alike pieces.
_NAMED = 6


class _Numbered(Protocol):
    """What has a label number."""

    @property
    def number(self) -> str: ...


class DetailCard(CardFrame):
    """The frame of such a card; the page puts its buttons into ``buttons``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.state = ChipLabel(("", "neutral"))
        self.beside_title(self.state)
        self.items = ItemList()
        self.facts = FactList()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        for widget in self._parts():
            column.addWidget(widget)
        column.addStretch(1)
        self.add(scrolled(inside, unfolds=True), 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.body.addLayout(self.buttons)

    def _parts(self) -> Sequence[QWidget]:
        """What stands below each other in it."""
        return self.items, self.facts


def count_text(pieces: int) -> str:
    """How many pieces, in words."""
    return ngettext("{count} pc.", "{count} pcs.", pieces).format(count=pieces)


def grade_text(condition: str) -> str:
    """The letter of a condition and what it means."""
    return f"{condition} · {_(Condition(condition).label)}"


def numbers_text(pieces: Sequence[_Numbered]) -> str:
    """The label numbers of alike pieces, the first of them where there are many."""
    more = " …" if len(pieces) > _NAMED else ""
    return ", ".join(piece.number for piece in pieces[:_NAMED]) + more
