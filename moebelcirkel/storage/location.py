"""Where a SQLite database may lie: on this machine's own drive, in no synchronised folder.

SQLite's locks do not hold over a network, and a synchronising program copies a file half-written.
"""

import contextlib
import os
import sys
import time
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable

_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "9p", "davfs", "fuse.davfs2"}
)
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud")
_REMOTE_DRIVE = 4
_A_DAY = 86_400.0
#: Where in its header a SQLite file says how it is written, and what stands there without a log.
_WRITTEN_BY, _NO_LOG = 18, b"\x01"


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


def put_strange_log_aside(database: Path) -> Path | None:
    """Put aside a write-ahead log beside a file that has none; returns where it lies then.

    That is so where a copy was laid in the place of a database that had not been closed in order:
    SQLite would write the pages of the one into the other. A database that has such a log says so
    in its header, and the copies this program makes do not.
    """
    log = Path(f"{database}-wal")
    try:
        with database.open("rb") as file:
            header = file.read(_WRITTEN_BY + 1)
        if header[_WRITTEN_BY:] != _NO_LOG or not log.stat().st_size:
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
