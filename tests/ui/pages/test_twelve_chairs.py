"""Twelve alike chairs ordered by a leader who has just logged in, each action counted."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from moebelcirkel.services import orders
from tests.ui.pages.customer import Customer
from tests.world import World

MOST_ACTIONS = 5


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
    actions.press(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    actions.press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    customer.qtbot.waitUntil(customer.page.basket.question.isVisible)
    actions.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    customer.qtbot.waitUntil(lambda: customer.page.basket.question.value() is not None)
    actions.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ordered(stocked) == [(12, 1_020_000)]
    assert actions.done <= MOST_ACTIONS
