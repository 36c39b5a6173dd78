"""What a query finds, as frozen rows whose fields are named as the query's labels."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, make_dataclass
from itertools import starmap
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Select, SQLColumnExpression, select

RowT = TypeVar("RowT")
#: A row before it is one: what it holds only its query knows.
Plain = Any


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


def like(kind: type[RowT], row: object, /, **others: object) -> RowT:
    """A row type filled by name from another row, but for the ``others``."""
    asked = kind, tuple(others)
    values, maker = _RESTS.get(asked) or _rest(*asked)
    return frozen(kind, [maker(*values(row), *others.values())])[0]


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


def filled(
    kind: type[RowT], labels: tuple[str, ...], found: Iterable[Sequence[object]]
) -> list[RowT]:
    """Rows whose values come in the order of the labels."""
    return frozen(kind, list(starmap(labelled(kind, labels), found)))


def frozen(kind: type[RowT], rows: list[Plain]) -> list[RowT]:
    """Twins become the row type."""
    # A frozen dataclass sets each field by a call, three times as slow as a plain attribute. So
    # rows are made as a plain twin with the same slots, and become what they are afterwards.
    for row in rows:
        row.__class__ = kind
    return rows


#: The twin of each row type, for each order of labels that was asked for.
_MAKERS: dict[tuple[type[Any], tuple[str, ...]], type[Any]] = {}


def labelled(kind: type[Plain], labels: tuple[str, ...]) -> type[Plain]:
    """The twin of a row type, made from values in the order of the labels."""
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
