"""Pictures of the example's furniture, painted in the colour that a type's name says.

In ``db/demo/pictures`` each piece stands in light and shade, and is see-through where it has the
colour of its type: what is laid behind it gives the colour. Legs, books and the ground keep theirs.
"""

import io
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from PIL import Image, ImageOps

from moebelcirkel import paths
from moebelcirkel.exchange.picture_kinds import Picture
from moebelcirkel.services import photos

TINTS: Final = {
    "Sort": (66, 70, 72),
    "Grå": (138, 146, 148),
    "Hvid": (224, 223, 217),
    "Grøn": (62, 104, 84),
    "Blå": (84, 112, 140),
    "Rød": (158, 74, 62),
    "Brun": (139, 90, 62),
    "Eg": (190, 146, 92),
    "Bøg": (208, 168, 120),
}
#: So many pictures are painted at a time.
_HANDS: Final = 2


def painted(name: str, colour: str, *, mirrored: bool = False) -> bytes:
    """A JPEG of a piece in one of the colours of ``TINTS``; the same each time.

    ``mirrored`` it is another picture than the one a type has.
    """
    with Image.open(paths.database_files("demo", "pictures", f"{name}.png")) as file:
        piece = file.convert("RGBA")
    picture = Image.new("RGB", piece.size, TINTS[colour])
    picture.paste(piece, mask=piece)
    if mirrored:
        picture = ImageOps.mirror(picture)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


class Easel:
    """Paints pictures beside whoever writes meanwhile: most of it another core can do."""

    def __init__(self, looks: Iterable[tuple[str, str]]) -> None:
        self._hands = ThreadPoolExecutor(_HANDS, "easel")
        self._begun = {look: self._hands.submit(_prepared, *look) for look in looks}

    def take(self, name: str, colour: str) -> Picture:
        """One of the pictures, as it is kept; each is taken once."""
        return self._begun.pop((name, colour)).result()

    def close(self) -> None:
        """Begin no more of them, and wait for those that are under way."""
        self._hands.shutdown(cancel_futures=True)


def _prepared(name: str, colour: str) -> Picture:
    return photos.prepare(painted(name, colour), f"{name}.jpg")
