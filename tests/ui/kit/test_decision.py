"""A press counts for what was there to be read when it was made, and only once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.decision import Decision

LEFT = Qt.MouseButton.LeftButton


class Deciding:
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
def deciding(qtbot: QtBot) -> Deciding:
    return Deciding(qtbot)


def test_what_was_just_shown_accepts_nothing(deciding: Deciding) -> None:
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == []
    deciding.read()
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == ["B-1"]


@pytest.mark.parametrize("tenths", [0, 3, 7])
def test_a_second_press_decides_nothing_until_the_next_has_stood_for_a_second(
    deciding: Deciding, tenths: int
) -> None:
    deciding.read()
    QTest.mouseClick(deciding.button, LEFT)
    deciding.look_for(tenths)
    QTest.mousePress(deciding.button, LEFT)
    assert not deciding.button.isDown()
    QTest.mouseRelease(deciding.button, LEFT)
    QTest.mouseDClick(deciding.button, LEFT)
    assert deciding.approved == ["B-1"]
    deciding.read()
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == ["B-1", "B-2"]


def test_the_second_counts_from_when_it_is_shown_and_not_from_the_press(deciding: Deciding) -> None:
    deciding.button.clicked.disconnect()
    deciding.read()
    QTest.mouseClick(deciding.button, LEFT)
    deciding.read()  # saving was slow, and the clicks went on meanwhile
    deciding.yes()
    QTest.mouseClick(deciding.button, LEFT)
    deciding.qtbot.waitUntil(lambda: not deciding.decision.pause.over)
    assert not deciding.decision.settled


def test_a_press_that_waited_while_the_window_was_busy_decides_nothing(deciding: Deciding) -> None:
    deciding.read()
    deciding.pile.pop(0)
    deciding.decision.shown()
    deciding.qtbot.waitUntil(lambda: not deciding.decision.pause.over)
    # However long nothing was answered, it was one beat to whoever looked.
    deciding.decision.pause.timeout.emit()
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == []


def test_what_nobody_told_of_is_not_decided_either(deciding: Deciding) -> None:
    deciding.read()
    deciding.pile.pop(0)
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == []
    deciding.read()
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == ["B-2"]


def test_what_changes_under_the_pressed_button_is_not_decided(deciding: Deciding) -> None:
    deciding.read()
    QTest.mousePress(deciding.button, LEFT)
    deciding.pile.pop(0)
    QTest.mouseRelease(deciding.button, LEFT)
    assert deciding.approved == []
    assert not deciding.button.isDown()


def test_a_button_held_down_for_long_decides_what_it_was_pressed_for_or_nothing(
    deciding: Deciding,
) -> None:
    deciding.read()
    QTest.mousePress(deciding.button, LEFT)
    deciding.pile.pop(0)
    deciding.decision.shown()
    deciding.read()  # the next one has been painted and could be read
    QTest.mouseRelease(deciding.button, LEFT)
    assert deciding.approved == []


def test_a_key_held_down_decides_what_it_was_pressed_for_or_nothing(deciding: Deciding) -> None:
    deciding.read()
    QTest.keyPress(deciding.button, Qt.Key.Key_Space)
    deciding.pile.pop(0)
    QTest.keyRelease(deciding.button, Qt.Key.Key_Space)
    assert deciding.approved == []
    assert not deciding.button.isDown()


def test_what_was_chosen_by_hand_needs_no_second(deciding: Deciding) -> None:
    deciding.read()
    deciding.pile.pop(0)
    assert not deciding.decision.settled
    deciding.decision.chosen()
    QTest.mouseClick(deciding.button, LEFT)
    assert deciding.approved == ["B-2"]


def test_a_key_of_the_list_waits_until_what_it_acts_on_was_painted_and_no_longer(
    deciding: Deciding,
) -> None:
    deciding.read()
    deciding.pile.pop(0)
    assert not deciding.decision.takes_key()
    deciding.qtbot.waitUntil(lambda: deciding.decision.stands)
    assert deciding.decision.takes_key()
    assert not deciding.decision.settled


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_pressed_twice_decides_once(deciding: Deciding, key: Qt.Key) -> None:
    deciding.button.setAutoDefault(True)
    deciding.button.setFocus()
    deciding.read()
    QTest.keyClick(deciding.button, key)
    QTest.keyClick(deciding.button, key)
    assert len(deciding.approved) <= 1
