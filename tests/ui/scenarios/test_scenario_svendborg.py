"""Svendborg's way of working in the real window: a round of alike school chairs.

School chairs are ordered in weeks 2, 14, 27 and 40. In week 47 a school asks for 24 of 30 alike
ones in condition B at 280 kr.: 24 × 280 = 6,720 kr., in the round of week 2; 6 are left.
"""

import pytest
from PySide6.QtCore import Qt

from moebelcirkel.services import articles, intake, orders, parameters, stock
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.ui.pages.shop.page import ShopPage
from tests import world
from tests.ui.chain_goods import shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def chairs(town: world.World) -> None:
    """Thirty alike ones in the shop, and the weeks of the rounds."""
    lager = town.person("lager")
    values = ArticleValues(name="Elevstol, blå", category_key="school_chair")
    chair = articles.add(lager, values).id
    part = intake.Part("B", 30, "shelf", town.shelf)
    batch = intake.Batch(parts=[part], giver_id=town.home, article_id=chair)
    units = intake.register(lager, batch).unit_ids
    stock.put_on_sale(lager, units)
    rounds = "Skole og dagtilbud: 2, 14, 27, 40"
    parameters.save(town.person("admin"), {"order_rounds": rounds})


def test_twenty_four_of_thirty_in_the_next_round(town: world.World, hands: Hands) -> None:
    chairs(town)
    assert town.context.today().isocalendar().week == 47
    hands.change_user("leader", SECRET)
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("24 elevstole")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    said = shown(page)
    for expected in ("24 af 30 · 280 kr. · B", "6.720 kr.", "næste runde uge 2"):
        assert expected in said
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)
    [order] = orders.listed(town.person("leader")).rows
    assert (order.pieces, order.total_ore) == (24, 6_720_00)
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("elevstole")
    hands.press(Qt.Key.Key_Return)
    assert page.filters.found.text() == "6 møbler · 1 slags"
