"""Chosen things as pills that can be taken away, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, tip


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
        label = Label(text)
        label.setProperty("chip", "neutral")
        button = QToolButton()
        icons.put(button, "close", "muted", 12)
        name = _("Remove {name}").format(name=text)
        button.setAccessibleName(name)
        button.setToolTip(tip(name))
        button.clicked.connect(lambda: self.removed.emit(key))
        self.buttons[key] = button
        row = QHBoxLayout(pill)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(label)
        row.addWidget(button)
        return pill
