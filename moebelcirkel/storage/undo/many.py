"""Rows that a change made, voided or deleted in numbers go and come back by a few statements.

The events are those that one by one would leave.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, inspect, select, update
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.storage import derived
from moebelcirkel.storage.derived import defaults_of
from moebelcirkel.storage.events import encode, text_id
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import PersonText
from moebelcirkel.storage.undo.turned import Turned, decoded, model_of, restorable
from moebelcirkel.storage.work import CHUNK, Work, chunks

#: From so many rows on, turning them one by one would take longer than people wait.
MANY = 50

Back = Callable[[Work, type[Base], Sequence[Turned]], None]
_VOID = {"state": "void"}

# --- rows that were made ------------------------------------------------------------------------


def made_in_numbers(events: Sequence[Turned], times: Counter[tuple[str, str]]) -> frozenset[str]:
    """Tables of which the change did nothing but make many rows, which leave by a statement."""
    counts = Counter(event.entity for event in events)
    others = {event.entity for event in events if not event.made}
    others |= {entity for (entity, _key), count in times.items() if count > 1}
    return frozenset(
        entity
        for entity, count in counts.items()
        if count >= MANY and entity not in others and _leaves_by_statement(model_of(entity))
    )


def _leaves_by_statement(model: type[Base]) -> bool:
    """Nothing but the statement itself has to know that rows go: no listener, no opposite row."""
    mapper = inspect(model)
    if model.__undo__ == "void":
        return not (mapper.dispatch.after_update or mapper.dispatch.before_update)
    return model.__undo__ == "delete" and not mapper.dispatch.after_delete


def uncreate(work: Work, model: type[Base], keys: Sequence[int]) -> None:
    """Void or delete rows by a few statements, with the events that one by one would leave."""
    void = model.__undo__ == "void"
    for part in chunks(sorted(keys) if void else keys):
        if void:
            _void(work, model, part)
        else:
            _delete(work, model, part)
    _forget(work, model)


def _void(work: Work, model: type[Base], keys: Sequence[int]) -> None:
    table: Any = model.__table__
    column = inspect(model).primary_key[0]
    connection = work.session.connection()
    wanted = column.in_(keys), table.c.state != "void"
    query = select(column, table.c.state).where(*wanted).order_by(column)
    found = connection.execute(query).all()
    work.recorder.note_many(
        (model.__tablename__, str(key), {"state": encode(state)}, {"state": "void"})
        for key, state in found
    )
    to = {table.c.state: "void", table.c.version: table.c.version + 1}
    _expect(model, len(found), connection.execute(update(table).where(*wanted).values(to)).rowcount)


def _delete(work: Work, model: type[Base], keys: Sequence[int]) -> None:
    table: Any = model.__table__
    column = inspect(model).primary_key[0]
    connection = work.session.connection()
    query = select(table).where(column.in_(keys))
    found = (row._asdict() for row in connection.execute(query))
    rows = {row[column.name]: row for row in found}
    work.recorder.removed(model, [rows[key] for key in keys if key in rows])
    deleted = connection.execute(delete(table).where(column.in_(keys))).rowcount
    _expect(model, len(rows), deleted)


def _expect(model: type[Base], rows: int, written: int) -> None:
    if written != rows:
        raise StaleDataError(f"{rows} rows of {model.__name__} were expected")


# --- rows that come back ------------------------------------------------------------------------


def come_back(events: Sequence[Turned], times: Counter[tuple[str, str]]) -> Mapping[str, Back]:
    """Tables of which the change did nothing but void or delete many rows, with the way back."""
    some: defaultdict[str, list[Turned]] = defaultdict(list)
    for event in events:
        some[event.entity].append(event)
    twice = {entity for (entity, _key), count in times.items() if count > 1}
    found: dict[str, Back] = {}
    for entity, group in some.items():
        if len(group) >= MANY and entity not in twice and not group[0].made:
            way = _way_back(model_of(entity), group)
            if way is not None:
                found[entity] = way
    return found


def _way_back(model: type[Base], events: Sequence[Turned]) -> Back | None:
    dispatch = inspect(model).dispatch
    if model.__undo__ == "delete" and not dispatch.after_insert:
        return _insert if all(event.new is None for event in events) else None
    if model.__undo__ == "void" and not (dispatch.after_update or dispatch.before_update):
        voided = all(not each.made and each.after == _VOID for each in events)
        return _unvoid if voided else None
    return None


def _unvoid(work: Work, model: type[Base], events: Sequence[Turned]) -> None:
    table: Any = model.__table__
    column = inspect(model).primary_key[0]
    states: defaultdict[str, list[int]] = defaultdict(list)
    for event in events:
        states[(event.before or {})["state"]].append(int(event.entity_id))
    for state, keys in sorted(states.items()):
        to = {table.c.state: state, table.c.version: table.c.version + 1}
        for part in chunks(sorted(keys)):
            work.recorder.note_many(
                (model.__tablename__, str(key), _VOID, {"state": state}) for key in part
            )
            wanted = column.in_(part), table.c.state == "void"
            written = work.session.connection().execute(update(table).where(*wanted).values(to))
            _expect(model, len(part), written.rowcount)
    _forget(work, model)


def _insert(work: Work, model: type[Base], events: Sequence[Turned]) -> None:
    connection = work.session.connection()
    defaults = defaults_of(model)
    for start in range(0, len(events), CHUNK):
        part = events[start : start + CHUNK]
        texts = _texts(work, part)
        rows = [
            derived.complete(
                model,
                {
                    **defaults,
                    **{
                        name: decoded(work, model, name, value)
                        for name, value in restorable(model, event).items()
                    },
                },
                connection,
            )
            for event in part
        ]
        del texts
        connection.execute(insert(model.__table__), rows)  # type: ignore[arg-type]
        work.recorder.created(model, rows)


def _texts(work: Work, events: Sequence[Turned]) -> Sequence[PersonText]:
    """Names and notes of the rows, held so that each is found without being asked for."""
    keys = {
        key
        for event in events
        for value in (event.before or {}).values()
        if (key := text_id(value)) is not None
    }
    query = select(PersonText).where(PersonText.id.in_(sorted(keys)))
    return work.session.scalars(query).all() if keys else []


def _forget(work: Work, model: type[Base]) -> None:
    for row in list(work.session.identity_map.values()):
        if isinstance(row, model):
            work.session.expunge(row)
