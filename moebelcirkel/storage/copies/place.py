"""The folder that copies lie in: it may be gone, full, read-only, or a share that hangs.

What is done there is done on a thread of its own, which is left behind when nothing is heard of it:
the system cannot be told to stop waiting for a share.
"""

import contextlib
import errno
import hashlib
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

from moebelcirkel.domain.errors import N_, Unavailable

T = TypeVar("T")
Step = Callable[[], object]
#: Called now and then; raises ``Interrupted`` to end the work.

#: A place that gives no sign for so long is given up.
SILENCE_SECONDS = 60.0
_LISTEN_SECONDS = 0.5
CHUNK = 1 << 20

GONE = N_("The folder {folder} is not there. Connect the drive, or choose another folder.")
FULL = N_("There is no room left in {folder}. Free some space, or choose another folder.")
READ_ONLY = N_("{folder} is read-only. Let somebody give you the right to it, or choose another.")
SILENT = N_("{folder} does not answer. Check the network or the drive.")
FAULTY = N_(
    "{folder} could not be written to ({error}). Check the drive, or choose another folder."
)

_BY_NUMBER = {
    errno.ENOENT: GONE,
    errno.ENOTDIR: GONE,
    errno.ENODEV: GONE,
    errno.ENXIO: GONE,
    errno.ESTALE: GONE,
    errno.EHOSTDOWN: GONE,
    errno.EHOSTUNREACH: GONE,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.ETIMEDOUT: SILENT,
}


def no_such_place(folder: Path, error: OSError) -> Unavailable:
    """Why nothing could be kept in the folder."""
    message = _BY_NUMBER.get(error.errno or 0)
    if message is None:
        return Unavailable(FAULTY, folder=str(folder), error=error.strerror or str(error))
    return Unavailable(message, folder=str(folder))


def patiently(
    work: Callable[[Step], T], step: Step = lambda: None, *, silence: float | None = None
) -> T:
    """Do the work on a thread of its own as long as it gives signs; ``TimeoutError`` after that.

    The work calls what it is given as its sign; ``step`` is called here for each.
    """
    heard: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    left = threading.Event()

    def sign() -> None:
        if left.is_set():
            raise TimeoutError
        heard.put(("sign", None))

    def run() -> None:
        try:
            heard.put(("done", work(sign)))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            heard.put(("failed", error))

    threading.Thread(target=run, name="copies", daemon=True).start()
    most = SILENCE_SECONDS if silence is None else silence
    try:
        return cast("T", _heard(heard, step, most))
    finally:
        left.set()


def _heard(heard: "queue.SimpleQueue[tuple[str, Any]]", step: Step, most: float) -> Any:
    """What the work came to; ``step`` may end the waiting also while nothing is heard."""
    last = time.monotonic()
    while True:
        step()
        try:
            what, value = heard.get(timeout=min(_LISTEN_SECONDS, most))
        except queue.Empty:
            if time.monotonic() - last >= most:
                raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
            continue
        if what == "done":
            return value
        if what == "failed":
            raise value
        last = time.monotonic()


def copied(source: Path, target: Path, sign: Step) -> str:
    """Copy a file onto the drive, read it back to compare, and tell its SHA-256."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while data := reading.read(CHUNK):
            digest.update(data)
            writing.write(data)
            sign()
        writing.flush()
        os.fsync(writing.fileno())
    with source.open("rb") as reading, target.open("rb") as written:
        while data := reading.read(CHUNK):
            if written.read(CHUNK) != data:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            sign()
    return digest.hexdigest()


@contextlib.contextmanager
def ready_beside(path: Path, data: bytes) -> Iterator[Callable[[], object]]:
    """All the bytes on the drive, and what puts them at once where they belong."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(6)}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield lambda: part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there with all its bytes, or not at all."""
    with ready_beside(path, data) as put:
        put()


def settle(folder: Path) -> None:
    """Put names that were given in a folder on the drive, where the system lets us."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
