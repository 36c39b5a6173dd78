"""Asks why a picture is to be erased for good, and says what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.changes.codes import ERASE_CAUSES
from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.page import Page


def ask_to_erase(page: Page, fingerprint: str) -> ActionDialog:
    """Open the question; what is done shows on the page."""
    dialog = ActionDialog(
        page.window(),
        _("Erase the picture for good?"),
        _("Erase for good"),
        _(
            "It goes everywhere it is shown, and cannot be brought back by anybody. Who erased it "
            "and why stays in the history. It is also removed from the copies the program keeps "
            "here; files and dumps that somebody copied elsewhere still have it."
        ),
        danger=True,
    )
    choices = [Choice(code, _(words)) for code, words in ERASE_CAUSES.items()]
    cause = dialog.form.add("cause", ChoiceField(_("Reason"), choices, required=True))
    cause.combo.setCurrentIndex(-1)

    cause.setFocus()
    page.ask(
        dialog,
        lambda: (str(cause.value()),),
        lambda context, code: services.photos.erase(context, fingerprint, code),
        _("The picture is erased for good."),
    )
    return dialog
