"""How the next label will look; its number is given when the pieces are saved."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import paint

_DOTS = "·····"
# Which cells of the little square between the corners are dark: a picture of a code, not a code.
_CELLS = ("0110100", "1011011", "0101101", "1101010", "0110111", "1010010", "0111010")


class LabelPreview(QWidget):
    """The label's code, number and name, in the proportions of the sheet's labels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prefix = "MC"
        self._name = ""
        self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watch().changed.connect(self.updateGeometry)
        self.say("", "")

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(paint.px(230), paint.px(96))

    def set_prefix(self, prefix: str) -> None:
        """Show the municipality's letters."""
        self._prefix = prefix
        self.say(self._name, self._detail)

    def number(self) -> str:
        """The form of a number that is not given yet."""
        return f"{self._prefix}-{_DOTS}"

    def say(self, name: str, detail: str) -> None:
        """Show the furniture type's name."""
        self._name, self._detail = name, detail
        words = ", ".join(part for part in (self.number(), name, detail) if part)
        self.setAccessibleName(_("Label: {text}").format(text=words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(paint.colour("field_border"), 1))
        painter.setBrush(paint.colour("surface"))
        painter.drawRoundedRect(box, 4, 4)
        pad = paint.px(11)
        side = box.height() - 2 * pad
        self._code(painter, QRectF(box.left() + pad, box.top() + pad, side, side))
        left = box.left() + 2 * pad + side
        room = box.right() - pad - left
        top = box.top() + pad
        number = QRectF(left, top, room, paint.px(22))
        paint.text(painter, number, self.number(), paint.font("body", 700))
        top += paint.px(23)
        small = paint.font("small")
        for words in paint.lines(self._name, small, room, 2 if self._detail else 3):
            paint.text(painter, QRectF(left, top, room, paint.px(17)), words, small)
            top += paint.px(17)
        if self._detail:
            place = QRectF(left, top, room, paint.px(17))
            paint.text(painter, place, self._detail, small, "muted")

    def _code(self, painter: QPainter, box: QRectF) -> None:
        cell = box.width() / 7
        ink = paint.colour("text")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for row, cells in enumerate(_CELLS):
            for column, dark in enumerate(cells):
                corner = (row < 3 or row > 3) and (column < 3 or column > 3)
                if dark == "1" and not (corner and (row < 3 or column < 3)):
                    place = QRectF(
                        box.left() + column * cell, box.top() + row * cell, cell + 0.5, cell + 0.5
                    )
                    painter.fillRect(place, ink)
        for row, column in ((0, 0), (0, 4), (4, 0)):
            corner_box = QRectF(
                box.left() + column * cell, box.top() + row * cell, 3 * cell, 3 * cell
            )
            painter.fillRect(corner_box, ink)
            edge = cell * 0.55
            painter.fillRect(corner_box.adjusted(edge, edge, -edge, -edge), paint.colour("surface"))
            edge = cell * 1.0
            painter.fillRect(corner_box.adjusted(edge, edge, -edge, -edge), ink)
        painter.restore()
