"""Each municipality's way of working: the whole program on a small town, everyone with a log-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import institutions, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.window.program import Program
from tests import world
from tests.clock import Clock
from tests.ui.chain_hands import Hands, without_printer
from tests.ui.chain_registers import SECRET


@pytest.fixture
def town(sqlite_file: Path, clock: Clock) -> Iterator[world.World]:
    """The small municipality, with a town hall whose leader hands in."""
    database = Database(sqlite_file, durable=False)
    town = world.build(Context(database, SYSTEM, clock=clock))
    admin = town.person("admin")
    hall = institutions.save(admin, institutions.InstitutionForm("Rådhuset", ean="5799999000034"))
    grants = frozenset({Grant(Role.LEADER, hall.id)})
    users.save(admin, users.UserForm("raadhus", "Rita", grants=grants, password=SECRET))
    for login in ("lager", "leader", "approver", "controller"):
        users.set_password(admin, town.people[login].user_id or 0, SECRET)
    yield town
    database.close()


@pytest.fixture
def hands(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    town: world.World,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Hands]:
    """At a PC of the hall, the warehouse logged in."""
    without_printer(monkeypatch)
    target = str(town.context.database.url.database)
    program = Program(qapp, Settings(tmp_path / "settings.json"), target, clock=clock)
    program.start()
    hands = Hands(program, qtbot)
    qtbot.waitUntil(lambda: program.login_flow.login_page is not None)
    page = program.login_flow.login_page
    assert page is not None
    qtbot.waitUntil(program.jobs.idle)
    hands.log_in(page.form, "lager", SECRET)
    yield hands
    program.end()
