"""Simple furniture shapes that stand where a photo is missing, one per kind of furniture."""

import re
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons

_BODY: Final = re.compile('color="(#[0-9A-F]{6})"')
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


@cache
def shape_for(category_key: str) -> str:
    """Name of the shape that stands for a category."""
    return next(
        shape for shape, words in WORDS.items() if any(word in category_key for word in words)
    )


def draw(painter: QPainter, field: QRectF, shape: str) -> None:
    """Draw a shape as large as fits in the middle of a field."""
    side = max(1, int(min(field.width(), field.height())))
    box = QRectF(0, 0, side, side)
    box.moveCenter(field.center())
    name = f"silhouettes/{shape if shape in WORDS else 'box'}"
    colours = _colours(name, theme.current().name)
    ratio = painter.device().devicePixelRatioF()
    # Whole pixels of the screen, or the picture would be drawn between them and blur.
    corner = QPointF(round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio)
    painter.drawPixmap(corner, icons.tinted(name, colours, side, ratio))


@cache
def _colours(name: str, scheme: str) -> str:
    """Of the body, which the drawing names, and of the legs; both are lighter on a dark ground."""
    found = _BODY.search(icons.source(name))
    assert found is not None
    body = QColor(found[1])
    return f"{(body.lighter(120) if scheme == 'dark' else body).name()} {_LEGS[scheme]}"
