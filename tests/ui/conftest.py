"""The running program for tests of the window: started on a database, ended in order."""

import datetime as dt
import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.settings import Settings
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.window.program import Program
from tests import templates
from tests.ui.program_hands import Open

_OWNED = {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
NOW = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where nobody looks on, a window that was kept waiting by the machine gets a second try.

    The summary names each that needed it (``R``); on a person's own machine there is none.
    """
    if "CI" in os.environ:
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Elsewhere Python looks for garbage by itself."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        gc.enable()


@pytest.fixture(autouse=True)
def _garbage_is_collected_on_this_thread() -> None:
    """As in the program: on another one the Qt objects in it would lock what this one waits for."""
    gc.disable()
    gc.collect(1)  # here what the test before made is in nobody's hands any more


@pytest.fixture(autouse=True)
def _no_windows_left() -> Iterator[None]:
    """A window that is only hidden would be styled again with every one that comes after it."""
    yield
    for window in QApplication.topLevelWidgets():
        # Lists that pop up and what has a parent go with what they belong to, which would else
        # take them down a second time.
        if window.parent() is None and window.windowType() not in _OWNED:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _one_look() -> None:
    """What the whole program holds of a test's look and pictures is not the next one's."""
    QPixmapCache.clear()
    if theme.watch().sheet:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, "light")


@pytest.fixture(scope="session")
def example() -> Path:
    """A small example municipality, made once; it is copied or read only."""
    return templates.in_file("example-120")


@pytest.fixture
def program(qapp: QApplication, example: Path, tmp_path: Path) -> Iterator[Program]:
    """The program on a copy of the example, its clock standing still."""
    file = Path(shutil.copy(example, tmp_path / "eksempel.sqlite"))
    program = Program(qapp, Settings(tmp_path / "settings.json"), str(file), clock=lambda: NOW)
    yield program
    program.end()


@pytest.fixture
def open_program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Starts the program on a database; afterwards it is ended in order."""
    opened: list[Program] = []

    def start(target: str | None = None) -> Program:
        program = Program(qapp, Settings(tmp_path / "settings.json"), target)
        opened.append(program)
        program.start()
        return program

    yield start
    for program in opened:
        program.end()
    assert not [t for t in threading.enumerate() if t.name.split("_")[0] in {"writer", "reader"}]


@pytest.fixture
def house(copied: Callable[[str], str]) -> str:
    """A database with one administrator, once on each engine."""
    return copied("house")
