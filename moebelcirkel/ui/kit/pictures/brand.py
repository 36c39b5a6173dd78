"""The program's mark and name, as log-in and Om show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

#: The drawing ``logo.svg``: its side, and the outer and the inner edge of the ring.
_SIDE, _OUTER, _INNER = 26, (0, 0, 26, 26), (5, 5, 16, 16)
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
        painter.fillPath(_part(0, 360), _brush("accent_faint"))
        painter.fillPath(_part(_FROM, _ROUND), _brush("accent"))


def _part(begin: float, degrees: float) -> QPainterPath:
    """So much of the ring: out along its outer edge, and back along the inner one."""
    path = QPainterPath()
    path.arcMoveTo(QRectF(*_OUTER), begin)
    path.arcTo(QRectF(*_OUTER), begin, degrees)
    path.arcTo(QRectF(*_INNER), begin + degrees, -degrees)
    path.closeSubpath()
    return path


def _brush(role: str) -> QBrush:
    """By way of a palette: a colour handed to a brush would have all of Qt's words made."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, theme.current().color(role))
    return palette.base()


def head() -> QHBoxLayout:
    """The mark with the name beside it."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Ring(40))
    row.addWidget(Label("Møbelcirklen", tone="title"), 1)
    return row
