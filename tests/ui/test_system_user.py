"""The system's user comes in without a password, where whoever runs the PC has switched it on."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening, system_user
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.window.desk import Desk
from tests.ui.desk_hands import log_in, login_page, windowed

Start = Callable[[bool], Desk]


@pytest.fixture
def start(qapp: QApplication, house: str, tmp_path: Path) -> Iterator[Start]:
    """The program on a PC where it is switched on, or is not."""
    desks: list[Desk] = []

    def begin(switched_on: bool) -> Desk:
        machine = tmp_path / "machine.json"
        machine.write_text(json.dumps({"log_in_by_system": True} if switched_on else {}))
        own = Settings(tmp_path / "settings.json", machine)
        own.put({"log_in_by_system": True})  # what a person writes there counts for nothing
        desks.append(Desk(qapp, own, house))
        desks[-1].start()
        return desks[-1]

    yield begin
    for desk in desks:
        desk.end()


def link(house: str, *, active: bool = True) -> None:
    """Bo is who the system says is here."""
    context = Context(Database(house), SYSTEM)
    form = users.UserForm(
        "bo",
        "Bo",
        grants=frozenset({Grant(Role.WAREHOUSE)}),
        active=active,
        os_login=system_user.names()[0].upper(),
    )
    users.save(context, form)
    opening.close(context)


def at_work(desk: Desk) -> str:
    return "" if desk.window is None else desk.window.context.actor.login


def leave(desk: Desk) -> None:
    assert desk.window is not None
    desk.window.menu.log_off.emit()


def test_who_is_linked_comes_in_and_is_told_so(start: Start, qtbot: QtBot, house: str) -> None:
    link(house)
    desk = start(True)
    windowed(desk, qtbot)
    window = desk.window
    assert window is not None
    assert at_work(desk) == "bo"
    qtbot.waitUntil(lambda: bool(window.messages.notice.text()))
    said = window.messages.notice.text()
    assert said == f"Du er logget ind som Bo: Systemet kender dig som {system_user.names()[0]}."


def test_after_logging_off_somebody_else_can_log_in(start: Start, qtbot: QtBot, house: str) -> None:
    link(house)
    desk = start(True)
    windowed(desk, qtbot)
    leave(desk)
    page = login_page(desk, qtbot)
    qtbot.waitUntil(lambda: page.known.isVisible() and desk.jobs.idle())
    assert page.known.text() == "Log ind som Bo"
    log_in(desk, qtbot)
    windowed(desk, qtbot)
    assert at_work(desk) == "eva"
    leave(desk)
    page = login_page(desk, qtbot)
    qtbot.waitUntil(lambda: page.known.isVisible() and desk.jobs.idle())
    QTest.mouseClick(page.known, Qt.MouseButton.LeftButton)
    windowed(desk, qtbot)
    assert at_work(desk) == "bo"


@pytest.mark.parametrize(("switched_on", "active"), [(False, True), (True, False)])
def test_a_password_is_asked_where_it_is_off_and_of_who_is_closed_out(
    start: Start, qtbot: QtBot, house: str, switched_on: bool, active: bool
) -> None:
    link(house, active=active)
    desk = start(switched_on)
    page = login_page(desk, qtbot)
    qtbot.waitUntil(lambda: page.where.isVisible() and desk.jobs.idle())
    assert desk.window is None
    assert not page.known.isVisible()
    assert page.form.isVisible()
