"""Saying no: the reason is asked for, because the sender reads it."""

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import WordsDialog


class RefuseOrderDialog(WordsDialog):
    """Asks why; stays open until the service has taken it."""

    def __init__(self, parent: QWidget, number: str) -> None:
        helper = _("The sender reads it. The furniture goes on sale again.")
        title = _("Refuse {number}?").format(number=number)
        super().__init__(parent, title, _("Refuse the order"), helper)
