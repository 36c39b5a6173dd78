"""History as a list: a dot with a tone, what happened, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.entries import EntryModel
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint

PERIOD = "period"
INDENT = 27
DOT = 12
_DOTS = {
    "accent": "accent",
    "warning": "warning_mark",
    "error": "error",
    "money": "money",
    "neutral": "field_border",
}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event; tone accent, warning, error, money, neutral, or `period` for a closed chapter."""

    title: str
    detail: str = ""
    tone: str = "accent"


class _EntryDelegate(QStyledItemDelegate):
    """Paints dot, line and texts; long titles go over several lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of the texts at the width of the view."""
        wide = self._view.viewport().width()
        entry = index.data(ROW_ROLE)
        if entry.tone == PERIOD:
            return QSize(wide, paint.px(32))
        titles, details = self._texts(entry, wide)
        high = len(titles) * paint.px(20) + len(details) * paint.px(18) + paint.px(20)
        return QSize(wide, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ROW_ROLE)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            indent = 0 if entry.tone == PERIOD else paint.px(INDENT) - 7
            paint.focus_ring(painter, box.adjusted(indent + 1, 1, -1, -paint.px(10)), 6)
        if entry.tone == PERIOD:
            line = QRectF(box.left(), box.top(), box.width(), paint.px(22))
            paint.text(painter, line, entry.title, paint.font("small", 600), "accent_text")
        else:
            last = index.row() == index.model().rowCount() - 1
            self._event(painter, box, entry, last=last)
        painter.restore()

    def _event(self, painter: QPainter, box: QRectF, entry: TimelineEntry, *, last: bool) -> None:
        middle = QPointF(box.left() + paint.px(DOT) / 2 + 1, box.top() + paint.px(11))
        if not last:  # the line leads to the one before
            painter.setPen(QPen(paint.colour("edge"), 2))
            painter.drawLine(middle, QPointF(middle.x(), box.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour(_DOTS.get(entry.tone, "accent")))
        radius = paint.px(DOT) / 2
        painter.drawEllipse(middle, radius, radius)
        left, top = box.left() + paint.px(INDENT), box.top()
        titles, details = self._texts(entry, int(box.width()))
        for words in titles:
            line = QRectF(left, top, box.right() - left, paint.px(20))
            paint.text(painter, line, words, paint.font("body", 600))
            top += paint.px(20)
        for words in details:
            line = QRectF(left, top, box.right() - left, paint.px(18))
            paint.text(painter, line, words, paint.font("small"), "muted")
            top += paint.px(18)

    def _texts(self, entry: TimelineEntry, wide: int) -> tuple[list[str], list[str]]:
        room = wide - paint.px(INDENT)
        titles = paint.lines(entry.title, paint.font("body", 600), room)
        details = paint.lines(entry.detail, paint.font("small"), room) if entry.detail else []
        return titles, details


class Timeline(QListView):
    """History of a piece or an order; `show_entries` replaces it.

    One that ``grows`` is as high as its entries, for a place that scrolls as a whole.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        self._grows = grows
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._entries = EntryModel[TimelineEntry](self)
        self.setModel(self._entries)
        self.setItemDelegate(_EntryDelegate(self))
        theme.watch().changed.connect(self._again)

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show other entries, newest first."""
        self._entries.set_entries(entries)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again, as titles break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._again()

    def _again(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._grow()

    def _grow(self) -> None:
        if self._grows:
            rows = range(self._entries.rowCount())
            high = sum(self.sizeHintForRow(number) for number in rows)
            self.setFixedHeight(max(high, 1))
