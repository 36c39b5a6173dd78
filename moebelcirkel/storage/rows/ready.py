"""Statements that are built once, and rows, that go to the driver itself.

SQLAlchemy compiles them, and would hear of them where somebody listens; but it spends several times
as long as the database on a small statement: to know it again, to turn its values, and to prepare
for its answer.
"""

import contextlib
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from moebelcirkel.storage.rows.filling import filled

RowT = TypeVar("RowT")
ValueT = TypeVar("ValueT")
#: A row, a value, or what a driver takes: what it holds only who built the statement knows.
Plain = Any
_NOTHING: Mapping[str, object] = {}
#: Lists up to this length are sent as they are, longer ones with up to a quarter more.
_EXACT = 16
#: From so many rows on it costs less to turn their values a column at a time.
_COLUMNS_FROM = 3
_Turn = Callable[[Any], Any]


class Ready:
    """A statement that is compiled once for each engine.

    Each time a value is given for every name, of an expanding one a list.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement: Any = statement

    def all(self, connection: Connection, values: Mapping[str, object] = _NOTHING) -> list[Plain]:
        """The rows, as tuples whose values have the names of the labels."""
        way = self._way(connection, values)
        return list(map(way.maker, self._rows(connection, way, values)))

    def first(self, connection: Connection, values: Mapping[str, object] = _NOTHING) -> Plain:
        """The first row, if there is any."""
        found = self.all(connection, values)
        return found[0] if found else None

    def scalar(self, connection: Connection, values: Mapping[str, object] = _NOTHING) -> Plain:
        """The first value of the first row; ``None`` where there is no row."""
        found = self.tuples(connection, values)
        return found[0][0] if found else None

    def tuples(
        self, connection: Connection, values: Mapping[str, object] = _NOTHING
    ) -> list[Plain]:
        """The rows by place alone."""
        return self._rows(connection, self._way(connection, values), values)

    def fill(
        self, kind: type[RowT], connection: Connection, values: Mapping[str, object] = _NOTHING
    ) -> list[RowT]:
        """The rows, as instances of a frozen dataclass with slots."""
        way = self._way(connection, values)
        return filled(kind, way.labels, self._rows(connection, way, values))

    def run(self, connection: Connection, values: Mapping[str, object] = _NOTHING) -> int:
        """Send what answers no rows; how many it touched."""
        way = self._way(connection, values)
        return send(connection, way.text, way.given(values), _counted)

    def ahead(self, connection: Connection, values: Mapping[str, object] = _NOTHING) -> None:
        """Send what answers no rows; a server may do it later, before what is sent next."""
        way = self._way(connection, values)
        send(connection, way.text, way.given(values), unasked, ahead=True)

    def ask(
        self, connection: Connection, values: Mapping[str, object] = _NOTHING
    ) -> Callable[[], list[Plain]]:
        """Ask a server now and fetch the rows later, by place alone.

        Nothing that the question is about is written in between.
        """
        way = self._way(connection, values)
        text, given = way.text, way.given(values)
        cursor = send(connection, text, given, _itself, ahead=True)

        def fetch() -> list[Plain]:
            with _errors_of(connection, text, given):
                return way.turned(cursor.fetchall())

        return fetch

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> int:
        """The same for each of these values."""
        if len(rows) == 1:
            return self.run(connection, rows[0])
        way = self._way(connection, rows[0])
        return send(connection, way.text, list(map(way.given, rows)), _counted, many=True)

    def prepare(self, dialect: Dialect) -> Plain:
        """Compile it for an engine; for who has to know how."""
        ways = _ways(dialect)[self] = _Ways(dialect, self._statement, ())
        return ways.made

    def labels(self, dialect: Dialect) -> tuple[str, ...]:
        """What its answers are called; of one that is compiled."""
        return _ways(dialect)[self].labels

    def _rows(
        self, connection: Connection, way: "_Sent", values: Mapping[str, object]
    ) -> list[Plain]:
        return way.turned(send(connection, way.text, way.given(values), _fetched))

    def _way(self, connection: Connection, values: Mapping[str, object]) -> "_Sent":
        dialect = connection.dialect
        known = _ways(dialect).get(self)
        if known is None:
            known = _ways(dialect)[self] = _Ways(dialect, self._statement, tuple(values))
        lengths = tuple([_rounded(len(each)) for each in values.values() if isinstance(each, list)])
        return known.sent.get(lengths) or known.add(lengths, values)


def kept_with(dialect: Dialect, name: str, make: Callable[[], ValueT]) -> ValueT:
    """What is kept as long as an engine lives: what speaks of it itself would keep it for good."""
    found: ValueT | None = dialect.__dict__.get(name)
    if found is None:
        found = dialect.__dict__[name] = make()
    return found


def _ways(dialect: Dialect) -> "WeakKeyDictionary[Ready, _Ways]":
    return kept_with(dialect, "_ready_ways", WeakKeyDictionary)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A statement as one engine's driver takes it, for lists of some lengths."""

    text: str
    #: What is always the same, as the driver takes it.
    fixed: Mapping[str, object]
    #: Each name, the names of a list's values, and what turns a value into what the driver takes.
    names: tuple[tuple[str, Sequence[str] | None, _Turn | None], ...]
    #: The names by place, where the driver wants them so.
    places: tuple[str, ...] | None
    #: The same with what turns each value, where there is nothing but values of one name each.
    plain: tuple[tuple[str, _Turn | None], ...] | None
    labels: tuple[str, ...]
    #: What turns a value of the driver's, by its place.
    turns: tuple[tuple[int, _Turn], ...]
    maker: Callable[[Iterable[Any]], Any]

    def given(self, values: Mapping[str, object]) -> Plain:
        """All values as the driver takes them."""
        if self.plain is not None:
            return tuple(
                [turn(values[name]) if turn else values[name] for name, turn in self.plain]
            )
        found = dict(self.fixed)
        for name, parts, turn in self.names:
            value: Any = values[name]
            if parts is not None:
                full = _padded(value, len(parts))
                found.update(zip(parts, map(turn, full) if turn else full, strict=True))
            else:
                found[name] = turn(value) if turn else value
        return found if self.places is None else tuple([found[name] for name in self.places])

    def turned(self, found: list[Plain]) -> list[Plain]:
        """The driver's rows with our own values."""
        return turned(found, self.turns) if self.turns else found


def turned(
    rows: Sequence[Sequence[Plain]], turns: Iterable[tuple[int, _Turn]]
) -> list[tuple[Plain, ...]]:
    """Rows whose values at some places are turned; many of them a column at a time."""
    if len(rows) < _COLUMNS_FROM:
        found = list(map(list, rows))
        for row in found:
            for place, turn in turns:
                row[place] = turn(row[place])
        return list(map(tuple, found))
    columns: list[Iterable[Plain]] = list(zip(*rows, strict=True))
    for place, turn in turns:
        columns[place] = map(turn, columns[place])
    return list(zip(*columns, strict=True))


class _Ways:
    """A statement as one engine's driver takes it, by the rounded lengths of lists."""

    def __init__(self, dialect: Dialect, statement: Any, names: Sequence[str]) -> None:
        new = statement.is_insert
        self.made = statement.compile(dialect=dialect, column_keys=names if new else None)
        if new and self.made.insert_prefetch:
            raise TypeError(f"A value is needed for {self.made.insert_prefetch}")
        self._dialect = dialect
        answers = getattr(statement, "exported_columns", None) or ()
        turns = [
            each.type.dialect_impl(dialect).result_processor(dialect, None) for each in answers
        ]
        self.labels = tuple(answers.keys()) if answers else ()
        self._turns = tuple((at, turn) for at, turn in enumerate(turns) if turn is not None)
        named: Any = namedtuple("Row", list(self.labels), rename=True)  # type: ignore[misc]  # noqa: PYI024
        self._maker = named._make
        self.sent: dict[tuple[int, ...], _Sent] = {}

    def add(self, lengths: tuple[int, ...], values: Mapping[str, object]) -> "_Sent":
        """One for lists of other lengths."""
        full = {
            name: _padded(each, _rounded(len(each))) if isinstance(each, list) else each
            for name, each in values.items()
        }
        state = self.made.construct_expanded_state(full)
        parts = state.parameter_expansion
        whose = {part: name for name, some in parts.items() for part in some}
        fixed = {
            name: turn(value) if (turn := self._turn(whose.get(name, name))) else value
            for name, value in state.parameters.items()
            if whose.get(name, name) not in values
        }
        places = tuple(state.positiontup) if self.made.positional else None
        plain = None if places is None or parts or fixed else places
        sent = self.sent[lengths] = _Sent(
            state.statement,
            fixed,
            tuple((name, parts.get(name), self._turn(name)) for name in values),
            places,
            plain and tuple((name, self._turn(name)) for name in plain),
            self.labels,
            self._turns,
            self._maker,
        )
        return sent

    def _turn(self, name: str) -> _Turn | None:
        kind = self.made.binds[name].type.dialect_impl(self._dialect)
        found: _Turn | None = kind.bind_processor(self._dialect)
        return found


def _rounded(length: int) -> int:
    """The length that a list is sent with: were it its own, each new one would be kept for good."""
    if length <= _EXACT:
        return length
    step = 1 << (length.bit_length() - 3)
    return -(-length // step) * step


def _padded(some: list[Plain], length: int) -> list[Plain]:
    """What is among these is also among them with the last one repeated."""
    return some if len(some) == length else [*some, *some[-1:] * (length - len(some))]


def _fetched(cursor: Any) -> list[Plain]:
    found: list[Any] = cursor.fetchall()
    return found


def _counted(cursor: Any) -> int:
    return int(cursor.rowcount)


def _itself(cursor: Any) -> Any:
    return cursor


def unasked(_cursor: object) -> None:
    """The answer of what nobody waits for."""


def send(
    connection: Connection,
    text: str,
    values: Plain,
    answer: Callable[[Plain], ValueT],
    *,
    many: bool = False,
    ahead: bool = False,
) -> ValueT:
    """Have the driver do a statement, and take its answer; errors are told as SQLAlchemy does.

    Who listens to what is sent hears of it as from SQLAlchemy. What is sent ``ahead`` may still
    fail where the next statement waits, or the commit.
    """
    heard: Any = connection.dispatch
    dialect = connection.dialect
    try:
        cursor: Any = connection.connection.cursor()
        for hear in heard.before_cursor_execute or ():
            text, values = hear(connection, cursor, text, values, None, many)
        if ahead and dialect.name == "postgresql":
            (cursor.many_ahead if many else cursor.ahead)(text, values)
        else:
            (cursor.executemany if many else cursor.execute)(text, values)
        return answer(cursor)
    except dialect.loaded_dbapi.Error as error:
        raise _told(connection, text, values, error, many=many) from error


def await_all(connection: Connection) -> None:
    """Wait for all that was sent to a server ahead, so that what failed of it is told now."""
    if connection.dialect.name == "postgresql":
        send(connection, "SELECT 1", None, unasked)


@contextlib.contextmanager
def _errors_of(connection: Connection, text: str, values: Plain) -> Iterator[None]:
    """Tell the driver's errors as SQLAlchemy does."""
    try:
        yield
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(connection, text, values, error, many=False) from error


def _told(
    connection: Connection, text: str, values: Plain, error: Any, *, many: bool
) -> BaseException:
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    told: Any = DBAPIError.instance(
        text,
        values,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
        ismulti=many,
    )
    if lost:
        connection.invalidate(error)
    found: BaseException = told
    return found
