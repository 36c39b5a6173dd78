"""Log-in and first start: what they hand over, and where they say what is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.window.first_start import FirstStartPage
from moebelcirkel.ui.window.first_start_forms import EmptyStart
from moebelcirkel.ui.window.login import ChangeUser, LoginPage


@pytest.fixture
def login(qapp: QApplication, qtbot: QtBot) -> LoginPage:
    theme.apply(qapp, "light")
    page = LoginPage("Randers Kommune")
    qtbot.addWidget(page)
    page.show()
    page.setFocus()
    return page


@pytest.fixture
def first(qapp: QApplication, qtbot: QtBot) -> FirstStartPage:
    theme.apply(qapp, "light")
    page = FirstStartPage()
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    return page


def test_name_and_password_by_keyboard_alone(login: LoginPage, qtbot: QtBot) -> None:
    sent: list[tuple[str, str]] = []
    login.submitted.connect(lambda *pair: sent.append(pair))
    qtbot.waitUntil(login.form.name.hasFocus)
    QTest.keyClicks(login.form.name, " eva ")
    QTest.keyClick(login.form.name, Qt.Key.Key_Tab)
    QTest.keyClicks(login.form.password, "Hemmelig 1")
    QTest.keyClick(login.form.password, Qt.Key.Key_Return)
    assert sent == [("eva", "Hemmelig 1")]
    assert not login.form.button.isEnabled()
    QTest.keyClick(login.form.password, Qt.Key.Key_Return)
    assert len(sent) == 1


def test_what_is_missing_is_said_by_its_field(login: LoginPage) -> None:
    sent: list[str] = []
    login.submitted.connect(lambda name, _password: sent.append(name))
    QTest.mouseClick(login.form.button, Qt.MouseButton.LeftButton)
    assert login.form.name_error.text() == "Skriv dit brugernavn."
    login.form.name.setText("eva")
    assert not login.form.name_error.isVisible()
    QTest.mouseClick(login.form.button, Qt.MouseButton.LeftButton)
    assert login.form.password_error.text() == "Skriv din adgangskode."
    assert login.form.password.hasFocus()
    assert sent == []


def test_a_wrong_password_is_asked_for_again(login: LoginPage) -> None:
    login.form.name.setText("eva")
    login.form.password.setText("forkert")
    QTest.keyClick(login.form.password, Qt.Key.Key_Return)
    login.form.fail("Brugernavn eller adgangskode passer ikke.")
    assert login.form.password_error.isVisible()
    assert login.form.password.accessibleDescription() == login.form.password_error.text()
    assert (login.form.name.text(), login.form.password.text()) == ("eva", "")
    assert login.form.password.hasFocus()


def test_caps_lock_is_noticed_by_what_it_does(login: LoginPage) -> None:
    field = login.form.password
    QTest.keyClicks(field, "a")
    assert not login.form.caps.isVisible()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    login.form.password.caps.emit(True)
    assert login.form.caps.isVisible()
    QTest.keyClicks(field, "b")
    assert not login.form.caps.isVisible()


def test_the_next_user_needs_only_the_password(qapp: QApplication, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    dialog = ChangeUser(host, ["eva", "ali"])
    dialog.open()
    people = [b for b in dialog.form.findChildren(type(dialog.form.button)) if b.text() == "ali"]
    QTest.mouseClick(people[0], Qt.MouseButton.LeftButton)
    assert dialog.form.name.text() == "ali"
    qtbot.waitUntil(dialog.form.password.hasFocus)
    dialog.reject()


def fill(first: FirstStartPage, **values: str) -> None:
    complete = {
        "municipality": "Randers Kommune",
        "cvr": "29 18 96 68",
        "name": "Eva Holm",
        "login": "eva",
        "password": "tre grønne stole",
        "again": "tre grønne stole",
    }
    for name, text in (complete | values).items():
        first.empty.fields[name].setText(text)


def test_start_empty_hands_over_plain_values(first: FirstStartPage) -> None:
    sent: list[EmptyStart] = []
    first.empty_chosen.connect(sent.append)
    first.show_way(1)
    fill(first)
    first.empty.shared.setChecked(True)
    QTest.mouseClick(first.empty.go, Qt.MouseButton.LeftButton)
    assert sent == [
        EmptyStart(
            "Randers Kommune", "29189668", "Eva Holm", "eva", "tre grønne stole", "shared", True
        )
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [("municipality", ""), ("name", " "), ("login", ""), ("password", ""), ("again", "andet")],
)
def test_start_empty_says_what_is_missing(first: FirstStartPage, field: str, text: str) -> None:
    sent: list[EmptyStart] = []
    first.empty_chosen.connect(sent.append)
    first.show_way(1)
    fill(first, **{field: text})
    first.empty.submit()
    assert sent == []
    wrong = first.empty.fields[field]
    assert wrong.property("invalid") is True
    assert wrong.hasFocus()


def test_a_refusal_stands_by_its_field_or_on_top(first: FirstStartPage) -> None:
    first.show_way(1)
    first.fail("CVR-nummeret skal have 8 cifre.", "cvr")
    assert first.empty.fields["cvr"].accessibleDescription() == "CVR-nummeret skal have 8 cifre."
    first.fail("Mappen kan ikke skrives.")
    assert first.notice.text() == "Mappen kan ikke skrives."


def test_the_common_database_is_tested_and_chosen(first: FirstStartPage) -> None:
    asked: list[str] = []
    first.test_asked.connect(lambda url: asked.append(f"test {url}"))
    first.connect_chosen.connect(lambda url: asked.append(f"use {url}"))
    first.show_way(2)
    first.connection.submit()
    assert asked == []
    first.connection.fields["url"].setText(" postgresql://db/m ")
    QTest.mouseClick(first.connection.test, Qt.MouseButton.LeftButton)
    QTest.keyClick(first.connection.fields["url"], Qt.Key.Key_Return)
    assert asked == ["test postgresql://db/m", "use postgresql://db/m"]
    first.tested("Forbindelsen virker.", good=True)
    assert first.notice.text() == "Forbindelsen virker."


def test_while_it_works_nothing_can_be_pressed(first: FirstStartPage) -> None:
    first.working("Opretter databasen…")
    assert first.progress.isVisible()
    assert not first.ways[0].isEnabled()
    first.working("")
    assert first.ways[0].isEnabled()


def test_every_field_has_a_name(first: FirstStartPage) -> None:
    assert all(f.accessibleName() for f in first.findChildren(QLineEdit))


def test_an_odd_cvr_is_warned_of_and_taken(first: FirstStartPage) -> None:
    sent: list[EmptyStart] = []
    first.empty_chosen.connect(sent.append)
    first.show_way(1)
    fill(first)
    cvr = first.empty.fields["cvr"]
    cvr.setText("12345678")
    cvr.editingFinished.emit()
    assert "ligner ikke" in cvr.accessibleDescription()
    assert not cvr.property("invalid")
    first.empty.submit()
    assert [form.cvr for form in sent] == ["12345678"]
