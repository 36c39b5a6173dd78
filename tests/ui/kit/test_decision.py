"""A press counts for what was there to be read when it was made, and only once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.decision import Decision

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A pile of which the first is shown; each yes takes it off, and the next slides up."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.pile = ["B-1", "B-2", "B-3"]
        self.approved: list[str] = []
        self.button = QPushButton("Godkend")
        self.button.clicked.connect(self.yes)
        self.decision = Decision(lambda: self.pile[0], self.button)
        qtbot.addWidget(self.button)
        self.button.show()

    def yes(self) -> None:
        self.approved.append(self.pile.pop(0))
        self.decision.shown()

    def read(self) -> None:
        """Somebody looks until what is shown may be answered."""
        self.qtbot.waitUntil(lambda: self.decision.settled)

    def look_for(self, beats: int) -> None:
        """Somebody looks for so many tenths of a second, in which the window answers."""
        pause = self.decision.pause
        self.qtbot.waitUntil(lambda: not pause.over)
        for _beat in range(beats):
            pause.timeout.emit()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_what_was_just_shown_accepts_nothing(desk: Desk) -> None:
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == []
    desk.read()
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == ["B-1"]


@pytest.mark.parametrize("tenths", [0, 3, 7])
def test_a_second_press_decides_nothing_until_the_next_has_stood_for_a_second(
    desk: Desk, tenths: int
) -> None:
    desk.read()
    QTest.mouseClick(desk.button, LEFT)
    desk.look_for(tenths)
    QTest.mousePress(desk.button, LEFT)
    assert not desk.button.isDown()
    QTest.mouseRelease(desk.button, LEFT)
    QTest.mouseDClick(desk.button, LEFT)
    assert desk.approved == ["B-1"]
    desk.read()
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == ["B-1", "B-2"]


def test_the_second_counts_from_when_it_is_shown_and_not_from_the_press(desk: Desk) -> None:
    desk.button.clicked.disconnect()
    desk.read()
    QTest.mouseClick(desk.button, LEFT)
    desk.read()  # saving was slow, and the clicks went on meanwhile
    desk.yes()
    QTest.mouseClick(desk.button, LEFT)
    desk.qtbot.waitUntil(lambda: not desk.decision.pause.over)
    assert not desk.decision.settled


def test_a_press_that_waited_while_the_window_was_busy_decides_nothing(desk: Desk) -> None:
    desk.read()
    desk.pile.pop(0)
    desk.decision.shown()
    desk.qtbot.waitUntil(lambda: not desk.decision.pause.over)
    # However long nothing was answered, it was one beat to whoever looked.
    desk.decision.pause.timeout.emit()
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == []


def test_what_nobody_told_of_is_not_decided_either(desk: Desk) -> None:
    desk.read()
    desk.pile.pop(0)
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == []
    desk.read()
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == ["B-2"]


def test_what_changes_under_the_pressed_button_is_not_decided(desk: Desk) -> None:
    desk.read()
    QTest.mousePress(desk.button, LEFT)
    desk.pile.pop(0)
    QTest.mouseRelease(desk.button, LEFT)
    assert desk.approved == []
    assert not desk.button.isDown()


def test_a_button_held_down_for_long_decides_what_it_was_pressed_for_or_nothing(desk: Desk) -> None:
    desk.read()
    QTest.mousePress(desk.button, LEFT)
    desk.pile.pop(0)
    desk.decision.shown()
    desk.read()  # the next one has been painted and could be read
    QTest.mouseRelease(desk.button, LEFT)
    assert desk.approved == []


def test_a_key_held_down_decides_what_it_was_pressed_for_or_nothing(desk: Desk) -> None:
    desk.read()
    QTest.keyPress(desk.button, Qt.Key.Key_Space)
    desk.pile.pop(0)
    QTest.keyRelease(desk.button, Qt.Key.Key_Space)
    assert desk.approved == []
    assert not desk.button.isDown()


def test_what_was_chosen_by_hand_needs_no_second(desk: Desk) -> None:
    desk.read()
    desk.pile.pop(0)
    assert not desk.decision.settled
    desk.decision.chosen()
    QTest.mouseClick(desk.button, LEFT)
    assert desk.approved == ["B-2"]


def test_a_key_of_the_list_waits_until_what_it_acts_on_was_painted_and_no_longer(
    desk: Desk,
) -> None:
    desk.read()
    desk.pile.pop(0)
    assert not desk.decision.takes_key()
    desk.qtbot.waitUntil(lambda: desk.decision.stands)
    assert desk.decision.takes_key()
    assert not desk.decision.settled


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_pressed_twice_decides_once(desk: Desk, key: Qt.Key) -> None:
    desk.button.setAutoDefault(True)
    desk.button.setFocus()
    desk.read()
    QTest.keyClick(desk.button, key)
    QTest.keyClick(desk.button, key)
    assert len(desk.approved) <= 1
