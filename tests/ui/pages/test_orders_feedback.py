"""A delivered order in the real window: one tap, a line, and what is regretted."""

from PySide6.QtTest import QTest

from moebelcirkel.domain.orders import Rating
from moebelcirkel.services import deliveries, orders, pickups
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates
from tests.clock import Clock
from tests.services import ordering
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.customer import items
from tests.ui.pages.settings_hands import question
from tests.world import World


@templates.begun
def delivered(town: World, _clock: Clock) -> int:
    order = ordering.send(town.person("leader"), town, 2)
    lager, lines = town.person("lager"), [line.id for line in ordering.lines_of(town, order)]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    return order


def _page(window: MainWindow) -> OrdersPage:
    window.go("orders")
    assert window.jobs.wait_idle()
    page = window.page
    assert isinstance(page, OrdersPage)
    page.states.set_value("delivered")
    page.reload()
    assert window.jobs.wait_idle()
    page.table.selectRow(0)
    assert window.jobs.wait_idle()
    return page


def test_one_tap_and_a_line_are_kept(open_window: OpenWindow, town: World, delivered: int) -> None:
    leader = town.person("leader")
    window = open_window("leader", items(leader))
    page = _page(window)
    assert page.feedback.isVisible()
    assert not page.feedback.text.isVisible()
    page.feedback.rating.button(1).click()
    assert window.jobs.wait_idle()
    assert orders.detail(leader, delivered).row.rating is Rating.FAIR
    QTest.keyClicks(page.feedback.text.line, "Kom for sent")
    page.feedback.text.line.editingFinished.emit()
    assert window.jobs.wait_idle()
    assert orders.detail(leader, delivered).feedback == "Kom for sent"


def test_what_is_regretted_is_reported_after_one_question(
    open_window: OpenWindow, town: World, delivered: int
) -> None:
    leader = town.person("leader")
    window = open_window("leader", items(leader))
    page = _page(window)
    assert page.feedback.back.isVisible()
    page.feedback.back.click()
    assert question(window).windowTitle().startswith("Fortryd B-000001?")
    question(window).verb.click()
    assert window.jobs.wait_idle()
    assert not page.feedback.back.isVisible()
    (row,) = pickups.listed(town.person("lager")).rows
    assert (row.pieces, orders.detail(leader, delivered).back_until) == (2, None)


def test_the_exchange_has_a_list_of_what_was_said(
    open_window: OpenWindow, town: World, delivered: int
) -> None:
    orders.give_feedback(town.person("leader"), delivered, Rating.BAD, "Ridset")
    lager = town.person("lager")
    window = open_window("lager", items(lager))
    page = _page(window)
    page.states.set_value("rated")
    page.reload()
    assert window.jobs.wait_idle()
    assert page.model.rowCount() == 1
    page.table.selectRow(0)
    assert window.jobs.wait_idle()
    assert not page.feedback.isVisible()
    assert page.card.detail is not None
    assert page.card.detail.feedback == "Ridset"
