"""A press on a card beside a list counts for what stood there, and only once."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from moebelcirkel.services import orders, purchases, receipts, runs
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.ui.kit.list_page import ListPage
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.purchases.page import PurchasesPage
from moebelcirkel.ui.pages.receipts.page import ReceiptsPage
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.pages.wants.page import WantsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.services import complaining, lending, repairing, reported, running, settling, shopping
from tests.services.wanting import want
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle, toasts
from tests.world import World

LEFT = Qt.MouseButton.LeftButton


def opened(town: World, open_window: OpenWindow, login: str, word: str) -> Any:
    """The page of this word and no other."""
    known = entries.items_for(town.person(login))
    page = open_window(login, [item for item in known if item.word == word]).page
    assert page is not None
    settle(page)
    return page


def written(town: World) -> int:
    """How many changes there are."""
    [count] = trade.rows(town.context, select(func.count(Change.id)))
    return int(count)


def double_click(page: Any, button: QPushButton) -> None:
    """The second click comes as soon as the next one stands there."""
    for _click in range(2):
        QTest.mouseClick(button, LEFT)
        settle(page)


# --- the list moves on by itself --------------------------------------------------------------


def test_the_next_want_is_not_ordered_along(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    shopping.limit(town, town.school, 10_000_000)
    for _each in range(2):
        want(leader, town.school, pieces=1)
    trade.put_on_sale(town, 2)
    page = opened(town, open_window, "leader", "wants")
    assert isinstance(page, WantsPage)
    assert page.model.rowCount() == 2
    qtbot.waitUntil(lambda: page.decision.settled)
    double_click(page, page.order)
    assert page.model.rowCount() == 1, "the other one stands there now"
    assert page.order.isVisible()
    assert len(orders.listed(leader).rows) == 1
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mouseClick(page.order, LEFT)
    settle(page)
    assert len(orders.listed(leader).rows) == 2


def test_the_next_delivery_is_not_confirmed_along(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    for _each in range(2):
        complaining.handed(town)
    leader = town.person("leader")
    page = opened(town, open_window, "leader", "receipts")
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(lambda: page.decision.settled)
    double_click(page, page.confirm)
    assert receipts.waiting_count(leader) == 1
    window = page.window()
    assert isinstance(window, MainWindow)
    assert len(toasts(window)) == 1


@templates.begun
def van(town: World, _clock: Clock) -> None:
    """Two places wait for a run, and two runs are planned."""
    vehicle = running.van(town)
    for day in range(1, 3):
        running.run(town, vehicle, day)
    running.waiting(town, 3)
    running.waiting(town, 2, town.home)


def test_only_what_was_chosen_is_put_on_a_run_and_it_is_named(
    van: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    page = opened(van, open_window, "lager", "runs")
    assert isinstance(page, RunsPage)
    first = page.waiting.rows.entries[0].title
    qtbot.waitUntil(lambda: page.guards.waiting.settled)
    double_click(page, page.on_button)
    assert len(page.waiting.rows.entries) == 1
    window = page.window()
    assert isinstance(window, MainWindow)
    run = runs.planned_week(van.person("lager"), page._day).runs[0]
    assert toasts(window) == [f"{first} er på køretur {run.number}."]
    spot = page.waiting.visualRect(page.waiting.rows.index(0, 0)).center()
    page.waiting.clearSelection()
    QTest.mouseClick(page.waiting.viewport(), LEFT, pos=spot)
    qtbot.waitUntil(lambda: page.guards.waiting.settled)
    QTest.mouseClick(page.on_button, LEFT)
    settle(page)
    assert page.waiting.rows.entries == []


def test_one_stop_is_taken_off_and_named(van: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    lager = van.person("lager")
    run = runs.planned_week(lager, lager.today()).runs[0]
    for place in (van.school, van.home):
        runs.add_delivery(lager, run.id, place)
    page = opened(van, open_window, "lager", "runs")
    assert isinstance(page, RunsPage)
    qtbot.waitUntil(lambda: page.guards.stop.settled)
    double_click(page, page.off_button)
    assert [each.title for each in page.stops.rows.entries] == ["1. Plejecenter Åbo"]
    window = page.window()
    assert isinstance(window, MainWindow)
    [said] = toasts(window)
    assert said.startswith("Søndervangskolen er taget af køreturen.")


def test_one_run_is_cancelled(van: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    page = opened(van, open_window, "lager", "runs")
    assert isinstance(page, RunsPage)
    assert len(page.runs.rows.entries) == 2
    qtbot.waitUntil(lambda: page.guards.run.settled)
    double_click(page, page.cancel_button)
    assert len(page.runs.rows.entries) == 1


# --- others move it ---------------------------------------------------------------------------


class Case(NamedTuple):
    """Who sees two of what, and by which button something becomes of the one that is chosen."""

    login: str
    word: str
    make: Callable[[World], object]
    button: Callable[[Any], QPushButton]


def two_batches(town: World) -> None:
    settling.ready(town)
    town.people["kasse"] = settling.second(town).actor
    for _each in range(2):
        settling.hand_over(town)
        settling.made(town)


CASES = [
    Case("leader", "wants", lambda town: want(town.person("leader"), town.school), lambda p: p.end),
    Case("leader", "receipts", complaining.handed, lambda page: page.confirm),
    Case("lager", "complaints", complaining.complained, lambda page: page.refuse),
    Case("lager", "pickups", reported.reported, lambda page: page.deciding.accept),
    Case("leader", "pickups", reported.reported, lambda page: page.withdraw),
    Case("leader", "repairs", repairing.offered, lambda page: page.accept),
    Case("leader", "loans", partial(lending.lent, count=1), lambda page: page.fetch),
    Case("leader", "orders", partial(lending.sent, count=1), lambda page: page.cancel),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.login}-{case.word}")
def test_what_comes_under_the_held_button_is_not_acted_on(
    town: World, open_window: OpenWindow, qtbot: QtBot, case: Case
) -> None:
    for _each in range(2):
        case.make(town)
    page = opened(town, open_window, case.login, case.word)
    assert isinstance(page, ListPage)
    assert page.table.model().rowCount() >= 2
    button = case.button(page)
    before = written(town)
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mousePress(button, LEFT)
    page.table.selectRow(1)  # as others do, who have dealt with the first
    settle(page)
    QTest.mouseRelease(button, LEFT)
    QTest.mouseClick(button, LEFT)
    settle(page)
    assert_nothing_done(town, page, before)
    # Chosen by hand it has been seen.
    spot = page.table.visualRect(page.table.model().index(0, 0)).center()
    QTest.mouseClick(page.table.viewport(), LEFT, pos=spot)
    settle(page)
    assert page.decision.settled
    QTest.mouseClick(button, LEFT)
    settle(page)
    asked = page.asking is not None or bool(questions(page))
    assert asked or written(town) == before + 1


def test_another_batch_under_the_held_button_is_not_withdrawn(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    two_batches(town)
    page = opened(town, open_window, "controller", "settlement")
    page.table.selectRow(0)
    settle(page)
    before = written(town)
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mousePress(page.card.withdraw, LEFT)
    page.table.selectRow(1)
    settle(page)
    QTest.mouseRelease(page.card.withdraw, LEFT)
    QTest.mouseClick(page.card.withdraw, LEFT)
    settle(page)
    assert_nothing_done(town, page, before)


def test_another_line_of_a_plan_is_not_answered(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    plan = purchases.keep(leader, town.school, "7 kontorstole\n2 reoler").id
    page = opened(town, open_window, "leader", "purchases")
    assert isinstance(page, PurchasesPage)
    page.activate(plan)
    settle(page)
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mousePress(page.answer, LEFT)
    page.table.selectRow(1)
    QTest.mouseRelease(page.answer, LEFT)
    QTest.mouseClick(page.answer, LEFT)
    assert page.asking is None


def questions(page: Any) -> list[Question]:
    return [each for each in page.window().findChildren(Question) if each.isVisible()]


def assert_nothing_done(town: World, page: Any, before: int) -> None:
    assert written(town) == before
    assert page.asking is None
    assert questions(page) == []
    assert QApplication.activeModalWidget() is None
