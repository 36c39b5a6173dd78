"""What a query finds, as frozen rows whose fields are named as the query's labels; and rows that
go in by the driver itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from itertools import starmap
from operator import attrgetter
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Connection,
    Executable,
    Result,
    Select,
    SQLColumnExpression,
    Table,
    insert,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

RowT = TypeVar("RowT")


def query(
    kind: type[object], *models: object, **named: SQLColumnExpression[object]
) -> Select[*tuple[object, ...]]:
    """Ask for the fields of a row type: those ``named`` as they say, others of the first model.

    Of several models each field is of the first that has a column of its name.
    """
    return select(*[_column(name, models, named) for name in _names(kind)])


def _names(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind)]


def _column(
    name: str, models: tuple[object, ...], named: Mapping[str, SQLColumnExpression[object]]
) -> SQLColumnExpression[object]:
    if name in named:
        return named[name].label(name)
    for model in models:
        if hasattr(model, name):
            found: SQLColumnExpression[object] = getattr(model, name)
            return found
    raise TypeError(f"No model has a column {name}")


def fill(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> list[RowT]:
    """All rows of a query, as instances of a frozen dataclass with slots.

    A label without a field of its name, or a field without a label, is a bug and raises TypeError.
    """
    return _filled(kind, _asked(session, query, values))


def _asked(
    session: Session | Connection, query: Executable, values: Mapping[str, object] | None
) -> Result[Any]:
    """Ask by the connection: a session prepares for rows of its own, of which there are none."""
    if isinstance(session, Session):
        if session.autoflush:
            session.flush()
        session = session.connection()
    return session.execute(query, values)


def first(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> RowT | None:
    """The first row of a query, if it finds any."""
    found = _asked(session, query, values)
    maker = _maker(kind, found)
    row = found.first()
    return None if row is None else _frozen(kind, [maker(*row)])[0]


def like(kind: type[RowT], row: object, /, **others: object) -> RowT:
    """A row type filled by name from another row, but for the ``others``."""
    asked = kind, tuple(others)
    values, maker = _RESTS.get(asked) or _rest(*asked)
    return _frozen(kind, [maker(*values(row), *others.values())])[0]


_Values = Callable[[object], Iterable[object]]
#: By row type and names of fields what reads the others, and its twin, made from those and these.
_RESTS: dict[tuple[type[Any], tuple[str, ...]], tuple[_Values, type[Any]]] = {}


def _rest(kind: type[Any], others: tuple[str, ...]) -> tuple[_Values, type[Any]]:
    names = [name for name in _names(kind) if name not in others]
    _RESTS[kind, others] = _reads(names), _twin(kind, (*names, *others))
    return _RESTS[kind, others]


def _reads(names: Sequence[str]) -> _Values:
    if len(names) < 2:
        return lambda row: [getattr(row, name) for name in names]
    return attrgetter(*names)


def put(row: object, name: str, value: object) -> None:
    """Put into a row that nobody has seen yet what its query does not know."""
    object.__setattr__(row, name, value)


def _filled(kind: type[RowT], found: Result[Any]) -> list[RowT]:
    maker = _maker(kind, found)
    return _frozen(kind, list(starmap(maker, found)))


def _frozen(kind: type[RowT], rows: list[Any]) -> list[RowT]:
    # A frozen dataclass sets each field by a call, three times as slow as a plain attribute. So
    # rows are made as a plain twin with the same slots, and become what they are afterwards.
    for row in rows:
        row.__class__ = kind
    return rows


#: The twin of each row type, for each order of labels that was asked for.
_MAKERS: dict[tuple[type[Any], tuple[str, ...]], type[Any]] = {}


def _maker(kind: type[Any], found: Result[Any]) -> type[Any]:
    """The twin of a row type, made from values in the order of the labels."""
    labels = tuple(found.keys())
    known = _MAKERS.get((kind, labels))
    if known is None:
        known = _MAKERS[kind, labels] = _twin(kind, labels)
    return known


def _twin(kind: type[Any], labels: tuple[str, ...]) -> type[Any]:
    names = set(_names(kind))
    if names != set(labels) or len(names) != len(labels):
        other = sorted(names ^ set(labels)) or sorted(labels)
        raise TypeError(f"{kind.__name__} is not what is asked for: {', '.join(other)}")
    plain: Any = make_dataclass(kind.__name__, labels, eq=False, repr=False)
    # Only a class with the same slots on the same bases can become the row type; and what its bases
    # freeze is written once more.
    inside = {
        "__slots__": kind.__slots__,
        "__init__": plain.__init__,
        "__setattr__": object.__setattr__,
    }
    return type(kind.__name__, kind.__bases__, inside)


# --- rows that go in -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """How rows of some columns go into a table on one engine."""

    text: str
    #: What turns a value into what the driver takes, by the place of its column.
    turned: tuple[tuple[int, Callable[[Any], Any]], ...]
    #: The names of the values, where the driver wants them.
    names: tuple[str, ...] | None

    def row(self, values: Sequence[object]) -> Any:
        """One row as the driver takes it."""
        found = list(values)
        for place, turn in self.turned:
            found[place] = turn(found[place])
        return tuple(found) if self.names is None else dict(zip(self.names, found, strict=True))


#: The ways known so far, as long as their engine lives.
_WAYS: WeakKeyDictionary[Dialect, dict[tuple[Table, tuple[str, ...]], _Way]] = WeakKeyDictionary()


def put_in(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows that have a value for each of these columns, all in the order of the table.

    SQLAlchemy looks at every value of every row in several turns; a change of some thousand rows
    would spend more time there than in the database.
    """
    known = _WAYS.setdefault(connection.dialect, {})
    way = known.get((table, names))
    if way is None:
        way = known[table, names] = _way(connection.dialect, table, names)
    if found := list(map(way.row, rows)):
        connection.exec_driver_sql(way.text, found)


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
    return _Way(str(made), tuple(turned), None if made.positional else names)
