"""A clock that cannot be right is told before anybody logs in, and said to be right there."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from moebelcirkel.services import places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import clock
from moebelcirkel.storage.engine import Database
from tests.ui.program_hands import Open, log_in, login_page, windowed


def test_a_year_back_is_doubted_at_log_in_until_the_clock_is_said_to_be_right(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    if not house.startswith("sqlite"):
        pytest.skip("a server's clock counts, not this PC's")
    database = Database(house)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=366)
    places.save(Context(database, SYSTEM, clock=lambda: soon), places.PlaceForm("9-01-A"))
    program = open_program(house)
    page = login_page(program, qtbot)
    qtbot.waitUntil(page.clock.isVisible)
    assert page.trouble.text().startswith("Uret på denne pc viser")
    assert not page.form.isVisible()
    QTest.mouseClick(page.clock, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.form.isVisible)
    assert not page.trouble.isVisible()
    assert clock.doubt(Context(database, SYSTEM)) is None
    database.close()
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None


def test_a_clock_set_wrong_while_the_log_in_waits_is_asked_about_in_place_of_an_answer(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    if not house.startswith("sqlite"):
        pytest.skip("a server's clock counts, not this PC's")
    program = open_program(house)
    page = login_page(program, qtbot)
    qtbot.waitUntil(lambda: bool(page.where.text()))
    database = Database(house)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=366)
    places.save(Context(database, SYSTEM, clock=lambda: soon), places.PlaceForm("9-01-A"))
    database.close()
    log_in(program, qtbot)
    qtbot.waitUntil(page.clock.isVisible)
    assert page.trouble.text().startswith("Uret på denne pc viser")
    QTest.mouseClick(page.clock, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.form.isVisible)
    assert page.form.button.isEnabled()
    QTest.mouseClick(page.form.button, Qt.MouseButton.LeftButton)
    windowed(program, qtbot)
