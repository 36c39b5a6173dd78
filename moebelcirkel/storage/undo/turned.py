"""An event that is turned round, and its values as the columns' own types."""

import json
from dataclasses import dataclass

from sqlalchemy import inspect

from moebelcirkel.storage.events import recorded_columns, text_id, typed
from moebelcirkel.storage.tables.base import Base, Json
from moebelcirkel.storage.tables.changes import PersonText
from moebelcirkel.storage.work import Work


@dataclass(frozen=True, slots=True)
class Turned:
    """An event that is turned round. Most of a large change are never read further than its key."""

    entity: str
    entity_id: str
    made: bool
    old: str | None
    new: str | None

    @property
    def before(self) -> Json | None:
        """The values before, nothing for a row that was made."""
        return None if self.old is None else json.loads(self.old)

    @property
    def after(self) -> Json | None:
        """The values after, nothing for a row that was deleted."""
        return None if self.new is None else json.loads(self.new)


def model_of(entity: str) -> type[Base]:
    """The mapped class of a table name."""
    for mapper in Base.registry.mappers:
        found: type[Base] = mapper.class_
        if found.__tablename__ == entity:
            return found
    raise KeyError(entity)


def restorable(model: type[Base], event: Turned) -> dict[str, object]:
    """A row's values from before, without its secrets, which no event knows."""
    marks = recorded_columns(inspect(model))
    before = event.before or {}
    return {name: value for name, value in before.items() if marks.get(name) != "secret"}


def decoded(work: Work, model: type[Base], name: str, value: object) -> object:
    """A payload's value back as the column's own type."""
    key = text_id(value)
    if key is not None:
        text = work.session.get(PersonText, key)
        return (text.body if text else None) or ""
    return typed(model, name, value)
