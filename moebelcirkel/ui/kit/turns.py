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
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)
        self._timer.start(pause)

    def finish(self) -> None:
        """Do what is left at once, since it is needed now."""
        self._timer.stop()
        for act in self._left:
            act()

    def _next(self) -> None:
        """Do one, and ring again only behind all other timers that became due meanwhile."""
        more = True
        try:
            if self._free():
                act = next(self._left, None)
                more = act is not None
                if act is not None:
                    act()
        finally:
            if more and shiboken6.isValid(self._timer):  # an act may be the end of its owner
                self._timer.start()
