"""What others change shows in an open window by itself, and nothing moves under one's hands."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import stock
from moebelcirkel.services.changes import OthersChanges
from moebelcirkel.services.context import Context
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window.live import Live
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import ITEMS, settle
from tests.world import World

#: Within two seconds what one has done is to be seen by the others.
SOON = 2_000


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    return trade.put_on_sale(town, 60, state="received", listed_at=None, price_ore=10_000)


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    window = open_window("lager", ITEMS)
    Live(window)
    assert window.page is not None
    settle(window.page)
    return window


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    assert isinstance(window.page, StockPage)
    return window.page


@pytest.fixture
def other(town: World) -> Context:
    """Somebody at another workstation."""
    return replace(town.person("lager"), session="another workstation")


def prices(page: StockPage) -> set[int | None]:
    rows = [page.model.row_at(number) for number in range(page.model.rowCount())]
    return {row.price_ore for row in rows if row}


def test_a_change_made_elsewhere_shows_and_what_was_chosen_stays_chosen(
    page: StockPage, other: Context, units: list[int], qtbot: QtBot
) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for number in (30, 32):
        index = page.model.index(number, 0)
        page.table.selectionModel().select(index, flags.Select | flags.Rows)
    page.table.scrollTo(page.model.index(40, 0))
    chosen = [row.id for row in page.table.selected_rows()]
    at = page.table.verticalScrollBar().value()
    assert at > 0
    stock.set_price(other, units[:1], 12_345)
    qtbot.waitUntil(lambda: 12_345 in prices(page), timeout=SOON)
    settle(page)
    assert [row.id for row in page.table.selected_rows()] == chosen
    assert page.table.verticalScrollBar().value() == at


def test_what_is_searched_for_is_read_from_the_top(page: StockPage, town: World) -> None:
    page.table.scrollTo(page.model.index(40, 0))
    assert page.table.verticalScrollBar().value() > 0
    page.search("stol")
    settle(page)
    assert page.model.rowCount() > 40
    assert page.table.verticalScrollBar().value() == 0


def test_nothing_moves_while_the_mouse_button_is_down(
    window: MainWindow, page: StockPage, other: Context, units: list[int], qtbot: QtBot
) -> None:
    where = window.windowHandle()
    spot = page.table.viewport().mapTo(window, QPoint(200, 40))
    QTest.mousePress(where, Qt.MouseButton.LeftButton, pos=spot)
    stock.set_price(other, units[:1], 12_345)
    (live,) = window.findChildren(Live)
    qtbot.waitUntil(lambda: "unit" in live._kinds, timeout=SOON)
    assert 12_345 not in prices(page)
    QTest.mouseRelease(where, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: 12_345 in prices(page), timeout=SOON)


def test_what_one_did_oneself_is_not_read_twice(
    window: MainWindow, town: World, units: list[int], qtbot: QtBot
) -> None:
    (live,) = window.findChildren(Live)
    before = live._seen
    assert before is not None
    told: list[frozenset[str]] = []
    window.told.connect(told.append)
    stock.set_price(window.context, units[:1], 12_345)
    qtbot.waitUntil(lambda: live._seen != before, timeout=SOON)
    assert told == []


def test_an_older_copy_laid_back_is_read_anew(
    window: MainWindow, page: StockPage, other: Context, units: list[int], qtbot: QtBot
) -> None:
    (live,) = window.findChildren(Live)
    live.timer.stop()
    stock.set_price(other, units[:1], 12_345)
    assert 12_345 not in prices(page)
    live._heard(OthersChanges(1, frozenset()))
    live.timer.start()
    qtbot.waitUntil(lambda: 12_345 in prices(page), timeout=SOON)


def test_what_could_not_be_asked_is_asked_again_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[str | None] = []
    banner = window.messages.banner

    def ask(context: Context) -> None:
        asked.append(context.request_id)
        if len(asked) < 3:
            raise Unavailable("The database cannot be reached.")

    answered: list[None] = []
    banner._timer.setInterval(20)
    window.jobs.write(ask, answered.append)
    qtbot.waitUntil(banner.isVisible)
    qtbot.waitUntil(lambda: answered == [None])
    qtbot.waitUntil(banner.isHidden)
    assert len(set(asked)) == 1
