"""The way in: the first start or the log-in, until somebody is at work.

It shows the pages before the window and tells by signals which database was chosen and who logged
in; the quick change of user at a shared PC goes the same way.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import N_, ClockDoubt, Damaged, Refused, Unavailable
from moebelcirkel.language import _
from moebelcirkel.ui.kit.jobs import Job, Jobs
from moebelcirkel.ui.kit.turns import Turns
from moebelcirkel.ui.window.login import ChangeUser, LoginForm, LoginPage
from moebelcirkel.ui.window.start_window import StartWindow

if TYPE_CHECKING:
    from moebelcirkel.services.context import Actor, Context
    from moebelcirkel.services.start.first_look import Owner
    from moebelcirkel.services.start.login import Known
    from moebelcirkel.ui.window.access.door import Door
    from moebelcirkel.ui.window.main_window import MainWindow
    from moebelcirkel.ui.window.restoring import Restoring
    from moebelcirkel.ui.window.welcome import Welcome

_PAUSE_MS = 20


class LoginFlow(QObject):
    """The window before anybody is at work, and who asks to come in."""

    chosen = Signal(str)
    """The database to use from now on."""
    entered = Signal(object)
    """What ``_enter`` answered: actor, workplace and the letters before label numbers."""

    def __init__(self, jobs: Jobs, closed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.start_window = StartWindow(closed)
        self.login_page: LoginPage | None = None
        self.welcome: Welcome | None = None
        self.restoring: Restoring | None = None
        self._jobs = jobs
        self._asked: LoginForm | None = None
        self._by_system = self._at_once = False
        self.door: Door | None = None
        """Where the server may ask each person for an account of its own."""
        self.asks_account = False
        self._greeting = ""
        jobs.unavailable.connect(self._not_available)

    def show_first_start(self, *, returns: bool) -> None:
        """The ways to begin, and the way back where there is one."""
        from moebelcirkel.ui.window.welcome import Welcome

        self.leave()
        self.welcome = Welcome(self, returns=returns)
        self.welcome.ready.connect(self.chosen)
        self.start_window.put(self.welcome.page, "begin")

    def show_restoring(self, target: str, copy: str) -> Restoring:
        """Put a copy of the database back, while nobody has it open."""
        from moebelcirkel.ui.window.restoring import Restoring

        self.leave()
        self.restoring = Restoring(self, target, copy)
        self.start_window.put(self.restoring.page, "login")
        return self.restoring

    def show_login(
        self, target: str, last_user: str, *, by_system: bool = False, at_once: bool = False
    ) -> LoginPage:
        """Ask who is there; the database is opened meanwhile, and what is wrong with it is said.

        ``by_system``: the system's user may come in without a password.
        """
        self.leave()
        self._by_system, self._at_once = by_system, at_once
        self.asks_account = False
        page = LoginPage()
        page.submitted.connect(self.log_in)
        page.again.connect(self._read_owner)
        page.clock_right.connect(self._confirm_clock)
        page.known_enters.connect(self._enter_known)
        self.login_page, self._asked = page, page.form
        self.start_window.put(page, "login")
        page.form.reset(last_user)
        # The form is there first, then whose it is, and then the database is opened.
        self.start_window.when_painted(functools.partial(self._look_first, target))
        return page

    def ask_change(self, window: QWidget) -> None:
        """Let the next person take over at the window."""
        dialog = ChangeUser(window)
        dialog.submitted.connect(self.log_in)
        self._asked = dialog.form
        dialog.open()

    def ask_password(self, window: MainWindow, reason: str) -> None:
        """Let somebody at work choose another password; asked again with what was wrong."""
        from moebelcirkel.ui.window.new_password import NewPassword

        def change(new: str) -> None:
            old = dialog.old.text()
            self._jobs.write(
                lambda context: _change_password(context, old, new),
                lambda _none: window.messages.success(_("Your password is changed")),
                lambda error: self.ask_password(window, language.refusal(error)),
                owner=window,
            )

        dialog = NewPassword(window, reason, asks_old=True)
        dialog.chosen.connect(change)
        dialog.open()

    def leave(self) -> None:
        """Nobody is asked any more; what the first start still makes comes to its end."""
        self.login_page = self._asked = None
        before, self.welcome, self.restoring = (self.welcome, self.restoring), None, None
        for one in before:
            if one is not None:
                one.end()
                one.deleteLater()

    # --- whose database it is ------------------------------------------------------------------

    def _look_first(self, target: str) -> None:
        from moebelcirkel.services.start import first_look

        owner = first_look.owner(target)
        if owner is not None:
            self._show_owner(owner)
        # What is typed meanwhile, and painting the name, come before the heavy work.
        QTimer.singleShot(_PAUSE_MS, self, self._read_owner)

    def _read_owner(self) -> None:
        if self.login_page is not None:
            self._jobs.read(
                _read_owner, self._owner_read, self._no_owner, channel="owner", owner=self
            )

    def _owner_read(self, owner: Owner) -> None:
        """Get ready for the window while somebody types.

        When Qt first hands out a widget that Python has not made, all classes of widgets are made
        known to Python at once, which takes 20 ms and more: here they become known one by one. It
        happens before the window's code is read on another thread, which needs some of them.
        """
        self._show_owner(owner)
        self._look_who_is_known()
        known = (functools.partial(getattr, QtWidgets, name) for name in dir(QtWidgets))
        Turns(self, (*known, self._load_window))

    def _load_window(self) -> None:
        self._jobs.aside(_load_window, lambda _none: None, owner=self)

    def _show_owner(self, owner: Owner) -> None:
        if self.login_page is not None:
            self.login_page.show_owner(owner.municipality, _hint() if owner.demo else "")

    def _no_owner(self, error: Refused | Unavailable) -> None:
        if self.login_page is not None and self._is_about_account(error):
            self.asks_account = True
            self.login_page.show_owner("", _("Log in with your account on the server."))
        elif self.login_page is not None:
            self.login_page.show_trouble(
                language.refusal(error),
                about_clock=isinstance(error, ClockDoubt),
                restorable=isinstance(error, Damaged),
            )

    def _is_about_account(self, error: Refused | Unavailable) -> bool:
        """The server lets nobody in without a name: that is what the log-in asks for."""
        from moebelcirkel.services.start import opening

        return self.door is not None and error.message == opening.NOT_LET_IN

    def _confirm_clock(self) -> None:
        self._jobs.write(
            _confirm_clock, lambda _done: self._read_owner(), self._no_owner, owner=self
        )

    def _not_available(self, error: Unavailable, job: Job) -> None:
        """Before anybody is at work there is no banner to say it, nor in front of a log-in."""
        form = self._form()
        if self.door is not None and self.door.personal and self.login_page is not None:
            self.door.leave()
        if self.login_page is not None or self.welcome is not None:
            job.abandon()
        if self.login_page is not None and job.channel == "owner":
            self._no_owner(error)
        elif form is not None:
            form.fail(language.refusal(error), at_name=True)

    # --- who comes in --------------------------------------------------------------------------

    def log_in(self, name: str, password: str, new_password: str | None = None) -> None:
        """Try name and password; ``new_password`` replaces one that was good only once."""

        def failed(error: Refused) -> None:
            self._refused(error, name, password, again=new_password is not None)

        if self.asks_account and self.door is not None:
            self._enter_by_account(self.door, name, password)
            return
        self._jobs.write(
            lambda context: _enter(context, name, password, new_password),
            self.entered.emit,
            failed,
            owner=self,
        )

    def _enter_by_account(self, door: Door, name: str, password: str) -> None:
        """The server proves who it is; nothing of the program's own is asked."""
        self._jobs.wait_idle()
        wait = door.enter_as(name, password)
        if wait:
            error = Refused(
                N_("Too many wrong tries. Wait {seconds} seconds, and try again."), seconds=wait
            )
            self._refused(error, name, password, again=False)
            return

        def entered(answer: tuple[Actor, Any, str]) -> None:
            door.was_right()
            self.entered.emit(answer)

        def failed(error: Refused) -> None:
            door.leave()
            self._refused(error, name, password, again=False)

        self._jobs.write(_enter_by_account, entered, failed, owner=self)

    def _look_who_is_known(self) -> None:
        by_system = self._by_system
        self._jobs.read(
            lambda context: (_has_accounts(context), _known(context, by_system)),
            self._is_known,
            channel="known",
            owner=self,
        )

    def _is_known(self, answer: tuple[bool, Known | None]) -> None:
        page, (accounts, found) = self.login_page, answer
        self.asks_account = accounts and self.door is not None
        if found is None or page is None:
            return
        page.offer(found.actor.name, found.account)
        # Whoever has begun to type a password is somebody else.
        if self._at_once and page.form.button.isEnabled() and not page.form.password.text():
            self._enter_known()

    def _enter_known(self) -> None:
        page, by_system = self.login_page, self._by_system
        if page is not None and page.form.button.isEnabled():
            page.form.wait(waiting=True)
            self._jobs.write(
                lambda context: _enter_known(context, by_system),
                self._known_entered,
                lambda error: page.form.fail(language.refusal(error), at_name=True),
                owner=page,
            )

    def _known_entered(self, answer: tuple[Actor, Any, str, str]) -> None:
        actor, where, prefix, account = answer
        self._greeting = _(
            "You are logged in as {name}: the system knows you as {account}."
        ).format(name=actor.name, account=account)
        self.entered.emit((actor, where, prefix))

    def greet(self, window: MainWindow) -> None:
        """Say who it is that came in without a password."""
        greeting, self._greeting = self._greeting, ""
        if greeting:
            window.messages.info(greeting)

    def _refused(self, error: Refused, name: str, password: str, *, again: bool) -> None:
        """``again``: it is the new password that was refused, so another one is asked for."""
        from moebelcirkel.services.start.login import NewPasswordNeeded
        from moebelcirkel.ui.window.new_password import NewPassword

        form = self._form()
        if form is None:
            return
        if isinstance(error, ClockDoubt) and self.login_page is not None:
            form.wait(waiting=False)
            self._no_owner(error)
            return
        if not (again or isinstance(error, NewPasswordNeeded)):
            form.fail(language.refusal(error))
            return
        form.wait(waiting=False)
        dialog = NewPassword(form.window(), language.refusal(error))
        dialog.chosen.connect(lambda new: self.log_in(name, password, new))
        dialog.open()

    def _form(self) -> LoginForm | None:
        """Where name and password are asked for now; a dialog may have been closed meanwhile."""
        if self._asked is None or not shiboken6.isValid(self._asked):
            return None
        return self._asked


def _enter(context: Context, name: str, password: str, new_password: str | None) -> Any:
    from moebelcirkel.services.start import login

    return at_work(context, login.log_in(context, name, password, new_password=new_password))


def _has_accounts(context: Context) -> bool:
    from moebelcirkel.services.start import login

    return login.has_accounts(context)


def _enter_by_account(context: Context) -> tuple[Actor, Any, str]:
    from moebelcirkel.services.start import login

    return at_work(context, login.log_in_by_account(context))


def _known(context: Context, by_system: bool) -> Known | None:  # noqa: FBT001
    from moebelcirkel.services.start import login, system_user

    return login.known(context, system_user.names() if by_system else ())


def _enter_known(context: Context, by_system: bool) -> tuple[Actor, Any, str, str]:  # noqa: FBT001
    """Asked again: the person may have been closed out since the page was shown."""
    found = _known(context, by_system)
    if found is None:
        raise Refused(N_("That user is no longer active. Ask an administrator."))
    return *at_work(context, found.actor), found.account


def at_work(context: Context, actor: Actor) -> tuple[Actor, Any, str]:
    """What the window of somebody who was let in needs to know; its first page is read ahead."""
    from moebelcirkel.services.start import workplace
    from moebelcirkel.ui.window import entries

    own = context.as_actor(actor)
    where = workplace.workplace(own)
    entries.load_first(own, begun=where.begun)
    return actor, where, str(own.parameter("label_prefix"))


def _change_password(context: Context, old: str, new: str) -> None:
    from moebelcirkel.services.start import login

    login.change_own_password(context, old, new)


def _read_owner(context: Context) -> Owner:
    from moebelcirkel.services.start import clock, workplace

    doubt = clock.doubt(context)
    if doubt is not None:
        raise doubt
    return workplace.owner(context)


def _load_window(_context: Context) -> None:
    """What the log-in will need, while somebody types."""
    from moebelcirkel.ui.window import entries

    entries.load_window()


def _confirm_clock(context: Context) -> object:
    from moebelcirkel.services.start import clock

    return clock.confirm(context)


def _hint() -> str:
    from moebelcirkel.demo import logins as demo_logins

    return demo_logins.hint()
