"""What is wrong is said without moving anything: fields, buttons, and the page under a notice."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.field_note import FieldNote
from moebelcirkel.ui.kit.forms.fields import CheckField, MoneyField, TextField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.window.first_start_forms import EmptyForm
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


def test_a_field_that_comes_while_a_dialog_is_open_presses_no_other(ground: QWidget) -> None:
    ground.show()
    dialog = ActionDialog(ground, "Flyt", "Flyt", "Svarene tælles. " * 12)
    answers = [Choice("yes", "Ja"), Choice("no", "Nej")]
    dialog.form.add("new", SegmentedField("Har I spurgt?", answers))
    why = dialog.form.add("why", TextField("Hvorfor?"))
    dialog.form.leave_out({"new"})
    dialog.open()
    QApplication.processEvents()
    dialog.form.leave_out(())
    QApplication.processEvents()
    assert why.height() >= why.minimumSizeHint().height()
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


def _covered(root: QWidget) -> list[str]:
    """What a visible error lies over, but for the help of its own field."""
    kinds = QLabel | QLineEdit | QAbstractButton
    parts = [each for each in root.findChildren(QWidget) if isinstance(each, kinds)]
    shown = [each for each in parts if each.isVisible()]
    found = []
    for note in (each for each in shown if isinstance(each, FieldNote)):
        place = QRect(note.mapTo(root, QPoint()), note.size())
        for other in shown:
            words = other.text() if not isinstance(other, QLineEdit) else other.accessibleName()
            mine = other is note or other.property("tone") == "small" or not words
            if not mine and place.intersects(QRect(other.mapTo(root, QPoint()), other.size())):
                found.append(f"{note.text()} covers {words}")
    return found


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_what_is_wrong_at_the_first_start_covers_nothing(
    ground: QWidget, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, "light", scale=scale)
    theme.dress(ground)
    form = EmptyForm()
    column = QVBoxLayout(ground)
    column.addWidget(form)
    ground.resize(int(600 * scale), int(800 * scale))
    ground.show()
    QApplication.processEvents()
    form.show_error("cvr", "CVR-nummeret skal have 8 cifre. Du har skrevet 3.")
    form.show_error("login", "Et brugernavn må kun have bogstaver, cifre og tegnene . - _ @ +")
    form.show_error("password", "Adgangskoden skal have mindst 10 tegn. Du har skrevet 4.")
    form.show_error("again", "De to adgangskoder er ikke ens. Skriv den en gang til.")
    QApplication.processEvents()
    assert _covered(ground) == []
    theme.apply(qapp, "light")


def test_what_is_wrong_at_the_log_in_covers_nothing(ground: QWidget) -> None:
    form = LoginForm()
    column = QVBoxLayout(ground)
    column.addWidget(form)
    column.addStretch(1)
    ground.show()
    form.fail("Brugeren er ikke aktiv mere. Spørg en administrator.", at_name=True)
    QApplication.processEvents()
    assert form.name_error.isVisible()
    assert _covered(ground) == []


def test_what_is_wrong_in_a_form_of_two_columns_covers_nothing(ground: QWidget) -> None:
    form = Form(columns=2)
    form.add("login", TextField("Brugernavn"))
    form.add("email", TextField("E-mail"))
    form.add("lager", CheckField("Lager"), 2)
    form.add("leder", CheckField("Leder"), 2)
    column = QVBoxLayout(ground)
    column.addWidget(form)
    column.addStretch(1)
    ground.show()
    QApplication.processEvents()
    said = "Et brugernavn må kun have bogstaver, cifre og . - _ @ +"
    form.field("login").show_error(said)
    QApplication.processEvents()
    assert form.field("login").error.isVisible()
    assert _covered(ground) == []


@pytest.mark.parametrize("wrong", ["low", "high"])
def test_what_is_wrong_beside_a_field_with_help_hides_help_and_no_label(
    ground: QWidget, wrong: str
) -> None:
    form = Form(columns=2)
    form.add("low", MoneyField("Lav", helper="Tom: det samme."))
    form.add("high", MoneyField("Høj", helper="Tom: det samme."))
    form.add("renews", CheckField("Giver nyt liv"), 2)
    inside = QWidget()
    above = QVBoxLayout(inside)
    above.addWidget(form)
    above.addStretch(1)
    column = QVBoxLayout(ground)
    column.addWidget(scrolled(inside))
    ground.resize(360, 500)
    ground.show()
    QApplication.processEvents()
    form.field(wrong).show_error("”abc” er ikke et tal. Skriv for eksempel 12,5.")
    QApplication.processEvents()
    assert form.field(wrong).error.isVisible()
    assert _covered(ground) == []


def test_what_is_wrong_in_a_narrow_field_at_the_right_is_said_there(ground: QWidget) -> None:
    form = Form(columns=4)
    form.add("ways", TextField("Adgang"), 2)
    form.add("from", TextField("Kan hentes fra"))
    form.add("gone", TextField("Skal være væk senest"))
    form.add("note", TextField("Besked"), 4)
    column = QVBoxLayout(ground)
    column.addWidget(form)
    column.addStretch(1)
    ground.resize(600, 500)
    ground.show()
    QApplication.processEvents()
    gone = form.field("gone")
    gone.show_error("”x” er ikke en dato. Skriv for eksempel 20.11.2026.")
    QApplication.processEvents()
    note, field = (each.mapToGlobal(each.rect().topRight()) for each in (gone.error, gone.editor))
    assert (note.x(), note.y() > field.y()) == (field.x(), True)
    assert _covered(ground) == []


def test_what_is_wrong_at_the_edge_of_a_scrolled_form_is_in_sight(ground: QWidget) -> None:
    form = Form()
    for place in range(9):
        form.add(f"field{place}", TextField(f"Felt {place}", required=place == 4))
    area = scrolled(form)
    column = QVBoxLayout(ground)
    column.addWidget(area)
    ground.show()
    QApplication.processEvents()
    wrong = form.field("field4")
    foot = wrong.editor.mapTo(form, wrong.editor.rect().bottomLeft()).y()
    area.verticalScrollBar().setValue(foot - area.viewport().height() + 1)
    assert not form.check()
    QApplication.processEvents()
    note = wrong.error
    assert note.visibleRegion().boundingRect() == note.rect()
    head = wrong.label.mapTo(form, wrong.label.rect().topLeft()).y()
    area.verticalScrollBar().setValue(head + 10)
    assert not form.check()
    assert wrong.label.visibleRegion().boundingRect() == wrong.label.rect()
