"""Small pictures for cards: asked for when scrolling has rested, kept in Qt's pixmap cache.

Decoding in paint or while scrolling costs frames; 60 ms of rest costs none.
"""

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QPixmapCache

REST_MS = 60
CACHE_KB = 64 * 1024
#: Larger than the largest card picture at scale 2, so that the card decides the final size.
THUMB = QSize(480, 360)
MAX_MEGABYTES = 256

AskPhotos = Callable[[tuple[Hashable, ...]], None]


def decode(data: bytes, most: QSize = THUMB) -> QImage:
    """Decode a picture bounded to a size; for jobs, as the reader lets other threads run."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(MAX_MEGABYTES)
    size = reader.size()
    if size.isValid() and (size.width() > most.width() or size.height() > most.height()):
        reader.setScaledSize(size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class Thumbnails(QObject):
    """Pictures of one view by key; `in_view` tells which keys are seen now."""

    arrived = Signal(object)

    def __init__(
        self,
        parent: QObject,
        in_view: Callable[[], Iterable[Hashable | None]],
        ask: AskPhotos | None = None,
    ) -> None:
        super().__init__(parent)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), CACHE_KB))
        self._in_view = in_view
        self._ask = ask
        self._asked: set[Hashable] = set()
        self._without: set[Hashable] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)

    def ask_through(self, ask: AskPhotos) -> None:
        """Set who fetches pictures; the answer comes to `deliver`."""
        self._ask = ask
        self.touch()

    def touch(self) -> None:
        """Tell that the view moved or changed: the rest starts anew."""
        self._rest.start()

    def pixmap(self, key: Hashable | None) -> QPixmap | None:
        """Return the picture if it is at hand."""
        if key is None:
            return None
        found = QPixmap()
        if QPixmapCache.find(_name(key), found):
            return found
        if key not in self._without and not self._rest.isActive():
            self.touch()
        return None

    def deliver(self, key: Hashable, image: QImage | None) -> None:
        """Take in a picture; None means there is none to wait for."""
        self._asked.discard(key)
        if image is None or image.isNull():
            self._without.add(key)
            return
        QPixmapCache.insert(_name(key), QPixmap.fromImage(image))
        self.arrived.emit(key)

    def forget(self, key: Hashable) -> None:
        """Drop a picture that was changed."""
        self._without.discard(key)
        self._asked.discard(key)
        QPixmapCache.remove(_name(key))
        self.touch()

    def _rested(self) -> None:
        if self._ask is None:
            return
        empty = QPixmap()
        wanted = {
            key: None
            for key in self._in_view()
            if key is not None
            and key not in self._asked
            and key not in self._without
            and not QPixmapCache.find(_name(key), empty)
        }
        if wanted:
            self._asked.update(wanted)
            self._ask(tuple(wanted))


def _name(key: Hashable) -> str:
    return f"thumbnail {key!r}"
