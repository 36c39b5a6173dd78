"""Logging in, and the quick change of user on a shared PC.

Plain widgets: they hand over name and password by a signal, and are told what came of it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.field_note import ROOM, FieldNote
from moebelcirkel.ui.kit.pictures import brand
from moebelcirkel.ui.kit.plain import Label, caption, push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LoginPassword(QLineEdit):
    """A password that warns of Caps Lock by what it does to the letters; Qt cannot ask the key."""

    caps = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, means Caps Lock."""
        text = event.text()
        if text.isalpha():
            shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        elif event.key() == QtCore.Qt.Key.Key_CapsLock:
            self.caps.emit(False)
        super().keyPressEvent(event)


class LoginForm(QWidget):
    """Name and password, with the error by the field it belongs to."""

    submitted = Signal(str, str)

    def __init__(self, names: Sequence[str] = ()) -> None:
        super().__init__()
        self.name, self.password = QLineEdit(), LoginPassword()
        self.name_error, self.password_error = FieldNote(self.name), FieldNote(self.password)
        self.caps = Label(_("Caps Lock is on."), tone="warning")
        self.caps.hide()
        self.button = QPushButton(_("Log in"))
        self.button.setProperty("role", "primary")
        self.button.setProperty("main", True)
        self.button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if names:
            column.addLayout(self._people(names))
            column.addSpacing(6)
        for title, field, error in (
            (_("User name"), self.name, self.name_error),
            (_("Password"), self.password, self.password_error),
        ):
            if field is self.password:
                column.addSpacing(theme.current().px(ROOM) - column.spacing())
            labelled(column, title, field)
            field.textChanged.connect(functools.partial(_correct, field, error))
            field.returnPressed.connect(self._submit)
        column.addWidget(self.caps)
        column.addSpacing(30)
        column.addWidget(self.button)
        self.password.caps.connect(self.caps.setVisible)
        self.button.clicked.connect(self._submit)
        self.setFocusProxy(self.name)

    def fail(self, text: str, *, at_name: bool = False) -> None:
        """Say what was wrong; a wrong password is emptied and asked for again."""
        self.wait(waiting=False)
        field = self.name if at_name else self.password
        error = self.name_error if at_name else self.password_error
        if not at_name:
            self.password.clear()
        self._show_error(field, error, text)

    def wait(self, *, waiting: bool) -> None:
        """Nothing can be pressed twice while the password is checked.

        The fields stay enabled: one that is not hands the keyboard on, to where Return would leave.
        """
        if waiting and self.button.hasFocus():
            self.password.setFocus()
        for field in (self.name, self.password):
            field.setReadOnly(waiting)
        self.button.setEnabled(not waiting)
        self.button.setText(_("Logging in…") if waiting else _("Log in"))

    def reset(self, name: str = "") -> None:
        """Empty for the next person, ready to type in."""
        self.wait(waiting=False)
        self.name.setText(name)
        self.password.clear()
        _correct(self.name, self.name_error)
        _correct(self.password, self.password_error)
        (self.password if name else self.name).setFocus()

    def _people(self, names: Sequence[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in names[:4]:
            button = QPushButton(caption(name))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, name=name: self.reset(name))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _submit(self) -> None:
        name, password = self.name.text().strip(), self.password.text()
        if not self.button.isEnabled():
            return
        if not name:
            self._show_error(self.name, self.name_error, _("Write your user name."))
        elif not password:
            self._show_error(self.password, self.password_error, _("Write your password."))
        else:
            self.wait(waiting=True)
            self.submitted.emit(name, password)

    def _show_error(self, field: QLineEdit, note: FieldNote, text: str) -> None:
        theme.mark(field, "invalid", True)
        note.say(text)
        field.setAccessibleDescription(text)
        field.setFocus()
        _announce(self, text)


class LoginPage(QFrame):
    """The whole window before anybody has logged in; also says when the database is not there."""

    again = Signal()
    another = Signal()
    clock_right = Signal()
    restoring = Signal()
    known_enters = Signal()

    def __init__(self, place: str = "", hint: str = "") -> None:
        super().__init__()
        self.setObjectName("ground")
        self.form = LoginForm()
        self.submitted = self.form.submitted
        self.where, self.tip = Label(tone="muted"), Label(tone="small", wrap=True)
        self.trouble = Label(tone="error", wrap=True)
        self.retry = push_button(_("Try again"), self.again, role="primary")
        self.retry.setProperty("main", True)
        self.clock = push_button(_("The clock is right"), self.clock_right)
        self.restore = push_button(_("Restore a copy …"), self.restoring)
        self.known = push_button("", self.known_enters)
        self.known_as = Label(tone="small", wrap=True)
        self.offer("", "")
        self.other = push_button(_("Choose another database…"), self.another, role="quiet")
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(theme.current().px(400))
        self._fill(QVBoxLayout(card))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(_middle(card))
        column.addStretch(1)
        self.setFocusProxy(self.form)
        self.show_owner(place, hint)

    def show_owner(self, place: str, hint: str = "") -> None:
        """Whose database it is, and in example data how to get in."""
        self._set_trouble("")
        self.where.setText(place)
        self.where.setVisible(bool(place))
        _show_copyable(self.tip, hint)

    def offer(self, name: str, account: str) -> None:
        """Let somebody who is known come in without a password; nobody where there is no name."""
        self.known.setText(caption(_("Log in as {name}").format(name=name)))
        self.known_as.setText(_("The system knows you as {account}.").format(account=account))
        for part in (self.known, self.known_as):
            part.setVisible(bool(name))

    def show_trouble(
        self, text: str, *, about_clock: bool = False, restorable: bool = False
    ) -> None:
        """Why the database cannot be used; there is nobody to log in until it can.

        A doubtful clock is put right, or said to be right; of a damaged file a copy is restored.
        """
        self._set_trouble(text)
        self.clock.setVisible(about_clock)
        self.restore.setVisible(restorable)
        self.retry.setFocus()

    def _set_trouble(self, text: str) -> None:
        _show_copyable(self.trouble, text)
        if text:
            _announce(self.trouble, text)
        self.form.setVisible(not text)
        if text:
            self.offer("", "")
        self.retry.setVisible(bool(text))
        self.clock.hide()
        self.restore.hide()

    def _fill(self, inside: QVBoxLayout) -> None:
        inside.setContentsMargins(32, 28, 32, 24)
        inside.setSpacing(8)
        inside.addLayout(brand.head())
        inside.addWidget(self.where)
        inside.addSpacing(12)
        for widget in (
            self.trouble,
            self.retry,
            self.clock,
            self.restore,
            self.form,
            self.known,
            self.known_as,
            self.tip,
        ):
            inside.addWidget(widget)
        inside.addLayout(_middle(self.other))


class ChangeUser(Dialog):
    """The next person takes over at the shared PC; the page stays where it was."""

    def __init__(self, parent: QWidget, names: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change user"))
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose)
        title = Label(_("Who takes over?"), tone="heading")
        self.form = LoginForm(names)
        self.submitted = self.form.submitted
        cancel = push_button(_("Cancel"), self.reject, default=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.form)
        column.addWidget(cancel)
        self.setMinimumWidth(theme.current().px(400))
        self.form.reset()


def _middle(widget: QWidget) -> QHBoxLayout:
    """In the middle of its row, as wide as it needs."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


def _show_copyable(label: Label, text: str) -> None:
    """A text that can be marked, where there is one."""
    label.setText(text)
    label.setVisible(bool(text))
    if text:
        label.setTextInteractionFlags(QtCore.Qt.TextInteractionFlag.TextSelectableByMouse)


def _announce(widget: QWidget, text: str) -> None:
    """Let screen readers say it; what does so is not needed for the first picture."""
    from moebelcirkel.ui.kit.messages import announce

    announce(widget, text, urgent=True)


def _correct(field: QLineEdit, error: FieldNote, _text: str = "") -> None:
    """What is being corrected is not called wrong any more."""
    theme.mark(field, "invalid", False)
    field.setAccessibleDescription("")
    error.say("")


def labelled(column: QVBoxLayout, title: str, field: QLineEdit) -> None:
    """Put a line under its name."""
    label = Label(title, tone="label")
    label.setBuddy(field)
    field.setAccessibleName(title)
    column.addWidget(label)
    column.addWidget(field)
