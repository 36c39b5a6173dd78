"""What was erased of people, kept beside databases and copies, so that an old copy cannot bring it
back unseen: numbers of accounts and fingerprints of pictures, never a name.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from moebelcirkel.storage.copies.place import write_whole

_NAME = "erased.list"


@dataclass(frozen=True, slots=True)
class Erased:
    """Accounts by number and the moment they were made, and pictures with the reason's code."""

    accounts: Mapping[int, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: "Erased") -> "Erased":
        return Erased({**self.accounts, **other.accounts}, {**self.pictures, **other.pictures})

    def __bool__(self) -> bool:
        return bool(self.accounts or self.pictures)


def beside(database: Path) -> Path:
    """Where it is kept beside the file of a database."""
    return database.with_name(f"{database.name}-erased")


def inside(folder: Path) -> Path:
    """Where it is kept in a folder of copies or dumps."""
    return folder / _NAME


def of_server(folder: Path, house: str) -> Path:
    """Where a PC keeps it of a server's database, which a restored dump may bring back older."""
    return folder / f"{house[:16]}-erased"


def read(files: Iterable[Path]) -> Erased:
    """What all of the files tell together; one that is not there or not whole tells nothing."""
    told = Erased()
    for file in files:
        with contextlib.suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            body = json.loads(file.read_text("utf-8"))
            accounts = {int(key): str(made) for key, made in body["accounts"].items()}
            pictures = {str(key): str(cause) for key, cause in body["pictures"].items()}
            told |= Erased(accounts, pictures)
    return told


def write(files: Iterable[Path], told: Erased) -> None:
    """Write it down in each; a folder that cannot be reached just now gets it the next time."""
    body = json.dumps({"accounts": told.accounts, "pictures": told.pictures}, indent=1).encode()
    for file in files:
        with contextlib.suppress(OSError):
            if not file.exists() or file.read_bytes() != body:
                write_whole(file, body)
