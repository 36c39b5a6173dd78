"""What the running program does with a code that the page or dialog in front has no use for."""

from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Role
from moebelcirkel.services import cases
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from moebelcirkel.ui.window.scans import say_strange
from tests.ui.conftest import NOW
from tests.ui.kit.test_scanner import scan, type_in


def opened(program: Program, role: Role) -> tuple[MainWindow, int]:
    """The window of somebody with this role, and a case of the workshop."""
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    columns = cases.board(tour_chain.people(context).context_of(Role.WORKSHOP)).cards
    case = next(card.id for state, cards in columns.items() for card in cards if state != "ready")
    window = program.open_for(own.actor, Person(own.actor.name, ""))
    settle(program)
    opening.close(context)
    return window, case


def given_keyboard(widget: QWidget) -> None:
    widget.window().activateWindow()
    widget.setFocus()
    QTest.qWait(20)
    assert widget.hasFocus()


def test_a_long_number_that_comes_fast_stands_in_the_field_it_was_meant_for(
    program: Program,
) -> None:
    window, _case = opened(program, Role.ADMINISTRATOR)
    window.go("settings", "municipality")
    settle(program)
    page = window.page
    assert isinstance(page, SettingsPage)
    field = next(
        line for line in page.findChildren(QLineEdit) if line.accessibleName() == "CVR-nummer"
    )
    given_keyboard(field)
    field.clear()
    scan(field, "29189668")
    assert field.text() == "29189668"
    assert window.messages.notice.text() == ""
    button = page.findChildren(QPushButton)[0]
    given_keyboard(button)
    scan(button, "29189669")
    assert window.messages.notice.text() == "29189669 bruges ikke på denne side."


def test_a_label_read_wrong_is_told_in_the_dialog_that_is_open(program: Program) -> None:
    window, case = opened(program, Role.WORKSHOP)
    window.go("cases")
    page = window.page
    assert isinstance(page, CasesPage)
    page.panel.open(case)
    settle(program)
    dialog = page.panel.current()
    assert dialog is not None
    given_keyboard(dialog.close_button)
    scan(dialog.close_button, "MX-004127-1")
    assert "MX-004127-1" in dialog.notice.text()
    assert dialog.notice.isVisible()
    scan(dialog.close_button, "MC-099999-3")
    settle(program)
    assert "MC-099999-3" in dialog.notice.text()
    assert window.messages.notice.text() == ""
    dialog.reject()


def test_what_was_typed_fast_where_no_field_is_chosen_is_never_shown(program: Program) -> None:
    window, _case = opened(program, Role.ADMINISTRATOR)
    window.go("settings", "municipality")
    settle(program)
    assert window.page is not None
    button = window.page.findChildren(QPushButton)[0]
    given_keyboard(button)
    for secret in ("Hemmelig!2026", "stol-bord-reol", "MC004127", "a1b2c3d4e5"):
        scan(button, secret)
        assert window.messages.notice.text() == (
            "Der blev tastet noget, men intet felt var valgt. Vælg feltet, og prøv igen."
        ), secret
        window.messages.notice.hide()
    scan(button, "MX-004127-1")
    assert "MX-004127-1" in window.messages.notice.text()


def test_a_label_read_wrong_is_no_text_of_a_field(program: Program) -> None:
    window, _case = opened(program, Role.WAREHOUSE)
    window.go("intake")
    settle(program)
    page = window.page
    assert isinstance(page, IntakePage)
    for line in (page.form.type.line, page.form.note.line):
        given_keyboard(line)
        scan(line, "MC-099999-4")
        assert line.text() == ""
        assert "MC-099999-4" in window.messages.notice.text()


def test_a_scan_without_return_changes_no_count(program: Program, qtbot: QtBot) -> None:
    window, _case = opened(program, Role.WAREHOUSE)
    window.go("intake")
    settle(program)
    page = window.page
    assert isinstance(page, IntakePage)
    card = page.form.counts.cards["B"]
    place = next(code for code in sorted(program.codes._places) if code.count("-") == 2)
    card.set_count(21)
    for code in (place, "9-9-Z", "29189668"):
        given_keyboard(card)
        type_in(card, code)
        qtbot.waitUntil(lambda: not program.scanner._held)
        settle(program)
        assert card.count == 21, code
    type_in(card, "7")
    qtbot.waitUntil(lambda: card.count == 7)


def test_a_dialog_without_a_place_for_messages_has_them_in_front(program: Program) -> None:
    window, _case = opened(program, Role.WAREHOUSE)
    plain = QDialog(window)
    plain.open()
    say_strange(window, "7-7-Q")
    say_strange(window, "8-8-Q")
    (over,) = plain.findChildren(Notice)
    assert "8-8-Q" in over.text()
    assert over.isVisible()
    assert window.messages.notice.text() == ""
    plain.reject()
    settle(program)
    say_strange(window, "7-7-Q")
    assert "7-7-Q" in window.messages.notice.text()


def test_a_shelf_that_is_not_there_yet_is_scanned_into_a_new_place(program: Program) -> None:
    window, _case = opened(program, Role.ADMINISTRATOR)
    window.go("settings", "places:new")
    settle(program)
    page = window.page
    assert isinstance(page, SettingsPage)
    names = ("Kode", "Navn")
    lines = page.section().findChildren(QLineEdit)
    code, name = (next(each for each in lines if each.accessibleName() == n) for n in names)
    given_keyboard(code)
    scan(code, "9-9-Z")
    assert code.text() == "9-9-Z"
    assert window.messages.notice.text() == ""
    given_keyboard(name)
    scan(name, "9-8-Z")
    assert name.text() == ""
    assert "9-8-Z" in window.messages.notice.text()
