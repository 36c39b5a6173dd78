"""What became of planned purchases, step by step: counted, and no part of what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.page_layout import CardFrame, holder
from moebelcirkel.ui.kit.plain import Label

if TYPE_CHECKING:
    from moebelcirkel.services.purchases import Funnel

#: So many steps stand side by side.
_COLUMNS = 4


class FunnelCard(CardFrame):
    """Shown where somebody has planned a purchase."""

    def __init__(self) -> None:
        super().__init__(_("Before buying new: what planned purchases came to"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.steps: list[tuple[Label, Label]] = []
        self.add(holder(self._grid))
        self.hide()

    def show_funnel(self, found: Funnel) -> None:
        """Show the steps of a period."""
        told = [(_(step.name), step.lines, step.pieces) for step in found.steps]
        told.append((_("Not answered yet"), found.open_lines, found.open_pieces))
        for at, (name, lines, pieces) in enumerate(told):
            if at == len(self.steps):
                self._add(at)
            figure, words = self.steps[at]
            figure.setText(number(pieces))
            text = ngettext("{name}, {count} line", "{name}, {count} lines", lines)
            words.setText(text.format(name=name, count=number(lines)))
        self.show_title(self.heading.text(), _("Counted in pieces; never added to what was saved."))
        self.setVisible(bool(found.lines or found.open_lines))

    def _add(self, at: int) -> None:
        step = Label(tone="heading"), Label(tone="small", wrap=True)
        self.steps.append(step)
        row, column = divmod(at, _COLUMNS)
        for under, label in enumerate(step):
            self._grid.addWidget(label, row * 2 + under, column)
