"""Twelve alike chairs ordered by a leader who has just logged in, each action counted."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.services import orders
from moebelcirkel.ui.pages.home.page import HomePage
from moebelcirkel.ui.window import entries
from tests.ui.pages.customer import Customer, OpenWindow
from tests.world import World

MOST_ACTIONS = 5


CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Actions:
    """What a person does: writes a text, presses a key, or clicks; one action each."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.done = 0

    def write(self, text: str) -> None:
        """Into the field that has the keyboard."""
        field = self.customer.window.focusWidget()
        assert field is self.customer.window.header.field
        QTest.keyClicks(field, text)
        self._did()
        self.customer.qtbot.waitUntil(self._is_found)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        QTest.keyClick(self.customer.window.focusWidget(), key, modifier)
        self._did()

    def click(self, button: QPushButton) -> None:
        self.customer.qtbot.waitUntil(button.isVisible)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self._did()

    def click_action(self) -> None:
        """The words on the card that is found."""
        grid = self.customer.page.grid
        card = grid.current_card()
        assert card is not None
        cell = QRectF(grid.visualRect(grid.model().index(0, 0)))
        middle = grid._delegate.action_box(cell, card).center().toPoint()
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        self._did()

    def _is_found(self) -> bool:
        """The twelve are shown, and long enough to be acted on, wherever the pointer was left."""
        grid = self.customer.page.grid
        card = grid.current_card()
        shown = card is not None and card.action_text == "Tag 12"
        return shown and grid.settled and grid._slid.over

    def _did(self) -> None:
        self.done += 1
        self.customer.settle()


def begun(customer: Customer) -> Actions:
    """As after the log-in, where the search has the keyboard (`test_first_keys`)."""
    customer.window.header.field.setFocus()
    return Actions(customer)


def ordered(town: World) -> list[tuple[int, int]]:
    rows = orders.listed(town.person("leader")).rows
    return [(row.pieces, row.total_ore) for row in rows]


def test_by_mouse_after_writing_what_is_wanted(customer: Customer, stocked: World) -> None:
    actions = begun(customer)
    actions.write("12 kontorstole")
    assert customer.titles() == ["Kontorstol HÅG SoFi 7200"]
    actions.click_action()
    actions.click(customer.page.basket.question.button(0))
    actions.click(customer.page.basket.send)
    assert ordered(stocked) == [(12, 1_020_000)]
    assert actions.done == 4 <= MOST_ACTIONS


def test_without_a_mouse(customer: Customer, stocked: World) -> None:
    actions = begun(customer)
    actions.write("12 kontorstole")
    actions.press(Qt.Key.Key_Down, PLAIN)
    actions.press(Qt.Key.Key_Return, PLAIN)
    customer.qtbot.waitUntil(customer.page.basket.question.isVisible)
    actions.press(Qt.Key.Key_1, ALT)
    customer.qtbot.waitUntil(lambda: customer.page.basket.question.value() is not None)
    actions.press(Qt.Key.Key_S, CTRL)
    assert ordered(stocked) == [(12, 1_020_000)]
    assert actions.done <= MOST_ACTIONS


def searched_from_start(stocked: World, open_window: OpenWindow, qtbot: QtBot) -> Actions:
    """From the page that leaders land on, where the first key goes into what is needed."""
    leader = stocked.person("leader")
    words = ("home", "shop", "orders")
    items = [item for item in entries.items_for(leader) if item.word in words]
    window = open_window("leader", items, size=(1280, 720))
    page = window.page
    assert isinstance(page, HomePage)
    qtbot.waitUntil(page.line.hasFocus)
    QTest.keyClicks(page.line, "12 kontorstole")
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    actions = Actions(Customer(window, qtbot))
    actions.done = 2
    actions.customer.settle()
    qtbot.waitUntil(actions._is_found)
    return actions


def test_from_start_by_keyboard(stocked: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    actions = searched_from_start(stocked, open_window, qtbot)
    actions.press(Qt.Key.Key_Return, PLAIN)
    qtbot.waitUntil(actions.customer.page.basket.question.isVisible)
    actions.press(Qt.Key.Key_1, ALT)
    qtbot.waitUntil(lambda: actions.customer.page.basket.question.value() is not None)
    actions.press(Qt.Key.Key_S, CTRL)
    assert ordered(stocked) == [(12, 1_020_000)]
    assert actions.done == MOST_ACTIONS


def test_from_start_by_mouse(stocked: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    actions = searched_from_start(stocked, open_window, qtbot)
    actions.click_action()
    basket = actions.customer.page.basket
    actions.click(basket.question.button(0))
    actions.click(basket.send)
    assert ordered(stocked) == [(12, 1_020_000)]
    assert actions.done == MOST_ACTIONS
