"""The running program: from the first start or the log-in to the window, and back.

It holds what outlives a window; a job opens the database when the first window is there.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from moebelcirkel import language, paths
from moebelcirkel import settings as local
from moebelcirkel.domain.errors import SignedOut, Unavailable
from moebelcirkel.language import _
from moebelcirkel.ui.kit import geometry, leaving
from moebelcirkel.ui.kit.jobs import Jobs
from moebelcirkel.ui.kit.turns import Turns
from moebelcirkel.ui.parts.codes import Codes
from moebelcirkel.ui.window import notices
from moebelcirkel.ui.window.access.door import Door
from moebelcirkel.ui.window.access.idle import Idle
from moebelcirkel.ui.window.badges import Badges
from moebelcirkel.ui.window.links import Links
from moebelcirkel.ui.window.login_flow import LoginFlow, at_work
from moebelcirkel.ui.window.look import Look
from moebelcirkel.ui.window.scans import Scans

if TYPE_CHECKING:
    from moebelcirkel.services.context import Actor, Context
    from moebelcirkel.ui.kit.shell import Person
    from moebelcirkel.ui.window.copying import Copying
    from moebelcirkel.ui.window.main_window import MainWindow
    from moebelcirkel.ui.window.menu import PersonMenu
    from moebelcirkel.ui.window.order_news import OrderNews

Clock = Callable[[], datetime]
_PAUSE_MS = 5


class Program(QObject):
    """One run of the program on one database."""

    _renewed = Signal(object)
    """The person at work with what was changed about them meanwhile."""

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
        app.setQuitOnLastWindowClosed(False)  # in another language the window is made again
        self.settings = settings
        self.target = target or settings.get(local.DATABASE)
        self.window: MainWindow | None = None
        self.news: OrderNews | None = None
        self.copying: Copying | None = None
        self.links = Links(lambda: self.window, self)
        self._place = settings.get(local.WINDOW)
        self.look = Look(app, settings, self._tell)
        self._door = Door(clock)
        self._actor: Actor | None = None
        self._begun, self._stays_locked = True, False
        self.jobs = Jobs(self._context, self)
        self.jobs.signed_out.connect(self._sign_out)
        self._renewed.connect(self._renew)
        self.codes = Codes(self.jobs, self)
        self.login_flow = LoginFlow(self.jobs, self._closed_early, self)
        self.login_flow.chosen.connect(self._use)
        self.login_flow.entered.connect(self._entered)
        self.badges = Badges(self.jobs, self.login_flow)
        self.scanner = Scans(app, self.codes, self.badges, lambda: self.window).scanner
        self._idle = Idle(app, clock, self)  # after the scanner, so that it hears keys first

    def start(self) -> None:
        """Show the first page; the database is opened meanwhile."""
        self.look.wear()
        self.login_flow.start_window.when_painted(self.look.settle)
        geometry.place(self.login_flow.start_window, self.settings.get(local.WINDOW))
        if self.target:
            self.show_login(at_once=True)
            self.login_flow.start_window.when_painted(lambda: self.links.listen(self.target))
        else:
            self.show_first_start()

    def open_for(self, actor: Actor, person: Person) -> MainWindow:
        """The window of somebody without a log-in: for the tour and the self-test."""
        self._door.opened(self.target)
        self.look.wear()
        self.look.speak()
        self._close_window()
        self.look.enter(self.target, actor.login)
        window = self._make_window(actor, person)
        self._show_window()
        self._open_first()
        return window

    def end(self) -> None:
        """Give everything back; called once when the program ends."""
        self.links.close()
        self._close_window()
        self.login_flow.leave()
        self.login_flow.start_window.hide()
        self.jobs.shutdown()
        self._door.close()
        self.scanner.stop()
        self._idle.stop()
        self.look.keep(lambda: self.settings.set(local.WINDOW, self._place))
        self.look.qt_texts.silence()

    # --- contexts -----------------------------------------------------------------------------

    def _context(self, lane: str, request_id: str | None) -> Context:
        """The context of one job, made on the job's thread; the first one opens the database."""
        from moebelcirkel.services.context import SYSTEM, Lane

        base, actor = self._door.opened(self.target), self._actor or SYSTEM
        own = replace(base, actor=actor, lane=Lane(), request_id=request_id)
        if actor.user_id is None or lane == "window":  # nobody, or who was let in just now
            return own
        return own.as_actor(self._present(own))

    def _present(self, context: Context) -> Actor:
        """The person at work as of now; ``SignedOut`` ends whatever was asked."""
        from moebelcirkel.services.start import login

        known = login.still_there(context)
        if known.version != context.actor.version:
            self._renewed.emit(known)
        return known

    def _renew(self, actor: Actor) -> None:
        """Other roles make another window; anything else only has to be known."""
        before = self._actor
        if before is None or before.user_id != actor.user_id:
            return
        self._actor = actor
        if before.grants != actor.grants:
            self._reopen()

    def _sign_out(self, error: SignedOut) -> None:
        """Whoever was at work is out: back to the log-in, which says why."""
        if self.window is not None:
            # Nobody is asked: what is half typed stays as a draft, and the pages are gone at once.
            self._logged_off()
            if self.login_flow.login_page is not None:
                self.login_flow.login_page.form.fail(language.refusal(error), at_name=True)

    # --- the way in ---------------------------------------------------------------------------

    def show_first_start(self) -> None:
        """The ways to begin, and the way back where there is one."""
        self.login_flow.show_first_start(returns=bool(self.target))
        welcome = self.login_flow.welcome
        if welcome is not None:
            welcome.page.returned.connect(self.show_login)
            welcome.begun.connect(self._begin)

    def show_login(self, *, at_once: bool = False) -> None:
        """Ask who is there; ``at_once`` whoever is known without a password comes in."""
        self._actor = None
        self.login_flow.door = self._door.for_next(self.target, self.jobs)
        page = self.login_flow.show_login(
            self.target,
            self.settings.last_user(self.target),
            by_system=self.settings.decided(local.LOG_IN_BY_SYSTEM),
            at_once=at_once,
        )
        page.another.connect(self.show_first_start)
        page.other.setVisible(not self.settings.is_fixed(local.DATABASE))
        page.restoring.connect(self.restore)

    def restore(self, copy: str = "") -> None:
        """Put a copy back while nobody is at work; without one, somebody chooses."""
        self._close_window()
        self._actor = None
        self.jobs.wait_idle()
        self._door.close()
        self.login_flow.show_restoring(self.target, copy).ready.connect(self.show_login)

    def _use(self, target: str) -> None:
        """Remember the database and go on to the log-in."""
        self._door.close()
        self.target = target
        self.links.listen(target)
        self.look.keep(lambda: self.settings.set(local.DATABASE, target))
        self.show_login()

    def _begin(self, target: str, login: str, password: str) -> None:
        """A database was just made: its first person is not asked for what was just typed."""
        self._use(target)
        self.login_flow.log_in(login, password)

    def _entered(self, answer: tuple[Actor, Any, str]) -> None:
        from moebelcirkel.ui.kit.shell import Person

        actor, where, self.codes.prefix = answer
        self._close_window()  # before its pages would be given another look
        self.look.enter(self.target, actor.login)
        person = Person(actor.name, _(where.role) if where.role else "", where.institution)
        self._begun = where.begun
        window = self._make_window(actor, person)
        attend = functools.partial(self._attend, window, person)
        Turns(window, (attend, *window.stack.steps(*self._first()), self._open_first), pause=1)

    def _attend(self, window: MainWindow, person: Person) -> None:
        """What looks after the window from the first, before anybody sees it."""
        from moebelcirkel.ui.window.access import lock as locks
        from moebelcirkel.ui.window.copying import Copying
        from moebelcirkel.ui.window.live import Live
        from moebelcirkel.ui.window.order_news import OrderNews

        self.news, self.copying = OrderNews(window), Copying(window)
        Live(window)
        locks.over(window, person, self._idle, self.settings, personal=self._door.personal)
        locks.begin(window, self._take_over, locked=self._stays_locked)
        self._stays_locked = False
        self._show_window()

    # --- the window ---------------------------------------------------------------------------

    def _make_window(self, actor: Actor, person: Person) -> MainWindow:
        """The window of one person, still without a page."""
        from moebelcirkel.services.start import opening
        from moebelcirkel.ui.kit.drafts import Drafts
        from moebelcirkel.ui.window import entries
        from moebelcirkel.ui.window.main_window import MainWindow

        self._actor = actor
        context = self._context("window", None)
        drafts = Drafts(paths.user_data() / "drafts", opening.identity(context), actor.login, self)
        window = self.window = MainWindow(
            entries.items_for(context, begun=self._begun),
            context=context,
            jobs=self.jobs,
            drafts=drafts,
            person=person,
            menu=self._menu(),
            is_code=self.codes.is_code,
        )
        window.told.connect(self.codes.heed)
        window.restoring.connect(self.restore)
        window.closing.connect(self._window_closed)
        self.codes.read_places()
        return window

    def _show_window(self) -> None:
        assert self.window is not None
        self._keep_place(self.login_flow.start_window)
        geometry.place(self.window, self._place)
        geometry.show(self.window)
        # Only now the system has put its frame round it.
        QTimer.singleShot(0, self.window, functools.partial(geometry.fit, self.window))
        self.login_flow.leave()
        self.login_flow.start_window.put_away()

    def _first(self) -> list[str]:
        """The page the person at work begins on, where there is any."""
        from moebelcirkel.ui.window import entries

        assert self.window is not None
        first = entries.first_word(self.window.context, begun=self._begun)
        return [] if first is None else [first]

    def _open_first(self) -> None:
        if self.window is not None:
            for first in self._first():
                # Whoever was quicker than the turns is where they want to be.
                if self.window.page is None:
                    self.window.go(first)
                    self.window.focus_start()
                notices.tell(self.window.context, self.window.messages)
                self.login_flow.greet(self.window)
                if self.news is not None:
                    self.news.look()
            self.links.follow()
            Turns(self.window, (self._load_pages,), pause=_PAUSE_MS, free=self.jobs.idle)

    def _load_pages(self) -> None:
        """The first page is complete: read the code of the others before they are asked for."""
        from moebelcirkel.ui.window import entries

        if self.window is not None:
            words = [item.word for item in entries.items_for(self.window.context)]
            self.jobs.aside(lambda _context: entries.load(words), self._loaded, owner=self.window)

    def _loaded(self, _answer: None) -> None:
        """What is there now stays: no collection looks at it again, which took 0.1 s each time."""
        gc.freeze()
        if self.window is not None:
            self.window.stack.make_ahead()

    def _menu(self) -> PersonMenu:
        from moebelcirkel.ui.window.menu import PersonMenu

        menu = PersonMenu(
            scheme=self.settings.scheme(),
            scale=self.settings.get(local.SCALE),
            language=self.settings.language(),
        )
        menu.change_user.connect(self._ask_change_user)
        menu.log_off.connect(self._log_off)
        menu.change_password.connect(self._ask_password)
        menu.scheme_chosen.connect(self.choose_scheme)
        menu.scale_chosen.connect(self._choose_scale)
        menu.language_chosen.connect(self._choose_language)
        menu.about_asked.connect(self._tell_about)
        return menu

    def _ask_change_user(self) -> None:
        assert self.window is not None
        self.window.leave(functools.partial(self._take_over, self.window))

    def _take_over(self, over: QWidget) -> None:
        """The next person; where the connection is a person's own, it ends first."""
        if self.login_flow.asks_account:
            self._logged_off()
        else:
            self.login_flow.ask_change(over)

    def _ask_password(self) -> None:
        assert self.window is not None
        self.login_flow.ask_password(self.window, _("Choose a new password for yourself."))

    def _log_off(self) -> None:
        assert self.window is not None
        self.window.leave(self._logged_off)

    def _logged_off(self) -> None:
        self._close_window()
        self.show_login()

    def choose_scheme(self, scheme: str) -> None:
        """Light, dark, or as the system; remembered."""
        self.look.choose(local.SCHEME, scheme)

    def _choose_scale(self, scale: float) -> None:
        self.look.choose(local.SCALE, scale)

    def _choose_language(self, code: str) -> None:
        self.look.choose(local.LANGUAGE, code)
        self._reopen()

    def _tell(self, error: Unavailable) -> None:
        if self.window is not None:
            self.window.messages.warn(language.refusal(error))

    def _tell_about(self) -> None:
        from moebelcirkel.ui.window import about

        about.tell(self.target, self.window)

    def _reopen(self) -> None:
        """All texts anew: the window is made again for the same person."""
        if self.window is None or self._actor is None:
            return
        actor = self._actor
        self._stays_locked = self.window.lock is not None and self.window.lock.locked
        self.jobs.read(lambda context: at_work(context, actor), self._entered, owner=self)

    def _close_window(self) -> None:
        window, self.window, self.news, self.copying = self.window, None, None, None
        if window is None:
            return
        window.closing.disconnect(self._window_closed)
        self._keep_place(window)
        geometry.place(self.login_flow.start_window, self._place)
        window.shut()
        window.drafts.close()
        leaving.take_apart(window, window.stack.hidden())

    def _window_closed(self) -> None:
        if self.window is not None:
            self._keep_place(self.window)
            self.window.drafts.close()
        self.app.quit()

    def _closed_early(self) -> None:
        if self.window is None:
            self._keep_place(self.login_flow.start_window)
            self.app.quit()

    def _keep_place(self, window: QWidget) -> None:
        """Log-in and work are one window to whoever sits there: one place, one size."""
        if window.isVisible():
            self._place = geometry.kept(window)
