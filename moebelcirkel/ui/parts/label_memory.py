"""What this PC remembers of labels: print at once or later, which wait, and where to begin."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.drafts import Drafts

DRAFT = "intake-labels"


class LabelMemory:
    """Kept on disk at each change, so that labels not yet printed survive a crash."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        kept = drafts.load(DRAFT) or {}
        self.at_once = bool(kept.get("at_once", True))
        self.start = int(kept.get("start", 1))
        self.waiting = [int(key) for key in kept.get("waiting", ())]

    def print_at_once(self, *, at_once: bool) -> None:
        """Choose between printing after each batch and printing later."""
        self.at_once = at_once
        self._keep()

    def wait(self, unit_ids: Sequence[int]) -> None:
        """Keep labels for later."""
        self.waiting.extend(unit_ids)
        self._keep()

    def forget(self, unit_ids: Collection[int]) -> None:
        """Labels that were printed, or whose pieces were undone, wait no more."""
        gone = set(unit_ids)
        if gone.isdisjoint(self.waiting):
            return
        self.waiting = [key for key in self.waiting if key not in gone]
        self._keep()

    def begin_at(self, start: int) -> None:
        """Remember the next free label of the sheet."""
        self.start = start
        self._keep()

    def _keep(self) -> None:
        self._drafts.save(
            DRAFT, {"at_once": self.at_once, "start": self.start, "waiting": self.waiting}
        )


_of_drafts: WeakKeyDictionary[Drafts, LabelMemory] = WeakKeyDictionary()


def label_memory(drafts: Drafts) -> LabelMemory:
    """The one memory of this person and database: every page prints on the same sheets."""
    if drafts not in _of_drafts:
        _of_drafts[drafts] = LabelMemory(drafts)
    return _of_drafts[drafts]
