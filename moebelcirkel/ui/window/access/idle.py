"""How long nobody has touched the program: no key, click, turn of the wheel or move of the mouse.

Keys are heard at the window with the focus, before the scanner holds them back: a filter on the
application would be called for every event of every widget.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication, QWindow

_EVERY_MS = 1_000
_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
    }
)

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Idle(QObject):
    """Says once a second how long it has been; a PC that slept was touched by nobody."""

    still_for = Signal(object)
    """A ``timedelta``."""

    def __init__(self, app: QGuiApplication, clock: Clock | None, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock or _now
        self.touch()
        self._app = app
        app.focusWindowChanged.connect(self._listen)
        self._listen(app.focusWindow())
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(lambda: self.still_for.emit(self.still()))
        self._timer.start()

    def stop(self) -> None:
        """Hear and say no more."""
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._listen)
        for window in self._app.allWindows():
            window.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        self._at, self._tick = self._clock(), time.monotonic()

    def still(self) -> dt.timedelta:
        """How long nobody was; a clock that was set back shortens nothing."""
        return max(self._clock() - self._at, dt.timedelta(seconds=time.monotonic() - self._tick))

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Remember when somebody did something; nothing is held back."""
        if event.type() in _HANDS:
            self.touch()
        return super().eventFilter(target, event)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)  # the newest is asked first
