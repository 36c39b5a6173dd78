"""The pictures of a piece without a mouse: reached, opened, gone through, sorted, removed."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from sqlalchemy import select

from moebelcirkel.services import photos
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.ui.kit.pictures.photo_view import PhotoDialog
from moebelcirkel.ui.kit.pictures.photos import AddTile, PhotoTile
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import CTRL, Keyboard
from tests.ui.pages.warehouse import settle, starting_with
from tests.world import World


def picture(colour: str) -> photos.Picture:
    data = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(data, "PNG")
    return photos.prepare(data.getvalue(), f"{colour}.png")


@templates.begun
def unit(town: World, _clock: Clock) -> int:
    [found] = trade.put_on_sale(town, 1)
    lager = town.person("lager")
    photos.add(lager, [picture(each) for each in ("red", "lime", "blue")], unit_id=found)
    return found


@pytest.fixture
def page(open_window: OpenWindow, unit: int) -> UnitPage:
    window = open_window("lager", starting_with("units"))
    window.go("units", unit)
    found = window.page
    assert isinstance(found, UnitPage)
    settle(found)
    return found


@pytest.fixture
def keys(page: UnitPage) -> Keyboard:
    window = page.window()
    assert isinstance(window, MainWindow)
    return Keyboard(window)


def tab_to(keys: Keyboard, wanted: type[QWidget] | QWidget) -> QWidget:
    """Press Tab until the keyboard is there."""
    for _press in range(60):
        focus = QApplication.focusWidget()
        here = isinstance(focus, wanted) if isinstance(wanted, type) else focus is wanted
        if here and focus is not None:
            return focus
        QTest.keyClick(keys.target(), Qt.Key.Key_Tab)
    raise AssertionError("Tab never gets there")


def order(town: World) -> list[int]:
    return trade.rows(town.context, select(Photo.id).order_by(Photo.position))


def colour(widget: QWidget) -> str:
    return widget.grab().toImage().pixelColor(widget.rect().center()).name()


def test_the_large_picture_is_opened_gone_through_and_closed(
    page: UnitPage, keys: Keyboard
) -> None:
    view = page.photos.view
    tab_to(keys, view)
    keys.press(Qt.Key.Key_Right)
    second = colour(view)
    keys.press(Qt.Key.Key_Left)
    assert colour(view) != second
    keys.press(Qt.Key.Key_Return)
    dialog = page.photos.dialog
    assert isinstance(dialog, PhotoDialog)
    assert dialog.count.text() == "Billede 1 af 3"
    keys.press(Qt.Key.Key_Right)
    assert dialog.count.text() == "Billede 2 af 3"
    assert colour(dialog.view) == second
    keys.press(Qt.Key.Key_Left)
    keys.press(Qt.Key.Key_Left)
    assert dialog.count.text() == "Billede 3 af 3"
    keys.press(Qt.Key.Key_Escape)
    assert page.photos.dialog is None
    assert keys.window.focusWidget() is view


def test_a_picture_is_made_the_first_and_removed(
    page: UnitPage, keys: Keyboard, town: World
) -> None:
    one, two, three = order(town)
    tile = tab_to(keys, PhotoTile)
    assert isinstance(tile, PhotoTile)
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Home, CTRL)
    assert order(town) == [three, one, two]
    keys.press(Qt.Key.Key_Delete)
    assert order(town) == [one, two]
    keys.press(Qt.Key.Key_Z, CTRL)
    assert order(town) == [three, one, two]


def test_the_way_to_add_one_is_reached_and_opens_by_return(page: UnitPage, keys: Keyboard) -> None:
    tab_to(keys, AddTile)
    keys.press(Qt.Key.Key_Return)
    [chooser] = page.findChildren(QFileDialog)
    assert chooser.isVisible()
    chooser.reject()
