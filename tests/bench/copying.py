"""A copy of the database beside SQLite's own backup of the same file."""

import contextlib
import shutil
import sqlite3
import statistics
import tempfile
from pathlib import Path

from moebelcirkel.domain.copies import CopyPlan
from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.copies import taking
from moebelcirkel.storage.copies.taking import CopyOrder
from moebelcirkel.storage.engine import Database
from tests.bench.table import Table, seconds

_TIMES = 5


def copies(table: Table, file: Path) -> None:
    """Both in turn, so that a busy moment of the machine meets both; the first of each is not
    counted.

    The pages are proved in both, as a copy nobody looked at is none. The books are checked beside.
    """
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        place, bare = Path(folder) / "kopier", Path(folder) / "bare.sqlite"
        place.mkdir()
        database = Database(file)
        try:
            context = Context(database, SYSTEM)
            order = CopyOrder(file, place, CopyPlan(), "hand", context.now())
            ours, backups = [], []
            for _time in range(_TIMES + 1):
                ours.append(seconds(lambda: taking.take(order, lambda _file: None)))
                backups.append(seconds(lambda: _backed_up(file, bare)))
            table.times(
                "SQLite: a proved copy, beside SQLite's own backup, looked at",
                statistics.median(ours[1:]),
                statistics.median(backups[1:]),
                2,
            )
            table.note(
                "SQLite: its books checked", 1000 * seconds(lambda: check.run(context)), "ms"
            )
        finally:
            database.close()
            shutil.rmtree(place)


def _backed_up(file: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with (
        contextlib.closing(sqlite3.connect(file)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        assert copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
