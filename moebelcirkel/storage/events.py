"""Events by themselves: whatever a unit of work writes is recorded before and after.

A service cannot forget an event, because the session itself notes every insert, update and
delete of a tracked class in the same transaction. What an event may not tell (a name, a password's
hash, a row that is written once) it still proves, by a SHA-256.
"""

import datetime as dt
import functools
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Date, Table, event, insert, inspect
from sqlalchemy.orm import Mapper, Session, UOWTransaction
from sqlalchemy.orm.attributes import instance_state

from moebelcirkel.storage import remembered, session_rows, texts
from moebelcirkel.storage.chain import EventsDigest, encoded, quick
from moebelcirkel.storage.rows import Plain, Ready, Rows, put_in, put_in_both
from moebelcirkel.storage.tables.base import Base, ExactDecimal, UtcDateTime
from moebelcirkel.storage.tables.changes import Event, PersonText

Payload = dict[str, Any]
#: By table the keys of the rows that a change has written.
Touched = dict[str, set[str]]
_RECORDER = remembered.RECORDER
#: What most columns hold, and JSON has as it is.
_PLAIN = frozenset({str, int, bool, type(None)})
_SORTED = quick(json.JSONEncoder(sort_keys=True))
_EVENTS = cast(Table, Event.__table__)
_EVENT_COLUMNS = ("change_id", "entity", "entity_id", "payload_version", "before", "after")
_NEW_TEXT = Ready(insert(PersonText).returning(PersonText.id))
#: The format of payloads; version 1 did not have the digests.
PAYLOAD_VERSION = 2


def encode(value: object) -> object:
    """A column's value as JSON: moments and dates in ISO form, decimals as their digits."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def typed(model: type[Base], name: str, value: object) -> object:
    """An encoded value back as the column's own type."""
    if value is None:
        return None
    restore = _restorers(model).get(name)
    return value if restore is None else restore(str(value))


@functools.cache
def _restorers(model: type[Base]) -> dict[str, Callable[[str], object] | None]:
    return {each.key: _restore(each.columns[0].type) for each in inspect(model).column_attrs}


def _restore(kind: object) -> Callable[[str], object] | None:
    if isinstance(kind, UtcDateTime):
        return dt.datetime.fromisoformat
    if isinstance(kind, ExactDecimal):
        return Decimal
    return dt.date.fromisoformat if isinstance(kind, Date) else None


def digest(text: str) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def row_digest(values: Mapping[str, object]) -> str:
    """The SHA-256 of a row that is written once: its columns as JSON, sorted by name.

    Empty columns do not count, so that one that is added later leaves the digests of old rows.
    """
    kept = {
        name: value if type(value) in _PLAIN else _plain(value)
        for name, value in values.items()
        if value is not None
    }
    return digest(_SORTED(kept))


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else encode(value)


def secret(value: str | None) -> Payload | None:
    """What an event keeps of a secret: enough to know it again, and nothing to learn from."""
    return None if value is None else {"digest": digest(value)}


def text_id(value: object) -> int | None:
    """Which name or note a payload's value refers to, if it is such a reference."""
    return value.get("text") if isinstance(value, dict) else None


def entity_key(mapper: Mapper[Base], row: Base) -> str:
    """The row's primary key as text."""
    return "/".join(str(part) for part in mapper.primary_key_from_instance(row))


@functools.cache
def recorded_columns(mapper: Mapper[Base]) -> Mapping[str, str | None]:
    """Attribute names an event keeps, each with its mark (person, secret or ``None``)."""
    found: dict[str, str | None] = {}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        mark = column.info.get("event")
        if attribute.key != "version" and mark != "derived":
            found[attribute.key] = mark
    return found


@functools.cache
def _ways(mapper: Mapper[Any]) -> tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]:
    """These columns, and those of them whose values are not told as they are."""
    columns = recorded_columns(mapper)
    model: type[Base] = mapper.class_
    restorers = _restorers(model)
    turned = [(name, mark) for name, mark in columns.items() if mark is not None or restorers[name]]
    return tuple(columns), tuple(turned)


@functools.cache
def _places(mapper: Mapper[Base]) -> Mapping[str, int]:
    """Where each of these columns stands among them."""
    return {name: place for place, name in enumerate(recorded_columns(mapper))}


@functools.cache
def _columns(mapper: Mapper[Any]) -> tuple[str, ...]:
    return tuple(mapper.column_attrs.keys())


def in_order(rows: Iterable[Base]) -> list[Base]:
    """Rows by table and key: a session keeps what has changed in no order at all."""
    return sorted(rows, key=lambda row: (row.__tablename__, instance_state(row).identity))


class Recorder:
    """Collects the events of one change while its session flushes."""

    def __init__(self, session: Session, change_id: int, touched: Touched) -> None:
        self.session = session
        self.change_id = change_id
        # Asking the session for it anew costs as much as half of a small statement.
        self._connection = session.connection()
        self.kinds: set[str] = set()
        self._touched = touched
        self.digest = EventsDigest()
        self._pending: list[tuple[Base, Payload, Payload]] = []
        self._deleted: list[tuple[str, str, Payload]] = []
        session.info[_RECORDER] = self
        session_rows.forget_asked(session)

    def close(self) -> None:
        """Stop listening; the session may live on for reading."""
        del self.session.info[_RECORDER]
        session_rows.forget_asked(self.session)
        remembered.forget(self.session, self.kinds)

    def note(
        self, entity: str, entity_id: object, before: Payload | None, after: Payload | None
    ) -> None:
        """Record one event by hand, for rows written by plain statements."""
        self.note_many([(entity, str(entity_id), before, after)])

    def note_many(
        self,
        rows: Iterable[tuple[str, str, Payload | None, Payload | None]],
        written: Rows | None = None,
    ) -> None:
        """Record many events at once, and write with them the rows that they tell of, if given."""
        values = [
            (
                self.change_id,
                entity,
                entity_id,
                PAYLOAD_VERSION,
                None if before is None else encoded(before),
                None if after is None else encoded(after),
            )
            for entity, entity_id, before, after in rows
        ]
        # At once: who erases a person's texts, among others, looks at the events of its own change.
        if written is None:
            put_in(self._connection, _EVENTS, _EVENT_COLUMNS, values)
        else:
            put_in_both(self._connection, written, Rows(_EVENTS, _EVENT_COLUMNS, values))
        for value in values:
            self._touched.setdefault(value[1], set()).add(value[2])
        self.kinds.update({value[1] for value in values})
        self.digest.add(value[1:] for value in values)

    def created(
        self, model: type[Base], rows: Sequence[Mapping[str, object]], written: Rows | None = None
    ) -> None:
        """Record rows that are inserted in bulk; each mapping holds all recorded columns.

        They are ``written`` with it, where they are not yet.
        """
        mapper = inspect(model)
        told = (
            (
                model.__tablename__,
                "/".join(str(row[column.name]) for column in mapper.primary_key),
                None,
                self._creation(mapper, row),
            )
            for row in rows
        )
        self.note_many(told, written)

    def _creation(self, mapper: Mapper[Any], row: Mapping[str, object]) -> Payload:
        if mapper.class_.__track__ == "reference":
            return {"digest": row_digest({key: row.get(key) for key in _columns(mapper)})}
        names, turned = _ways(mapper)
        found: Payload = dict(zip(names, map(row.get, names), strict=True))
        for name, mark in turned:
            found[name] = self._value(found[name], mark)
        return found

    def _value(self, value: object, mark: str | None) -> object:
        if mark is None:
            return encode(value)
        if mark == "secret":
            return secret(value if value is None else str(value))
        if mark != "person" or value in (None, ""):
            return encode(value)
        text = {"body": str(value), "salt": secrets.token_hex(16)}
        key = _NEW_TEXT.scalar(self._connection, text)
        return {"text": key, "digest": digest(text["salt"] + text["body"])}

    def before_flush(self, session: Session, changed: Iterable[Base]) -> None:
        """Remember what is about to be written, with the values from before."""
        for row in session.new:
            self._pending.append((row, {}, {}))
        for row in changed:
            self._note_update(row)
        for row in session.deleted:
            self._note_delete(row)

    def _note_update(self, row: Base) -> None:
        if row.__track__ != "full":
            return
        # Asking for it by ``inspect`` costs several times as much, row by row.
        mapper = instance_state(row).mapper
        before: Payload = {}
        after: Payload = {}
        columns, changed = recorded_columns(mapper), session_rows.changes(row)
        # Of many columns few are ever touched; an event names them in the order of the table.
        for name in sorted(changed.keys() & columns.keys(), key=_places(mapper).__getitem__):
            old, new = changed[name]
            if old != new:
                before[name] = self._value(old, columns[name])
                after[name] = self._value(new, columns[name])
        if after:
            self._pending.append((row, before, after))

    def removed(self, model: type[Base], rows: Iterable[Mapping[str, object]]) -> None:
        """Record rows that one statement is about to delete, by their columns."""
        mapper = inspect(model)
        if model.__track__ is None:
            return
        columns = recorded_columns(mapper).items()
        self.note_many(
            (
                model.__tablename__,
                "/".join(str(row[column.name]) for column in mapper.primary_key),
                {name: self._value(row[name], mark) for name, mark in columns},
                None,
            )
            for row in rows
        )

    def _note_delete(self, row: Base) -> None:
        if row.__track__ is None:
            return
        mapper = inspect(type(row))
        before = {
            name: self._value(getattr(row, name), mark)
            for name, mark in recorded_columns(mapper).items()
        }
        self._deleted.append((row.__tablename__, entity_key(mapper, row), before))

    def after_flush(self) -> None:
        """Write the events, now that new rows have their ids."""
        pending, self._pending = self._pending, []
        rows: list[tuple[str, str, Payload | None, Payload | None]] = []
        for row, before, after in pending:
            if row.__track__ is None:
                continue
            mapper = instance_state(row).mapper
            key = entity_key(mapper, row)
            if after:
                rows.append((row.__tablename__, key, before, after))
            else:
                values = {name: getattr(row, name) for name in _columns(mapper)}
                rows.append((row.__tablename__, key, None, self._creation(mapper, values)))
        self._write_events(rows)

    def _write_events(self, rows: list[tuple[str, str, Payload | None, Payload | None]]) -> None:
        deleted, self._deleted = self._deleted, []
        rows.extend((entity, key, before, None) for entity, key, before in deleted)
        self.note_many(rows)


class RecordedSession(Session):
    """Asks by the driver what it has asked before, and writes alone what is only changed."""

    def execute(self, statement: Plain, params: Plain = None, **more: Plain) -> Plain:
        """The answer to a statement."""
        found = None if more else session_rows.asked(self, statement, params)
        return super().execute(statement, params, **more) if found is None else found

    def scalars(self, statement: Plain, params: Plain = None, **more: Plain) -> Plain:
        """The first value of each row."""
        found = None if more else session_rows.asked(self, statement, params)
        return super().scalars(statement, params, **more) if found is None else found.scalars()

    def scalar(self, statement: Plain, params: Plain = None, **more: Plain) -> Plain:
        """The first value of the first row, if there is any."""
        found = None if more else session_rows.asked(self, statement, params)
        return super().scalar(statement, params, **more) if found is None else found.scalar()

    def flush(self, objects: Sequence[object] | None = None) -> None:
        """Write what has changed, with its events."""
        recorder: Recorder | None = self.info.get(_RECORDER)
        if objects is not None or self._is_clean() or self.deleted or recorder is None:
            super().flush(objects)
            return
        new, changed = list(self.new), in_order(self.dirty)
        if new and not changed and session_rows.may_put_in_alone(new):
            texts.check_rows(new, new=True)
            recorder.before_flush(self, ())
            session_rows.put_in_alone(self, new)
        elif changed and not new and session_rows.may_write_alone(changed):
            texts.check_rows(changed, new=False)
            recorder.before_flush(self, changed)
            session_rows.write_alone(self, changed)
        else:
            super().flush()
            return
        recorder.after_flush()


# The listeners are the class's own: adding and removing them for each change would cost more
# than what most changes write.


def _before_flush(session: Session, _context: UOWTransaction, _some: object) -> None:
    recorder: Recorder | None = session.info.get(_RECORDER)
    if recorder is not None:
        changed = in_order(session.dirty)
        texts.check_rows(session.new, new=True)
        texts.check_rows(changed, new=False)
        recorder.before_flush(session, changed)
        session_rows.write(session, changed)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    recorder: Recorder | None = session.info.get(_RECORDER)
    if recorder is not None:
        recorder.after_flush()


event.listen(Session, "before_flush", _before_flush)
event.listen(Session, "after_flush", _after_flush)
