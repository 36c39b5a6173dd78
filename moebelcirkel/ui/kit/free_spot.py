"""Where something that is said can lie over a page without covering what can be pressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

#: Air to the edges of the window, to a button, and round the pointer.
EDGE: Final = 24
BUTTON_GAP: Final = 8
_POINTER: Final = 24
_STEP: Final = 8
#: On a widget of one's own that is pressed like a button.
PRESSED: Final = "pressed_as_button"
#: What can be typed or chosen in, which a message may lie over where there is no other room.
_Field = QLineEdit | QComboBox


def from_below(host: QWidget, spot: QRect) -> QRect:
    """This spot, or the first free one above it, at most at half the height of the host."""
    tops = range(spot.top(), host.height() // 2, -_STEP)
    return _free(host, spot, tops, [])


def from_above(host: QWidget, spot: QRect, taken: list[QRect]) -> QRect:
    """This spot, or the first free one below it where nothing of ``taken`` is either."""
    tops = range(spot.top(), host.height() * 2 // 3, _STEP)
    return _free(host, spot, tops, taken)


def _free(host: QWidget, spot: QRect, tops: range, taken: list[QRect]) -> QRect:
    """Over nothing that is pressed, else over no button, else over no main one.

    In the middle if that can be, or beside it where a heading is there.
    """
    pressed = [each for each in host.findChildren(QWidget) if _in_sight(each)]
    near = QRect(host.mapFromGlobal(QCursor.pos()), host.mapFromGlobal(QCursor.pos()))
    pointer = near.adjusted(-_POINTER, -_POINTER, _POINTER, _POINTER)
    right = host.width() - spot.width() - EDGE
    full = [pointer, *taken, *(_placed(each, host) for each in pressed), *_headings(host)]
    for left in _about(spot.left(), right):
        tried = QRect(QPoint(left, spot.top()), spot.size())
        if not any(each.intersects(tried) for each in full):
            return tried
    buttons = [each for each in pressed if not isinstance(each, _Field)]
    for some in (pressed, buttons, [each for each in pressed if _is_main(each)]):
        full = [pointer, *taken, *(_placed(each, host) for each in some)]
        for left in (spot.left(), EDGE, right):
            for top in tops:
                tried = QRect(QPoint(left, top), spot.size())
                if not any(each.intersects(tried) for each in full):
                    return tried
    return spot


def _about(middle: int, right: int) -> Iterator[int]:
    """Places on one line, the nearest to the middle first."""
    yield middle
    for aside in range(_STEP, max(middle - EDGE, right - middle) + 1, _STEP):
        yield from (each for each in (middle + aside, middle - aside) if EDGE <= each <= right)


def _headings(host: QWidget) -> Iterator[QRect]:
    """Where the words of headings stand."""
    for label in host.findChildren(QLabel):
        if label.property("tone") == "heading" and label.isVisible():
            wide = label.fontMetrics().horizontalAdvance(label.text())
            size = QSize(min(label.width(), wide + BUTTON_GAP), label.height())
            yield QRect(label.mapTo(host, QPoint(0, 0)), size)


def _placed(pressed: QWidget, host: QWidget) -> QRect:
    place = QRect(pressed.mapTo(host, QPoint(0, 0)), pressed.size())
    return place.adjusted(0, -BUTTON_GAP, 0, BUTTON_GAP)


def _in_sight(widget: QWidget) -> bool:
    """Whether it can be pressed now, and is not itself of a message."""
    pressed = isinstance(widget, QAbstractButton | _Field) or widget.property(PRESSED)
    if not pressed or not widget.isVisible():
        return False
    parent = widget.parentWidget()
    return not (parent is not None and parent.property("says")) and bool(
        not widget.visibleRegion().isEmpty()
    )


def _is_main(pressed: QWidget) -> bool:
    return bool(pressed.property("main")) or pressed.property("role") == "primary"
