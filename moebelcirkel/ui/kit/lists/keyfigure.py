"""A card with one figure that counts: name, figure, and what to know about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label


class KeyFigure(QFrame):
    """Figure card; tone money, co2 or nothing."""

    def __init__(self, label: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._label = _line(label, "label")
        self._figure = _line("", tone or "figure")
        self._figure.setProperty("figure", True)
        self._detail = _line("", "small")
        self._detail.setWordWrap(True)
        self._detail.setMinimumHeight(theme.current().px(36))
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 10)
        layout.setSpacing(0)
        layout.addWidget(self._label)
        layout.addWidget(self._figure)
        layout.addWidget(self._detail)
        layout.addStretch()

    def show_figure(self, figure: str, detail: str = "") -> None:
        """Show a figure and what to know about it."""
        self._figure.setText(figure)
        self._figure.setAccessibleName(f"{self._label.text()}: {figure}")
        self._detail.setText(detail)
        self.setAccessibleName(f"{self._label.text()}: {figure}")
        self.setAccessibleDescription(detail)

    def figure(self) -> str:
        """Return the figure as shown."""
        return self._figure.text()


def _line(words: str, tone: str) -> Label:
    return Label(words, tone=tone)
