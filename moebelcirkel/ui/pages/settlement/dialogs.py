"""What is asked before a batch is made, which voucher booked it, and the charges behind a sum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain import limits
from moebelcirkel.language import _, day, kroner
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import CheckField, DateField, LineField, YearField
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, figure_column, text_column
from moebelcirkel.ui.kit.page_layout import open_at, row
from moebelcirkel.ui.kit.plain import Label, push_button, window_title

if TYPE_CHECKING:
    from moebelcirkel.services.settlement import BatchCharge, SettlementScope


class MakeDialog(ActionDialog):
    """On which day and in which year it is posted, and how it is gathered.

    What reverses another, named by its number, is gathered as that was.
    """

    def __init__(self, parent: QWidget, asked: SettlementScope, reverses: str = "") -> None:
        title, verb = _("Make the settlement?"), _("Make the settlement")
        text = _("Somebody else releases it and gives the file to finance.")
        if reverses:
            title, verb = _("Reverse {number}?").format(number=reverses), _("Reverse")
            text = _(
                "A settlement with the opposite postings is made. Once somebody else has"
                " released it, the charges wait again."
            )
        super().__init__(parent, title, verb, text, danger=bool(reverses), columns=2)
        self._asked = asked
        self.form.add("posting_on", DateField(_("Posted on"), required=True))
        self.form.add("fiscal_year", YearField(_("Fiscal year")))
        if not reverses:
            self.form.add("monthly", CheckField(_("Gather by institution and month")), 2)
        self.form.set_values({"posting_on": asked.posted, "fiscal_year": asked.year})

    def asked_for(self) -> SettlementScope:
        """The batch as it is wanted."""
        values = self.form.values()
        day: dt.date = values["posting_on"]
        return replace(
            self._asked,
            posting_on=day,
            fiscal_year=values["fiscal_year"] or None,
            monthly=values.get("monthly", self._asked.monthly),
        )


class BookDialog(ActionDialog):
    """Asks for the finance system's voucher number; an extract may have told it.

    ``corrects`` one that was noted by mistake.
    """

    def __init__(
        self, parent: QWidget, number: str, voucher: str = "", *, corrects: bool = False
    ) -> None:
        title = _("Settlement {number} is booked").format(number=number)
        text = _("What was noted before stays to be seen on the card.") if corrects else ""
        super().__init__(parent, title, _("Note the voucher"), text)
        self.voucher = LineField(
            _("Voucher number"),
            helper=_("As finance tells it."),
            required=True,
            most=limits.SETTLEMENT_CODE,
        )
        self.form.add("voucher", self.voucher)
        self.voucher.set_value(voucher)
        self.voucher.setFocus()


class ChargesDialog(Dialog):
    """The charges that the sums of a card are made of; one opens its order."""

    opened = Signal(int)

    def __init__(self, parent: QWidget, title: str, lines: list[BatchCharge]) -> None:
        super().__init__(parent)
        self.setWindowTitle(window_title(title))
        self.model: TableModel[BatchCharge] = TableModel(
            _charge_columns(), lambda line: line.charge_id, parent=self
        )
        self.table = TableView(_("Charges"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.model.set_rows(lines)
        self.open_order = push_button(_("Open the order"), self._open, role="primary")
        self.open_order.setEnabled(bool(lines))
        self.table.opened.connect(lambda _key: self._open())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(Label(title, tone="heading", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, self.open_order, push_button(_("Close"), self.reject)))
        if lines:
            self.table.selectRow(0)
        open_at(self, 1080, 620)

    def _open(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self.accept()
            self.opened.emit(line.order_id)


def _charge_columns() -> list[Column[BatchCharge]]:
    """As the voucher has them."""
    words = services.settlement.charge_words
    return [
        text_column("institution", _("Institution"), lambda line: line.institution, width=180),
        text_column("order", _("Order"), lambda line: line.order, width=84),
        Column(
            "on",
            _("Date"),
            lambda line: day(line.effective_on),
            lambda line: line.effective_on,
            width=100,
        ),
        text_column("label", _("Label no."), lambda line: line.label, width=110),
        text_column("what", _("What"), words),
        _amount("agreed", _("Agreed"), lambda line: line.agreed_ore),
        _amount("charged", _("Charged"), lambda line: line.charged_ore),
    ]


def _amount(key: str, title: str, ore: Callable[[BatchCharge], int]) -> Column[BatchCharge]:
    return figure_column(
        key, title, ore, lambda value: kroner(value, exact=True), tone="money", width=120
    )
