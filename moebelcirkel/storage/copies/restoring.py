"""Putting a copy in the place of a database, which is kept beside; all of it or nothing.

The copy is made whole in a file beside the database first. It takes the name in one step, so that
whatever ends the program meanwhile, one of both is there, whole.
"""

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import uuid
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.language import zone
from moebelcirkel.storage.copies import folder as folders
from moebelcirkel.storage.copies import photos
from moebelcirkel.storage.copies.place import Step, copied, no_such_place, patiently, settle
from moebelcirkel.storage.copies.taking import Prove
from moebelcirkel.storage.location import make_private
from moebelcirkel.storage.numbering import GAP, SERIES

BAD_COPY = N_("The copy {name} is damaged. Choose another one. Nothing was changed.")
IN_USE = N_(
    "The database is open in another window or for somebody else on this PC. Close the program "
    "everywhere, and try again. Nothing was changed."
)
_LOCKED_MS = 2_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: where the file from before lies, and pictures that could not be found.

    ``erased`` people and pictures were in the copy and have been erased again.
    """

    kept: Path | None
    missing: int
    flawed: int
    erased: int = 0


def restore(
    copy: Path, database: Path, now: dt.datetime, prove: Prove, step: Step = lambda: None
) -> Restored:
    """Put the copy in the place of the database, which may be damaged or not be there at all."""
    ready = database.with_name(f"{database.name}.part-restore-{uuid.uuid4().hex}")
    try:
        make_private(ready)
        missing = patiently(lambda sign: _made_whole(copy, ready, sign), step)
        flawed = prove(ready) or 0
        if database.exists():
            shutil.copymode(database, ready)
            _number_on(ready, database)
        _write_ahead(ready)
        kept = _exchange(ready, database, now)
    except OSError as error:
        raise no_such_place(_blamed(error, copy, database), error) from error
    except sqlite3.DatabaseError as error:
        raise Unavailable(BAD_COPY, name=copy.name) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{ready}{end}").unlink(missing_ok=True)
    return Restored(kept, missing, flawed)


def _blamed(error: OSError, copy: Path, database: Path) -> Path:
    """The folder that did not do what was asked."""
    named = Path(os.fsdecode(error.filename)) if error.filename else database
    return copy.parent if named.parent == copy.parent else database.parent


def _made_whole(copy: Path, ready: Path, sign: Step) -> int:
    """The copy beside the database, proved and with its pictures."""
    told = folders.of_file(copy)
    sha256 = copied(copy, ready, sign)
    if told is not None and told.sha256 != sha256:
        raise Unavailable(BAD_COPY, name=copy.name)
    with contextlib.closing(sqlite3.connect(ready, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        missing = 0
        if photos.refers(ready):
            missing = photos.put_in(database, photos.Store(copy.parent), sign)
        database.execute("COMMIT")
        found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise Unavailable(BAD_COPY, name=copy.name)
    return missing


def _number_on(ready: Path, database: Path) -> None:
    """Numbers that were given out since the copy, and stick to furniture, never come again."""
    given = _counters(database)
    with contextlib.closing(sqlite3.connect(ready, isolation_level=None)) as restored:
        mine = dict(restored.execute("SELECT name, value FROM counter").fetchall())
        if given is None:
            given = {name: mine.get(name, 0) + GAP for name in {*SERIES, *mine}}
        ahead = [(name, value) for name, value in given.items() if value > mine.get(name, 0)]
        restored.executemany("INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)", ahead)


def _counters(database: Path) -> dict[str, int] | None:
    """The numbers given out so far, where the database can still tell."""
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=5)) as connection:
            return dict(connection.execute("SELECT name, value FROM counter").fetchall())
    except sqlite3.Error:
        return None


def _write_ahead(ready: Path) -> None:
    with contextlib.closing(sqlite3.connect(ready, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
    with ready.open("rb+") as file:
        os.fsync(file.fileno())


def _exchange(ready: Path, database: Path, now: dt.datetime) -> Path | None:
    if not database.exists():
        ready.replace(database)
        settle(database.parent)
        return None
    _alone(database)
    stamp = f"{now.astimezone(zone()):%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    kept = database.with_name(f"{database.stem}-{stamp}.before-restore.sqlite")
    logs = [(Path(f"{database}{end}"), Path(f"{kept}{end}")) for end in ("-wal", "-shm")]
    _link(database, kept)
    if logs[0][0].exists():
        _link(*logs[0])
    ready.replace(database)
    for log, _kept in logs:
        with contextlib.suppress(OSError):
            log.unlink(missing_ok=True)
    settle(database.parent)
    return kept


def _alone(database: Path) -> None:
    """Nobody else may have it open: what they write would go into the file that is put aside."""
    try:
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {_LOCKED_MS}")
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            if mode != "delete":
                raise Unavailable(IN_USE)
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Unavailable(IN_USE) from error
    except sqlite3.DatabaseError:
        return  # damaged: that is why it is exchanged


def _link(path: Path, name: Path) -> None:
    """The same file by a second name, or a copy of it where the drive knows no such thing."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copyfile(path, name)
