"""Asking, turning down and planning: dialogs that stay open until the service has taken it."""

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import DateField, TextField


class AskDialog(ActionDialog):
    """Asks for the ``question``."""

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(parent, _("Ask about {number}").format(number=number), _("Ask"))
        helper = _("The giver sees it and answers by correcting the report.")
        self.question = TextField(
            _("What do you want to know?"), helper=helper, required=True, most=limits.NOTE
        )
        self.form.add("question", self.question)
        self.question.setFocus()


class RefusePickupDialog(ActionDialog):
    """Asks for the ``reason``."""

    def __init__(self, parent: QWidget, number: str) -> None:
        title = _("Turn {number} down?").format(number=number)
        super().__init__(parent, title, _("Turn down"), danger=True)
        helper = _("The giver reads it.")
        self.reason = TextField(_("Why?"), helper=helper, required=True, most=limits.NOTE)
        self.form.add("reason", self.reason)
        self.reason.setFocus()


class PlanDialog(ActionDialog):
    """Asks for the day, ``planned_on``."""

    def __init__(self, parent: QWidget, number: str, text: str) -> None:
        title = _("When is {number} fetched?").format(number=number)
        super().__init__(parent, title, _("Plan the pickup"), text)
        self.day = self.form.add("planned_on", DateField(_("Is fetched"), required=True))
        self.form.submit_by_return()
        self.form.submitted.connect(self._press)
        self.day.setFocus()
