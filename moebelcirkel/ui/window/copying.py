"""The window's part in what is done without a person: does it, shows how old the last copy is.

Damage to the database is heeded too, wherever it is met.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from moebelcirkel.domain.errors import Damaged, Exchanged, Interrupted, Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.parts import copy_words

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.copies import Status
    from moebelcirkel.ui.kit.jobs import Job
    from moebelcirkel.ui.kit.messages import Question
    from moebelcirkel.ui.window.main_window import MainWindow

#: The first look comes when the window is in use, and then so often.
FIRST_MS, AGAIN_MS = 20_000, 300_000
_log = logging.getLogger(__name__)


class Copying(QObject):
    """One window's; ``look`` is what its timer calls."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._job: Job | None = None
        self._said = ""
        self.question: Question | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.jobs.unavailable.connect(self._heed)
        window.told.connect(self._told)
        window.rail.copies.clicked.connect(lambda: window.go("settings", "copies"))
        self.show_age()

    def look(self) -> None:
        """Do what is due, such as the daily copy, beside whatever is done in the window."""
        self._timer.setInterval(AGAIN_MS)
        if self._job is None:
            self._job = self._window.jobs.aside(self._take, self._taken, owner=self)

    def show_age(self) -> None:
        """Tell the administrator how old the last good copy is."""
        if self._window.context.allows(Action.SETTINGS):
            self._window.jobs.read(_status, self._show, channel="copies", owner=self)

    def _take(self, context: Context) -> Unavailable | None:
        """What went wrong is for the administrator to see, and stops nobody's work."""
        from moebelcirkel.services import routines

        def step() -> None:
            if self._job is not None and self._job.cancelled:
                raise Interrupted

        worst: Unavailable | None = None
        for outcome in routines.run_due(context, routines.place("window", step)):
            error = outcome.error
            if isinstance(error, Unavailable) and not isinstance(worst, Damaged):
                worst = error
        return worst

    def _taken(self, error: Unavailable | None) -> None:
        self._job = None
        if isinstance(error, Damaged):
            self.offer(error)
        elif error is not None:
            _log.warning("not done by itself: %s", error.message)
        self._window.broadcast(frozenset({"copy", "routine"}))

    def _told(self, kinds: frozenset[str]) -> None:
        if kinds & {"copy", "parameter"}:
            self.show_age()

    def _show(self, status: Status) -> None:
        if status.shared and status.good_at is None:
            return  # how its server is backed up is not known here
        text, reason = copy_words.age(status, self._window.context.now()), copy_words.reason(status)
        self._window.rail.show_copies(text, reason, worry=status.worry)
        if reason and reason != self._said:
            self._window.messages.warn(reason)
        self._said = reason

    def _heed(self, error: Unavailable, _job: Job) -> None:
        if isinstance(error, Damaged):
            self.offer(error)

    def offer(self, error: Damaged) -> None:
        """Damage was met: say so, and lead to the last good copy."""
        if self.question is not None:
            return
        exchanged = isinstance(error, Exchanged)
        self.question = self._window.messages.ask(
            _("The database was exchanged") if exchanged else _("The database is damaged"),
            refusal(error),
            _("Restore a copy …"),
            lambda: self._window.restore(""),
            no=_("Later"),
        )
        self.question.finished.connect(self._answered)

    def _answered(self) -> None:
        self.question = None


def _status(context: Context) -> Status:
    from moebelcirkel.services import copies

    return copies.status(context)
