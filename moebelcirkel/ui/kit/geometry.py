"""Where a window lies and how large it is: kept, handed on, and always whole on its screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMargins, QRect, Qt
from PySide6.QtWidgets import QWidget

_USUAL: Final = (1440, 900)
#: What a frame takes until the system has put one round the window and can be asked.
_FRAME: Final = QMargins(8, 40, 8, 8)


def kept(window: QWidget) -> str:
    """Place and size as text for the settings."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def place(window: QWidget, text: str) -> None:
    """Give a window the place kept, or its usual size, filling a screen that is smaller."""
    if not text or not window.restoreGeometry(QByteArray.fromBase64(text.encode("ascii"))):
        window.resize(*_USUAL)
    fit(window)


def spare(window: QWidget) -> int:
    """So much higher it can become on its screen."""
    return _room(window).height() - window.height()


def fit(window: QWidget) -> None:
    """Bring the window with its title bar onto its screen; what is too large fills it."""
    if window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
        return
    room = _room(window)
    asked = window.geometry()
    if asked.width() > room.width() or asked.height() > room.height():
        window.setWindowState(Qt.WindowState.WindowMaximized)
        return
    asked.moveLeft(max(room.left(), min(asked.left(), room.right() - asked.width() + 1)))
    asked.moveTop(max(room.top(), min(asked.top(), room.bottom() - asked.height() + 1)))
    window.setGeometry(asked)


def _room(window: QWidget) -> QRect:
    return window.screen().availableGeometry().marginsRemoved(_frame(window))


def _frame(window: QWidget) -> QMargins:
    inner, outer = window.geometry(), window.frameGeometry()
    if inner == outer:
        return _FRAME
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )
