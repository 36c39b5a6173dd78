"""The window before anybody is at work: log-in or first start, there at once.

All that is imported for the first picture names Qt's own words (``Qt.Key`` and the like) only where
they are used: when the first is asked for, some hundred are made, a tenth of the start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from moebelcirkel.ui.kit import geometry, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from moebelcirkel.ui.window.help import Keys
    from moebelcirkel.ui.window.keys import Help


class StartWindow(QStackedWidget):
    """The window before anybody is at work; closing it ends the program in order."""

    help: Help
    """F1, once there is a picture."""
    painted = Signal()
    """The first picture is on screen: what costs time may begin."""

    def __init__(self, closed: Callable[[], object]) -> None:
        super().__init__()
        self._closed = closed
        self._fresh = True
        self._topic = ""
        self.setWindowTitle("Møbelcirklen")
        theme.dress(self)
        self.when_painted(self._complete)

    def _complete(self) -> None:
        """What nobody sees or needs in the first picture."""
        from moebelcirkel.ui.kit import keys, second_click
        from moebelcirkel.ui.kit.pictures import icons
        from moebelcirkel.ui.window import keys as window_keys

        keys.let_return_press()
        second_click.watch()
        self.help = window_keys.Help(self, self)
        self.setWindowIcon(icons.program_icon())

    def put(self, page: QWidget, topic: str) -> None:
        """Show a page in place of the one before; ``topic`` is what the help tells of it."""
        self._topic = topic
        while (old := self.widget(0)) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        geometry.show(self)
        page.setFocus()

    def put_away(self) -> None:
        """Hide it for a day of work; its picture, as large as the screen at most, goes."""
        self.hide()
        self.destroy()

    def help_word(self) -> str:
        """The topic of the help on what is shown."""
        return self._topic

    def help_pages(self) -> dict[str, str]:
        """Nobody is at work yet."""
        return {}

    def help_keys(self) -> dict[str, Keys]:
        """The keys that do something now."""
        from moebelcirkel.ui.kit import keys

        return {self.help_word(): keys.named(self, own=True)}

    def when_painted(self, act: Callable[[], object]) -> None:
        """Do it once there is something to look at."""
        if self._fresh:
            self.painted.connect(act)
        else:
            act()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; the first time, tell when the pages have been painted too."""
        super().paintEvent(event)
        if self._fresh:
            self._fresh = False
            # The pages are painted after this frame; a timer comes behind them.
            QTimer.singleShot(0, self.painted.emit)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt names it so
        """Tab never ends in a place that is hidden."""
        before = self.focusWidget()
        moved = super().focusNextPrevChild(next)
        if moved and self.focusWidget() is before:
            from moebelcirkel.ui.kit import keys

            keys.step_on(self, before, forward=next)
        return moved

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody is at work yet: the program ends."""
        self._closed()
        super().closeEvent(event)
