"""A press counts for the run, the stop or the waiting one that stood there when it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.ui.kit.decision import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from moebelcirkel.services.runs import Planned
    from moebelcirkel.ui.pages.runs.page import RunsPage


class Guards:
    """Of the buttons that act on what is chosen in one of the page's three lists."""

    def __init__(self, page: RunsPage, shown: Callable[[], Planned | None]) -> None:
        def run() -> Hashable:
            found = shown()
            return None if found is None else (found.id, found.version)

        def stop() -> Hashable:
            return page.stops.current_key()

        def waiting() -> Hashable:
            found = shown()
            return page.waiting.current_key(), None if found is None else found.id

        self._page = page
        at_stop = (page.off_button, page.order.last_button, page.door.button, page.lead.button)
        self.run = Decision(run, page.cancel_button, page.change_button, page.close_button)
        self.stop = Decision(stop, *at_stop)
        self.waiting = Decision(waiting, page.on_button)
        # Who has just chosen it by hand has seen it.
        page.runs.chosen.connect(lambda _key: self.run.chosen())
        page.stops.chosen.connect(lambda _key: self.stop.chosen())
        page.waiting.chosen.connect(lambda _key: self.waiting.chosen())

    def lead_on(self) -> None:
        """Whoever scanned a stop has it before them: Return does what is next there."""
        page = self._page
        nexts = (each for each in (page.lead.button, page.door.button) if each.isVisible())
        next(nexts, page.stops).setFocus()
        self.stop.chosen()

    def shown(self) -> None:
        """Something else is chosen now, or may be."""
        for each in (self.run, self.stop, self.waiting):
            each.shown()
