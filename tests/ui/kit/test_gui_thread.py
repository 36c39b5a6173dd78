"""No Qt object is destroyed on a thread that reads, and a thread may read the code of pages."""

import gc
import importlib
import pkgutil
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

import moebelcirkel.ui
from moebelcirkel.ui.kit.gui_thread import CLASSES, Collector, let_signals_go


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


_PAINTING = """
import threading
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from moebelcirkel.ui.kit.gui_thread import make_room

make_room(30_000)
app = QApplication([])
app.setStyleSheet("QLabel { background: white } QWidget#a { background: red }")
kinds = [type(f"Kind{number}", (QLabel,), {}) for number in range(60)]
window = QWidget()
column = QVBoxLayout(window)
for number in range(300):
    column.addWidget(kinds[number % 60](str(number)))
window.resize(300, 6000)
window.show()
again = QTimer(interval=0)
again.timeout.connect(window.update)
again.start()
kept = []

def define():
    for number in range(8_000):
        kept.append(type(f"Page{number}", (QObject,), {}))
        sum(range(300))  # as code that is read: the window paints between
    QTimer.singleShot(0, app, app.quit)

thread = threading.Thread(target=define)
QTimer.singleShot(200, thread.start)
app.exec()
print(len(kept))
"""


def test_pages_are_read_by_a_thread_while_the_window_is_painted() -> None:
    """What a page defines must not move what painting reads; without room this crashed."""
    done = subprocess.run(
        [sys.executable, "-c", _PAINTING], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "8000")


def test_there_is_room_for_all_classes_of_the_program() -> None:
    for found in pkgutil.walk_packages(moebelcirkel.ui.__path__, "moebelcirkel.ui."):
        importlib.import_module(found.name)
    assert len(_below(QObject.__mro__[-2], set())) < CLASSES


def _below(kind: Any, known: set[Any]) -> set[Any]:
    for each in type.__subclasses__(kind):
        if each.__module__.startswith(("moebelcirkel", "PySide6")) and each not in known:
            known.add(each)
            _below(each, known)
    return known


def held_signals(item: QObject) -> list[str]:
    """The signals for which PySide keeps an object beside this one."""
    return [name for name, value in vars(item).items() if isinstance(value, SignalInstance)]


def test_signals_nobody_asked_for_are_let_go(collector: Collector, qtbot: QtBot) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    assert len(held_signals(box)) > 5
    qtbot.waitUntil(lambda: not held_signals(box), timeout=10_000)


def test_what_is_connected_to_a_signal_let_go_still_hears_it_and_can_be_disconnected(
    qtbot: QtBot,
) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    heard: list[bool] = []
    box.toggled.connect(heard.append)
    let_signals_go([box])
    box.setChecked(True)
    box.toggled.emit(False)
    assert heard == [True, False]
    let_signals_go([box])
    box.toggled.disconnect(heard.append)
    box.setChecked(False)
    assert heard == [True, False]


def test_another_objects_signal_under_a_name_of_ones_own_stays(qtbot: QtBot) -> None:
    outer, box = QObject(), QCheckBox()
    qtbot.addWidget(box)
    outer.ticked = box.toggled  # type: ignore[attr-defined]
    heard: list[bool] = []
    let_signals_go([outer, box])
    outer.ticked.connect(heard.append)  # type: ignore[attr-defined]
    box.setChecked(True)
    assert heard == [True]
