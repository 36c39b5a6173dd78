"""A large picture and what stands beside it: no seam, and everything by keyboard."""

from typing import Literal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.pictures.photo_view import PhotoView


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(300, 100), (100, 300), (301, 107)])
def test_a_letterboxed_picture_has_no_seam(
    qapp: QApplication, qtbot: QtBot, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    theme.apply(qapp, scheme)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#b08040"))
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(351, 243)
    view.show_image(image)
    shown = view.grab().toImage()
    middle = {shown.pixelColor(175, y).name() for y in range(1, 242)}
    across = {shown.pixelColor(x, 121).name() for x in range(1, 350)}
    assert middle == across
    (colour,) = middle
    # Among dark surfaces a light ground would dazzle.
    assert (colour == "#b08040") == (scheme == "light")
    assert QColor(colour).lightness() <= QColor("#b08040").lightness()
    theme.apply(qapp, "light")


def test_photos_are_dimmed_in_the_dark_scheme_but_for_the_large_one(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "dark")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    found = []
    for dims in (True, False):
        view = PhotoView(dims=dims)
        qtbot.addWidget(view)
        view.show_image(image)
        found.append(view.grab().toImage().pixelColor(100, 60).lightness())
    small = QImage(40, 30, QImage.Format.Format_RGB32)
    with QPainter(small) as painter:
        paint.picture(painter, QRectF(0, 0, 40, 30), QPixmap.fromImage(image), "box", 0)
    found.append(small.pixelColor(20, 15).lightness())
    assert found == [175, 255, 175]
    theme.apply(qapp, "light")


def test_each_side_goes_on_in_the_colour_of_its_own_edge(qtbot: QtBot) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(200):
        image.setPixelColor(x, 99, QColor("#305070"))
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show_image(image)
    shown = view.grab().toImage()
    assert shown.pixelColor(100, 20).name() == "#ffffff"
    assert shown.pixelColor(100, 180).name() == "#305070"


def test_a_ground_that_grows_darker_goes_on_beside_the_picture(qtbot: QtBot) -> None:
    image = QImage(100, 200, QImage.Format.Format_RGB32)
    for y in range(200):
        for x in range(100):
            image.setPixelColor(x, y, QColor.fromHsv(40, 30, 250 - y // 4))
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show_image(image)
    shown = view.grab().toImage()
    for y in (20, 60, 100, 140, 180):
        inside = shown.pixelColor(150, y).value()
        for x in (20, 280):
            assert abs(shown.pixelColor(x, y).value() - inside) <= 3


def test_it_takes_the_keyboard_only_where_there_is_something_to_open(qtbot: QtBot) -> None:
    view = PhotoView(opens=True)
    qtbot.addWidget(view)
    view.show_image(None)
    assert view.focusPolicy() == Qt.FocusPolicy.NoFocus
    view.show_image(QImage(10, 10, QImage.Format.Format_RGB32))
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    with qtbot.waitSignals([view.clicked, view.clicked, view.stepped, view.stepped]):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            QTest.keyClick(view, key)
