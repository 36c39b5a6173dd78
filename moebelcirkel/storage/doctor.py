"""What an engine tells of itself and of a database, for whoever helps from afar: no row of it."""

from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table, text

from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.faults import plain_errors
from moebelcirkel.storage.schema import METADATA

_SQLITE = ("journal_mode", "synchronous", "page_size", "page_count", "freelist_count", "encoding")
_SERVER = (
    "server_version",
    "server_encoding",
    "lc_collate",
    "default_transaction_read_only",
    "max_connections",
    "wal_level",
    "archive_mode",
)
_ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
_RIGHTS = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def engine(database: Database) -> dict[str, str]:
    """Its version and how it is set."""
    with plain_errors(database.url), database.engine.connect() as connection:
        return _file(connection, database) if database.is_sqlite else _server(connection)


def counts(database: Database) -> dict[str, str]:
    """Rows by table, with what our tables lack, and the schema's number."""
    with plain_errors(database.url), database.engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        found = {name: _rows(connection, name, there) for name in sorted(METADATA.tables)}
        if "alembic_version" in there:
            version = connection.execute(text("SELECT version_num FROM alembic_version"))
            found["alembic_version"] = ", ".join(version.scalars())
    return found


def _rows(connection: Connection, name: str, there: set[str]) -> str:
    if name not in there:
        return "missing"
    return str(connection.execute(select(func.count()).select_from(table(name))).scalar())


def _file(connection: Connection, database: Database) -> dict[str, str]:
    found = {"sqlite": str(connection.execute(text("SELECT sqlite_version()")).scalar())}
    for name in _SQLITE:
        found[name] = str(connection.execute(text(f"PRAGMA {name}")).scalar())
    file = Path(str(database.url.database))
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        found[f"bytes{suffix}"] = str(part.stat().st_size) if part.exists() else "none"
    return found


def _server(connection: Connection) -> dict[str, str]:
    found = {name: str(connection.execute(text(f"SHOW {name}")).scalar()) for name in _SERVER}
    found["ssl"] = str(connection.execute(text(_ENCRYPTED)).scalar())
    found["superuser"] = str(connection.execute(text(_RIGHTS)).scalar())
    return found
