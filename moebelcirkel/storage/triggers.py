"""Triggers that keep append-only tables append-only, made by this one function on both engines."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from moebelcirkel.storage import search_index
from moebelcirkel.storage.schema import APPEND_ONLY
from moebelcirkel.storage.server import persons

_SQLITE = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)

_FUNCTION = "refuse_rewrite"
_IN_FORCE = """
SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
UNION ALL
SELECT proname, prosrc FROM pg_proc
WHERE proname = ANY(:functions) AND pronamespace = current_schema()::regnamespace
"""
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
        for name, statement in _on_postgres(table):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
            connection.execute(text(statement))


def _on_postgres(table: str) -> Iterator[tuple[str, str]]:
    for verb, scope in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        name = f"{table}_no_{verb}"
        when = f"BEFORE {verb.upper()} ON {table} FOR EACH {scope}"
        yield name, f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {_FUNCTION}()"


def installed(connection: Connection) -> frozenset[str]:
    """The names of the triggers that stand in the database, besides those of the search."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return frozenset(connection.execute(text(query)).scalars()) - search_index.names()


def on_server(connection: Connection) -> dict[str, str]:
    """By name what PostgreSQL says of the triggers that are switched on, and their function."""
    functions = {"functions": [_FUNCTION, *persons.FUNCTIONS]}
    found = connection.execute(text(_IN_FORCE), functions).all()
    return {name: " ".join(words.split()) for name, words in found}


def declared_on_server(connection: Connection) -> dict[str, str]:
    """The same as it is declared, also where each person is an account of the server's."""
    found = {_FUNCTION: " ".join(_POSTGRES_FUNCTION.split("$$")[1].split())}
    for table in APPEND_ONLY:
        found.update(_on_postgres(table))
    return found | persons.declared(connection)


def expected(dialect: str) -> frozenset[str]:
    """The names that should stand there."""
    verbs = ("update", "delete") if dialect == "sqlite" else ("update", "delete", "truncate")
    return frozenset(f"{table}_no_{verb}" for table in APPEND_ONLY for verb in verbs)
