"""Bringing a database to the schema this program needs: all of it or nothing.

On SQLite a copy is made first, the step runs in one IMMEDIATE transaction with foreign keys
checked afterwards, and the triggers are made again. On PostgreSQL an advisory lock lets one
workstation migrate while the others wait; it is the owner's to do, and the program's roles get
their rights on what is new.
"""

import contextlib
import sqlite3
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

from moebelcirkel import paths
from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.storage import search_index, triggers
from moebelcirkel.storage.copies import updating
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.faults import plain_errors
from moebelcirkel.storage.server import connecting, rights

if TYPE_CHECKING:
    from alembic.config import Config

NEWER = N_("The database was made by a newer version of the program. Update the program.")
UNCLEAR = N_(
    "The database does not say which version it is of, so it was not changed. Restore the last "
    "good copy."
)
_FOREIGN = N_("The file is a database, but not one of ours. Choose another file.")

_ADVISORY_LOCK = 7_301_959


class DatabaseState(Enum):
    """What a database is, seen from this program."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


def condition(database: Database) -> DatabaseState:
    """Look at the schema without changing anything."""
    with plain_errors(database.url), database.engine.connect() as connection:
        return _condition(connection)


def _condition(connection: Connection) -> DatabaseState:
    names = set(inspect(connection).get_table_names())
    if not names:
        return DatabaseState.EMPTY
    if "alembic_version" not in names:
        return DatabaseState.FOREIGN
    said = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(said) != 1:
        raise Unavailable(UNCLEAR)
    (current,) = said
    known = revisions()
    if current == known[-1]:
        return DatabaseState.CURRENT
    return DatabaseState.OLDER if current in known else DatabaseState.NEWER


def revisions() -> list[str]:
    """The numbers of all steps, the newest last.

    Read from the names of their files: every start asks, and Alembic takes a tenth of a second.
    """
    steps = paths.database_files("versions").glob("0*.py")
    return sorted(step.name.split("_")[0] for step in steps)


def migrate(database: Database, copies: Path | None = None) -> Path | None:
    """Bring the schema up to date; returns where the copy lies, if one was made."""
    state = condition(database)
    refuse_unfit(state)
    _refuse_but_owner(database)
    if state is DatabaseState.CURRENT:
        _keep_readers_free(database)
        return None
    copy = None
    if state is DatabaseState.OLDER and database.is_sqlite:
        source = Path(str(database.url.database))
        copy = updating.take(source, copies or source.parent, revisions()[-1])
    with plain_errors(database.url):
        if database.is_sqlite:
            _keep_readers_free(database)
            _migrate_sqlite(database)
        else:
            _migrate_postgres(database)
    return copy


def refuse_unfit(state: DatabaseState) -> None:
    """A database that this program cannot bring up to date is left alone."""
    if state is DatabaseState.NEWER:
        raise Unavailable(NEWER)
    if state is DatabaseState.FOREIGN:
        raise Unavailable(_FOREIGN)


def _refuse_but_owner(database: Database) -> None:
    with plain_errors(database.url), database.engine.connect() as connection:
        rights.refuse_but_owner(connection)


def renew_search(database: Database) -> bool:
    """Make the index of the search anew; tells whether this database has one."""
    _refuse_but_owner(database)
    engine = database.engine.execution_options(writes=True)
    with plain_errors(database.url), engine.begin() as connection:
        connecting.queue(connection)
        return search_index.install(connection)


def _keep_readers_free(database: Database) -> None:
    """Write-ahead log, kept in the file itself; only now, so that a foreign file stays as it is.

    A file that is busy or read-only just now keeps the mode it has.
    """
    if not database.is_sqlite:
        return
    busy = (OperationalError, sqlite3.OperationalError)  # the driver is asked past SQLAlchemy
    with contextlib.suppress(*busy), database.engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        if driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            driver.execute("PRAGMA journal_mode = WAL")


def refuse_foreign(database: Database) -> None:
    """A database of some other program is not ours to touch, nor to copy."""
    if condition(database) is DatabaseState.FOREIGN:
        raise Unavailable(_FOREIGN)


def _migrate_sqlite(database: Database) -> None:
    engine = database.engine.execution_options(writes=True)
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        # Foreign keys cannot be switched inside a transaction, so before it begins.
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                upgrade(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise Unavailable(
                        N_("The database is damaged: rows refer to others that do not exist.")
                    )
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _migrate_postgres(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if _condition(connection) is not DatabaseState.CURRENT:
            upgrade(connection)


def upgrade(connection: Connection) -> None:
    """All steps that are left, with triggers and search, inside the caller's transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    triggers.install(connection)
    search_index.install(connection)
    if connection.dialect.name != "sqlite":
        rights.renew(connection)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.database_files()))
    return config
