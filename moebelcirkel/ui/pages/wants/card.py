"""One want beside the list: what is held for it, what it asks for, and what can be done."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, day, kroner, moment
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.wants import words
from moebelcirkel.ui.parts.detail_card import DetailCard, count_text, grade_text

if TYPE_CHECKING:
    from moebelcirkel.services.wants import HeldPiece, WantDetail


class WantCard(DetailCard):
    """Shows one ``WantDetail``; the page puts its buttons into ``buttons``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.progress = Label(tone="strong", wrap=True)
        self.texts = Label(wrap=True)
        super().__init__(parent)
        self.detail: WantDetail | None = None

    def _parts(self) -> tuple[QWidget, ...]:
        return self.progress, self.items, self.texts, self.facts

    def show_want(self, detail: WantDetail) -> None:
        """Show a want."""
        self.detail = detail
        row = detail.row
        asked = _("asked {time} by {name}").format(time=moment(row.created_at), name=row.asker)
        self.show_title(row.what, f"{row.number} · {row.institution} · {asked}")
        self.state.show_chip(words.chip(row))
        progress = words.progress(row)
        self.progress.setText(progress[:1].upper() + progress[1:])
        self.items.show_items(_items(detail.held))
        self.texts.setText("\n".join(words.hints(detail)))
        self.texts.setVisible(bool(self.texts.text()))
        self.facts.show_facts(_facts(detail))


def _items(held: tuple[HeldPiece, ...]) -> list[Item]:
    def alike(piece: HeldPiece) -> tuple[int, str, int]:
        return piece.article_id, piece.condition, piece.price_ore

    found = []
    for key, group in groupby(held, key=alike):
        some = list(group)
        first = some[0]
        count = count_text(len(some))
        grade = grade_text(first.condition)
        found.append(
            Item(
                key=key,
                title=first.name,
                detail=" · ".join((count, kroner(first.price_ore), grade)),
                figure=kroner(first.price_ore * len(some)),
                shape=shape_for(first.category_key, first.name),
            )
        )
    return found


def _facts(detail: WantDetail) -> list[Fact]:
    row = detail.row
    facts = [
        Fact(_("Pieces"), str(row.pieces)),
        Fact(_("At least in condition"), words.condition(row.condition)),
        Fact(_("At most, per piece"), words.ceiling(row.ceiling_ore)),
        Fact(_("Can be used until"), day(row.use_by)),
        Fact(_("Would otherwise have bought new"), _(detail.answer.label)),
    ]
    if detail.payer:
        facts.append(Fact(_("Paid from"), detail.payer))
    if detail.orders:
        facts.append(Fact(_("Ordered"), ", ".join(number for _id, number in detail.orders)))
    return facts
