"""A clock that cannot be right writes nothing from the command line either, unless it is said."""

import datetime as dt
from pathlib import Path

import pytest

from moebelcirkel.cli import arguments, running
from moebelcirkel.services import changes, check, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.queries.changes import ChangeFilter
from tests.cli.commands import Run, said


@pytest.fixture
def ahead(town: Path) -> Path:
    """The latest change is from next year: it was made while the clock was a year ahead."""
    database = Database(town)
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=366)
    places.save(Context(database, SYSTEM, clock=lambda: soon), places.PlaceForm("9-01-A"))
    database.close()
    return town


def _written(file: Path) -> int:
    database = Database(file)
    try:
        return changes.count(Context(database, SYSTEM), ChangeFilter())
    finally:
        database.close()


def test_a_clock_put_right_after_a_year_ahead_is_asked_about(ahead: Path, run: Run) -> None:
    before = _written(ahead)
    told = said(run("user", "reset-password", "eva", user=None))
    assert told.startswith("Uret på denne pc viser")
    assert "den seneste ændring er fra" in told
    assert _written(ahead) == before


def test_it_writes_when_the_clock_is_said_to_be_right_and_only_the_check_still_tells(
    ahead: Path, run: Run
) -> None:
    words = ["--database", str(ahead), "--clock-is-right", "user", "reset-password", "eva"]
    assert running.run(arguments.parse(words)) == 0
    assert run("user", "reset-password", "eva", user=None).code == 0
    database = Database(ahead)
    told = [check.text(each) for each in check.run(Context(database, SYSTEM)).findings]
    database.close()
    assert len(told) == 1
    assert told[0].startswith("En ændring ligger frem i tiden (")
    assert run("check", user=None).code == 1
