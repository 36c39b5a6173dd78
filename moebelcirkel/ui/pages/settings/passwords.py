"""The dialog in which an administrator gives someone a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.users import PASSWORD_LEAST
from moebelcirkel.language import _
from moebelcirkel.services import users
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import CheckField, PasswordField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.plain import Label, push_button

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.shell import Shell


class PasswordDialog(Dialog):
    """A password, typed once and seen on request, that by default must be replaced at log-in."""

    changed = Signal(object)

    def __init__(self, shell: Shell, user_id: int, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._user_id = user_id
        self.setWindowTitle(_("New password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = Label(_("New password for {name}").format(name=name), tone="heading", wrap=True)
        helper = _("At least {least} characters. Three or four words together are good.")
        self.form = Form(columns=1)
        self.password = PasswordField(
            _("New password"), helper=helper.format(least=PASSWORD_LEAST), required=True
        )
        self.form.add("password", self.password)
        show = self.form.add("show", CheckField(_("Show the password")))
        show.changed.connect(lambda: self._reveal(shown=show.value()))
        once = self.form.add("once", CheckField(_("Must choose a new one at the next log-in")))
        once.set_value(True)
        self.notice = Notice()
        self.save_button = push_button(_("Save password"), self._save, role="primary", default=True)
        cancel = push_button(_("Cancel"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addWidget(self.notice)
        column.addLayout(row(None, self.save_button, cancel))
        self.setMinimumWidth(theme.current().px(420))
        self.password.setFocus()

    def _reveal(self, *, shown: bool) -> None:
        modes = self.password.line.EchoMode
        self.password.line.setEchoMode(modes.Normal if shown else modes.Password)

    def _save(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()

        def work(context: Context) -> Done:
            return users.set_password(
                context, self._user_id, values["password"], once=values["once"]
            )

        self._shell.jobs.write(work, self._saved, self._refused, hold=[self.save_button])

    def _saved(self, done: Done) -> None:
        self.changed.emit(done)
        self.accept()

    def _refused(self, error: Refused) -> None:
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)
