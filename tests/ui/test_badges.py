"""Taking over by a badge in the running program: on any page, at the log-in, never as text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from moebelcirkel.domain.users.badges import code
from moebelcirkel.services import badges
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.users import User
from moebelcirkel.ui.window.program import Program
from tests.ui.kit.test_scanner import scan, type_in
from tests.ui.program_hands import Open, add_warehouse_person, log_in, login_page, windowed

SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)


@pytest.fixture
def holder(house: str) -> Iterator[Context]:
    """Bo of the warehouse has a badge."""
    add_warehouse_person(house)
    context = Context(Database(house), SYSTEM)
    give(context)
    yield context
    context.database.close()


def give(context: Context, pin: str = "") -> None:
    with context.read() as session:
        bo = session.scalars(select(User.id).where(User.login == "bo")).one()
    badges.store(context, bo, digest(SECRET), pin)


def at_work(program: Program) -> str:
    return "" if program.window is None else program.window.context.actor.login


def test_a_badge_at_the_log_in_page_lets_its_owner_in_and_is_typed_nowhere(
    open_program: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    program = open_program(house)
    field = login_page(program, qtbot).form.name
    qtbot.waitUntil(program.jobs.idle)
    field.clear()
    program.login_flow.start_window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    scan(field, code(SECRET))
    assert field.text() == ""
    windowed(program, qtbot)
    assert at_work(program) == "bo"


def test_a_badge_in_a_field_changes_the_user_and_leaves_the_field_as_it_was(
    open_program: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    field = program.window.header.field.findChild(QLineEdit) or program.window.header.field
    type_in(field, "stol")
    QTest.qWait(60)
    before = field.text()
    scan(field, code(SECRET))
    assert field.text() == before
    qtbot.waitUntil(lambda: at_work(program) == "bo")


def test_the_pin_is_asked_for_in_front_of_the_page(
    open_program: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    give(holder, "2580")
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    scan(program.window, code(SECRET))
    qtbot.waitUntil(lambda: program.badges.dialog is not None)
    wrong = program.badges.dialog
    assert wrong is not None
    wrong.pin.setText("9999")
    QTest.mouseClick(wrong.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.badges.dialog is not wrong)
    assert program.badges.dialog is not None
    program.badges.dialog.pin.setText("2580")
    QTest.mouseClick(program.badges.dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: at_work(program) == "bo")


def test_a_badge_nobody_has_is_said_without_its_text(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    scan(window, code(SECRET))
    qtbot.waitUntil(lambda: bool(window.messages.notice.text()))
    assert "er ikke i brug" in window.messages.notice.text()
    assert SECRET not in window.messages.notice.text()
    assert at_work(program) == "eva"
