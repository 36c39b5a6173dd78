"""A filter's choices as boxes, each with how much it would leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.language import number
from moebelcirkel.ui.kit.plain import Label, caption


@dataclass(frozen=True, slots=True)
class CountedChoice:
    """One choice: its key, its words, and how much it would leave."""

    key: str
    words: str
    count: int


class CountBoxes(QWidget):
    """A heading and its choices with a count at the right; away where there is nothing to choose.

    ``told`` says a count in words, for who cannot see that it belongs to the box.
    """

    changed = Signal()

    def __init__(self, title: str, told: Callable[[int], str]) -> None:
        super().__init__()
        self._title, self._told = title, told
        self._boxes: dict[str, tuple[QCheckBox, Label]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(Label(title, tone="strong"))
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(0)
        self._rows.setContentsMargins(0, 0, 2, 0)
        self._rows.setColumnStretch(0, 1)
        layout.addLayout(self._rows)
        self.hide()

    def chosen(self) -> frozenset[str]:
        """Keys of the ticked choices."""
        return frozenset(key for key, (box, _count) in self._boxes.items() if box.isChecked())

    def kept(self) -> frozenset[str]:
        """Keys that stay whatever they would leave: the ticked ones and the one with the focus."""
        focused = (key for key, (box, _count) in self._boxes.items() if box.hasFocus())
        return self.chosen().union(focused)

    def clear(self) -> None:
        """Untick all, without a word."""
        for box, _count in self._boxes.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)

    def show_choices(self, choices: Sequence[CountedChoice]) -> None:
        """Show new counts; choices at hand stay the same widgets, so the keyboard stays put."""
        if [choice.key for choice in choices] != list(self._boxes):
            self._rebuild(choices)
        else:
            for choice in choices:
                self._say(choice, *self._boxes[choice.key])
        self.setVisible(bool(choices))

    def box(self, key: str) -> QCheckBox:
        """The box of a choice."""
        return self._boxes[key][0]

    def _rebuild(self, choices: Sequence[CountedChoice]) -> None:
        chosen = self.chosen()
        focused = next((key for key, (box, _c) in self._boxes.items() if box.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = {each.key: self._pair(each, ticked=each.key in chosen) for each in choices}
        at_the_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, (box, count) in enumerate(self._boxes.values()):
            self._rows.addWidget(box, row, 0)
            self._rows.addWidget(count, row, 1, at_the_right)
        if focused in self._boxes:
            self._boxes[focused][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pair(self, choice: CountedChoice, *, ticked: bool) -> tuple[QCheckBox, Label]:
        box, count = QCheckBox(caption(choice.words)), Label(tone="small")
        self._say(choice, box, count)
        box.setChecked(ticked)
        box.toggled.connect(lambda _on: self.changed.emit())
        return box, count

    def _say(self, choice: CountedChoice, box: QCheckBox, count: Label) -> None:
        count.setText(number(choice.count))
        box.setAccessibleName(f"{self._title}: {choice.words}, {self._told(choice.count)}")


def beside(row: QWidget, box: QCheckBox, count: Label) -> None:
    """A box with its count at the right."""
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 2, 0)
    layout.addWidget(box, 1)
    layout.addWidget(count)
