"""What to do about a missing piece, asked in the window."""

from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.deliveries.short import ShortDialog
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

ITEMS = [RailItem("deliveries", "Picking and delivery", "truck", "out", DeliveriesPage)]


def test_what_is_missing_is_replaced_or_given_up(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    units = trade.put_on_sale(town, 6)
    trade.order(town, units[:3])
    page = open_window("lager", ITEMS).page
    assert isinstance(page, DeliveriesPage)
    settle(page)

    def ask() -> ShortDialog:
        page.table.selectRow(0)
        page.picking.missing_button.click()
        qtbot.waitUntil(lambda: any(each.isVisible() for each in page.findChildren(ShortDialog)))
        return next(each for each in page.findChildren(ShortDialog) if each.isVisible())

    lager = town.person("lager")
    page.scanned("MC-009999-0")
    settle(page)
    assert page.said.isVisible()
    dialog = ask()
    assert dialog.what.value() == str(units[3])
    dialog.verb.click()
    qtbot.waitUntil(lambda: trade.state(lager, units[3]) == "picked")
    settle(page)
    assert page.said.isHidden()  # what was said of the scan is over
    dialog = ask()
    dialog.what.set_value("not_found")
    dialog.verb.click()
    qtbot.waitUntil(lambda: trade.state(lager, units[1]) == "ready")
    settle(page)
    dialog = ask()
    dialog.what.set_value("wait")
    dialog.verb.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert trade.state(lager, units[0]) == "ordered"
