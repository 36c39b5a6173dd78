"""Files handed out into a folder that somebody chose: each is there whole, or not at all."""

import contextlib
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable

_MARK, _PART = ".moebelcirkel-", ".part"
#: So begin the copies of databases that are being taken, which are looked after where they are.
_COPIES = f"{_MARK}copy-"
#: No file takes so long to write; a share that hangs longer has failed.
_LEFT_SECONDS = 3_600


def named(text: str) -> Path | None:
    """The folder that a setting names, if any; a home that nobody has is left as it is written."""
    written = text.strip()
    if not written:
        return None
    with contextlib.suppress(RuntimeError):
        return Path(written).expanduser()
    return Path(written)


def is_there(path: Path) -> bool:
    """Whether this PC sees it: what it may not look into is not there for it."""
    try:
        return path.exists()
    except OSError:
        return False


def beside(path: Path) -> Path:
    """A name for its bytes until they are whole; what was left so by one that was killed goes."""
    sweep(path.parent)
    return path.with_name(f"{_MARK}{uuid.uuid4().hex}{_PART}")


def sweep(folder: Path) -> None:
    """Remove what was left of a file whose writer was killed, once nobody can be at it still."""
    with contextlib.suppress(OSError):
        parts = [each for each in folder.glob(f"{_MARK}*{_PART}") if _COPIES not in each.name]
        left = {part: part.stat().st_mtime for part in parts}
        if not any(time.time() - written > _LEFT_SECONDS for written in left.values()):
            return
        now = _now(folder)
        for part, written in left.items():
            if now - written > _LEFT_SECONDS:
                with contextlib.suppress(OSError):
                    part.unlink()


def _now(folder: Path) -> float:
    """By the clock that says when its files were written, which on a share is not this PC's."""
    trial = folder / f"{_MARK}{uuid.uuid4().hex}{_PART}"
    trial.touch(exist_ok=False)
    try:
        return trial.stat().st_mtime
    finally:
        trial.unlink()


def put(path: Path, data: bytes) -> None:
    """Write it over what is there."""
    part = beside(path)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say of a folder that is gone, full or closed what is to be done."""
    if not is_there(folder):
        raise Unavailable(N_("The folder {folder} is not there."), folder=str(folder))
    try:
        yield
    except OSError as error:
        raise Unavailable(
            N_(
                "Nothing could be written to {folder}. Check that it is there, that you may write "
                "to it, and that there is room."
            ),
            folder=str(folder),
        ) from error
