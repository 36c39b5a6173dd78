"""Taking over at a shared PC by a badge: scanned on any page, with its PIN where it has one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.window.login import ChangeUser, LoginPassword, labelled
from moebelcirkel.ui.window.login_flow import LoginFlow, at_work

if TYPE_CHECKING:
    from moebelcirkel.services.context import Actor, Context
    from moebelcirkel.ui.kit.jobs import Jobs
    from moebelcirkel.ui.window.access.lock import Lock
    from moebelcirkel.ui.window.main_window import MainWindow

#: There is nobody yet whose connection could ask the server.
_NO_ACCOUNT = N_("A badge opens no account of the server. Log in with your password.")


class PinDialog(Dialog):
    """Asks for the digits; what was wrong with those before stands in it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, reason: str) -> None:
        from moebelcirkel.domain.users.badges import PIN_MOST

        super().__init__(parent)
        self.setWindowTitle(_("Badge"))
        self.pin = LoginPassword()
        self.pin.setMaxLength(PIN_MOST)
        self.verb = push_button(_("Log in"), self._choose, role="primary")
        self.verb.setDefault(True)
        cancel = push_button(_("Cancel"), self.reject, default=False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.verb)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(reason, wrap=True))
        labelled(column, _("PIN"), self.pin)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.current().px(340))
        self.finished.connect(self.deleteLater)
        self.pin.setFocus()

    def _choose(self) -> None:
        if self.pin.text():
            self.chosen.emit(self.pin.text())
            self.accept()


class Badges(QObject):
    """What happens with a badge that is scanned, before somebody is at work and after."""

    def __init__(self, jobs: Jobs, login_flow: LoginFlow) -> None:
        super().__init__(login_flow)
        self._jobs = jobs
        self._login_flow = login_flow
        self._window: MainWindow | None = None
        self.dialog: PinDialog | None = None

    def shown(self, code: str, window: MainWindow | None) -> None:
        """Somebody holds a badge under the scanner; nothing of it is shown or typed."""
        self._window = window
        front = QApplication.activeModalWidget()
        if (
            window is not None
            and self._lock() is None
            and front is not None
            and not isinstance(front, ChangeUser)
        ):
            window.heard(good=False)
            window.messages.warn(_("Close what is open in front first; then scan your badge."))
            return
        page = self._login_flow.login_page
        if window is None and page is not None and self._login_flow.asks_account:
            page.form.fail(_(_NO_ACCOUNT), at_name=True)
            return
        self._try(code, None)

    def _try(self, code: str, pin: str | None) -> None:
        self._jobs.write(
            lambda context: _enter(context, code, pin),
            self._let_in,
            functools.partial(self._refused, code),
            owner=self,
        )

    def _let_in(self, answer: tuple[Actor, Any, str]) -> None:
        window = self._at_work()
        if window is None:
            self._login_flow.entered.emit(answer)
        elif answer[0].user_id == window.context.actor.user_id:
            if (lock := self._lock()) is not None:
                lock.release()
                return
            window.messages.success(_("You are at work here already."))
        else:
            window.leave(functools.partial(self._login_flow.entered.emit, answer))

    def _refused(self, code: str, error: Refused) -> None:
        from moebelcirkel.services.start.login import PinNeeded

        window, lock = self._at_work(), self._lock()
        if isinstance(error, PinNeeded) or error.field == "pin":
            over = lock.sheet if lock is not None else window
            self.dialog = PinDialog(over or self._login_flow.start_window, language.refusal(error))
            self.dialog.chosen.connect(lambda pin: self._try(code, pin))
            self.dialog.open()
        elif lock is not None and lock.sheet is not None:
            lock.sheet.fail(language.refusal(error))
        elif window is not None:
            window.heard(good=False)
            window.messages.refused(error)
        elif self._login_flow.login_page is not None:
            self._login_flow.login_page.form.fail(language.refusal(error), at_name=True)

    def _lock(self) -> Lock | None:
        """The lock over the window, while it is locked."""
        window = self._at_work()
        lock = None if window is None else window.lock
        return lock if lock is not None and lock.locked else None

    def _at_work(self) -> MainWindow | None:
        window = self._window
        return window if window is not None and shiboken6.isValid(window) else None


def _enter(context: Context, code: str, pin: str | None) -> tuple[Actor, Any, str]:
    from moebelcirkel.services.start import login

    return at_work(context, login.log_in_by_badge(context, code, pin))
