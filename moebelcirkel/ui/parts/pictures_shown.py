"""The pictures that somebody took, to be looked at: a strip, and each as large as the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.ui.kit.pictures.photo_view import PhotoDialog
from moebelcirkel.ui.kit.pictures.photos import PhotoPreview, PhotoStrip
from moebelcirkel.ui.kit.pictures.thumbnails import decode

if TYPE_CHECKING:
    from collections.abc import Hashable

    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell

_WHOLE = QSize(1600, 1600)


class PicturesShown(PhotoStrip):
    """`show_pictures` reads them by their fingerprints; without any there is no strip."""

    def __init__(self) -> None:
        super().__init__(editable=False)
        self._keys: tuple[str, ...] = ()
        self._title, self._at = "", 0
        self._shell: Shell | None = None
        self.dialog: PhotoDialog | None = None
        self.opened.connect(self._enlarge)
        self.hide()

    def show_pictures(self, shell: Shell, keys: tuple[str, ...], title: str) -> None:
        """Show these; ``title`` says what they are of."""
        self._shell, self._title = shell, title
        self.setVisible(bool(keys))
        if keys == self._keys:
            return
        self._keys = keys
        self.show_photos([])
        shell.jobs.aside(
            lambda context: services.photos.thumbs(context, keys),
            lambda found: self.show_photos(
                [PhotoPreview(key, found[key]) for key in keys if key in found]
            ),
            channel=f"strip {id(self)}",
            owner=self,
        )

    def _enlarge(self, key: Hashable) -> None:
        self.dialog = PhotoDialog(self.window(), self._title)
        self.dialog.stepped.connect(self._step)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()
        self._at = self._keys.index(str(key))
        self._read()

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self._keys)
        self._read()

    def _read(self) -> None:
        if self._shell is None:
            return
        key = self._keys[self._at]

        def read(context: Context) -> QImage | None:
            data = services.photos.image(context, key)
            return decode(data, _WHOLE) if data else None

        self._shell.jobs.aside(read, self._show, channel=f"large {id(self)}", owner=self)

    def _show(self, image: QImage | None) -> None:
        if self.dialog is not None:
            place = _("Picture {number} of {count}").format(
                number=self._at + 1, count=len(self._keys)
            )
            self.dialog.show_picture(
                image, "box", self._title, place if len(self._keys) > 1 else ""
            )

    def _closed(self) -> None:
        self.dialog = None
