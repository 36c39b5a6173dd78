"""Numbers that stick to furniture and papers: none is given out twice.

Nor after a dump was restored: on a server the counters remember which server they count on, and
which making of their table there. A dump brings them back as they stood when it was taken, so on
another server, in a table made anew, or after going back to an earlier moment they are found away
from home: nobody can tell what was given out since, and a gap is left.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, literal_column, text, update
from sqlalchemy.orm import Session

from moebelcirkel.storage import session_rows
from moebelcirkel.storage.rows import Plain, Ready, send
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.parameters import Counter

#: How far numbers are set on where nobody can tell which were given out since.
GAP = 1_000
#: The series that have numbers from the first day.
SERIES = ("unit", "order", "delivery", "pickup", "want", "run")
#: The counter that holds no number but where the others count.
HOME = "home"

_HERE: ColumnElement[int] = literal_column(
    "hashtext(concat_ws(':', (SELECT system_identifier FROM pg_control_system()), "
    "(SELECT timeline_id FROM pg_control_checkpoint()), CAST(to_regclass('counter') AS oid))) "
    "& 2147483647"
)
_HOME: ColumnElement[int | None] = literal_column(
    "(SELECT home.value FROM counter AS home WHERE home.name = 'home')"
)


_FIRST = insert(Counter)
_TAKING = (
    update(Counter)
    .where(Counter.name == bindparam("taken"))
    .values(value=Counter.value + bindparam("count"))
    .returning(Counter.value)
)
_TAKE = Ready(_TAKING)
#: The same, and where a server counts; whoever restores a file sets its counters on.
_TAKE_HERE = Ready(_TAKING.returning(_HERE.label("here"), _HOME.label("home")))


def take(connection: Connection, name: str, count: int) -> int:
    """Take ``count`` numbers of a series and return the first; they are never used again."""
    query = _TAKE if connection.dialect.name == "sqlite" else _TAKE_HERE
    taken = {"taken": name, "count": count}
    found = query.first(connection, taken)
    if found is None:
        connection.execute(_FIRST, {"name": name, "value": 0})
        found = query.first(connection, taken)
    last, *where = found
    gap = _gap_away_from_home(connection, *where) if where else 0
    return int(last) + gap - count + 1


def _gap_away_from_home(connection: Connection, here: int, home: int | None) -> int:
    """Set all series on where they were brought here, that which was taken from too."""
    if home == here:
        return 0
    if home is None:
        connection.execute(insert(Counter).values(name=HOME, value=here))
        return 0
    from sqlalchemy.dialects import postgresql  # a server's alone, and long

    first = postgresql.insert(Counter).values([{"name": each, "value": 0} for each in SERIES])
    connection.execute(first.on_conflict_do_nothing())
    set_on = update(Counter).where(Counter.name != HOME).values(value=Counter.value + GAP)
    connection.execute(set_on)
    connection.execute(update(Counter).where(Counter.name == HOME).values(value=here))
    return GAP


def reserve_ids(session: Session, model: type[Base], count: int) -> list[int]:
    """Ids for new rows, so that thousands go in by one statement without asking for them back.

    On SQLite nobody else writes while this transaction does; PostgreSQL has a sequence.
    """
    table = model.__tablename__
    connection = session.connection()
    session.flush()
    if connection.dialect.name == "sqlite":
        (last,) = send(connection, _HIGHEST_ID.format(table=table), (), _first)
        return list(range(last + 1, last + 1 + count))
    expected: _Expected | None = session_rows.kept(session).get((_IDS, table))
    found = [] if expected is None else expected.take(count)
    if missing := count - len(found):
        found += _next_ids(table).tuples(connection, {"count": missing})
    return [key for (key,) in found]


#: Among what a session has asked, the ids of rows that come.
_IDS = "ids"


class _Expected:
    """Ids that a server was asked for; all of them are fetched with the first."""

    def __init__(self, fetch: Callable[[], list[Plain]]) -> None:
        self._fetch = fetch
        self._left: Iterator[Plain] | None = None

    def take(self, count: int) -> list[Plain]:
        """The next ones, as long as there are any."""
        if self._left is None:
            self._left = iter(self._fetch())
        return [*itertools.islice(self._left, count)]


def expect_ids(session: Session, counts: Mapping[type[Base], int]) -> None:
    """Ask a server at once for the ids that new rows get next, in one go or in several."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return
    session.flush()
    for model, count in counts.items():
        table = model.__tablename__
        fetch = _next_ids(table).ask(connection, {"count": count})
        session_rows.kept(session)[_IDS, table] = _Expected(fetch)


def _first(cursor: Any) -> Any:
    return cursor.fetchone()


@functools.cache
def _next_ids(table: str) -> Ready:
    """By the sequence's name, which costs a third of having it looked up each time."""
    query = text(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, :count)")
    return Ready(query.columns(literal_column("id")))


#: SQLite remembers the highest id there has been, so that none is given out again.
_HIGHEST_ID = (
    "SELECT max((SELECT coalesce(max(id), 0) FROM {table}), "
    "coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0))"
)
