"""A column of small pictures in a table: read when scrolling rests, the shape until then."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from moebelcirkel.ui.kit.lists.cell import CellDelegate
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import ROW_ROLE, Index
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.pictures.thumbnails import Thumbnails
from moebelcirkel.ui.parts.thumbs import pictures

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell

Key = Callable[[Any], str | None]
Shape = Callable[[Any], str]


class ThumbColumn(CellDelegate):
    """Paints the picture of a row; ``photo`` and ``shape`` say which of it."""

    def __init__(self, table: TableView, shell: Shell, column: int, photo: Key, shape: Shape):
        super().__init__(table)
        self._table = table
        self._shell = shell
        self._photo = photo
        self._shape = shape
        self.thumbnails = Thumbnails(self, self._in_view, self._ask)
        self.thumbnails.arrived.connect(lambda _key: table.viewport().update())
        table.setItemDelegateForColumn(column, self)
        table.verticalScrollBar().valueChanged.connect(lambda _value: self.thumbnails.touch())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one picture on the ground of its row."""
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option, index.row())
        row = index.data(ROW_ROLE)
        if row is not None:
            high = box.height() - paint.px(6)
            frame = QRectF(box.left() + paint.px(8), box.top() + paint.px(3), high * 1.4, high)
            pixmap = self.thumbnails.pixmap(self._photo(row))
            paint.picture(painter, frame, pixmap, self._shape(row), paint.px(4))
        painter.restore()

    def _in_view(self) -> Iterable[Hashable | None]:
        view, model = self._table, self._table.columns_model()
        first = max(0, view.rowAt(0))
        last = view.rowAt(view.viewport().height() - 1)
        last = model.rowCount() - 1 if last < 0 else last
        rows = (model.peek(number) for number in range(first, last + 1))
        return [self._photo(row) for row in rows if row is not None]

    def _ask(self, keys: tuple[Hashable, ...]) -> None:
        wanted = [str(key) for key in keys]
        self._shell.jobs.aside(lambda context: pictures(context, wanted), self._take, owner=self)

    def _take(self, found: dict[str, QImage | None]) -> None:
        for key, image in found.items():
            self.thumbnails.deliver(key, image)
