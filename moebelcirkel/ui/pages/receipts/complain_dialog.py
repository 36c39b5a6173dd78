"""Complaining of a delivery: which pieces, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.complaints import LIVE
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.lists.item_list import Item, ItemList
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts.pictures_field import PicturesField, make_ready

if TYPE_CHECKING:
    from moebelcirkel.services.receipts import ReceiptDetail
    from moebelcirkel.ui.kit.shell import Shell

#: So many pieces are seen at once, in px.
_HEIGHT = 240


class ComplainDialog(ActionDialog):
    """Asks what is ``wrong``, with ``pictures``; stays open until the service has taken it."""

    def __init__(self, shell: Shell, parent: QWidget, detail: ReceiptDetail) -> None:
        title = _("Complain of delivery {number}").format(number=detail.row.number)
        super().__init__(
            parent,
            title,
            _("Send the complaint"),
            _("Tick the pieces that something is wrong with. The warehouse answers you."),
        )
        said = {each.order_line_id for each in detail.complaints if each.state in LIVE}
        self.items = ItemList()
        self.items.show_items(
            [
                Item(
                    key=piece.line_id,
                    title=piece.name,
                    detail=f"{piece.number} · {piece.condition}",
                    figure=_("complained of already") if piece.line_id in said else "",
                    shape=shape_for(piece.category_key),
                    tick="" if piece.line_id in said else piece.number,
                )
                for piece in detail.pieces
            ]
        )
        area = scrolled(self.items, unfolds=True)
        area.setMinimumHeight(min(theme.current().px(_HEIGHT), self.items.sizeHint().height() + 8))
        self.column.insertWidget(2, area, 1)
        left = [row for row in self.items.rows if row.item.tick]
        if len(left) == 1:
            left[0].box.setChecked(True)
        self.wrong = TextField(
            _("What is wrong?"),
            helper=_("In your own words. Write no names."),
            required=True,
            most=limits.NOTE,
        )
        self.form.add("wrong", self.wrong)
        self.pictures = self.form.add("pictures", PicturesField(_("Pictures of it")))
        make_ready(shell, self.pictures)
        self.wrong.setFocus()

    def line_ids(self) -> list[int]:
        """The order lines of the pieces that were ticked."""
        return [int(str(key)) for key in self.items.ticked()]

    def _press(self) -> None:
        """Not before the pictures are ready; the field says that they are on their way."""
        if not self.pictures.waiting:
            super()._press()
