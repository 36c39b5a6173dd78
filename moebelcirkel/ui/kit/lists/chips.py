"""Pill labels: a word or two with a tone, as a widget and as data for painted cards."""

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.kit.tokens import LIGHT


class Chip(NamedTuple):
    """Text and tone (neutral, accent, money, warning, error, or plain over pictures)."""

    text: str
    tone: str = "neutral"


class ChipLabel(Label):
    """A pill on a page or in a header."""

    def __init__(self, chip: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_chip(chip)

    def show_chip(self, chip: tuple[str, str]) -> None:
        """Change what the pill says; without text it is gone."""
        text, tone = chip
        theme.mark(self, "chip", tone)
        # A frame works the padding out when it hears of another style, and not from a mark.
        QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))
        self.setText(text)
        # A label without a parent would come up as a window of its own.
        if text and self.parentWidget() is not None:
            self.show()
        elif not text:
            self.hide()


def condition_tone(grade: str) -> str:
    """Tone of a condition grade: A and B are good, C shows wear, D needs work."""
    return {"A": "accent", "B": "accent", "C": "warning", "D": "error"}.get(grade[:1], "neutral")


def column_width(texts: Iterable[str]) -> int:
    """Width at 100 % of a table's column in which the widest of these pills is not cut."""
    metrics = QFontMetricsF(theme.Theme("light", LIGHT).font("small", 600))
    around_words, around_cell = 18, 20
    widest = max(metrics.horizontalAdvance(text) for text in texts)
    # Larger text is hinted otherwise and may be a little wider than its share.
    return ceil(1.02 * widest) + around_words + around_cell + 2
