"""Reported furniture on sale where it stands, in the real window: the warehouse, then a leader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.services import pickups
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.pages.pickups.decide_dialogs import AskDialog, PlanDialog, RefusePickupDialog
from moebelcirkel.ui.pages.pickups.offer_dialogs import BringHomeDialog, OnSaleDialog
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.wants.dialog import WantDialog
from moebelcirkel.ui.pages.wants.page import WantsPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services.reported import TABLE, accepted, gift, line_of, reported
from tests.ui.pages.test_pickups_page import fill, item, shown, texts, words_of
from tests.ui.pages.warehouse import settle
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def chairs(world: World) -> ReportedLine:
    return ReportedLine(article_id=world.chair, category_key="", pieces=12, condition="B")


def undecided(at: Opener) -> PickupsPage:
    reported(at.town)
    page = at.page("lager", "pickups", PickupsPage)
    page.table.selectRow(0)
    settle(page)
    return page


def bringing(at: Opener) -> None:
    key = accepted(at.town)
    lager = at.town.person("lager")
    pickups.offer(lager, key, [line_of(lager, key)])
    page = at.page("lager", "pickups", PickupsPage)
    page.activate(key)
    settle(page)
    page.deciding.bring.click()


#: How each dialog of the page is opened.
PICKUP_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {
    ReportDialog: lambda at: at.page("leader", "pickups", PickupsPage).new.click(),
    PlanDialog: lambda at: undecided(at).deciding.plan.click(),
    AskDialog: lambda at: undecided(at).deciding.ask.click(),
    RefusePickupDialog: lambda at: undecided(at).deciding.refuse.click(),
    BringHomeDialog: bringing,
}


def test_the_warehouse_puts_a_report_on_sale_and_says_what_came_of_it(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager = town.person("lager")
    key = reported(town, lines=(chairs(town), TABLE))
    page = shown(open_window("lager", item(lager), size=(1280, 720)))
    qtbot.waitUntil(page.deciding.offer.isVisible)
    page.deciding.offer.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    dialog = page.asking
    assert isinstance(dialog, OnSaleDialog)
    assert left_english(words_of(dialog)) == []
    rows = [dialog.lines.list.item(row).text() for row in range(dialog.lines.list.count())]
    assert rows[0].replace("\u00a0", " ").startswith("12 × Kontorstol HÅG SoFi 7200, stand B: ")
    assert "4 × Skrivebord, stand C" in rows[1]
    assert "en møbeltype for sig" in rows[1]
    dialog.verb.click()
    page.states.button(1).click()
    page.activate(key)
    qtbot.waitUntil(lambda: "12 til salg hos afgiveren" in texts(page))
    assert "til salg, står hos afgiveren" in texts(page)
    assert not page.deciding.offer.isVisible()
    assert left_english(words_of(page)) == []

    # What has numbers comes by them; receiving stays for what nobody reported.
    assert page.deciding.receive_rest.isVisible()
    assert not page.deciding.receive.isVisible()
    page.deciding.bring.click()
    qtbot.waitUntil(lambda: isinstance(page.asking, BringHomeDialog))
    came = page.asking
    assert isinstance(came, BringHomeDialog)
    assert (came.pieces.value(), came.condition.value()) == (12, "B")
    assert left_english(words_of(came)) == []
    came.pieces.set_value(10)
    came.place.set_value(town.shelf)
    came.gone.set_value(True)
    came.verb.click()
    qtbot.waitUntil(lambda: "10 af 12" in texts(page))
    assert pickups.detail(lager, key).row.offered == 4
    (sheet,) = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, LabelSheetDialog)
    ]
    sheet.reject()


def test_a_leader_wants_what_stands_with_its_giver(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    gift(town)
    items = [
        each for each in entries.items_for(town.person("leader")) if each.word in ("shop", "wants")
    ]
    window = open_window("leader", items)
    window.go("shop")
    page = window.page
    assert isinstance(page, ShopPage)
    page.search("12 kontorstole")
    qtbot.waitUntil(page.coming.isVisible)
    assert "kr. pr. stk." in page.coming.note.text().replace("\u00a0", " ")
    # Searched for before the page knew for whom: the week is said when it does.
    page.coming.come_to(None)
    assert window.jobs.wait_idle()
    assert "tidligst i uge" not in page.coming.note.text()
    page.coming.come_to(town.school)
    qtbot.waitUntil(lambda: "hos jer tidligst i uge" in page.coming.note.text())
    page.coming.want.click()
    qtbot.waitUntil(lambda: isinstance(window.page, WantsPage))
    wants = window.page
    assert isinstance(wants, WantsPage)
    qtbot.waitUntil(lambda: isinstance(wants.asking, WantDialog))
    dialog = wants.asking
    assert isinstance(dialog, WantDialog)
    assert dialog.words.value() == "kontorstole"
    dialog.reject()


def test_the_warehouse_says_whether_a_firm_gives_goods_or_material(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = shown(open_window("lager", item(town.person("lager")), size=(1280, 720)))
    fill(page, qtbot, "Airbagstof", 5)
    dialog = page.asking
    assert isinstance(dialog, ReportDialog)
    dialog.lines[0].form.set_values({"category": "furniture_average"})
    assert dialog.form.field("gift").isHidden()
    dialog.giver.set_value(0)
    dialog.giver.changed.emit()
    assert not dialog.form.field("gift").isHidden()
    assert left_english(words_of(dialog)) == []
    dialog.form.set_values({"firm": "Airbag A/S", "value_ore": 50_000, "gift": "material"})
    dialog.verb.click()
    qtbot.waitUntil(lambda: "materiale" in texts(page))
    assert not page.deciding.offer.isVisible()
    assert left_english(words_of(page)) == []
