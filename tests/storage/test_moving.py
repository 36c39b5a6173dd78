"""A database file moved to a server: every row, or nothing at all."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from moebelcirkel import settings
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import check, places
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.places import PlaceForm
from moebelcirkel.services.start import moving
from moebelcirkel.storage.chain import NEWEST
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.places import Place
from tests import templates

ROOT = Path(__file__).resolve().parents[2]
_ADMIN = replace(SYSTEM, name="Administrator")
#: Moves for real, but stands still at a table in the middle until it is killed.
_SLOW = """
import sys, time
from moebelcirkel.services.start import moving

def step(done, total):
    if done > total // 3:
        print("half-way", flush=True)
        time.sleep(120)

moving.move(sys.argv[1], sys.argv[2], step)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A year of a small municipality, with pictures, reports and things undone."""
    return Path(shutil.copy(templates.in_file("example-120"), tmp_path / "kommune.sqlite"))


def rows(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }


def link(database: Database) -> object:
    with database.engine.connect() as connection:
        return connection.scalar(select(NEWEST.scalar_subquery()))


def tables(url: str) -> list[str]:
    database = Database(url)
    try:
        return inspect(database.engine).get_table_names()
    finally:
        database.close()


def test_all_that_stood_in_the_file_stands_on_the_server_and_goes_on_there(
    file: Path, postgres_url: str
) -> None:
    steps: list[tuple[int, int]] = []
    moved = moving.move(str(file), postgres_url, lambda *step: steps.append(step))
    old, new = Database(file), Database(postgres_url)
    assert rows(new) == rows(old)
    with new.engine.connect() as connection:  # the server plans by what it has looked at
        known = connection.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'event'"))
    assert known == rows(new)["event"]
    assert moved.rows == sum(rows(old).values()) > 5_000
    assert link(new) == link(old)
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[-1] == (2 * moved.rows, 2 * moved.rows)
    assert check.run(Context(new, SYSTEM)).ok

    last = max(ids(old, Place))
    saved = places.save(Context(new, SYSTEM), PlaceForm("NY-1", "Ny"))
    assert saved.change_id == max(ids(old, Change)) + 1
    assert max(ids(new, Place)) > last
    for database in (old, new):
        database.close()


def ids(database: Database, model: type[Place] | type[Change]) -> list[int]:
    with database.engine.connect() as connection:
        return list(connection.scalars(select(model.id)))


def test_an_id_that_was_given_out_once_is_not_given_out_on_the_server(
    file: Path, postgres_url: str
) -> None:
    old = Database(file)
    with old.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE sqlite_sequence SET seq = 7000 WHERE name = 'app_user'"))
    old.close()
    moving.move(str(file), postgres_url, lambda *_: None)
    new = Database(postgres_url)
    with new.engine.connect() as connection:
        query = text("SELECT nextval(pg_get_serial_sequence('app_user', 'id'))")
        assert connection.scalar(query) == 7001
    new.close()


def test_stopped_in_the_middle_the_server_is_empty_and_the_file_untouched(
    file: Path, postgres_url: str
) -> None:
    before = file.read_bytes()

    def stop(done: int, total: int) -> None:
        if done > total * 2 // 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(str(file), postgres_url, stop)
    assert tables(postgres_url) == []
    assert file.read_bytes() == before


def test_killed_in_the_middle_the_server_is_empty_and_it_is_done_anew(
    file: Path, postgres_url: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW, str(file), postgres_url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline().strip() == "half-way"
        process.kill()
    process.wait()
    assert tables(postgres_url) == []
    assert moving.move(str(file), postgres_url, lambda *_: None).rows > 5_000


def test_a_database_that_is_not_empty_is_left_as_it_is(file: Path, postgres_url: str) -> None:
    moving.move(str(file), postgres_url, lambda *_: None)
    with pytest.raises(Unavailable, match="not empty"):
        moving.move(str(file), postgres_url, lambda *_: None)


def test_only_a_file_is_moved_and_only_to_a_server(
    file: Path, tmp_path: Path, postgres_url: str
) -> None:
    with pytest.raises(Unavailable, match="Only a database file"):
        moving.move(postgres_url, postgres_url, lambda *_: None)
    with pytest.raises(Unavailable, match="PostgreSQL server"):
        moving.move(str(file), str(tmp_path / "other.sqlite"), lambda *_: None)
    assert not (tmp_path / "other.sqlite").exists()


@pytest.mark.parametrize("change", ["version = 1.5", "name = CAST('a' AS BLOB)"])
def test_what_the_server_cannot_hold_is_named_and_nothing_is_moved(
    file: Path, postgres_url: str, change: str
) -> None:
    old = Database(file)
    with old.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(f"UPDATE place SET {change} WHERE id = 1"))
    old.close()
    with pytest.raises(Unavailable, match=r"\(place\)"):
        moving.move(str(file), postgres_url, lambda *_: None)
    assert tables(postgres_url) == []


def test_the_pc_that_used_the_file_uses_the_server_afterwards(
    file: Path, postgres_url: str
) -> None:
    remembered = settings.Settings()
    remembered.set(settings.DATABASE, str(file))
    moving.move(str(file), postgres_url, lambda *_: None)
    assert settings.Settings().get(settings.DATABASE) == postgres_url
