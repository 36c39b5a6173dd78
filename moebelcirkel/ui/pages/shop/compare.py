"""Up to four cards side by side, with the same facts in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.errors import Stale
from moebelcirkel.language import _
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.page_layout import column, holder, open_at, row, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button, window_title
from moebelcirkel.ui.pages.shop import words
from moebelcirkel.ui.pages.shop.card_dialog import facts_of

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.shop import CardDetail, CardKey

MOST = 4
_COLUMN, _HEIGHT = 270, 560


class CompareDialog(Dialog):
    """One column for each card; ``cleared`` begins with none again."""

    cleared = Signal()

    def __init__(self, parent: QWidget, details: Sequence[CardDetail]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(_("Compare")))
        columns = QHBoxLayout()
        columns.setSpacing(24)
        for detail in details:
            columns.addWidget(_column(detail), 1)
        buttons = QHBoxLayout()
        self.heading = Label(_("Compare"), tone="title")
        self.again = push_button(_("Begin again"), self._clear, role="quiet")
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        close = push_button(_("Close"), self.reject)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self.heading)
        inside = holder(columns)
        columns.setContentsMargins(0, 0, 10, 0)
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(buttons)
        close.setFocus()
        open_at(self, 58 + _COLUMN * max(2, len(details)), _HEIGHT)

    def _clear(self) -> None:
        self.cleared.emit()
        self.reject()


def _column(detail: CardDetail) -> QWidget:
    card = detail.card
    facts = FactList()
    facts.show_facts(facts_of(detail))
    chips: list[QWidget | None] = [
        ChipLabel(words.condition_chip(card.key.condition, refurbished=card.refurbished))
    ]
    if card.ecolabel:
        chips.append(ChipLabel((card.ecolabel, "neutral")))
    title = Label(card.name, tone="heading", wrap=True)
    inside = column(title, gap=10)
    inside.addLayout(row(*chips, None))
    inside.addWidget(facts)
    inside.addStretch(1)
    return holder(inside)


def read(context: Context, keys: Sequence[CardKey]) -> list[CardDetail]:
    """What there still is of these cards."""
    found = []
    for key in keys:
        try:
            found.append(services.shop.card(context, key))
        except Stale:
            continue
    return found
