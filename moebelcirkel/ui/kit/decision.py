"""Buttons that act on "the one that is shown", locked to what was shown when they were pressed.

A list moves on by itself when its first row is dealt with, and another workstation may change it
under the pointer. So a second press that comes too soon is no answer to what has slid into place:
it is the tail of a double click. A press counts for the subject it was made on; it is dropped
where the subject changed before the button was let go, or a moment before it was pressed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

#: A slow double click takes 300 to 400 ms; a person who reads what is new needs longer.
_LEAST_PAUSE_SECONDS: Final = 0.5
_PRESSES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Shortcut}
)
_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Decision(QObject):
    """Guards buttons; ``subject`` names what they would act on now.

    ``clock`` gives seconds, as ``time.monotonic`` does.
    """

    def __init__(
        self,
        subject: Callable[[], Hashable],
        *buttons: QAbstractButton,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(buttons[0])
        self.clock = clock
        self._subject = subject
        self._pressed_on: Hashable = None
        self._pressed_at = -_LEAST_PAUSE_SECONDS
        self._ignored = False
        for button in buttons:
            button.installEventFilter(self)

    @property
    def settled(self) -> bool:
        """Whether a press would count now."""
        return self.clock() - self._pressed_at >= _pause()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop presses that were meant for something else."""
        kind = event.type()
        if kind in _PRESSES or (kind == QEvent.Type.KeyPress and _is_press(event)):
            return not self._accept()
        if kind == QEvent.Type.MouseButtonRelease:
            return self._let_go(watched)
        return False

    def _accept(self) -> bool:
        self._ignored = not self.settled
        if not self._ignored:
            self._pressed_on, self._pressed_at = self._subject(), self.clock()
        return not self._ignored

    def _let_go(self, watched: QObject) -> bool:
        """Whether letting go of the mouse is to be dropped, because something else is shown."""
        moved_on = self._ignored or self._subject() != self._pressed_on
        self._ignored = False
        if moved_on and isinstance(watched, QAbstractButton):
            watched.setDown(False)
        return moved_on


def _is_press(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.key() not in _KEYS:
        return False
    return not event.isAutoRepeat()


def _pause() -> float:
    return max(_LEAST_PAUSE_SECONDS, QApplication.doubleClickInterval() / 1000)
