"""A sheet of labels drawn to scale, so that a wrong measure is seen before paper is spent."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from moebelcirkel.language import ngettext
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import paint

WIDE_MM, HIGH_MM = 210.0, 297.0


class SheetPicture(QWidget):
    """An A4 page with its labels; those that do not fit are drawn as wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._values: Mapping[str, Any] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.watch().changed.connect(self.update)

    def show_values(self, values: Mapping[str, Any] | None) -> None:
        """Draw with these; None (something is wrong) keeps the picture."""
        if values is None:
            return
        self._values = values
        count = int(values["label_columns"]) * int(values["label_rows"])
        said = ngettext("{count} label on a sheet", "{count} labels on a sheet", count)
        self.setAccessibleName(said.format(count=count))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the card, in the shape of A4."""
        return QSize(theme.current().px(240), theme.current().px(340))

    def minimumSizeHint(self) -> QSize:
        """Small, but still to be read."""
        return QSize(theme.current().px(120), theme.current().px(170))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw paper and labels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = paint.px(24)
        wide, high = self._needed()
        scale = min(self.width() / wide, (self.height() - foot) / high)
        paper = QRectF(0.5, 0.5, WIDE_MM * scale - 1, HIGH_MM * scale - 1)
        painter.setPen(QPen(paint.colour("edge"), 1))
        painter.setBrush(paint.colour("ground"))
        painter.drawRect(paper)
        if self._values is not None:
            self._labels(painter, self._values, scale)
            box = QRectF(0, high * scale + 3, self.width(), foot - 4)
            words = self.accessibleName()
            paint.text(painter, box, words, paint.font("small"), "muted")

    def _needed(self) -> tuple[float, float]:
        """The paper in mm, or more where the labels go over its edge."""
        values = self._values
        if values is None:
            return WIDE_MM, HIGH_MM
        across = float(values["label_width_mm"]) * int(values["label_columns"])
        down = float(values["label_height_mm"]) * int(values["label_rows"])
        return (
            max(WIDE_MM, float(values["label_left_mm"]) + across),
            max(HIGH_MM, float(values["label_top_mm"]) + down),
        )

    def _labels(self, painter: QPainter, values: Mapping[str, Any], scale: float) -> None:
        wide, high = float(values["label_width_mm"]), float(values["label_height_mm"])
        for line in range(int(values["label_rows"])):
            for column in range(int(values["label_columns"])):
                left = float(values["label_left_mm"]) + column * wide
                top = float(values["label_top_mm"]) + line * high
                fits = left + wide <= WIDE_MM + 0.001 and top + high <= HIGH_MM + 0.001
                painter.setPen(QPen(paint.colour("edge" if fits else "error"), 1))
                painter.setBrush(paint.colour("surface" if fits else "error_soft"))
                box = QRectF(left * scale, top * scale, wide * scale, high * scale)
                painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 2, 2)
                if fits:
                    self._print(painter, box)

    def _print(self, painter: QPainter, box: QRectF) -> None:
        """A square for the code and two lines for the words."""
        side = min(box.height() * 0.6, box.width() * 0.35)
        code = QRectF(box.left() + side * 0.25, box.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour("edge"))
        painter.drawRect(code)
        left = code.right() + side * 0.25
        room = box.right() - left - side * 0.25
        for part, share in ((-0.22, 1.0), (0.12, 0.6)):
            top = box.center().y() + side * part
            painter.drawRect(QRectF(left, top, room * share, side * 0.14))
