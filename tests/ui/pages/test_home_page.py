"""Start in the real window: both ways in, and each line opens what it names."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import pickups
from moebelcirkel.services.context import Context
from moebelcirkel.services.home import MOST
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.links import Link, LinkRow
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.home.page import HomePage
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import ordering, repairing
from tests.services.reported import report
from tests.services.wanting import want
from tests.world import World

OpenWindow = Callable[..., MainWindow]
WORDS = ("home", "shop", "orders", "wants", "approvals", "pickups", "repairs", "overview")


def items(context: Context) -> list[RailItem]:
    return [item for item in entries.items_for(context) if item.word in WORDS]


def texts(page: HomePage) -> list[str]:
    labels = (label for label in page.findChildren(QLabel) if label.isVisible())
    return [label.text().replace("\u00a0", " ") for label in labels]


@templates.begun
def busy(town: World, _clock: Clock) -> None:
    """An order, a find and a report of the school."""
    leader = town.person("leader")
    trade.put_on_sale(town, 5)
    ordering.send(leader, town, 2)
    want(leader, town.school, pieces=2)
    pickups.report(leader, report(town))


def opened(window: MainWindow) -> HomePage:
    page = window.page
    assert isinstance(page, HomePage)
    assert window.jobs.wait_idle()
    return page


def test_what_is_needed_is_searched_for_in_the_shop(
    busy: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("leader", items(busy.person("leader")))
    page = opened(window)
    page.line.setFocus()
    QTest.keyClicks(page.line, "kontorstol")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    shop = window.page
    assert isinstance(shop, ShopPage)
    qtbot.waitUntil(lambda: shop.model.rowCount() == 1)
    assert window.header.field.text() == "kontorstol"


def test_what_should_go_is_reported_from_here(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("leader", items(town.person("leader")))
    opened(window).report.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(ReportDialog)))
    next(each for each in window.findChildren(ReportDialog) if each.isVisible()).reject()


@pytest.mark.parametrize("name", ["orders", "wants", "gifts"])
def test_each_line_opens_what_it_names(
    busy: World, open_window: OpenWindow, qtbot: QtBot, name: str
) -> None:
    window = open_window("leader", items(busy.person("leader")))
    page = opened(window)
    (line,) = getattr(page, name).links.rows
    line.click()
    word = "pickups" if name == "gifts" else name
    assert window.page is not None
    assert window.page.word == word
    qtbot.waitUntil(lambda: getattr(window.page, "chosen", None) == 1)


def test_nothing_is_said_to_be_missing_before_it_is_read(
    busy: World, open_window: OpenWindow
) -> None:
    page = HomePage(opened(open_window("leader", items(busy.person("leader")))).shell)
    page.show()
    assert page.orders.links.empty.text() == ""
    page.reload()
    assert page.shell.jobs.wait_idle()
    assert not page.orders.links.empty.isVisibleTo(page)
    page.deleteLater()


def test_a_long_word_does_not_widen_the_page(qapp: QApplication) -> None:
    line = LinkRow(Link("Xylofonæøå" * 16, "", lambda: None, Chip("venter på Godkender +2")))
    assert line.minimumSizeHint().width() < 400


def test_an_approver_sees_what_waits_and_no_way_to_order(
    town: World, open_window: OpenWindow
) -> None:
    trade.put_on_sale(town, 12)
    ordering.send(town.person("leader"), town, 12)
    window = open_window("approver", items(town.person("approver")))
    page = opened(window)
    assert not page.need.isVisible()
    assert not page.own.isVisible()
    assert page.give.width() == page.gifts.width() > page.waiting.width()
    (line,) = page.waiting.links.rows
    line.click()
    assert window.page is not None
    assert window.page.word == "approvals"


def test_a_price_to_agree_to_opens_its_repair(town: World, open_window: OpenWindow) -> None:
    repairing.offered(town)
    window = open_window("leader", items(town.person("leader")))
    page = opened(window)
    (line,) = page.waiting.links.rows
    assert line.accessibleName().endswith("Sig ja til prisen")
    line.click()
    assert window.page is not None
    assert window.page.word == "repairs"


def test_what_is_not_named_is_behind_a_line(town: World, open_window: OpenWindow) -> None:
    trade.put_on_sale(town, 6)
    for _each in range(6):
        ordering.send(town.person("leader"), town, 1)
    window = open_window("leader", items(town.person("leader")))
    page = opened(window)
    assert [row.link.title for row in page.orders.links.rows][MOST:] == ["Se 2 mere"]
    page.orders.links.rows[-1].click()
    assert window.page is not None
    assert window.page.word == "orders"


def test_nothing_on_it_is_english(busy: World, open_window: OpenWindow) -> None:
    page = opened(open_window("leader", items(busy.person("leader")), size=(1280, 720)))
    assert left_english(texts(page)) == []
    assert "Jeg mangler" in texts(page)
    assert "Jeg vil af med" in texts(page)
