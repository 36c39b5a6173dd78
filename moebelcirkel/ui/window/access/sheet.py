"""What stands over a locked window: who is at work there, and the way back or on.

A plain widget: it hands over the password by a signal, and is told what came of it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.field_note import FieldNote
from moebelcirkel.ui.kit.messages import announce
from moebelcirkel.ui.kit.pictures import brand
from moebelcirkel.ui.kit.plain import Label, caption, push_button
from moebelcirkel.ui.window.login import LoginPassword, labelled


class LockSheet(QWidget):
    """Covers the whole window; nothing that is typed on it goes on to what lies below."""

    unlocking = Signal(str)
    """With the password."""
    known_unlocks = Signal()
    """By the account of the system or the server that needs no password."""
    changing_user = Signal()

    def __init__(self, window: QWidget, name: str, role: str) -> None:
        super().__init__(window)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        who = _("{name} is at work here.").format(name=name)
        self.setAccessibleName(_("Locked"))
        self.setAccessibleDescription(who)
        self.who = Label(who, wrap=True)
        self.role = Label(role, tone="muted", wrap=True)
        self.password = LoginPassword()
        self.error = FieldNote(self.password)
        self.caps = Label(_("Caps Lock is on."), tone="warning")
        self.caps.hide()
        self.password.caps.connect(self.caps.setVisible)
        self.button = push_button(_("Unlock"), self._submit, role="primary")
        self.button.setProperty("main", True)
        self.password.returnPressed.connect(self._submit)
        self.password.textChanged.connect(self._correct)
        self.known = push_button("", self.known_unlocks)
        self.known.hide()
        self.change = push_button(_("Change user…"), self.changing_user, role="quiet")
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(theme.current().px(400))
        self._fill(QVBoxLayout(card))
        self.role.setVisible(bool(role))
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.password)

    def offer(self, account: str) -> None:
        """The system, or the server, knows who is there without a password."""
        self.known.setText(caption(_("Unlock as {account}").format(account=account)))
        self.known.show()

    def fail(self, text: str) -> None:
        """Say what was wrong; the password is asked for again."""
        self.wait(waiting=False)
        self.password.clear()
        theme.mark(self.password, "invalid", True)
        self.error.say(text)
        self.password.setAccessibleDescription(text)
        self.password.setFocus()
        announce(self, text, urgent=True)

    def wait(self, *, waiting: bool) -> None:
        """Nothing can be pressed twice while the password is checked."""
        if waiting:
            self.password.setFocus()
        self.password.setReadOnly(waiting)
        self.button.setEnabled(not waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing of it goes on to the window, where Esc would turn the page."""
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt names it so
        """Tab goes round on the sheet."""
        parts = (self.password, self.button, self.known, self.change)
        there = [each for each in parts if each.isVisible() and each.isEnabled()]
        if not there:
            return False
        focus = self.focusWidget()
        at = [*there, focus].index(focus)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        there[(at + (1 if next else len(there) - 1)) % len(there)].setFocus(reason)
        return True

    def _fill(self, inside: QVBoxLayout) -> None:
        inside.setContentsMargins(32, 28, 32, 24)
        inside.setSpacing(8)
        inside.addLayout(brand.head())
        inside.addSpacing(8)
        inside.addWidget(Label(_("Locked"), tone="heading"))
        inside.addWidget(self.who)
        inside.addWidget(self.role)
        inside.addSpacing(8)
        labelled(inside, _("Password"), self.password)
        inside.addWidget(self.caps)
        inside.addSpacing(30)
        inside.addWidget(self.button)
        inside.addWidget(self.known)
        inside.addWidget(Label(_("Or scan your badge."), tone="small", wrap=True))
        inside.addWidget(self.change, 0, Qt.AlignmentFlag.AlignHCenter)

    def _submit(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.password.text():
            self.fail(_("Write your password."))
            return
        self.wait(waiting=True)
        self.unlocking.emit(self.password.text())

    def _correct(self, _text: str) -> None:
        theme.mark(self.password, "invalid", False)
        self.password.setAccessibleDescription("")
        self.error.say("")
