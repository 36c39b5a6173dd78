"""Drawing that cards, board, timeline and tables share: texts, pills, pictures, rings.

Everything asks the theme at paint time, so a change of scheme needs nothing but a repaint.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import silhouettes

#: What lies over photos in the dark scheme.
_SHADE = QColor(0, 0, 0, 80)
#: Ink and ground of each tone of a pill.
TONES = {
    "neutral": ("muted", "sunken"),
    "accent": ("accent_text", "accent_soft"),
    "money": ("money", "money_soft"),
    "warning": ("warning", "warning_soft"),
    "error": ("error", "error_soft"),
    "plain": ("muted", "surface"),
    "lifted": ("accent_text", "surface"),
}
#: Colour of a text by its tone; other tones are plain text.
INKS = {
    "muted": "muted",
    "small": "muted",
    "money": "money",
    "co2": "accent_text",
    "accent": "accent_text",
    "warning": "warning",
    "error": "error",
}


def font(size: str = "body", weight: int = 400) -> QFont:
    """Font of the theme in use."""
    return theme.current().font(size, weight)


def colour(role: str) -> QColor:
    """Colour of a role in the theme in use."""
    return theme.current().color(role)


def px(length: float) -> int:
    """A length that grows with the text."""
    return theme.current().px(length)


def width_of(text: str, face: QFont) -> float:
    """Width of a text on one line."""
    return QFontMetricsF(face).horizontalAdvance(text)


def fitting(words: str, room: float, *faces: QFont) -> QFont:
    """The first font in which a text has room on one line, else the last."""
    return next((face for face in faces if width_of(words, face) <= room), faces[-1])


#: Where a line without room is cut, unless its end tells more than its middle.
CUT = Qt.TextElideMode.ElideRight


def text(
    painter: QPainter,
    box: QRectF,
    words: str,
    face: QFont,
    ink: str = "text",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    cut: Qt.TextElideMode = CUT,
) -> None:
    """Write one line, cut with an ellipsis where it has no room."""
    painter.setFont(face)
    painter.setPen(colour(ink))
    shown = QFontMetricsF(face).elidedText(words, cut, box.width() + 0.5)
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def lines(words: str, face: QFont, width: float, most: int = 99) -> list[str]:
    """Break a text into lines of a width; the last of too many is cut with an ellipsis."""
    layout = QTextLayout(words, face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    parts: list[tuple[int, int]] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        parts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    shown = [words[start : start + length].rstrip() for start, length in parts[:most]]
    if len(parts) > most:
        rest = words[parts[most - 1][0] :]
        metrics = QFontMetricsF(face)
        shown[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return shown


def chip_width(words: str, size: str = "small") -> float:
    """Width of a pill around a text."""
    return width_of(words, font(size, 600)) + px(18)


def chip(painter: QPainter, left: float, top: float, pill: tuple[str, str], room: float) -> QRectF:
    """Draw a pill of at most the given width and return its box."""
    words, tone = pill
    ink, ground = TONES.get(tone, TONES["neutral"])
    box = QRectF(left, top, min(chip_width(words), room), px(22))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    inner = box.adjusted(px(9) - 1, 0, 1 - px(9), 0)
    text(painter, inner, words, font("small", 600), ink, Qt.AlignmentFlag.AlignHCenter)
    return box


def tall_chip_lines(words: str, room: float) -> list[str]:
    """A pill's words in as many lines as its room asks for."""
    return lines(words, font("small", 600), room - px(18))


def tall_chip_height(words: str, room: float) -> int:
    """Height of a pill whose words may take several lines."""
    return px(22) + (len(tall_chip_lines(words, room)) - 1) * px(17)


def tall_chip(
    painter: QPainter, left: float, top: float, pill: tuple[str, str], room: float
) -> None:
    """Draw a pill that is never cut: what has no room on one line goes on the next."""
    words, tone = pill
    parts = tall_chip_lines(words, room)
    if len(parts) == 1:
        chip(painter, left, top, pill, room)
        return
    ink, ground = TONES.get(tone, TONES["neutral"])
    face = font("small", 600)
    wide = min(max(width_of(part, face) for part in parts) + px(18), room)
    box = QRectF(left, top, wide, tall_chip_height(words, room))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ground))
    painter.drawRoundedRect(box, px(22) / 2, px(22) / 2)
    line = QRectF(box.left() + px(9), box.top() + px(2), box.width() - px(18), px(18))
    for part in parts:
        text(painter, line, part, face, ink)
        line.translate(0, px(17))


def card(
    painter: QPainter,
    box: QRectF,
    radius: float,
    *,
    ring: bool,
    hover: bool = False,
    focus: bool = False,
) -> None:
    """Draw the ground of a card; the ring shows the chosen one, wider where the keyboard is."""
    edge = "accent" if ring or focus else ("field_border" if hover else "line")
    wide = 3.0 if focus else 2.0 if ring else 1.0
    painter.setPen(QPen(colour(edge), wide))
    painter.setBrush(colour("surface"))
    inset = wide / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def focus_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.setPen(QPen(colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def picture(
    painter: QPainter, box: QRectF, image: QPixmap | None, shape: str, radius: float = 8.0
) -> None:
    """Draw a photo that fills the box, or the furniture's shape on the ground of a photo."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    if image is not None and not image.isNull():
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, image, covering(image, box))
        dim(painter, box)
        painter.restore()
        return
    gradient = QLinearGradient(box.topLeft(), QPointF(box.left() + box.width() / 3, box.bottom()))
    gradient.setColorAt(0, colour("picture_top"))
    gradient.setColorAt(1, colour("picture_bottom"))
    painter.fillPath(path, gradient)
    side = min(box.width(), box.height()) * 0.68
    field = QRectF(0, 0, side, side)
    field.moveCenter(box.center())
    silhouettes.draw(painter, field, shape)


def dim(painter: QPainter, box: QRectF) -> None:
    """Let a photo, whose ground is mostly light, not dazzle among dark surfaces."""
    if theme.current().name == "dark":
        painter.fillRect(box, _SHADE)


def covering(image: QPixmap, box: QRectF) -> QRectF:
    """Part of a picture, from its middle, that has the proportions of the box."""
    wide, high = float(image.width()), float(image.height())
    ratio = box.width() / max(box.height(), 1.0)
    if wide / max(high, 1.0) > ratio:
        part = high * ratio
        return QRectF((wide - part) / 2, 0, part, high)
    part = wide / ratio
    return QRectF(0, (high - part) / 2, wide, part)
