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
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import log_in, login_page, windowed

Start = Callable[[bool], Program]


@pytest.fixture
def start(qapp: QApplication, house: str, tmp_path: Path) -> Iterator[Start]:
    """The program on a PC where it is switched on, or is not."""
    programs: list[Program] = []

    def begin(switched_on: bool) -> Program:
        machine = tmp_path / "machine.json"
        machine.write_text(json.dumps({"log_in_by_system": True} if switched_on else {}))
        own = Settings(tmp_path / "settings.json", machine)
        own.put({"log_in_by_system": True})  # what a person writes there counts for nothing
        programs.append(Program(qapp, own, house))
        programs[-1].start()
        return programs[-1]

    yield begin
    for program in programs:
        program.end()


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


def at_work(program: Program) -> str:
    return "" if program.window is None else program.window.context.actor.login


def leave(program: Program) -> None:
    assert program.window is not None
    program.window.menu.log_off.emit()


def test_who_is_linked_comes_in_and_is_told_so(start: Start, qtbot: QtBot, house: str) -> None:
    link(house)
    program = start(True)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    assert at_work(program) == "bo"
    qtbot.waitUntil(lambda: bool(window.messages.notice.text()))
    said = window.messages.notice.text()
    assert said == f"Du er logget ind som Bo: Systemet kender dig som {system_user.names()[0]}."


def test_after_logging_off_somebody_else_can_log_in(start: Start, qtbot: QtBot, house: str) -> None:
    link(house)
    program = start(True)
    windowed(program, qtbot)
    leave(program)
    page = login_page(program, qtbot)
    qtbot.waitUntil(lambda: page.known.isVisible() and program.jobs.idle())
    assert page.known.text() == "Log ind som Bo"
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert at_work(program) == "eva"
    leave(program)
    page = login_page(program, qtbot)
    qtbot.waitUntil(lambda: page.known.isVisible() and program.jobs.idle())
    QTest.mouseClick(page.known, Qt.MouseButton.LeftButton)
    windowed(program, qtbot)
    assert at_work(program) == "bo"


@pytest.mark.parametrize(("switched_on", "active"), [(False, True), (True, False)])
def test_a_password_is_asked_where_it_is_off_and_of_who_is_closed_out(
    start: Start, qtbot: QtBot, house: str, switched_on: bool, active: bool
) -> None:
    link(house, active=active)
    program = start(switched_on)
    page = login_page(program, qtbot)
    qtbot.waitUntil(lambda: page.where.isVisible() and program.jobs.idle())
    assert program.window is None
    assert not page.known.isVisible()
    assert page.form.isVisible()
