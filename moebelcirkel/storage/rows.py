"""What a query finds, as frozen rows whose fields are named as the query's labels."""

from collections.abc import Mapping
from dataclasses import fields, make_dataclass
from itertools import starmap
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Result
from sqlalchemy.orm import Session

RowT = TypeVar("RowT")


def fill(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> list[RowT]:
    """All rows of a query, as instances of a frozen dataclass with slots.

    A label without a field of its name, or a field without a label, is a bug and raises TypeError.
    """
    return _filled(kind, session.execute(query, values))


def first(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> RowT | None:
    """The first row of a query, if it finds any."""
    found = session.execute(query, values)
    maker = _maker(kind, found)
    row = found.first()
    return None if row is None else _frozen(kind, [maker(*row)])[0]


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
    names = {each.name for each in fields(kind)}
    if names != set(labels) or len(names) != len(labels):
        other = sorted(names ^ set(labels)) or sorted(labels)
        raise TypeError(f"{kind.__name__} is not what is asked for: {', '.join(other)}")
    return make_dataclass(kind.__name__, labels, slots=True, eq=False, repr=False)
