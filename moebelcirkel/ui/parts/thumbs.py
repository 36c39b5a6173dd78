"""The small pictures of a page, read beside it and decoded there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPixmap

from moebelcirkel import services
from moebelcirkel.ui.kit.lists.item_list import ItemList
from moebelcirkel.ui.kit.pictures.thumbnails import decode

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell


def pictures(context: Context, keys: Iterable[str]) -> dict[str, QImage | None]:
    """Decoded thumbnails by fingerprint; None where there is none."""
    wanted = list(keys)
    found = services.photos.thumbs(context, wanted)
    return {key: decode(found[key]) if key in found else None for key in wanted}


def show_in(shell: Shell, items: ItemList, channel: str) -> None:
    """Fetch the pictures that a list of items wants, and put them into it."""
    wanted = items.wanted_photos()

    def arrived(found: dict[str, QImage | None]) -> None:
        for key, image in found.items():
            items.show_pixmap(key, None if image is None else QPixmap.fromImage(image))

    if wanted:
        shell.jobs.aside(lambda context: pictures(context, wanted), arrived, channel=channel)
