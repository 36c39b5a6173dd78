"""A search that found nothing is counted, once somebody has paused at it or pressed Return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.domain.shop import Query
    from moebelcirkel.services.shop import Found
    from moebelcirkel.ui.kit.page import Page

#: So long nobody types on who means what stands there.
PAUSE_MS = 2_000


class Unmet(QObject):
    """Each text counts once for whoever is at work; nothing waits for it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._told: set[str] = set()
        self._text = ""
        self._entered = False
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self._tell)

    def typed(self) -> None:
        """Another letter: what stood there was only the beginning."""
        self.pause.stop()
        self._text, self._entered = "", False

    def entered(self) -> None:
        """Return was pressed; what was asked may not be answered yet."""
        self._entered = True
        self._tell()

    def found(self, found: Found, query: Query) -> None:
        """What a search came to."""
        self._text = query.text if _unmet(found, query) else ""
        if not self._text:
            self.pause.stop()
        elif self._entered:
            self._tell()
        else:
            self.pause.start()

    def _tell(self) -> None:
        self.pause.stop()
        text = self._text
        if text and text not in self._told:
            self._told.add(text)
            self._page.shell.jobs.aside(
                lambda context: services.wants.note(context, text),
                lambda _none: None,
                lambda _error: None,
            )


def _unmet(found: Found, query: Query) -> bool:
    """Nothing was found, and neither a filter nor how many alike were asked for is why."""
    there = found.total_cards or found.labelled is not None or query.filtered
    return not there and not (found.instead is not None and found.instead.free)
