"""One delivery beside the list: its pieces, for which orders, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, day, kroner
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.pages.receipts import words
from moebelcirkel.ui.parts.complaints.words import facts as complaint_facts
from moebelcirkel.ui.parts.detail_card import DetailCard, alike_items
from moebelcirkel.ui.parts.order_words import receipt

if TYPE_CHECKING:
    from moebelcirkel.services.receipts import HandedPiece, ReceiptDetail


class ReceiptCard(DetailCard):
    """Shows one ``ReceiptDetail``; the page puts its buttons into ``buttons``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: ReceiptDetail | None = None

    def show_receipt(self, detail: ReceiptDetail) -> None:
        """Show a delivery."""
        self.detail = detail
        self.show_title(detail.row.number, detail.row.institution)
        self.state.show_chip(words.chip(detail.row))
        self.items.show_items(_items(detail.pieces))
        self.facts.show_facts(_facts(detail))


def _items(pieces: tuple[HandedPiece, ...]) -> list[Item]:
    def alike(piece: HandedPiece) -> tuple[str, int, str, int]:
        return piece.name, piece.article_id, piece.condition, piece.price_ore

    def figure(some: Sequence[HandedPiece]) -> str:
        return kroner(sum(piece.price_ore for piece in some))

    return alike_items(pieces, alike, figure, counted=True)


def _facts(detail: ReceiptDetail) -> list[Fact]:
    row = detail.row
    last = detail.complain_until
    until = [] if last is None else [Fact(_("Can be complained of until"), day(last))]
    by = [Fact(_("Received by"), row.received_by)] if row.received_by else []
    return [
        Fact(_("Receipt"), receipt(row), strong=True),
        Fact(_("Handed over"), day(row.handed_on)),
        *by,
        Fact(_("Orders"), ", ".join(number for _id, number in detail.orders)),
        *complaint_facts(detail.complaints),
        *until,
        Fact(_("Total"), kroner(sum(piece.price_ore for piece in detail.pieces))),
    ]
