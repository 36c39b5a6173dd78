"""A line to search in, with the program's own cross to empty it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.pictures import icons


class FindLine(QLineEdit):
    """The cross stands in it while something is typed; ``beside`` stands there while nothing is."""

    def __init__(self, hint: str = "", beside: QWidget | None = None) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._beside = beside
        self.cross = QToolButton()
        self.cross.setAccessibleName(_("Clear the search"))
        self.cross.setToolTip(_("Clear the search (Esc)"))
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setCursor(Qt.CursorShape.ArrowCursor)
        icons.put(self.cross, "close", "muted", 14)
        self.cross.clicked.connect(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6 if beside is None else 10, 0)
        row.addStretch(1)
        for part in (beside, self.cross):
            if part is not None:
                row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.textChanged.connect(self._follow)
        self._follow("")

    def empty(self) -> None:
        """Nothing is searched for any more."""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties it."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """What stands in it grows with the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_room()

    def _follow(self, text: str) -> None:
        if self._beside is not None:
            self._beside.setVisible(not text)
        self.cross.setVisible(bool(text))
        self._make_room()

    def _make_room(self) -> None:
        shown = self.cross if self.text() else self._beside
        self.setTextMargins(0, 0, 0 if shown is None else shown.sizeHint().width() + 8, 0)
