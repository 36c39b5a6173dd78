"""The forms of a repair: what is asked for, the workshop's price or no, and what has come."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.repairs import MOST_TASKS
from moebelcirkel.language import _, kroner, refusal
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog, WordsDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import (
    DateField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)
from moebelcirkel.ui.kit.page_layout import open_at, scrolled
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts.line_editor import LineEditor

if TYPE_CHECKING:
    from moebelcirkel.services.repairers import RepairerChoice
    from moebelcirkel.services.repairs import (
        Offerable,
        RepairChoices,
        RepairDetail,
        RepairWish,
        TaskOffer,
    )


class WishDialog(ActionDialog):
    """Asks what is to be repaired, what is wrong with it, and where it is fetched."""

    def __init__(self, parent: QWidget, choices: RepairChoices) -> None:
        text = _("The workshop answers with a price. Nothing is fetched before you agree to it.")
        super().__init__(parent, _("Have furniture repaired"), _("Ask for it"), text, columns=4)
        self._choices = choices
        self.line = LineEditor(choices.categories)
        self.lines = [self.line]
        self.line.remove.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        place = self.column.indexOf(self.form)
        column.addWidget(self.line)
        column.addWidget(self.form)
        column.addStretch(1)
        self.column.insertWidget(place, scrolled(inside), 1)
        self._add_fields()
        self.line.condition.set_value(Condition.C.value)
        self.line.name.setFocus()
        open_at(self, 760, 760)

    def _add_fields(self) -> None:
        add = self.form.add
        self.note = add(
            "note",
            TextField(_("What is wrong with it?"), required=True, lines=2, most=limits.NOTE),
            4,
        )
        places = [Choice(each.id, each.name) for each in self._choices.institutions]
        self.place = add("institution_id", ChoiceField(_("Institution"), places, required=True), 2)
        self.payer = add("cost_bearer_id", ChoiceField(_("Paid from")), 2)
        answers = [
            Choice(Answer.YES.value, _("Yes")),
            Choice(Answer.SOME.value, _("Some")),
            Choice(Answer.NO.value, _("No")),
            Choice(Answer.UNKNOWN.value, _("Don't know")),
        ]
        self.answer = add("answer", SegmentedField(_(QUESTION), answers, required=True), 4)
        add("building", LineField(_("Building and room")), 2)
        contact = _("A function, such as Teknisk service. Not a person's name.")
        add("contact", LineField(_("Ask there for"), helper=contact), 2)
        ways = [Choice(each.value, _(each.label)) for each in Access]
        add("access", SegmentedField(_("Way out"), ways), 4).set_value(Access.UNKNOWN.value)
        if places:
            self.place.set_value(places[0].key)
        self.form.leave_out({"institution_id"} if len(places) == 1 else set())
        self.place.changed.connect(self._show_payers)
        self._show_payers()

    def _show_payers(self) -> None:
        payers = self._choices.payers.get(int(self.place.combo.currentData() or 0), ())
        self.payer.set_choices(
            [Choice(each.id, f"{each.code} {each.name}".strip()) for each in payers]
        )
        self.payer.set_value(payers[0].id if payers else None)

    def wish(self) -> RepairWish:
        """All that is filled in; call it only when everything is right."""
        from moebelcirkel.services.repairs import RepairWish

        found = self.form.values()
        payer = self.payer.value()
        return RepairWish(
            institution_id=int(self.place.combo.currentData()),
            line=self.line.line(),
            fault=found["note"],
            answer=Answer(str(found["answer"])),
            cost_bearer_id=payer if isinstance(payer, int) else None,
            building=found["building"],
            contact=found["contact"],
            access=str(found["access"]),
        )

    def refuse(self, error: Refused) -> None:
        """What is wrong with the furniture is said by the fields of its line."""
        if not isinstance(error, Invalid):
            super().refuse(error)
            return
        rest = {}
        for name, wrong in error.errors.items():
            parts = name.split(".")
            if len(parts) == 3:
                self.line.form.field(parts[2]).show_error(refusal(wrong))
            else:
                rest[name] = wrong
        if rest:
            super().refuse(Invalid(rest))

    def _press(self) -> None:
        if self.line.form.check() and not self.line.pictures.waiting:
            super()._press()


class OfferDialog(ActionDialog):
    """Asks for the tasks; what they cost follows from them."""

    def __init__(
        self,
        parent: QWidget,
        detail: RepairDetail,
        known: Sequence[Offerable],
        repairers: Sequence[RepairerChoice],
        warranty: str,
    ) -> None:
        title = _("Price of {number}").format(number=detail.row.listed.number)
        super().__init__(parent, title, _("Give the price"), warranty, columns=3)
        self._known = {each.id: each for each in known}
        self._agreed = {each.id: each.prices for each in repairers}
        self._pieces = detail.row.listed.pieces
        kinds = [Choice(each.id, each.name) for each in known]
        names = (_("Task"), _("One more task"), _("One more task"))
        self.tasks: list[tuple[ChoiceField, MoneyField]] = []
        for at in range(MOST_TASKS):
            task = ChoiceField(names[at], kinds, required=at == 0, nothing=_("none"))
            helper = _("A piece. Empty: we do it.") if at == 0 else ""
            outside = MoneyField(_("Another repairer's price"), helper=helper)
            self.form.add(f"task{at}", task, 2)
            self.form.add(f"outside{at}", outside)
            self.tasks.append((task, outside))
            task.changed.connect(functools.partial(self._propose, at))
            outside.changed.connect(self._show_price)
        firms = [Choice(each.id, each.name) for each in repairers]
        helper = _("What is agreed is proposed above.")
        self.repairer = ChoiceField(_("Repairer"), firms, helper=helper, nothing=_("none"))
        self.form.add("repairer_id", self.repairer, 3)
        self.form.leave_out(set() if firms else {"repairer_id"})
        self.repairer.changed.connect(self._propose_all)
        self.expected = self.form.add("expected_on", DateField(_("Done by"), lies="ahead"), 1)
        self.note = self.form.add(
            "note", TextField(_("Message to the owner"), lines=2, most=limits.NOTE), 2
        )
        if detail.row.listed.expected_on is not None:
            self.expected.set_value(detail.row.listed.expected_on)
        self.price = Label(tone="strong", wrap=True)
        self.column.insertWidget(self.column.indexOf(self.notice), self.price)
        self._show_price()

    def offers(self) -> list[TaskOffer]:
        """The tasks chosen, each with the price of another repairer where that has one."""
        from moebelcirkel.services.repairs import TaskOffer

        found = []
        for task, outside in self.tasks:
            key = task.combo.currentData()
            if isinstance(key, int):
                other, firm = outside.value(), self.repairer.combo.currentData()
                found.append(TaskOffer(key, other, None if other is None else firm))
        return found

    def _propose(self, at: int) -> None:
        """What is agreed with the repairer for a task."""
        task, outside = self.tasks[at]
        prices = self._agreed.get(self.repairer.combo.currentData(), {})
        agreed = prices.get(task.combo.currentData())
        if agreed is not None:
            outside.set_value(agreed)
        self._show_price()

    def _propose_all(self) -> None:
        for at in range(MOST_TASKS):
            self._propose(at)

    def _show_price(self) -> None:
        each = 0
        for task, outside in self.tasks:
            known = self._known.get(task.combo.currentData())
            if known is None:
                continue
            try:
                other = outside.value()
            except Refused:
                other = None
            each += known.labour_ore + known.parts_ore if other is None else other
        total = _("{each} a piece, {all} in all").format(
            each=kroner(each), all=kroner(each * self._pieces)
        )
        self.price.setText(total)


class RefuseRepairDialog(WordsDialog):
    """Asks why."""

    def __init__(self, parent: QWidget, number: str) -> None:
        title = _("Turn {number} down?").format(number=number)
        super().__init__(parent, title, _("Turn down"), _("The owner reads it."))


class ReceiveDialog(ActionDialog):
    """Asks how many came."""

    def __init__(self, parent: QWidget, detail: RepairDetail) -> None:
        title = _("Receive {number} in the workshop").format(number=detail.row.listed.number)
        text = _("A case opens with the tasks that were offered. What did not come is cancelled.")
        super().__init__(parent, title, _("Receive"), text)
        most = detail.row.listed.pieces
        self.pieces = self.form.add(
            "pieces", NumberField(_("How many came?"), required=True, minimum=1, maximum=most)
        )
        self.pieces.set_value(most)
        helper = _("Separated by spaces. The others get new ones.")
        self.labels = self.form.add(
            "labels", LineField(_("Labels that they have already"), helper=helper)
        )
