"""A person at the keyboard: keys go where the focus is, and every one of them is counted."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from moebelcirkel.ui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
#: What waits longer than this waits for something else than the end of typing.
LONGEST_MS = 200
#: Keys that follow faster come from a scanner.
PAUSE_MS = 40


class Keyboard:
    """Types into a window and waits for what it reads and writes."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.strokes = 0

    def target(self) -> QWidget:
        """Where the next key goes."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        if found is not None:
            return found
        # Offscreen nobody makes the window active again when a dialog over it is closed.
        self.window.activateWindow()
        QTest.qWait(10)
        return self.window.focusWidget()

    def type(self, text: str) -> None:
        """Type letters; the answer to them is waited for."""
        for letter in text:
            self.strokes += 1
            QTest.keyClicks(self.target(), letter)
        self.settle()

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        self.strokes += 1
        QTest.keyClick(self.target(), key, modifier)
        self.settle()

    def settle(self) -> None:
        """Wait for timers of typing and for all jobs."""
        QTest.qWait(PAUSE_MS)
        # An answer may start the next question, and badges are counted a moment later.
        for _again in range(40):
            while soon := self._soon():
                QTest.qWait(max(soon))
            if self.window.jobs.wait_idle():
                QTest.qWait(0)
                if self.window.jobs.idle() and not self._soon():
                    return
        raise AssertionError("the jobs never came to rest")

    def _soon(self) -> list[int]:
        """The milliseconds until each timer that waits for the end of typing, or the like, acts."""
        return [
            max(1, timer.remainingTime())
            for place in (QCoreApplication.instance(), *QApplication.topLevelWidgets())
            for timer in (place.findChildren(QTimer) if place else ())
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_MS
        ]
