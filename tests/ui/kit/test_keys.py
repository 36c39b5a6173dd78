"""Return on a button and a choice is what Space is, in windows and in dialogs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.page_layout import scrolled


class Asking(QDialog):
    """A dialog with a default button, another one, and choices."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.line, self.tick, self.one = QLineEdit(), QCheckBox("Tick"), QRadioButton("One")
        self.verb, self.other = QPushButton("Verb"), QPushButton("Other")
        self.verb.setDefault(True)
        self.other.setAutoDefault(False)
        column = QVBoxLayout(self)
        for widget in (self.line, self.tick, self.one, self.verb, self.other):
            column.addWidget(widget)
        for button in (self.verb, self.other):
            button.clicked.connect(lambda _on=False, b=button: self.pressed.append(b.text()))


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot) -> Asking:
    keys.let_return_press()
    dialog = Asking()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_presses_what_has_the_keyboard(dialog: Asking, key: Qt.Key) -> None:
    for widget in (dialog.tick, dialog.one, dialog.other):
        widget.setFocus()
        QTest.keyClick(widget, key)
    assert dialog.tick.isChecked()
    assert dialog.one.isChecked()
    assert dialog.pressed == ["Other"]
    dialog.verb.setFocus()
    QTest.keyClick(dialog.verb, key)
    assert dialog.pressed == ["Other", "Verb"]


def test_return_in_a_field_is_still_the_default_button(dialog: Asking) -> None:
    dialog.line.setFocus()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.pressed == ["Verb"]


@pytest.mark.parametrize(("role", "sent"), [("primary", ["Verb"]), ("danger", [])])
def test_return_on_the_answer_that_is_chosen_sends_the_form(
    dialog: Asking, role: str, sent: list[str]
) -> None:
    """Pressing it once more would do nothing; what may not be taken back asks for its button."""
    dialog.verb.setProperty("role", role)
    dialog.one.setFocus()
    QTest.keyClick(dialog.one, Qt.Key.Key_Return)
    assert dialog.one.isChecked()
    assert dialog.pressed == []
    QTest.keyClick(dialog.one, Qt.Key.Key_Return)
    assert dialog.pressed == sent
    dialog.tick.setChecked(True)
    dialog.tick.setFocus()
    QTest.keyClick(dialog.tick, Qt.Key.Key_Return)
    assert not dialog.tick.isChecked(), "a tick is taken off again"


def test_a_guarded_button_is_guarded_from_return_too(dialog: Asking, qtbot: QtBot) -> None:
    decision = Decision(lambda: "shown", dialog.other)
    decision.shown()
    dialog.other.setFocus()
    for _round in range(2):
        qtbot.waitUntil(lambda: decision.settled)
        QTest.keyClick(dialog.other, Qt.Key.Key_Return)
        QTest.keyClick(dialog.other, Qt.Key.Key_Return)
    assert dialog.pressed == ["Other", "Other"]


def test_a_page_that_opens_begins_at_its_top(dialog: Asking) -> None:
    inside, figures, table = QWidget(), QLabel("88"), QListWidget()
    figures.setFixedHeight(150)
    table.setFixedHeight(180)
    column = QVBoxLayout(inside)
    column.addWidget(figures)
    column.addWidget(table)
    page = scrolled(inside)
    page.setFixedHeight(240)
    layout = dialog.layout()
    assert layout is not None
    layout.addWidget(page)
    QApplication.processEvents()
    dialog.verb.setFocus()
    assert keys.focus_first(page)
    assert table.hasFocus()
    assert page.verticalScrollBar().value() == 0
    dialog.verb.setFocus()
    table.setFocus()
    assert page.verticalScrollBar().value() > 0
