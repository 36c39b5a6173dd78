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
from moebelcirkel.ui.window.desk import Desk
from tests.ui.desk_hands import Open, add_warehouse_person, log_in, login_page, windowed
from tests.ui.kit.test_scanner import scan, type_in

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


def at_work(desk: Desk) -> str:
    return "" if desk.window is None else desk.window.context.actor.login


def test_a_badge_at_the_log_in_page_lets_its_owner_in_and_is_typed_nowhere(
    open_desk: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    desk = open_desk(house)
    field = login_page(desk, qtbot).form.name
    qtbot.waitUntil(desk.jobs.idle)
    field.clear()
    desk.entrance.front.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    scan(field, code(SECRET))
    assert field.text() == ""
    windowed(desk, qtbot)
    assert at_work(desk) == "bo"


def test_a_badge_in_a_field_changes_the_user_and_leaves_the_field_as_it_was(
    open_desk: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    desk = open_desk(house)
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    assert desk.window is not None
    field = desk.window.header.field.findChild(QLineEdit) or desk.window.header.field
    type_in(field, "stol")
    QTest.qWait(60)
    before = field.text()
    scan(field, code(SECRET))
    assert field.text() == before
    qtbot.waitUntil(lambda: at_work(desk) == "bo")


def test_the_pin_is_asked_for_in_front_of_the_page(
    open_desk: Open, qtbot: QtBot, house: str, holder: Context
) -> None:
    give(holder, "2580")
    desk = open_desk(house)
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    assert desk.window is not None
    scan(desk.window, code(SECRET))
    qtbot.waitUntil(lambda: desk.badges.dialog is not None)
    wrong = desk.badges.dialog
    assert wrong is not None
    wrong.pin.setText("9999")
    QTest.mouseClick(wrong.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.badges.dialog is not wrong)
    assert desk.badges.dialog is not None
    desk.badges.dialog.pin.setText("2580")
    QTest.mouseClick(desk.badges.dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: at_work(desk) == "bo")


def test_a_badge_nobody_has_is_said_without_its_text(
    open_desk: Open, qtbot: QtBot, house: str
) -> None:
    desk = open_desk(house)
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    window = desk.window
    assert window is not None
    scan(window, code(SECRET))
    qtbot.waitUntil(lambda: bool(window.messages.notice.text()))
    assert "er ikke i brug" in window.messages.notice.text()
    assert SECRET not in window.messages.notice.text()
    assert at_work(desk) == "eva"
