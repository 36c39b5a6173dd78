"""Building much without holding up the window: one thing at each turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Does things in order, one a turn, so that keys and painting come between them.

    With a ``pause`` (milliseconds) there is time between two of them for more than that, and none
    is done while it is not ``free``.
    """

    def __init__(
        self,
        parent: QObject,
        acts: Iterable[Callable[[], object]],
        *,
        pause: int = 0,
        free: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(parent)
        self._left = iter(acts)
        self._free = free
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start(pause)

    def finish(self) -> None:
        """Do what is left at once, since it is needed now."""
        self._timer.stop()
        for act in self._left:
            act()

    def _next(self) -> None:
        if not self._free():
            return
        act = next(self._left, None)
        if act is not None:
            act()
        elif shiboken6.isValid(self._timer):  # the acts were the last that held a left owner
            self._timer.stop()
