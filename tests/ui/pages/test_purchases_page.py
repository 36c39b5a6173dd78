"""Before buying new in the real window: pasted, seen, and led on to the shop or a want."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services.context import Context
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.purchases.page import PurchasesPage
from moebelcirkel.ui.pages.wants.dialog import WantDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def items(context: Context) -> list[RailItem]:
    found = {item.word: item for item in entries.items_for(context)}
    return [found[word] for word in ("purchases", "shop", "wants")]


def planned(town: World, open_window: OpenWindow, text: str) -> PurchasesPage:
    trade.put_on_sale(town, 5)
    page = open_window("leader", items(town.person("leader"))).page
    assert isinstance(page, PurchasesPage)
    page.field.edit.setPlainText(text)
    page.look.click()
    return page


def test_what_is_planned_no_more_is_shown_no_more(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = open_window("leader", items(town.person("leader"))).page
    assert isinstance(page, PurchasesPage)
    assert page.empty.isVisible()
    page.field.edit.setPlainText("12 kontorstole")
    page.look.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.table.isVisible()
    page.field.edit.setPlainText("")
    page.look.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.empty.isVisible()
    assert not page.to_shop.isEnabled()


def test_pasted_lines_show_what_is_there_and_lead_to_the_shop(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "12\tkontorstole\t3.350\n2 reoler")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert left_english(labels) == []
    assert any("5 af 14" in text for text in labels)
    page.to_shop.click()
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.page is not None
    assert window.page.word == "shop"
    assert window.header.field.text() == "kontorstole"


def test_what_is_not_there_is_wanted(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    page = planned(town, open_window, "7 reoler")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.want.click()
    window = page.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(WantDialog)))
    dialog = next(each for each in window.findChildren(WantDialog) if each.isVisible())
    assert (dialog.words.value(), dialog.pieces.value()) == ("reoler", 7)
    dialog.reject()


def test_too_many_lines_are_said_plainly(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = planned(town, open_window, "stol\n" * 10_000)
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(window.jobs.idle)
    assert page.model.rowCount() == 0
