"""Messages in the real window: how many are new, read by looking, and the way to what they tell."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import messages, orders
from moebelcirkel.ui.pages.messages.page import MessagesPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import ordering
from tests.services.tampering import loosely
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(open_window: OpenWindow, town: World, login: str, *words: str) -> MainWindow:
    found = {item.word: item for item in entries.items_for(town.person(login))}
    return open_window(login, [found[word] for word in words])


def test_whoever_ordered_reads_the_answer_and_opens_the_order(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    employee, leader = town.person("employee"), town.person("leader")
    order_id = ordering.send(employee, town)
    orders.refuse(leader, order_id, "<b>Vent</b> & se")
    window = opened(open_window, town, "employee", "orders", "messages")
    qtbot.waitUntil(lambda: window.rail.buttons["messages"].count() == 1)
    window.go("messages")
    page = window.page
    assert isinstance(page, MessagesPage)
    qtbot.waitUntil(lambda: "<b>Vent</b> & se" in page.card.body_text.text())
    qtbot.waitUntil(lambda: window.rail.buttons["messages"].count() == 0)
    qtbot.waitUntil(lambda: {row.read_at is None for row in page.model.rows} == {False})
    labels = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert left_english([*labels, page.open_button.text(), page.all_button.text()]) == []
    page.open_button.click()
    assert window.page is not page
    qtbot.waitUntil(lambda: window.page is not None and window.page.chosen == order_id)  # type: ignore[attr-defined]


def test_whoever_approves_is_led_to_what_waits_and_marks_all_as_read(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    employee = town.person("employee")
    ordering.send(employee, town)
    ordering.send(employee, town)
    window = opened(open_window, town, "approver", "approvals", "messages")
    window.go("messages")
    page = window.page
    assert isinstance(page, MessagesPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2 and page.open_button.isVisible())
    page.all_button.click()
    qtbot.waitUntil(lambda: messages.unread_count(town.person("approver")) == 0)
    page.open_button.click()
    assert window.page is not None
    assert window.page.word == "approvals"


def test_without_messages_the_page_says_what_will_stand_there(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = opened(open_window, town, "bench", "messages")
    page = window.page
    assert isinstance(page, MessagesPage)
    qtbot.waitUntil(page.empty.isVisible)
    assert page.card.isHidden()


def test_a_message_of_no_cause_that_is_known_is_shown_with_its_word(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    orders.refuse(town.person("leader"), ordering.send(town.person("employee"), town), "Nej")
    loosely(town, "UPDATE message SET cause = 'late_costs'")
    window = opened(open_window, town, "employee", "orders", "messages")
    window.go("messages")
    page = window.page
    assert isinstance(page, MessagesPage)
    qtbot.waitUntil(lambda: "Nej" in page.card.body_text.text())
    assert any("late_costs · " in each.text() for each in page.findChildren(QLabel))
