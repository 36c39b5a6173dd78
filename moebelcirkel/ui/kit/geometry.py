"""Where a window lies and how large it is: kept, handed on, and always whole on its screen."""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QMargins, QRect
from PySide6.QtWidgets import QWidget

_USUAL: Final = (1440, 900)
_FILLS: Final = "fills_screen"
#: What a frame takes until the system has put one round the window and can be asked.
_FRAME: Final = QMargins(8, 40, 8, 8)


def kept(window: QWidget) -> str:
    """Place and size as text for the settings."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def place(window: QWidget, text: str) -> None:
    """Give a window the place kept, or its usual size; ``show`` lets it fill a smaller screen."""
    if not text or not window.restoreGeometry(QByteArray.fromBase64(text.encode("ascii"))):
        window.resize(*_USUAL)
    fills = _is_too_large(window) and not window.isVisible()
    window.setProperty(_FILLS, fills)
    if not fills:
        fit(window)


def show(window: QWidget) -> None:
    """Show a window that has its place."""
    if window.property(_FILLS):
        window.setProperty(_FILLS, False)
        window.showMaximized()
    else:
        window.show()


def spare(window: QWidget) -> int:
    """So much higher it can become on its screen."""
    return _room(window).height() - window.height()


def fit(window: QWidget) -> None:
    """Bring the window with its title bar onto its screen; what is too large fills it."""
    if window.isMaximized() or window.isFullScreen():
        return
    room = _room(window)
    asked = window.geometry()
    if _is_too_large(window):
        window.setWindowState(QtCore.Qt.WindowState.WindowMaximized)
        return
    asked.moveLeft(max(room.left(), min(asked.left(), room.right() - asked.width() + 1)))
    asked.moveTop(max(room.top(), min(asked.top(), room.bottom() - asked.height() + 1)))
    window.setGeometry(asked)


def _is_too_large(window: QWidget) -> bool:
    """It would go beyond its screen; whoever fills it already does not."""
    if window.isMaximized() or window.isFullScreen():
        return False
    room, asked = _room(window), window.size()
    return asked.width() > room.width() or asked.height() > room.height()


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
