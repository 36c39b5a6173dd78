"""A migration is whole or has not been: also when its process is killed in the middle."""

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage import migrate as migration
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import DatabaseState, condition, migrate
from moebelcirkel.storage.triggers import expected, installed

ROOT = Path(__file__).resolve().parents[2]
_OLD = "0003"
#: Migrates for real, but stands still at the last table until it is killed.
_SLOW = """
import sys, time
from sqlalchemy import event
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate

database = Database(sys.argv[1])

@event.listens_for(database.engine, "before_cursor_execute")
def wait(connection, cursor, statement, *more):
    if "CREATE TABLE report_line" in statement:
        print("half-way", flush=True)
        time.sleep(120)

migrate(database)
"""


def at_revision(url: str, revision: str) -> None:
    """A database as an earlier version of the program left it, with a row in it."""
    database = Database(url)
    with database.engine.begin() as connection:
        config = migration._config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(text("INSERT INTO counter (name, value) VALUES ('unit', 4127)"))
    database.close()


def tables(database: Database) -> set[str]:
    with database.engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def killed_half_way(url: str) -> None:
    """Start the migration in a process of its own and kill it between two tables."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW, url],
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


def test_a_killed_migration_leaves_the_old_database_whole(empty_url: str) -> None:
    at_revision(empty_url, _OLD)
    database = Database(empty_url)
    before = tables(database)
    killed_half_way(empty_url)
    assert condition(database) is DatabaseState.OLDER
    assert tables(database) == before
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM counter")).scalars().all() == [4127]
        if database.is_sqlite:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    migrate(database)
    assert condition(database) is DatabaseState.CURRENT
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM counter")).scalars().all() == [4127]
        assert installed(connection) == expected(connection.dialect.name)
    database.close()


def test_a_killed_first_migration_leaves_nothing(empty_url: str) -> None:
    killed_half_way(empty_url)
    database = Database(empty_url)
    assert condition(database) is DatabaseState.EMPTY
    assert migrate(database) is None
    assert condition(database) is DatabaseState.CURRENT
    database.close()


def test_two_workstations_migrate_at_once(empty_url: str) -> None:
    at_revision(empty_url, _OLD)
    faults: list[BaseException] = []

    def work() -> None:
        database = Database(empty_url)
        try:
            migrate(database)
        except Unavailable as error:
            faults.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    database = Database(empty_url)
    assert condition(database) is DatabaseState.CURRENT
    database.close()


def test_the_names_of_the_steps_are_their_numbers() -> None:
    script = ScriptDirectory.from_config(migration._config())
    assert [step.revision for step in script.walk_revisions()][::-1] == migration.revisions()


def test_a_copy_is_made_before_an_update(tmp_path: Path) -> None:
    file = tmp_path / "moebel.sqlite"
    at_revision(f"sqlite:///{file}", _OLD)
    database = Database(file)
    copy = migrate(database, tmp_path / "copies")
    assert copy is not None
    assert copy.parent == tmp_path / "copies"
    old = Database(copy)
    assert condition(old) is DatabaseState.OLDER
    old.close()
    assert migrate(database) is None
    database.close()


def interrupted(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """An update that comes to its end after the copy and before anything is changed."""
    with monkeypatch.context() as patched:
        patched.setattr(migration, "_migrate_sqlite", cut_off)
        with pytest.raises(KeyboardInterrupt):
            migrate(database)


def cut_off(_database: Database) -> None:
    raise KeyboardInterrupt


def copies_of(file: Path) -> list[Path]:
    return sorted(file.parent.glob("*.before-update.sqlite"))


def changed(file: Path, request: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO change (request_id, kind, session, at) VALUES (?, 'x', '', '2026-01-01')",
            (request,),
        )


def test_updates_that_were_interrupted_leave_one_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, alike = tmp_path / "a.sqlite", tmp_path / "a-b.sqlite"
    for each in (file, alike):
        at_revision(str(each), _OLD)
    other = Database(alike)
    interrupted(other, monkeypatch)
    database = Database(file)
    for turn in range(3):
        interrupted(database, monkeypatch)
        changed(file, f"request {turn}")
    newest = migrate(database)
    assert newest is not None
    assert [path for path in copies_of(file) if path.name.startswith("a-2")] == [newest]
    assert len(copies_of(file)) == 2, "the one of the database whose name begins alike stays"
    with contextlib.closing(sqlite3.connect(newest)) as old:
        assert old.execute("SELECT count(*) FROM change").fetchone() == (3,)
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (_OLD,)
    for opened in (database, other):
        opened.close()


def test_a_copy_that_holds_more_than_the_next_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.sqlite"
    at_revision(str(file), _OLD)
    older = file.read_bytes()
    changed(file, "the work of a month")
    database = Database(file)
    interrupted(database, monkeypatch)
    database.close()
    file.write_bytes(older)
    changed(file, "other work")
    database = Database(file)
    migrate(database)
    assert len(copies_of(file)) == 2
    database.close()


def test_an_update_that_another_program_did_meanwhile_leaves_the_copy_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.sqlite"
    at_revision(str(file), _OLD)
    first, second = Database(file), Database(file)
    monkeypatch.setattr(migration, "condition", lambda _database: DatabaseState.OLDER)
    copy = migrate(first)
    assert migrate(second) is None
    assert copies_of(file) == [copy]
    for database in (first, second):
        database.close()


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE alembic_version SET version_num = '9999'"], "newer version of the program"),
        (["DROP TABLE alembic_version"], "not one of ours"),
    ],
    ids=["newer", "foreign"],
)
def test_a_newer_or_foreign_database_is_left_alone(
    database: Database, statements: list[str], said: str
) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    before = tables(database)
    with pytest.raises(Unavailable, match=said):
        migrate(database)
    assert tables(database) == before


def test_someone_elses_file_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE customers (name TEXT)")
    other.close()
    print_before = hashlib.sha256(file.read_bytes()).hexdigest()
    database = Database(file)
    with pytest.raises(Unavailable, match="not one of ours"):
        migrate(database)
    database.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == print_before


def test_rows_that_refer_to_nothing_stop_the_migration(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'broken.sqlite'}"
    at_revision(url, _OLD)
    with sqlite3.connect(tmp_path / "broken.sqlite") as raw:
        raw.execute(
            "INSERT INTO event (change_id, entity, entity_id, payload_version)"
            " VALUES (99, 'unit', '1', 1)"
        )
    raw.close()
    database = Database(url)
    with pytest.raises(Unavailable, match="rows refer to others that do not exist"):
        migrate(database)
    assert condition(database) is DatabaseState.OLDER
    database.close()


@pytest.mark.parametrize("said", [[], ["0001", "0007"]], ids=["nothing", "two versions"])
def test_a_database_that_does_not_say_its_version_is_left_alone(
    database: Database, said: list[str]
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        for number in said:
            connection.execute(text("INSERT INTO alembic_version VALUES (:n)"), {"n": number})
    before = tables(database)
    for act in (condition, migrate):
        with pytest.raises(Unavailable, match="does not say which version"):
            act(database)
    with pytest.raises(Unavailable, match="does not say which version"):
        Context(database, SYSTEM).write("place.save", None, lambda _work: None)
    assert tables(database) == before
