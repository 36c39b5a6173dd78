"""How full the van is: a bar for its room and one for its load, at their fullest on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from moebelcirkel.domain.runs import too_full
from moebelcirkel.language import _, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.striped import paint_bar
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.pages.runs import words

if TYPE_CHECKING:
    from moebelcirkel.services.runs import Planned

_HEIGHT, _BAR = 38, 10


class FillBar(QWidget):
    """A title, how much of how much, and the bar under them; red where it is too much."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title, self._said, self._share = title, "", 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watch().changed.connect(self.updateGeometry)

    def show_fill(self, share: float, said: str) -> None:
        """Fill it to a share; ``said`` stands at its right end."""
        self._share, self._said = share, said
        self.setAccessibleName(f"{self._title}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line and a bar."""
        return QSize(160, paint.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, paint.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = paint.px(20)
        over = too_full(self._share)
        small, strong = paint.font("small"), paint.font("small", 600)
        said = paint.width_of(self._said, strong)
        place = QRectF(0, 0, self.width(), line)
        title = QRectF(0, 0, max(0.0, self.width() - said - paint.px(8)), line)
        paint.text(painter, title, self._title, small, "muted")
        right = QRectF(place.right() - said - 1, 0, said + 1, line)
        paint.text(painter, right, self._said, strong, "error" if over else "text")
        room = QRectF(0, line + paint.px(3), self.width(), paint.px(_BAR))
        paint_bar(painter, room, self._share, "error" if over else "accent")


def show_fills(room: FillBar, load: FillBar, run: Planned) -> None:
    """How full a run's vehicle is by volume and by weight."""
    room.show_fill(
        run.litres / run.volume_l,
        _("{part} of {whole}").format(
            part=words.cubic(run.litres), whole=words.cubic(run.volume_l)
        ),
    )
    load.show_fill(
        run.grams / (run.payload_kg * 1000),
        _("{part} of {whole}").format(
            part=number(round(run.grams / 1000)), whole=f"{number(run.payload_kg)} kg"
        ),
    )
