"""Finds texts of a window that do not fit the widget that shows them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget


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
