"""Banner and notice lie over the page, near its top: nothing moves away under a pointer for them.

They leave free what can be pressed, and the place where the pointer is.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from moebelcirkel.ui.kit import free_spot, theme

#: Air below the header, and the width of what says little.
_TOP: Final = 8
_LEAST: Final = 420
_MOVING: Final = frozenset(
    {
        QEvent.Type.Resize,
        QEvent.Type.Move,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
    }
)


class Strips(QObject):
    """Finds a place for each strip whenever it is shown."""

    def __init__(self, host: QWidget, page: QWidget, *strips: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._page = page
        self._strips = strips
        for strip in strips:
            strip.setParent(host)
            strip.hide()
            strip.installEventFilter(self)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Something was shown, or changed its size."""
        if event.type() in _MOVING:
            self._place()
        return False

    def _place(self) -> None:
        area, taken = self._page.geometry(), list[QRect]()
        for strip in self._strips:
            if strip.isHidden():
                continue
            room = area.width() - 2 * free_spot.EDGE
            width = min(room, max(strip.sizeHint().width(), theme.current().px(_LEAST)))
            height = max(strip.heightForWidth(width), strip.minimumSizeHint().height())
            spot = QRect(
                area.left() + (area.width() - width) // 2, area.top() + _TOP, width, height
            )
            taken.append(free_spot.from_above(self._host, spot, taken))
            strip.setGeometry(taken[-1])
            strip.raise_()
