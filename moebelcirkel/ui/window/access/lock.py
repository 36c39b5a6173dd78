"""The lock over a window whose person went away: nothing below is seen, read aloud or reached.

Pages and dialogs stay as they are, hidden and without the keyboard, so that nothing half typed is
lost; readings and writes go on beneath. What a job opens meanwhile is put away with the rest.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from moebelcirkel import language, settings
from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.language import _
from moebelcirkel.ui.kit.dialog import Dialog, belongs_to
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.window.access.idle import Idle
from moebelcirkel.ui.window.access.sheet import LockSheet

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.settings import Settings
    from moebelcirkel.ui.kit.jobs import Job
    from moebelcirkel.ui.kit.shell import Person
    from moebelcirkel.ui.window.main_window import MainWindow

#: Marks nothing that is typed, as Tab would.
_QUIET = Qt.FocusReason.PopupFocusReason


class Lock(QObject):
    """Locks one window after the minutes that are set, and lets its person in again."""

    taking_over = Signal(object)
    """Somebody else wants the window; with the sheet, over which they are asked who they are."""

    def __init__(
        self,
        window: MainWindow,
        person: Person,
        idle: Idle,
        *,
        minutes: int | None = None,
        by_system: bool = False,
        personal: bool = False,
    ) -> None:
        super().__init__(window)
        self.sheet: LockSheet | None = None
        self.minutes = minutes or 0
        self._window, self._person = window, person
        self._idle, self._by_system = idle, by_system
        self._personal = personal  # the server knows the password
        self._put: list[QWidget] = []
        self._silenced: list[QShortcut] = []
        self._focus: QWidget | None = None
        self._tries = 0
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusChanged.connect(self._follow)
        idle.touch()
        idle.still_for.connect(self._look)
        window.jobs.unavailable.connect(self._unavailable)
        if minutes is None:  # nobody has decided it for this PC
            window.told.connect(self._heed)
            self._heed(frozenset({"parameter"}))

    @property
    def locked(self) -> bool:
        """Whether the sheet stands over the window."""
        return self.sheet is not None

    def lock(self) -> None:
        """Cover everything, at once."""
        if self.locked:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._focus = QApplication.focusWidget()
        if self._focus is not None:
            # Else it would take what is half typed for all of it, and some save it then.
            self._focus.blockSignals(True)
        self.sheet = sheet = LockSheet(self._window, self._person.name, self._person.role)
        sheet.setGeometry(self._window.rect())
        sheet.unlocking.connect(self._try)
        sheet.known_unlocks.connect(self._try_known)
        sheet.changing_user.connect(self._change_user)
        sheet.show()
        sheet.raise_()
        for dialog in reversed(self._dialogs()):
            self._put_away(dialog)
        sheet.password.setFocus(_QUIET)
        self._below().hide()
        self._silence()
        self._window.setWindowTitle(_title())
        self._app.installEventFilter(self)
        self._look_who_is_known()

    def release(self) -> None:
        """Show everything as it was left, with the keyboard where it was."""
        sheet, self.sheet = self.sheet, None
        if sheet is None:
            return
        self._app.removeEventFilter(self)
        self._idle.touch()
        self._below().show()
        self._unsilence()
        focus, self._focus = self._focus, None
        sheet.setEnabled(False)  # before it goes, so that it hands the keyboard on to nobody
        if focus is not None and shiboken6.isValid(focus):
            focus.blockSignals(False)
            focus.setFocus(_QUIET)
        else:
            self._window.focus_start()
        sheet.hide()
        sheet.deleteLater()
        if self._window.page is not None:
            self._window.refresh_header()
        put, self._put = [each for each in self._put if shiboken6.isValid(each)], []
        for dialog in reversed(put):
            dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)
            dialog.show()

    def keeps_typed(self) -> bool:
        """Whether a dialog that is put away has something typed that is not saved."""
        return any(
            isinstance(each, Dialog) and each.is_unsaved()
            for each in self._put
            if shiboken6.isValid(each)
        )

    def leave(self, unsaved: Sequence[str], go_on: Callable[[], object]) -> None:
        """Go on at once, or ask first on the sheet where something typed would be lost."""
        sheet = self.sheet
        assert sheet is not None
        if not (unsaved or self.keeps_typed()):
            go_on()
            return
        text = _("{name} has typed something that is not saved yet. It is lost with that.")
        question = Question(
            sheet,
            _("Leave without saving?"),
            text.format(name=self._person.name),
            _("Leave without saving"),
            danger=True,
        )
        question.accepted.connect(go_on)
        question.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is locked: the sheet keeps its size, and no other window comes over it."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._window and self.sheet is not None:
            self.sheet.setGeometry(self._window.rect())
        elif kind == QEvent.Type.WindowTitleChange and watched is self._window:
            if self._window.windowTitle() != _title():
                self._window.setWindowTitle(_title())
        elif kind == QEvent.Type.Show and self._is_strange(watched):
            strange = cast("QWidget", watched)
            strange.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, strange, functools.partial(self._put_away, strange))
        return False

    # --- covering ------------------------------------------------------------------------------

    def _below(self) -> QWidget:
        return cast("QWidget", self._window.centralWidget())

    def _dialogs(self) -> list[QWidget]:
        """What stands over the window now, those below first."""
        found = [each for each in self._app.topLevelWidgets() if each.isVisible()]
        return sorted((each for each in found if self._is_strange(each)), key=_depth)

    def _is_strange(self, widget: QObject) -> bool:
        if not isinstance(widget, QWidget) or not widget.isWindow() or widget is self._window:
            return False
        sheet = self.sheet
        return belongs_to(widget, self._window) and not (sheet and belongs_to(widget, sheet))

    def _put_away(self, dialog: QWidget) -> None:
        """Hidden, not closed: what is typed in it stays."""
        if self.locked and dialog.isVisible():
            dialog.hide()
            self._put.append(dialog)

    def _silence(self) -> None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        shortcuts = self._window.findChildren(QShortcut, options=direct)
        self._silenced = [each for each in shortcuts if each.isEnabled()]
        for each in self._silenced:
            each.setEnabled(False)

    def _unsilence(self) -> None:
        silenced, self._silenced = self._silenced, []
        for each in silenced:
            if shiboken6.isValid(each):
                each.setEnabled(True)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard never goes below the sheet, whatever happens on the page."""
        sheet = self.sheet
        if sheet is None or now is None or not shiboken6.isValid(sheet):
            return
        if now.window() is self._window and not sheet.isAncestorOf(now):
            sheet.password.setFocus(_QUIET)

    # --- when ----------------------------------------------------------------------------------

    def _look(self, still: dt.timedelta) -> None:
        held = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self.minutes and still >= dt.timedelta(minutes=self.minutes) and not held:
            self.lock()

    def _heed(self, kinds: frozenset[str]) -> None:
        if "parameter" in kinds:
            self._window.jobs.read(_minutes, self._set_minutes, channel="lock", owner=self)

    def _set_minutes(self, minutes: int) -> None:
        self.minutes = minutes

    # --- who comes in --------------------------------------------------------------------------

    def _try(self, password: str) -> None:
        personal = self._personal
        self._ask(lambda context: _confirm(context, password, personal))

    def _try_known(self) -> None:
        by_system = self._by_system
        self._ask(lambda context: _confirm_known(context, by_system))

    def _ask(self, work: Callable[[Context], None]) -> None:
        """Only the newest try counts: one that an absent database answers late opens nothing."""
        self._tries += 1
        mine = self._tries
        self._window.jobs.write(
            work,
            lambda _none: self.release() if mine == self._tries else None,
            lambda error: self._refused(error) if mine == self._tries else None,
            owner=self,
        )

    def _refused(self, error: Refused) -> None:
        if self.sheet is not None:
            self.sheet.fail(language.refusal(error))

    def _unavailable(self, error: Unavailable, job: Job) -> None:
        if self.sheet is not None and job.owner is self and job.lane == "writer":
            self._tries += 1
            job.abandon()
            job.replaced = True  # nobody tries it again
            self.sheet.fail(language.refusal(error))

    def _look_who_is_known(self) -> None:
        if self._personal:
            return
        by_system = self._by_system
        self._window.jobs.read(
            lambda context: _account(context, by_system), self._offer, channel="known", owner=self
        )

    def _offer(self, account: str) -> None:
        if account and self.sheet is not None:
            self.sheet.offer(account)

    def _change_user(self) -> None:
        self._window.leave(lambda: self.taking_over.emit(self.sheet))


def over(window: MainWindow, person: Person, idle: Idle, own: Settings, *, personal: bool) -> Lock:
    """The lock of a window, as whoever runs this PC has decided, else as the municipality has."""
    fixed = own.is_fixed(settings.LOCK_MINUTES)
    window.lock = lock = Lock(
        window,
        person,
        idle,
        minutes=own.decided(settings.LOCK_MINUTES) if fixed else None,
        by_system=own.decided(settings.LOG_IN_BY_SYSTEM),
        personal=personal,
    )
    return lock


def begin(window: MainWindow, take_over: Callable[[QWidget], object], *, locked: bool) -> None:
    """Let it be locked by hand and taken over; one that was locked and is made anew stays so."""
    lock = window.lock
    assert lock is not None
    lock.taking_over.connect(take_over)
    window.menu.lock_asked.connect(lock.lock)
    if locked:
        lock.lock()


def _title() -> str:
    """What the page is called is nobody's business now."""
    return _("Locked") + " – Møbelcirklen"


def _depth(widget: QWidget) -> int:
    above, depth = widget.parentWidget(), 0
    while above is not None:
        above, depth = above.parentWidget(), depth + 1
    return depth


def _minutes(context: Context) -> int:
    return int(context.parameter("lock_minutes"))


def _confirm(context: Context, password: str, personal: bool) -> None:  # noqa: FBT001
    from moebelcirkel.services.start import login

    if personal:
        login.confirm_by_account(context, password)
    else:
        login.confirm(context, password)


def _account(context: Context, by_system: bool) -> str:  # noqa: FBT001
    """By which name whoever is at work is known without a password; empty where by none."""
    from moebelcirkel.services.start import login, system_user

    found = login.known(context, system_user.names() if by_system else ())
    mine = found is not None and found.actor.user_id == context.actor.user_id
    return found.account if found is not None and mine else ""


def _confirm_known(context: Context, by_system: bool) -> None:  # noqa: FBT001
    if not _account(context, by_system):
        raise Refused(N_("Write your password."))
