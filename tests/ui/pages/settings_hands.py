"""What a person does in a register of the settings."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.warehouse import settle


def show(page: SettingsPage, word: str) -> Register[Any]:
    """Choose a register in the list to the left."""
    QTest.mouseClick(page.entries[word], Qt.MouseButton.LeftButton)
    settle(page)
    section = page.section()
    assert isinstance(section, Register)
    return section


def names(section: Register[Any]) -> list[str]:
    """What the first column says, row by row."""
    return [section.model.columns[0].text(row) for row in section.model.rows]


def choose(page: SettingsPage, section: Register[Any], name: str) -> None:
    """Select the row with this name."""
    section.table.selectRow(names(section).index(name))
    settle(page)


def line(section: Register[Any], name: str) -> QLineEdit:
    """The line of a field."""
    editor = section.form.field(name).editor
    assert isinstance(editor, QLineEdit)
    return editor


def type_in(section: Register[Any], name: str, text: str) -> None:
    """Type over what stands in a field."""
    field = line(section, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def question(window: MainWindow) -> Question:
    """The question that is open."""
    found = [each for each in window.findChildren(Question) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def error(section: Register[Any], name: str) -> str:
    """What is said by a field."""
    return section.form.field(name).error.text()
