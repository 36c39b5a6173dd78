"""Chosen things as pills that can be taken away, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QToolButton, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import icons


class FlowLayout(QLayout):
    """Places widgets side by side and begins a new line where there is no room."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, number: int) -> QLayoutItem | None:
        """One of them, or None."""
        return self._items[number] if 0 <= number < len(self._items) else None

    def takeAt(self, number: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(number) if 0 <= number < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """A narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at a width."""
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        """Place everything."""
        super().setGeometry(box)
        self._lay_out(box, move=True)

    def sizeHint(self) -> QSize:
        """Room for the widest one."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the widest one."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay_out(self, box: QRect, *, move: bool) -> int:
        left, top, height = box.left(), box.top(), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(1, box.width()), 1_000))
            if left > box.left() and left + size.width() > box.right() + 1:
                left, top, height = box.left(), top + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + self._gap
            height = max(height, size.height())
        return top + height - box.top()


class PillRow(QWidget):
    """Pills by key; the cross of one sends ``removed``."""

    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.buttons: dict[int, QToolButton] = {}

    def show_pills(self, pills: Sequence[tuple[int, str]]) -> None:
        """Show these."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for key, text in pills:
            self._flow.addWidget(self._pill(key, text))
        self.setVisible(bool(pills))
        self.updateGeometry()

    def _pill(self, key: int, text: str) -> QWidget:
        pill = QWidget(self)
        label = QLabel(text)
        label.setProperty("chip", "neutral")
        button = QToolButton()
        icons.put(button, "close", "muted", 12)
        name = _("Remove {name}").format(name=text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.removed.emit(key))
        self.buttons[key] = button
        row = QHBoxLayout(pill)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label)
        row.addWidget(button)
        return pill
