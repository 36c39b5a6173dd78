"""All texts a widget shows or tells, so that a test can look for the wrong language among them."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)


def texts(root: QWidget) -> set[str]:
    """What is written on a window and all in it, hidden parts too, without the keys of menus."""
    found: set[str] = set()
    for widget in (root, *root.findChildren(QWidget)):
        found.update(_of(widget))
    return {text.replace("&", "").strip() for text in found} - {""}


def _of(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    elif isinstance(widget, QTableView):
        yield from _headers(widget.model())
    elif isinstance(widget, QAbstractItemView):
        yield from _rows(widget.model())


def _headers(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is not None:
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            for row in range(min(model.rowCount(), 20)):
                yield str(model.index(row, column).data() or "")


def _rows(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is not None:
        for row in range(min(model.rowCount(), 50)):
            yield str(model.index(row, 0).data() or "")
