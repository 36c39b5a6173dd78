"""No Qt object is destroyed on a thread that only reads, where the window would wait for it."""

import gc
import sys
import threading
import weakref
from collections.abc import Iterator
from types import ModuleType

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.garbage import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()


def lost_object(died_on: list[threading.Thread]) -> None:
    """An object that only itself knows, as a closed dialog with its buttons' actions."""
    lost = QObject()
    lost.itself = lost  # type: ignore[attr-defined]
    weakref.finalize(lost, lambda: died_on.append(threading.current_thread()))


def read(rows: list[list[int]]) -> None:
    """Make more objects than Python lets pass without collecting."""
    rows.extend([number] for number in range(20 * gc.get_threshold()[0]))


def test_what_is_lost_dies_on_the_thread_of_the_window(collector: Collector, qtbot: QtBot) -> None:
    died_on: list[threading.Thread] = []
    gc.collect()
    lost_object(died_on)
    rows: list[list[int]] = []
    reader = threading.Thread(target=read, args=[rows])
    reader.start()
    reader.join()
    assert died_on == []
    qtbot.waitUntil(lambda: bool(died_on), timeout=10_000)
    assert died_on == [threading.main_thread()]


def test_code_that_was_read_is_put_aside_and_not_looked_through(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[int]] = []
    read(rows)
    before = gc.get_freeze_count()
    monkeypatch.setitem(sys.modules, "code_that_was_read", ModuleType("code_that_was_read"))
    collector.look()
    put_aside = gc.get_freeze_count() - before
    gc.unfreeze()
    assert put_aside >= len(rows)


def test_python_collects_again_when_it_is_stopped(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
