"""Rows as they were: what stood in a row right after any change, folded from its events."""

import functools
import typing
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, Text, bindparam, cast, inspect, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.events import recorded_columns, typed
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.work import chunks

RowT = TypeVar("RowT", bound=Base)
Step = tuple[int, dict[str, Any] | None]
_CHANGE = itemgetter(0)


class Was:
    """A row as it was; one of its own class would be tracked, which takes longer than the rest."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__ = values


class History(Generic[RowT]):
    """The rows of one table after any change; names and notes are left out, as events are.

    Of many rows only what is looked at is made: ``only`` these columns.
    """

    def __init__(self, session: Session, model: type[RowT], *only: str) -> None:
        self._session = session
        self._model = model
        self._steps: dict[str, list[Step]] = {}
        self._known: dict[tuple[str, int], RowT | None] = {}
        marks = recorded_columns(inspect(model))
        self._columns = {
            name for name, mark in marks.items() if mark is None and (not only or name in only)
        }
        self._only = only
        self._empty = dict.fromkeys(inspect(model).column_attrs.keys())

    def __iter__(self) -> Iterator[str]:
        """The keys of all rows there have been, as far as they were read."""
        return iter(self._steps)

    def read(self, keys: Iterable[object] | None = None) -> None:
        """Read the events of these rows that are not known yet, or of all."""
        of_all, of_some = _asked(self._model, self._only)
        if keys is None:
            self._keep(of_all)
            return
        wanted = sorted({str(key) for key in keys} - self._steps.keys())
        for part in chunks(wanted):
            self._steps.update((key, []) for key in part)
            self._keep(of_some, keys=part)

    def _keep(self, query: Select[Any], **values: object) -> None:
        for key, change_id, after in self._session.execute(query, values):
            self._steps.setdefault(key, []).append((change_id, after))

    def changes(self) -> list[int]:
        """The changes that touched any of the rows, in order."""
        return sorted({change_id for steps in self._steps.values() for change_id, _ in steps})

    def at(self, key: object, change_id: int) -> RowT | None:
        """The row as it was right after a change; none where it was not there."""
        name = str(key)
        steps = self._steps.get(name, [])
        count = bisect_right(steps, change_id, key=_CHANGE)
        if (name, count) not in self._known:
            self._known[name, count] = self._folded(steps[:count])
        return self._known[name, count]

    def ever(self, key: object) -> Iterator[RowT]:
        """The row as it was after each change to it, while it was there."""
        for change_id, _after in self._steps.get(str(key), []):
            row = self.at(key, change_id)
            if row is not None:
                yield row

    def _folded(self, steps: list[Step]) -> RowT | None:
        values: dict[str, Any] | None = None
        for _change, after in steps:
            values = None if after is None else {**(values or {}), **after}
        if values is None:
            return None
        kept = self._columns & values.keys()
        found = {name: typed(self._model, name, values[name]) for name in kept}
        return typing.cast(RowT, Was(self._empty | found))


@functools.cache
def _asked(model: type[Base], only: tuple[str, ...]) -> tuple[Select[Any], Select[Any]]:
    """The questions for the events of all rows and of some, built once for each table."""
    query: Select[Any] = select(Event.entity_id, Event.change_id, Event.after).where(
        Event.entity == model.__tablename__
    )
    if only:
        body = cast(Event.after, Text)
        named = [body.contains(f'"{name}"', autoescape=True) for name in only]
        query = query.where(or_(Event.after.is_(None), *named))
    query = query.order_by(Event.id)
    return query, query.where(Event.entity_id.in_(bindparam("keys", expanding=True)))
