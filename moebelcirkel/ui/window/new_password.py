"""Choosing a new password: one's own, or when the one just used was only good for that."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.window.login import LoginPassword, labelled


class NewPassword(Dialog):
    """Asks twice, and hands the password over when both are the same.

    With ``asks_old`` it asks for the old one too, which stands in ``old``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, reason: str, *, asks_old: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        why = Label(reason, wrap=True)
        self.old, self.first, self.second = LoginPassword(), LoginPassword(), LoginPassword()
        self.error = Label(tone="error", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(why)
        if asks_old:
            labelled(column, _("Old password"), self.old)
        labelled(column, _("New password (at least 10 characters)"), self.first)
        labelled(column, _("The same again"), self.second)
        column.addWidget(self.error)
        column.addLayout(self._buttons())
        self.setMinimumWidth(theme.current().px(420))
        (self.old if asks_old else self.first).setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel, save = QPushButton(_("Cancel")), QPushButton(_("Save password"))
        save.setProperty("role", "primary")
        save.setDefault(True)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self._save)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        return row

    def _save(self) -> None:
        if self.first.text() != self.second.text():
            self.error.setText(_("The two passwords are not the same. Write them again."))
            self.second.clear()
            self.second.setFocus()
            return
        self.chosen.emit(self.first.text())
        self.accept()
