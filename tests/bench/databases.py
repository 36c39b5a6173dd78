"""The large example on both engines; the SQLite file is kept between runs."""

import contextlib
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.engine import Connection

from moebelcirkel.demo import making as demo
from moebelcirkel.domain.labels import label_number
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.schema import METADATA
from tests import postgres
from tests.bench.table import Table, seconds

ROOT = Path(__file__).resolve().parents[2]
_SOURCES = (
    "db/demo/*.csv",
    "db/versions/*.py",
    "db/reference/*.csv",
    "moebelcirkel/demo/*.py",
    "moebelcirkel/storage/events.py",
)
_SLICE = 2_000


def sqlite_file(build: Path, units: int, articles: int, say: Callable[[str], object]) -> Path:
    """The example of that size, made if this code has not made it before."""
    path = build / "bench" / f"example-{units}-{articles}-{_fingerprint()}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"example-{units}-{articles}-*.sqlite"):
            old.unlink()
        say(f"making {units} pieces of {articles} types; kept for the next run")
        demo.create(path, units=units, articles=articles)
    return path


def taken(build: Path, given: Path) -> tuple[Path, int, int]:
    """A copy of a database that is there already, with its pieces and types; kept for more runs."""
    about = given.stat()
    path = build / "bench" / f"given-{about.st_size}-{about.st_mtime_ns}.sqlite"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("given-*.sqlite"):
            old.unlink()
        shutil.copy(given, path)
    with contextlib.closing(sqlite3.connect(path)) as driver:
        (units,) = driver.execute("SELECT count(*) FROM unit").fetchone()
        (articles,) = driver.execute("SELECT count(*) FROM article").fetchone()
    return path, units, articles


def made(table: Table, build: Path, units: int) -> None:
    """How long an example takes to be made; its three years are the same work in each run."""
    with tempfile.TemporaryDirectory(dir=build) as folder:
        taken = seconds(lambda: demo.create(Path(folder) / "example.sqlite", units=units))
    table.note(f"SQLite: an example of {units} pieces made", 1000 * taken, "ms")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def copy_of(path: Path, name: str = "scratch") -> Path:
    """A copy to write on."""
    target = path.with_name(f"{name}.sqlite")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    return Path(shutil.copy(path, target))


def to_postgres(path: Path, cluster: postgres.Cluster) -> str:
    """The same rows in PostgreSQL; copied, as making them twice would take twice as long."""
    url = cluster.url(cluster.create())
    database = Database(url)
    try:
        migrate(database)
    finally:
        database.close()
    source, target = create_engine(f"sqlite:///{path}"), create_engine(url)
    try:
        with source.connect() as reading, target.begin() as writing:
            writing.execute(text("SET session_replication_role = replica"))
            for table in METADATA.sorted_tables:
                for rows in _slices(reading, table):
                    writing.execute(insert(table), rows)
                if "id" in table.c:
                    writing.execute(text(_next_id(table.name)))
        with target.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("VACUUM ANALYZE")
            )
    finally:
        source.dispose()
        target.dispose()
    return url


def _next_id(table: str) -> str:
    return (
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1)) FROM {table}"
    )


def _slices(connection: Connection, table: Any) -> Iterator[list[dict[str, Any]]]:
    result = connection.execute(select(table)).mappings()
    while rows := result.fetchmany(_SLICE):
        yield [dict(row) for row in rows]


def grown(path: Path, times: int) -> Path:
    """The same example with every piece so many times: new numbers, and the same types.

    Only pieces come again, not their cases, orders and events, so it is for reading lists.
    """
    target = path.with_name(f"{path.stem}-times-{times}.sqlite")
    if target.exists():
        return target
    part = Path(shutil.copy(path, target.with_suffix(".part")))
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as driver:
        driver.create_function("label", 1, lambda serial: label_number("MC", serial))
        columns = [row[1] for row in driver.execute("PRAGMA table_info(unit)")]
        own = {"id": "id + :step", "serial": "serial + :step", "number": "label(serial + :step)"}
        values = ", ".join(own.get(name, name) for name in columns)
        (most,) = driver.execute("SELECT max(max(id), max(serial)) FROM unit").fetchone()
        rows = f"SELECT {values} FROM unit WHERE id <= :most"
        driver.execute("BEGIN")
        for again in range(1, times):
            driver.execute(
                f"INSERT INTO unit ({', '.join(columns)}) {rows}",
                {"step": again * most, "most": most},
            )
        driver.execute("COMMIT")
    return part.rename(target)
