"""Banner and notice lie over the top of the page, so that nothing moves away under a pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

_EDGE: Final = 24
_MOVING: Final = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide,
     QEvent.Type.LayoutRequest}
)  # fmt: skip


class Strips(QObject):
    """Keeps strips below each other at the top of the page, over it, whenever they are shown."""

    def __init__(self, host: QWidget, page: QWidget, banner: QWidget, *notices: QWidget) -> None:
        """``banner`` is as wide as the page, ``notices`` have air beside them."""
        super().__init__(host)
        self._page = page
        self._strips = ((banner, 0), *((notice, _EDGE) for notice in notices))
        for strip, _edge in self._strips:
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
        area = self._page.geometry()
        top = area.top()
        for strip, edge in self._strips:
            if strip.isHidden():
                continue
            width = area.width() - 2 * edge
            height = max(strip.heightForWidth(width), strip.minimumSizeHint().height())
            strip.setGeometry(area.left() + edge, top + edge // 3, width, height)
            strip.raise_()
            top = strip.geometry().bottom() + 1
