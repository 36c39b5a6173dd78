"""Taking a copy while people work, and proving it before it is one.

SQLite's own backup brings the database, as it is at one moment, into a file beside it. That is
looked at page by page and, by whoever asks for the copy, book by book. Only then do the pictures
go to their store and the rest to the place of the copies, where it is read back before it gets its
name. So nothing that is there already is ever written over.
"""

import contextlib
import datetime as dt
import errno
import hashlib
import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from moebelcirkel.domain import copies as rules
from moebelcirkel.domain.errors import N_, Damaged, Unavailable
from moebelcirkel.storage.copies import folder as folders
from moebelcirkel.storage.copies import parts, photos
from moebelcirkel.storage.copies.folder import Copy, Facts
from moebelcirkel.storage.copies.place import Step, copied, no_such_place, patiently, settle
from moebelcirkel.storage.location import make_private

#: Looks at the books of a snapshot: how much is wrong, or ``None`` where nobody looked.
Prove = Callable[[Path], int | None]

DAMAGED = N_(
    "The database is damaged: {what}. Nothing was copied over the copies that are there, and "
    "nothing more is written into it. Restore the last good copy."
)
NO_ROOM = N_(
    "There is no room for the copy beside the database in {folder}. Free some space and try again."
)
UNREADABLE = N_("The database could not be copied ({error}). Try again in a moment.")

_PAGES = 2_048
#: Steps of SQLite's own between two signs.
_STEPS = 500_000
#: Empty pages, and their part of the file, above which it is written anew without.
_EMPTY, _EMPTY_PART = 1_000, 0.02


@dataclass(frozen=True, slots=True)
class CopyOrder:
    """What copy is to be taken, of which database and where to.

    ``place`` is the folder the administrator chose; without, copies lie beside the database.
    """

    database: Path
    place: Path | None
    plan: rules.CopyPlan
    why: rules.Why
    now: dt.datetime


def take(order: CopyOrder, prove: Prove, step: Step = lambda: None) -> Copy:
    """Take a proved copy and remove those that are no longer kept.

    ``Damaged`` where the database is; ``Unavailable`` says why the place could not be used.
    """
    with snapshot(order.database, step) as taken:
        flawed = prove(taken)
        found = replace(facts(taken, order), checked=flawed is not None, flawed=flawed or 0)
        place = order.place or folders.default_place(order.database)
        try:
            return patiently(lambda sign: _keep(order, taken, found, sign), step)
        except OSError as error:
            raise no_such_place(place, error) from error


def take_file(database: Path, target: Path, prove: Prove, step: Step = lambda: None) -> int | None:
    """One proved copy with its pictures in one file, to carry elsewhere; tells what is wrong in it.

    ``target`` must not be there; it gets its name when all of it is on the drive.
    """
    with snapshot(database, step) as taken:
        flawed = prove(taken)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with parts.part_in(target.parent) as part:
                copied(taken, part, step)
                shutil.copymode(database, part)
                part.rename(target)
        except OSError as error:
            raise no_such_place(target.parent, error) from error
        settle(target.parent)
    return flawed


@contextlib.contextmanager
def snapshot(database: Path, step: Step = lambda: None) -> Iterator[Path]:
    """The database as it is at this moment, whole and sound, in a file beside it for a while."""
    path = database.with_name(f"{database.name}.part-copy-{uuid.uuid4().hex}")
    make_private(path)
    try:
        _back_up(database, path, step)
        _prove_pages(path, "integrity_check")
        yield path
    except sqlite3.Error as error:
        raise _refusal(error, database) from error
    except OSError as error:
        raise no_such_place(database.parent, error) from error
    finally:
        for end in ("", "-journal", "-wal", "-shm", "-smaller"):
            with contextlib.suppress(OSError):
                Path(f"{path}{end}").unlink(missing_ok=True)


def _back_up(database: Path, target: Path, step: Step) -> None:
    address = f"{database.absolute().as_uri()}?mode=rw"
    with (
        contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # On a snapshot of its own it need not begin anew whenever somebody writes meanwhile.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, progress=lambda *_left: step())
        copy.execute("PRAGMA journal_mode = DELETE")


def _prove_pages(path: Path, how: str, sign: Step | None = None) -> None:
    with contextlib.closing(sqlite3.connect(path)) as copy:
        copy.set_progress_handler(sign, _STEPS)  # type: ignore[arg-type]
        found = [row[0] for row in copy.execute(f"PRAGMA {how}(1)")]
    if found != ["ok"]:
        raise Damaged(DAMAGED, what=" ".join(str(found[0]).split())[:200])


def _refusal(error: sqlite3.Error, database: Path) -> Unavailable:
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF in _DAMAGE or "decode" in str(error):
        return Damaged(DAMAGED, what=str(error))
    if code & 0xFF == sqlite3.SQLITE_FULL or code in _NO_ROOM:
        return Unavailable(NO_ROOM, folder=str(database.parent))
    return Unavailable(UNREADABLE, error=str(error))


_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
#: What a full drive is called when it says no to a write itself.
_NO_ROOM = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}


def facts(database: Path, order: CopyOrder) -> Facts:
    """What a database holds; one of an older version tells what it can."""
    with contextlib.closing(sqlite3.connect(database)) as connection:

        def ask(query: str) -> tuple[object, ...]:
            row = connection.execute(query).fetchone()
            return tuple(row) if row else (None, None)

        first = ask("SELECT request_id FROM change ORDER BY id LIMIT 1")[0]
        last = ask(
            "SELECT change.at, coalesce(app_user.name, '') FROM change"
            " LEFT JOIN app_user ON app_user.id = change.actor_id ORDER BY change.id DESC LIMIT 1"
        )
        return Facts(
            made=order.now.isoformat(),
            why=order.why,
            house=hashlib.sha256(str(first or "").encode()).hexdigest()[:16],
            host=folders.host(),
            database=str(order.database.absolute()),
            schema=str(ask("SELECT version_num FROM alembic_version")[0] or ""),
            pieces=_whole(ask("SELECT count(*) FROM unit WHERE state <> 'void'")[0]),
            changes=_whole(ask("SELECT max(id) FROM change")[0]),
            last_at=f"{last[0]}+00:00" if last[0] else "",
            last_by=str(last[1] or ""),
            photos=_whole(ask("SELECT count(*) FROM photo_blob WHERE jpeg IS NOT NULL")[0]),
        )


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _keep(order: CopyOrder, taken: Path, found: Facts, sign: Step) -> Copy:
    place = order.place or folders.default_place(order.database)
    if order.place is None:
        place.mkdir(parents=True, exist_ok=True)
    elif not place.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    folder = folders.of_house(place, found.house)
    folder.mkdir(exist_ok=True)
    folders.sweep(folder)
    store = photos.Store(folder)
    in_use = _without_pictures(taken, store, sign)
    path = folders.free_name(folder, order.database, order.now)
    part = path.with_name(f"{path.name}.part")
    try:
        make_private(part)
        sha256 = copied(taken, part, sign)
        found = replace(found, size=part.stat().st_size, sha256=sha256)
        shutil.copymode(order.database, part)
        folders.tell(path, found)
        part.rename(path)
    except OSError:
        for left in (part, path.with_suffix(".json")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    settle(folder)
    kept = Copy(path, found)
    _tidy(folder, kept, order.plan, store, in_use)
    return kept


def _tidy(
    folder: Path, kept: Copy, plan: rules.CopyPlan, store: photos.Store, used: set[str]
) -> None:
    """A copy is there: that something old could not be removed is no fault of it."""
    with contextlib.suppress(OSError):
        left = folders.prune(folder, kept.facts, plan)
        if not kept.facts.flawed and folders.is_alone(left, kept.facts):
            oldest = min(copy.facts.moment for copy in left)
            store.forget(used, kept.facts.moment, oldest)


def _without_pictures(taken: Path, store: photos.Store, sign: Step) -> set[str]:
    """The snapshot itself, with references for its pictures and their room given back."""
    with contextlib.closing(sqlite3.connect(taken, isolation_level=None)) as copy:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            copy.execute(f"PRAGMA {pragma}")
        copy.execute("BEGIN")
        in_use = photos.take_out(copy, store, sign)
        copy.execute("COMMIT")
        pages = copy.execute("PRAGMA page_count").fetchone()[0]
        empty = copy.execute("PRAGMA freelist_count").fetchone()[0]
        copy.set_progress_handler(sign, _STEPS)  # type: ignore[arg-type]
        if empty > max(_EMPTY, pages * _EMPTY_PART):
            smaller = taken.with_name(f"{taken.name}-smaller")
            copy.execute("VACUUM INTO ?", (str(smaller),))
            copy.close()
            smaller.replace(taken)
    # All pages were proved whole; what was done to some of them since is seen by the quick look.
    _prove_pages(taken, "quick_check", sign)
    return in_use
