"""A database as each released program left it, on either engine.

Each was made with the program of its schema: three years of example data, a piece scrapped after
work, a return undone and made again, and two recorded reports.
"""

import datetime as dt
import gzip
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from sqlalchemy import JSON, MetaData, Table, create_engine, insert, select, text

from moebelcirkel.services.context import Actor, Context
from moebelcirkel.storage import migrate as migration
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import load_grants
from tests.clock import Clock

_FOLDER = Path(__file__).parent / "data"
#: Some days after the last change in them.
NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Release:
    """Its schema, how many pieces and figure lines there are, and what its reports printed.

    ``reports`` has by number the SHA-256 of each document.
    """

    schema: str
    units: int
    figure_lines: int
    reports: dict[str, str]


RELEASES = (
    Release("0005", 150, 162, {
        "2026-001": "91b06f2689f87958c74b798e4a6f1991ca5d7f256614da29bb2b40e9a7060404",
        "2026-002": "e963949a9fd1ff3a59b0e1c4ac9c5d2d163e537316190787dc46d176c1f0b707",
    }),
    Release("0006", 150, 127, {
        "2026-001": "7cfd8ea6dffad235ffbaaebdf1f3b544d43c1a915e6e15cd0fca72c24844b101",
        "2026-002": "ee68a1b311c7f91267cdde47cf4ec4bee32e06869481911d6b4e12c87ed941d1",
    }),
)  # fmt: skip


def put(release: Release, url: str, folder: Path) -> Database:
    """Lay it at the address, which must be empty; it has not been migrated yet."""
    kept = folder / "released.sqlite"
    packed = _FOLDER / f"released-{release.schema}.sqlite.gz"
    kept.write_bytes(gzip.decompress(packed.read_bytes()))
    database = Database(url)
    if database.is_sqlite:
        kept.rename(str(database.url.database))
    else:
        _copy(kept, release.schema, database)
    return database


def person(database: Database, login: str) -> Context:
    """One of its people, at work."""
    with database.read() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        actor = Actor(user.id, user.name, load_grants(session, user.id), login)
    return Context(database, actor, clock=Clock(NOW))


def _copy(source: Path, schema: str, database: Database) -> None:
    """Every row, by plain statements into tables of the same schema."""
    old = create_engine(f"sqlite:///{source}")
    tables = MetaData()
    with old.connect() as reading, database.engine.begin() as writing:
        config = migration._config()
        config.attributes["connection"] = writing
        command.upgrade(config, schema)
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
