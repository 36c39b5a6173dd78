"""One cell of a table: text by tone, pill or thin bar, and the line under it."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from moebelcirkel.ui.kit.lists.tables import ALIGN, CellLook, ColumnsModel, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import tip

ROW = 38
PAD = 10
SHARE_WIDTH = 110
#: Pills that would sink into the green ground of a chosen row, and what they are there.
_LIFTED = {"accent": "lifted", "neutral": "plain"}


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: text by tone, pill, thin bar, and the line under each row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, index.row())
        model = index.model()
        assert isinstance(model, ColumnsModel)
        cell = model.cell(index)
        if cell is not None:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._inside(
                painter, box.adjusted(paint.px(PAD), 0, -paint.px(PAD), 0), cell, chosen=chosen
            )
        painter.restore()

    def _inside(
        self, painter: QPainter, inner: QRectF, cell: CellLook[Any], *, chosen: bool
    ) -> None:
        column, row = cell.column, cell.row
        if column.icon is not None:
            inner = self._icon(painter, inner, column.icon(row))
        chip = column.chip(row) if column.chip is not None else None
        if chip:
            top = inner.center().y() - paint.px(22) / 2
            words, tone = chip
            if chosen:
                tone = _LIFTED.get(tone, tone)
            paint.chip(painter, inner.left(), top, (words, tone), inner.width())
            return
        share = column.share(row) if column.share is not None else None
        if share is not None:
            inner = self._share(painter, inner, share)
        self._text(painter, inner, cell, small=cell.tone == "small" or share is not None)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the text, for columns that fit their content."""
        face = paint.font("body", 600)
        wide = paint.width_of(str(index.data() or ""), face) + 2 * paint.px(PAD)
        return QSize(int(wide) + 2, paint.px(ROW))

    def _ground(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, row: int
    ) -> None:
        """The whole row is tinted, also the one under the pointer."""
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, paint.colour("accent_soft"))
        elif getattr(self.parent(), "hovered", -1) == row:
            painter.fillRect(box, paint.colour("sunken"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), paint.colour("line"))
        self._ring(painter, box, row)

    def _ring(self, painter: QPainter, box: QRectF, row: int) -> None:
        """Where the keyboard is: a ring round the whole row, of which each cell shows its part."""
        view = self.parent()
        if not isinstance(view, QTableView) or not view.hasFocus():
            return
        if view.currentIndex().row() == row:
            header = view.horizontalHeader()
            whole = QRectF(-header.offset(), box.top(), header.length(), box.height())
            painter.save()
            painter.setClipRect(box)
            paint.focus_ring(painter, whole.adjusted(2, 2, -2, -3), 4)
            painter.restore()

    def _icon(self, painter: QPainter, inner: QRectF, icon: QIcon) -> QRectF:
        if icon.isNull():
            return inner
        side = paint.px(18)
        top = int(inner.center().y() - side / 2)
        icon.paint(painter, int(inner.left()), top, side, side)
        return inner.adjusted(side + paint.px(8), 0, 0, 0)

    def _share(self, painter: QPainter, inner: QRectF, share: float) -> QRectF:
        wide = min(float(paint.px(SHARE_WIDTH)), inner.width() * 0.6)
        thin = paint.px(8)
        line = QRectF(inner.left(), inner.center().y() - thin / 2, wide, thin)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour("sunken"))
        painter.drawRoundedRect(line, thin / 2, thin / 2)
        filled = max(0.0, min(1.0, share)) * wide
        # Cut off a full bar: a rounded one of its own would draw 4 % and 7 % alike.
        painter.save()
        painter.setClipRect(QRectF(line.left(), line.top(), filled, thin))
        painter.setBrush(paint.colour("accent"))
        painter.drawRoundedRect(line, thin / 2, thin / 2)
        painter.restore()
        return inner.adjusted(wide + paint.px(6), 0, 0, 0)

    def _text(self, painter: QPainter, inner: QRectF, cell: CellLook[Any], *, small: bool) -> None:
        column = cell.column
        face = paint.font("small" if small else "body", 600 if cell.heavy else 400)
        ink = paint.INKS.get(cell.tone, "text")
        cut = Qt.TextElideMode.ElideMiddle if column.keeps_end else paint.CUT
        paint.text(painter, inner, column.text(cell.row), face, ink, ALIGN[column.align], cut)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A text that has no room in its cell is told in full, unless its column tells more."""
        told = index.data(int(Qt.ItemDataRole.ToolTipRole))
        text = str(index.data() or "")
        if told or self.sizeHint(option, index).width() <= option.rect.width():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), tip(text), view)
        return True
