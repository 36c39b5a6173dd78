"""Where each person is an account of the server's, the log-in opens the database as that person."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.users import badges as badge_rules
from moebelcirkel.language import refusal
from moebelcirkel.services import badges, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import moving, server
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import digest
from moebelcirkel.ui.window.program import Program
from tests import postgres, templates
from tests.ui.program_hands import log_in, login_page, windowed

HOUSE, OWNER, PROGRAM = "kommune", "kommune_ejer", "kommune_program"
SECRET = "serverens egen kode"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Cluster]:
    """A server that asks each person for a password (scram), and trusts its own people."""
    try:
        made = postgres.start()
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))
    file = Path(
        shutil.copy(templates.in_file("example-120"), tmp_path_factory.mktemp("house") / "k.sqlite")
    )
    wanted = server.WantedServer(HOUSE, OWNER, PROGRAM)
    server.prepare(made.url("postgres"), wanted, lambda _sql: None)
    moving.move(str(file), made.url(HOUSE, OWNER), lambda *_: None)
    server.prepare(made.url("postgres"), replace(wanted, personal=True), lambda _sql: None)
    admin = made.url("postgres").replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        for name in ("lager", "leder"):
            connection.execute(f"ALTER ROLE {name} PASSWORD '{SECRET}'".encode())
    trusted = f"host all tester,{OWNER} 127.0.0.1/32 trust\n"
    rules = made.folder / "data" / "pg_hba.conf"
    rules.write_text(trusted + "host all all 127.0.0.1/32 scram-sha-256\n")
    made.settings(log_min_messages="error")
    yield made
    made.stop()


@pytest.fixture
def program(qapp: QApplication, cluster: postgres.Cluster, tmp_path: Path) -> Iterator[Program]:
    address = f"postgresql://127.0.0.1:{cluster.port}/{HOUSE}"
    program = Program(qapp, Settings(tmp_path / "settings.json", tmp_path / "none.json"), address)
    program.start()
    yield program
    program.end()


def connected_as(program: Program) -> str | None:
    assert program.window is not None
    return program.window.context.database.url.username


def asked(program: Program, qtbot: QtBot) -> None:
    """The server has said that it lets nobody in without a name."""
    page = login_page(program, qtbot)
    qtbot.waitUntil(lambda: page.tip.text() == "Log ind med din konto på serveren.")
    assert page.form.isVisible()


def test_the_password_of_the_server_opens_it_as_that_person(program: Program, qtbot: QtBot) -> None:
    asked(program, qtbot)
    log_in(program, qtbot, "lager", "forkert kode her")
    form = login_page(program, qtbot).form
    qtbot.waitUntil(lambda: "godtog ikke kontoen" in form.name_error.text(), timeout=10_000)
    assert program.window is None
    log_in(program, qtbot, "lager", SECRET)
    windowed(program, qtbot)
    assert program.window is not None
    assert (connected_as(program), program.window.context.actor.login) == ("lager", "lager")
    lock = program.window.lock
    assert lock is not None
    lock.lock()
    assert lock.sheet is not None
    lock.sheet.unlocking.emit("stol-bord-reol")  # the program's own is none here
    qtbot.waitUntil(lambda: lock.sheet is not None and bool(lock.sheet.error.text()))
    lock.sheet.unlocking.emit(SECRET)
    qtbot.waitUntil(lambda: not lock.locked, timeout=10_000)
    program.window.menu.change_user.emit()
    asked(program, qtbot)
    log_in(program, qtbot, r"KOMMUNE\leder", SECRET)
    windowed(program, qtbot)
    assert (connected_as(program), program.window.context.actor.login) == ("leder", "leder")


def test_a_badge_opens_no_account_of_the_server_and_says_what_to_do(
    program: Program, cluster: postgres.Cluster, qtbot: QtBot
) -> None:
    secret = "A" * badge_rules.SECRET_LENGTH
    database = Database(cluster.url(HOUSE, OWNER))
    context = Context(database, SYSTEM)
    leder = next(row for row in users.find(context) if row.login == "leder")
    badges.store(context, leder.id, digest(secret))
    database.close()

    asked(program, qtbot)
    form = login_page(program, qtbot).form
    program.badges.shown(badge_rules.code(secret), None)
    assert "åbner ingen konto på serveren" in form.name_error.text()
    log_in(program, qtbot, "lager", SECRET)
    windowed(program, qtbot)
    window = program.window
    assert window is not None
    told: list[str] = []
    window.messages.refused = lambda error: told.append(refusal(error))  # type: ignore[method-assign]
    program.badges.shown(badge_rules.code(secret), window)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "åbner den ikke. Vælg Skift bruger" in told[0]
    assert connected_as(program) == "lager"
