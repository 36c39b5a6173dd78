"""A second click on the same spot is for what the first one hit, not for what came there since.

Whoever clicks twice where once is enough has looked at one thing only. A dialog that opened under
the pointer, the next row's button that slid there, or a button that means something else now, takes
no press until the pointer has moved or a second has gone by in which the window answered.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication

from moebelcirkel.ui.kit.decision import Pause

#: A hand that lies still moves the pointer so many pixels at most.
_STILL: Final = 8
#: The button, and what it said.
_Hit = tuple[QAbstractButton | None, str]
_PRESSES: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


@cache
def watch() -> SecondClick:
    """Guard all windows of the program."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return SecondClick(app)


class SecondClick(QObject):
    """Listens to the windows, not to the widgets: it is asked only where somebody clicks."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.pause = Pause(self)
        self._spot = QPoint()
        self._hit: _Hit = (None, "")
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop a press that was meant for what was there before."""
        if event.type() in _PRESSES and isinstance(event, QMouseEvent):
            hit = _hit(watched, event.position().toPoint())
            return not self._accept(event.globalPosition().toPoint(), hit)
        return False

    def _accept(self, spot: QPoint, hit: _Hit) -> bool:
        still = not self.pause.over and (spot - self._spot).manhattanLength() <= _STILL
        good = not still or hit[0] is None or hit == self._hit
        if good:
            self._hit = hit
        self._spot = spot
        self.pause.begin()
        return good

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _hit(window: QObject, spot: QPoint) -> _Hit:
    """The button at a spot of a window, and what it says; ticking may change that of a box."""
    tops = (each for each in QApplication.topLevelWidgets() if each.windowHandle() is window)
    found = next((each.childAt(spot) for each in tops), None)
    while found is not None and not isinstance(found, QAbstractButton):
        found = None if found.isWindow() else found.parentWidget()
    return found, "" if found is None or found.isCheckable() else found.text()
