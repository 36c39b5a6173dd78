"""A press counts for what was shown when it was made, and only once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.decision import Decision

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A pile of which the first is shown; each yes takes it off, and the next slides up."""

    def __init__(self) -> None:
        self.pile = ["B-1", "B-2", "B-3"]
        self.approved: list[str] = []
        self.seconds = 100.0
        self.button = QPushButton("Godkend")
        self.button.clicked.connect(lambda: self.approved.append(self.pile.pop(0)))
        self.decision = Decision(lambda: self.pile[0], self.button, clock=lambda: self.seconds)

    def after(self, milliseconds: int) -> None:
        self.seconds += milliseconds / 1000


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made.button)
    made.button.show()
    return made


@pytest.mark.parametrize("milliseconds", [80, 300, 450])
def test_the_second_press_of_a_double_click_decides_nothing(desk: Desk, milliseconds: int) -> None:
    QTest.mouseClick(desk.button, LEFT)
    desk.after(milliseconds)
    QTest.mousePress(desk.button, LEFT)
    assert not desk.button.isDown()
    QTest.mouseRelease(desk.button, LEFT)
    QTest.mouseDClick(desk.button, LEFT)
    assert desk.approved == ["B-1"]


def test_who_has_had_time_to_look_decides_the_next(desk: Desk) -> None:
    for _each in range(3):
        QTest.mouseClick(desk.button, LEFT)
        desk.after(900)
        if len(desk.pile) == 1:
            break
    assert desk.approved == ["B-1", "B-2"]


def test_what_changes_under_the_pressed_button_is_not_decided(desk: Desk) -> None:
    QTest.mousePress(desk.button, LEFT)
    desk.pile.pop(0)
    QTest.mouseRelease(desk.button, LEFT)
    assert desk.approved == []
    assert not desk.button.isDown()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_pressed_twice_decides_once(desk: Desk, key: Qt.Key) -> None:
    desk.button.setAutoDefault(True)
    desk.button.setFocus()
    QTest.keyClick(desk.button, key)
    QTest.keyClick(desk.button, key)
    assert len(desk.approved) <= 1
