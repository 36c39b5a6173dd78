"""What somebody did on each page of the window, to be undone and done again in that order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from moebelcirkel import services
from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.errors import Anew, Refused
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit.shell import Shell, UndoOutcome

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context

Answer = Callable[["Context", int], UndoOutcome]


def take_back(context: Context, change_id: int) -> UndoOutcome:
    """Undo a change."""
    return services.changes.undo(context, change_id)


def do_again(context: Context, change_id: int) -> UndoOutcome:
    """Do again what a change undid."""
    return services.changes.redo(context, change_id)


class Window(Shell, Protocol):
    """What the steps need of the window beside what pages do."""

    def broadcast(self, kinds: frozenset[str]) -> None:
        """Tell the pages what has changed."""


class Steps(QObject):
    """``undo`` and ``redo`` answer a change by another one; the services say whether they may."""

    def __init__(self, window: Window, parent: QObject, undo: Answer, redo: Answer) -> None:
        super().__init__(parent)
        self._window = window
        self._undo = undo
        self._redo = redo
        self._mine: defaultdict[str, list[int]] = defaultdict(list)
        self._undone: defaultdict[str, list[int]] = defaultdict(list)

    def did(self, word: str, change_id: int | None) -> None:
        """A change was made on a page: what was undone before it there is no longer next."""
        if change_id is not None:
            self._mine[word].append(change_id)
            self._undone[word].clear()

    def undo(self, word: str, change_id: int | None = None) -> None:
        """Take back this change, or the latest one of a page."""
        target = change_id or next(reversed(self._mine[word]), None)
        if target is None:
            self._window.messages.info(_("There is nothing of yours to undo on this page."))
            return
        page = next((each for each, mine in self._mine.items() if target in mine), word)

        def undone(done: UndoOutcome) -> None:
            if target in self._mine[page]:
                self._mine[page].remove(target)
            if done.change_id is not None:
                self._undone[page].append(done.change_id)
            said = _told(_("Undone: {what}"), done, _("Undone"))
            self._window.messages.success(said, None, done.change_id, target)
            self._window.broadcast(done.kinds)

        self._window.jobs.write(lambda context: self._undo(context, target), undone, owner=self)

    def redo(self, word: str) -> None:
        """Do again what was undone last on a page."""
        if not self._undone[word]:
            self._window.messages.info(_("There is nothing undone to do again on this page."))
            return
        target = self._undone[word][-1]

        def done_again(done: UndoOutcome) -> None:
            if target in self._undone[word]:
                self._undone[word].remove(target)
            self._mine[word] += [] if done.change_id is None else [done.change_id]
            said = _told(_("Done again: {what}"), done, _("Done again"))
            self._window.messages.success(
                said, lambda: self.undo(word, done.change_id), done.change_id, target
            )
            self._window.broadcast(done.kinds)

        def refused(error: Refused) -> None:
            if isinstance(error, Anew):  # nothing is wrong: it is only not done by a key
                self._undone[word].remove(target)
                self._window.messages.info(refusal(error))
            else:
                self._window.messages.refused(error)

        self._window.jobs.write(
            lambda context: self._redo(context, target), done_again, refused, owner=self
        )


def _told(text: str, done: UndoOutcome, else_: str) -> str:
    what = _(kind_name(done.kind, created=done.created)).lower()
    said = text.format(what=" · ".join(filter(None, (what, done.thing)))) if what else else_
    if not done.settled:
        return said
    way = _("It is settled in {number}, and put right by the next settlement.")
    return f"{said}. {way.format(number=done.settled)}"
