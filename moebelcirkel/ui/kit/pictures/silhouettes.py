"""Simple furniture shapes that stand where a photo is missing, one per kind of furniture."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from moebelcirkel.ui.kit import theme

BODY: Final = "body"
LEG: Final = "leg"
LIGHT: Final = "light"

#: Tint of the body per shape; legs and light parts are alike everywhere.
TINTS: Final = {
    "office_chair": "#405B51",
    "chair": "#B78D57",
    "stool": "#B78D57",
    "armchair": "#8A5A3F",
    "sofa": "#70808F",
    "desk": "#C9A66B",
    "round_table": "#B5AC98",
    "shelf": "#B78D57",
    "cabinet": "#8A8D8B",
    "bed": "#93A1A8",
    "lamp": "#C9A66B",
    "board": "#A9B0AC",
    "coat_stand": "#8A5A3F",
    "box": "#B78D57",
}
LEG_COLOUR: Final = "#4D5250"
LEG_ON_DARK: Final = "#98A09B"
LIGHT_COLOUR: Final = "#F4F1EC"


@dataclass(frozen=True, slots=True)
class Slab:
    """A rectangle with rounded corners in a field of 100 by 100."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 2.0
    part: str = BODY


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon with softly rounded corners in a field of 100 by 100."""

    points: tuple[tuple[float, float], ...]
    part: str = BODY


@dataclass(frozen=True, slots=True)
class Arc:
    """A thick curve from one point to another over a third."""

    start: tuple[float, float]
    over: tuple[float, float]
    end: tuple[float, float]
    part: str = LEG


Part = Slab | Shape | Arc

SHAPES: Final[dict[str, tuple[Part, ...]]] = {
    "office_chair": (
        Slab(47.5, 56, 5, 30, 1, LEG),
        Arc((27, 88), (50, 66), (73, 88)),
        Slab(22, 85, 10, 10, 5, LEG),
        Slab(45, 85, 10, 10, 5, LEG),
        Slab(68, 85, 10, 10, 5, LEG),
        Shape(((26, 4), (74, 4), (69, 44), (31, 44))),
        Slab(26, 48, 48, 9, 4.5),
    ),
    "chair": (
        Shape(((28, 56), (34, 56), (29, 95), (23, 95)), LEG),
        Shape(((66, 56), (72, 56), (77, 95), (71, 95)), LEG),
        Slab(38, 58, 4, 32, 1, LEG),
        Slab(58, 58, 4, 32, 1, LEG),
        Shape(((29, 5), (71, 5), (67, 42), (33, 42))),
        Slab(26, 48, 48, 9, 2),
    ),
    "stool": (
        Shape(((32, 40), (38, 40), (32, 95), (26, 95)), LEG),
        Shape(((62, 40), (68, 40), (74, 95), (68, 95)), LEG),
        Slab(32, 72, 36, 4, 1, LEG),
        Slab(26, 32, 48, 10, 5),
    ),
    "armchair": (
        Slab(22, 80, 5, 14, 1, LEG),
        Slab(73, 80, 5, 14, 1, LEG),
        Slab(24, 12, 52, 52, 9),
        Slab(12, 40, 20, 42, 9),
        Slab(68, 40, 20, 42, 9),
        Slab(30, 54, 40, 28, 4, LIGHT),
    ),
    "sofa": (
        Slab(12, 78, 4, 13, 1, LEG),
        Slab(84, 78, 4, 13, 1, LEG),
        Slab(12, 24, 76, 44, 7),
        Slab(2, 42, 17, 38, 7),
        Slab(81, 42, 17, 38, 7),
        Slab(17, 54, 66, 25, 3, LIGHT),
    ),
    "desk": (
        Slab(14, 34, 6, 52, 1, LEG),
        Slab(80, 34, 6, 52, 1, LEG),
        Slab(5, 86, 24, 6, 1, LEG),
        Slab(71, 86, 24, 6, 1, LEG),
        Slab(0, 26, 100, 8, 1.5),
    ),
    "round_table": (
        Slab(47, 34, 6, 52, 1, LEG),
        Slab(25, 86, 50, 6, 1, LEG),
        Slab(2, 18, 96, 20, 48),
    ),
    "shelf": (
        Slab(22, 3, 56, 94, 2),
        Slab(27, 24, 46, 4, 1, LIGHT),
        Slab(27, 48, 46, 4, 1, LIGHT),
        Slab(27, 72, 46, 4, 1, LIGHT),
    ),
    "cabinet": (
        Slab(22, 3, 56, 94, 2),
        Slab(27, 25, 46, 3, 1, LIGHT),
        Slab(27, 49, 46, 3, 1, LIGHT),
        Slab(27, 73, 46, 3, 1, LIGHT),
        Slab(44, 13, 12, 3, 1.5, LEG),
        Slab(44, 37, 12, 3, 1.5, LEG),
        Slab(44, 61, 12, 3, 1.5, LEG),
        Slab(44, 85, 12, 3, 1.5, LEG),
    ),
    "bed": (
        Slab(3, 22, 6, 70, 2, LEG),
        Slab(91, 42, 6, 50, 2, LEG),
        Slab(8, 56, 84, 20, 4),
        Slab(11, 44, 26, 14, 5, LIGHT),
    ),
    "lamp": (
        Slab(47.5, 34, 5, 54, 1, LEG),
        Slab(30, 88, 40, 6, 3, LEG),
        Shape(((38, 6), (62, 6), (76, 40), (24, 40))),
    ),
    "board": (
        Slab(4, 14, 92, 62, 3),
        Slab(10, 20, 80, 50, 1, LIGHT),
        Slab(34, 76, 32, 5, 1, LEG),
    ),
    "coat_stand": (
        Slab(47.5, 6, 5, 84, 1),
        Arc((28, 16), (50, 44), (72, 16), BODY),
        Slab(28, 88, 44, 6, 3, LEG),
    ),
    "box": (
        Slab(12, 34, 76, 58, 4),
        Slab(12, 34, 76, 12, 3, LIGHT),
        Slab(40, 56, 20, 6, 3, LEG),
    ),
}

#: Part of a category's key that tells its shape; the first that is found counts.
_KINDS: Final = (
    ("task_chair", "office_chair"),
    ("swivel", "office_chair"),
    ("armchair", "armchair"),
    ("chair", "chair"),
    ("stool", "stool"),
    ("pouf", "stool"),
    ("bench", "sofa"),
    ("sofa", "sofa"),
    ("coffee_table", "round_table"),
    ("meeting_table", "round_table"),
    ("changing_table", "desk"),
    ("table_lamp", "lamp"),
    ("desk_screen", "board"),
    ("table", "desk"),
    ("desk", "desk"),
    ("lamp", "lamp"),
    ("bookcase", "shelf"),
    ("shelving", "shelf"),
    ("pedestal", "cabinet"),
    ("cabinet", "cabinet"),
    ("cupboard", "cabinet"),
    ("locker", "cabinet"),
    ("wardrobe", "cabinet"),
    ("cloakroom", "coat_stand"),
    ("coat", "coat_stand"),
    ("mattress", "bed"),
    ("mat", "bed"),
    ("bed", "bed"),
    ("board", "board"),
    ("screen", "board"),
    ("trolley", "desk"),
    ("garden", "desk"),
)


def shape_for(category_key: str) -> str:
    """Name of the shape that stands for a category."""
    return next((shape for part, shape in _KINDS if part in category_key), "box")


def draw(painter: QPainter, field: QRectF, shape: str) -> None:
    """Draw a shape as large as fits in the middle of a field."""
    side = min(field.width(), field.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(field.center().x() - side / 2, field.center().y() - side / 2)
    painter.scale(side / 100, side / 100)
    tint = QColor(TINTS.get(shape, TINTS["box"]))
    for part in SHAPES.get(shape, SHAPES["box"]):
        _draw_part(painter, part, _colour(part.part, tint))
    painter.restore()


def _colour(part: str, tint: QColor) -> QColor:
    dark = theme.current().name == "dark"
    if part == LEG:
        return QColor(LEG_ON_DARK if dark else LEG_COLOUR)
    if part == LIGHT:
        mixed = QColor(LIGHT_COLOUR)
        # Light parts keep a breath of the body's colour, so that cushions belong to their sofa.
        return QColor.fromRgbF(
            *(a * 0.45 + b * 0.55 for a, b in zip(_rgb(mixed), _rgb(tint), strict=True))
        )
    return tint.lighter(120) if dark else tint


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _draw_part(painter: QPainter, part: Part, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    if isinstance(part, Slab):
        box = QRectF(part.x, part.y, part.width, part.height)
        painter.drawRoundedRect(box, part.radius, min(part.radius, part.height / 2))
    elif isinstance(part, Shape):
        pen = QPen(colour, 4, Qt.PenStyle.SolidLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in part.points]))
    else:
        path = QPainterPath(QPointF(*part.start))
        path.quadTo(QPointF(*part.over), QPointF(*part.end))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 5, c=Qt.PenCapStyle.RoundCap))
        painter.drawPath(path)
