"""Gladsaxe's way of working in the real window: a repairer, own chairs, and a harvested part.

The shop shows ecolabels of type 1 alone; a school has four visitor chairs of its own covered anew
by a repairer at 268 kr. each; an arm rest of a chair that was taken apart is ordered.

The figures by hand, as METODE.md has them, with D = 1, and L = 1 as the cover gives new life:
  repaired instead of new   4 × (804 − 268 − 100)                                  = 1,744 kr.
  CO2e of each: E + 0.008 × 800 × 0.10163 − 9 (cover) − 0.008 × 30 × 0.78225, E = 25
  four of them                                                                       = 65.9 kg
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from moebelcirkel.services import check, parameters
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.errand_dialogs import BackDialog, InvoiceDialog, SendDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.repairs.dialogs import OfferDialog, ReceiveDialog, WishDialog
from moebelcirkel.ui.pages.repairs.page import RepairsPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.parts.piece_dialogs import DismantleDialog
from tests import trade, world
from tests.services import mending
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

PART = "Armlæn til HÅG SoFi"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_four_chairs_are_covered_elsewhere_and_an_arm_rest_ordered(
    town: world.World, hands: Hands
) -> None:
    mending.hansen(town)
    parameters.save(town.person("admin"), {"only_green": True})
    [old] = trade.put_on_sale(town, 1, state="received", listed_at=None, condition="D")
    hands.change_user("leader", SECRET)
    ask(hands)
    hands.change_user("lager", SECRET)
    offer(hands)
    hands.change_user("leader", SECRET)
    page = hands.page(RepairsPage, "repairs")
    hands.click(page.accept)
    hands.change_user("lager", SECRET)
    mend(hands)
    deliver(hands, 4)
    harvest(hands, old)
    hands.change_user("leader", SECRET)
    order_part(hands, town)
    hands.change_user("controller", SECRET)
    overview = hands.page(OverviewPage)
    found = [card.figure().replace("\u00a0", " ") for card in (overview.gain, overview.co2)]
    assert found == ["1.744 kr.", "66 kg"]
    lines = trade.rows(town.context, select(FigureLine))
    assert [round(sum(line.net_g or 0 for line in lines) / 1000, 1)] == [65.9]
    assert check.run(town.person("controller")).findings == ()


def ask(hands: Hands) -> None:
    """The school says what is wrong."""
    page = hands.page(RepairsPage, "repairs")
    hands.click(page.new)
    dialog = hands.dialog(WishDialog)
    hands.write("Gæstestol", dialog.line.name.line)
    hands.retype(dialog.line.pieces.line, "4")
    hands.choose(dialog.line.category.combo, "Gæste-/mødestol, polstret")
    hands.write("Betrækket er slidt.", dialog.note.edit)
    hands.click(dialog.answer.button(0))
    hands.click(dialog.verb)
    assert "venter på en pris" in shown(page)


def offer(hands: Hands) -> None:
    """What is agreed with the repairer is proposed: 268 kr. each."""
    page = hands.page(RepairsPage, "repairs")
    hands.click(page.offer)
    dialog = hands.dialog(OfferDialog)
    hands.choose(dialog.tasks[0][0].combo, mending.TASK)
    hands.choose(dialog.repairer.combo, mending.NAME)
    assert "1.072 kr. i alt" in dialog.price.text().replace("\u00a0", " ")
    hands.click(dialog.verb)


def mend(hands: Hands) -> None:
    """Received, sent, back again, invoiced as agreed, and as good as B."""
    page = hands.page(RepairsPage, "repairs")
    hands.click(page.receive)
    hands.click(hands.dialog(ReceiveDialog).verb)
    board = hands.page(CasesPage, "cases")
    board.board.view("assess").setFocus()
    hands.press(Qt.Key.Key_Return)
    case = hands.dialog(CaseDialog)
    hands.click(case.outside.button)
    out = hands.dialog(SendDialog)
    assert out.said.text().replace("\u00a0", " ") == "4 stk. à 268 kr.: 1.072 kr. · som aftalt"
    hands.click(out.verb)
    hands.click(case.outside.button)
    hands.click(hands.dialog(BackDialog).verb)
    hands.click(case.outside.button)
    paid = hands.dialog(InvoiceDialog)
    hands.write("4711", paid.number.line)
    hands.click(paid.verb)
    told = case.outside.words.text().replace("\u00a0", " ")
    assert told == "Polstrer Hansen: faktura 4711, 1.072 kr. · som aftalt"
    case.activateWindow()  # the dialogs over it are gone
    hands.settle()
    hands.click(case.ready)
    hands.click(case.finish.all.button(1))
    hands.choose(case.finish.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.press(Qt.Key.Key_Return, CTRL)


def harvest(hands: Hands, old: int) -> None:
    """A worn chair gives two arm rests at 75 kr."""
    hands.window.go("units", old)
    page = hands.page(UnitPage)
    page.actions_of.trigger("dismantle")
    dialog = hands.dialog(DismantleDialog)
    name, count, price = dialog.rows[0]
    hands.write(PART, name.line)
    hands.retype(count.line, "2")
    hands.retype(price.line, "75")
    hands.choose(dialog.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.click(dialog.verb)
    assert hands.dialog(LabelSheetDialog).windowTitle().startswith("2 mærkater")
    hands.press(Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert "Møblet er ude af ordningen" in shown(page)


def order_part(hands: Hands, town: world.World) -> None:
    """Of all furniture type 1 alone is shown, and beside it the two arm rests; one is taken."""
    page = hands.page(ShopPage, "shop")
    assert page.filters.type_1.isChecked()
    assert page.filters.found.text() == "2 reservedele · 1 slags"
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("armlæn")
    hands.press(Qt.Key.Key_Return)
    assert page.filters.type_1.isChecked()
    assert page.filters.found.text() == "2 reservedele · 1 slags"
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    assert "75 kr." in shown(page)
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)
    assert page.filters.found.text() == "1 reservedel · 1 slags"
    parts = trade.rows(town.context, select(Unit).where(Unit.price_ore == 75_00))
    assert sorted(part.state for part in parts) == ["listed", "ordered"]
