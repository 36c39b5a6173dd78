"""What a person does at the front of the program: log in, and wait for the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import first_start, opening
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.window.login import LoginPage
from moebelcirkel.ui.window.program import Program

SECRET = "tre grønne stole"
Open = Callable[..., Program]


def login_page(program: Program, qtbot: QtBot) -> LoginPage:
    qtbot.waitUntil(lambda: program.login_flow.login_page is not None)
    assert program.login_flow.login_page is not None
    return program.login_flow.login_page


def log_in(program: Program, qtbot: QtBot, name: str = "eva", secret: str = SECRET) -> None:
    """As a person does it: name, password, Return."""
    form = login_page(program, qtbot).form
    qtbot.waitUntil(program.jobs.idle)
    form.name.setText(name)
    form.password.setText(secret)
    QTest.keyClick(form.password, Qt.Key.Key_Return)


def windowed(program: Program, qtbot: QtBot) -> list[str]:
    """Wait for the window with its first page; the words in its rail."""
    qtbot.waitUntil(lambda: program.window is not None, timeout=10_000)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.page is not None and program.jobs.idle())
    return list(window.rail.buttons)


def begin(url: str) -> None:
    """Eva's first start on an empty database."""
    context = Context(Database(url), SYSTEM)
    try:
        first_start.begin(
            context, first_start.FirstStart("Randers Kommune", "Eva Holm", "eva", SECRET)
        )
    finally:
        opening.close(context)


def add_warehouse_person(url: str) -> None:
    """Bo of the warehouse, with the same password."""
    context = Context(Database(url), SYSTEM)
    try:
        users.save(
            context,
            users.UserForm(
                login="bo",
                name="Bo",
                grants=frozenset({Grant(Role.WAREHOUSE, None)}),
                password=SECRET,
            ),
        )
    finally:
        opening.close(context)
