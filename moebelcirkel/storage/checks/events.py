"""Rows against events: what stands in a table is what its events, played from the start, say."""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    Text,
    TextClause,
    bindparam,
    cast,
    exists,
    inspect,
    literal_column,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Mapper, Session, aliased

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.checks.asking import filled, words_of
from moebelcirkel.storage.events import encode, recorded_columns, row_digest, secret, text_id
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Event, PersonText
from moebelcirkel.storage.work import CHUNK, chunks

Payload = dict[str, Any]
#: A row by the name of its table and its key, as events have it.
Place = tuple[str, str]
#: Rows by table and key, their values in the order of what is looked at.
Slice = dict[Mapper[Base], dict[Any, Any]]
_STEPS = 10_000
#: So many documents are in the memory at once.
_HEAVY = 10


@functools.cache
def tracked(how: str) -> tuple[Mapper[Base], ...]:
    """The mapped classes whose events keep so much, in a steady order."""
    found = [mapper for mapper in Base.registry.mappers if mapper.class_.__track__ == how]
    return tuple(sorted(found, key=lambda mapper: str(mapper.class_.__tablename__)))


def _with_rows(session: Session, how: str) -> Iterator[Mapper[Base]]:
    """Those of them whose tables have rows."""
    there = filled(session)
    return (mapper for mapper in tracked(how) if mapper.class_.__tablename__ in there)


def rows_equal_events(session: Session, findings: Findings) -> None:
    """Every column an event keeps has the value its latest event gave it.

    No event keeps the version, but each raised it: one below their number would let an old form
    write over what others have saved. One above it does no harm: parts of a row raise it too.
    """
    small: Slice = {}
    for mapper in _with_rows(session, "full"):
        rows = next(_slices(session, mapper, _looked_at(mapper)), {})
        if len(rows) >= _size(mapper):
            table_equals_events(session, findings, mapper)
            continue
        small[mapper] = rows
        if sum(map(len, small.values())) >= CHUNK:
            _tables_equal_events(session, findings, small)
            small = {}
    if small:
        _tables_equal_events(session, findings, small)


def _tables_equal_events(session: Session, findings: Findings, tables: Slice) -> None:
    """The same of all rows of some small tables: to ask of each by itself costs more."""
    _equal(session, findings, tables, session.execute(_steps_of(tuple(tables))))


def table_equals_events(session: Session, findings: Findings, mapper: Mapper[Base]) -> None:
    """The same of the rows of one table."""
    name = mapper.class_.__tablename__
    for rows in _slices(session, mapper, _looked_at(mapper)):
        asked = {"entity": name, "keys": [str(key) for key in rows]}
        _equal(session, findings, {mapper: rows}, session.execute(_STEPS_OF, asked))


def _equal(session: Session, findings: Findings, tables: Slice, events: Iterable[Any]) -> None:
    folded, steps = _folded(events)
    texts = _texts(session, tables, folded)
    for mapper, rows in tables.items():
        name, marks = mapper.class_.__tablename__, recorded_columns(mapper)
        findings.counts[name] += len(rows)
        for key, row in rows.items():
            place = name, str(key)
            if len(row) > len(marks) and row[-1] < steps[place]:
                _differs(findings, name, key, "version")
            _compare(findings, name, key, row[: len(marks)], folded.get(place), marks, texts)


def _looked_at(mapper: Mapper[Base]) -> tuple[str, ...]:
    """The columns that events keep, and the version after them."""
    versions = ("version",) if "version" in mapper.column_attrs else ()
    return *recorded_columns(mapper), *versions


def _slices(
    session: Session, mapper: Mapper[Any], names: Sequence[str]
) -> Iterator[dict[Any, Any]]:
    """The rows by primary key, a slice at a time, read as plain columns."""
    query, identity = _slice(mapper, tuple(names))
    size = _size(mapper)
    page = query
    while rows := {row[0]: row[1:] for row in session.execute(page)}:
        yield rows
        if len(rows) < size:
            return
        page = query.where(identity > next(reversed(rows)))


@functools.cache
def _slice(mapper: Mapper[Any], names: tuple[str, ...]) -> tuple[Select[Any], Any]:
    """The first slice of a table, and what it is ordered by."""
    identity = mapper.primary_key[0]
    columns = [mapper.columns[name] for name in names]
    return select(identity, *columns).order_by(identity).limit(_size(mapper)), identity


@functools.cache
def _size(mapper: Mapper[Any]) -> int:
    """How many rows a slice has at most."""
    heavy = any(isinstance(column.type, LargeBinary) for column in mapper.columns)
    return _HEAVY if heavy else CHUNK


#: Put together once, and of plain columns: for a small database that costs as much as asking.
_EVENT: Any = Event.__table__.columns
_TEXT: Any = PersonText.__table__.columns
_OF_ROWS = (
    _EVENT.entity == bindparam("entity"),
    _EVENT.entity_id.in_(bindparam("keys", expanding=True)),
)
_STEP = (
    _EVENT.entity,
    _EVENT.entity_id,
    _EVENT.before.is_(null()),
    cast(_EVENT.after, Text),
    _EVENT.id.label("step"),
)
_STEPS_OF = select(*_STEP).where(*_OF_ROWS).order_by(_EVENT.entity_id, _EVENT.id)
_MADE = select(_EVENT.entity_id, _EVENT.change_id, _EVENT.after).where(*_OF_ROWS)
_BODIES = select(_TEXT.id, _TEXT.body).where(_TEXT.id.in_(bindparam("keys", expanding=True)))


@functools.lru_cache(100)
def _steps_of(tables: tuple[Mapper[Base], ...]) -> CompoundSelect[Any]:
    """The events of all rows that some tables have."""
    return union_all(*(_of_table(mapper) for mapper in tables)).order_by(literal_column("step"))


def _of_table(mapper: Mapper[Base]) -> Select[Any]:
    keys = select(cast(mapper.primary_key[0], Text))
    of_table = _EVENT.entity == literal_column(f"'{mapper.class_.__tablename__}'", Text)
    return select(*_STEP).where(of_table, _EVENT.entity_id.in_(keys))


def _folded(events: Iterable[Any]) -> tuple[dict[Place, Payload], Counter[Place]]:
    """The rows as their events say, by place; a deleted row is left out. And the events of each."""
    found: dict[Place, Payload] = {}
    steps: Counter[Place] = Counter()
    for entity, key, created, after, _step_id in events:
        place = entity, key
        if after is None:
            found.pop(place, None)
        elif created:
            found[place] = json.loads(after)
            steps[place] = 1
        elif place in found:
            found[place].update(_step(after))
            steps[place] += 1
    return found, steps


@functools.lru_cache(_STEPS)
def _step(after: str) -> Payload:
    """What a change made of some columns; pieces take the same few steps over and over."""
    found: Payload = json.loads(after)
    return found


def _texts(
    session: Session, tables: Iterable[Mapper[Base]], folded: Mapping[Place, Payload]
) -> dict[int, str | None]:
    """The names and notes that the rows' events refer to; an erased one is ``None``."""
    persons = {mapper.class_.__tablename__: _of_persons(mapper) for mapper in tables}
    wanted = sorted(
        {
            key
            for (entity, _key), row in folded.items()
            for name in persons[entity]
            if (key := text_id(row.get(name))) is not None
        }
    )
    found: dict[int, str | None] = {}
    for part in chunks(wanted):
        found.update((key, body) for key, body in session.execute(_BODIES, {"keys": part}))
    return found


def _of_persons(mapper: Mapper[Base]) -> list[str]:
    return [column for column, mark in recorded_columns(mapper).items() if mark == "person"]


def _compare(
    findings: Findings,
    entity: str,
    key: object,
    row: Sequence[Any],
    folded: Payload | None,
    marks: Mapping[str, str | None],
    texts: Mapping[int, str | None],
) -> None:
    if folded is None:
        findings.add(
            N_("{table} {key} stands there, but no change has made it."), table=entity, key=key
        )
        return
    for value, (name, mark) in zip(row, marks.items(), strict=True):
        # A column that is younger than the row's events is not in them.
        if name not in folded or (mark is None and value == folded[name]):
            continue
        if not _same(value, folded[name], mark, texts):
            _differs(findings, entity, key, name)


def _differs(findings: Findings, entity: str, key: object, column: str) -> None:
    findings.add(
        N_("{table} {key}: {column} is not what the changes say."),
        table=entity,
        key=key,
        column=column,
    )


def _same(value: Any, said: Any, mark: str | None, texts: Mapping[int, str | None]) -> bool:
    if mark == "secret":
        return bool(secret(value) == said)
    if mark != "person":
        return bool(encode(value) == said)
    key = text_id(said)
    if key is None:
        return bool(value == said)
    body = texts.get(key)
    # A text that is gone is told by itself, unless it was erased: then the row has other words.
    return body is None or bool(value == body)


def nothing_has_vanished(session: Session, findings: Findings) -> None:
    """No row that was made, and not deleted since, is missing from its table."""
    for key, name in session.execute(_all_vanished(session.get_bind().dialect)):
        findings.add(
            N_("{table} {key} is gone, but no change has deleted it."), table=name, key=key
        )


@functools.lru_cache(4)
def _all_vanished(dialect: Dialect) -> TextClause:
    """One question for all tables: each by itself costs more than its answer."""
    asked = [_vanished(mapper) for mapper in (*tracked("full"), *tracked("reference"))]
    return text(words_of(union_all(*asked), dialect))


def _vanished(mapper: Mapper[Any]) -> Select[str, str]:
    """The keys of rows that events have made and not deleted, and that are not in the table.

    With each the name of its table.
    """
    name = mapper.class_.__tablename__
    latest = aliased(Event)
    still_there = (
        select(latest.after.is_not(null()))
        .where(latest.entity == name, latest.entity_id == Event.entity_id)
        .order_by(latest.id.desc())
        .limit(1)
        .correlate(Event)
        .scalar_subquery()
    )
    return select(Event.entity_id, literal_column(f"'{name}'", Text)).where(
        Event.entity == name,
        Event.before.is_(null()),
        ~exists().where(_row_of(mapper, Event.entity_id)),
        still_there,
    )


def _row_of(mapper: Mapper[Any], key: Any) -> ColumnElement[bool]:
    column = mapper.primary_key[0]
    return column == (cast(key, Integer) if column.type.python_type is int else key)


def written_once_is_as_written(session: Session, findings: Findings) -> None:
    """Every row of a table that is written once came with a change that proves it."""
    for mapper in _with_rows(session, "reference"):
        table_is_as_written(session, findings, mapper)


def table_is_as_written(session: Session, findings: Findings, mapper: Mapper[Base]) -> None:
    """The same of the rows of one table."""
    for rows in _slices(session, mapper, list(mapper.column_attrs.keys())):
        _as_written(session, findings, mapper, rows)


def rows_are_as_written(
    session: Session, findings: Findings, model: type[Base], keys: Sequence[int]
) -> list[int]:
    """The same of some rows of one table: the keys of those that nothing proves."""
    mapper = inspect(model)
    query, identity = _slice(mapper, tuple(mapper.column_attrs.keys()))
    unproved = []
    for part in chunks(keys):
        found = session.execute(query.where(identity.in_(part)).limit(None))
        rows = {row[0]: row[1:] for row in found}
        unproved += _as_written(session, findings, mapper, rows)
    return unproved


def _as_written(
    session: Session, findings: Findings, mapper: Mapper[Base], rows: Mapping[Any, Any]
) -> list[Any]:
    name, columns = mapper.class_.__tablename__, list(mapper.column_attrs.keys())
    asked = {"entity": name, "keys": [str(key) for key in rows]}
    made = {row.entity_id: row for row in session.execute(_MADE, asked)}
    unproved = []
    for key, row in rows.items():
        values = dict(zip(columns, row, strict=True))
        if not _prove(findings, name, key, values, made.get(str(key))):
            unproved.append(key)
    return unproved


def _prove(
    findings: Findings, table: str, key: object, values: Mapping[str, Any], made: Any
) -> bool:
    """Say what is wrong with a row; False where nothing tells what was written in it."""
    if made is None or made.after is None:
        findings.add(
            N_("{table} {key} stands there, but no change has made it."), table=table, key=key
        )
        return True
    proof = made.after.get("digest")
    # Events of the first version prove no more than whose row it is.
    if values["change_id"] != made.change_id or (proof and proof != row_digest(values)):
        findings.add(N_("{table} {key} is not what was written."), table=table, key=key)
    return bool(proof)
