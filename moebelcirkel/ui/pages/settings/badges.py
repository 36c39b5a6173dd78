"""The dialog in which an administrator makes a badge for someone, and the paper it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel.domain.users.badges import PIN_LEAST, PIN_MOST
from moebelcirkel.language import _
from moebelcirkel.services import badges
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import PasswordField

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell

#: What else the window has to hear of it than what the service answers.
CHANGED = frozenset({"app_user", "user_badge"})


class BadgeDialog(ActionDialog):
    """A PIN where one is wanted; then the badge is shown once, to be printed."""

    made = Signal()

    def __init__(self, shell: Shell, user_id: int, name: str, parent: QWidget) -> None:
        super().__init__(
            parent,
            _("Badge for {name}").format(name=name),
            _("Make the badge"),
            _("Whoever scans it takes over at a shared PC. A badge from before stops working."),
        )
        self._shell = shell
        self._user_id = user_id
        self._name = name
        self._window = parent
        helper = _("{least} to {most} digits, asked for at each scan. Empty: none.")
        self.pin = PasswordField(
            _("PIN (optional)"), helper=helper.format(least=PIN_LEAST, most=PIN_MOST)
        )
        self.form.add("pin", self.pin)
        self.asked.connect(self._make)
        self.pin.setFocus()

    def _make(self) -> None:
        user_id, pin = self._user_id, self.form.values()["pin"]
        self._shell.jobs.write(
            lambda context: badges.make(context, user_id, pin),
            self._show,
            self.refuse,
            hold=[self.verb],
        )

    def _show(self, paper: bytes) -> None:
        from moebelcirkel.ui.parts.paper_dialog import PaperDialog

        dialog = PaperDialog(self._window, _("Badge for {name}").format(name=self._name))
        dialog.show_paper(paper, _("badge.pdf"))
        self.made.emit()
        self.accept()
        dialog.open()
