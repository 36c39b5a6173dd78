"""Files that commands write: whole or not at all, and never over one that is there."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.services import folders

Keep = Callable[[bytes], None]


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Keep]:
    """A file that is there once the block hands its bytes over.

    Before the block begins it is proved that the file can be written, since what the block does
    may be for ever. On the way the bytes have another name, so a full disk leaves no half file.
    """
    refuse_taken(path)
    part = folders.beside(path)
    try:
        part.touch(exist_ok=False)
    except OSError as error:
        raise _not_written(path) from error
    try:
        yield lambda data: _keep(part, path, data)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def refuse_taken(path: Path) -> None:
    """Refuse a name that is taken, and a folder that is not there."""
    try:
        if path.is_dir():
            raise Refused(N_("{path} is a folder. Write the name of a file in it."), path=str(path))
        if path.exists() or path.is_symlink():
            raise Refused(
                N_("There is already a file at {path}. Choose another name."), path=str(path)
            )
        if not path.parent.is_dir():
            raise Refused(N_("There is no folder {name}. Make it first."), name=str(path.parent))
    except OSError as error:
        raise _not_written(path) from error


def _keep(part: Path, path: Path, data: bytes) -> None:
    try:
        part.write_bytes(data)
        refuse_taken(path)
        part.rename(path)
    except OSError as error:
        raise _not_written(path) from error


def _not_written(path: Path) -> Unavailable:
    return Unavailable(
        N_("{path} could not be written. Check the folder and that there is room on the drive."),
        path=str(path),
    )
