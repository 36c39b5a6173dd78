"""A shelf's code is the place wherever one is asked for, scanned or typed, and nothing else."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import labels
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.places import PlacesSection
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.parts.codes import Codes
from moebelcirkel.ui.parts.paper_dialog import PlaceLabelDialog
from moebelcirkel.ui.parts.place_field import PlaceField
from tests import trade
from tests.documents import reading
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

INTAKE = [RailItem("intake", "Intake", "box", "hall", IntakePage)]
STOCK = [RailItem("stock", "Stock", "wardrobe", "hall", StockPage)]
SETTINGS = [RailItem("settings", "Settings", "settings", "office", SettingsPage)]


class Shelf:
    """A place as the services give it."""

    def __init__(self, key: int, code: str, name: str) -> None:
        self.id, self.code, self.name = key, code, name


@pytest.fixture
def field(qtbot: QtBot) -> PlaceField:
    """Twenty shelves of two halls, among them 2-2-B and 2-20-B."""
    made = PlaceField("Placering", required=True)
    qtbot.addWidget(made)
    numbers = [(hall, rack) for hall in (1, 2) for rack in (1, 2, 3, 10, 20, 21, 22, 23, 30, 31)]
    made.offer(
        [
            Shelf(key, f"{hall}-{rack}-B", f"Hal {hall} · Reol {rack} · B")
            for key, (hall, rack) in enumerate(numbers)
        ]
    )
    made.show()
    return made


@pytest.mark.parametrize("typed", ["2-2-B", "2-2-b", " 2-2-B ", "hal 2 reol 2 b"])
def test_a_code_or_a_name_typed_in_full_is_its_place(field: PlaceField, typed: str) -> None:
    field.set_value(None)
    field.combo.setEditText(typed)
    line = field.combo.lineEdit()
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert field.value() == 11


@pytest.mark.parametrize("typed", ["hal 3 reol 2 b", "2-4-B", "hal 2 reol 4 b", "reol 2"])
def test_a_place_that_does_not_exist_never_becomes_another(field: PlaceField, typed: str) -> None:
    field.set_value(None)
    field.combo.setEditText(typed)
    line = field.combo.lineEdit()
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_Return)
    with pytest.raises(Refused):
        field.value()


def test_in_intake_a_scanned_shelf_is_the_place_and_changes_nothing_else(
    open_window: OpenWindow, town: World
) -> None:
    window = open_window("lager", INTAKE)
    page = window.page
    assert isinstance(page, IntakePage)
    settle(page)
    page.form.counts.cards["B"].setFocus()
    before = page.form.counts.counts()
    window.scanned("2-14-C")
    assert page.form.place.value() == town.shelf
    assert page.form.counts.counts() == before
    assert page.form.type.line.text() == ""


def test_in_the_stock_a_scanned_shelf_shows_what_stands_there(
    open_window: OpenWindow, town: World
) -> None:
    units = trade.put_on_sale(town, 2)
    window = open_window("lager", STOCK)
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    window.scanned("2-14-C")
    settle(page)
    assert page.filters.place.value() == town.shelf
    assert len(units) == page._total


def test_the_scanner_knows_the_shelves(open_window: OpenWindow, town: World) -> None:
    window = open_window("lager", STOCK)
    codes = Codes(window.jobs, window)
    assert not codes.is_code("2-14-C")
    codes.read_places()
    assert window.jobs.wait_idle()
    QTest.qWait(0)
    assert codes.is_code("2-14-c")
    assert not codes.is_code("2-14")


def test_shelf_labels_are_printed_and_hold_the_code(open_window: OpenWindow, town: World) -> None:
    data = labels.place_sheet(town.person("lager"), [town.shelf])
    assert "2-14-C" in reading.texts(data)[0]
    window = open_window("admin", SETTINGS)
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_part("places")
    settle(page)
    section = page.section()
    assert isinstance(section, PlacesSection)
    section.print_labels()
    settle(page)
    dialog = window.findChild(PlaceLabelDialog)
    assert dialog is not None
    with town.context.read() as session:
        assert session.get_one(Place, town.shelf).code in reading.texts(dialog.preview._data)[0]


def test_a_place_is_not_taken_for_a_piece(town: World) -> None:
    lager = town.person("lager")
    with pytest.raises(Refused) as told:
        labels.unit_by_number(lager, "2-14-c")
    assert refusal(told.value) == "2-14-C er en placering. Scan mærkaten på et møbel her."
