"""An import somebody had begun when the program ended: its file and choices, and going on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from moebelcirkel.language import _
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.plain import Label, push_button

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.drafts import Drafts

_DRAFT = "imports"


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """Where the file lies, which step was shown, and what the steps held, right or wrong."""

    path: Path
    step: int
    steps: dict[str, Any]
    flow: str = "articles"


class Unfinished(CardFrame):
    """Says what was begun, with the way on and the way out; hidden where there is nothing."""

    go_on = Signal(object)

    def __init__(self, drafts: Drafts) -> None:
        super().__init__()
        self._drafts = drafts
        self.kept: UnfinishedImport | None = _read(drafts.load(_DRAFT))
        self.text = Label(wrap=True)
        self.resume = QPushButton(_("Go on with the file"))
        self.resume.setProperty("role", "primary")
        self.discard = push_button(_("Discard"), self.forget)
        self.resume.clicked.connect(lambda: self.go_on.emit(self.kept))
        line = row(self.text, self.discard, self.resume, gap=12)
        line.setStretch(0, 1)
        self.add(holder(line))

    def offer(self, *, on: bool) -> None:
        """Show it while no file is open, if something was begun."""
        if self.kept is not None:
            text = _("You had begun to import {name}. What you chose is kept on this PC.")
            self.text.setText(text.format(name=self.kept.path.name))
        self.setVisible(on and self.kept is not None)

    def keep(self, kept: UnfinishedImport) -> None:
        """The file or a choice is another one now."""
        self.kept = kept
        content = {
            "path": str(kept.path),
            "step": kept.step,
            "steps": kept.steps,
            "kind": kept.flow,
        }
        self._drafts.save(_DRAFT, content)

    def forget(self) -> None:
        """It was imported, or is not wanted any more."""
        self.kept = None
        self._drafts.clear(_DRAFT)
        self.hide()


def _read(content: dict[str, Any] | None) -> UnfinishedImport | None:
    """What was kept; a file of another version of the program is left alone."""
    match content:
        case {"path": str(path), "step": int(step), "steps": dict(steps), **rest}:
            return UnfinishedImport(Path(path), step, steps, str(rest.get("kind", "articles")))
    return None
