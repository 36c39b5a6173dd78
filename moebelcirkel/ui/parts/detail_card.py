"""One chosen thing beside its list: title, state, pieces, facts and the page's buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import FactList
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.page_layout import CardFrame, scrolled
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for

if TYPE_CHECKING:
    from moebelcirkel.services.cases import NotDone

#: So many label numbers are told of alike pieces.
_NAMED = 6


class _Piece(Protocol):
    """What a piece has to tell in a list of pieces."""

    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def condition(self) -> str: ...
    @property
    def category_key(self) -> str: ...


P = TypeVar("P", bound=_Piece)


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


def not_done_texts(said: Iterable[NotDone]) -> list[str]:
    """What the workshop had to give up of an order, and why."""
    text = _("The workshop had to give up {count}: {reason}")
    return [text.format(count=count_text(each.pieces), reason=each.reason) for each in said]


def grade_text(condition: str) -> str:
    """The letter of a condition and what it means."""
    return f"{condition} · {_(Condition(condition).label)}"


def numbers_text(numbers: Sequence[str]) -> str:
    """Label numbers, the first of them where there are many."""
    return ", ".join(numbers[:_NAMED]) + (" …" if len(numbers) > _NAMED else "")


def alike_items(
    pieces: Iterable[P],
    alike: Callable[[P], Any],
    figure: Callable[[Sequence[P]], str],
    *,
    counted: bool = False,
) -> list[Item]:
    """A line for the pieces that are ``alike``: condition, labels, and before them the count."""
    found = []
    for key, group in groupby(sorted(pieces, key=alike), key=alike):
        some = list(group)
        first, numbers = some[0], numbers_text([piece.number for piece in some])
        count = [count_text(len(some))] if counted else []
        found.append(
            Item(
                key=key,
                title=first.name,
                detail=" · ".join([*count, grade_text(first.condition), numbers]),
                figure=figure(some),
                shape=shape_for(first.category_key, first.name),
            )
        )
    return found
