"""Headers of tables: words over their figures, and an arrow beside the words that order the rows.

Qt's own header cuts the words to make room for the arrow, also where there is plenty.
"""

from math import ceil
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.kit.pictures import icons, paint

PAD = 10
ARROW = 12


def head_width(column: Column[Any]) -> int:
    """What the words over a column need, with the arrow where it can order the rows."""
    words = ceil(paint.width_of(column.title, paint.font("small", 600)))
    arrow = paint.px(ARROW) + paint.px(4) if column.sort else 0
    return words + 2 * paint.px(PAD) + arrow


class TableHeader(QHeaderView):
    """A row of headers painted like the cells below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setMinimumSectionSize(48)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the words, the arrow and the line below."""
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, paint.colour("surface"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), paint.colour("line"))
        model = self.model()
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        align = model.headerData(
            section, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.TextAlignmentRole)
        )
        right = bool(Qt.AlignmentFlag(align or 0) & Qt.AlignmentFlag.AlignRight)
        inner = box.adjusted(paint.px(PAD), 0, -paint.px(PAD), 0)
        shown = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        face = paint.font("small", 600)
        if shown:
            inner = self._arrow(painter, inner, paint.width_of(words, face), right=right)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        paint.text(painter, inner, words, face, "text" if shown else "muted", side)
        painter.restore()

    def _arrow(self, painter: QPainter, inner: QRectF, words: float, *, right: bool) -> QRectF:
        """Paint the arrow beside the words and return the room left for them."""
        side, gap = paint.px(ARROW), paint.px(4)
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        picture = icons.pixmap("arrow-up" if up else "arrow-down", "text", side)
        words = min(words, inner.width() - side - gap)
        left = inner.right() - words - gap - side if right else inner.left() + words + gap
        painter.drawPixmap(QPointF(left, inner.center().y() - side / 2), picture)
        if right:
            return inner.adjusted(side + gap, 0, 0, 0)
        return inner.adjusted(0, 0, -side - gap, 0)
