"""The window without a screen: what Qt says of that is not passed on, and it comes to rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.ui.window.program import Program

_PATIENCE_MS = 20_000


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
    for _round in range(2):
        _turn(60)
        if not program.jobs.wait_idle(_PATIENCE_MS):
            raise Unavailable(N_("It did not come to rest."))
    _turn(20)


def _turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
