"""What of a case a repairer does: where the furniture is, and the next step as one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel.domain.repairers import ErrandStage
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.plain import Label, caption
from moebelcirkel.ui.parts import errand_words

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail
    from moebelcirkel.services.repairers import ErrandRow

_STEPS = {
    ErrandStage.OUT: N_("Is back…"),
    ErrandStage.BACK: N_("Write the invoice…"),
    ErrandStage.SETTLED: N_("Send to a repairer…"),
}


class Outside(QWidget):
    """``asked(how far it is)``: the next step of the errand, or a new one."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.errand: ErrandRow | None = None
        self.words = Label(wrap=True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self.asked.emit(self.way))
        layout = row(gap=12)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.setLayout(layout)

    @property
    def way(self) -> ErrandStage:
        """How far the latest errand is; nothing is out where there is none."""
        return ErrandStage.SETTLED if self.errand is None else errand_words.way(self.errand)

    def show_case(self, case: CaseDetail, *, on: bool) -> None:
        """Show the latest errand; ``on``: something can be done to the case."""
        self.errand = case.errands[-1] if case.errands else None
        self.words.setText("" if self.errand is None else _first(errand_words.told(self.errand)))
        theme.mark(self.words, "tone", "muted" if self.way is ErrandStage.SETTLED else "warning")
        self.button.setText(caption(_(_STEPS[self.way])))
        self.button.setVisible(on)
        self.setVisible(on or self.errand is not None)


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
