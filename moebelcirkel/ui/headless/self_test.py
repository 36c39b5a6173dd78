"""The window's part of the self-test: a first start, a log-in, and every page opened once."""

import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.settings import Settings
from moebelcirkel.ui.headless.quiet import hushed, settle
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window.program import Program


def check(folder: Path) -> None:
    """Open the window of a new administrator on an empty database, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with hushed():
        _check(folder)


def _check(folder: Path) -> None:
    from moebelcirkel.services.start import first_start, login, opening

    target = folder / "window.sqlite"
    context = opening.create(target)
    form = first_start.FirstStart("Prøvekommune", "Eva Prøve", "eva", "en lang prøvesætning")
    try:
        user_id = first_start.begin(context, form).id
        actor = login.actor_of(context, user_id)
    finally:
        opening.close(context)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    bugs = _Bugs()
    program = Program(app, Settings(folder / "settings.json"), str(target))
    try:
        window = program.open_for(actor, Person(actor.name, ""))
        for word in list(window.rail.buttons):
            window.go(word)
            settle(program)
        if not window.isVisible() or window.grab().isNull():
            raise Refused(N_("It was not painted."))
    finally:
        program.end()
        bugs.end()


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
