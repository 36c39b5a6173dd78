"""From nothing to the first registered chair: every step shown, nothing asked twice."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.services.start import opening
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.getting_started.page import GettingStartedPage
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.window.program import Program
from tests.ui.chain_hands import CTRL, Hands
from tests.ui.program_hands import SECRET, Open

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
#: What a person does between the start page and the first registered chair, at most.
MOST_ACTIONS = 15


class Counting(Hands):
    """Hands that count: a click, a field that is filled, a key that acts."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        super().__init__(program, qtbot)
        self.actions = 0

    def act(self) -> None:
        """One more."""
        self.actions += 1
        self.settle()


@pytest.fixture
def hands(open_program: Open, qtbot: QtBot) -> Iterator[Counting]:
    program = open_program()
    yield Counting(program, qtbot)
    QApplication.processEvents()


def begin(hands: Counting) -> None:
    """The form of "Start tom", filled from the first field to the last; Return sends it."""
    assert hands.program.login_flow.welcome is not None
    page = hands.program.login_flow.welcome.page
    ways = page.ways[0].findChildren(QPushButton)
    hands.click(next(way for way in ways if way.accessibleName() == "Start tom"))
    hands.act()
    form = page.empty
    for name, text in (
        ("municipality", "Randers Kommune"),
        ("name", "Eva Holm"),
        ("password", SECRET),
        ("again", SECRET),
    ):
        hands.retype(form.fields[name], text)
        hands.act()
    QTest.keyClick(form.fields["again"], Qt.Key.Key_Return)
    hands.act()
    hands.begun()


def test_the_first_chair_is_registered_in_few_actions(hands: Counting) -> None:
    begin(hands)
    started = hands.page(GettingStartedPage)
    assert started.card.subtitle.text() == "Der mangler 2 trin"
    assert QApplication.focusWidget() is started.rows["places"].button
    QTest.keyClick(started.rows["places"].button, Qt.Key.Key_Return)
    hands.act()
    section = hands.page(SettingsPage).section()
    assert isinstance(section, Register)
    hands.write("H1")
    hands.act()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.act()
    hands.click(hands.window.rail.buttons["getting_started"])
    hands.act()
    assert all(row.detail.text() for row in started.rows.values())
    hands.click(started.rows["first"].button)
    hands.act()
    intake = hands.page(IntakePage)
    assert QApplication.focusWidget() is intake.form.type.line, "there is no giver to choose"
    hands.write("Kontorstol")
    hands.act()
    hands.write("1", intake.form.counts.cards["B"])
    hands.act()
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.act()
    context = opening.open_existing(hands.program.target)
    with context.read() as session:
        assert list(session.scalars(select(Unit.state))) == ["received"]
    opening.close(context)
    assert hands.actions <= MOST_ACTIONS


def test_back_from_the_first_place_the_keyboard_is_on_the_next_step(hands: Counting) -> None:
    begin(hands)
    started = hands.page(GettingStartedPage)
    QTest.keyClick(started.rows["places"].button, Qt.Key.Key_Return)
    hands.act()
    hands.write("H1")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.press(Qt.Key.Key_Escape)  # from the form to the list
    hands.press(Qt.Key.Key_Escape)
    assert hands.page(GettingStartedPage) is started
    assert QApplication.focusWidget() is started.rows["first"].button


def test_rules_stand_beside_the_fields_before_they_are_broken(hands: Counting) -> None:
    assert hands.program.login_flow.welcome is not None
    page = hands.program.login_flow.welcome.page
    page.start_empty()
    form = page.empty
    told = [label.text() for label in form.findChildren(type(form.who)) if label.isVisible()]
    assert "Mindst 10 tegn. Tre eller fire ord sammen er godt." in told
    values = {"municipality": "X", "cvr": "123", "name": "Eva", "login": "e v a"}
    for name, text in (values | {"password": "kort", "again": "kor"}).items():
        form.fields[name].setText(text)
    for _time in range(2):
        hands.click(form.go)
        told = [name for name, error in form._errors.items() if error.text()]
        assert told == ["cvr", "login", "password", "again"]
        assert QApplication.focusWidget() is form.fields["cvr"], "the first wrong one"
    hands.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.fields["name"]
    hands.press(Qt.Key.Key_Escape)
    (question,) = page.findChildren(Question)
    hands.click(question.cancel)
    assert form.isVisible()
    QTest.keyClick(form.fields["name"], Qt.Key.Key_Escape)
    hands.click(page.findChildren(Question)[-1].verb)
    assert not form.isVisible()


def test_what_is_typed_is_said_to_be_unsaved_and_closing_asks(hands: Counting) -> None:
    begin(hands)
    window = hands.window
    window.go("settings", "places:new")
    hands.settle()
    assert "Alt er gemt" in window.rail.person.text()
    hands.write("H2")
    assert "Ikke gemt endnu" in window.rail.person.text()
    window.close()
    hands.settle()
    assert window.isVisible()
    (question,) = window.findChildren(Question)
    hands.click(question.cancel)
    hands.press(Qt.Key.Key_Return)
    assert "Alt er gemt" in window.rail.person.text()
    focus = QApplication.focusWidget()
    assert not (isinstance(focus, QPushButton) and focus.text() == "Slet")


def test_nobody_is_offered_to_delete_themselves(hands: Counting) -> None:
    begin(hands)
    hands.window.go("settings", "users")
    hands.settle()
    section = hands.page(SettingsPage).section()
    assert isinstance(section, Register)
    section.table.selectRow(0)
    hands.settle()
    assert section.editor.isVisible()
    assert not section.editor.delete_button.isVisible()
