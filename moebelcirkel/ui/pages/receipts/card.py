"""One delivery beside the list: its pieces, for which orders, and how it stands."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.language import _, day, kroner, ngettext
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.pages.receipts import words
from moebelcirkel.ui.parts.order_words import receipt

if TYPE_CHECKING:
    from moebelcirkel.services.receipts import HandedPiece, ReceiptDetail

#: So many label numbers are told of alike pieces.
_NAMED = 6


class ReceiptCard(CardFrame):
    """Shows one ``ReceiptDetail``; the page puts its buttons into ``buttons``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.detail: ReceiptDetail | None = None
        self.state = ChipLabel(("", "neutral"))
        self.beside_title(self.state)
        self.items = ItemList()
        self.facts = FactList()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(self.items)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.add(scrolled(inside, unfolds=True), 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.body.addLayout(self.buttons)

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

    found = []
    for key, group in groupby(sorted(pieces, key=alike), key=alike):
        some = list(group)
        count = ngettext("{count} pc.", "{count} pcs.", len(some)).format(count=len(some))
        grade = f"{some[0].condition} · {_(Condition(some[0].condition).label)}"
        numbers = ", ".join(piece.number for piece in some[:_NAMED])
        more = " …" if len(some) > _NAMED else ""
        found.append(
            Item(
                key=key,
                title=some[0].name,
                detail=f"{count} · {grade} · {numbers}{more}",
                figure=kroner(sum(piece.price_ore for piece in some)),
                shape=shape_for(some[0].category_key),
            )
        )
    return found


def _facts(detail: ReceiptDetail) -> list[Fact]:
    row = detail.row
    by = [Fact(_("Received by"), row.received_by)] if row.received_by else []
    return [
        Fact(_("Receipt"), receipt(row), strong=True),
        Fact(_("Handed over"), day(row.handed_on)),
        *by,
        Fact(_("Orders"), ", ".join(number for _id, number in detail.orders)),
        Fact(_("Total"), kroner(sum(piece.price_ore for piece in detail.pieces))),
    ]
