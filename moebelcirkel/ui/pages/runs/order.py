"""The order of a run: stops are dragged, taken off whole or in part, or fetched from at the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from moebelcirkel.domain.runs import RunState
from moebelcirkel.language import _
from moebelcirkel.services import runs
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.runs.dialogs import OffDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from moebelcirkel.services.runs import Halt, Planned, RunChanged
    from moebelcirkel.ui.kit.page import Page


class StopOrder:
    """Buttons for the chosen stop; the page's ``write`` does it, and ``done`` tells of it."""

    def __init__(
        self, page: Page, write: Callable[..., None], done: Callable[[RunChanged, str], object]
    ) -> None:
        self._page, self._write, self._done = page, write, done
        self._run: Planned | None = None
        self._halt: Halt | None = None
        self.off_button = push_button(_("Take off"), self.take_off, icon="minus")
        self.last_button = push_button(_("Fetch at the end"), self.fetch_last, icon="arrow-down")
        self.last_button.setToolTip(
            _("Deliver here on the way, and come back for the rest when there is room")
        )
        self.last_button.hide()

    def show_halt(self, run: Planned | None, halt: Halt | None) -> None:
        """Of the run that is shown and the stop that is chosen on it, where it can be changed."""
        planned = run is not None and run.state == RunState.PLANNED
        self._run, self._halt = (run, halt) if planned else (None, None)
        self.off_button.setEnabled(self._halt is not None)
        both = halt is not None and bool(halt.brought and halt.pickups)
        self.last_button.setVisible(both and run is not None and halt != run.halts[-1])

    def drag(self, keys: Sequence[int]) -> None:
        """Drive the stops in this order, each with all that is done there."""
        run = self._run
        if run is not None:
            halts = {halt.id: halt for halt in run.halts}
            order = [part.id for key in keys for part in halts[key].parts]
            self._write(lambda context: runs.reorder(context, run.id, order), "")

    def fetch_last(self) -> None:
        """Only deliver there on the way, and fetch when everything has been delivered."""
        run, halt = self._run, self._halt
        if run is not None and halt is not None:
            last = [part.id for part in halt.pickups]
            order = [stop.id for stop in run.stops if stop.id not in last]
            work = partial(runs.reorder, run_id=run.id, stop_ids=[*order, *last])
            self._write(work, "", self.last_button)

    def take_off(self) -> None:
        """Let it wait again; ask which of several things, and on its day or later why."""
        halt, run = self._halt, self._run
        if halt is None or run is None:
            return
        due = run.driven_on <= self._page.shell.context.today()
        if len(halt.parts) == 1 and not due:
            self._write(lambda context: runs.remove(context, halt.id), _off(halt), self.off_button)
            return
        self.dialog = dialog = OffDialog(self._page, halt, due=due)
        self._page.ask(
            dialog,
            lambda: (dialog.chosen(), *dialog.reason()),
            lambda context, parts, why, said: runs.remove(context, *parts, why=why, said=said),
            lambda done: self._done(done, _off(halt)),
        )


def _off(halt: Halt) -> str:
    text = _("{name} is taken off the run. What was not handed over waits again.")
    return text.format(name=halt.name)
