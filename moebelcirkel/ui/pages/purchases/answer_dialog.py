"""Saying what became of a line of a planned purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain import limits
from moebelcirkel.domain.purchases import Ending
from moebelcirkel.language import _, number
from moebelcirkel.services.purchases import AnswerForm
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import NumberField, TextField
from moebelcirkel.ui.pages.purchases import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.purchases import KeptLine


#: So wide that its fields stand side by side.
_WIDTH = 640


class AnswerDialog(ActionDialog):
    """What becomes of how many; what must be new is asked why."""

    def __init__(self, parent: QWidget, line: KeptLine) -> None:
        text = _(
            "The answers are counted, so that it is seen how much was not bought new. With fewer "
            "pieces, the others wait for an answer of their own."
        )
        title = _("What becomes of {count} × {words}?")
        title = title.format(count=number(line.pieces), words=line.words)
        super().__init__(parent, title, _("Save the answer"), text, columns=3)
        self.setMinimumWidth(theme.current().px(_WIDTH))
        choices = [Choice(each.value, words.ending(each)) for each in Ending]
        self.ending = self.form.add(
            "ending", ChoiceField(_("What becomes of it?"), choices, required=True), 2
        )
        self.pieces = self.form.add(
            "pieces", NumberField(_("How many?"), required=True, minimum=1, maximum=line.pieces)
        )
        answers = [Choice("yes", _("Yes")), Choice("no", _("No"))]
        self.used = self.form.add(
            "used_first",
            SegmentedField(_("Have you asked for used ones on a framework agreement?"), answers),
            3,
        )
        self.why = self.form.add(
            "reason", TextField(_("Why? (for new ones it must be said)"), most=limits.NOTE), 3
        )
        self.form.set_values({"pieces": line.pieces, "reason": line.reason})
        self.ending.set_value(line.ending)
        if line.used_first is not None:
            self.used.set_value("yes" if line.used_first else "no")
        self.ending.changed.connect(self._ask)
        self._ask()

    def answer(self) -> AnswerForm:
        """What is filled in; asked for after ``check``."""
        used = self.used.value() if self._is_new() else None
        return AnswerForm(
            ending=str(self.ending.value() or ""),
            pieces=self.pieces.value() or 0,
            reason=self.why.value(),
            used_first=None if used is None else used == "yes",
        )

    def _is_new(self) -> bool:
        return str(self.ending.combo.currentData()) == Ending.NEW

    def _ask(self) -> None:
        self.form.leave_out(set() if self._is_new() else {"used_first"})
