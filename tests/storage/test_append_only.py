"""What is written once stays as it was written: the database itself refuses everything else."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import JSON, Column, Connection, Table, insert, text
from sqlalchemy.exc import DatabaseError

from moebelcirkel.storage import triggers
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import APPEND_ONLY, METADATA
from moebelcirkel.storage.tables.base import ExactDecimal, UtcDateTime

_MOMENT = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


def value_for(column: Column[object]) -> object:
    """Some value the column's type takes; checks are met by the codes in ``_CODES``."""
    if (column.table.name, column.name) in _CODES:
        return _CODES[column.table.name, column.name]
    if isinstance(column.type, UtcDateTime):
        return _MOMENT
    if isinstance(column.type, ExactDecimal):
        return Decimal(1)
    if isinstance(column.type, JSON):
        return {}
    kind = column.type.python_type
    return {dt.date: _MOMENT.date(), int: 1, str: "x", bool: False, bytes: b"x"}[kind]


_CODES = {
    ("figure_line", "kind"): "hand_over",
    ("charge", "kind"): "hand_over",
    ("settlement_batch", "legal"): "own",
    ("settlement_posting", "side"): "D",
    ("settlement_step", "step"): "released",
}


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """One row in every such table, as if it had stood there for years."""
    with database.engine.connect() as opened:
        # References do not matter here, and the rows they would need are many.
        if database.is_sqlite:
            opened.connection.driver_connection.execute(  # type: ignore[union-attr]
                "PRAGMA foreign_keys = OFF"
            )
        else:
            opened.execute(text("SET session_replication_role = replica"))
        for name in APPEND_ONLY:
            table = METADATA.tables[name]
            opened.execute(
                insert(table), {column.name: value_for(column) for column in table.columns}
            )
        if not database.is_sqlite:
            opened.execute(text("SET session_replication_role = origin"))
        opened.commit()
        yield opened


def refused(connection: Connection, statement: str, table: str) -> None:
    with pytest.raises(DatabaseError, match=f"{table} is append-only"), connection.begin():
        connection.execute(text(statement))


def rows(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    with connection.begin():
        return [tuple(row) for row in connection.execute(table.select())]


@pytest.mark.parametrize("name", APPEND_ONLY)
def test_the_database_refuses_to_rewrite(
    connection: Connection, database: Database, name: str
) -> None:
    table = METADATA.tables[name]
    before = rows(connection, table)
    assert len(before) == 1
    key = next(iter(table.primary_key.columns)).name
    refused(connection, f"UPDATE {name} SET {key} = {key}", name)
    refused(connection, f"UPDATE {name} SET {key} = 2 WHERE {key} = 1", name)
    refused(connection, f"DELETE FROM {name}", name)
    if database.is_sqlite:
        refused(connection, f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}", name)
        refused(connection, f"REPLACE INTO {name} SELECT * FROM {name}", name)
    else:
        keys = ", ".join(column.name for column in table.primary_key.columns)
        overwrite = f"ON CONFLICT ({keys}) DO UPDATE SET {key} = EXCLUDED.{key}"
        refused(connection, f"INSERT INTO {name} SELECT * FROM {name} {overwrite}", name)
        refused(connection, f"TRUNCATE {name} CASCADE", "")
    assert rows(connection, table) == before


def test_the_triggers_are_those_declared(database: Database) -> None:
    with database.engine.connect() as connection:
        found = triggers.installed(connection)
    assert found == triggers.expected(database.engine.dialect.name)


def test_making_the_triggers_again_changes_nothing(database: Database) -> None:
    with database.engine.begin() as connection:
        triggers.install(connection)
        triggers.install(connection)
        assert triggers.installed(connection) == triggers.expected(database.engine.dialect.name)


def test_sqlite_upsert_is_refused_too(connection: Connection, database: Database) -> None:
    if not database.is_sqlite:
        return
    statement = "INSERT INTO charge SELECT * FROM charge WHERE true ON CONFLICT (id) DO UPDATE SET "
    refused(connection, f"{statement} amount_ore = 0", "charge")
