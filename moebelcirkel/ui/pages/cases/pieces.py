"""The pieces of a case: a picture, their numbers, and ticks to choose those that differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures.photo_view import YieldingPhotoView
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label, tip

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CasePiece

_KEY = int(Qt.ItemDataRole.UserRole)
_FEW_HIGH = 76
_PHOTO_LEAST = 96
_ANY = 16_777_215


class PieceColumn(QWidget):
    """`opened(unit id)` on Enter or double click, `chosen()` when a tick is set or cleared.

    `picked()` comes after it where somebody did so by hand.
    """

    opened = Signal(object)
    chosen = Signal()
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It gives way where a button more is shown below the pieces.
        self.photo = YieldingPhotoView(_PHOTO_LEAST)
        self.facts = Label(tone="small", wrap=True)
        self.list = QListWidget()
        self.list.setProperty("bare", True)
        self.list.setAccessibleName(_("Pieces of the case"))
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_KEY)))
        self.list.itemChanged.connect(self._ticked)
        # A click anywhere in the row ticks it; one on the box itself has ticked it already.
        self.list.itemPressed.connect(self._pressed)
        self.list.itemClicked.connect(self._clicked)
        self._was = Qt.CheckState.Unchecked
        self._choosing = False
        self._pictured: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.photo, 2)
        layout.addWidget(self.facts)
        layout.addWidget(self.list, 1)

    def show_pieces(
        self, pieces: Sequence[CasePiece], facts: str, *, choosing: bool = True
    ) -> None:
        """Show the pieces and keep the ticks of those that are still there; one has none."""
        ticked = set(self.ticked())
        self._choosing = choosing and len(pieces) > 1
        current = self.list.currentRow()
        self.facts.setText(facts)
        self.list.blockSignals(True)
        self.list.clear()
        for piece in pieces:
            text = " · ".join(part for part in (piece.number, piece.condition, piece.note) if part)
            item = QListWidgetItem(text)
            item.setData(_KEY, piece.unit_id)
            item.setToolTip(tip(piece.note))
            self.list.addItem(item)
            self._dress(item, ticked=piece.unit_id in ticked)
        self.list.setCurrentRow(min(current, len(pieces) - 1))
        self.list.blockSignals(False)
        self.chosen.emit()
        first = pieces[0]
        if self._pictured != (first.article_id, first.photo):
            # The picture that is shown stays until another one belongs here.
            self._pictured = (first.article_id, first.photo)
            self.photo.show_image(None, shape_for(first.category_key, first.name), first.name)

    def show_photo(self, image: QImage | None, shape: str, name: str) -> None:
        """Show the picture that was read."""
        self.photo.show_image(image, shape, name)

    def compress(self, *, on: bool) -> None:
        """Leave the picture away, and show no more than a few pieces before they scroll."""
        self.photo.setVisible(not on)
        most = theme.current().px(_FEW_HIGH) if on else _ANY
        self.list.setMaximumHeight(most)

    def clear_ticks(self) -> None:
        """No piece is chosen."""
        with QSignalBlocker(self.list):
            for row in range(self.list.count()):
                self._dress(self.list.item(row), ticked=False)
        self.chosen.emit()

    def mark(self, unit_id: int, *, tick: bool) -> bool:
        """Put the keyboard on a piece, and choose it; False if it is not here."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_KEY) == unit_id:
                self.list.setCurrentItem(item)
                if tick and self._choosing:
                    item.setCheckState(Qt.CheckState.Checked)
                return True
        return False

    def ticked(self) -> list[int]:
        """Return the ticked pieces."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [int(i.data(_KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _ticked(self) -> None:
        self.chosen.emit()
        self.picked.emit()

    def _pressed(self, item: QListWidgetItem) -> None:
        self._was = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._choosing and item.checkState() == self._was:
            on = self._was == Qt.CheckState.Unchecked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _dress(self, item: QListWidgetItem, *, ticked: bool) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self._choosing:
            item.setFlags(flags)
            item.setData(Qt.ItemDataRole.CheckStateRole, None)
            return
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
