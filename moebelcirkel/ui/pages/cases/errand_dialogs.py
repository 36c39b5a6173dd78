"""The forms of an errand: what is sent to whom, that it is back, and the invoice.

And of what was ordered and cannot be done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.repairers import MAX_INVOICE_ORE
from moebelcirkel.language import _, kroner, number
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField, LineField, MoneyField
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts import errand_words
from moebelcirkel.ui.parts.detail_card import count_text
from moebelcirkel.ui.parts.errand_words import warranty

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail
    from moebelcirkel.services.repairers import ErrandRow, RepairerChoice


class SendDialog(ActionDialog):
    """Asks for repairer, task, price and day; the price that is agreed is proposed."""

    def __init__(
        self,
        parent: QWidget,
        case: CaseDetail,
        known: Sequence[RepairerChoice],
        kinds: Sequence[tuple[int, str]],
        today: dt.date,
    ) -> None:
        until = case.warranty_until
        text = _("All pieces of the case go. The task costs what the invoice says.")
        if until is not None:
            text = warranty(until, case.supplier, case.spare_parts)
        super().__init__(parent, _("Send to a repairer"), _("Send"), text, columns=2)
        self._pieces = len(case.pieces)
        self._agreed = {each.id: each.prices for each in known}
        self._planned = {
            task.name: task.parts_ore // self._pieces
            for task in case.tasks
            if not (task.done or task.minutes)
        }
        names = dict(kinds)
        add = self.form.add
        firms = [Choice(each.id, each.name) for each in known]
        self.repairer = add("repairer_id", ChoiceField(_("Repairer"), firms, required=True), 2)
        tasks = [Choice(key, name) for key, name in kinds]
        self.task = add("task_type_id", ChoiceField(_("Task"), tasks, required=True), 2)
        price = MoneyField(_("Price a piece"), required=True, maximum=MAX_PRICE_ORE)
        self.price = add("each_ore", price)
        self.day = add("day", DateField(_("Sent on"), required=True, lies="past"))
        self.day.set_value(today)
        self.said = Label(tone="strong", wrap=True)
        self.column.insertWidget(self.column.indexOf(self.notice), self.said)
        undone = {task.name for task in case.tasks if not task.done}
        self.task.set_value(next((key for key, name in names.items() if name in undone), None))
        if len(firms) == 1:
            self.repairer.set_value(firms[0].key)
        for field in (self.repairer, self.task):
            field.changed.connect(self._propose)
        self.price.changed.connect(self._say)
        self._propose()

    def agreed(self) -> int | None:
        """What is agreed a piece with the repairer for the task."""
        prices = self._agreed.get(self.repairer.combo.currentData(), {})
        return prices.get(self.task.combo.currentData())

    def _propose(self) -> None:
        agreed = self.agreed()
        if agreed is None:
            agreed = self._planned.get(self.task.combo.currentText())
        if agreed is not None:
            self.price.set_value(agreed)
        self._say()

    def _say(self) -> None:
        try:
            each = self.price.value()
        except Refused:
            each = None
        if each is None:
            self.said.setText("")
            return
        count, agreed = number(self._pieces), self.agreed()
        values = {"count": count, "each": kroner(each), "all": kroner(each * self._pieces)}
        text = _("{count} at {each}: {all}").format(**values)
        if agreed is not None:
            text += " · " + errand_words.deviation(agreed * self._pieces, each * self._pieces)
        self.said.setText(text)


class BackDialog(ActionDialog):
    """Asks for the day."""

    def __init__(self, parent: QWidget, errand: ErrandRow, today: dt.date) -> None:
        title = _("Back from {repairer}").format(repairer=errand.repairer)
        text = _("The task is done then, and the furniture is tested.")
        super().__init__(parent, title, _("It is back"), text)
        self.day = self.form.add("day", DateField(_("Came back"), required=True, lies="past"))
        self.day.set_value(today)


class InvoiceDialog(ActionDialog):
    """Asks for number, amount and day; what was agreed is proposed, and what differs is said."""

    def __init__(self, parent: QWidget, errand: ErrandRow, today: dt.date) -> None:
        title = _("Invoice of {repairer}").format(repairer=errand.repairer)
        text = _("Without VAT. It is shared over the pieces of the case, once.")
        super().__init__(parent, title, _("Write it"), text, columns=2)
        self._agreed = errand.price_ore
        add = self.form.add
        line = LineField(_("Number of the invoice"), required=True, most=limits.INVOICE_NUMBER)
        self.number = add("number", line, 2)
        money = MoneyField(_("Amount"), required=True, maximum=MAX_INVOICE_ORE)
        self.amount = add("ore", money)
        self.day = add("day", DateField(_("Date of the invoice"), required=True, lies="past"))
        self.amount.set_value(errand.price_ore)
        self.day.set_value(today)
        self.said = Label(tone="strong", wrap=True)
        self.column.insertWidget(self.column.indexOf(self.notice), self.said)
        self.amount.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        try:
            ore = self.amount.value()
        except Refused:
            ore = None
        text = _("Agreed: {amount}").format(amount=kroner(self._agreed))
        if ore is not None:
            text += " · " + errand_words.deviation(self._agreed, ore)
        self.said.setText(text)


class GiveUpDialog(ActionDialog):
    """Asks why; says what becomes of the furniture and of its price."""

    def __init__(self, parent: QWidget, case: CaseDetail) -> None:
        title = _("Cannot be repaired") if case.own else _("Cannot be adapted")
        text = _("Whoever ordered it is told. It goes home as it is and costs nothing.")
        if not case.own:
            text = _(
                "Whoever ordered it is told. They can have it as it is without what the adaptation"
                " costs, or cancel."
            )
        verb = _("Give up {count}").format(count=count_text(len(case.pieces)))
        super().__init__(parent, title, verb, text)
        words = LineField(_("Why? (not about persons)"), required=True, most=limits.NOTE)
        self.reason = self.form.add("reason", words)
