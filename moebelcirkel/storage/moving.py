"""Moving a database file to PostgreSQL: every row, and the proof that both sides are equal.

All of it is one transaction of the server, its schema included, so that whatever interrupts it
leaves the server's database as empty as it was. The file is only read; nobody writes to it
meanwhile.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    LargeBinary,
    Table,
    Text,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.storage import migrate
from moebelcirkel.storage.engine import Database, as_url
from moebelcirkel.storage.faults import plain_errors
from moebelcirkel.storage.migrate import DatabaseState
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.server import rights
from moebelcirkel.storage.tables.base import UtcDateTime

#: Rows done and rows in all, over copying and comparing.
Step = Callable[[int, int], None]
_AT_ONCE = 2_000
#: Tables with documents or pictures are compared a few rows at a time.
_HEAVY = 20

NOT_A_FILE = N_("Only a database file can be moved to a server. {path} is none.")
NOT_A_SERVER = N_("A database is moved to a PostgreSQL server. {path} is none.")
NOT_EMPTY = N_("The database on the server is not empty, and was left as it is. Make an empty one.")
UNEQUAL = N_(
    "What stands on the server is not what the file says ({table}). Nothing was moved. Check the "
    "file first."
)


@dataclass(frozen=True, slots=True)
class Moved:
    """How many rows of how many tables are the same on both sides."""

    rows: int
    tables: int


def move(source: Database, target: Database, step: Step) -> Moved:
    """Copy all rows of a file to an unused database on a server, and compare every value.

    Raises ``Unavailable`` where either is of another kind, the server's is not empty, or the two
    differ afterwards; then the server's is as it was.
    """
    _refuse_unfit(source, target)
    with (
        plain_errors(source.url),
        source.engine.execution_options(writes=True).connect() as old,
        old.begin() as held,
    ):
        counts = {table: _count(old, table) for table in METADATA.sorted_tables}
        done = _Progress(step, 2 * sum(counts.values()))
        with plain_errors(target.url), target.engine.begin() as new:
            migrate.upgrade(new)
            for table in METADATA.sorted_tables:
                _copy(old, new, table, done)
            _go_on_counting(old, new)
            for table in METADATA.sorted_tables:
                _compare(old, new, table, done)
            _know_sizes(new)
        held.rollback()
    return Moved(sum(counts.values()), len(counts))


def _know_sizes(new: Connection) -> None:
    """The server plans badly until it has looked at so much new, which it does minutes later."""
    name = new.dialect.identifier_preparer.format_table
    new.exec_driver_sql(
        "ANALYZE " + ", ".join(map(name, METADATA.sorted_tables)),
        execution_options={"stream_results": False, "yield_per": None},
    )


def _refuse_unfit(source: Database, target: Database) -> None:
    if not source.is_sqlite:
        raise Unavailable(NOT_A_FILE, path=source.url.render_as_string())
    if target.is_sqlite:
        raise Unavailable(NOT_A_SERVER, path=str(target.url.database))
    if migrate.condition(source) is not DatabaseState.CURRENT:
        raise Unavailable(migrate.NEWER)
    state = migrate.condition(target)
    if state is not DatabaseState.EMPTY and not (
        state is DatabaseState.CURRENT and _is_unused(target)
    ):
        raise Unavailable(NOT_EMPTY)
    with plain_errors(target.url), target.engine.connect() as connection:
        rights.refuse_but_owner(connection)


def _is_unused(target: Database) -> bool:
    """Whether its tables are there, as on a server that was made ready, and nothing in them."""
    with plain_errors(target.url), target.engine.connect() as connection:
        return not any(
            connection.scalar(select(select(table).exists())) for table in METADATA.sorted_tables
        )


def for_the_program(target: Database, address: str) -> str:
    """The address with the program's account where the server has one, instead of the owner's."""
    with plain_errors(target.url), target.engine.connect() as connection:
        programs = rights.programs(connection)
    if len(programs) != 1:
        return address
    own = as_url(address).set(drivername="postgresql", username=programs[0], password=None)
    return own.render_as_string()


class _Progress:
    """Counts rows and tells of them."""

    def __init__(self, step: Step, total: int) -> None:
        self._step = step
        self._total = total
        self._done = 0

    def add(self, rows: int) -> None:
        """So many more are done."""
        self._done += rows
        self._step(self._done, self._total)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


# --- copying -----------------------------------------------------------------------------------


def _copy(old: Connection, new: Connection, table: Table, done: _Progress) -> None:
    """The server reads each value by its column's type, as it would from its own dump."""
    columns = list(table.columns)
    names = ", ".join(f'"{column.name}"' for column in columns)
    convert = [_converted(column) for column in columns]
    order = ", ".join(f'"{key.name}"' for key in table.primary_key)
    file = _driver(old).cursor()
    file.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')
    driver: Any = new.connection.dbapi_connection
    command = f'COPY "{table.name}" ({names}) FROM STDIN'
    with _told_as_ours(new, table), driver.cursor() as cursor, cursor.copy(command) as into:
        while rows := file.fetchmany(_AT_ONCE if not _heavy(table) else _HEAVY):
            for row in rows:
                into.write_row(
                    [
                        value if value is None or change is None else change(value)
                        for value, change in zip(row, convert, strict=True)
                    ]
                )
            done.add(len(rows))


@contextlib.contextmanager
def _told_as_ours(connection: Connection, table: Table) -> Iterator[None]:
    """What the driver says by itself: a value that its column cannot hold, or a lost server."""
    driver: Any = connection.dialect.loaded_dbapi
    try:
        yield
    except (driver.DataError, driver.IntegrityError) as error:
        raise Unavailable(UNEQUAL, table=table.name) from error
    except driver.Error as error:
        raise DBAPIError("COPY", None, error) from error


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.dbapi_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _converted(column: Column[Any]) -> Callable[[Any], Any] | None:
    """How a value of the file is written for the server; most are as they are."""
    if isinstance(column.type, Boolean):
        return bool
    if isinstance(column.type, UtcDateTime):
        return "{}+00".format
    return None


def _go_on_counting(old: Connection, new: Connection) -> None:
    """Ids once given out are not given out again, also of rows that are gone."""
    given = dict(_driver(old).execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table in METADATA.sorted_tables:
        keys = list(table.primary_key)
        query = text("SELECT pg_get_serial_sequence(:table, :key)")
        names = {"table": f'"{table.name}"', "key": keys[0].name}
        sequence = new.scalar(query, names) if len(keys) == 1 else None
        if sequence is None:
            continue
        newest = max(given.get(table.name) or 0, new.scalar(select(func.max(keys[0]))) or 0)
        if newest:
            new.execute(text("SELECT setval(:name, :value)"), {"name": sequence, "value": newest})


# --- comparing ---------------------------------------------------------------------------------


def _compare(old: Connection, new: Connection, table: Table, done: _Progress) -> None:
    sums = [_sum(old, table), _sum(new, table)]
    if sums[0] != sums[1]:
        raise Unavailable(UNEQUAL, table=table.name)
    done.add(sums[0][0])


def _sum(connection: Connection, table: Table) -> tuple[int, int]:
    """The number of rows and the sum of their SHA-256: whatever order they come in."""
    count = total = 0
    for rows in _slices(connection, table):
        for row in rows:
            total += int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest())
        count += len(rows)
    return count, total


def _slices(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """All rows as values of Python's, JSON and so the chain's own text letter for letter."""
    columns = [
        cast(column, Text) if isinstance(column.type, JSON) else column for column in table.columns
    ]
    size = _HEAVY if _heavy(table) else _AT_ONCE
    options = {"yield_per": size}
    yield from connection.execution_options(**options).execute(select(*columns)).partitions(size)


def _heavy(table: Table) -> bool:
    return any(isinstance(column.type, LargeBinary) for column in table.columns)
