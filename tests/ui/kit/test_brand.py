"""The mark that is painted in the first picture is the one that lies in the resources."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import brand, icons


def _ground(side: QSize) -> QImage:
    picture = QImage(side, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    return picture


def _drawing() -> QImage:
    drawing = icons.logo(40, 1.0)
    picture = _ground(drawing.size())
    painter = QPainter(picture)
    painter.drawPixmap(0, 0, drawing)
    painter.end()
    return picture


def _painted(mark: brand.Ring) -> QImage:
    picture = _ground(mark.size())
    mark.render(picture, QPoint(), renderFlags=mark.RenderFlag.DrawChildren)
    return picture


def _apart(one: QImage, other: QImage) -> int:
    """In how many of the places the colours differ by more than an edge drawn smoother."""
    spots = [(x, y) for x in range(one.width()) for y in range(one.height())]
    pairs = [(one.pixelColor(*spot), other.pixelColor(*spot)) for spot in spots]
    return sum(
        abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > 64
        for a, b in pairs
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_painted_mark_is_the_drawing(
    qtbot: QtBot, qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, scheme)
    try:
        mark = brand.Ring(40)
        qtbot.addWidget(mark)
        assert mark.size() == _drawing().size()
        assert _apart(_painted(mark), _drawing()) <= 100  # of 1,600, all at edges
    finally:
        theme.apply(qapp, "light")


def test_the_mark_follows_the_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    mark = brand.Ring(40)
    qtbot.addWidget(mark)
    light = _painted(mark)
    theme.apply(qapp, "dark")
    try:
        assert _painted(mark) != light
    finally:
        theme.apply(qapp, "light")
