"""Files handed out into a folder that somebody chose: each is there whole, or not at all."""

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable


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


def put(path: Path, data: bytes) -> None:
    """Write it over what is there."""
    part = path.with_name(f".moebelcirkel-{uuid.uuid4().hex}.part")
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
