"""One report as both sides see it: what should go, where it stands, what became of each piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import _, moment
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.lists.item_list import ItemList
from moebelcirkel.ui.kit.lists.timeline import Timeline
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.pickups import words
from moebelcirkel.ui.parts.pickup_words import state_chip

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import PickupDetail


class PickupCard(CardFrame):
    """Shows one ``PickupDetail``; the page gives its buttons."""

    def __init__(self) -> None:
        super().__init__("")
        self.detail: PickupDetail | None = None
        self.state = ChipLabel(("", "neutral"))
        self.beside_title(self.state)
        self.items = ItemList()
        self.texts = Label(wrap=True)
        self.texts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = FactList()
        self.became = Label(_("What became of it"), tone="strong")
        self.fates = FactList()
        self.past = Label(_("History"), tone="strong")
        self.history = Timeline(_("History"), grows=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        for widget in (
            self.items,
            self.texts,
            self.became,
            self.fates,
            self.facts,
            self.past,
            self.history,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.add(scrolled(inside, unfolds=True), 1)
        self._acts: list[QPushButton] = []
        self.buttons = QGridLayout()
        self.buttons.setSpacing(10)
        self.body.addLayout(self.buttons)

    def take_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """What can be done with the report; ``place_buttons`` when some were shown or hidden."""
        self._acts = list(buttons)
        self.place_buttons()

    def place_buttons(self) -> None:
        """Two in a row, without gaps where others would stand."""
        shown = [button for button in self._acts if not button.isHidden()]
        for button in self._acts:
            self.buttons.removeWidget(button)
        for place, button in enumerate([*shown, *(set(self._acts) - set(shown))]):
            wide = 2 if place == len(shown) - 1 and place % 2 == 0 else 1
            self.buttons.addWidget(button, place // 2, place % 2, 1, wide)

    def show_pickup(self, detail: PickupDetail) -> None:
        """Show a report."""
        self.detail = detail
        row = detail.row
        told = _("reported {time} by {name}").format(
            time=moment(row.reported_at), name=row.reporter
        )
        self.show_title(row.number, f"{row.giver} · {told}")
        self.state.show_chip(state_chip(row))
        self.items.show_items([words.item(line) for line in detail.lines])
        self.texts.setText(words.texts(detail))
        self.texts.setVisible(bool(self.texts.text()))
        self.facts.show_facts(words.facts(detail))
        fates = words.fates(detail)
        self.fates.show_facts(fates)
        self.became.setVisible(bool(fates))
        self.history.show_entries([words.entry(event) for event in reversed(detail.history)])
        self.past.show()

    def show_nothing(self) -> None:
        """No report is chosen."""
        self.detail = None
        self.show_title(_("No report is chosen"))
        self.state.show_chip(("", "neutral"))
        self.items.show_items([])
        self.history.show_entries([])
        for part in (self.facts, self.fates):
            part.show_facts([])
        for label in (self.texts, self.became, self.past):
            label.hide()
