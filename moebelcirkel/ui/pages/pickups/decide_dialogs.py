"""Asking, turning down and planning: dialogs that stay open until the service has taken it."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog, WordsDialog
from moebelcirkel.ui.kit.forms.fields import DateField


class AskDialog(WordsDialog):
    """Asks what the warehouse wants to know."""

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(
            parent,
            _("Ask about {number}").format(number=number),
            _("Ask"),
            _("The giver sees it and answers by correcting the report."),
            name="question",
            label=_("What do you want to know?"),
            danger=False,
        )


class RefusePickupDialog(WordsDialog):
    """Asks why."""

    def __init__(self, parent: QWidget, number: str) -> None:
        title = _("Turn {number} down?").format(number=number)
        super().__init__(parent, title, _("Turn down"), _("The giver reads it."))


class PlanDialog(ActionDialog):
    """Asks for the day, ``planned_on``."""

    def __init__(self, parent: QWidget, number: str, text: str) -> None:
        title = _("When is {number} fetched?").format(number=number)
        super().__init__(parent, title, _("Plan the pickup"), text)
        self.day = self.form.add(
            "planned_on", DateField(_("Is fetched"), required=True, lies="ahead")
        )
        self.day.setFocus()

    def planned_on(self) -> dt.date:
        """The day."""
        day = self.day.value()
        assert day is not None, "the form asks for it"
        return day
