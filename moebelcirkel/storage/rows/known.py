"""Queries that are built anew each time they are asked, known again by their shape.

SQLAlchemy knows them again too, but spends most of its time after that: to prepare for values and
for an answer that it has prepared for before. What is known goes to the driver as a ``Ready`` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Executable, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.util import LRUCache

from moebelcirkel.storage.rows.ready import Ready

#: As many shapes are known of each database: more than the program has, but for lists of choices.
_MOST = 800


@dataclass(frozen=True, slots=True)
class Shape:
    """A query of one shape: for each of its values the names it has in the statement."""

    ready: Ready
    names: tuple[tuple[str, ...], ...]
    #: The class whose whole rows it asks for, if it does.
    model: type[Any] | None


#: ``None`` is a query that is left to SQLAlchemy.
_SHAPES: WeakKeyDictionary[Dialect, LRUCache[Any, Shape | None]] = WeakKeyDictionary()
_UNKNOWN = object()
#: What a query says that reads rows anew which its session knows.
_ANEW = {"populate_existing": True}


def known(
    dialect: Dialect, query: Executable, values: Mapping[str, object] | None
) -> tuple[Shape, dict[str, object]] | None:
    """The shape of a query, and the values it has this time."""
    if type(query) is not Select or (values is not None and type(values) is not dict):
        return None
    if query._execution_options and query._execution_options != _ANEW:  # noqa: SLF001
        return None  # they are no part of the key
    key: CacheKey | None = query._generate_cache_key()  # noqa: SLF001 - as SQLAlchemy itself does
    if key is None:
        return None
    shapes = _SHAPES.get(dialect)
    if shapes is None:
        shapes = _SHAPES[dialect] = LRUCache(_MOST)
    shape: Any = shapes.get(key.key, _UNKNOWN)
    if shape is _UNKNOWN:
        shape = shapes[key.key] = _shape(dialect, query, key)
    given = None if shape is None else _given(shape, key, values or {})
    return None if given is None else (shape, given)


def reads_anew(query: Executable) -> bool:
    """Whether rows that a session knows are to be as they are found."""
    return bool(query.get_execution_options().get("populate_existing"))


def _given(shape: Shape, key: CacheKey, values: Mapping[str, object]) -> dict[str, object] | None:
    given: dict[str, object] = {}
    for bind, names in zip(key.bindparams, shape.names, strict=True):
        if bind.key in values:
            value: Any = values[bind.key]
        elif bind.required:
            return None  # SQLAlchemy says it better
        else:
            value = bind.effective_value
        if bind.expanding and type(value) is not list:
            value = list(cast(Any, value))
        for name in names:
            given[name] = value
    return given


def _shape(dialect: Dialect, query: Any, key: CacheKey) -> Shape | None:
    if query._with_options or query._for_update_arg is not None:  # noqa: SLF001
        return None
    model = _model(query)
    if model is None and not all(isinstance(each, ColumnElement) for each in query._raw_columns):  # noqa: SLF001
        return None
    if model is not None:
        query = query.with_only_columns(*_columns(model))
    if len(query.exported_columns) != len(query._raw_columns):  # noqa: SLF001
        return None
    ready = Ready(query)
    try:
        made = ready.prepare(dialect)
    except (InvalidRequestError, TypeError):
        # psycopg's numbers are turned by what the server says of each answer.
        return None
    if made.literal_execute_params:
        return None
    names: dict[str, list[str]] = {}
    for bind, name in made.bind_names.items():
        names.setdefault(bind.key, []).append(name)
    return Shape(ready, tuple(tuple(names.get(each.key, ())) for each in key.bindparams), model)


def _model(query: Any) -> type[Any] | None:
    """The class whose rows are asked for and nothing else."""
    asked = query.column_descriptions
    if len(asked) != 1 or asked[0]["expr"] is not asked[0]["type"]:
        return None
    model: Any = asked[0]["type"]
    mapper: Any = getattr(model, "__mapper__", None)
    return model if mapper is not None and len(mapper.primary_key) == 1 else None


def _columns(model: Any) -> list[Any]:
    return [attribute.columns[0] for attribute in model.__mapper__.column_attrs]
