"""Loans in the real window: ordered in the basket, seen overdue, given another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import loans, orders, parameters, pickups, shop
from moebelcirkel.services.context import Context
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog
from moebelcirkel.ui.pages.loans.end_dialog import EndDialog
from moebelcirkel.ui.pages.loans.page import LoansPage, MoveDialog
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import lending
from tests.ui.pages.customer import Customer, texts
from tests.ui.pages.warehouse import settle
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def items(context: Context, *words: str) -> list[RailItem]:
    found = {item.word: item for item in entries.items_for(context)}
    return [found[word] for word in words]


def moved_loan(at: Opener) -> None:
    """The dialog that gives a loan another day."""
    lending.lent(at.town, 1)
    at.page("lager", "loans", LoansPage).later.click()


#: How the dialogs of a loan that take text are opened.
LOAN_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {MoveDialog: moved_loan}


def test_a_leader_orders_chairs_as_a_loan(customer: Customer, stocked: World) -> None:
    parameters.save(stocked.person("admin"), {"loan_rate_ore": 500})
    customer.search("3 stabelstol")
    customer.take()
    customer.answer()
    customer.window.resize(1280, 600)
    customer.settle()
    loan = customer.page.basket.loan
    assert loan.until.isHidden()
    loan.box.box.click()
    customer.settle()
    # Nobody has to scroll to the day that is asked.
    assert loan.until.visibleRegion().boundingRect() == loan.until.rect()
    assert "60 dage à 5 kr. pr. møbel" in loan.cost.text().replace("\u00a0", " ")
    assert customer.page.basket.saved.isHidden()
    today = stocked.context.today()
    loan.until.line.setFocus()
    loan.until.line.setText((today + dt.timedelta(days=400)).strftime("%d.%m.%Y"))
    loan.until.line.editingFinished.emit()
    assert "højst 366 dage" in loan.until.error.text()
    for days, late in ((1, True), (10, False)):
        loan.until.line.setText((today + dt.timedelta(days=days)).strftime("%d.%m.%Y"))
        loan.until.line.editingFinished.emit()
        customer.settle()
        # A loan that is over before the furniture comes is of no use.
        assert ("Ring til lageret" in loan.cost.text()) is late
    assert customer.page.basket.total.text().replace("\u00a0", " ") == "150 kr."
    customer.page.basket.send.click()
    customer.settle()
    leader = stocked.person("leader")
    [row] = orders.listed(leader).rows
    assert row.total_ore == 15_000
    assert orders.detail(leader, row.id).loan_until == today + dt.timedelta(days=10)


def test_a_loan_is_taken_back_by_a_click(customer: Customer, stocked: World) -> None:
    customer.search("3 stabelstol")
    customer.take()
    for expected in (True, False):
        customer.page.basket.loan.box.box.click()
        customer.settle()
        view = shop.basket(stocked.person("leader"), stocked.school)
        assert (view.loan is not None) is expected
        assert customer.page.basket.loan.until.isVisible() is expected
        assert customer.page.basket.saved.isVisible() is not expected


def test_the_warehouse_sees_what_is_overdue_and_gives_it_another_day(
    town: World, open_window: OpenWindow, qtbot: QtBot, clock: Clock
) -> None:
    lager = town.person("lager")
    lending.lent(town, 2, days=10)
    lending.lent(town, 1, days=60)
    clock.advance(days=13)
    window = open_window("lager", items(lager, "loans", "orders"))
    page = window.page
    assert isinstance(page, LoansPage)
    qtbot.waitUntil(page.later.isVisible)
    assert "3 dage over" in texts(window)
    assert left_english(texts(window).splitlines()) == []
    page.states.set_value("late")
    page.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.later.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(MoveDialog)))
    dialog = next(each for each in window.findChildren(MoveDialog) if each.isVisible())
    dialog.until.line.setText("1.1.2020")
    dialog.verb.click()
    qtbot.waitUntil(lambda: "en senere dag end i dag" in dialog.until.error.text())
    dialog.until.set_value(lager.today() + dt.timedelta(days=30))
    dialog.verb.click()
    qtbot.waitUntil(lambda: loans.overdue_count(lager) == 0)
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    qtbot.waitUntil(lambda: not page.card.isVisible())
    assert "Intet lån er over tiden" in texts(window)


def test_what_is_out_of_a_loan_stands_in_the_return_that_it_opens(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager = town.person("lager")
    units = lending.lent(town, 3, days=10)
    numbers = [trade.number(town.context, unit) for unit in units]
    lending.lent(town, 1, days=60)
    window = open_window("lager", items(lager, "loans", "deliveries"))
    page = window.page
    assert isinstance(page, LoansPage)
    qtbot.waitUntil(page.back.isVisible)
    page.back.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(TakeBackDialog)))
    dialog = next(each for each in window.findChildren(TakeBackDialog) if each.isVisible())
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert sorted(piece.number for piece in dialog.model.rows) == sorted(numbers)
    dialog.table.select_key(numbers[0])
    dialog.take_off()
    settle(page)  # the places have come
    dialog.place.set_value(town.shelf)
    dialog.verb.click()
    qtbot.waitUntil(lambda: sum(loan.pieces for loan in loans.listed(lager)) == 2)
    assert [loan.pieces for loan in loans.listed(lager)] == [1, 1]


@pytest.mark.parametrize("how", ["keep", "lose"])
def test_what_does_not_come_back_is_kept_or_lost(
    town: World, open_window: OpenWindow, qtbot: QtBot, clock: Clock, how: str
) -> None:
    lager = town.person("lager")
    units = lending.lent(town, 3, days=10)
    clock.advance(days=13)
    window = open_window("lager", items(lager, "loans", "orders"))
    page = window.page
    assert isinstance(page, LoansPage)
    qtbot.waitUntil(page.never.isVisible)
    page.never.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(EndDialog)))
    dialog = next(each for each in window.findChildren(EndDialog) if each.isVisible())
    dialog.verb.click()
    assert "Vælg" in dialog.how.error.text()
    dialog.items.rows[0].box.click()
    dialog.how.button(0 if how == "keep" else 1).click()
    said = dialog.text.text().replace("\u00a0", " ")
    assert ("2.680 kr." in said) is (how == "keep")
    assert left_english([said, *(each.text() for each in dialog.findChildren(QLabel))]) == []
    dialog.verb.click()
    qtbot.waitUntil(lambda: loans.listed(lager)[0].pieces == 1)
    states = sorted(trade.state(lager, unit) for unit in units)
    assert states == sorted(["lent", *["delivered" if how == "keep" else "missing"] * 2])


def test_a_leader_sees_their_own_loans_and_its_order(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    lending.lent(town, 1, days=10)
    window = open_window("leader", items(leader, "loans", "orders"))
    page = window.page
    assert isinstance(page, LoansPage)
    qtbot.waitUntil(page.order.isVisible)
    assert not page.later.isVisible()
    assert not page.back.isVisible()
    page.order.click()
    qtbot.waitUntil(lambda: isinstance(window.page, OrdersPage))
    qtbot.waitUntil(lambda: "Lånt til" in texts(window))


def test_a_loan_is_reported_to_be_fetched_once(town: World, open_window: OpenWindow) -> None:
    lending.lent(town, 2)
    leader = town.person("leader")
    window = open_window("leader", items(leader, "loans"))
    page = window.page
    assert isinstance(page, LoansPage)
    settle(page)
    assert page.fetch.isVisible()
    page.fetch.click()
    settle(page)
    assert not page.fetch.isVisible()
    (report,) = pickups.listed(leader).rows
    assert report.pieces == 2
    assert left_english(texts(window).splitlines()) == []
