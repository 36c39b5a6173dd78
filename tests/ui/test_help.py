"""Hjælp: F1 tells of the page one is on, with the keys that the window really has."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.help import HelpDialog
from moebelcirkel.ui.window.help_texts import TOPICS
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.new_password import NewPassword
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import Open, add_warehouse_person, log_in, login_page, windowed


def f1(widget: QWidget, qtbot: QtBot) -> HelpDialog:
    """Press F1 where the keyboard is; the help that opens."""
    qtbot.waitUntil(widget.window().isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_F1)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, HelpDialog)]
    found = [each for each in shown if each.isVisible()]
    assert len(found) == 1
    return found[0]


def at_work(program: Program, qtbot: QtBot) -> MainWindow:
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    return program.window


def test_every_page_has_a_topic_and_every_topic_a_page() -> None:
    pages = {entry.item.word for entry in entries._ENTRIES} | {"getting_started"}
    assert {topic.word for topic in TOPICS} == pages | {"program", "scanner", "login", "begin"}


@pytest.mark.usefixtures("qapp")
def test_f1_tells_of_the_page_one_is_on_and_esc_closes_it(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    window = at_work(open_program(house), qtbot)
    for word, heading in (("settings", "Registre"), ("changes", "Hvem ændrede hvad")):
        window.go(word)
        opened = f1(window, qtbot)
        assert heading in opened.texts()
        QTest.keyClick(opened.search, Qt.Key.Key_Escape)
        assert not opened.isVisible()
        assert window.isVisible()
        assert window.help_word() == word


def test_a_page_is_called_in_the_help_as_in_the_rail(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    add_warehouse_person(house)
    program = open_program(house)
    log_in(program, qtbot, "bo")
    windowed(program, qtbot)
    assert program.window is not None
    program.window.go("shop")
    opened = f1(program.window, qtbot)
    assert opened.texts()[0] == "Butik"
    listed = [opened.list.item(row).text() for row in range(opened.list.count())]
    assert "Butik" in listed
    assert "Find møbler" not in listed


def test_the_help_is_searched_in_whole_words_and_parts(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    window = at_work(open_program(house), qtbot)
    opened = f1(window, qtbot)
    QTest.keyClicks(opened.search, "faktorsæt udgiv")
    titles = [opened.list.item(row).text() for row in range(opened.list.count())]
    assert titles == ["Indstillinger"]
    assert "Tal og faktorer" in opened.texts()
    opened.search.setText("genvejstaster")
    assert opened.list.count() > 0
    assert "Genvejstaster" in opened.texts()
    opened.search.setText("xyz")
    assert opened.texts() == ["Intet i hjælpen har alle de ord."]


def test_the_keys_listed_are_those_the_window_has(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    window = at_work(open_program(house), qtbot)
    for word in list(window.rail.buttons):
        window.go(word)
    unnamed = [
        each.key().toString() for each in window.findChildren(QShortcut) if not each.objectName()
    ]
    assert unnamed == []
    window.go("settings")
    opened = f1(window, qtbot)
    assert {"Ny", "Ctrl+N"} <= set(opened.texts())
    opened.search.setText("programmet fortryd")
    texts = opened.texts()
    assert texts[texts.index("Fortryd min seneste ændring") + 1] == "Ctrl+Z"
    assert texts[texts.index("Søg") + 1] == "Ctrl+F · Ctrl+B"
    assert "Udskriv" not in texts  # nothing is printed from here


def test_the_menu_opens_the_help_too(open_program: Open, qtbot: QtBot, house: str) -> None:
    window = at_work(open_program(house), qtbot)
    window.menu.help_asked.emit()
    assert window.help.dialog is not None
    assert window.help.dialog.isVisible()


def test_f1_works_in_a_dialog_over_the_page(open_program: Open, qtbot: QtBot, house: str) -> None:
    window = at_work(open_program(house), qtbot)
    window.menu.change_password.emit()
    dialog = window.findChild(NewPassword)
    assert isinstance(dialog, QDialog)
    opened = f1(dialog, qtbot)
    QTest.keyClick(opened.search, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.reject()


def test_f1_helps_before_anybody_is_logged_in(open_program: Open, qtbot: QtBot, house: str) -> None:
    page = login_page(open_program(house), qtbot)
    opened = f1(page, qtbot)
    assert "Navn og adgangskode" in opened.texts()
    assert "Registre" not in opened.texts()
