"""The running program: from the first start or the log-in to the window, and back.

It holds what lives longer than one window (settings, jobs, scanner) and opens the database on a
job's thread, so that the first window is there before SQLAlchemy is imported.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication

from moebelcirkel import __version__, language, paths
from moebelcirkel import settings as local
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.language import _
from moebelcirkel.ui import entries
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.drafts import Drafts
from moebelcirkel.ui.kit.jobs import Jobs
from moebelcirkel.ui.kit.menu import PersonMenu
from moebelcirkel.ui.kit.scanner import Scanner
from moebelcirkel.ui.kit.shell import Changed, Person
from moebelcirkel.ui.login import ChangeUser, LoginPage
from moebelcirkel.ui.main_window import MainWindow
from moebelcirkel.ui.new_password import NewPassword
from moebelcirkel.ui.welcome import Front, Welcome

if TYPE_CHECKING:
    from moebelcirkel.services.context import Actor, Context


class Desk(QObject):
    """One run of the program on one database."""

    def __init__(
        self, app: QApplication, settings: local.Settings, target: str | None = None
    ) -> None:
        super().__init__()
        self.app = app
        self.settings = settings
        self.target = target or settings.get(local.DATABASE)
        self.window: MainWindow | None = None
        self.scale = 1.0
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
        self.jobs.unavailable.connect(self._login_unavailable)

    def start(self) -> None:
        """Show the first page; the database is opened meanwhile."""
        language.set_language(self.settings.get(local.LANGUAGE))
        self._look()
        if self.target:
            self.show_login()
        else:
            self.show_first_start()

    def end(self) -> None:
        """Give everything back; called once when the program ends."""
        self._close_window()
        if self.welcome is not None:
            self.welcome.end()
        self.jobs.shutdown()
        self._close_database()
        self.app.removeEventFilter(self.scanner)

    # --- contexts -----------------------------------------------------------------------------

    def _context(self, _lane: str, request_id: str | None) -> Context:
        """The context of one job, made on the job's thread; the first one opens the database."""
        from dataclasses import replace

        from moebelcirkel.services.context import SYSTEM, Lane

        base = self._opened()
        return replace(base, actor=self._actor or SYSTEM, lane=Lane(), request_id=request_id)

    def _opened(self) -> Context:
        from moebelcirkel.services import opening

        with self._opening:
            if self._base is None:
                self._base = opening.open_existing(self.target)
            return self._base

    def _close_database(self) -> None:
        if self._base is not None:
            from moebelcirkel.services import opening

            opening.close(self._base)
            self._base = None

    # --- first start --------------------------------------------------------------------------

    def show_first_start(self) -> None:
        """The three ways to begin."""
        self.welcome = Welcome(self)
        self.welcome.ready.connect(self._use)
        self.front.put(self.welcome.page)

    def _use(self, target: str) -> None:
        """Remember the database and go on to the log-in."""
        if self.welcome is not None:
            self.welcome.end()
            self.welcome = None
        self.target = target
        self.settings.set(local.DATABASE, target)
        self.show_login()

    # --- log-in -------------------------------------------------------------------------------

    def show_login(self) -> None:
        """Ask who is there; what the page says of the database comes when it is open."""
        self._actor = None
        self._put_login("", "")
        self.jobs.read(_read_house, self._house_known, self._login_failed, owner=self)

    def _put_login(self, place: str, hint: str) -> None:
        page = LoginPage(place, hint)
        page.submitted.connect(self._log_in)
        page.form.reset(self.settings.get(local.LAST_USER))
        self.login_page = page
        self.front.put(page)

    def _house_known(self, house: Any) -> None:
        if self.login_page is None or self.window is not None:
            return
        from moebelcirkel.services import demo

        typed = self.login_page.form.name.text()
        secret = self.login_page.form.password.text()
        self._put_login(house.municipality, demo.hint() if house.demo else "")
        assert self.login_page is not None
        self.login_page.form.name.setText(typed)
        self.login_page.form.password.setText(secret)

    def _login_unavailable(self, error: Unavailable, job: Any) -> None:
        if self.window is None and self.login_page is not None:
            self.login_page.form.fail(language.refusal(error), at_name=True)
            job.abandon()

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
            self._login_refused(error, name, password)

        self.jobs.write(work, self._logged_in, failed, owner=self)

    def _login_refused(self, error: Refused, name: str, password: str) -> None:
        from moebelcirkel.services.login import NewPasswordNeeded

        form = self._login_form()
        if form is None:
            return
        wants_new = isinstance(error, NewPasswordNeeded) or error.field == "password"
        if not wants_new:
            form.fail(language.refusal(error))
            return
        form.wait(waiting=False)
        dialog = NewPassword(form.window(), language.refusal(error))
        dialog.chosen.connect(lambda new: self._submit(name, password, new))
        dialog.open()

    def _login_form(self) -> Any:
        if self.window is not None:
            dialog = self.window.findChild(ChangeUser)
            return dialog.form if dialog is not None else None
        return self.login_page.form if self.login_page is not None else None

    def _login_failed(self, error: Refused) -> None:
        if self.login_page is not None:
            self.login_page.form.fail(language.refusal(error), at_name=True)

    def _logged_in(self, answer: tuple[Actor, Any, str]) -> None:
        actor, where, self._prefix = answer
        self.settings.set(local.LAST_USER, actor.login)
        person = Person(actor.name, _(where.role) if where.role else "", where.institution)
        self.open_window(actor, person)

    # --- the window ---------------------------------------------------------------------------

    def open_window(self, actor: Actor, person: Person) -> MainWindow:
        """The window of one person; the one before is closed."""
        self._close_window()
        self._actor = actor
        context = self._context("window", None)
        from moebelcirkel.services import opening

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
        first = next(iter(self.window.rail.buttons), None)
        if first is not None:
            self.window.go(first)
        return self.window

    def _menu(self) -> PersonMenu:
        menu = PersonMenu(
            __version__,
            scheme=_scheme(self.settings),
            scale=self.scale,
            language=_language(self.settings),
        )
        menu.change_user.connect(self._ask_change_user)
        menu.log_off.connect(self._log_off)
        menu.scheme_chosen.connect(self._choose_scheme)
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

    def _choose_scheme(self, scheme: str) -> None:
        self.settings.set(local.SCHEME, scheme)
        self._look()

    def _choose_scale(self, scale: float) -> None:
        self.scale = scale
        self._look()

    def _choose_language(self, code: str) -> None:
        self.settings.set(local.LANGUAGE, code)
        language.set_language(_language(self.settings))
        self._reopen()

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
        theme.apply(self.app, _scheme(self.settings), scale=self.scale)

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
        self.settings.set(local.WINDOW, encoded)

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


def _read_house(context: Context) -> Any:
    from moebelcirkel.services import workplace

    return workplace.house(context)


def _scheme(settings: local.Settings) -> theme.Scheme:
    kept = settings.get(local.SCHEME)
    return "dark" if kept == "dark" else "light" if kept == "light" else "system"


def _language(settings: local.Settings) -> Any:
    return "en" if settings.get(local.LANGUAGE) == "en" else "da"
