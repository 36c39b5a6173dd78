"""An order is changed before it is approved, and deputies are chosen, in the real window."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.services import approvals, shop
from moebelcirkel.storage.work import load_grants
from moebelcirkel.ui.pages.approvals.adjust_dialog import AdjustDialog
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.parts.deputies_dialog import DeputiesDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.test_orders_page import OpenWindow, item, send, settle
from tests.world import World


@templates.begun
def waits(town: World, _clock: Clock) -> int:
    """An order above the limit."""
    return send(town.person("employee"), town, 8)


@pytest.fixture
def approver(town: World, waits: int, open_window: OpenWindow) -> MainWindow:
    return open_window("approver", item(town.person("approver"), "approvals"))


def test_fewer_are_kept_before_it_is_approved(
    approver: MainWindow, town: World, waits: int, qtbot: QtBot
) -> None:
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    settle(approver, qtbot)
    page.change.click()
    (dialog,) = approver.findChildren(AdjustDialog)
    assert [field.value() for field in dialog.counts] == [8]
    dialog.verb.click()
    settle(approver, qtbot)
    assert dialog.isVisible()
    dialog.counts[0].set_value(5)
    dialog.verb.click()
    settle(approver, qtbot)
    assert dialog.words.error.isVisible()
    dialog.words.set_value("I har selv")
    dialog.verb.click()
    settle(approver, qtbot)
    assert page.card.detail is not None
    assert (page.card.detail.row.id, page.card.detail.row.pieces) == (waits, 5)
    assert page.card.detail.history[-1].kind == "order.adjust"


def test_an_approver_chooses_a_deputy_and_ends_it(
    approver: MainWindow, town: World, qtbot: QtBot
) -> None:
    settle(approver, qtbot)
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    (button,) = page.header_buttons()
    button.click()
    settle(approver, qtbot)
    (dialog,) = approver.findChildren(DeputiesDialog)
    bench = town.people["bench"].user_id
    dialog.person.set_value(bench)
    dialog.first.set_value(town.context.today())
    dialog.verb.click()
    settle(approver, qtbot)
    assert dialog.last.error.isVisible()
    dialog.last.set_value(town.context.today())
    dialog.verb.click()
    settle(approver, qtbot)
    (row,) = approvals.of(town.person("approver")).rows
    assert row.deputy_id == bench
    button.click()
    settle(approver, qtbot)
    again = next(each for each in approver.findChildren(DeputiesDialog) if each.isVisible())
    next(each for each in again.findChildren(QPushButton) if each.text() == "Afslut").click()
    settle(approver, qtbot)
    assert approvals.of(town.person("approver")).rows == ()


def test_who_only_stands_in_is_not_offered_deputies(
    town: World, waits: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    bench = town.people["bench"]
    approvals.choose(town.person("approver"), bench.user_id or 0)
    with town.context.read() as session:
        grants = load_grants(session, bench.user_id or 0, town.context.today())
    town.people["bench"] = replace(bench, grants=grants)
    window = open_window("bench", item(town.person("bench"), "approvals"))
    settle(window, qtbot)
    page = window.page
    assert isinstance(page, ApprovalsPage)
    assert page.card.detail is not None
    assert page.header_buttons() == []


def test_what_was_ordered_is_ordered_again_by_one_click(
    town: World, waits: int, open_window: OpenWindow, qtbot: QtBot
) -> None:
    employee = town.person("employee")
    window = open_window("employee", item(employee, "orders"))
    settle(window, qtbot)
    page = window.page
    assert isinstance(page, OrdersPage)
    trade.put_on_sale(town, 3)
    page.again.click()
    settle(window, qtbot)
    pieces = shop.basket(employee, town.school).pieces
    assert pieces >= 3
