"""Whoever sent an order is told at log-in that somebody else refused it, once."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import orders, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.services.users import UserForm
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.window.program import Program
from tests import world
from tests.services import shopping
from tests.services.ordering import fill
from tests.ui.program_hands import SECRET, Open, log_in, windowed


def _refused_meanwhile(file: Path) -> None:
    context = Context(Database(file), SYSTEM)
    school = world.build(context).school
    grants = frozenset({Grant(Role.EMPLOYEE, school)})
    users.save(context, UserForm(login="mette", name="Mette", grants=grants, password=SECRET))
    town = world.build(context)
    mette, leader = town.person("mette"), town.person("leader")
    fill(mette, town, 1)
    sent = shopping.send(mette, school)
    orders.refuse(leader, int(sent.order_id), "Vi har <b>nok</b> stole")
    opening.close(context)


def test_a_refused_order_tells_its_sender_at_log_in_until_it_was_seen(
    open_program: Open, qtbot: QtBot, sqlite_file: Path
) -> None:
    _refused_meanwhile(sqlite_file)
    program = open_program(str(sqlite_file))
    log_in(program, qtbot, "mette")
    windowed(program, qtbot)
    question = _question(program, qtbot)
    told = "\n".join(label.text() for label in question.findChildren(QLabel))
    assert "Nyt om din bestilling" in told
    assert "B-000001 er afvist af Leader: Vi har <b>nok</b> stole" in told
    QTest.mouseClick(question.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: program.window is not None and isinstance(program.window.page, OrdersPage)
    )
    qtbot.waitUntil(program.jobs.idle)
    assert program.window is not None
    page = program.window.page
    assert isinstance(page, OrdersPage)
    assert page.card.detail is not None
    assert page.card.detail.row.number == "B-000001"
    assert program.news is not None
    program.news.look()
    qtbot.waitUntil(program.jobs.idle)
    assert program.news.question is None


def _question(program: Program, qtbot: QtBot) -> Question:
    qtbot.waitUntil(lambda: program.news is not None and program.news.question is not None)
    assert program.news is not None
    assert program.news.question is not None
    return program.news.question
