"""The pictures of a type or a piece, kept by the services: one large, and a strip to edit.

A piece also shows the pictures of its type; those are changed on the type's own page.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.pictures.photo_view import PhotoDialog, PhotoView
from moebelcirkel.ui.kit.pictures.photos import PhotoPreview, PhotoStrip
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.parts.picture_erasing import ask_to_erase

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.photos import PhotosAdded
from moebelcirkel.ui.kit.page import Page

_TILE = QSize(70, 54)
_LARGE = QSize(1100, 820)
_WHOLE = QSize(1600, 1600)
_HIGH = 272


@dataclass(frozen=True, slots=True)
class EditedPhoto:
    """A picture by its id and fingerprint; ``own`` ones can be moved and removed here."""

    id: int
    sha256: str
    own: bool = True


class PhotoEditor(QWidget):
    """`show_photos` shows an owner's pictures; what is done to them is written at once."""

    def __init__(self, page: Page, *, for_unit: bool) -> None:
        super().__init__()
        self._page = page
        self._for_unit = for_unit
        self._owner = 0
        self._shape = "box"
        self._name = ""
        self._shown: tuple[EditedPhoto, ...] = ()
        self._large = 0
        self.view = PhotoView(opens=True)
        self.view.clicked.connect(self._enlarge)
        self.view.stepped.connect(self._step)
        self.dialog: PhotoDialog | None = None
        editable = page.shell.context.allows(Action.ARTICLE)
        self.strip = PhotoStrip(editable=editable, tile=_TILE)
        self.strip.offered.connect(self._offered)
        self.notice = Notice(closable=True)
        self._refused: list[str] = []
        self.erase = push_button(_("Erase the picture for good…"), self.ask_erase, role="quiet")
        self._may_erase = page.shell.context.allows(Action.SETTINGS)
        self.erase.hide()
        self.strip.begun.connect(self._begun)
        self.strip.refused.connect(self._refuse)
        self.strip.removed.connect(self._removed)
        self.strip.reordered.connect(self._reordered)
        self.strip.opened.connect(self._opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.view)
        layout.addWidget(self.strip)
        layout.addWidget(self.erase, alignment=Qt.AlignmentFlag.AlignLeft)
        # Over the picture: what stands below it stays where it is.
        over = QVBoxLayout(self.view)
        over.addStretch(1)
        over.addWidget(self.notice)

    def show_photos(self, owner: int, shown: Sequence[EditedPhoto], shape: str, name: str) -> None:
        """Show the pictures of a type or piece; the large one stays where it is still there."""
        fresh = owner != self._owner
        if fresh:
            self._begun()
        self._owner, self._shape, self._name = owner, shape, name
        same = [each.sha256 for each in shown] == [each.sha256 for each in self._shown]
        self._shown = tuple(shown)
        self.erase.setVisible(self._may_erase and bool(shown))
        if not shown:
            self._large = 0
            self.strip.show_photos([], shape)
            self.view.show_image(None, shape, name)
            return
        if fresh or self._large not in {each.id for each in shown}:
            self._large = shown[0].id
        if fresh or not same or not self.strip.keys():
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The large picture has the shape of most photos."""
        super().resizeEvent(event)
        self.view.setFixedHeight(min(theme.current().px(_HIGH), self.width() * 18 // 25))

    # --- reading ------------------------------------------------------------------------------

    def _read(self) -> None:
        keys = [each.sha256 for each in self._shown]

        def read(context: Context) -> dict[str, bytes]:
            return services.photos.thumbs(context, keys)

        self._page.shell.jobs.aside(read, self._show_strip, channel=f"strip {id(self)}", owner=self)
        self._read_large()

    def _show_strip(self, found: dict[str, bytes]) -> None:
        photos = [PhotoPreview(each.id, found.get(each.sha256, b"")) for each in self._shown]
        self.strip.show_photos(photos, self._shape)

    def _read_large(self) -> None:
        chosen = next((each for each in self._shown if each.id == self._large), None)
        if chosen is None:
            return
        sha256, large = chosen.sha256, self.dialog is not None

        def read(context: Context) -> QImage | None:
            data = services.photos.image(context, sha256)
            return decode(data, _WHOLE if large else _LARGE) if data else None

        self._page.shell.jobs.aside(read, self._show_large, channel=f"large {id(self)}", owner=self)

    def _show_large(self, image: QImage | None) -> None:
        self.view.show_image(image, self._shape, self._name)
        if self.dialog is not None:
            self.dialog.show_picture(image, self._shape, self._name, self._place())

    def _place(self) -> str:
        """Which picture of how many is shown."""
        ids = [each.id for each in self._shown]
        if len(ids) < 2 or self._large not in ids:
            return ""
        return _("Picture {number} of {count}").format(
            number=ids.index(self._large) + 1, count=len(ids)
        )

    def _step(self, by: int) -> None:
        """Show the picture beside this one; after the last comes the first."""
        ids = [each.id for each in self._shown]
        if self._large in ids:
            self._large = ids[(ids.index(self._large) + by) % len(ids)]
            self._read_large()

    def _enlarge(self) -> None:
        """Open the picture in front of the page."""
        if not self._shown or self.dialog is not None:
            return
        self.dialog = PhotoDialog(self.window(), self._name)
        self.dialog.stepped.connect(self._step)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()
        self._read_large()

    def _closed(self) -> None:
        self.dialog = None
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opened(self, key: Hashable) -> None:
        self._large = int(str(key))
        self._read_large()

    # --- changing -----------------------------------------------------------------------------

    def _offered(self, data: bytes, name: str) -> None:
        owner, for_unit = self._owner, self._for_unit

        def prepare(_context: Context) -> object:
            return services.photos.prepare(data, name)

        def add(picture: object) -> None:
            def write(context: Context) -> PhotosAdded:
                chosen: list[services.photos.Picture] = [picture]  # type: ignore[list-item]
                if for_unit:
                    return services.photos.add(context, chosen, unit_id=owner)
                return services.photos.add(context, chosen, article_id=owner)

            self._page.shell.jobs.write(write, self._added, owner=self)

        self._page.shell.jobs.aside(
            prepare, add, lambda error: self._refuse(refusal(error)), owner=self
        )

    def _begun(self) -> None:
        self._refused.clear()
        self.notice.hide()

    def _refuse(self, message: str) -> None:
        """Several may be bad at once: each is named, and stays though others are added."""
        if message not in self._refused:
            self._refused.append(message)
        self.notice.say("\n".join(self._refused))

    def _added(self, done: PhotosAdded) -> None:
        if not done.photo_ids:
            self._page.shell.messages.info(_("The picture is already there."))
            return
        self._large = done.photo_ids[0]
        self._page.done(done, _("Picture added"))

    def _removed(self, key: Hashable) -> None:
        photo_id = int(str(key))
        if not self._own(photo_id):
            return

        def write(context: Context) -> Done:
            return services.photos.remove(context, photo_id)

        self._page.shell.jobs.write(
            write, lambda done: self._page.done(done, _("Picture removed")), owner=self
        )

    def _reordered(self, keys: tuple[Hashable, ...]) -> None:
        own = {each.id for each in self._shown if each.own}
        ids = [int(str(key)) for key in keys if int(str(key)) in own]
        if ids == [each.id for each in self._shown if each.own]:
            self._own(0)
            return

        def write(context: Context) -> Done:
            return services.photos.reorder(context, ids)

        self._page.shell.jobs.write(
            write, lambda done: self._page.done(done, _("Pictures put in order")), owner=self
        )

    def ask_erase(self) -> None:
        """The picture that is shown large goes for good, with a reason; asked first."""
        chosen = next((each for each in self._shown if each.id == self._large), None)
        if chosen is not None:
            ask_to_erase(self._page, chosen.sha256)

    def _own(self, photo_id: int) -> bool:
        """Whether a picture is the owner's; else say where it can be changed."""
        if any(each.id == photo_id and each.own for each in self._shown):
            return True
        self._page.shell.messages.info(
            _("The picture belongs to the furniture type. Change it there.")
        )
        return False
