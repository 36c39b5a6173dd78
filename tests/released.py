"""A database as the released program with schema 0005 left it, on either engine.

It was made with that program: three years of example data, a piece scrapped after work, a return
undone and made again, and two recorded reports.
"""

import datetime as dt
import gzip
from pathlib import Path

from alembic import command
from sqlalchemy import JSON, MetaData, Table, create_engine, insert, select, text

from moebelcirkel.services.context import Actor, Context
from moebelcirkel.storage import migrate as migration
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.users import User
from moebelcirkel.storage.work import load_grants
from tests.clock import Clock

_FILE = Path(__file__).parent / "data" / "released-0005.sqlite.gz"
_SCHEMA = "0005"
#: Some days after the last change in it.
NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
#: By number the SHA-256 of each report's document, as it was printed then.
REPORTS = {
    "2026-001": "91b06f2689f87958c74b798e4a6f1991ca5d7f256614da29bb2b40e9a7060404",
    "2026-002": "e963949a9fd1ff3a59b0e1c4ac9c5d2d163e537316190787dc46d176c1f0b707",
}


def put(url: str, folder: Path) -> Database:
    """Lay it at the address, which must be empty; it has not been migrated yet."""
    kept = folder / "released.sqlite"
    kept.write_bytes(gzip.decompress(_FILE.read_bytes()))
    database = Database(url)
    if database.is_sqlite:
        kept.rename(str(database.url.database))
    else:
        _copy(kept, database)
    return database


def person(database: Database, login: str) -> Context:
    """One of its people, at work."""
    with database.read() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        actor = Actor(user.id, user.name, load_grants(session, user.id), login)
    return Context(database, actor, clock=Clock(NOW))


def _copy(source: Path, database: Database) -> None:
    """Every row, by plain statements into tables of the same schema."""
    old = create_engine(f"sqlite:///{source}")
    tables = MetaData()
    with old.connect() as reading, database.engine.begin() as writing:
        config = migration._config()
        config.attributes["connection"] = writing
        command.upgrade(config, _SCHEMA)
        tables.reflect(reading)
        for table in tables.sorted_tables:
            _keep_nulls(table)
            by_key = select(table).order_by(*table.primary_key.columns)
            rows = [dict(row) for row in reading.execute(by_key).mappings()]
            if rows and table.name != "alembic_version":
                writing.execute(insert(table), rows)
                writing.execute(text(_go_on_counting(table)))
    old.dispose()


def _keep_nulls(table: Table) -> None:
    """Nothing stays nothing, instead of becoming the JSON word for it."""
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=bool(column.nullable))


def _go_on_counting(table: Table) -> str:
    if "id" not in table.c:
        return "SELECT 1"
    series = f"pg_get_serial_sequence('{table.name}', 'id')"
    return f"SELECT setval({series}, (SELECT max(id) FROM {table.name}))"
