"""Pictures of the example's furniture, painted in the colour that a type's name says.

In ``db/demo/pictures`` each piece stands in light and shade, and is see-through where it has the
colour of its type: what is laid behind it gives the colour. Legs, books and the ground keep theirs.
"""

import io
from typing import Final

from PIL import Image, ImageOps

from moebelcirkel import paths

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
