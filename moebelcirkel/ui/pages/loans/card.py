"""One loan beside the list: its pieces, until when, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, day, kroner, ngettext
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.pages.loans import words
from moebelcirkel.ui.parts.detail_card import DetailCard, alike_items, count_text

if TYPE_CHECKING:
    from moebelcirkel.services.loans import LoanDetail, OutPiece


class LoanCard(DetailCard):
    """Shows one ``LoanDetail``; the page puts its buttons into ``buttons``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: LoanDetail | None = None

    def show_loan(self, detail: LoanDetail) -> None:
        """Show a loan."""
        self.detail = detail
        row = detail.row
        self.show_title(row.institution, f"{row.number} · {row.orderer}")
        self.state.show_chip(words.chip(row))
        self.items.show_items(_items(detail.pieces))
        self.facts.show_facts(_facts(detail))


def _items(pieces: tuple[OutPiece, ...]) -> list[Item]:
    def alike(piece: OutPiece) -> tuple[str, int, str]:
        return piece.name, piece.article_id, piece.condition

    return alike_items(pieces, alike, lambda some: count_text(len(some)))


def _facts(detail: LoanDetail) -> list[Fact]:
    row = detail.row
    rate = row.rate_ore
    cost = _("{rate} a piece and day").format(rate=kroner(rate)) if rate else _("free")
    return [
        Fact(_("Returned at the latest"), day(row.until), strong=True),
        Fact(_("Handed over"), day(row.since)),
        Fact(
            _("Still out"),
            ngettext("{count} pc.", "{count} pcs.", row.pieces).format(count=row.pieces),
        ),
        Fact(_("Costs"), cost),
    ]
