"""Orders and approvals in the real window: lists, one order, cancelling, deciding, undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.domain.orders import OrderState, Why
from moebelcirkel.services import deliveries, orders, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.approvals.refuse_dialog import RefuseOrderDialog
from moebelcirkel.ui.pages.orders.cancel_dialog import CancelDialog
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import shopping
from tests.ui.pages.customer import texts
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def item(context: Context, word: str) -> list[RailItem]:
    return [each for each in entries.items_for(context) if each.word == word]


def send(who: Context, world: World, count: int, note: str = "") -> int:
    trade.put_on_sale(world, count)
    shop.hold(who, world.school, shopping.key(world), count)
    return int(shopping.send(who, world.school, note).order_id)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    assert window.jobs.wait_idle()
    qtbot.wait(10)


def numbers(page: OrdersPage | ApprovalsPage) -> list[str]:
    model = page.table.columns_model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@templates.begun
def sent(town: World, _clock: Clock) -> list[int]:
    """Three orders: half delivered, waiting above the limit, cancelled."""
    leader, lager = town.person("leader"), town.person("lager")
    first = send(leader, town, 4, "Til aulaen")
    lines = [line.id for line in trade.rows(town.context, select(OrderLine))][:2]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    second = send(town.person("employee"), town, 8)
    third = send(leader, town, 1)
    orders.cancel(leader, third)
    return [first, second, third]


@pytest.fixture
def window(town: World, sent: list[int], open_window: OpenWindow) -> MainWindow:
    return open_window("leader", item(town.person("leader"), "orders"))


def page_of(window: MainWindow) -> OrdersPage:
    assert isinstance(window.page, OrdersPage)
    return window.page


def test_the_list_shows_what_is_under_way_and_the_rest_on_demand(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    assert numbers(page) == ["B-000002", "B-000001"]
    state = len(page.table.columns_model().columns) - 1
    shown = [str(page.model.index(row, state).data()) for row in range(2)]
    assert shown == ["venter på Approver", "2 af 4 leveret"]
    page.states.button(2).click()
    settle(window, qtbot)
    assert numbers(page) == ["B-000003"]
    page.states.button(3).click()
    settle(window, qtbot)
    assert numbers(page) == ["B-000003", "B-000002", "B-000001"]
    page.search("B-000001")
    settle(window, qtbot)
    assert numbers(page) == ["B-000001"]
    page.search("findes ikke")
    settle(window, qtbot)
    assert "Der er ikke fundet noget på ”findes ikke”" in texts(window)
    assert "Vælg Alle for at se de andre." not in texts(window)
    assert page.card.past.isHidden()  # no heading stands over nothing
    page.search("B-000001")
    page.states.button(2).click()
    settle(window, qtbot)
    assert "Vælg Alle for at se de andre." in texts(window)


def test_an_order_shows_its_pieces_note_delivery_and_history(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    settle(window, qtbot)
    page.table.selectRow(1)
    settle(window, qtbot)
    shown = texts(window)
    for expected in (
        "B-000001",
        "Søndervangskolen · sendt",
        "Besked: Til aulaen",
        "følgeseddel F-",
        "leveret",
        "ikke plukket",
        "4300 Inventar",
        "inden for grænsen på 10.000 kr.",
    ):
        assert expected in shown
    model = page.card.history.model()
    titles = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert titles[-1] == "Sendt"
    assert titles[0] == "Udleveret · 2 stk."
    assert page.card.past.isVisible()


def asked(window: MainWindow) -> CancelDialog:
    return next(each for each in window.findChildren(CancelDialog) if each.isVisible())


def test_single_lines_are_ticked_and_cancelled_and_undone(
    window: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = page_of(window)
    settle(window, qtbot)
    page.table.selectRow(1)
    settle(window, qtbot)
    box = next(row.box for row in page.card.items.rows if row.item.tick)
    box.click()
    assert page.cancel.text() == "Annullér 2 møbler …"
    page.cancel.click()
    question = asked(window)
    question.verb.click()
    assert question.why.error.isVisible()
    question.why.set_value("elsewhere")
    question.verb.click()
    settle(window, qtbot)
    leader = town.person("leader")
    assert orders.detail(leader, sent[0]).row.state is OrderState.DELIVERED
    whys = [group.ended_why for group in orders.detail(leader, sent[0]).groups]
    assert Why.FOUND_ELSEWHERE in whys
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(window, qtbot)
    assert orders.detail(leader, sent[0]).row.state is OrderState.APPROVED


def test_a_whole_order_is_cancelled_after_a_question(
    window: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = page_of(window)
    settle(window, qtbot)
    assert page.card.detail is not None
    assert page.card.detail.row.id == sent[1]
    page.cancel.click()
    asked(window).cancel.click()
    settle(window, qtbot)
    assert orders.detail(town.person("leader"), sent[1]).row.state is OrderState.AWAITING
    page.cancel.click()
    question = asked(window)
    question.why.set_value("mistake")
    question.verb.click()
    settle(window, qtbot)
    assert orders.detail(town.person("leader"), sent[1]).row.state is OrderState.CANCELLED


def test_another_page_points_to_an_order(window: MainWindow, sent: list[int], qtbot: QtBot) -> None:
    window.go("orders", sent[2])
    settle(window, qtbot)
    page = page_of(window)
    assert page.card.detail is not None
    assert page.card.detail.row.number == "B-000003"
    assert not page.cancel.isVisible()


@pytest.fixture
def approver(town: World, sent: list[int], open_window: OpenWindow) -> MainWindow:
    return open_window("approver", item(town.person("approver"), "approvals"))


def test_who_approves_sees_who_asks_for_how_much_above_which_limit(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    settle(approver, qtbot)
    assert numbers(page) == ["B-000002"]
    shown = texts(approver)
    assert "af Employee" in shown
    assert "over grænsen på 10.000 kr." in shown
    page.approve.click()
    settle(approver, qtbot)
    assert orders.detail(town.person("leader"), sent[1]).row.state is OrderState.APPROVED
    assert "Intet venter på dig" in texts(approver)
    QTest.keyClick(approver, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(approver, qtbot)
    assert numbers(page) == ["B-000002"]


def test_refusing_asks_for_a_reason_that_may_not_hold_a_cpr_number(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    settle(approver, qtbot)
    page.refuse.click()
    dialog = page.asking
    assert isinstance(dialog, RefuseOrderDialog)
    dialog.verb.click()
    assert dialog.words.error.isVisible()
    dialog.words.set_value("til 010190-1234")
    dialog.verb.click()
    settle(approver, qtbot)
    assert "CPR" in dialog.words.error.text()
    dialog.words.set_value("Vi har stole nok")
    dialog.verb.click()
    settle(approver, qtbot)
    detail = orders.detail(town.person("employee"), sent[1])
    assert (detail.row.state, detail.reason) == (OrderState.REFUSED, "Vi har stole nok")
    assert page.asking is None


def test_a_decision_on_what_changed_meanwhile_is_refused_and_shown_anew(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    settle(approver, qtbot)
    orders.cancel(town.person("employee"), sent[1])
    page.approve.click()
    settle(approver, qtbot)
    assert "Employee" in approver.messages.notice.text()
    assert numbers(page) == []


def test_a_double_click_approves_what_was_shown_and_not_what_slides_under_the_pointer(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    later = send(town.person("employee"), town, 13)
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    page.reload()
    settle(approver, qtbot)
    assert len(numbers(page)) == 2
    assert page.card.detail is not None
    first = page.card.detail.row
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
    settle(approver, qtbot)
    second = page.card.detail.row
    assert {first.id, second.id} == {sent[1], later}
    QTest.mouseDClick(page.approve, Qt.MouseButton.LeftButton)
    settle(approver, qtbot)
    leader = town.person("leader")
    assert orders.detail(leader, first.id).row.state is OrderState.APPROVED
    assert orders.detail(leader, second.id).row.state is OrderState.AWAITING
    qtbot.waitUntil(lambda: page.decision.settled)
    QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
    settle(approver, qtbot)
    assert orders.detail(leader, second.id).row.state is OrderState.APPROVED
    said = [toast.accessibleName() for toast in approver.findChildren(Toast)]
    assert [first.number in said[0], second.number in said[1]] == [True, True]


def test_after_the_last_approval_return_does_not_take_it_back(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    with qtbot.waitActive(approver):
        approver.activateWindow()
    settle(approver, qtbot)
    qtbot.waitUntil(lambda: page.decision.settled)
    page.approve.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
    settle(approver, qtbot)
    assert numbers(page) == []
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not any(toast.isAncestorOf(focus) for toast in approver.findChildren(Toast))
    QTest.keyClick(focus, Qt.Key.Key_Return)
    settle(approver, qtbot)
    leader = town.person("leader")
    assert orders.detail(leader, sent[1]).row.state is OrderState.APPROVED


def test_clicking_on_while_saving_is_slow_approves_nothing_unseen(
    approver: MainWindow, town: World, sent: list[int], qtbot: QtBot
) -> None:
    others = [send(town.person("employee"), town, 13), send(town.person("employee"), town, 14)]
    page = approver.page
    assert isinstance(page, ApprovalsPage)
    page.reload()
    settle(approver, qtbot)
    assert page.card.detail is not None
    first = page.card.detail.row.id
    qtbot.waitUntil(lambda: page.decision.settled)
    with town.context.database.write():  # somebody else keeps the file
        for _click in range(16):
            QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
            qtbot.wait(100)
    for _click in range(6):
        QTest.mouseClick(page.approve, Qt.MouseButton.LeftButton)
        qtbot.wait(100)
    settle(approver, qtbot)
    leader = town.person("leader")
    states = [orders.detail(leader, each).row.state for each in (sent[1], *others)]
    assert states.count(OrderState.APPROVED) == 1
    assert orders.detail(leader, first).row.state is OrderState.APPROVED


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize(("who", "word"), [("lager", "orders"), ("leader", "approvals")])
def test_they_fit_the_window_and_are_danish(
    town: World,
    sent: list[int],
    open_window: OpenWindow,
    qtbot: QtBot,
    who: str,
    word: str,
    size: tuple[int, int],
) -> None:
    send(town.person("employee"), town, 1)
    window = open_window(who, item(town.person(who), word), size=size)
    settle(window, qtbot)
    page = window.page
    assert isinstance(page, OrdersPage | ApprovalsPage)
    assert not page.table.horizontalScrollBar().isVisible()
    corner = page.card.mapTo(window, page.card.rect().bottomRight())
    assert corner.x() < size[0]
    assert corner.y() < size[1]
    labels = [label.text() for label in page.findChildren(QLabel)]
    buttons = [button.text() for button in page.findChildren(QPushButton)]
    assert left_english([*labels, *buttons]) == []


def test_an_order_that_is_led_to_has_the_keyboard_in_its_list(
    town: World, sent: list[int], open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    window = open_window("leader", [*item(leader, "approvals"), *item(leader, "orders")])
    settle(window, qtbot)
    window.go("orders", sent[1], led=True)
    settle(window, qtbot)
    assert isinstance(window.page, OrdersPage)
    assert window.focusWidget() is window.page.table
