"""Files that are not finished yet, under names of our own in a folder that is somebody else's too.

Whoever writes one holds the system's lock on it, which is free again when its holder is gone,
however it ended. So what a killed program left is told from what another one is just writing.
"""

import contextlib
import hashlib
import os
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from moebelcirkel.storage.copies.folder import host

_BEGINS, _ENDS = ".moebelcirkel-copy-", ".part"
_A_DAY = 86_400.0


@contextlib.contextmanager
def part_in(folder: Path) -> Iterator[Path]:
    """An empty file that only its owner can read, to be filled and then given its name.

    What killed programs left in the folder is swept away before; ``OSError`` where there is no such
    folder, or nothing can be made in it. On Windows a file that is open cannot be given a name, so
    there it is held only by whoever writes it just then.
    """
    sweep(folder)
    part = folder / f"{_BEGINS}{_host()}-{uuid.uuid4().hex}{_ENDS}"
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        if sys.platform == "win32":
            os.close(handle)
        else:
            _lock(handle)
        yield part
    finally:
        if sys.platform != "win32":
            os.close(handle)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove unfinished files of ours that nobody writes any more.

    Whether somebody on another PC does cannot be asked; a day without a write says no.
    """
    with contextlib.suppress(OSError):
        for part in list(folder.glob(f"{_BEGINS}*{_ENDS}")):
            with contextlib.suppress(OSError):
                if time.time() - part.stat().st_mtime > _A_DAY or _left(part):
                    part.unlink()


def _left(part: Path) -> bool:
    """Whether a program of this PC left it."""
    if sys.platform == "win32" or not part.name.startswith(f"{_BEGINS}{_host()}-"):
        return False
    handle = os.open(part, os.O_RDWR)
    try:
        return _lock(handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Take the system's lock on an open file, where nobody has it and the drive knows of locks."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _host() -> str:
    return hashlib.sha256(host().encode()).hexdigest()[:12]
