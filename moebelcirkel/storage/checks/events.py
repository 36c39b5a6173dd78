"""Rows against events: what stands in a table is what its events, played from the start, say."""

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    Text,
    TextClause,
    bindparam,
    cast,
    exists,
    literal_column,
    null,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Mapper, Session, aliased

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.checks.asking import filled
from moebelcirkel.storage.events import encode, recorded_columns, row_digest, secret, text_id
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Event, PersonText
from moebelcirkel.storage.work import CHUNK, chunks

Payload = dict[str, Any]
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
    tables: list[Any] = [mapper.class_.__table__ for mapper in tracked(how)]
    there = filled(session, tables)
    return (mapper for mapper in tracked(how) if mapper.class_.__tablename__ in there)


def rows_equal_events(session: Session, findings: Findings) -> None:
    """Every column an event keeps has the value its latest event gave it.

    No event keeps the version, but each raised it: one below their number would let an old form
    write over what others have saved. One above it does no harm: parts of a row raise it too.
    """
    for mapper in _with_rows(session, "full"):
        table_equals_events(session, findings, mapper)


def table_equals_events(session: Session, findings: Findings, mapper: Mapper[Base]) -> None:
    """The same of the rows of one table."""
    name = mapper.class_.__tablename__
    marks = recorded_columns(mapper)
    persons = [column for column, mark in marks.items() if mark == "person"]
    versions = ("version",) if "version" in mapper.column_attrs else ()
    for rows in _slices(session, mapper, (*marks, *versions)):
        findings.counts[name] += len(rows)
        folded, steps = _folded(session, name, [str(key) for key in rows])
        texts = _texts(session, folded.values(), persons)
        for key, row in rows.items():
            if versions and row[-1] < steps[str(key)]:
                _differs(findings, name, key, "version")
            values = row[: len(marks)]
            _compare(findings, name, key, values, folded.get(str(key)), marks, texts)


def _slices(
    session: Session, mapper: Mapper[Any], names: Sequence[str]
) -> Iterator[dict[Any, Any]]:
    """The rows by primary key, a slice at a time, read as plain columns."""
    query, identity, size = _slice(mapper, tuple(names))
    page = query
    while rows := {row[0]: row[1:] for row in session.execute(page)}:
        yield rows
        if len(rows) < size:
            return
        page = query.where(identity > next(reversed(rows)))


@functools.cache
def _slice(mapper: Mapper[Any], names: tuple[str, ...]) -> tuple[Select[Any], Any, int]:
    """The first slice of a table, what it is ordered by, and how many rows it has at most."""
    columns = [mapper.columns[name] for name in names]
    identity = mapper.primary_key[0]
    size = _HEAVY if any(isinstance(column.type, LargeBinary) for column in columns) else CHUNK
    return select(identity, *columns).order_by(identity).limit(size), identity, size


#: Put together once, and of plain columns: for a small database that costs as much as asking.
_EVENT: Any = Event.__table__.columns
_TEXT: Any = PersonText.__table__.columns
_OF_ROWS = (
    _EVENT.entity == bindparam("entity"),
    _EVENT.entity_id.in_(bindparam("keys", expanding=True)),
)
_STEPS_OF = (
    select(_EVENT.entity_id, _EVENT.before.is_(null()), cast(_EVENT.after, Text))
    .where(*_OF_ROWS)
    .order_by(_EVENT.entity_id, _EVENT.id)
)
_MADE = select(_EVENT.entity_id, _EVENT.change_id, _EVENT.after).where(*_OF_ROWS)
_BODIES = select(_TEXT.id, _TEXT.body).where(_TEXT.id.in_(bindparam("keys", expanding=True)))


def _folded(
    session: Session, entity: str, keys: Sequence[str]
) -> tuple[dict[str, Payload], Counter[str]]:
    """The rows as their events say, by key; a deleted row is left out. And the events of each."""
    found: dict[str, Payload] = {}
    steps: Counter[str] = Counter()
    for key, created, after in session.execute(_STEPS_OF, {"entity": entity, "keys": keys}):
        if after is None:
            found.pop(key, None)
        elif created:
            found[key] = json.loads(after)
            steps[key] = 1
        elif key in found:
            found[key].update(_step(after))
            steps[key] += 1
    return found, steps


@functools.lru_cache(_STEPS)
def _step(after: str) -> Payload:
    """What a change made of some columns; pieces take the same few steps over and over."""
    found: Payload = json.loads(after)
    return found


def _texts(
    session: Session, rows: Iterable[Payload], columns: Sequence[str]
) -> dict[int, str | None]:
    """The names and notes that the rows' events refer to; an erased one is ``None``."""
    wanted = sorted(
        {key for name in columns for row in rows if (key := text_id(row.get(name))) is not None}
    )
    found: dict[int, str | None] = {}
    for part in chunks(wanted):
        found.update((key, body) for key, body in session.execute(_BODIES, {"keys": part}))
    return found


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
    compiled = union_all(*asked).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return text(str(compiled))


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
    name = mapper.class_.__tablename__
    columns = list(mapper.column_attrs.keys())
    for rows in _slices(session, mapper, columns):
        asked = {"entity": name, "keys": [str(key) for key in rows]}
        made = {row.entity_id: row for row in session.execute(_MADE, asked)}
        for key, row in rows.items():
            values = dict(zip(columns, row, strict=True))
            _prove(findings, name, key, values, made.get(str(key)))


def _prove(
    findings: Findings, table: str, key: object, values: Mapping[str, Any], made: Any
) -> None:
    if made is None or made.after is None:
        findings.add(
            N_("{table} {key} stands there, but no change has made it."), table=table, key=key
        )
        return
    proof = made.after.get("digest")
    # Events of the first version prove no more than whose row it is.
    if values["change_id"] != made.change_id or (proof and proof != row_digest(values)):
        findings.add(N_("{table} {key} is not what was written."), table=table, key=key)
