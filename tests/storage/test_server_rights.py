"""What the program's role may do on a server follows from the declared tables."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import APPEND_ONLY, KEPT, METADATA, WRITTEN_ONCE
from moebelcirkel.storage.server import rights
from tests import postgres, templates


def test_what_is_written_once_is_only_read_and_added() -> None:
    by_table = {right.table: right for right in rights.declared()}
    assert by_table.keys() == {*METADATA.tables, rights.VERSION_TABLE}
    for name in APPEND_ONLY:
        assert by_table[name] == rights.Right(name, ("SELECT", "INSERT"))
    for name in KEPT:
        assert "DELETE" not in by_table[name].verbs
    for name, columns in WRITTEN_ONCE.items():
        assert set(columns) < {column.name for column in METADATA.tables[name].columns}
        assert not set(by_table[name].columns) & set(columns)
    keys = {(t.name, c.name) for t in METADATA.sorted_tables for c in t.primary_key}
    assert not keys & {(r.table, column) for r in by_table.values() for column in r.columns}


@pytest.fixture
def migrated(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    name = postgres_cluster.create(templates.in_cluster(postgres_cluster, "migrated"))
    postgres_cluster.give_rights(name)
    yield name
    postgres_cluster.drop(name)


def test_the_role_has_exactly_what_is_declared(
    postgres_cluster: postgres.Cluster, migrated: str
) -> None:
    database = Database(postgres_cluster.url(migrated))
    with database.engine.begin() as connection:
        assert rights.strange(connection, postgres.PROGRAM) == []
        assert rights.programs(connection) == [postgres.PROGRAM]
        role = rights.quoted(postgres.PROGRAM)
        connection.execute(text(f"GRANT UPDATE (kind), DELETE ON change TO {role}"))
        connection.execute(text(f"REVOKE INSERT ON unit FROM {role}"))
        found = rights.strange(connection, postgres.PROGRAM)
        assert found == ["-INSERT unit", "+DELETE change", "+UPDATE(kind) change"]
        rights.renew(connection)
        assert rights.strange(connection, postgres.PROGRAM) == []
    database.close()
