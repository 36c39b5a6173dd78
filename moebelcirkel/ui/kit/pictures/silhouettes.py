"""Simple furniture shapes that stand where a photo is missing, one per kind of furniture."""

import re
from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from moebelcirkel.domain.shop import colour_group
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons

_BODY: Final = re.compile('color="(#[0-9A-F]{6})"')
#: What is darker than this hardly shows on a dark ground.
_DIM: Final = 70
_LEGS: Final = {"light": "#4D5250", "dark": "#98A09B"}

#: What tells a shape in a category's key; the first shape of which something is found counts.
WORDS: Final = {
    "office_chair": ("task_chair", "swivel"),
    "armchair": ("armchair",),
    "chair": ("chair",),
    "stool": ("stool", "pouf"),
    "sofa": ("bench", "sofa"),
    "cabinet": ("pedestal", "cabinet", "cupboard", "locker", "wardrobe"),
    "round_table": ("coffee_table", "meeting_table"),
    "lamp": ("lamp",),
    "board": ("board", "screen"),
    "desk": ("table", "desk", "trolley", "garden"),
    "shelf": ("bookcase", "shelving"),
    "coat_stand": ("cloakroom", "coat"),
    "bed": ("mat", "bed"),
    "box": ("",),
}


#: What a shape is drawn with where the name of the furniture ends in a colour.
BODIES: Final = {
    "sort": "#3A3F41",
    "hvid": "#CDCEC9",
    "graa": "#868D8F",
    "blaa": "#41699A",
    "roed": "#A8483F",
    "groen": "#3F7355",
    "gul": "#CFA63F",
    "orange": "#CC7A37",
    "lilla": "#775C98",
    "brun": "#7A5A40",
    "eg": "#C2975F",
    "boeg": "#CFA679",
    "birk": "#D6BC8E",
    "ask": "#C9B48D",
    "valnoed": "#6E4D38",
    "krom": "#A3A9AC",
}


@lru_cache(2_000)
def shape_for(category_key: str, name: str = "") -> str:
    """The shape that stands for a category, in the colour that a name ends in, as "…, blå"."""
    found = next(
        shape for shape, words in WORDS.items() if any(word in category_key for word in words)
    )
    colour = colour_group(name.rpartition(",")[2]) if "," in name else ""
    return f"{found}:{colour}" if colour in BODIES else found


def draw(painter: QPainter, field: QRectF, shape: str) -> None:
    """Draw a shape as large as fits in the middle of a field."""
    side = max(1, int(min(field.width(), field.height())))
    box = QRectF(0, 0, side, side)
    box.moveCenter(field.center())
    shape, _colon, colour = shape.partition(":")
    name = f"silhouettes/{shape if shape in WORDS else 'box'}"
    colours = _colours(name, colour, theme.current().name)
    ratio = painter.device().devicePixelRatioF()
    # Whole pixels of the screen, or the picture would be drawn between them and blur.
    corner = QPointF(round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio)
    painter.drawPixmap(corner, icons.tinted(name, colours, side, ratio))


@cache
def _colours(name: str, colour: str, scheme: str) -> str:
    """Of the body, which else the drawing names, and the legs; both lighter on a dark ground."""
    found = _BODY.search(icons.source(name))
    assert found is not None
    body = QColor(BODIES.get(colour, found[1]))
    lighter = 120 if body.lightness() > _DIM else 180
    return f"{(body.lighter(lighter) if scheme == 'dark' else body).name()} {_LEGS[scheme]}"
