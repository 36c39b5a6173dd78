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
    if isinstance(widget, QLabel | QPushButton | QCheckBox):
        yield from _beyond(widget)


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
