"""What an action that empties the list of Lager leaves: the keyboard there, and Ctrl+Z."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.services import places, stock
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.parts.piece_dialogs import PlaceDialog, PriceDialog
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import ITEMS, settle
from tests.world import World


def states(town: World, units: list[int]) -> list[str]:
    return [trade.state(town.context, unit) for unit in units]


def test_when_the_list_is_emptied_by_an_action_ctrl_z_takes_it_back(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    units = trade.put_on_sale(town, 2, state="received", listed_at=None, price_ore=12_300)
    window = open_window("lager", ITEMS)
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    page.filters.boxes["states"].box("received").click()
    settle(page)
    page.table.selectAll()
    page.actions_of._buttons["sale"].setFocus()
    page.actions_of._buttons["sale"].click()
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PriceDialog)
    dialog.verb.click()
    settle(page)
    assert states(town, units) == ["listed", "listed"]
    assert page.model.rowCount() == 0
    assert window.focusWidget() is page.empty
    # Offscreen nobody makes a window active again when a dialog over it is closed.
    window.activateWindow()
    qtbot.waitUntil(page.empty.hasFocus)
    QTest.keyClick(page.empty, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    assert states(town, units) == ["received", "received"]
    assert window.focusWidget() is page.table


def test_ctrl_z_in_a_choice_that_nobody_typed_in_takes_back_the_change(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    places.create_series(town.person("admin"), "Hal 3, Reol 1-8, hylde A-D")
    units = trade.put_on_sale(town, 1)
    window = open_window("lager", ITEMS)
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    done = stock.take_off_sale(town.person("lager"), units)
    window.changed(done)
    settle(page)
    choice = page.filters.place.combo
    assert choice.isEditable()
    window.activateWindow()
    choice.setFocus()
    qtbot.waitUntil(choice.hasFocus)
    ctrl = Qt.KeyboardModifier.ControlModifier
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, ctrl)
    asked.ignore()  # as the window system sends it
    QApplication.sendEvent(choice, asked)
    assert not asked.isAccepted(), "the choice does not claim the key"
    QTest.keyClick(choice, Qt.Key.Key_Z, ctrl)
    settle(page)
    assert states(town, units) == ["listed"]


def test_a_scan_after_an_action_begins_another_lot(
    open_window: OpenWindow, town: World, qtbot: QtBot
) -> None:
    """Else what was moved to one shelf would follow what is scanned for the next."""
    units = trade.put_on_sale(town, 3)
    window = open_window("lager", ITEMS)
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    numbers = [trade.number(town.context, unit) for unit in units]
    for each in numbers[:2]:
        window.scanned(each)
        settle(page)
    assert page.table.selected_numbers() != []
    assert window.focusWidget() is page.table, "Return opens what was scanned"
    page.actions_of._buttons["move"].click()
    settle(page)
    assert isinstance(page.asking, PlaceDialog)
    page.asking.reject()
    settle(page)
    window.scanned(numbers[2])
    settle(page)
    assert len(page.table.selected_numbers()) == 3, "nothing was done yet"
    page.actions_of._buttons["move"].click()
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PlaceDialog)
    dialog.scanned("V-1")
    dialog.verb.click()
    settle(page)
    assert len(page.table.selected_numbers()) == 3, "they can be put on sale next"
    window.scanned(numbers[1])
    settle(page)
    assert [row.number for row in page.table.selected_rows()] == [numbers[1]]
    window.scanned(numbers[0])
    settle(page)
    assert len(page.table.selected_numbers()) == 2
