"""Skive's week in the real window: a list of favourites, small orders shown, one delivery of three.

A school orders for 340 kr. on Monday, 480 kr. on Tuesday and 2,100 kr. on Wednesday; the first two
are small. On Thursday they come together: 3 orders on one trip of the van, 3 - 1 = 2 trips saved.
"""

import pytest
from PySide6.QtCore import Qt

from moebelcirkel.services import check, orders, shop
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.runs.dialogs import RunDialog
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.parts.order_words import waiting_chip
from tests import trade, world
from tests.clock import Clock
from tests.services import running, shopping
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PRICES = (340_00, 480_00, 2_100_00)


@pytest.fixture(autouse=True)
def _monday(clock: Clock) -> None:
    """The first day of the week."""
    clock.advance(days=3)


def test_three_orders_of_a_week_come_with_one_delivery(
    town: world.World, hands: Hands, clock: Clock
) -> None:
    assert town.context.today().isoweekday() == 1
    running.van(town)
    shopping.article(town, "Bogreol eg", "bookcase_wood")
    lager = town.person("lager")
    shop.save_list(lager, shop.ListForm("Skoler", "Kontorstol HÅG SoFi 7200", first=True))
    for price in PRICES:
        trade.put_on_sale(town, 1, price_ore=price)
        hands.change_user("leader", SECRET)
        order(hands)
        clock.advance(days=1)
    assert [row.total_ore for row in orders.listed(lager).rows] == [*reversed(PRICES)]
    assert town.context.today().isoweekday() == 4
    hands.change_user("lager", SECRET)
    plan(hands)
    see_the_small_ones(hands)
    deliver(hands, 3)
    page = hands.page(RunsPage, "runs")
    assert "3 af 3 i den lovede uge" in figures(page)
    assert check.run(town.context).findings == ()


def order(hands: Hands) -> None:
    """The one chair that the favourites have."""
    page = hands.page(ShopPage, "shop")
    first = next(iter(page.shorts.row.buttons.values()))
    assert (first.text(), first.isChecked()) == ("Skoler", True)
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("sofi")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def figures(page: RunsPage) -> list[str]:
    return [each.text().replace("\u00a0", " ") for each in page.figures.buttons]


def plan(hands: Hands) -> None:
    """One stop for all three."""
    page = hands.page(RunsPage, "runs")
    hands.click(page.new_button)
    hands.click(hands.dialog(RunDialog).verb)
    hands.click(page.on_button)
    [stop] = page.stops.rows.entries
    assert "3 bestillinger samlet · 3 møbler" in stop.detail
    assert figures(page) == [
        "Små bestillinger: 2",
        "Linjer på 0 til 500 kr.: 2",
        "2 ture sparet ved samling",
    ]


def see_the_small_ones(hands: Hands) -> None:
    """The figure of the run leads to them, and each says that it is small."""
    hands.click(hands.page(RunsPage).figures.buttons[0])
    page = hands.page(OrdersPage)
    rows = [page.model.row_at(at) for at in range(page.model.rowCount())]
    assert [(row.total_ore, waiting_chip(row).text) for row in rows if row is not None] == [
        (480_00, "Lille · godkendt"),
        (340_00, "Lille · godkendt"),
    ]
    assert ("Lille bestilling", "under 500\u00a0kr.") in page.card.facts.facts()
