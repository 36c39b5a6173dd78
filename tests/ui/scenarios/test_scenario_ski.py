"""SKI's way of working in the real window: a small order that pays to come now, a warranty, a miss.

Orders below 500 kr. are small: they wait for Thursday, or pay 75 kr. and come now. On a Wednesday
a school takes one chair of 340 kr. now: 340 + 75 = 415.00 kr. on one batch, debit = credit.
"""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from moebelcirkel.services import check, intake, parameters
from moebelcirkel.services.context import Work
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.settlement.dialogs import MakeDialog
from moebelcirkel.ui.pages.settlement.page import SettlementPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from tests import trade, world
from tests.clock import Clock
from tests.services import settling
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

COSTS = {"small_order_ore": 500_00, "small_fee_ore": 75_00, "small_weekday": 4}


@pytest.fixture(autouse=True)
def _wednesday(clock: Clock) -> None:
    """The day before small orders go."""
    clock.advance(days=5)


def stocked(town: world.World) -> None:
    """One chair on sale, one in the workshop whose warranty runs; what small orders cost."""
    parameters.save(town.person("admin"), COSTS)
    settling.ready(town)
    trade.put_on_sale(town, 1, price_ore=340_00)

    def promise(work: Work) -> None:
        chair = work.session.get_one(Article, town.chair)
        chair.warranty_until, chair.spare_parts = dt.date(2029, 6, 30), "7200-21"

    town.context.write("article.save", None, promise)
    part = intake.Part("C", 1, "workshop")
    intake.register(town.person("lager"), intake.Batch(parts=[part], article_id=town.chair))


def test_a_small_order_now_a_warranty_and_a_search_without_a_hit(
    town: world.World, hands: Hands
) -> None:
    assert town.context.today().isoweekday() == 3
    stocked(town)
    open_the_case(hands)
    hands.change_user("leader", SECRET)
    search_in_vain(hands)
    order(hands)
    hands.change_user("lager", SECRET)
    deliver(hands, 1)
    hands.change_user("controller", SECRET)
    settle(hands)
    assert check.run(town.context).findings == ()


def open_the_case(hands: Hands) -> None:
    """The workshop is told to ask the supplier first, with the part's number."""
    page = hands.page(CasesPage, "cases")
    page.board.view("assess").setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog(CaseDialog)
    said = shown(dialog)
    assert "Garantien løber til 30.06.2029: kontakt leverandøren" in said
    assert "7200-21" in said
    hands.press(Qt.Key.Key_Escape)


def search_in_vain(hands: Hands) -> None:
    """Where to look next."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("flygel")
    hands.press(Qt.Key.Key_Return)
    assert "brugt på rammeaftale, derefter nyt" in shown(page)


def order(hands: Hands) -> None:
    """Not until Thursday for nothing, but now for 75 kr."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write("sofi")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    pace = page.basket.pace.field
    assert pace is not None
    ways = [pace.button(each).text().replace("\u00a0", " ") for each in (0, 1)]
    assert ways == ["Vent til torsdag · gratis", "Nu · 75 kr."]
    hands.click(pace.button(1))
    assert "415 kr." in shown(page)
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def settle(hands: Hands) -> None:
    """The chair and the fee, to the øre."""
    page = hands.page(SettlementPage, "settlement")
    hands.click(page.card.make)
    hands.click(hands.dialog(MakeDialog).verb)
    said = shown(page)
    assert page.card.heading.text() == "A-2026-001"
    facts = {name: text.replace("\u00a0", " ") for name, text in page.card.facts.facts()}
    assert facts["Debet"] == facts["Kredit"] == "415,00 kr.", said
    assert facts["Forskel"] == "0,00 kr."
