"""One repair beside the list: what is wrong, what is done for which price, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, moment
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.repairs import words
from moebelcirkel.ui.parts.detail_card import DetailCard

if TYPE_CHECKING:
    from moebelcirkel.services.repairs import RepairDetail


class RepairCard(DetailCard):
    """Shows one ``RepairDetail``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.warranty = Label(tone="warning", wrap=True)
        self.texts = Label(wrap=True)
        super().__init__(parent)
        self.detail: RepairDetail | None = None
        self.texts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _parts(self) -> Sequence[QWidget]:
        return self.warranty, self.items, self.texts, self.facts

    def show_repair(self, detail: RepairDetail) -> None:
        """Show a repair."""
        self.detail = detail
        listed = detail.row.listed
        asked = _("reported {time} by {name}").format(
            time=moment(listed.reported_at), name=listed.reporter
        )
        self.show_title(listed.number, f"{listed.institution} · {asked}")
        self.state.show_chip(words.chip(detail.row))
        self.warranty.setText(words.warranty_of(detail))
        self.warranty.setVisible(detail.warranty_until is not None)
        self.items.show_items([words.item(detail)])
        self.texts.setText(words.texts(detail))
        self.facts.show_facts(words.facts(detail))
