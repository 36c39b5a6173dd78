"""The pages of the window, one over the other: made on their first visit, or ahead of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel import loading
from moebelcirkel.ui.kit.turns import Turns

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.kit.shell import RailItem, Shell

_MARGINS = (24, 20, 24, 20)
#: Between two steps of making pages ahead there is time to type, click and paint.
_PAUSE_MS = 40


@dataclass
class Open:
    """A page: its place in the stack and its parts of the header; stale until it is shown."""

    page: Page
    view: QScrollArea
    chips: QWidget
    actions: QWidget
    stale: bool = True
    search: str = ""


class PageStack(QStackedWidget):
    """Makes each page once and keeps it by its word."""

    def __init__(
        self,
        items: Mapping[str, RailItem],
        shell: Shell,
        strip: Callable[[Sequence[QWidget]], QWidget],
    ) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.pages: dict[str, Open] = {}
        self._items = items
        self._shell = shell
        self._strip = strip
        self._made: dict[str, Page] = {}
        self._parts: dict[str, QWidget] = {}
        self._asked = ""

    def open(self, word: str) -> Open:
        """A page with its place, made where it is not there yet."""
        if word not in self.pages:
            self._make(word)
            self.pages[word] = self._place(self._made.pop(word))
        return self.pages[word]

    def prepare(self, word: str, show: Callable[[], object]) -> None:
        """``show`` a page somebody has chosen: at once where it is there, or is quickly made.

        Code that nobody has needed yet is read by a job, and a page that takes long is made in
        turns; it is then not shown to who has gone elsewhere meanwhile. No key is taken until then
        by the page that is left.
        """
        self._asked = word
        item, before = self._items.get(word), self.currentWidget()
        read = item is None or not item.code or loading.is_there(item.code)
        if item is None or self._has(word) or (read and item.part is None):
            show()
            return

        focus = self.window().focusWidget()
        if focus is not None:
            focus.clearFocus()

        def made() -> None:
            if self._asked == word and before in (None, self.currentWidget()):
                show()

        def make(_read: None) -> None:
            Turns(self, (*self.steps(word), made))

        if read:
            make(None)
        else:
            self._shell.jobs.aside(lambda _context: _read(word), make, owner=self)

    def steps(self, *words: str) -> Iterator[Callable[[], object]]:
        """Each page is made in one turn, and gets its place and its look in another.

        One that takes long to make has a turn for a part of it before.
        """
        for word in words:
            if self._items[word].part is not None:
                yield functools.partial(self._begin, word)
            yield functools.partial(self._make, word)
            yield functools.partial(self.open, word)

    def make_ahead(self) -> None:
        """Make the pages nobody has opened yet, a step at a time while nothing else is asked."""
        Turns(self, self._ahead(), pause=_PAUSE_MS, free=self._is_free)

    def hidden(self) -> Iterator[QWidget]:
        """The pages that are not shown, each given up when it is asked for."""
        for word in list(self.pages):
            if self.pages[word].view is not self.currentWidget():
                yield self.pages.pop(word).view

    def _ahead(self) -> Iterator[Callable[[], object]]:
        for word in self._items:
            yield from self.steps(word)
            yield from self.pages[word].page.ahead()

    def _is_free(self) -> bool:
        """Not once the window is closed: what pages are made with ends with it."""
        return self.isVisible() and self._shell.jobs.idle()

    def _begin(self, word: str) -> None:
        part = self._items[word].part
        if part is not None and not self._has(word) and word not in self._parts:
            self._parts[word] = part(self._shell)

    def _make(self, word: str) -> None:
        if not self._has(word):
            parts = [self._parts.pop(word)] if word in self._parts else []
            self._made[word] = self._items[word].factory(self._shell, *parts)

    def _has(self, word: str) -> bool:
        return word in self.pages or word in self._made

    def _place(self, page: Page) -> Open:
        inside = QWidget()
        inside.setObjectName("scrolled")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(*_MARGINS)
        layout.addWidget(page)
        view = QScrollArea()
        view.setWidgetResizable(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setWidget(inside)
        self.addWidget(view)
        return Open(page, view, self._strip(page.chips()), self._strip(page.header_buttons()))


def _read(word: str) -> None:
    from moebelcirkel.ui.window import entries

    entries.load_page(word)
