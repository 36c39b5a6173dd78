"""Complaining of a delivery: which pieces, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain.complaints import LIVE
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.parts.complaints.wrong import AsksWrong

if TYPE_CHECKING:
    from moebelcirkel.services.receipts import ReceiptDetail
    from moebelcirkel.ui.kit.shell import Shell

#: So many pieces are seen at once, in px.
_HEIGHT = 240


class ComplainDialog(AsksWrong, ActionDialog):
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
        self.ask_wrong(shell, self.form)
        self.show_pieces(detail.pieces, said)
        area = scrolled(self.items, unfolds=True)
        area.setMinimumHeight(min(theme.current().px(_HEIGHT), self.items.sizeHint().height() + 8))
        self.column.insertWidget(2, area, 1)
        self.wrong.setFocus()

    def _press(self) -> None:
        """Not before the pictures are ready; the field says that they are on their way."""
        if not self.pictures.waiting:
            super()._press()
