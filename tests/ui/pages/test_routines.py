"""Af sig selv in the window: what the program did without a person, and one of them done now."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.routines import RoutinesSection
from moebelcirkel.ui.window.copying import Copying
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS)


def shown(window: MainWindow) -> RoutinesSection:
    assert isinstance(window.page, SettingsPage)
    window.page.show_part("routines")
    settle(window.page)
    section = window.page.section()
    assert isinstance(section, RoutinesSection)
    return section


def test_the_open_window_does_what_is_due_and_the_page_tells_of_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    section = shown(window)
    qtbot.waitUntil(lambda: bool(section.model.rows))
    assert {state.last for state in section.model.rows} == {None}
    Copying(window).look()
    qtbot.waitUntil(lambda: bool(section.log.rows), timeout=30_000)
    texts = [section.log.index(0, column).data() for column in range(section.log.columnCount())]
    assert texts[1] == "Efterladte filer"
    assert texts[2].startswith("åbent vindue ")
    assert texts[4] == "Efterladte filer og gamle linjer fjernet: 0"


def test_one_is_done_now_when_it_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    section = shown(window)
    qtbot.waitUntil(lambda: bool(section.model.rows))
    assert not section.now_button.isEnabled()
    names = [state.name for state in section.model.rows]
    section.table.selectRow(names.index("sweep"))
    QTest.mouseClick(section.now_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [run.routine for run in section.log.rows] == ["sweep"])
    assert not section.log.rows[0].failed
