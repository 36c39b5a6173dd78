"""An order is changed before it is approved: fewer of something, or another account that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.orders import LineState
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import NumberField, TextField

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderDetail


class AdjustDialog(ActionDialog):
    """A count for each group of pieces, and the payer; open until the service has taken it."""

    def __init__(self, parent: QWidget, detail: OrderDetail) -> None:
        title = _("Change {number}").format(number=detail.row.number)
        text = _("What is taken out goes on sale again. The sender is told.")
        super().__init__(parent, title, _("Change the order"), text)
        self._payer_id = detail.payer_id
        self._groups = [group for group in detail.groups if group.state is LineState.OPEN]
        self.counts: list[NumberField] = []
        for number, group in enumerate(self._groups):
            most = len(group.pieces)
            label = _("{name}: keep of {count}").format(name=group.name, count=most)
            field = NumberField(label, required=True, maximum=most)
            field.set_value(most)
            self.counts.append(self.form.add(f"count.{number}", field))
        choices = [Choice(key, text) for key, text in detail.payers]
        self.payer = self.form.add("cost_bearer_id", ChoiceField(_("Paid from"), choices))
        self.payer.set_value(detail.payer_id)
        self.payer.setVisible(len(choices) > 1)
        helper = _("Asked when something is taken out. The sender reads it.")
        self.words = self.form.add("reason", TextField(_("Why?"), helper=helper, most=limits.NOTE))

    def lines_out(self) -> list[int]:
        """The lines that are taken out, the last of each group first."""
        found: list[int] = []
        for field, group in zip(self.counts, self._groups, strict=True):
            found += [piece.line_id for piece in group.pieces[field.value() or 0 :]]
        return found

    def new_payer(self) -> int | None:
        """Another account than before; None where it stays."""
        chosen = self.payer.value()
        return chosen if isinstance(chosen, int) and chosen != self._payer_id else None
