"""New rows, which go to the driver itself; a server takes many of them by one statement."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from moebelcirkel.storage.rows.arrays import FEWEST, MOST, Arrays, arrays
from moebelcirkel.storage.rows.ready import Plain, kept_with, send, turned, unasked

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as OfServer
    from sqlalchemy.dialects.sqlite import Insert as OfFile


@dataclass(frozen=True, slots=True)
class _Way:
    """How rows of some columns go into a table on one engine."""

    text: str
    #: What turns a value into what the driver takes, by the place of its column.
    turned: tuple[tuple[int, Callable[[Any], Any]], ...]
    #: The names of the values, where the driver wants them.
    names: tuple[str, ...] | None
    #: How a server takes many of them.
    arrays: Arrays | None

    def row(self, values: Sequence[object]) -> Plain:
        """One row as the driver takes it."""
        return self.rows([values])[0]

    def rows(self, given: Sequence[Sequence[object]]) -> list[Plain]:
        """Rows as the driver takes them."""
        found: list[Plain] = turned(given, self.turned) if self.turned else [*given]
        if self.names is None:
            return found
        return [dict(zip(self.names, values, strict=True)) for values in found]


_Known = dict[tuple[Table, tuple[str, ...]], _Way]


def own_insert(session: Session) -> "Callable[..., OfFile | OfServer]":
    """The insert of the engine in use, which can be told what to do where the row is there already.

    The other engine's words are not read, as they are long.
    """
    if session.get_bind().dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert


def put_in(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows that have a value for each of these columns, all in the order of the table.

    SQLAlchemy looks at every value of every row in several turns; a change of some thousand rows
    would spend more time there than in the database.
    """
    way = _known_way(connection.dialect, table, names)
    given = [*rows]
    if way.arrays is not None and len(given) >= FEWEST:
        for start in range(0, len(given), MOST):
            text, values = way.arrays.sent(given[start : start + MOST])
            send(connection, text, values, unasked, ahead=True)
    elif given:
        found = way.rows(given)
        many = len(found) > 1
        send(connection, way.text, found if many else found[0], unasked, many=many, ahead=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that go into a table, as ``put_in`` takes them."""

    table: Table
    names: tuple[str, ...]
    rows: Sequence[Sequence[object]]


def put_in_both(connection: Connection, first: Rows, then: Rows) -> None:
    """Insert rows of two tables; where it is one of each, a server does it by one statement."""
    single = len(first.rows) == len(then.rows) == 1
    if (
        single
        and connection.dialect.name == "postgresql"
        and not set(first.names) & set(then.names)
    ):
        ways = [_known_way(connection.dialect, each.table, each.names) for each in (first, then)]
        values = {**ways[0].row(first.rows[0]), **ways[1].row(then.rows[0])}
        text = f"WITH first AS ({ways[0].text}) {ways[1].text}"
        send(connection, text, values, unasked, ahead=True)
        return
    for each in (first, then):
        put_in(connection, each.table, each.names, each.rows)


def _known_way(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Way:
    known: _Known = kept_with(dialect, "_ways_in", dict)
    way = known.get((table, names))
    if way is None:
        way = known[table, names] = _way(dialect, table, names)
    return way


def _way(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Way:
    made: Any = insert(table).inline().compile(dialect=dialect, column_keys=names)
    if made.insert_prefetch:
        raise TypeError(f"{table.name} needs a value for {made.insert_prefetch}")
    order = tuple(made.positiontup or names)
    if order != names:
        raise TypeError(f"{table.name} is written in another order: {order}")
    turned = []
    for place, name in enumerate(names):
        turn = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if turn is not None:
            turned.append((place, turn))
    many = arrays(dialect, table, names) if dialect.name == "postgresql" else None
    return _Way(str(made), tuple(turned), None if made.positional else names, many)
