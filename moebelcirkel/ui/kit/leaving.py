"""A window that is left: gone from the screen at once, taken apart in turns.

All its pages together take long to destroy, while the next person's window is already waited for.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.turns import Turns

_LEFT: Final = "isLeft"
#: What the next window is built of comes between two parts.
_PAUSE_MS: Final = 8


def take_apart(window: QWidget, parts: Iterable[QWidget]) -> None:
    """Destroy a closed window, its ``parts`` one by one before it.

    Until then it is deaf and mute: its dialogs are hidden, what looked after it ends at once, no
    job is done for it (``has_left``), and the look of the next person is not for it.
    """
    from moebelcirkel.ui.kit.dialog import belongs_to  # not needed for the first picture

    window.setProperty(_LEFT, True)
    theme.undress(window)
    for each in QApplication.topLevelWidgets():
        if each is not window and belongs_to(each, window):
            each.hide()
    for child in window.children():
        if isinstance(child, QTimer):
            child.stop()
        elif not isinstance(child, QWidget | QLayout):
            child.deleteLater()
    ends = (each.deleteLater for each in chain(parts, (window,)))
    Turns(window, ends, pause=_PAUSE_MS)


def has_left(owner: QObject) -> bool:
    """Whether it belongs to a window that is being taken apart."""
    found: QObject | None = owner
    while found is not None and not found.property(_LEFT):
        found = found.parent()
    return found is not None
