"""Rows of a session that are read and written past its own ways, which cost several times as much
as the database itself. They are the session's all the same.

Many rows of one table that change the same columns are written by one statement, for SQLAlchemy
sends an UPDATE for each versioned row. The version is checked all the same.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import (
    JSON,
    ClauseElement,
    Executable,
    Table,
    bindparam,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import NO_VALUE, instance_dict, instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.storage.rows import Plain, Ready, connected, known, reads_anew
from moebelcirkel.storage.tables.base import Base, Versioned

RowT = TypeVar("RowT", bound=Base)

#: Below this the one statement costs as much as it saves.
_FEWEST = 6
#: Where a session keeps what it has asked and not looked at yet.
_ASKED = "asked before"


# --- read ------------------------------------------------------------------------------------


def one(session: Session, model: type[RowT], key: object) -> RowT | None:
    """The row of this key, if there is one."""
    if len(inspect(model).primary_key) > 1 or isinstance(key, tuple) or _knows(session, model, key):
        return session.get(model, key)
    session.flush()
    found = _take(session, model, _found(session, model, [key]))
    return found[0] if found else None


def some(session: Session, model: type[RowT], keys: Sequence[int]) -> list[RowT]:
    """The rows of these keys, in their order."""
    session.flush()
    return _take(session, model, _found(session, model, keys))


def _found(session: Session, model: type[Base], keys: Sequence[object]) -> list[Plain]:
    return asked_before(session, _columns(model), {"keys": [*keys]})


def expect(session: Session, model: type[Base], key: object) -> None:
    """Ask for a row that is read next, see ``ask_before``."""
    ask_before(session, _columns(model), {"keys": [key]})


def ask_before(session: Session, query: Ready, values: Mapping[str, object]) -> None:
    """Ask what ``asked_before`` takes next: what is asked together a server answers in one turn.

    Nothing that it is about is written in between. On a file there are no turns to be saved.
    """
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        kept(session)[query, str(values)] = query.ask(connection, values)


def kept(session: Session) -> dict[Plain, Plain]:
    """What was asked and not looked at yet."""
    found: dict[Plain, Plain] = session.info.setdefault(_ASKED, {})
    return found


def forget_asked(session: Session) -> None:
    """What was asked and not looked at is of no use to the next change."""
    session.info.pop(_ASKED, None)


def asked_before(session: Session, query: Ready, values: Mapping[str, object]) -> list[Plain]:
    """The rows that were asked for with the same values, or asks for them now."""
    asked = session.info.get(_ASKED)
    fetch = asked.pop((query, str(values)), None) if asked else None
    return query.tuples(session.connection(), values) if fetch is None else fetch()


def _knows(session: Session, model: type[Base], key: object) -> bool:
    return inspect(model).identity_key_from_primary_key((key,)) in session.identity_map


@functools.cache
def _columns(model: type[Base]) -> Ready:
    mapper = inspect(model)
    (key,) = mapper.primary_key
    columns = [attribute.columns[0] for attribute in mapper.column_attrs]
    return Ready(select(*columns).where(key.in_(bindparam("keys", expanding=True))).order_by(key))


@functools.cache
def _names(model: type[Base]) -> tuple[tuple[str, ...], int]:
    """The attributes in the order of the columns, and where among them the key stands."""
    mapper = inspect(model)
    names = tuple(mapper.column_attrs.keys())
    return names, names.index(mapper.get_property_by_column(mapper.primary_key[0]).key)


def _take(
    session: Session, model: type[RowT], found: Iterable[Sequence[object]], *, anew: bool = False
) -> list[RowT]:
    """Rows as the session's; those it knows already are left as they are there, unless ``anew``."""
    mapper = inspect(model)
    names, place = _names(model)
    rows: list[RowT] = []
    for values in found:
        key = mapper.identity_key_from_primary_key((values[place],))
        known: Any = session.identity_map.get(key)
        if known is None:
            known = _new(session, mapper, key)
            instance_dict(known).update(zip(names, values, strict=True))
        elif anew:
            state = instance_state(known)
            state.dict.update(zip(names, values, strict=True))
            state._commit_all(state.dict, session.identity_map)  # noqa: SLF001 - as it does
        elif instance_state(known).expired_attributes:
            session.refresh(known)
        rows.append(known)
    return rows


def _new(session: Session, mapper: Mapper[Any], key: Any) -> Any:
    """A row that the session did not know, as SQLAlchemy makes one of what it has read.

    Adding it would look for others that belong to it, at more than the cost of all else.
    """
    row = mapper.class_manager.new_instance()
    state = instance_state(row)
    state.key = key
    state.session_id = session.hash_key
    session.identity_map.add(state)
    return row


def asked(session: Session, query: Executable, values: Plain) -> IteratorResult[Plain] | None:
    """The answer to a query whose shape is known; ``None`` is left to the session."""
    if session._flushing:  # noqa: SLF001 - as the session itself asks before it writes
        return None
    connection = connected(session)
    again = known(connection.dialect, query, values)
    if again is None:
        return None
    shape, given = again
    rows = shape.ready.tuples(connection, given)
    if shape.model is None:
        return IteratorResult(_labels(shape.ready.labels(connection.dialect)), iter(rows))
    whole = _take(session, shape.model, rows, anew=reads_anew(cast(Any, query)))
    return IteratorResult(_labels((shape.model.__name__,)), zip(whole))


@functools.cache
def _labels(names: tuple[str, ...]) -> SimpleResultMetaData:
    return SimpleResultMetaData(names)


# --- written ---------------------------------------------------------------------------------


def write(session: Session, rows: Iterable[Base]) -> None:
    """Write the changed rows that come in numbers; the session writes the others itself."""
    models: dict[type[Base], list[Base]] = {}
    for row in rows:
        # What is filled, or heard of, while the session writes is left to it.
        if isinstance(row, Versioned) and not _is_watched(type(row)):
            models.setdefault(type(row), []).append(row)
    for model, some in models.items():
        if len(some) < _FEWEST:
            continue
        groups: dict[tuple[str, ...], list[Base]] = {}
        for row in some:
            groups.setdefault(_changed(row), []).append(row)
        for names, alike in groups.items():
            if names and len(alike) >= _FEWEST:
                _write(session, inspect(model), names, alike)
                # The session would look at every column of each row to find nothing left to write.
                # One stays with it: without any it would not go on to what comes after.
                _settle(session, alike[1:])
                for name in {*names, "version"}:
                    set_committed_value(alike[0], name, getattr(alike[0], name))


def may_write_alone(rows: Iterable[Base]) -> bool:
    """Whether these changed rows keep their keys, and nobody else looks after their tables."""
    return not any(map(_is_watched, {type(row) for row in rows})) and all(map(_is_plain, rows))


def _is_plain(row: Base) -> bool:
    changed, held = instance_state(row).committed_state, instance_dict(row)
    return _keys(type(row)).isdisjoint(changed) and not any(
        isinstance(held.get(name), ClauseElement) for name in changed
    )


@functools.cache
def _keys(model: type[Base]) -> frozenset[str]:
    """What the session itself has to change: the key, and the version."""
    return frozenset({"version", *(str(each.key) for each in inspect(model).primary_key)})


def write_alone(session: Session, rows: Sequence[Base]) -> None:
    """Write rows that this may be done with."""
    groups: dict[tuple[type[Base], tuple[str, ...]], list[Base]] = {}
    for row in rows:
        groups.setdefault((type(row), _changed(row)), []).append(row)
    for (model, names), alike in groups.items():
        if names:
            _write(session, inspect(model), names, alike)
    _settle(session, rows)


def _settle(session: Session, rows: Iterable[Base]) -> None:
    """Nothing of these is left to write."""
    for state in map(instance_state, rows):
        state._commit_all(state.dict, session.identity_map)  # noqa: SLF001 - no other way to say so


def _is_watched(model: type[Base]) -> bool:
    dispatch = inspect(model).dispatch
    return bool(dispatch.before_update or dispatch.after_update)


def changes(row: Base) -> dict[str, tuple[object, object]]:
    """By name what has changed, before and now; nothing where it was not known before.

    SQLAlchemy's own history of an attribute says the same at several times the cost.
    """
    held = instance_dict(row)
    return {
        name: (None if was is NO_VALUE else was, held[name])
        for name, was in instance_state(row).committed_state.items()
        if name in held and (was is NO_VALUE or (held[name] is not was and held[name] != was))
    }


def _changed(row: Base) -> tuple[str, ...]:
    return tuple(sorted(changes(row)))


def _write(
    session: Session, mapper: Mapper[Any], names: tuple[str, ...], rows: Sequence[Any]
) -> None:
    keys = [str(column.key) for column in mapper.primary_key]
    # A version that was raised by hand, as only the row's parts changed, is raised once.
    names = tuple(name for name in names if name != "version")
    old, new = [(f"old_{key}", key) for key in keys], [(f"new_{name}", name) for name in names]
    values: list[dict[str, Any]] = []
    for row in rows:
        held = instance_dict(row)
        sent = {told: getattr(row, key) for told, key in old}
        sent.update([(told, held[name]) for told, name in new])
        values.append(sent)
    if mapper.version_id_col is not None:
        for row, sent in zip(rows, values, strict=True):
            version = instance_state(row).committed_state.get("version", row.version)
            sent |= {"old_version": version, "new_version": version + 1}
    if _statement(mapper, tuple(keys), names).run_many(session.connection(), values) != len(rows):
        raise StaleDataError(f"{len(rows)} rows of {mapper.class_.__name__} were expected")
    if mapper.version_id_col is not None:
        for row, sent in zip(rows, values, strict=True):
            instance_dict(row)["version"] = sent["new_version"]


@functools.cache
def _statement(mapper: Mapper[Any], keys: tuple[str, ...], names: tuple[str, ...]) -> Ready:
    table: Any = mapper.local_table
    new: dict[Any, Any] = {
        mapper.column_attrs[name].columns[0]: bindparam(f"new_{name}") for name in names
    }
    these = update(table).where(*[table.c[key] == bindparam(f"old_{key}") for key in keys])
    if mapper.version_id_col is None:
        return Ready(these.values(new))
    these = these.where(table.c.version == bindparam("old_version"))
    return Ready(these.values({table.c.version: bindparam("new_version"), **new}))


# --- new -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where new rows of a class go: what each column has of itself, with a key or without."""

    #: By attribute of each column what it has where nothing is said.
    values: dict[str, object]
    columns: dict[str, str]
    key: str
    versioned: bool
    keyed: Ready
    keyless: Ready


def may_put_in_alone(rows: Sequence[Base]) -> bool:
    """Whether new rows are all of one class, which nobody else looks after."""
    model = type(rows[0])
    return (
        all(type(row) is model for row in rows)
        and _place(model) is not None
        and not any(
            isinstance(value, ClauseElement)
            for row in rows
            for value in instance_dict(row).values()
        )
    )


def put_in_alone(session: Session, rows: Sequence[Base]) -> None:
    """Put in new rows that this may be done with."""
    place, connection = _place(type(rows[0])), session.connection()
    assert place is not None
    for row in rows:
        held = instance_dict(row)
        for name, default in place.values.items():
            # What nothing was said of stays unsaid, as a flush leaves it.
            if default is not None and held.get(name) is None:
                held[name] = default
        if place.versioned:
            held["version"] = 1
        values = {column: held.get(name) for name, column in place.columns.items()}
        if held.get(place.key) is None:
            del values[place.columns[place.key]]
            held[place.key] = place.keyless.scalar(connection, values)
        else:
            place.keyed.run(connection, values)
    session._register_persistent(set(map(instance_state, rows)))  # noqa: SLF001 - as its own flush


@functools.cache
def _place(model: type[Base]) -> _Place | None:
    mapper, table = inspect(model), cast(Table, model.__table__)
    heard = mapper.dispatch
    if heard.before_insert or heard.after_insert or len(mapper.primary_key) > 1:
        return None
    values: dict[str, object] = {}
    columns: dict[str, str] = {}
    for attribute in mapper.column_attrs:
        column: Any = attribute.columns[0]
        default = column.default
        # JSON tells nothing from nothing said, and a default may be made for each row.
        if column.server_default is not None or isinstance(column.type, JSON):
            return None
        if default is not None and not default.is_scalar:
            return None
        values[attribute.key] = None if default is None else default.arg
        columns[attribute.key] = column.key
    (key,) = mapper.primary_key
    return _Place(
        values,
        columns,
        mapper.get_property_by_column(key).key,
        mapper.version_id_col is not None,
        Ready(insert(table)),
        Ready(insert(table).returning(key)),
    )
