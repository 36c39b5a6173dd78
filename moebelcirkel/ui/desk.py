"""The running program: from the first start or the log-in to the window, and back.

It holds what lives longer than one window (settings, jobs, scanner) and opens the database on a
job's thread, so that the first window is there before SQLAlchemy is imported.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication

from moebelcirkel import __version__, language, paths
from moebelcirkel import settings as local
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.language import _
from moebelcirkel.ui.front import Front
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.jobs import Job, Jobs
from moebelcirkel.ui.kit.qt_texts import QtTexts
from moebelcirkel.ui.kit.scanner import Scanner
from moebelcirkel.ui.login import ChangeUser, LoginPage

if TYPE_CHECKING:
    from moebelcirkel.services.context import Actor, Context
    from moebelcirkel.ui.kit.menu import PersonMenu
    from moebelcirkel.ui.kit.shell import Changed, Person
    from moebelcirkel.ui.main_window import MainWindow
    from moebelcirkel.ui.welcome import Welcome

T = TypeVar("T")
Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)


class Desk(QObject):
    """One run of the program on one database."""

    def __init__(
        self,
        app: QApplication,
        settings: local.Settings,
        target: str | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.target = target or settings.get(local.DATABASE)
        self.window: MainWindow | None = None
        self._clock = clock
        self._qt_texts = QtTexts(app)
        self._base: Context | None = None
        self._actor: Actor | None = None
        self._prefix = "MC"
        self._opening = threading.Lock()
        self.jobs = Jobs(self._context, self)
        self.scanner = Scanner(app, self._is_code)
        self.scanner.scanned.connect(self._scanned)
        self.front = Front(self._front_closed)
        self.login_page: LoginPage | None = None
        self.welcome: Welcome | None = None
        self.jobs.unavailable.connect(self._not_available)

    def start(self) -> None:
        """Show the first page; the database is opened meanwhile."""
        language.set_language(self.settings.language())
        self._look()
        # Qt's own words are in menus and dialogs only, so they need not be there at once.
        self.front.when_painted(self._speak)
        if self.target:
            self.show_login()
        else:
            self.show_first_start()

    def open_for(self, actor: Actor, person: Person) -> MainWindow:
        """The window of somebody without a log-in: for the tour and the self-test."""
        self._speak()
        self._look()
        self._opened()
        return self.open_window(actor, person)

    def end(self) -> None:
        """Give everything back; called once when the program ends."""
        self._close_window()
        self._end_welcome()
        self.front.hide()
        self.jobs.shutdown()
        self._close_database()
        self.app.removeEventFilter(self.scanner)
        self._qt_texts.silence()

    # --- contexts -----------------------------------------------------------------------------

    def _context(self, lane: str, request_id: str | None) -> Context:
        """The context of one job, made on the job's thread; the first one opens the database."""
        from moebelcirkel.services.context import SYSTEM, Lane

        base = self._opened()
        return replace(base, actor=self._actor or SYSTEM, lane=Lane(), request_id=request_id)

    def _opened(self) -> Context:
        from moebelcirkel.services import opening

        with self._opening:
            if self._base is None:
                opened = opening.open_existing(self.target)
                self._base = replace(opened, clock=self._clock) if self._clock else opened
            return self._base

    def _close_database(self) -> None:
        if self._base is not None:
            from moebelcirkel.services import opening

            opening.close(self._base)
            self._base = None

    # --- first start --------------------------------------------------------------------------

    def show_first_start(self) -> None:
        """The ways to begin, and the way back where there is one."""
        from moebelcirkel.ui.welcome import Welcome

        self._end_welcome()
        self.login_page = None
        self.welcome = Welcome(self, returns=bool(self.target))
        self.welcome.ready.connect(self._use)
        self.welcome.page.returned.connect(self.show_login)
        self.front.put(self.welcome.page)

    def _use(self, target: str) -> None:
        """Remember the database and go on to the log-in."""
        self._close_database()
        self.target = target
        self._remember(local.DATABASE, target)
        self.show_login()

    def _end_welcome(self) -> None:
        welcome, self.welcome = self.welcome, None
        if welcome is not None:
            welcome.end()
            welcome.deleteLater()

    # --- log-in -------------------------------------------------------------------------------

    def show_login(self) -> None:
        """Ask who is there; what the page says of the database comes when it is open."""
        self._end_welcome()
        self._actor = None
        page = LoginPage()
        page.submitted.connect(self._log_in)
        page.again.connect(self._read_house)
        page.another.connect(self.show_first_start)
        self.login_page = page
        self.front.put(page)
        page.form.reset(self.settings.get(local.LAST_USER))
        self.front.when_painted(self._read_house)

    def _read_house(self) -> None:
        if self.login_page is not None:
            self.jobs.read(
                _read_house, self._house_known, self._no_house, channel="house", owner=self
            )

    def _house_known(self, answer: tuple[Any, str]) -> None:
        house, hint = answer
        if self.login_page is not None:
            self.login_page.show_house(house.municipality, hint)
            self.login_page.form.setFocus()

    def _no_house(self, error: Refused | Unavailable) -> None:
        if self.login_page is not None:
            self.login_page.show_trouble(language.refusal(error))

    def _not_available(self, error: Unavailable, job: Job) -> None:
        """Before anybody is at work there is no banner to say it."""
        if self.window is None:
            job.abandon()
        if self.window is None and job.channel == "house":
            self._no_house(error)
        elif (form := self._login_form()) is not None:
            form.fail(language.refusal(error), at_name=True)

    def _log_in(self, name: str, password: str) -> None:
        self._submit(name, password, None)

    def _submit(self, name: str, password: str, new_password: str | None) -> None:
        def work(context: Context) -> Any:
            from moebelcirkel.services import login, workplace

            actor = login.log_in(context, name, password, new_password=new_password)
            own = context.as_actor(actor)
            prefix = str(own.parameter("label_prefix"))
            return actor, workplace.workplace(own), prefix

        def failed(error: Refused) -> None:
            self._login_refused(error, name, password, again=new_password is not None)

        self.jobs.write(work, self._logged_in, failed, owner=self)

    def _login_refused(self, error: Refused, name: str, password: str, *, again: bool) -> None:
        """``again``: it is the new password that was refused, so another one is asked for."""
        from moebelcirkel.services.login import NewPasswordNeeded

        form = self._login_form()
        if form is None:
            return
        if not (again or isinstance(error, NewPasswordNeeded)):
            form.fail(language.refusal(error))
            return
        from moebelcirkel.ui.new_password import NewPassword

        form.wait(waiting=False)
        dialog = NewPassword(form.window(), language.refusal(error))
        dialog.chosen.connect(lambda new: self._submit(name, password, new))
        dialog.open()

    def _login_form(self) -> Any:
        if self.window is not None:
            dialog = self.window.findChild(ChangeUser)
            return dialog.form if dialog is not None else None
        return self.login_page.form if self.login_page is not None else None

    def _logged_in(self, answer: tuple[Actor, Any, str]) -> None:
        from moebelcirkel.ui.kit.shell import Person

        actor, where, self._prefix = answer
        self._remember(local.LAST_USER, actor.login)
        person = Person(actor.name, _(where.role) if where.role else "", where.institution)
        self.open_window(actor, person)

    # --- the window ---------------------------------------------------------------------------

    def open_window(self, actor: Actor, person: Person) -> MainWindow:
        """The window of one person; the one before is closed."""
        from moebelcirkel.services import opening
        from moebelcirkel.ui import entries
        from moebelcirkel.ui.kit.drafts import Drafts
        from moebelcirkel.ui.main_window import MainWindow

        self._close_window()
        self._actor = actor
        context = self._context("window", None)

        drafts = Drafts(paths.user_data() / "drafts", opening.identity(context), actor.login, self)
        self.window = MainWindow(
            entries.items_for(context),
            context=context,
            jobs=self.jobs,
            drafts=drafts,
            person=person,
            undo=_undo,
            menu=self._menu(),
            is_code=self._is_code,
        )
        self.window.closing.connect(self._window_closed)
        self._restore_geometry(self.window)
        self.window.show()
        self.front.hide()
        self.login_page = None
        first = entries.first_word(context)
        if first is not None:
            self.window.go(first)
        return self.window

    def _menu(self) -> PersonMenu:
        from moebelcirkel.ui.kit.menu import PersonMenu

        menu = PersonMenu(
            __version__,
            scheme=self.settings.scheme(),
            scale=self.settings.get(local.SCALE),
            language=self.settings.language(),
        )
        menu.change_user.connect(self._ask_change_user)
        menu.log_off.connect(self._log_off)
        menu.scheme_chosen.connect(self.choose_scheme)
        menu.scale_chosen.connect(self._choose_scale)
        menu.language_chosen.connect(self._choose_language)
        return menu

    def _ask_change_user(self) -> None:
        assert self.window is not None
        dialog = ChangeUser(self.window)
        dialog.submitted.connect(self._log_in)
        dialog.open()

    def _log_off(self) -> None:
        self._close_window()
        self.show_login()

    def choose_scheme(self, scheme: str) -> None:
        """Light, dark, or as the system; remembered."""
        self._remember(local.SCHEME, scheme)
        self._look()

    def _choose_scale(self, scale: float) -> None:
        self._remember(local.SCALE, scale)
        self._look()

    def _choose_language(self, code: str) -> None:
        self._remember(local.LANGUAGE, code)
        self._speak()
        self._reopen()

    def _remember(self, setting: local.Setting[T], value: T) -> None:
        """Keep a choice; where the file cannot be written it holds until the end."""
        try:
            self.settings.set(setting, value)
        except Unavailable as error:
            _log.warning("%s", error)
            if self.window is not None:
                self.window.messages.warn(language.refusal(error))

    def _speak(self) -> None:
        code = self.settings.language()
        language.set_language(code)
        self._qt_texts.speak(code)

    def _reopen(self) -> None:
        """All texts anew: the window is made again for the same person."""
        if self.window is None or self._actor is None:
            return
        actor = self._actor

        def work(context: Context) -> Any:
            from moebelcirkel.services import workplace

            return actor, workplace.workplace(context), self._prefix

        self.jobs.read(work, self._logged_in, owner=self)

    def _look(self) -> None:
        theme.apply(self.app, self.settings.scheme(), scale=self.settings.get(local.SCALE))

    def _close_window(self) -> None:
        window, self.window = self.window, None
        if window is None:
            return
        window.closing.disconnect(self._window_closed)
        self._keep_geometry(window)
        window.close()
        window.drafts.close()
        window.deleteLater()

    def _window_closed(self) -> None:
        if self.window is not None:
            self._keep_geometry(self.window)
            self.window.drafts.close()
        self.app.quit()

    def _front_closed(self) -> None:
        if self.window is None:
            self.app.quit()

    def _keep_geometry(self, window: MainWindow) -> None:
        encoded = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
        self._remember(local.WINDOW, encoded)

    def _restore_geometry(self, window: MainWindow) -> None:
        kept = self.settings.get(local.WINDOW)
        if kept:
            window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))

    # --- scanner ------------------------------------------------------------------------------

    def _is_code(self, text: str) -> bool:
        bare = text.strip()
        long_number = bare.isdigit() and 8 <= len(bare) <= 14
        note = bare[:2].upper() == "F-" and bare[2:].isdigit()
        return long_number or note or parse_label(bare, self._prefix) is not None

    def _scanned(self, code: str) -> None:
        if self.window is not None:
            self.window.scanned(code)


def _undo(context: Context, change_id: int) -> Changed:
    from moebelcirkel.services import changes

    return changes.undo(context, change_id)


def _read_house(context: Context) -> tuple[Any, str]:
    from moebelcirkel.services import workplace

    house = workplace.house(context)
    if not house.demo:
        return house, ""
    from moebelcirkel.services import demo_logins

    return house, demo_logins.hint()
