"""Pill labels: a word or two with a tone, as a widget and as data for painted cards."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from moebelcirkel.ui.kit import theme


class Chip(NamedTuple):
    """Text and tone (neutral, accent, money, warning, error, or plain over pictures)."""

    text: str
    tone: str = "neutral"


class ChipLabel(QLabel):
    """A pill on a page or in a header."""

    def __init__(self, chip: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.show_chip(chip)

    def show_chip(self, chip: tuple[str, str]) -> None:
        """Change what the pill says; without text it is gone."""
        text, tone = chip
        self.setText(text)
        # A label without a parent would come up as a window of its own.
        if text and self.parentWidget() is not None:
            self.show()
        elif not text:
            self.hide()
        theme.mark(self, "chip", tone)


def condition_tone(grade: str) -> str:
    """Tone of a condition grade: A and B are good, C shows wear, D needs work."""
    return {"A": "accent", "B": "accent", "C": "warning", "D": "error"}.get(grade[:1], "neutral")
