"""Says what of a loan never comes back: kept for its price, or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from moebelcirkel import services
from moebelcirkel.language import _, kroner
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.loans import LoanDetail, LoanEnded, OutPiece

#: So many lines of pieces are seen without scrolling.
_SEEN, _LINE = 4, 64


class EndDialog(ActionDialog):
    """All pieces are ticked to begin with; what comes back after all is unticked."""

    def __init__(self, parent: QWidget, detail: LoanDetail) -> None:
        super().__init__(
            parent,
            _("What does not come back of {number}").format(number=detail.row.number),
            _("End the loan"),
            " ",
        )
        self.detail = detail
        self.how = self.form.add(
            "how",
            SegmentedField(
                _("What has happened?"),
                [Choice("keep", _("They keep it")), Choice("lose", _("It is lost"))],
                required=True,
            ),
        )
        self.items = ItemList()
        self.items.show_items([_item(piece) for piece in detail.pieces])
        for row in self.items.rows:
            row.box.setChecked(True)
        area = scrolled(self.items)
        area.setFixedHeight(theme.current().px(_LINE) * min(_SEEN, len(detail.pieces)))
        self.column.insertWidget(self.column.indexOf(self.notice), area)
        self.how.changed.connect(self._say)
        self.items.ticked_changed.connect(self._say)
        self._say()

    def ending(self) -> Callable[[Context], LoanEnded]:
        """What is to be done with the ticked pieces."""
        act = services.loans.keep if self.how.value() == "keep" else services.loans.lose
        row, chosen = self.detail.row, self.chosen()
        return lambda context: act(context, row.id, chosen, row.version)

    def chosen(self) -> list[int]:
        """The pieces that are ticked."""
        return [cast("int", key) for key in self.items.ticked()]

    def _say(self) -> None:
        """What it comes to, as far as it is chosen."""
        chosen = set(self.chosen())
        self.verb.setEnabled(bool(chosen))
        text = _("The loan is charged by its days until today, and its daily price stops.")
        if self.how.draft() == "keep":
            price = sum(each.price_ore for each in self.detail.pieces if each.unit_id in chosen)
            more = _("They are charged {price} as an order of today.").format(price=kroner(price))
        elif self.how.draft() == "lose":
            more = _("They go out of the stock as missing. What turns up is taken back as usual.")
        else:
            more = _("Untick what comes back after all.")
        self.text.setText(f"{text} {more}")


def _item(piece: OutPiece) -> Item:
    return Item(
        key=piece.unit_id,
        title=piece.name,
        detail=piece.number,
        figure=kroner(piece.price_ore),
        shape=shape_for(piece.category_key, piece.name),
        tick=_("{number} does not come back").format(number=piece.number),
    )
