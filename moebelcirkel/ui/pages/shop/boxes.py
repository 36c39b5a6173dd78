"""Soft boxes of the basket: a figure with its words, and a strip that says something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label, push_button


class SoftBox(QFrame):
    """Words to the left and a figure to the right on a soft ground."""

    def __init__(self, kind: str, tone: str, label: str) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.label, self.value, self.detail = Label(label, wrap=True), Label(), Label()
        for part in (self.label, self.value):
            part.setProperty("tone", tone)
        self.detail.setProperty("tone", "small")
        self.detail.setWordWrap(True)
        self.detail.hide()
        line = QHBoxLayout()
        line.addWidget(self.label, 1)
        line.addWidget(self.value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.detail)

    def say(self, value: str, detail: str = "") -> None:
        """Show a figure and what stands small under it."""
        self.value.setText(value)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(f"{self.label.text()}: {value} {detail}".strip())


class Strip(QFrame):
    """A soft strip that says something, with a button that helps."""

    pressed = Signal()

    def __init__(self, button: str) -> None:
        super().__init__()
        self.setProperty("card", "warning")
        self.text = Label(tone="warning", wrap=True)
        self.text.setProperty("small", True)
        self.button = push_button(button, self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self.text)
        layout.addWidget(self.button)
        self.hide()

    def say(self, text: str, kind: str = "warning", *, button: bool = False) -> None:
        """Show a text; nothing hides the strip."""
        self.text.setText(text)
        theme.mark(self, "card", kind)
        theme.mark(self.text, "tone", kind)
        self.button.setVisible(button)
        self.setVisible(bool(text))
