"""Where a SQLite database may lie: on this machine's own drive, in no synchronised folder.

SQLite's locks do not hold over a network, and a synchronising program copies a file half-written.
While it is open it is watched: another file may be laid in its place by hand.
"""

import contextlib
import math
import os
import shutil
import sqlite3
import sys
import threading
import time
import uuid
import weakref
from pathlib import Path
from typing import BinaryIO, ClassVar, NamedTuple

from moebelcirkel.domain.errors import N_, Exchanged, Unavailable

_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "9p", "davfs", "fuse.davfs2"}
)
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud")
_REMOTE_DRIVE = 4
_A_DAY = 86_400.0
#: Where in its header a SQLite file says how it is written, and what stands there without a log.
_WRITTEN_BY, _NO_LOG = 18, b"\x01"
#: And how often its first page was written; the heads of a log and of each page in it.
_COUNT, _LOG_HEAD, _FRAME_HEAD = 24, 32, 24
#: How many pages it has, how often its schema was changed, and the whole head of the first one.
_PAGES, _SCHEMA, _HEADER = 28, 40, 100

#: Nobody writes at half of the first page for so long.
_A_MOMENT = 0.02
_MOVED = N_(
    "The file of the database was moved away or exchanged while the program had it open. Nothing "
    "more is saved here. Close the program and open it again; restore the last good copy where "
    "something is missing."
)
_LAID_OVER = N_(
    "Somebody laid another file over the database while the program had it open, so that the two "
    "are mixed. Nothing more is saved. Restore the last good copy."
)


def is_read_only(folder: Path) -> bool:
    """Whether nothing can be made in the folder; only trying tells on every system.

    By a name of our own: on Windows Python's goes on looking for a free one where it may make none.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - says no where the other asks for rights
        return False
    trial = folder / f".moebelcirkel-{uuid.uuid4().hex}.part"
    try:
        os.close(os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        trial.unlink()
    except OSError:
        return True
    return False


def refuse_unsafe(path: Path, mounts: str | None = None) -> None:
    """Refuse a network drive or a synchronised folder, saying why and what to do instead."""
    full = path.expanduser().absolute()
    if _synchronised(full):
        raise Unavailable(
            N_(
                "{folder} is copied to the cloud while it is in use, and that damages a database. "
                "Choose a folder that only lies on this PC."
            ),
            folder=str(full.parent),
        )
    if _on_network(full, mounts):
        raise Unavailable(
            N_(
                "{folder} lies on a network drive, where a database file is not safe. Choose a "
                "folder on this PC, or connect to a shared database."
            ),
            folder=str(full.parent),
        )


def make_private(path: Path) -> None:
    """An empty file that only its owner can read; the database's journals get the same rights.

    Where it cannot be made, opening the database says why.
    """
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sweep(database: Path, now: float | None = None) -> list[Path]:
    """Remove what an interrupted copy or example left beside a database, once it is a day old."""
    names = (f"{database.name}.part*", f"{database.stem}-*.before-update.sqlite.part*")
    before = (time.time() if now is None else now) - _A_DAY
    swept = []
    with contextlib.suppress(OSError):  # of a folder that cannot be read, opening says so
        for path in [path for name in names for path in database.parent.glob(name)]:
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()
                    swept.append(path)
    return swept


def open_here(database: Path) -> bool:
    """Whether this process has it open: closing it once more would take SQLite's locks away."""
    with contextlib.suppress(OSError):
        return _Held.has(_key(database))
    return False


def put_strange_log_aside(database: Path) -> Path | None:
    """Put aside a write-ahead log of another database; returns where it lies then.

    That is so where a copy was laid in the place of a database that had not been closed in order:
    SQLite would write the pages of the one into the other.
    """
    log = Path(f"{database}-wal")
    try:
        with database.open("rb") as file, log.open("rb") as beside:
            header = file.read(_COUNT + 4)
            # A database that has a log says so in its header, and the copies this program makes do
            # not. One that somebody copied by hand says so too.
            has_one = header[_WRITTEN_BY : _WRITTEN_BY + 1] != _NO_LOG
            follows = has_one and _follows(beside, _count_of(header)) and not _mixed(database)
            if follows or not log.stat().st_size:
                return None
    except OSError:
        return None  # there is no log, or opening the database says what is wrong
    try:
        return log.replace(f"{log}.left")
    except OSError as error:
        raise Unavailable(
            N_(
                "{path} belongs to another database than the one it lies beside, and could not be "
                "moved. Close the program everywhere, and move the file away."
            ),
            path=str(log),
        ) from error


def _follows(log: BinaryIO, counted: int) -> bool:
    """Whether a log follows on a file whose first page counts its changes so.

    The first page counts on by one each time it is written, and the log says what it counted. A
    file that some of the log was brought into already is in the middle.
    """
    head = log.read(_LOG_HEAD)
    size, salts = int.from_bytes(head[8:12], "big"), head[16:24]
    counts = []
    while len(frame := log.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == salts:
        if int.from_bytes(frame[:4], "big") == 1:
            counts.append(_count_of(log.read(size)))
        else:
            log.seek(size, os.SEEK_CUR)
    return not counts or counts[0] - 1 <= counted <= counts[-1]


def _mixed(database: Path) -> bool:
    """Whether each change has its answer and its link in the file alone, and not with the log.

    Nobody writes one without the others; what the log leaves of the first page it does not tell.
    """
    return _adds_up(database, "immutable=1") is True and _adds_up(database, "mode=ro") is False


def _adds_up(database: Path, how: str) -> bool | None:
    """``None`` where it cannot be told."""
    address = f"{database.absolute().as_uri()}?{how}"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            changes, answers, links = [connection.execute(each).fetchone() for each in _LASTS]
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        return False if code & 0xFF == sqlite3.SQLITE_CORRUPT else None
    return bool(changes == answers == links)


_LASTS = [
    f"SELECT max({key}), count(*) FROM {table}"
    for table, key in (
        ("change", "id"),
        ("change_result", "change_id"),
        ("change_link", "change_id"),
    )
]


def _count_of(page: bytes, at: int = _COUNT) -> int:
    return int.from_bytes(page[at : at + 4], "big")


def _synchronised(path: Path) -> bool:
    return any(mark in part.lower() for part in path.parts for mark in _SYNCHRONISED)


def _on_network(path: Path, mounts: str | None) -> bool:
    if sys.platform == "win32":
        return _on_windows_network(path)
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text("utf-8", errors="replace") if table.exists() else ""
    return mount_type(path, mounts) in _NETWORK_TYPES


def mount_type(path: Path, mounts: str) -> str:
    """The file system type of the longest mount point above the path, from /proc/mounts' text."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind


def _on_windows_network(path: Path) -> bool:
    import ctypes

    if str(path).startswith("\\\\"):
        return True
    drives = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return bool(drives.GetDriveTypeW(path.anchor) == _REMOTE_DRIVE)


class Watch:
    """Whether an open database is still the file that was opened, as far as the drive tells.

    It may have been moved, and what is written lies nowhere. Or another one was copied over it, and
    the log of this one would be brought into that. A file that is in use says on its first page
    that it has a log, and how often it was written and how many pages it has: never fewer.
    """

    def __init__(self, database: str | None) -> None:
        self._path = "" if database in {None, "", ":memory:"} else str(database)
        self._said = ""
        self._looked = -math.inf
        self._held: _Held | None = None
        self._log: tuple[int, int] | None = None
        self._page: _Page | None = None
        # Who compared with what another thread has read later would take the file for an older one.
        self._one = threading.Lock()

    def look(self, every: float = 0) -> None:
        """Raise ``Exchanged`` from then on; the first look at the file is at the one to keep.

        Nothing is looked at when that was done less than so many seconds ago.
        """
        with self._one:
            if not self._said and self._path and time.monotonic() - self._looked >= every:
                self._said = self._sign()
                self._looked = time.monotonic()
            said = self._said
        if said:
            raise Exchanged(said)

    def end(self, *, used: bool = False) -> None:
        """It is not open any more, and may be another when it is opened again.

        While somebody in this process uses it still, it stays held: their locks would go with it.
        """
        with self._one:
            if self._held is not None:
                self._held.end.detach() if used else self._held.end()
            self._held = self._log = self._page = None
            self._said, self._looked = "", -math.inf

    def _sign(self) -> str:
        try:
            found = _key(self._path)
            if found is None:
                return _MOVED if self._held else ""
            self._held = self._held or _Held(self._path)
            if self._held.key != found:
                _put_aside(Path(f"{self._path}-wal"), self._log)
                return _MOVED
            if self._goes_on() or self._goes_on(_A_MOMENT):
                self._log = self._log or _key(f"{self._path}-wal")
                return ""
        except OSError:
            return ""  # whoever reads it says what is wrong
        _empty(Path(f"{self._path}-wal"))
        return _LAID_OVER

    def _goes_on(self, wait: float = 0) -> bool:
        if wait:  # asking for no pause gives up the turn all the same
            time.sleep(wait)
        assert self._held is not None
        header = self._held.read(_HEADER)
        has_log = len(header) == _HEADER and header[_WRITTEN_BY : _WRITTEN_BY + 1] != _NO_LOG
        now = _Page(_count_of(header), _count_of(header, _PAGES), _count_of(header, _SCHEMA))
        if self._page is not None and (not has_log or now.is_before(self._page)):
            return False
        self._page = now if has_log else None
        return True


class _Page(NamedTuple):
    """What the first page counts: how often it was written, all pages, and changes of the schema.

    Whoever makes the file smaller in order counts one of the last.
    """

    written: int
    pages: int
    schema: int

    def is_before(self, other: "_Page") -> bool:
        fewer = self.pages < other.pages and self.schema <= other.schema
        return self.written < other.written or fewer


def _key(path: str | Path) -> tuple[int, int] | None:
    """Which file it is; ``None`` where there is none of the name."""
    try:
        found = os.stat(path)  # noqa: PTH116 - before each write; a path object costs more than it
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _put_aside(log: Path, known: tuple[int, int] | None) -> None:
    """The log of a file that lost its name is not that of the one which took it."""
    with contextlib.suppress(OSError):
        if known is not None and _key(log) == known:
            log.replace(f"{log}.left")
            log.with_name(f"{log.name.removesuffix('-wal')}-shm").unlink(missing_ok=True)


def _empty(log: Path) -> None:
    """The log of a file that is gone is kept beside: closing would write it into the other."""
    with contextlib.suppress(OSError):
        if log.stat().st_size:  # else another who has it open did so already
            shutil.copyfile(log, f"{log}.left")
            os.truncate(log, 0)


class _Held:
    """A file kept open to be looked at, by all in this process who do so, until the last ends.

    On POSIX whoever closes a file lets go of all locks that the process has on it, SQLite's too.
    """

    _users: ClassVar[dict[tuple[int, int], int]] = {}
    _handles: ClassVar[dict[tuple[int, int], int]] = {}
    _one = threading.RLock()

    def __init__(self, path: str) -> None:
        with self._one:
            found = Path(path).stat()
            self.key = found.st_dev, found.st_ino
            if self.key not in self._handles:
                handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                self._handles[self.key] = handle
            self._users[self.key] = self._users.get(self.key, 0) + 1
        self.end = weakref.finalize(self, self._close, self.key)

    @classmethod
    def has(cls, key: tuple[int, int] | None) -> bool:
        """Whether somebody in this process looks at the file."""
        with cls._one:
            return key in cls._handles

    def read(self, count: int) -> bytes:
        """Its first bytes."""
        handle = self._handles[self.key]
        if sys.platform != "win32":
            return os.pread(handle, count, 0)
        with self._one:
            os.lseek(handle, 0, os.SEEK_SET)
            return os.read(handle, count)

    @classmethod
    def _close(cls, key: tuple[int, int]) -> None:
        with cls._one:
            cls._users[key] -= 1
            if not cls._users[key]:
                del cls._users[key]
                os.close(cls._handles.pop(key))
