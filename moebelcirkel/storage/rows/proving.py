"""Rows whose values are what their fields say: SQLite keeps anything in any column."""

import functools
from collections.abc import Iterator
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

RowT = TypeVar("RowT")


def proved(found: list[RowT], **words: type[object]) -> list[RowT]:
    """The rows as they are; a value of another kind, or that is none of the ``words``, ends it.

    Whoever reads by a context is then told which row it is.
    """
    kind: Any = type(found[0]) if found else None
    for row in found:
        for name, kinds in _kinds(kind, tuple(words.items())):
            if not isinstance(getattr(row, name), kinds):
                raise TypeError(f"{name} is not what it may be")
    return found


@functools.cache
def _kinds(
    row: type[Any], words: tuple[tuple[str, type[object]], ...]
) -> tuple[tuple[str, tuple[type[Any], ...]], ...]:
    """By field what a value may be."""
    hints = {**get_type_hints(row), **dict(words)}
    return tuple((name, tuple(_classes(hint))) for name, hint in hints.items())


def _classes(hint: Any) -> Iterator[type[Any]]:
    if get_origin(hint) in (Union, UnionType):
        for each in get_args(hint):
            yield from _classes(each)
    else:
        yield get_origin(hint) or hint
