"""Engines for SQLite and PostgreSQL.

Writers queue on both engines: on SQLite by BEGIN IMMEDIATE, on PostgreSQL by one advisory lock that
is taken before anything is read. So whatever a write has looked at stays true until it commits, no
two writers wait for each other, and the chain of changes has one order. Readers work on their own
snapshot and wait for nobody. SQLite runs in WAL mode (kept in the file, see ``migrate``) with
foreign keys on, and what was acknowledged is on the drive before anybody is told so: a power cut
takes nothing back that was said to be saved.
"""

import contextlib
import datetime as dt
import functools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from moebelcirkel.domain.errors import N_, Damaged, Unavailable
from moebelcirkel.storage import faults
from moebelcirkel.storage.chain import serialize
from moebelcirkel.storage.events import RecordedSession
from moebelcirkel.storage.faults import plain_errors
from moebelcirkel.storage.location import Watch
from moebelcirkel.storage.server import connecting

#: How long a writer waits for those before it. An import of some ten thousand lines lasts so long.
BUSY_TIMEOUT_MS = 30_000
#: Readers look so often whether another file was laid over the one that is open; writers always.
_LOOKED_S = 0.2
#: The write-ahead log is cut back to this when it has grown above it, as beside a long reader.
WAL_KEPT = 8_000_000

# The address itself is not repeated: it may hold a password.
_NO_ADDRESS = N_("This is not the address of a database: write postgresql://server/name.")


def as_url(target: str | Path) -> URL:
    """A database URL from a file path or a URL text; plain postgresql:// uses psycopg 3."""
    text = str(target)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise Unavailable(_NO_ADDRESS) from None
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise Unavailable(_NO_ADDRESS)
    return url


class HintingCompiler(SQLiteCompiler):
    """Lets a query name its index (``INDEXED BY``), as SQLite guesses wrong without statistics."""

    def get_from_hint_text(self, table: object, text: str | None) -> str | None:
        """Where the hint stands: behind the table."""
        return text


#: How a server is read.
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
#: Who fills a database does all that the program can do, over and over: the driver would forget
#: most statements before they come again, and reading one costs more than doing it.
_STATEMENTS_KEPT = 1_000
_EVERY_ENGINE: dict[str, Any] = {
    "pool_size": 8,
    "hide_parameters": True,
    "json_serializer": serialize,
}


def open_engine(target: str | Path | URL, *, durable: bool = True) -> Engine:
    """An engine for the file or URL, with our pragmas and transaction begin in place.

    Without ``durable`` a power cut may take the latest commits on SQLite, which are faster then.
    Values never stand in the texts of its errors: they may be names, and errors are logged.
    """
    url = target if isinstance(target, URL) else as_url(target)
    if url.get_backend_name() == "sqlite":
        kept = {} if durable else {"cached_statements": _STATEMENTS_KEPT}
        engine = create_engine(url, connect_args=connecting.SQLITE | kept, **_EVERY_ENGINE)
        engine.dialect.statement_compiler = HintingCompiler
        event.listen(engine, "connect", functools.partial(_prepare_sqlite, durable=durable))
        connecting.begin_by_intent(engine.dialect)
        return engine
    try:
        engine = create_engine(
            connecting.proving(url),
            pool_pre_ping=True,
            use_native_hstore=False,  # which would be asked for at the first connection
            connect_args=connecting.options(url, BUSY_TIMEOUT_MS),
            **_EVERY_ENGINE,
        )
    except ImportError as error:
        raise Unavailable(
            N_("This installation cannot speak to PostgreSQL. Install moebelcirkel[postgres].")
        ) from error
    engine.dialect.set_readonly = connecting.set_readonly  # type: ignore[attr-defined]
    connecting.few_turns(engine)
    return engine


def _prepare_sqlite(
    connection: sqlite3.Connection, _entry: ConnectionPoolEntry, *, durable: bool
) -> None:
    # The driver's own begin would be deferred and late; ours is explicit, see begin_by_intent.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        f"synchronous = {'FULL' if durable else 'NORMAL'}",
        "fullfsync = ON",
        f"journal_size_limit = {WAL_KEPT}",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        # Each connection keeps so many KiB; twice as much made no page faster, as the system keeps
        # the file anyway. Mapping it took as long, and counted what was read as this program's.
        f"cache_size = -{1_024 if durable else 65_536}",
        "mmap_size = 0",
        "temp_store = MEMORY",
    ):
        connecting.set_pragma(connection, pragma)


class _OneConnection(RecordedSession):
    """Asks for its one connection once: asking costs as much as half of a small statement."""

    _known: Connection | None = None

    def connection(self, *given: Any, **more: Any) -> Connection:
        if self._known is None or self._known.closed:
            self._known = super().connection(*given, **more)
        return self._known


def _own_clock() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Database:
    """One open database: sessions for reading on a snapshot and for writing."""

    def __init__(self, target: str | Path | URL, *, durable: bool = True) -> None:
        self.engine = open_engine(target, durable=durable)
        self.url = self.engine.url
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        #: This PC's own clock, and how much the server's is ahead of it, as far as it is known.
        self.clock: Callable[[], dt.datetime] = _own_clock
        #: Damage was met: nothing more is written, which could only make it worse.
        self.damaged = False
        self._watch = Watch(self.url.database if self.is_sqlite else None)
        self.ahead = dt.timedelta(0)
        # Said of each connection: of a whole engine it would be heard of at every statement.
        self._reading: dict[str, Any] = {} if self.is_sqlite else _SNAPSHOT
        self._writing = {"writes": True, **({} if self.is_sqlite else connecting.WRITING)}

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; nothing it does is kept."""
        with self._watched(), _OneConnection(self.engine, autoflush=False) as session:
            session.connection(execution_options=self._reading)
            # Closing rolls back without expiring, so that rows read stay readable.
            yield session
        self.cut_back(WAL_KEPT)

    @contextlib.contextmanager
    def write(self, first: Callable[[Session], object] = connecting.answered) -> Iterator[Session]:
        """A session whose work is kept only when the block ends without an error.

        ``first`` is what is read first, by another connection where the server had cut the one that
        was there: none is asked beforehand.
        """
        new = _OneConnection(self.engine, expire_on_commit=False)
        with self._watched(writes=True), new as session:
            try:
                with connecting.UNASKED:
                    connecting.queue(session.connection(execution_options=self._writing))
                first(session)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                session.rollback()
                connecting.queue(session.connection(execution_options=self._writing))
                first(session)
            yield session
            self._watch.look()
            session.commit()

    @contextlib.contextmanager
    def _watched(self, *, writes: bool = False) -> Iterator[None]:
        try:
            self._watch.look(0 if writes else _LOOKED_S)
            if writes and self.damaged:
                raise faults.damaged()
            with plain_errors(self.url):
                yield
        except Damaged:
            self.damaged = True
            raise

    def now(self) -> dt.datetime:
        """The moment, aware, in UTC: by the server's clock where there is a server."""
        return self.clock() + self.ahead

    def learn_clock(self, server: dt.datetime) -> None:
        """Remember how far this PC is off from what the server has just said."""
        self.ahead = server - self.clock()

    def ask_clock(self) -> None:
        """Ask the server for the time; on SQLite there is none to ask."""
        if not self.is_sqlite:
            with plain_errors(self.url), self.engine.connect() as connection:
                said = connection.exec_driver_sql("SELECT clock_timestamp()")
                self.learn_clock(said.scalar_one())

    def close(self) -> None:
        """Give all connections back; what others still hold open is left small."""
        self.cut_back(0)
        used = connecting.is_used(self.engine)
        self.engine.dispose()
        self._watch.end(used=used)

    def cut_back(self, most: int = 0) -> None:
        """Empty a write-ahead log above a size; one that somebody uses just now stays."""
        if not self.is_sqlite or self.damaged:
            return
        with contextlib.suppress(OSError, DBAPIError, sqlite3.Error, PoolTimeout):
            if Path(f"{self.url.database}-wal").stat().st_size <= most:
                return
            with self.engine.connect() as connection:
                driver = connection.connection.dbapi_connection
                assert isinstance(driver, sqlite3.Connection)
                driver.execute("PRAGMA busy_timeout = 0")
                try:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                finally:
                    driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


class OneTransaction(Database):
    """Many changes in one transaction, to fill a new database quickly.

    Nothing is kept before ``keep``; what has been written is read at once. An error ends it all.
    """

    def __init__(self, target: str | Path | URL) -> None:
        super().__init__(target, durable=False)
        self._session = _OneConnection(self.engine, expire_on_commit=False)

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """The one session, which sees all that has been written."""
        with plain_errors(self.url):
            if not self._session.in_transaction():
                connecting.queue(self._session.connection(execution_options=self._writing))
            yield self._session

    @contextlib.contextmanager
    def write(self, first: Callable[[Session], object] = connecting.answered) -> Iterator[Session]:
        """The one session; what the block wrote is kept later, with the rest."""
        with self.read() as session:
            first(session)
            yield session
            session.flush()

    def keep(self) -> None:
        """Keep all changes up to now."""
        with plain_errors(self.url):
            self._session.commit()

    def close(self) -> None:
        """Drop what has not been kept and give the connection back."""
        self._session.close()
        super().close()
