"""The power is cut right after something was said to be saved: it is there when all is on again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.units import Unit
from tests import power_cut

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the driver's own copy of SQLite cannot be reached there"
)


def cut_off(file: Path, out: Path, how: str) -> list[list[str]]:
    """The numbers given out by each write of a process of its own."""
    command = [sys.executable, "-m", "tests.power_cut", str(file), str(out), how]
    root = Path(__file__).parents[2]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def found_after(cut: Path, file: Path) -> set[str]:
    """The numbers in what the drive held, after it was checked whole and opened again."""
    database = Database(cut / file.name)
    try:
        context = Context(database, SYSTEM)
        assert check.run(context).findings == ()
        with context.read() as session:
            return set(session.scalars(select(Unit.number)))
    finally:
        database.close()


def test_numbers_that_were_given_out_are_there_after_a_power_cut(
    sqlite_file: Path, tmp_path: Path
) -> None:
    given = cut_off(sqlite_file, tmp_path / "out", "durable")
    assert len(given) == power_cut.WRITES
    acknowledged: set[str] = set()
    for cut, numbers in enumerate(given):
        acknowledged.update(numbers)
        assert found_after(tmp_path / "out" / f"cut-{cut}", sqlite_file) == acknowledged


def test_the_same_cut_takes_what_was_not_synchronised(sqlite_file: Path, tmp_path: Path) -> None:
    given = cut_off(sqlite_file, tmp_path / "out", "fast")
    last = tmp_path / "out" / f"cut-{power_cut.WRITES - 1}"
    assert found_after(last, sqlite_file) < {number for numbers in given for number in numbers}
