"""Where a code goes that was scanned: to the page in front or, of a badge, to the log-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from moebelcirkel.language import _
from moebelcirkel.ui.kit.scanner import Scanner
from moebelcirkel.ui.parts.codes import NEW_CODE, Codes, is_badge
from moebelcirkel.ui.window.badges import Badges

if TYPE_CHECKING:
    from moebelcirkel.ui.window.main_window import MainWindow


class Scans(QObject):
    """The one scanner of the program, whoever is at work."""

    def __init__(
        self,
        app: QApplication,
        codes: Codes,
        badges: Badges,
        at_work: Callable[[], MainWindow | None],
    ) -> None:
        super().__init__(badges)
        self._codes = codes
        self._badges = badges
        self._at_work = at_work
        self.scanner = Scanner(app, codes.is_code, looks_like=codes.looks_like, is_secret=is_badge)
        self.scanner.scanned.connect(self._scanned)
        self.scanner.strange.connect(self._not_a_code)

    def _not_a_code(self, text: str) -> None:
        """What has no label's form may be a password that was filled in: it is never shown."""
        window = self._at_work()
        if window is None or _locked(window):
            return
        focus = QApplication.focusWidget()
        asked_for = focus is not None and focus.property(NEW_CODE)
        if not (asked_for and self.scanner.type_out()):
            say_strange(window, text if self._codes.looks_like(text) else "")

    def _scanned(self, code: str) -> None:
        window = self._at_work()
        if is_badge(code):
            self._badges.shown(code, window)
        elif window is None or _locked(window):
            self.scanner.type_out()
        else:
            window.scanned(code, self.scanner.type_out)


def _locked(window: MainWindow) -> bool:
    return window.lock is not None and window.lock.locked


def say_strange(window: MainWindow, text: str) -> None:
    """Something was scanned that is no code of ours; without a text it may be a secret."""
    window.heard(good=False)
    said = _("“{code}” is no label of ours. Scan it again, or type its number.")
    unsaid = _("Something was typed, but no field was chosen. Choose the field, and try again.")
    window.messages.warn(said.format(code=text) if text else unsaid)
