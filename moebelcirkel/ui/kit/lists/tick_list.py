"""Rows to tick, under their caption."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from moebelcirkel.ui.kit.plain import Label, tip

_KEY = int(Qt.ItemDataRole.UserRole)
#: More rows than these scroll.
_MOST_SHOWN = 6


class TickList(QWidget):
    """What can be ticked, under its caption; a click anywhere in a row ticks it."""

    def __init__(self, caption: str, rows: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(caption)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, text in rows:
            item = QListWidgetItem(text, self.list)
            item.setToolTip(tip(text))
            item.setData(_KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self._was = Qt.CheckState.Unchecked
        self.list.itemPressed.connect(self._pressed)
        self.list.itemClicked.connect(self._clicked)
        label = Label(caption, tone="small")
        label.setBuddy(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label)
        layout.addWidget(self.list)

    def tick(self, key: int) -> None:
        """Tick one row."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def ticked(self) -> list[int]:
        """The keys of the ticked rows."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [int(i.data(_KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]

    def event(self, event: QEvent) -> bool:
        """As high as its rows nearly already where the dialog takes its height, and then wholly."""
        if event.type() in (QEvent.Type.Polish, QEvent.Type.Show):
            self.list.ensurePolished()
            shown = range(min(self.list.count(), _MOST_SHOWN))
            self._grow(sum(self.list.sizeHintForRow(row) for row in shown))
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A row that is too long for the width it has now takes more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.list.doItemsLayout()
            items = map(self.list.item, range(min(self.list.count(), _MOST_SHOWN)))
            self._grow(sum(self.list.visualItemRect(item).height() for item in items))

    def _grow(self, high: int) -> None:
        self.list.setFixedHeight(
            max(self.list.minimumHeight(), high + 2 * self.list.frameWidth() + 4)
        )

    def _pressed(self, item: QListWidgetItem) -> None:
        self._was = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        """One on the box itself has ticked it already."""
        if item.checkState() == self._was:
            on = self._was == Qt.CheckState.Unchecked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
