"""Esc leads back to where one came from, and nowhere from a page one chose in the rail."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.window import entries
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World


def test_esc_leaves_a_page_of_the_rail_where_another_one_led_there(
    town: World, open_window: OpenWindow
) -> None:
    window = open_window("leader", entries.items_for(town.person("leader")))
    shop, entry = window.page, window.rail.buttons["orders"]
    assert shop is not None
    window.go("orders")
    orders = window.page
    assert isinstance(orders, OrdersPage)
    settle(orders)
    assert window.header.back.isVisible()
    QTest.keyClick(orders, Qt.Key.Key_Escape)
    assert window.page is shop
    assert not window.header.back.isVisible()
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert not window.header.back.isVisible()
    QTest.keyClick(orders, Qt.Key.Key_Escape)
    assert window.page is orders
    window.go("overview")
    assert window.page is not orders
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page is orders
    assert not window.header.back.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is shop
