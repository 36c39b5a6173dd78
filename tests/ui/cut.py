"""Finds texts of a window that do not fit the widget that shows them."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from moebelcirkel.ui.kit.lists.cell import PAD
from moebelcirkel.ui.kit.lists.table_header import head_width
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.pictures import paint

#: What the arrow of a choice and its frame take.
_ARROW = 42


def texts(window: QWidget) -> list[str]:
    """Every text on screen that is cut, with what it needs and what it has."""
    return [said for widget in window.findChildren(QWidget) for said in _cut(widget)]


def _cut(widget: QWidget) -> Iterator[str]:
    if not widget.isVisible():
        return
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox) and widget.text():
        needed, given = widget.sizeHint(), widget.size()
        if needed.width() > given.width() + 1 or needed.height() > given.height() + 2:
            yield f"{widget.text()!r} needs {needed.toTuple()}, has {given.toTuple()}"
    elif isinstance(widget, QComboBox | QDateEdit):
        yield from _box(widget)
    elif isinstance(widget, TableView):
        yield from _heads(widget)
        yield from _figures(widget)
    if isinstance(widget, QLabel | QPushButton | QCheckBox):
        yield from _beyond(widget)


def _heads(view: TableView) -> Iterator[str]:
    for column, each in enumerate(view.columns_model().columns):
        needed, given = head_width(each), view.columnWidth(column)
        if not view.isColumnHidden(column) and needed > given:
            yield f"the head {each.title!r} needs {needed}, has {given}"


def _figures(view: TableView) -> Iterator[str]:
    """Amounts and counts of the rows on screen: half a figure is another one."""
    model = view.columns_model()
    last = view.rowAt(view.viewport().height() - 1)
    for column, each in enumerate(model.columns):
        if view.isColumnHidden(column) or each.align != "right":
            continue
        for row in range(max(view.rowAt(0), 0), (last if last >= 0 else model.rowCount() - 1) + 1):
            index = model.index(row, column)
            text, given = str(index.data() or ""), view.columnWidth(column) - 2 * paint.px(PAD)
            cell = model.cell(index)
            heavy = cell is not None and cell.heavy
            needed = paint.width_of(text, paint.font("body", 600 if heavy else 400))
            if needed > given + 1:
                yield f"{text!r} under {each.title!r} needs {needed:.0f}, has {given}"


def _beyond(widget: QLabel | QPushButton | QCheckBox) -> Iterator[str]:
    """What lies beside the edge of an area that scrolls up and down only."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None or area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return
    right = widget.mapTo(area.viewport(), widget.rect().topRight()).x()
    if widget.text() and right > area.viewport().width():
        yield f"{widget.text()!r} ends at {right}, its area at {area.viewport().width()}"


def _box(box: QComboBox | QDateEdit) -> Iterator[str]:
    """A choice or a date, in what its arrow and its frame leave."""
    line = box.lineEdit()
    text = box.currentText() if isinstance(box, QComboBox) else box.text()
    needed = box.fontMetrics().horizontalAdvance(text)
    given = box.width() - _ARROW if line is None else line.width()
    if needed > given + 2:
        yield f"{text!r} needs {needed}, has {given}"


def _label(label: QLabel) -> Iterator[str]:
    if label.wordWrap():
        needed, given = label.heightForWidth(label.width()), label.height()
    elif "<" in label.text():
        return  # rich text: its width is not that of its letters
    else:
        first = label.text().split("\n")[0]
        needed = label.fontMetrics().horizontalAdvance(first)
        given = label.contentsRect().width()
    if needed > given + 2:
        yield f"{label.text()!r} needs {needed}, has {given}"
