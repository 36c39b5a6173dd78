"""New pictures of a type or of reported furniture, before it is saved."""

import base64
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from moebelcirkel import services
from moebelcirkel.language import _, ngettext, refusal
from moebelcirkel.ui.kit.forms.field import Field
from moebelcirkel.ui.kit.pictures.photos import PhotoPreview, PhotoStrip

if TYPE_CHECKING:
    from moebelcirkel.services.photos import Picture
    from moebelcirkel.ui.kit.shell import Shell


class PicturesField(Field[tuple["Picture", ...]]):
    """New pictures in a strip. `offered` asks the page to make bytes ready; `add` takes them."""

    offered = Signal(bytes, str)

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.strip = PhotoStrip()
        self._pictures: list[Picture] = []
        self._waiting = 0
        self._refused: list[str] = []
        self._put(self.strip)
        self.strip.offered.connect(self._offer)
        self.strip.begun.connect(self._begin)
        self.strip.refused.connect(self._refuse)
        self.strip.removed.connect(self._remove)
        self.strip.reordered.connect(self._reorder)

    @property
    def waiting(self) -> int:
        """Pictures that are being made ready."""
        return self._waiting

    def value(self) -> "tuple[Picture, ...]":
        """Return the pictures that are ready."""
        return tuple(self._pictures)

    def set_value(self, value: "Sequence[Picture]") -> None:
        """Show other pictures."""
        self._pictures = list(value)
        self._begin()
        self._show()

    def add(self, picture: "Picture") -> None:
        """A picture is ready; the same one is shown once."""
        self._waiting = max(0, self._waiting - 1)
        if all(picture.sha256 != own.sha256 for own in self._pictures):
            self._pictures.append(picture)
        self._show()
        self.changed.emit()  # what was said of the others stays

    def refuse(self, message: str) -> None:
        """A picture could not be used: say which and why."""
        self._waiting = max(0, self._waiting - 1)
        self._show()
        self._refuse(message)
        self.changed.emit()

    def draft(self) -> object:
        """Pictures are large: `kept` gives them for a draft of their own."""
        return None

    def restore(self, draft: object) -> None:
        """See `take_kept`."""

    def kept(self) -> list[dict[str, Any]]:
        """Return the pictures as plain data."""
        return [
            {
                "jpeg": base64.b64encode(picture.jpeg).decode("ascii"),
                "thumb": base64.b64encode(picture.thumb).decode("ascii"),
                "size": [picture.width, picture.height],
                "sha256": picture.sha256,
            }
            for picture in self._pictures
        ]

    def take_kept(self, kept: Sequence[dict[str, Any]], make: "Callable[..., Picture]") -> None:
        """Show what `kept` gave; ``make`` is the services' class of a picture."""
        self.set_value(
            [
                make(
                    jpeg=base64.b64decode(each["jpeg"]),
                    thumb=base64.b64decode(each["thumb"]),
                    width=each["size"][0],
                    height=each["size"][1],
                    sha256=each["sha256"],
                )
                for each in kept
            ]
        )

    def _begin(self) -> None:
        """Other pictures are brought: what was said of the last ones is read."""
        if not self._waiting:
            self._refused.clear()
            self.show_error("")

    def _refuse(self, message: str) -> None:
        """Several may be bad at once: each is named."""
        if message not in self._refused:
            self._refused.append(message)
        self.show_error("\n".join(self._refused))

    def _offer(self, data: bytes, name: str) -> None:
        self._waiting += 1
        self._show()
        self.offered.emit(data, name)

    def _remove(self, key: object) -> None:
        self._pictures = [picture for picture in self._pictures if picture.sha256 != key]
        self._show()
        self._edited()

    def _reorder(self, keys: tuple[object, ...]) -> None:
        by_key: dict[object, Picture] = {picture.sha256: picture for picture in self._pictures}
        self._pictures = [by_key[key] for key in keys if key in by_key]
        self._show()
        self._edited()

    def _show(self) -> None:
        self.strip.show_photos([PhotoPreview(each.sha256, each.thumb) for each in self._pictures])
        text = ""
        if self._waiting:
            many = ngettext(
                "{count} picture is being made ready …",
                "{count} pictures are being made ready …",
                self._waiting,
            )
            text = many.format(count=self._waiting)
        self.helper.setText(text)
        self.helper.setVisible(bool(text))
        self.strip.setAccessibleDescription(text or _("Drag pictures here, or press Ctrl+V"))


def make_ready(shell: "Shell", field: PicturesField) -> None:
    """Let the pictures that are brought be made ready beside the window."""

    def prepare(data: bytes, name: str) -> None:
        shell.jobs.aside(
            lambda _context: services.photos.prepare(data, name),
            field.add,
            lambda error: field.refuse(refusal(error)),
            owner=field,
        )

    field.offered.connect(prepare)
