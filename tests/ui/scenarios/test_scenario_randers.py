"""Randers' way of working in the real window: a firm's gift, twelve worn chairs mended and used.

The figures by hand, as METODE.md has them, with D = 1 and condition B (L = 0.6):
  new price of twelve                 12 × 3,350                                  = 40,200 kr.
  mending: 240 min. at 300 kr. and parts of 2,100                                 =  3,300 kr.
  transport without a run             12 × 100                                    =  1,200 kr.
  saved                               40,200 − 3,300 − 1,200                      = 35,700 kr.
  for the life left                   0.6 × 40,200 − 4,500                        = 19,620 kr.
  CO2e of each: 0.6 × (E + 1.5610368) − 3 (gas lift) − 0.450576, E = 36 / 72 / 120
  twelve of them                                                      = 229.0 / 488.2 / 833.8 kg
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from tests import world
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

CHAIR = "Kontorstol HÅG SoFi 7200"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_gift_and_twelve_chairs(hands: Hands, town: world.World) -> None:
    give_pufs(hands)
    hands.change_user("raadhus", SECRET)
    report_chairs(hands)
    hands.change_user("lager", SECRET)
    receive_chairs(hands)
    mend(hands)
    put_on_sale(hands)
    hands.change_user("leader", SECRET)
    order(hands)
    hands.change_user("approver", SECRET)
    page = hands.page(ApprovalsPage)
    hands.click(page.approve)
    hands.change_user("lager", SECRET)
    deliver(hands, 12)
    hands.change_user("controller", SECRET)
    look_at_the_figures(hands)
    assert check.run(replace(town.context, actor=SYSTEM)).findings == ()


def give_pufs(hands: Hands) -> None:
    """A firm's five pufs, worth 500 kr., are reported for it, accepted and received."""
    page = hands.page(PickupsPage, "pickups")
    hands.click(page.new)
    dialog = hands.dialog(ReportDialog)
    line = dialog.lines[0]
    hands.write("Puf, rund", line.name.line)
    hands.retype(line.pieces.line, "5")
    hands.choose(line.category.combo, "Puf")
    hands.choose(dialog.giver.combo, "Gave fra et firma")
    hands.retype(dialog.firm.line, "Nordisk Møbel A/S")
    hands.retype(dialog.value.line, "500")
    hands.click(dialog.verb)
    assert "Nordisk Møbel A/S" in shown(page)
    receive(hands, "B", 5)


def receive(hands: Hands, condition: str, pieces: int) -> None:
    """The report that is shown is accepted, all of it received on the shelf; it is finished."""
    page = hands.page(PickupsPage)
    hands.click(page.deciding.accept)
    hands.click(page.states.button(1))  # to be fetched
    hands.click(page.deciding.receive)
    intake = hands.page(IntakePage)
    intake.origin.line.combo.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert intake.form.counts.counts() == {**dict.fromkeys("ABCD", 0), condition: pieces}
    hands.choose(intake.form.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.dialog(LabelSheetDialog)
    hands.press(Qt.Key.Key_Escape)
    page = hands.page(PickupsPage, "pickups")
    assert f"{pieces} af {pieces}" in shown(page)
    hands.click(page.deciding.close)
    hands.dialog(Question).accept()
    hands.settle()


def report_chairs(hands: Hands) -> None:
    """The town hall's twelve, worn."""
    page = hands.page(PickupsPage, "pickups")
    hands.click(page.new)
    dialog = hands.dialog(ReportDialog)
    line = dialog.lines[0]
    hands.write("SoFi", line.name.line)
    hands.suggested(line.name, CHAIR)
    hands.write("12")
    hands.click(line.condition.button(2))
    hands.click(dialog.verb)
    assert "12 stk." in shown(page)


def receive_chairs(hands: Hands) -> None:
    """Fetched: "12 af 12"."""
    hands.page(PickupsPage, "pickups")
    receive(hands, "C", 12)


def mend(hands: Hands) -> None:
    """One case for the twelve: 240 minutes and parts for 2,100 kr.; good as B afterwards."""
    page = hands.page(CasesPage, "cases")
    view = page.board.view("assess")
    assert view.cards.entries[0].title == f"12 × {CHAIR}"
    view.setFocus()
    hands.press(Qt.Key.Key_Return)
    dialog = hands.dialog(CaseDialog)
    hands.write("gas", dialog.tasks.add_field.line)
    hands.suggested(dialog.tasks.add_field, "Skift gaspatron")
    hands.retype(dialog.tasks.lines[0].minutes.line, "240")
    hands.press(Qt.Key.Key_Return)
    hands.retype(dialog.tasks.lines[0].parts.line, "2.100")
    hands.press(Qt.Key.Key_Return)
    dialog.tasks.lines[0].box.setFocus()
    hands.press(Qt.Key.Key_Space)
    assert "3.300 kr." in dialog.advice.text().replace("\u00a0", " ")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.click(dialog.finish.all.button(1))
    hands.choose(dialog.finish.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.press(Qt.Key.Key_Return, CTRL)


def put_on_sale(hands: Hands) -> None:
    """At the rule's price for condition B: 40 % of 3,350."""
    page = hands.page(StockPage, "stock")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("SoFi")
    hands.press(Qt.Key.Key_Return)
    page.table.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    assert page.count.text() == "12 valgt"
    hands.click(page.actions_of._buttons["sale"])
    hands.click(hands.dialog(ActionDialog).verb)
    rows = [page.model.peek(number) for number in range(12)]
    assert {row.price_ore for row in rows if row} == {1_340_00}


def order(hands: Hands) -> None:
    """All twelve, instead of new ones."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("12 sofi")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    assert "16.080 kr." in shown(page)
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def look_at_the_figures(hands: Hands) -> None:
    """As calculated above; the gifts stand in the stock and credit nothing."""
    page = hands.page(OverviewPage)
    cards = (page.worth, page.revenue, page.gain, page.lifetime, page.co2)
    assert [card.figure().replace("\u00a0", " ") for card in cards] == [
        "40.200 kr.",
        "16.080 kr.",
        "35.700 kr.",
        "19.620 kr.",
        "488 kg",
    ]
    stock = hands.page(StockPage, "stock")
    rows = [stock.model.peek(number) for number in range(stock.model.rowCount())]
    assert [row.article for row in rows if row and row.state == "received"] == ["Puf, rund"] * 5
