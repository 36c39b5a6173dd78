"""What whoever comes in is told of this PC's connection, and who is not bothered with it."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from tests.ui.program_hands import Open, add_warehouse_person, log_in, windowed


@pytest.fixture
def engine_kind() -> str:
    """Only a server can prove who it is."""
    return "postgresql"


@pytest.fixture
def unproved(house: str) -> str:
    """The house by a name of the network, with an address that asks for no proof."""
    url = make_url(house).set(host="database.kommune.example")
    way = {"hostaddr": "127.0.0.1", "sslmode": "prefer"}
    return url.update_query_dict(way).render_as_string()


def test_the_administrator_is_told_that_the_server_proves_nothing(
    open_program: Open, qtbot: QtBot, unproved: str
) -> None:
    program = open_program(unproved)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    notice = program.window.messages.notice
    qtbot.waitUntil(lambda: bool(notice.text()))
    assert "serveren ikke skal bevise, hvem den er" in notice.text()


def test_others_are_not_bothered_with_it(
    open_program: Open, qtbot: QtBot, unproved: str, house: str
) -> None:
    add_warehouse_person(house)
    program = open_program(unproved)
    log_in(program, qtbot, "bo")
    windowed(program, qtbot)
    assert program.window is not None
    assert program.window.messages.notice.text() == ""
