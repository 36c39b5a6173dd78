"""Saying no: the reason is asked for, because the sender reads it."""

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import limits
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import TextField


class RefuseOrderDialog(ActionDialog):
    """Asks for the ``reason``; stays open until the service has taken it."""

    def __init__(self, parent: QWidget, number: str) -> None:
        title = _("Refuse {number}?").format(number=number)
        super().__init__(parent, title, _("Refuse the order"), danger=True)
        helper = _("The sender reads it. The furniture goes on sale again.")
        self.reason = TextField(_("Why?"), helper=helper, required=True, most=limits.NOTE)
        self.form.add("reason", self.reason)
        self.reason.setFocus()
