"""What is wrong is said without moving anything: fields, buttons, and the page under a notice."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import MoneyField, TextField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.window.login import LoginForm


def places(root: QWidget, kind: type[QWidget] = QWidget) -> dict[int, QRect]:
    """Where every field and button is now, on the screen."""
    return {
        id(each): QRect(each.mapToGlobal(QPoint(0, 0)), each.size())
        for each in root.findChildren(kind)
        if isinstance(each, QLineEdit | QPushButton) and each.isVisible()
    }


@pytest.fixture
def ground(qapp: QApplication, qtbot: QtBot) -> QWidget:
    """A window that wears the style."""
    theme.apply(qapp, "light")
    window = QWidget()
    theme.dress(window)
    qtbot.addWidget(window)
    window.resize(420, 500)
    return window


def test_an_error_moves_neither_field_nor_button(ground: QWidget, qtbot: QtBot) -> None:
    form, go = Form(), QPushButton("Gem")
    form.add("name", TextField("Navn", required=True))
    form.add("price", MoneyField("Pris", helper="uden moms"))
    column = QVBoxLayout(ground)
    column.addWidget(form)
    column.addWidget(go)
    column.addStretch(1)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    before = places(ground)
    assert not form.check()
    QApplication.processEvents()
    assert form.field("name").error.isVisible()
    assert places(ground) == before
    assert form.field("price").helper.isVisible()


def test_the_button_that_is_pressed_is_the_one_under_the_pointer(
    ground: QWidget, qtbot: QtBot
) -> None:
    field, go = MoneyField("Pris"), QPushButton("Gem")
    pressed: list[bool] = []
    go.clicked.connect(lambda: pressed.append(True))
    column = QVBoxLayout(ground)
    column.addWidget(field)
    column.addWidget(go)
    column.addStretch(1)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    field.setFocus()
    QTest.keyClicks(field.line, "12,345")
    aim = go.mapTo(ground, QPoint(20, 3))  # its upper edge, where the error is said
    go.setFocus(Qt.FocusReason.MouseFocusReason)
    assert field.error.isVisible()
    assert ground.childAt(aim) is go
    QTest.mouseClick(go, Qt.MouseButton.LeftButton, pos=QPoint(20, 3))
    assert pressed == [True]


def test_an_error_goes_with_its_field(ground: QWidget, qtbot: QtBot) -> None:
    field, above = MoneyField("Pris", required=True), QPushButton("Mere")
    column = QVBoxLayout(ground)
    column.addWidget(above)
    column.addWidget(field)
    column.addStretch(1)
    ground.show()
    assert not field.check()

    def apart() -> int:
        foot = field.editor.mapTo(ground, QPoint(0, field.editor.height())).y()
        return field.error.mapTo(ground, QPoint(0, 0)).y() - foot

    assert apart() == 0
    above.hide()
    qtbot.waitUntil(lambda: field.editor.mapTo(ground, QPoint(0, 0)).y() < 60)
    qtbot.waitUntil(lambda: apart() == 0)
    field.hide()
    qtbot.waitUntil(lambda: not field.error.isVisible())
    field.show()
    qtbot.waitUntil(field.error.isVisible)
    field.show_error("")
    assert not field.error.isVisible()


def test_a_refusal_moves_nothing_in_a_dialog(ground: QWidget, qtbot: QtBot) -> None:
    ground.show()
    dialog = ActionDialog(ground, "Flyt", "Flyt")
    dialog.form.add("name", TextField("Navn", required=True))
    dialog.open()
    before = places(dialog)
    dialog.refuse(Refused("Nej."))
    QApplication.processEvents()
    assert dialog.notice.text()
    assert places(dialog) == before
    dialog.reject()


def test_a_wrong_password_moves_nothing(ground: QWidget, qtbot: QtBot) -> None:
    form = LoginForm()
    column = QVBoxLayout(ground)
    column.addWidget(form)
    column.addStretch(1)
    ground.show()
    before = places(ground)
    form.fail("Brugernavn eller adgangskode er ikke rigtig. Tjek begge, og prøv igen.")
    QApplication.processEvents()
    assert form.password_error.isVisible()
    assert places(ground) == before
