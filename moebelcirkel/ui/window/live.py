"""Shows what other windows have changed, within two seconds, and never under anybody's hands.

Both databases are asked for the newest change: one look at an index, which needs no connection of
its own that listens, goes on by itself after the server was away, and also notices a copy that was
laid back over the database. Each question tells too whether the person is still let in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from moebelcirkel import services

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from moebelcirkel.services.changes import OthersChanges
    from moebelcirkel.ui.window.main_window import MainWindow

_CHANNEL = "live"
_EVERY_MS = 1_000
#: So long after the last key, click or turn of the wheel a page stays as it is.
_STILL_MS = 700
#: A database that answers nothing for so long stands still, or cannot be reached.
_SILENT_MS = 5_000
_HANDS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.Wheel,
)


class Live(QObject):
    """Asks once a second what others have done, as long as one window is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._watched: QWindow | None = None
        self._seen: int | None = None
        self._kinds: frozenset[str] = frozenset()
        self._all = False
        self._still = QElapsedTimer()
        self._still.start()
        self._asked = QElapsedTimer()
        self.timer = QTimer(self, interval=_EVERY_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()
        self._look()

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        """Remember when somebody last did something in the window."""
        if event.type() in _HANDS:
            self._still.restart()
        return super().eventFilter(target, event)

    def _look(self) -> None:
        self._watch()
        self._show()
        if not self._window.jobs.asks(_CHANNEL):
            seen = self._seen
            self._asked.start()
            self._window.jobs.read(
                lambda context: services.changes.elsewhere(context, seen),
                self._heard,
                channel=_CHANNEL,
            )
        elif self._asked.hasExpired(_SILENT_MS):
            self._window.messages.banner.show_silence()

    def _watch(self) -> None:
        handle = self._window.windowHandle()
        if handle is not self._watched and handle is not None:
            self._watched = handle
            handle.installEventFilter(self)

    def _heard(self, found: OthersChanges) -> None:
        self._window.messages.banner.settled()
        # An older copy was laid back: nothing on screen is sure to be there still.
        self._all = self._all or found.newest < (self._seen or 0)
        self._seen = found.newest
        self._kinds |= found.kinds
        self._show()

    def _show(self) -> None:
        if not (self._kinds or self._all) or self._hands_on():
            return
        kinds, everything = self._kinds, self._all
        self._kinds, self._all = frozenset(), False
        if everything:
            self._window.reload()
        else:
            self._window.broadcast(kinds)

    def _hands_on(self) -> bool:
        return (
            not self._still.hasExpired(_STILL_MS)
            or QApplication.mouseButtons() != Qt.MouseButton.NoButton
            or QApplication.activePopupWidget() is not None
            or QApplication.activeModalWidget() is not None
        )
