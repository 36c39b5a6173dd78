"""A thin line that shows how far something is, with the words beside it left to the page."""

from PySide6.QtWidgets import QProgressBar, QWidget

from moebelcirkel.ui.kit.plain import tip

#: Fine enough that a line of 1,000 px never jumps.
STEPS = 1000


class ProgressLine(QProgressBar):
    """Done of total; tone money, warning or error instead of the accent."""

    def __init__(self, name: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, STEPS)
        if tone:
            self.setProperty("tone", tone)

    def show_done(self, done: float, total: float, words: str = "") -> None:
        """Show how far it is; the words are what a screen reader says."""
        share = done / total if total > 0 else 0.0
        self.setValue(round(max(0.0, min(1.0, share)) * STEPS))
        self.setAccessibleDescription(words)
        if words:
            self.setToolTip(tip(words))

    def show_busy(self) -> None:
        """Show that something runs without saying how far."""
        self.setRange(0, 0)

    def show_known(self) -> None:
        """Go back to a line with an end."""
        self.setRange(0, STEPS)
