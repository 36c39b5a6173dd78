"""Rows that speak of others: the others are there, also where the database was told not to ask."""

import functools

from sqlalchemy import Column, Dialect, ForeignKey, Select, Table, TextClause, exists, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import references
from moebelcirkel.storage.checks.asking import Numbers, filled, in_one, which, words_of
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.changes import Change

_MOST = 20
_UNMADE = N_("{table} {key} belongs to change {value}, which does not exist.")
_LOST = N_("{table} {key}: {column} is {value}, which does not exist in {parent}.")

_MERGED = N_("{table} {key} is of a type that was merged into another one.")

Row = tuple[object, ...]


def rows_refer_to_rows(session: Session, findings: Findings) -> None:
    """Every row that another refers to exists, some of each kind that does not are named.

    What belongs to no change is in no link, so nothing else of the check would meet it.
    """
    known = _references()
    for number in session.scalars(_any_astray(filled(session), session.get_bind().dialect)):
        table, foreign = known[number]
        parent = foreign.column.table
        for row in session.execute(_astray(table, foreign)):
            findings.add(
                _UNMADE if parent is Change.__table__ else _LOST,
                table=table.name,
                key=", ".join(map(str, row[:-1])),
                column=foreign.parent.name,
                value=row[-1],
                parent=parent.name,
            )


@functools.cache
def _references() -> list[tuple[Table, ForeignKey]]:
    """Every table with each of its columns that refers to another, in a steady order."""
    return [
        (table, foreign)
        for table in METADATA.sorted_tables
        for foreign in sorted(table.foreign_keys, key=lambda each: each.parent.name)
    ]


@functools.lru_cache(100)
def _any_astray(there: frozenset[str], dialect: Dialect) -> TextClause:
    """One question for the references of these tables, which have rows astray: usually none."""
    return in_one(
        (number, _words(*reference, dialect))
        for number, reference in enumerate(_references())
        if reference[0].name in there
    )


@functools.lru_cache(1_000)
def _words(table: Table, foreign: ForeignKey, dialect: Dialect) -> str:
    return words_of(_astray(table, foreign), dialect)


@functools.cache
def _astray(table: Table, foreign: ForeignKey) -> Select[Row]:
    """The rows whose other row is not there, with the key of that."""
    column: Column[object] = foreign.parent
    other = foreign.column.table.alias("other")
    there = exists().where(other.c[foreign.column.name] == column)
    keys = list(table.primary_key.columns)
    query = select(*keys, column.label("value")).where(column.is_not(None), ~there)
    return query.order_by(*keys).limit(_MOST)


def nothing_speaks_of_merged_types(session: Session, findings: Findings) -> None:
    """What named a type that was merged names the one it became, as does another merged one."""
    known = _speaking_of_merged()
    for number in session.scalars(_any_speaks()):
        table, query = known[number]
        for key in session.scalars(query):
            findings.add(_MERGED, table=table, key=key)


@functools.cache
def _speaking_of_merged() -> list[tuple[str, Select[int]]]:
    types = METADATA.tables["article"].alias("merged")
    found: list[tuple[str, Select[int]]] = []
    for model, name in references.speaking_of_types():
        table = METADATA.tables[model.__tablename__]
        key: Column[int] = next(iter(table.primary_key))
        query = (
            select(key)
            .join(types, types.c.id == table.c[name])
            .where(types.c.merged_into_id.is_not(None))
            .order_by(key)
            .limit(_MOST)
        )
        found.append((table.name, query))
    return found


@functools.cache
def _any_speaks() -> Numbers:
    return which(query for _table, query in _speaking_of_merged())
