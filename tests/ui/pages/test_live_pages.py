"""What others change shows on each page that is open, on both engines, and never under one's hand.

The other one is at a workstation of their own: another session of another connection.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.services import cases, orders, pickups, settlement
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement import SettlementScope
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.live import Live
from tests import trade
from tests.services import ordering, reported, settling
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

#: Within two seconds what one has done is to be seen by the others.
SOON = 2_000
Elsewhere = Callable[[World, Callable[[str], Context]], str]


@pytest.fixture
def town(context: Context) -> World:
    """The small municipality, once on each engine."""
    from tests import world

    return world.build(context)


def _ordered(town: World, at: Callable[[str], Context]) -> str:
    key = ordering.send(at("employee"), town)
    return str(trade.row(town.context, Order, key).number)


def _in_the_workshop(town: World, at: Callable[[str], Context]) -> str:
    (unit,) = trade.put_on_sale(town, 1, state="received", listed_at=None)
    return str(cases.send(at("lager"), [unit]).case_id)


def _reported(town: World, at: Callable[[str], Context]) -> str:
    key = pickups.report(at("leader"), reported.report(town)).pickup_id
    return str(trade.row(town.context, Pickup, key).number)


def _refused(town: World, at: Callable[[str], Context]) -> str:
    (key,) = trade.rows(town.context, select(Order.id))
    orders.refuse(at("leader"), key, "Ikke i år")
    return f"{trade.row(town.context, Order, key).number} er afvist"


def _settled(town: World, at: Callable[[str], Context]) -> str:
    today = town.context.today()
    return settlement.make(at("kasse"), SettlementScope(today.replace(day=1), today)).number


def _nothing(_town: World) -> None:
    """All is there already."""


def _an_order(town: World) -> None:
    ordering.send(town.person("employee"), town)


def _delivered(town: World) -> None:
    settling.ready(town)
    town.people["kasse"] = settling.second(town).actor
    settling.hand_over(town)


#: By page whose window it is, what is there before, and what somebody else does.
PAGES: dict[str, tuple[str, Callable[[World], None], Elsewhere]] = {
    "orders": ("leader", _nothing, _ordered),
    "approvals": ("leader", _nothing, _ordered),
    "cases": ("bench", _nothing, _in_the_workshop),
    "pickups": ("lager", _nothing, _reported),
    "messages": ("employee", _an_order, _refused),
    "settlement": ("controller", _delivered, _settled),
}


def _shows(page: Page, words: str) -> bool:
    """Whether a case stands on the board, or the words in a row of the list."""
    if isinstance(page, CasesPage):
        return page.board.column_of(int(words)) is not None
    cells = (
        str(model.index(row, column).data())
        for model in (table.model() for table in page.findChildren(QTableView))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )
    return any(words in cell for cell in cells)


@pytest.mark.parametrize("word", PAGES)
def test_it_shows_within_two_seconds_but_not_while_the_mouse_is_down(
    open_window: OpenWindow, town: World, qtbot: QtBot, word: str
) -> None:
    login, before, act = PAGES[word]
    before(town)
    own = town.person(login)
    window = open_window(login, [each for each in entries.items_for(own) if each.word == word])
    live = Live(window)
    page = window.page
    assert page is not None
    settle(page)
    qtbot.waitUntil(lambda: live._seen is not None)

    where, spot = window.windowHandle(), QPoint(window.width() - 8, window.height() - 8)
    QTest.mousePress(where, Qt.MouseButton.LeftButton, pos=spot)
    said = act(town, lambda name: replace(town.person(name), session="another workstation"))
    qtbot.waitUntil(lambda: bool(live._kinds), timeout=SOON)
    settle(page)
    assert not _shows(page, said)
    QTest.mouseRelease(where, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: _shows(page, said), timeout=SOON)
