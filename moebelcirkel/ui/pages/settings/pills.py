"""Chosen things as pills that can be taken away, flowing over as many lines as they need."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from moebelcirkel.language import _, number
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label, push_button, tip

#: More are not shown before they are asked for: what comes below would be out of sight.
MOST = 8


class PillRow(QWidget):
    """Pills by key, the first of many until all are asked for; the cross of one sends ``removed``.

    What was added last stands first among many, so that it is seen.
    """

    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.buttons: dict[int, QToolButton] = {}
        self.every = push_button("", self._show_every, role="quiet")
        self._pills: list[tuple[int, str]] = []
        self._all = False

    def show_pills(self, pills: Sequence[tuple[int, str]]) -> None:
        """Show these."""
        self._pills = list(pills)
        self._fill()

    def fold(self) -> None:
        """Show the first of many again, as for somebody else."""
        self._all = False

    def _show_every(self) -> None:
        self._all = True
        self._fill()
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        many = len(self._pills) > MOST and not self._all
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.every:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for key, text in self._pills[: -MOST - 1 : -1] if many else self._pills:
            self._flow.addWidget(self._pill(key, text))
        self._flow.addWidget(self.every)
        self.every.setText(_("Show all {count}").format(count=number(len(self._pills))))
        self.every.setVisible(many)
        self.setVisible(bool(self._pills))
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
