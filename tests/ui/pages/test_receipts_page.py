"""Deliveries in the real window: seen on Start and beside the order, confirmed, and undone."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from moebelcirkel.services import deliveries, receipts
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.ui.kit.lists.links import LinkRow
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.home.page import HomePage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.receipts.page import ReceiptsPage
from moebelcirkel.ui.parts.order_card import happened
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.ui.pages.customer import texts
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def items(context: Context, *words: str) -> list[RailItem]:
    found = {item.word: item for item in entries.items_for(context)}
    return [found[word] for word in words]


def handed(world: World, pieces: int = 2) -> int:
    lager = world.person("lager")
    lines = trade.order(world, trade.put_on_sale(world, pieces))
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines, received_by="Pedellen")
    return int(trade.row(world.context, OrderLine, lines[0]).delivery_id)


def test_a_leader_confirms_from_start(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    handed(town)
    leader = town.person("leader")
    window = open_window("leader", items(leader, "home", "orders", "receipts"))
    home = window.page
    assert isinstance(home, HomePage)
    qtbot.waitUntil(lambda: "Bekræft modtagelsen" in texts(window))
    home.waiting.links.findChildren(LinkRow)[0].click()
    qtbot.waitUntil(lambda: isinstance(window.page, ReceiptsPage))
    page = window.page
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(page.confirm.isVisible)
    for size in ((1280, 720), (1440, 900)):
        window.resize(*size)
        qtbot.waitUntil(lambda: page.confirm.width() >= page.confirm.sizeHint().width())
    assert "ikke bekræftet; gælder som bekræftet efter" in texts(window)
    assert left_english(texts(window).splitlines()) == []
    page.confirm.click()
    qtbot.waitUntil(lambda: receipts.waiting_count(leader) == 0)
    qtbot.waitUntil(lambda: not page.confirm.isVisible())
    qtbot.waitUntil(lambda: "bekræftet af" in texts(window))
    page.order.click()
    qtbot.waitUntil(lambda: isinstance(window.page, OrdersPage))
    order = window.page
    assert isinstance(order, OrdersPage)
    qtbot.waitUntil(lambda: order.card.detail is not None)
    assert order.card.detail is not None
    assert happened(order.card.detail.history[-1]) == "Bekræftet af modtageren"


def test_an_order_that_came_leads_to_confirming_it(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    delivery = handed(town)
    window = open_window("leader", items(town.person("leader"), "orders", "receipts"))
    page = window.page
    assert isinstance(page, OrdersPage)
    page.states.set_value("all")
    page.reload()
    qtbot.waitUntil(page.confirm.isVisible)
    assert page.model.data(page.model.index(0, page.model.columnCount() - 1)) is not None
    page.confirm.click()
    qtbot.waitUntil(lambda: isinstance(window.page, ReceiptsPage))
    there = window.page
    assert isinstance(there, ReceiptsPage)
    qtbot.waitUntil(there.confirm.isVisible)
    assert there.card.detail is not None
    assert there.card.detail.row.id == delivery


def test_the_warehouse_sees_what_is_not_confirmed_and_what_is_by_time(
    town: World, open_window: OpenWindow, qtbot: QtBot, clock: Clock
) -> None:
    handed(town)
    clock.advance(days=20)
    handed(town, 1)
    window = open_window("lager", items(town.person("lager"), "receipts"))
    page = window.page
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    qtbot.waitUntil(page.card.isVisible)
    assert not page.confirm.isVisible()
    page.states.set_value("assumed")
    page.reload()
    qtbot.waitUntil(lambda: "gælder som bekræftet: ingen" in texts(window))
    page.states.set_value("confirmed")
    page.reload()
    qtbot.waitUntil(lambda: not page.card.isVisible())
    assert "Ingen sådanne leverancer" in texts(window)
