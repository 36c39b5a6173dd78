"""Building much without holding up the window: one thing at each turn of the event loop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Does things in order, one a turn, so that keys and painting come between them."""

    def __init__(self, parent: QObject, acts: Iterable[Callable[[], object]]) -> None:
        super().__init__(parent)
        self._left = deque(acts)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(0)

    def finish(self) -> None:
        """Do what is left at once, since it is needed now."""
        while self._left:
            self._next()

    def _next(self) -> None:
        act = self._left.popleft()
        if not self._left:
            self._timer.stop()
        act()
