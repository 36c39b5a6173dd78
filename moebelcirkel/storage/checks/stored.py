"""Values as SQLite keeps them: it takes anything into any column, and only its reader stumbles.

A truth value stored as 2 is no to a query and yes to Python; so are ``'true'`` and ``1.5``. What
cannot be read is named here by its row, before another part of the check ends at it. PostgreSQL
refuses all of it.
"""

import functools
import re
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    TextClause,
    bindparam,
    cast,
    select,
    text,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.checks.asking import filled, in_one
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.base import ExactDecimal, UtcDateTime, Word
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit

_MOST = 20
#: A hundred billion kroner, or ten million tonnes. Half a million such fit into 64 bits.
_LARGEST = 10**13
_UNUSABLE = N_("{table} {key}: what stands in {column} cannot be used.")
#: By type what a stored value must be, in SQLite's words; the first that fits counts.
_FORMS: tuple[tuple[type[Any], str], ...] = (
    (Boolean, "typeof({0}) = 'integer' AND {0} IN (0, 1)"),
    (Integer, "typeof({0}) = 'integer'"),
    (
        ExactDecimal,
        (
            "typeof({0}) = 'text' AND {0} GLOB '*[0-9]' AND substr({0}, 2) NOT GLOB '*[^0-9.]*'"
            " AND {0} GLOB '[-0-9]*' AND {0} NOT GLOB '*.*.*'"
        ),
    ),
    (
        UtcDateTime,
        (
            # Without the fraction, which SQLite rounds to the next second from .9995 on.
            "typeof({0}) = 'text' AND datetime(substr({0}, 1, 19), '+0 days') IS substr({0}, 1, 19)"
            " AND (length({0}) = 19 OR substr({0}, 20) GLOB '.[0-9]*')"
        ),
    ),
    (Date, "typeof({0}) = 'text' AND date({0}, '+0 days') IS {0}"),
    (LargeBinary, "typeof({0}) = 'blob'"),
    (JSON, "typeof({0}) <> 'blob' AND json_valid({0})"),
    (Word, "typeof({0}) = 'text'"),
    (String, "typeof({0}) = 'text'"),
)


def values_are_of_their_kind(session: Session, findings: Findings) -> None:
    """Every value is one of its column's type, in the form in which the program writes it."""
    if session.get_bind().dialect.name != "sqlite":
        return
    connection = session.connection()
    # Asked at once which tables have any: each by itself costs more than its answer.
    for number in connection.execute(_anywhere(filled(session))).scalars():
        table = METADATA.sorted_tables[number]
        keys, names, query = _asked(table)
        for row in connection.execute(query):
            key = ", ".join(str(part).strip("'") for part in row[:keys])
            for name, wrong in zip(names, row[keys:], strict=True):
                if wrong:
                    findings.add(_UNUSABLE, table=table.name, key=key, column=name)


def values_can_be_added_up(session: Session, findings: Findings) -> None:
    """No amount is so large that a sum of such cannot be told any more."""
    there = filled(session)
    for table in METADATA.sorted_tables:
        for column in table.columns if table.name in there else ():
            if isinstance(column.type, BigInteger):
                for key in session.scalars(_too_large(column)):
                    findings.add(_UNUSABLE, table=table.name, key=key, column=column.name)


@functools.cache
def _too_large(column: Column[Any]) -> Select[Any]:
    key = next(iter(column.table.primary_key))
    return select(key).where(~column.between(-_LARGEST, _LARGEST)).order_by(key).limit(_MOST)


def values_keep_rules(session: Session, findings: Findings) -> None:
    """No value breaks what its table asks of it, where the database was told to let it in."""
    there = filled(session)
    for table, column, query in _ruled():
        if table in there:
            for row in session.execute(query):
                key = ", ".join(map(str, row))
                findings.add(_UNUSABLE, table=table, key=key, column=column)


@functools.cache
def _ruled() -> list[tuple[str, str, Select[Any]]]:
    """By table and the column a rule speaks of first, the rows that break it."""
    return [
        (table.name, _first_of(rule, table), _broken(rule, table))
        for table in METADATA.sorted_tables
        for rule in table.constraints
        if isinstance(rule, CheckConstraint)
    ]


def _first_of(rule: CheckConstraint, table: Table) -> str:
    words = re.findall(r"\w+", str(rule.sqltext))
    first: str = next(word for word in words if word in table.columns)
    return first


def _broken(rule: CheckConstraint, table: Table) -> Select[Any]:
    broken = text(f"NOT ({rule.sqltext})")
    return select(*table.primary_key.columns).where(broken).limit(_MOST)


#: What people know the rows of a table by.
_NAMES = {"unit": "number", "article": "name"}
#: And a figure line by the piece that it is of.
_PIECE = (
    select(cast(Unit.number, String))
    .join(FigureLine, FigureLine.unit_id == Unit.id)
    .where(FigureLine.id == bindparam("key"))
)


def name_of(session: Session, table: str, key: str) -> str | None:
    """What people call a row by its key, where they do and it can be read."""
    if not key.isdigit():
        return None
    if table == "figure_line":
        piece = session.scalar(_PIECE, {"key": int(key)})
        return None if piece is None else f"{key} ({piece})"
    if table not in _NAMES:
        return None
    columns = METADATA.tables[table].c
    return session.scalar(
        select(cast(columns[_NAMES[table]], String)).where(columns.id == int(key))
    )


def texts_are_letters(session: Session, findings: Findings) -> None:
    """Name each text whose bytes are no letters; looked for where a reader stumbled over one."""
    connection = session.connection()
    for table in METADATA.sorted_tables:
        names = [
            column.name for column in table.columns if isinstance(column.type, String | Word | JSON)
        ]
        keys = [column.name for column in table.primary_key.columns]
        asked = ", ".join(f'CAST("{name}" AS BLOB)' for name in (*keys, *names))
        for row in connection.execute(text(f'SELECT {asked} FROM "{table.name}"')):
            key = ", ".join(_shown(part) for part in row[: len(keys)])
            for name, value in zip(names, row[len(keys) :], strict=True):
                if "\ufffd" in _shown(value) and not _is_utf8(value):
                    _once(findings, table=table.name, key=key, column=name)


def _shown(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _once(findings: Findings, **values: str) -> None:
    if all((each.message, each.values) != (_UNUSABLE, values) for each in findings.found):
        findings.add(_UNUSABLE, **values)


@functools.lru_cache(100)
def _anywhere(there: frozenset[str]) -> TextClause:
    """Which of these tables have a value that is not of its kind, by place among all tables."""
    return in_one(
        (number, _any_wrong(table))
        for number, table in enumerate(METADATA.sorted_tables)
        if table.name in there
    )


@functools.cache
def _any_wrong(table: Table) -> str:
    return f"SELECT 1 {_rows(table)}"


def _asked(table: Table) -> tuple[int, list[str], TextClause]:
    """How many columns the key has, which columns are looked at, and the query for a table."""
    keys = [f'quote("{column.name}")' for column in table.primary_key.columns]
    names = [column.name for column in table.columns]
    wrong = [_wrong(column) for column in table.columns]
    query = f"SELECT {', '.join([*keys, *wrong])} {_rows(table)} LIMIT {_MOST}"
    return len(keys), names, text(query)


def _rows(table: Table) -> str:
    """The rows with such a value."""
    return f'FROM "{table.name}" WHERE {" OR ".join(_wrong(each) for each in table.columns)}'


def _wrong(column: Column[Any]) -> str:
    form = next(form for kind, form in _FORMS if isinstance(column.type, kind))
    return f"""("{column.name}" IS NOT NULL AND NOT ({form.format(f'"{column.name}"')}))"""
