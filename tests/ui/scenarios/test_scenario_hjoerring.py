"""Hjørring's way of working in the real window: only ecolabelled, and a loan in place of buying.

Twenty stacking chairs are lent for 60 days at 2 kr. a day each, and come back one day late.

The figures by hand, as METODE.md has them, with D = 1 and a life of 15 years:
  charged when handed over  20 × 60 × 2                                            =  2,400 kr.
  and for the real days     20 × 61 × 2                                            =  2,440 kr.
  life that the loan uses   60 / 365 / 15 = 0.0109589, and in the end 61 / 365 / 15 = 0.0111416
  saved by each             0.0109589 × 800 − 100 = −91.23 kr., put right by          +0.15 kr.
  CO2e of each: 0.0109589 × (22.5 + 0.6260408) − 0.18069975 = 73 g, put right by        +4 g
  twenty of them            −1,821.60 kr. and 1.54 kg: a chair lent for 60 days saves no chair
"""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from moebelcirkel.services import check, loans, parameters
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog
from moebelcirkel.ui.pages.loans.page import LoansPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from tests import trade, world
from tests.clock import Clock
from tests.services import shopping
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DAYS = 60


def stocked(town: world.World) -> None:
    """Twenty ecolabelled chairs and as many without a label; the shop shows the first alone."""
    parameters.save(town.person("admin"), {"only_green": True, "loan_rate_ore": 2_00})
    for name, label in (("Stabelstol bøg", "Svanemærket"), ("Stabelstol grå", "")):
        chairs = shopping.article(
            town, name, "stacking_chair", new_price_ore=800_00, ecolabel=label
        )
        trade.put_on_sale(town, 20, article_id=chairs, price_ore=320_00)


def test_twenty_chairs_are_lent_and_come_back_a_day_late(
    town: world.World, hands: Hands, clock: Clock
) -> None:
    stocked(town)
    hands.change_user("leader", SECRET)
    borrow(hands)
    hands.change_user("lager", SECRET)
    deliver(hands, 20)
    clock.advance(days=DAYS + 1)
    take_back(hands)
    assert loans.listed(town.person("lager")) == ()
    look_at_the_figures(town)
    assert check.run(town.person("controller")).findings == ()


def borrow(hands: Hands) -> None:
    """Of two kinds of chairs only that with a label is there; until a day in two months."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("20 stabelstol")
    hands.press(Qt.Key.Key_Return)
    assert page.filters.type_1.isChecked()
    assert page.model.rowCount() == 1
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    loan = page.basket.loan
    hands.click(loan.box.box)
    hands.retype(
        loan.until.line, f"{hands.window.context.today() + dt.timedelta(days=DAYS):%d.%m.%Y}"
    )
    hands.press(Qt.Key.Key_Tab)
    assert page.basket.total.text().replace("\u00a0", " ") == "2.400 kr."
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def take_back(hands: Hands) -> None:
    """The list says how late it is, and opens the return of all of them."""
    page = hands.page(LoansPage, "loans")
    assert "1 dag over" in shown(page)
    hands.click(page.back)
    dialog = hands.dialog(TakeBackDialog)
    hands.qtbot.waitUntil(lambda: dialog.model.rowCount() == 20)
    hands.choose(dialog.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.click(dialog.verb)


def look_at_the_figures(town: world.World) -> None:
    """As calculated above, line by line."""
    lines = trade.rows(town.context, select(FigureLine).order_by(FigureLine.id))
    found = [(line.kind, line.cash_ore, line.net_g) for line in lines]
    assert found == [("hand_over", -91_23, 73)] * 20 + [("adjustment", 15, 4)] * 20
    assert sum(line.cash_ore for line in lines) == -1_821_60
    assert sum(line.net_g or 0 for line in lines) == 1_540
    charged = trade.rows(town.context, select(Charge.amount_ore).order_by(Charge.id))
    assert charged == [120_00] * 20 + [2_00] * 20
    assert sum(charged) == 2_440_00
