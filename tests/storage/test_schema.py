"""A migrated database is the one the tables declare: columns, keys, checks, indexes, triggers."""

import re
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from moebelcirkel.storage import search_index, triggers
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import DatabaseState, condition
from moebelcirkel.storage.schema import METADATA


def test_the_migrated_schema_is_the_declared_one(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "include_object": lambda _object, name, *_more: name not in search_index.names(),
        }
        found = compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
        assert found == []
        assert triggers.installed(connection) == triggers.expected(connection.dialect.name)
    assert condition(database) is DatabaseState.CURRENT


def plain(clause: object) -> str:
    """A condition without the brackets and casts either way of making it may add."""
    text = str(clause).lower().replace("::text", "").replace("::character varying", "")
    return re.sub(r"[\s()\[\]]", "", text)


def described(connection: Connection) -> dict[str, Any]:
    """What the comparison by Alembic does not look at: checks, and the words of partial indexes."""
    look = inspect(connection)
    found: dict[str, Any] = {}
    for table in sorted(METADATA.tables):
        checks = look.get_check_constraints(table)
        indexes = look.get_indexes(table)
        where = f"{connection.dialect.name}_where"
        found[table] = {
            "checks": {check["name"]: plain(check["sqltext"]) for check in checks},
            "indexes": {
                index["name"]: (
                    tuple(index["column_names"]),
                    bool(index["unique"]),
                    plain(index.get("dialect_options", {}).get(where, "")),
                )
                for index in indexes
                if index["name"] not in search_index.names()
            },
            "columns": [(column["name"], column["nullable"]) for column in look.get_columns(table)],
            "keys": look.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
                for key in look.get_foreign_keys(table)
            ),
        }
    return found


def test_checks_and_partial_indexes_too(database: Database, empty_url: str) -> None:
    declared = Database(empty_url)
    try:
        METADATA.create_all(declared.engine)
        with database.engine.connect() as one, declared.engine.connect() as other:
            assert described(one) == described(other)
    finally:
        declared.close()
