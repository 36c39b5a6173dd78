"""Rows that speak of others: the others are there, also where the database was told not to ask."""

import functools

from sqlalchemy import (
    Column,
    Dialect,
    ForeignKey,
    Integer,
    Select,
    Table,
    exists,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import references
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
    for number in session.execute(text(_any_astray(session.get_bind().dialect))).scalars():
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


@functools.lru_cache(4)
def _any_astray(dialect: Dialect) -> str:
    """One question for all references, which of them have rows astray: usually none."""
    asked: list[Select[int]] = [
        select(literal_column(str(number), Integer)).where(_astray(*reference).exists())
        for number, reference in enumerate(_references())
    ]
    compiled = union_all(*asked).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return str(compiled)


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
    types = METADATA.tables["article"].alias("merged")
    for model, name in references.speaking_of_types():
        table = METADATA.tables[model.__tablename__]
        query = (
            select(table.c.id)
            .join(types, types.c.id == table.c[name])
            .where(types.c.merged_into_id.is_not(None))
            .order_by(table.c.id)
            .limit(_MOST)
        )
        for key in session.scalars(query):
            findings.add(_MERGED, table=table.name, key=key)
