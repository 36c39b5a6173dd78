"""Buttons that act on "the one that is shown", locked to what stood there to be read.

A list moves on by itself when its first row is dealt with, and another workstation may change it
under the pointer. Whoever goes on clicking has not seen what slid into place: what is newly shown
accepts nothing for a second after it was painted, however long the saving before it took.

Only time in which the window answers counts, in short beats. A press that waited in the queue while
the window was busy was aimed at what stood there before, and finds that the second has not passed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

#: A slow double click takes 300 to 700 ms; a person who reads what is new needs longer.
_BEATS: Final = 10
_BEAT_MS: Final = 100
_PRESSES: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Shortcut}
)
_KEYS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Pause(QTimer):
    """A second in which nothing is accepted; it is longer where the window did not answer."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=_BEAT_MS)
        self._left = 0
        self.timeout.connect(self._beat)

    def begin(self) -> None:
        """Wait a whole second from now."""
        self._left = _BEATS
        self.start()

    def end(self) -> None:
        """It is known that somebody has looked."""
        self._left = 0
        self.stop()

    @property
    def over(self) -> bool:
        """Whether somebody has had time to look."""
        return self._left == 0

    def _beat(self) -> None:
        self._left = max(0, self._left - 1)
        if self.over:
            self.stop()


class Decision(QObject):
    """Guards buttons; ``subject`` names what they would act on now.

    Whoever shows another subject says so by ``shown``, so that the time counts from when it is
    painted; one that was not told of is refused once, and counts from then. Keys need not wait
    where nothing else comes under them (``keys_wait``): a finger rests on no button.
    """

    def __init__(
        self, subject: Callable[[], Hashable], *buttons: QAbstractButton, keys_wait: bool = True
    ) -> None:
        super().__init__(buttons[0])
        self._keys_wait = keys_wait
        self.pause = Pause(self)
        self._subject = subject
        self._buttons = buttons
        self._seen: Hashable = self
        self._pressed: Hashable = None  # what a button was pressed for, in a tuple
        for button in buttons:
            button.installEventFilter(self)

    @property
    def settled(self) -> bool:
        """Whether a press would count now."""
        return self.stands and self.pause.over

    @property
    def stands(self) -> bool:
        """Whether what would be acted on is what was painted last."""
        return self._subject() == self._seen

    def takes_key(self) -> bool:
        """Whether a key of the list may act now; the second is for hands that cannot look.

        Buttons out of sight were never painted, and so tell nothing.
        """
        takes = self.stands or all(each.visibleRegion().isEmpty() for each in self._buttons)
        self.shown()
        return takes

    def chosen(self) -> None:
        """Somebody has just chosen it by hand, and so looked at it: it needs no second more."""
        if not self.stands:
            self._seen = self._subject()
            self.pause.end()

    def shown(self) -> None:
        """Something else is shown now, or may be."""
        if not self.stands:
            for button in self._buttons:
                button.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop presses that were meant for something else."""
        kind = event.type()
        if kind == QEvent.Type.Paint:
            self._painted()
        elif kind in _PRESSES:
            return not self._accept(self.settled)
        elif kind == QEvent.Type.KeyPress and _is_press(event):
            return not self._accept(self.settled if self._keys_wait else self.stands)
        elif kind == QEvent.Type.MouseButtonRelease or (
            kind == QEvent.Type.KeyRelease and _is_press(event)
        ):
            return self._let_go(watched)
        return False

    def _painted(self) -> None:
        if not self.stands:
            self._seen = self._subject()
            self.pause.begin()

    def _accept(self, accepted: bool) -> bool:  # noqa: FBT001 - what is answered
        self._pressed = (self._subject(),) if accepted else None
        if accepted:
            self.pause.begin()
        self.shown()
        return accepted

    def _let_go(self, watched: QObject) -> bool:
        """Whether letting go is to be dropped, because something else is shown."""
        moved_on = self._pressed != (self._subject(),)
        self._pressed = None
        if moved_on and isinstance(watched, QAbstractButton):
            watched.setDown(False)
        return moved_on


def _is_press(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.key() not in _KEYS:
        return False
    return not event.isAutoRepeat()
