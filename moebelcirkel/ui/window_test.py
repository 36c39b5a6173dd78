"""The window's part of the self-test: a first start, a log-in, and every page opened once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.settings import Settings
from moebelcirkel.ui.desk import Desk
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.tour import hushed

_PATIENCE_MS = 20_000


def check(folder: Path) -> None:
    """Open the window of a new administrator on an empty database, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with hushed():
        _check(folder)


def _check(folder: Path) -> None:
    from moebelcirkel.services import first_start, login, opening

    target = folder / "window.sqlite"
    context = opening.create(target)
    form = first_start.FirstStart("Prøvekommune", "Eva Prøve", "eva", "en lang prøvesætning")
    try:
        user_id = int(first_start.begin(context, form).data["user"])
        actor = login.actor_of(context, user_id)
    finally:
        opening.close(context)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    bugs = _Bugs()
    desk = Desk(app, Settings(folder / "settings.json"), str(target))
    try:
        window = desk.open_for(actor, Person(actor.name, ""))
        for word in list(window.rail.buttons):
            window.go(word)
            settle(desk)
        if not window.isVisible() or window.grab().isNull():
            raise Refused(N_("It was not painted."))
    finally:
        desk.end()
        bugs.end()


def settle(desk: Desk) -> None:
    """Let everything that was asked for be answered and painted."""
    for _round in range(2):
        _turn(60)
        if not desk.jobs.wait_idle(_PATIENCE_MS):
            raise Unavailable(N_("It did not come to rest."))
    _turn(20)


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class _Bugs:
    """Errors in Qt's callbacks, which reach nobody else; the first is raised at the end."""

    def __init__(self) -> None:
        self._before = sys.excepthook
        self._first: BaseException | None = None
        sys.excepthook = self._take

    def _take(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self._first = self._first or error

    def end(self) -> None:
        """Give the hook back and say what was found."""
        sys.excepthook = self._before
        if self._first is not None:
            raise self._first
