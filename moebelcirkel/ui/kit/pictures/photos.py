"""Pictures of a piece: a strip to add to, order and delete from.

New pictures are handed out as bytes, whether chosen, dropped or pasted; what is shown comes back
as small ones, so nothing large is decoded here.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import file_dialogs, keys, theme
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.pictures.thumbnails import decode

TILE = QSize(112, 84)
GAP = 10
MAX_BYTES = 40_000_000
ENDINGS = ("*.jpg", "*.jpeg", "*.png", "*.webp", "*.heic", "*.heif")


@dataclass(frozen=True, slots=True)
class PhotoPreview:
    """A picture by key, with a small version of itself."""

    key: Hashable
    thumbnail: bytes


class PhotoTile(QAbstractButton):
    """One picture of the strip; Delete, arrows and Ctrl with arrows are the strip's."""

    def __init__(self, photo: PhotoPreview, shape: str, strip: "PhotoStrip", size: QSize) -> None:
        super().__init__(strip)
        self.photo = photo
        self._shape = shape
        self._strip = strip
        self._pixmap = QPixmap.fromImage(decode(photo.thumbnail))
        self._size = size
        self._grow()
        theme.watch().changed.connect(self._grow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            _("Enter: large · Delete: remove · Ctrl + arrow: move · Ctrl + Home: first")
        )

    def _grow(self) -> None:
        """As large as the text asks for."""
        self.setFixedSize(paint.px(self._size.width()), paint.px(self._size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, with a ring when the keyboard is on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        focus = self.hasFocus()
        inset = 3.0 if focus else 0.0
        paint.picture(
            painter, box.adjusted(inset, inset, -inset, -inset), self._pixmap, self._shape
        )
        if focus:
            painter.setPen(QPen(paint.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 9, 9)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the strip's keys to it; Enter opens like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif not self._strip.tile_key(self, event):
            super().keyPressEvent(event)


class AddTile(QAbstractButton):
    """The dashed tile at the end of the strip."""

    def __init__(self, text: str, parent: QWidget, size: QSize) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self._size = size
        self._grow()
        theme.watch().changed.connect(self._grow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.lit = False

    def _grow(self) -> None:
        """As large as the text asks for."""
        self.setFixedSize(paint.px(self._size.width()), paint.px(self._size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed edge and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        on = self.lit or self.hasFocus() or self.underMouse()
        pen = QPen(paint.colour("accent" if on else "field_border"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(paint.colour("accent_soft" if self.lit else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        ink = "accent_text" if on else "muted"
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, box, self.text(), paint.font("body"), ink, centre)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PhotoStrip(QWidget):
    """Thumbnails and a tile to add more.

    `begun` tells that pictures are brought: `offered(bytes, name)` hands out each, and
    `refused(message)` says why one was not taken; the page then calls `show_photos`.
    `removed(key)`, `reordered(keys)` and `opened(key)` follow the reader's wish.
    """

    begun = Signal()
    offered = Signal(bytes, str)
    refused = Signal(str)
    removed = Signal(object)
    reordered = Signal(tuple)
    opened = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, editable: bool = True, tile: QSize = TILE
    ) -> None:
        super().__init__(parent)
        self._editable = editable
        self._tile = tile
        self._shape = "box"
        self._tiles: list[PhotoTile] = []
        self._add = AddTile(_("+ picture"), self, tile)
        self._add.setVisible(editable)
        self._add.clicked.connect(self.choose_files)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.setAcceptDrops(editable)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(_("Pictures"))
        if editable:
            keys.add(self, _("Paste a picture"), self.paste, QKeySequence.StandardKey.Paste)
        self._arrange()

    def show_photos(self, photos: Sequence[PhotoPreview], shape: str = "box") -> None:
        """Show these pictures and keep the keyboard on the one it was on."""
        focused = next((t.photo.key for t in self._tiles if t.hasFocus()), None)
        for tile in self._tiles:
            tile.deleteLater()
        self._shape = shape
        self._tiles = [PhotoTile(photo, shape, self, self._tile) for photo in photos]
        for number, tile in enumerate(self._tiles):
            name = _("Picture {number} of {count}")
            tile.setAccessibleName(name.format(number=number + 1, count=len(photos)))
            tile.clicked.connect(lambda _on=False, key=tile.photo.key: self.opened.emit(key))
            tile.show()
        self._arrange()
        if focused is not None:
            self.focus_photo(focused)

    def keys(self) -> tuple[Hashable, ...]:
        """Return the keys of the pictures in order."""
        return tuple(tile.photo.key for tile in self._tiles)

    def focus_photo(self, key: Hashable) -> None:
        """Put the keyboard on a picture."""
        for tile in self._tiles:
            if tile.photo.key == key:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- new pictures -------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for picture files."""
        kinds = f"{_('Pictures')} ({' '.join(ENDINGS)})"
        file_dialogs.ask_files(self, _("Choose pictures"), kinds, self.take_files)

    def take_files(self, paths: Sequence[str]) -> None:
        """Hand out the bytes of files."""
        self.begun.emit()
        for path in map(Path, paths):
            try:
                if path.stat().st_size > MAX_BYTES:
                    message = _("{name} is larger than 40 MB. Choose a smaller picture.")
                    self.refused.emit(message.format(name=path.name))
                    continue
                data = path.read_bytes()
            except OSError:
                message = _("{name} could not be read. Check that the file is there.")
                self.refused.emit(message.format(name=path.name))
                continue
            self.offered.emit(data, path.name)

    def paste(self) -> None:
        """Take a picture or picture files from the clipboard."""
        if not self.take_data(QGuiApplication.clipboard().mimeData()):
            self.refused.emit(_("There is no picture to paste. Copy one first."))

    def take_data(self, data: QMimeData) -> bool:
        """Take what was pasted or dropped; False when there is no picture in it."""
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self.begun.emit()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if image.hasAlphaChannel():
            image.save(buffer, "PNG")  # type: ignore[call-overload]
        else:
            image.save(buffer, "JPEG", 95)  # type: ignore[call-overload]
        self.offered.emit(bytes(buffer.data().data()), _("Pasted picture"))
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is coming any more."""
        self._light(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(on=False)
        if self.take_data(event.mimeData()):
            event.acceptProposedAction()

    def _light(self, *, on: bool) -> None:
        self._add.lit = on
        self._add.update()

    # --- order --------------------------------------------------------------------------------

    def tile_key(self, tile: PhotoTile, event: QKeyEvent) -> bool:
        """Delete, move or walk; False when the key is none of ours."""
        key = Qt.Key(event.key())
        place = self._tiles.index(tile)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if key == Qt.Key.Key_Delete and self._editable and not event.isAutoRepeat():
            self.removed.emit(tile.photo.key)
        elif key == Qt.Key.Key_Home and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(place, 0)
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(place, place + step)
        elif step is not None:
            near = [*self._tiles, self._add] if self._editable else self._tiles
            near[max(0, min(len(near) - 1, place + step))].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def _move(self, place: int, target: int) -> None:
        if not self._editable or place == target or not 0 <= target < len(self._tiles):
            return
        keys = list(self.keys())
        keys.insert(target, keys.pop(place))
        self.reordered.emit(tuple(keys))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break into lines."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = paint.px(self._tile.width()) + GAP
        columns = max(1, (self.width() + GAP) // wide)
        shown = [*self._tiles, self._add] if self._editable else self._tiles
        # Made later than all else of the page, they come where the tile that adds one stands.
        before: QWidget = self._add
        for number, tile in enumerate(shown):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, number // columns, number % columns)
            QWidget.setTabOrder(before, tile)
            before = tile
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._grid.setColumnStretch(columns, 1)
