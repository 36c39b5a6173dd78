"""At the door: what is fetched or brought back repaired, and what else is to be done there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import runs
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.kit.scanner import sound
from moebelcirkel.ui.pages.runs.dialogs import TickList
from moebelcirkel.ui.pages.runs.words import pieces

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.runs import Halt, RunChanged
    from moebelcirkel.ui.kit.page import Page


#: A label, a name and what is done with the piece stand in one line.
_WIDTH = 560


class DoorDialog(ActionDialog):
    """Asks which pieces of complaints were fetched or brought back, and which pickups are on the
    van; a scan ticks its piece.
    """

    def __init__(self, parent: QWidget, stop: Halt) -> None:
        super().__init__(parent, _("At {name}").format(name=stop.name), _("Seen to"))
        rows = [
            (each.id, f"{each.unit} · {each.name} · {runs.errand_words(each)}")
            for each in stop.left
        ]
        rows += [(-each.id, f"{each.pickup} · {pieces(each.load.pieces)}") for each in stop.waiting]
        self._labels = {each.unit: each.id for each in stop.left}
        self._labels |= {each.pickup: -each.id for each in stop.waiting}
        self.pieces = TickList(_("Tick or scan what was fetched or brought back"), rows)
        self.column.insertWidget(self.column.indexOf(self.notice), self.pieces)
        if len(rows) == 1:
            self.pieces.tick(rows[0][0])
        self.setMinimumWidth(theme.current().px(_WIDTH))
        self.pieces.list.setFocus()

    def scanned(self, code: str) -> bool | None:
        """Tick the piece, or say which ones are expected here."""
        key = self._labels.get(code.strip().upper())
        if key is None:
            text = _("{code} is none of these: {pieces}.")
            self.notice.say(text.format(code=code, pieces=", ".join(self._labels)))
            sound(good=False)
            return None
        self.notice.hide()
        self.pieces.tick(key)
        return True


class LeadOn:
    """A button to what is next at the chosen stop: handing over what is picked, else a pickup."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._halt: Halt | None = None
        self.button = push_button("", self.go, icon="arrow-right")
        self.button.hide()

    def show_halt(self, halt: Halt | None) -> None:
        """Of the stop that is chosen on a run that can be driven."""
        self._halt = halt if halt is not None and (halt.picked or halt.pickups) else None
        if self._halt is not None:
            picked = self._halt.picked > 0
            self.button.setText(_("Hand over…") if picked else _("Open the pickup"))
        self.button.setVisible(self._halt is not None)

    def go(self) -> None:
        """Open the page where that is done."""
        halt, shell = self._halt, self._page.shell
        if halt is not None and halt.picked:
            institution_id = halt.brought[0].institution_id
            shell.jobs.read(
                partial(runs.picked_at, stop_ids=halt.ids),
                lambda lines: shell.go("deliveries", ("hand_over", institution_id, lines)),
                owner=self._page,
            )
        elif halt is not None:
            waits = (part for part in halt.pickups if part.comes)
            shell.go("pickups", next(waits, halt.pickups[0]).pickup_id)


class AtDoor:
    """A button that is there where something is to be seen to at the chosen stop."""

    def __init__(self, page: Page, done: Callable[[RunChanged, str], object]) -> None:
        self._page, self._done = page, done
        self._stop: Halt | None = None
        self.button = push_button(_("At the door…"), self.ask, icon="check")
        self.button.hide()

    def show_stop(self, stop: Halt | None) -> None:
        """Of the stop that is chosen on a run that can be driven."""
        self._stop = stop if stop is not None and (stop.left or stop.waiting) else None
        self.button.setVisible(self._stop is not None)

    def ask(self) -> None:
        """Ask what was seen to."""
        stop = self._stop
        if stop is None:
            return
        self.dialog = dialog = DoorDialog(self._page, stop)
        self._page.ask(
            dialog,
            lambda: (dialog.pieces.ticked(),),
            lambda context, done: runs.see_to(
                context,
                stop.left[0].stop_id if stop.left else stop.id,
                [key for key in done if key > 0],
                [-key for key in done if key < 0],
            ),
            self._written,
        )

    def scanned(self, code: str) -> bool:
        """A label of the chosen stop opens the list with its piece ticked."""
        if self._stop is None or code not in {each.unit for each in self._stop.left}:
            return False
        self.ask()
        self.dialog.scanned(code)
        return True

    def _written(self, done: RunChanged) -> None:
        words = ngettext("{count} piece is seen to.", "{count} pieces are seen to.", done.pieces)
        said = words.format(count=number(done.pieces)) if done.pieces else _("It is on the van.")
        self._done(done, said)
