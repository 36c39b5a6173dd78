"""A lost password is restored by a command on the machine."""

from pathlib import Path

import pytest

from moebelcirkel.cli import arguments
from moebelcirkel.cli.running import run
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import first_start, login
from moebelcirkel.services.start.first_start import FirstStart
from moebelcirkel.storage.engine import Database


def _reset(file: Path, name: str) -> int:
    return run(arguments.parse(["--database", str(file), "user", "reset-password", name]))


@pytest.fixture
def started(sqlite_file: Path) -> Path:
    database = Database(sqlite_file)
    form = FirstStart("Åby Kommune", "Anna", "anna", "blå stol i hallen")
    first_start.begin(Context(database, SYSTEM), form)
    database.close()
    return sqlite_file


def test_the_administrator_gets_in_again(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _reset(started, "Anna") == 0
    once = capsys.readouterr().out.strip()
    database = Database(started)
    door = Context(database, SYSTEM)
    with pytest.raises(login.NewPasswordNeeded):
        login.log_in(door, "anna", once)
    actor = login.log_in(door, "anna", once, new_password="rød sofa i gangen")
    assert actor.name == "Anna"
    database.close()


def test_someone_unknown_is_said_in_one_line(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _reset(started, "nobody") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
