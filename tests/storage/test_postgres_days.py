"""Bad days of a shared database: nobody waits for ever, nothing is half saved, nothing doubled."""

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import InternalError, ProgrammingError

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services.context import SYSTEM, Context, Saved, Work
from moebelcirkel.storage import engine
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import _ADVISORY_LOCK, condition, migrate
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.places import Place
from tests.clock import Clock
from tests.storage.cut_wire import wire_to

_FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
END $$
"""
#: A drive can be full when a row is written, and as late as when everything is to be kept.
_WHEN = {
    "at a row": "CREATE TRIGGER no_room BEFORE INSERT ON event EXECUTE FUNCTION no_room()",
    "at the end": "CREATE CONSTRAINT TRIGGER no_room AFTER INSERT ON change "
    "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no_room()",
}
_TABLES = {"at a row": "event", "at the end": "change"}


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Database]:
    """An open shared database at the newest schema."""
    opened = Database(postgres_url)
    migrate(opened)
    yield opened
    opened.close()


def asker(database: Database, request: str) -> Context:
    return Context(database, SYSTEM, clock=Clock(), request_id=request)


def write(context: Context) -> object:
    def fill(work: Work) -> Saved:
        place = Place(code=f"1-{work.change_id:02d}-A")
        work.session.add(place)
        work.session.flush()
        return Saved(id=place.id)

    return context.write("place.save", None, fill).id


def counts(database: Database) -> tuple[int, int]:
    """How many places there are, and how many changes."""
    with database.read() as session:
        return len(session.scalars(select(Place)).all()), len(session.scalars(select(Change)).all())


def test_a_writer_does_not_wait_for_ever(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 200)
    database = Database(postgres_url)
    migrate(database)
    write(asker(database, "one"))
    with database.write():
        with pytest.raises(Unavailable, match="busy with something else"):
            write(asker(database, "two"))
        assert counts(database) == (1, 1)
    write(asker(database, "two"))
    assert counts(database) == (2, 2)
    database.close()


def test_a_write_sees_what_those_before_kept_whatever_level_the_server_prefers(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    migrate(database)
    name = database.url.database
    with database.engine.begin() as connection:
        connection.execute(
            text(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
        )
    database.engine.dispose()
    waits = threading.Event()
    seen: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if threading.current_thread() is not threading.main_thread() and "advisory" in statement:
            waits.set()

    event.listen(database.engine, "before_cursor_execute", look)

    def second() -> None:
        with database.write() as session:
            seen.extend(session.scalars(select(Place.code)))

    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            later = pool.submit(second)
            waits.wait(5)
            session.add(Place(code="1-01-A"))
        later.result()
    assert seen == ["1-01-A"]
    database.close()


def test_an_update_of_the_schema_does_not_wait_for_ever(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 200)
    database = Database(postgres_url)
    with database.engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        with pytest.raises(Unavailable, match="busy with something else"):
            migrate(database)
    assert condition(database).name == "EMPTY"
    migrate(database)
    database.close()


@pytest.mark.parametrize("when", _WHEN)
def test_a_full_drive_keeps_nothing_of_the_change(shared: Database, when: str) -> None:
    write(asker(shared, "before"))
    with shared.engine.begin() as connection:
        connection.execute(text(_FULL))
        connection.execute(text(_WHEN[when]))
    with pytest.raises(Unavailable, match="no room left"):
        write(asker(shared, "again"))
    assert counts(shared) == (1, 1)
    with shared.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER no_room ON {_TABLES[when]}"))
    write(asker(shared, "again"))
    assert counts(shared) == (2, 2)


def test_a_connection_lost_in_the_middle_can_be_tried_again(shared: Database) -> None:
    context = asker(shared, "once")

    def cut(work: Work) -> None:
        work.session.add(Place(code="1-01-A"))
        work.session.flush()
        own = work.session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        with shared.engine.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})

    with pytest.raises(Unavailable, match="does not answer"):
        context.write("place.save", None, cut)
    assert counts(shared) == (0, 0)
    assert write(context) == write(context)
    assert counts(shared) == (1, 1)


def test_the_driver_says_nothing_of_its_own_beside_the_refusal(
    shared: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def cut(work: Work) -> None:
        own = work.session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        with shared.engine.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
        work.session.execute(select(Place))

    with pytest.raises(Unavailable, match="does not answer"):
        asker(shared, "once").write("place.save", None, cut)
    gc.collect()
    assert caplog.messages == []


def test_what_the_server_took_back_is_never_told_to_be_saved(shared: Database) -> None:
    def write_on() -> None:
        with shared.write() as session:
            session.add(Place(code="1-01-A"))
            session.flush()
            with pytest.raises(ProgrammingError):
                session.execute(text("SELECT nothing_of_this_name"))

    with pytest.raises(InternalError, match="nothing was kept"):
        write_on()
    assert counts(shared) == (0, 0)
    write(asker(shared, "after"))
    assert counts(shared) == (1, 1)


@pytest.mark.parametrize("kept", [True, False])
def test_a_connection_that_cannot_come_to_its_end_is_dropped_without_a_word(
    shared: Database, caplog: pytest.LogCaptureFixture, kept: bool
) -> None:
    """An answer that nobody waits for leaves it busy, as some of a server's last words do."""

    def leave_busy() -> None:
        with shared.write() as session:
            driver: Any = session.connection().connection.dbapi_connection
            driver.pgconn.send_query_params(b"SELECT pg_sleep(0.2)", None)
            if not kept:
                raise ValueError("a fault in the program")

    with pytest.raises(Unavailable, match="does not answer"):
        leave_busy()
    write(asker(shared, "after"))
    assert counts(shared) == (1, 1)
    gc.collect()
    assert caplog.records == []


def test_an_answer_lost_after_all_was_kept_is_told_when_tried_again(shared: Database) -> None:
    assert shared.url.port is not None
    with wire_to(shared.url.port) as wire:
        database = Database(shared.url.set(port=wire.port))
        context = asker(database, "once")
        write(asker(database, "before"))
        wire.armed = True
        with pytest.raises(Unavailable, match="does not answer"):
            write(context)
        assert wire.cuts == 1
        again = write(context)
        assert counts(shared) == (2, 2)
        with shared.read() as session:
            assert session.scalars(select(Place.id).order_by(Place.id.desc())).first() == again
        database.close()


def test_a_request_tried_again_while_it_is_being_kept_is_answered_once(database: Database) -> None:
    written, keep = threading.Event(), threading.Event()

    def slowly(work: Work) -> Saved:
        work.session.add(Place(code="1-01-A"))
        work.session.flush()
        written.set()
        keep.wait(5)
        return Saved(id=1)

    def other(_work: Work) -> Saved:
        return Saved(id=2)

    def again() -> Saved:
        written.wait(5)
        threading.Timer(0.2, keep.set).start()
        return asker(database, "once").write("place.save", None, other)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(asker(database, "once").write, "place.save", None, slowly)
        second = pool.submit(again)
        assert first.result() == second.result()
        assert second.result().id == 1
    assert counts(database) == (1, 1)


def test_an_answer_tells_of_its_columns_where_somebody_asks(shared: Database) -> None:
    with shared.engine.connect() as connection:
        for _time in "first", "again":
            found = connection.execute(text("SELECT 1 AS one, 'x' AS two"))
            assert found.cursor is not None
            told = found.cursor.description
            assert [column[0] for column in told] == [told[0][0], told[1][0]] == ["one", "two"]
            assert found.mappings().one() == {"one": 1, "two": "x"}
        assert not connection.execute(text("SET LOCAL lock_timeout = 1000")).returns_rows
        assert connection.execute(text("SELECT 1 WHERE false")).returns_rows


@pytest.mark.parametrize(
    ("default", "kept"), [("off", "local"), ("on", "on"), ("remote_write", "remote_write")]
)
def test_what_is_saved_is_on_the_servers_drive_before_anybody_is_told(
    shared: Database, default: str, kept: str
) -> None:
    """Whatever else the server waits for stays as it is set there."""
    with shared.engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = {default}'))
    shared.engine.dispose()
    ask = text("SELECT current_setting('synchronous_commit')")
    with shared.write() as session:
        assert session.scalar(ask) == kept
    with shared.read() as session:
        assert session.scalar(ask) == default
