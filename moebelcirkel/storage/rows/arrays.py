"""Many new rows in one statement of a server's, which takes each of their columns as one value.

Row by row driver and server would spend as long on reading and answering a statement as on the row.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, Table
from sqlalchemy.engine import Dialect

from moebelcirkel.storage.rows.ready import Plain

#: Below this a statement for each row costs as little.
FEWEST = 12
#: So many rows go in one statement: a server writes them while the next ones are made ready.
MOST = 500

_Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's kind on the server, and what turns a value into what is sent."""

    kind: str
    turn: _Turn | None
    #: Whether its values may hold what has a meaning in an array.
    quoted: bool

    def turned(self, values: Sequence[object]) -> Sequence[Any]:
        return values if self.turn is None else list(map(self.turn, values))

    def array(self, values: Iterable[Any]) -> str:
        """As PostgreSQL reads an array."""
        write = _quoted if self.quoted else str
        parts = ["NULL" if value is None else write(value) for value in values]
        return "{" + ",".join(parts) + "}"


@dataclass(frozen=True, slots=True)
class Arrays:
    """How many rows of some columns of a table go in by one statement."""

    into: str
    columns: tuple[_Column, ...]

    def sent(self, rows: Sequence[Sequence[object]]) -> tuple[str, tuple[Plain, ...]]:
        """The statement and its values; rows are numbered in their order, as one by one."""
        chosen: list[str] = []
        alone: list[object] = []
        arrays: dict[str, str] = {}
        kinds: list[str] = []
        for place, held in enumerate(zip(*rows, strict=True)):
            column = self.columns[place]
            values = column.turned(held)
            # What all of them have is said once; one column must say how many there are.
            if place and values.count(values[0]) == len(values):
                chosen.append(f"CAST(%s AS {column.kind})")
                alone.append(values[0])
            else:
                chosen.append(f"c{place}")
                arrays[f"c{place}"] = column.array(values)
                kinds.append(f"CAST(%s AS {column.kind}[])")
        rest = f"unnest({', '.join(kinds)}) AS rows ({', '.join(arrays)})"
        text = f"{self.into} SELECT {', '.join(chosen)} FROM {rest}"
        return text, (*alone, *arrays.values())


def arrays(dialect: Dialect, table: Table, names: Sequence[str]) -> Arrays | None:
    """For a server; ``None`` where a column holds what is not sent so."""
    columns = [_column(dialect, table.c[name]) for name in names]
    quote = dialect.identifier_preparer.quote
    into = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))})"
    found = tuple(column for column in columns if column is not None)
    return Arrays(into, found) if len(found) == len(columns) else None


def _column(dialect: Dialect, column: Any) -> _Column | None:
    own = column.type.dialect_impl(dialect)
    kind = getattr(own, "impl_instance", own)
    if isinstance(kind, LargeBinary):
        return None
    if isinstance(kind, JSON):
        # The driver's own would be for the driver alone.
        return _Column("JSON", column.type.bind_processor(dialect), quoted=True)
    turn = own.bind_processor(dialect)
    if isinstance(kind, String):
        # As its own kind a text that is too long would be cut where it is refused otherwise.
        return _Column("TEXT", turn, quoted=True)
    name = kind.compile(dialect=dialect)
    return _Column(name, turn, quoted=name not in {"INTEGER", "BIGINT", "BOOLEAN"})


def _quoted(value: object) -> str:
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
