"""The dialog in which an administrator gives someone a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.services import users
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import CheckField, PasswordField
from moebelcirkel.ui.parts.log_in_rules import password_rule

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell


class PasswordDialog(ActionDialog):
    """A password, typed once and seen on request, that by default must be replaced at log-in."""

    def __init__(self, shell: Shell, user_id: int, name: str, parent: QWidget) -> None:
        title = _("New password for {name}").format(name=name)
        super().__init__(parent, title, _("Save password"))
        self._shell = shell
        self._user_id = user_id
        self.password = PasswordField(_("New password"), helper=password_rule(), required=True)
        self.form.add("password", self.password)
        show = self.form.add("show", CheckField(_("Show the password")))
        show.changed.connect(lambda: self._reveal(shown=show.value()))
        once = self.form.add("once", CheckField(_("Must choose a new one at the next log-in")))
        once.set_value(True)
        self.asked.connect(self._save)
        self.password.setFocus()

    def _reveal(self, *, shown: bool) -> None:
        modes = self.password.line.EchoMode
        self.password.line.setEchoMode(modes.Normal if shown else modes.Password)

    def _save(self) -> None:
        user_id, values = self._user_id, self.form.values()
        self.write(
            self._shell.jobs,
            lambda context: users.set_password(
                context, user_id, values["password"], once=values["once"]
            ),
        )
