"""The copy of a SQLite database before its schema is changed: one for each version it leaves.

An update that was interrupted begins anew with a copy of its own. The one before goes when the new
one is proved, and holds all of it.
"""

import contextlib
import datetime as dt
import os
import re
import sqlite3
from pathlib import Path

from moebelcirkel.storage.copies import taking

_ENDING = ".before-update.sqlite"


def take(database: Path, folder: Path, newest: str) -> Path | None:
    """A proved copy in the folder; ``None`` where another program did the update meanwhile.

    ``newest`` is the version of the schema that the update brings.
    """
    # Two programs may start at once after an update; each copy has its own name.
    stamp = f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}-{os.getpid()}"
    copy = folder / f"{database.stem}-{stamp}{_ENDING}"
    taking.take_file(database, copy, lambda _file: None)
    if _version(copy) == (newest,):
        copy.unlink()
        return None
    for earlier in _earlier(database, copy):
        with contextlib.suppress(OSError):
            if _holds(copy, earlier):
                earlier.unlink()
    return copy


def _earlier(database: Path, copy: Path) -> list[Path]:
    """Copies of the same database before this one, and of no other whose name begins alike."""
    own = re.compile(re.escape(database.stem) + r"-\d{8}-\d{6}-\d{6}-\d+" + re.escape(_ENDING))
    found = (path for path in copy.parent.glob(f"*{_ENDING}") if own.fullmatch(path.name))
    return [path for path in found if path.name < copy.name]


def _holds(copy: Path, earlier: Path) -> bool:
    """Whether the copy is of the same version, and has all that the earlier one has.

    So it is unless an older database was laid in the place of the one that was copied first.
    """
    if _version(earlier) != _version(copy):
        return False
    last = _asked(earlier, "SELECT id, request_id FROM change ORDER BY id DESC LIMIT 1")
    if last is None:
        return _asked(earlier, "SELECT count(*) FROM change") == (0,)
    return _asked(copy, "SELECT id, request_id FROM change WHERE id = ?", last[0]) == last


def _version(file: Path) -> object:
    return _asked(file, "SELECT version_num FROM alembic_version")


def _asked(file: Path, query: str, *values: object) -> tuple[object, ...] | None:
    """The first row; nothing where there is none, or the file cannot be read."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            row = connection.execute(query, values).fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else tuple(row)
