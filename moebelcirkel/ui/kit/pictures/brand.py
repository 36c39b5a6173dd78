"""The program's mark and name, as log-in and Om show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

#: The drawing ``logo.svg``: its side, the width of the ring, and the circle in its middle.
_SIDE, _WIDTH, _CIRCLE = 26, 5, (2.5, 2.5, 21, 21)
#: Where the dark part begins and how far it goes round, in degrees.
_FROM, _ROUND = 45, 270


class Ring(QWidget):
    """The ring in the two greens of the scheme.

    It stands in the first picture, so it is painted here: reading a drawing takes a twentieth of
    the start.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        side = theme.current().px(size)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A faint ring, and the open one over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / _SIDE, self.height() / _SIDE)
        pen = QPen(theme.current().color("accent_faint"), _WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawEllipse(QRectF(*_CIRCLE))
        pen.setColor(theme.current().color("accent"))
        painter.setPen(pen)
        painter.drawArc(QRectF(*_CIRCLE), 16 * _FROM, 16 * _ROUND)


def head() -> QHBoxLayout:
    """The mark with the name beside it."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Ring(40))
    row.addWidget(Label("Møbelcirklen", tone="title"), 1)
    return row
