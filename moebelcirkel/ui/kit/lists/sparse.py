"""Rows of a long list that are read page by page as the view shows them.

The count is known, so scroll bar, End and Ctrl+A are right at once; only what is seen is read.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer

Row = TypeVar("Row")

PAGE = 60
KEPT_PAGES = 40
#: Pages still wanted when one arrives; what was scrolled past longer ago is not fetched.
WAITING = 3


@dataclass(frozen=True)  # Python 3.11 cannot subscript a generic one with slots
class PageRequest(Generic[Row]):
    """One page of rows; `after` is the row before the first, where it is known (keyset)."""

    generation: int
    page: int
    first: int
    count: int
    after: Row | None


Fetch = Callable[[PageRequest[Row]], None]


class SparseRows(Generic[Row]):
    """Pages at hand and pages asked for, one at a time so that a newer never stops an older."""

    def __init__(self, fetch: Fetch[Row], page_size: int = PAGE) -> None:
        self.count = 0
        self.generation = 0
        self._fetch = fetch
        self._size = page_size
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._wanted: list[int] = []
        self._running: int | None = None
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask_next)

    def reset(self, count: int, first_page: Sequence[Row] = ()) -> None:
        """Start over with another list; answers to older requests are then ignored."""
        self.generation += 1
        self.count = count
        self._pages.clear()
        self._wanted.clear()
        self._running = None
        if first_page:
            self._pages[0] = list(first_page[: self._size])

    def row(self, number: int) -> Row | None:
        """Return a row at hand; else ask for its page and return None."""
        if not 0 <= number < self.count:
            return None
        page, offset = divmod(number, self._size)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def peek(self, number: int) -> Row | None:
        """Return a row at hand without asking for it."""
        page, offset = divmod(number, self._size)
        rows = self._pages.get(page, [])
        return rows[offset] if offset < len(rows) else None

    def deliver(self, request: PageRequest[Row], rows: Sequence[Row]) -> tuple[int, int] | None:
        """Take in a page; return first and last row number, or None when it came too late."""
        if request.generation != self.generation:
            return None
        self._done(request.page)
        if not rows:
            return None
        self._pages[request.page] = list(rows[: self._size])
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return request.first, request.first + min(len(rows), self._size) - 1

    def failed(self, request: PageRequest[Row]) -> None:
        """Forget a request that got no answer; the page is asked for when seen again."""
        if request.generation == self.generation:
            self._done(request.page)

    def loaded(self) -> list[tuple[int, Row]]:
        """Return all rows at hand with their numbers."""
        return [
            (page * self._size + offset, row)
            for page in sorted(self._pages)
            for offset, row in enumerate(self._pages[page])
        ]

    def _want(self, page: int) -> None:
        if page == self._running:
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        del self._wanted[:-WAITING]
        if self._running is None and not self._timer.isActive():
            self._timer.start()

    def _done(self, page: int) -> None:
        if page in self._wanted:
            self._wanted.remove(page)
        self._running = None
        if self._wanted:
            self._timer.start()

    def _ask_next(self) -> None:
        if self._running is not None or not self._wanted:
            return
        page = self._wanted.pop()
        self._running = page
        first = page * self._size
        before = self.peek(first - 1) if first else None
        count = min(self._size, self.count - first)
        self._fetch(PageRequest(self.generation, page, first, count, before))
