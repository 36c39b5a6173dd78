"""What is asked before a batch is made, and which voucher finance booked it by."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField, LineField, YearField

if TYPE_CHECKING:
    from moebelcirkel.services.settlement import SettlementScope


class MakeDialog(ActionDialog):
    """On which day and in which year it is posted, and how it is gathered."""

    def __init__(self, parent: QWidget, asked: SettlementScope, *, invoices: bool) -> None:
        super().__init__(
            parent,
            _("Make the settlement?"),
            _("Make the settlement"),
            _("Somebody else releases it and gives the file to finance."),
            columns=2,
        )
        self._asked = asked
        self.form.add("posting_on", DateField(_("Posted on"), required=True))
        self.form.add("fiscal_year", YearField(_("Fiscal year")))
        self.form.add("monthly", CheckField(_("Gather by institution and month")), 2)
        if invoices:
            self.form.add("invoices", CheckField(_("Invoice basis for other receivers")), 2)
        self.form.set_values({"posting_on": asked.posted, "fiscal_year": asked.year})

    def asked_for(self) -> SettlementScope:
        """The batch as it is wanted."""
        values = self.form.values()
        day: dt.date = values["posting_on"]
        return replace(
            self._asked,
            posting_on=day,
            fiscal_year=values["fiscal_year"] or None,
            monthly=values["monthly"],
            legal="other" if values.get("invoices") else "own",
        )


class BookDialog(ActionDialog):
    """Asks for the finance system's voucher number; an extract may have told it."""

    def __init__(self, parent: QWidget, number: str, voucher: str = "") -> None:
        title = _("Settlement {number} is booked").format(number=number)
        super().__init__(parent, title, _("Note the voucher"))
        self.voucher = LineField(
            _("Voucher number"),
            helper=_("As finance tells it."),
            required=True,
            most=limits.SETTLEMENT_CODE,
        )
        self.form.add("voucher", self.voucher)
        self.voucher.set_value(voucher)
        self.voucher.setFocus()
