"""The window without a screen: what Qt says of that is not passed on, and it comes to rest."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.ui.window.program import Program

_PATIENCE_MS = 20_000
_BREATH_MS = 8
#: What waits longer is not asked for by what was just done: messages that go, drafts that are kept.
_SOON_MS = 60
#: So many turns nothing may be asked for, as one may begin what only the next one sees.
_CALM = 3
_MOST = 400


@contextmanager
def hushed() -> Iterator[None]:
    """Qt speaks as ever, but not of what is natural where there is no screen."""
    before = qInstallMessageHandler(_qt_says)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _qt_says(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Pass on what Qt reports, but not that nobody manages windows here."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def settle(program: Program) -> None:
    """Let everything that was asked for be answered and painted."""
    calm = 0
    for _round in range(_MOST):
        _turn(_BREATH_MS)
        calm = calm + 1 if program.jobs.idle() else 0
        if not program.jobs.wait_idle(_PATIENCE_MS):
            break
        if calm == _CALM:
            soon = _soon()
            if not soon:
                return
            _turn(max(soon))
            calm = 0
    raise Unavailable(N_("It did not come to rest."))


def _soon() -> list[int]:
    """The milliseconds until each timer acts that waits for a moment's rest."""
    return [
        max(1, timer.remainingTime())
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
        if timer.isActive() and timer.isSingleShot() and timer.interval() <= _SOON_MS
    ]


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
