"""Bad days of a database: said plainly, nothing written, the file whole."""

import contextlib
import hashlib
import os
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select, text

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services.context import SYSTEM, Context, Work
from moebelcirkel.storage import engine
from moebelcirkel.storage.copies import taking
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import condition, migrate
from moebelcirkel.storage.tables.places import Place
from tests.clock import Clock
from tests.full_drive import files_no_larger_than, needs_limits

_NOBODY = 65_534


def add_place(work: Work) -> None:
    work.session.add(Place(code=f"1-{work.change_id:02d}-A"))


def write(database: Database) -> None:
    Context(database, SYSTEM, clock=Clock()).write("place.save", None, add_place)


def write_often(database: Database) -> None:
    for _attempt in range(500):
        write(database)


def places(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Place)).all())


def is_whole(file: Path) -> bool:
    connection = sqlite3.connect(file)
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        connection.close()


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """As someone whom the file's rights bind; root may write everything."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike the tests' own."""
    with tempfile.TemporaryDirectory(prefix="moebelcirkel-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_database_that_another_program_holds(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    database = Database(sqlite_file)
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="busy with something else"):
        write(database)
    assert places(database) == 0
    other.execute("COMMIT")
    other.close()
    write(database)
    assert places(database) == 1
    database.close()


def test_a_full_drive(sqlite_file: Path) -> None:
    database = Database(sqlite_file)
    write(database)

    @event.listens_for(database.engine, "connect")
    def limit(connection: sqlite3.Connection, _entry: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    database.engine.dispose()
    with pytest.raises(Unavailable, match="no room left"):
        write_often(database)
    written = places(database)
    database.close()
    assert is_whole(sqlite_file)
    database = Database(sqlite_file)
    write(database)
    assert places(database) == written + 1
    database.close()


@needs_limits
def test_a_drive_that_is_full_already_when_it_is_opened(sqlite_file: Path) -> None:
    database = Database(sqlite_file)
    with files_no_larger_than(4096):  # SQLite shares its log through a file of 32 KiB
        for call in (places, write):
            with pytest.raises(Unavailable, match="no room left"):
                call(database)
    write(database)
    assert places(database) == 1
    database.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["folder too", "file only"])
def test_a_file_that_may_only_be_read(
    sqlite_file: Path, open_folder: Path, folder_mode: int
) -> None:
    file = open_folder / "moebel.sqlite"
    file.write_bytes(sqlite_file.read_bytes())
    file.chmod(0o444)
    open_folder.chmod(folder_mode)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    with without_rights():
        database = Database(file)
        with pytest.raises(Unavailable, match="cannot be written to"):
            write(database)
        database.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
@pytest.mark.parametrize("there", [True, False], ids=["a database in it", "nothing in it"])
def test_a_folder_that_may_only_be_read_is_called_so(
    sqlite_file: Path, open_folder: Path, there: bool
) -> None:
    file = open_folder / "moebel.sqlite"
    if there:
        file.write_bytes(sqlite_file.read_bytes())
        file.chmod(0o666)
    open_folder.chmod(0o555)
    with without_rights():
        database = Database(file)
        with pytest.raises(Unavailable, match="folder .* is read-only") as told:
            write(database)
        database.close()
    assert str(open_folder) in str(told.value)


def test_a_long_reader_leaves_no_large_log(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WAL_KEPT", 200_000)
    database = Database(sqlite_file)
    log = Path(f"{sqlite_file}-wal")
    other = Database(sqlite_file)
    with database.read() as session:
        session.execute(text("SELECT count(*) FROM place")).scalar_one()
        for _change in range(100):
            write(other)
        grown = log.stat().st_size
    assert grown > 5 * engine.WAL_KEPT
    assert log.stat().st_size <= engine.WAL_KEPT
    assert places(database) == 100
    write(other)
    assert log.stat().st_size > 0
    database.close()
    assert log.stat().st_size == 0
    other.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_bytes(b"Dear municipality, " * 500)
    database = Database(file)
    for call in (lambda: condition(database), lambda: migrate(database), lambda: write(database)):
        with pytest.raises(Unavailable, match="is not a database and was not changed"):
            call()
    with pytest.raises(Unavailable, match="is not a database"):
        taking.take_file(file, tmp_path / "copy.sqlite", lambda _file: None)
    database.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["letter.sqlite"]
    assert file.read_bytes() == b"Dear municipality, " * 500


def test_a_damaged_page(sqlite_file: Path) -> None:
    database = Database(sqlite_file)
    write(database)
    with database.engine.connect() as connection:
        page = connection.execute(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'place'")
        ).scalar_one()
        size = connection.execute(text("PRAGMA page_size")).scalar_one()
    with database.engine.connect() as connection:
        connection.connection.driver_connection.execute(  # type: ignore[union-attr]
            "PRAGMA wal_checkpoint(TRUNCATE)"
        )
    database.close()
    with sqlite_file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    before = sqlite_file.read_bytes()
    database = Database(sqlite_file)
    with pytest.raises(Unavailable, match="damaged and was not changed"):
        places(database)
    with pytest.raises(Unavailable, match="damaged and was not changed"):
        write(database)
    database.close()
    assert sqlite_file.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    database = Database(tmp_path / "nowhere" / "moebel.sqlite")
    with pytest.raises(Unavailable, match="cannot be opened"):
        condition(database)
    database.close()
    assert not (tmp_path / "nowhere").exists()


def test_a_server_that_does_not_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = Database(f"postgresql://someone@127.0.0.1:{port}/moebel")
    for call in (lambda: condition(database), lambda: write(database)):
        with pytest.raises(Unavailable, match="does not answer"):
            call()
    database.close()


def test_a_server_that_goes_away_in_the_middle(postgres_url: str) -> None:
    database = Database(postgres_url)
    migrate(database)
    killer = Database(postgres_url)

    def cut(work: Work) -> None:
        add_place(work)
        work.session.flush()
        own = work.session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        with killer.engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
        add_place(work)

    with pytest.raises(Unavailable, match="does not answer"):
        Context(database, SYSTEM, clock=Clock()).write("place.save", None, cut)
    assert places(database) == 0
    write(database)
    assert places(database) == 1
    killer.close()
    database.close()


def test_a_session_that_may_only_read(postgres_url: str) -> None:
    database = Database(postgres_url)
    migrate(database)
    with database.engine.begin() as connection:
        name = database.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    database.engine.dispose()
    for _turn in range(2):  # a connection that was read with comes back from the pool
        assert places(database) == 0
        with pytest.raises(Unavailable, match="read-only just now"):
            write(database)
    database.close()


def test_an_account_that_may_not_open_the_database_is_told_so(postgres_url: str) -> None:
    owner = Database(postgres_url)
    name = owner.url.database
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE without_connect LOGIN")
        connection.exec_driver_sql(f'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC')
    try:
        other = Database(owner.url.set(username="without_connect"))
        with pytest.raises(Unavailable, match="may not open this database"):
            condition(other)
        other.close()
    finally:
        with owner.engine.begin() as connection:
            connection.exec_driver_sql("DROP ROLE without_connect")
        owner.close()


def test_nothing_of_a_refused_write_stays(database: Database) -> None:
    def fail(work: Work) -> None:
        add_place(work)
        work.session.flush()
        raise ValueError("a fault in the program")

    with pytest.raises(ValueError, match="a fault"):
        Context(database, SYSTEM, clock=Clock()).write("place.save", None, fail)
    assert places(database) == 0
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM change")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM event")).scalar() == 0
