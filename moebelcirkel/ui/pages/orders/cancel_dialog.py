"""Giving an order up, or a part of it: why is chosen, so that it can be counted."""

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain.orders import Party, Why, reasons
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField


class CancelDialog(ActionDialog):
    """Asks for the reason; stays open until the service has taken it."""

    def __init__(self, parent: QWidget, number: str, pieces: int | None, party: Party) -> None:
        """``pieces`` are those that were ticked; None is the whole order."""
        title, text, verb = _words(number, pieces)
        super().__init__(parent, title, verb, text, danger=True)
        choices = [Choice(why.value, _(why.label)) for why in reasons(party)]
        self.why = ChoiceField(_("Why?"), choices, required=True)
        self.form.add("why", self.why)
        self.cancel.setText(_("Keep the order"))

    def reason(self) -> Why:
        """What was chosen."""
        return Why(str(self.why.value()))


def _words(number: str, pieces: int | None) -> tuple[str, str, str]:
    if pieces is None:
        return (
            _("Cancel {number}?").format(number=number),
            _("All its furniture that is not picked goes on sale again."),
            _("Cancel the order"),
        )
    title = ngettext(
        "Cancel {count} piece of {number}?", "Cancel {count} pieces of {number}?", pieces
    )
    return (
        title.format(count=pieces, number=number),
        _("They go on sale again."),
        _("Cancel them"),
    )
