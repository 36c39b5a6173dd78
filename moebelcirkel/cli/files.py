"""Files that commands write: whole or not at all."""

import os
import tempfile
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable


def write_new(path: Path, data: bytes) -> None:
    """Write a file in one step, so that a full disk leaves no half file behind."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _not_written(path) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise _not_written(path) from error


def _not_written(path: Path) -> Unavailable:
    return Unavailable(
        N_("{path} could not be written. Check the folder and that there is room on the drive."),
        path=str(path),
    )
