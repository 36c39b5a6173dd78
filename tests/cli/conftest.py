"""The small municipality in a file, and its administrator at the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from moebelcirkel.cli import arguments, running
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests import world
from tests.cli.commands import SECRET, Answer, Run


@pytest.fixture
def town(sqlite_file: Path) -> Iterator[Path]:
    """The small municipality on a SQLite file; eva is its administrator, with a password."""
    database = Database(sqlite_file, durable=False)
    context = Context(database, SYSTEM)
    world.build(context)
    form = users.UserForm(
        login="eva",
        name="Eva Holm",
        password=SECRET,
        grants=frozenset({Grant(Role.ADMINISTRATOR, None), Grant(Role.WAREHOUSE, None)}),
    )
    users.save(context, form)
    yield sqlite_file
    database.close()


@pytest.fixture
def run(town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, on the town and as eva unless told otherwise."""
    monkeypatch.setenv(running.PASSWORD_VARIABLE, SECRET)

    def go(*words: str, database: str | None = str(town), user: str | None = "eva") -> Answer:
        before = [*(["--database", database] if database else [])]
        before += ["--user", user] if user else []
        capsys.readouterr()
        code = running.run(arguments.parse([*before, *words]))
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return go
