"""The dialog in which an administrator gives someone a new password."""

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import CheckField, PasswordField
from moebelcirkel.ui.parts.log_in_rules import password_rule


class PasswordDialog(ActionDialog):
    """A password, typed once and seen on request, that by default must be replaced at log-in."""

    def __init__(self, name: str, parent: QWidget) -> None:
        title = _("New password for {name}").format(name=name)
        super().__init__(parent, title, _("Save password"))
        self.password = PasswordField(_("New password"), helper=password_rule(), required=True)
        self.form.add("password", self.password)
        show = self.form.add("show", CheckField(_("Show the password")))
        show.changed.connect(lambda: self._reveal(shown=show.value()))
        once = self.form.add("once", CheckField(_("Must choose a new one at the next log-in")))
        once.set_value(True)
        self.password.setFocus()

    def _reveal(self, *, shown: bool) -> None:
        modes = self.password.line.EchoMode
        self.password.line.setEchoMode(modes.Normal if shown else modes.Password)

    def values(self) -> tuple[str, bool]:
        """The password, and whether it is to be replaced."""
        values = self.form.values()
        return values["password"], values["once"]
