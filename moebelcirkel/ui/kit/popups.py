"""What lies over other things in a window without a frame: lists under a line, sheets to choose on.

Such a window paints its whole ground and has square corners: behind what it leaves out there is
nothing, and nothing is black where the screen does not mix windows.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QCompleter, QFrame, QWidget

from moebelcirkel.ui.kit import theme


def lay_over(completer: QCompleter) -> None:
    """Dress the list of a completer, which is a window without a parent, before it first opens."""
    rows = completer.popup()
    assert rows is not None
    rows.setProperty("bare", "popup")
    rows.installEventFilter(_Dresser(rows))


class _Dresser(QObject):
    """Waits until a window is about to be seen: its style sheet is read anew, which takes 5 ms."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt polishes a list when it asks how high the rows are, but also just to be ready."""
        if event.type() == QEvent.Type.Polish and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            theme.dress(watched)
        return event.type() == QEvent.Type.PolishRequest


def placed(opener: QRect, size: QSize, screen: QRect) -> QPoint:
    """Where something opens: below its opener, else above it, and never off the screen."""
    y = opener.bottom() + 1
    if y + size.height() > screen.bottom() + 1 and opener.top() - size.height() >= screen.top():
        y = opener.top() - size.height()
    x = min(opener.left(), screen.right() + 1 - size.width())
    return QPoint(max(x, screen.left()), max(y, screen.top()))


class PopupFrame(QFrame):
    """A frame that opens over other things and goes with Esc or a click beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", "popup")

    def open_at(self, opener: QWidget, gap: int) -> None:
        """Show it by the widget that opens it."""
        self.adjustSize()
        corner = opener.mapToGlobal(QPoint(0, 0))
        around = QRect(corner, opener.size()).adjusted(0, -gap, 0, gap)
        self.move(placed(around, self.size(), opener.screen().availableGeometry()))
        self.show()
