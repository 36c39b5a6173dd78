"""Triggers that keep append-only tables append-only, made by this one function on both engines."""

from sqlalchemy import Connection, text

from moebelcirkel.storage import search_index
from moebelcirkel.storage.tables import APPEND_ONLY

_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""  # noqa: E501 - one statement


def install(connection: Connection) -> None:
    """Drop and make all triggers again; REPLACE fires the delete trigger on SQLite."""
    if connection.dialect.name == "sqlite":
        _install_sqlite(connection)
    else:
        _install_postgres(connection)


def _install_sqlite(connection: Connection) -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
            connection.execute(text(_SQLITE.format(table=table, verb=verb, VERB=verb.upper())))


def _install_postgres(connection: Connection) -> None:
    connection.execute(text(_POSTGRES_FUNCTION))
    for table in APPEND_ONLY:
        for verb, scope in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            name = f"{table}_no_{verb}"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
            connection.execute(
                text(
                    f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                    f"FOR EACH {scope} EXECUTE FUNCTION refuse_rewrite()"
                )
            )


def installed(connection: Connection) -> frozenset[str]:
    """The names of the triggers that stand in the database, besides those of the search."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return frozenset(connection.execute(text(query)).scalars()) - search_index.names()


def in_force(connection: Connection) -> frozenset[str]:
    """The names of those that do what they should: none is switched off, or says other words."""
    if connection.dialect.name != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        return frozenset(connection.execute(text(query)).scalars())
    rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
    known = set(rows.scalars())
    return frozenset(
        f"{table}_no_{verb}"
        for table in APPEND_ONLY
        for verb in ("update", "delete")
        if _SQLITE.format(table=table, verb=verb, VERB=verb.upper()) in known
    )


def expected(dialect: str) -> frozenset[str]:
    """The names that should stand there."""
    verbs = ("update", "delete") if dialect == "sqlite" else ("update", "delete", "truncate")
    return frozenset(f"{table}_no_{verb}" for table in APPEND_ONLY for verb in verbs)
