"""Much is built a piece at a time, in order, and at once when it is needed."""

import functools
import itertools

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.turns import Turns


def test_one_thing_a_turn_with_others_between(qtbot: QtBot) -> None:
    owner, order = QObject(), []
    beat = QTimer(owner)
    beat.timeout.connect(lambda: order.append("beat"))
    beat.start(0)
    Turns(owner, [lambda n=n: order.append(n) for n in ("one", "two", "three")])  # type: ignore[misc]
    assert order == []
    qtbot.waitUntil(lambda: "three" in order)
    beat.stop()
    assert [each for each in order if each != "beat"] == ["one", "two", "three"]
    assert "beat" in order[order.index("one") : order.index("three")]


def test_what_became_due_during_one_thing_comes_before_the_next(qtbot: QtBot) -> None:
    owner, order = QObject(), []
    beat = QTimer(owner, interval=2, timerType=Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: order.append("beat"))
    beat.start()

    def work() -> None:
        order.append("work")
        due = QDeadlineTimer(3 * beat.interval(), Qt.TimerType.PreciseTimer)
        while not due.hasExpired():
            pass

    Turns(owner, [work] * 6)
    qtbot.waitUntil(lambda: order.count("work") == 6)
    beat.stop()
    assert not [pair for pair in itertools.pairwise(order) if pair == ("work", "work")]


def test_what_is_left_is_done_at_once_and_never_twice(qtbot: QtBot) -> None:
    owner, order = QObject(), []
    turns = Turns(owner, [lambda: order.append(1), lambda: order.append(2)])
    turns.finish()
    assert order == [1, 2]
    turns.finish()
    later: list[str] = []
    QTimer.singleShot(0, owner, lambda: later.append("turn"))
    qtbot.waitUntil(lambda: bool(later))
    assert order == [1, 2]


def test_an_owner_that_only_its_acts_still_hold_goes_with_them(qtbot: QtBot) -> None:
    owner, gone = QObject(), list[str]()
    owner.destroyed.connect(lambda: gone.append("owner"))
    Turns(owner, [functools.partial(owner.setObjectName, "left")])
    del owner
    assert not gone
    qtbot.waitUntil(lambda: bool(gone))
