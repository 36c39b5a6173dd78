"""Alike pieces as lines: small picture, what and how many, price, and a pill for their state."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.chips import Chip, ChipLabel
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import Label, tip

SIDE = 52


class ItemPicture(QWidget):
    """A small picture, or the furniture's shape while there is none."""

    def __init__(self, shape: str) -> None:
        super().__init__()
        self._shape = shape
        self._pixmap: QPixmap | None = None
        self._grow()
        theme.watch().changed.connect(self._grow)

    def _grow(self) -> None:
        """As large as the text asks for."""
        side = theme.current().px(SIDE)
        self.setFixedSize(side, side)

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show a photo that has arrived."""
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.picture(painter, QRectF(self.rect()), self._pixmap, self._shape)


@dataclass(frozen=True, slots=True)
class Item:
    """One line; ``tick`` names what can be ticked there, nothing where it cannot."""

    key: Hashable
    title: str
    detail: str
    figure: str
    shape: str = "box"
    photo_key: str | None = None
    chip: Chip | None = None
    tick: str = ""


class ItemRow(QWidget):
    """One line on screen."""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.picture = ItemPicture(item.shape)
        self.box = QCheckBox(self)
        self.box.setAccessibleName(item.tick)
        self.box.setToolTip(tip(item.tick))
        self.box.setVisible(bool(item.tick))
        title, figure, detail = Label(item.title), Label(item.figure), Label(item.detail)
        for label in (title, figure):
            label.setProperty("tone", "strong")
        detail.setProperty("tone", "small")
        for label in (title, detail):
            label.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(detail)
        words.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(figure, 0, Qt.AlignmentFlag.AlignRight)
        if item.chip is not None:
            right.addWidget(ChipLabel(item.chip), 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addLayout(right)


class ItemList(QWidget):
    """Some lines below each other; ``ticked_changed`` when a box was ticked."""

    ticked_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ItemRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other lines; what was ticked stays so where it still can be."""
        ticked = {row.item.key for row in self.rows if row.box.isChecked()}
        for row in self.rows:
            row.hide()
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = [ItemRow(item) for item in items]
        for row in self.rows:
            row.box.setChecked(bool(row.item.tick) and row.item.key in ticked)
            row.box.toggled.connect(lambda _on: self.ticked_changed.emit())
            self._layout.addWidget(row)

    def ticked(self) -> list[Hashable]:
        """Keys of the ticked lines."""
        return [row.item.key for row in self.rows if row.box.isChecked()]

    def wanted_photos(self) -> tuple[str, ...]:
        """The pictures the lines would like to show."""
        keys = (row.item.photo_key for row in self.rows)
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    def show_pixmap(self, key: str, pixmap: QPixmap | None) -> None:
        """A picture has arrived."""
        for row in self.rows:
            if row.item.photo_key == key:
                row.picture.show_pixmap(pixmap)
