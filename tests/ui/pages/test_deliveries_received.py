"""Who receives at the door: asked when a delivery note is scanned, and remembered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.services import deliveries
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.test_deliveries import ITEMS
from tests.ui.pages.warehouse import settle
from tests.world import World


def test_a_scanned_note_asks_who_received_and_remembers_it(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, window = town.person("lager"), open_window("lager", ITEMS)
    page = window.page
    assert isinstance(page, DeliveriesPage)
    for typed in ("Teknisk service", ""):
        lines = trade.order(town, trade.put_on_sale(town, 1))
        deliveries.pick(lager, lines)
        deliveries.prepare_note(lager, town.school, lines)
        number = deliveries.notes(lager)[0].number
        window.scanned(number)
        settle(page)
        dialog = page.dialog
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        assert dialog.focusWidget() is dialog.received_by.line
        QTest.keyClicks(dialog.received_by.line, typed)
        QTest.keyClick(dialog.received_by.line, Qt.Key.Key_Return)
        settle(page)
        note = deliveries.find_note(lager, number)
        assert note is not None
        assert (note.state, note.received_by) == ("handed", "Teknisk service")
    given = trade.rows(town.context, select(Delivery.received_by).order_by(Delivery.id))
    assert given == ["Teknisk service"] * 2
