"""Pictures in the copies' folder, each once by its own fingerprint, whatever copies hold it.

In a copy a picture's columns hold the 32 bytes of the SHA-256 of what lies here; a database that
holds such references says so in its header (``REFERS``).
"""

import contextlib
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

from moebelcirkel.storage.copies.place import Step, write_whole

FOLDER = "photos"
#: ``PRAGMA user_version`` of a copy whose pictures lie beside it.
REFERS = 7301960
_DIGEST = 32
_LEFT = "left.json"
_ROWS = "SELECT sha256, jpeg, thumb FROM photo_blob WHERE jpeg IS NOT NULL ORDER BY sha256"
_UPDATE = "UPDATE photo_blob SET jpeg = ?, thumb = ? WHERE sha256 = ?"


class Store:
    """The folder of pictures beside the copies of one database."""

    def __init__(self, copies: Path) -> None:
        self.folder = copies / FOLDER
        self._known: dict[str, int] | None = None

    def file(self, digest: str) -> Path:
        """Where the bytes with this fingerprint lie."""
        return self.folder / digest[:2] / f"{digest}.jpg"

    def keep(self, digest: str, data: bytes) -> bool:
        """Put it there unless it is; tells whether something was written."""
        if self._there().get(digest) == len(data):
            return False
        path = self.file(digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
        self._there()[digest] = len(data)
        return True

    def get(self, digest: str) -> bytes | None:
        """The bytes, if they are there and whole."""
        try:
            data = self.file(digest).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def erase(self, digests: Collection[str]) -> None:
        """Remove what was erased for a cause at once; a place that is gone has it until it is back.

        What is not in use is forgotten in time anyway, see ``forget``.
        """
        for digest in digests:
            with contextlib.suppress(OSError):
                self.file(digest).unlink(missing_ok=True)
        self._known = None

    def forget(self, in_use: set[str], now: dt.datetime, oldest: dt.datetime) -> None:
        """Remove what the database erased, once every copy is younger than that."""
        memory = self.folder / _LEFT
        try:
            left: dict[str, str] = json.loads(memory.read_text("utf-8"))
        except (OSError, ValueError):
            left = {}
        now_left = {
            digest: left.get(digest, now.isoformat()) for digest in set(self._there()) - in_use
        }
        gone = {digest for digest, at in now_left.items() if dt.datetime.fromisoformat(at) < oldest}
        for digest in gone:
            with contextlib.suppress(OSError):
                self.file(digest).unlink(missing_ok=True)
        kept = {digest: at for digest, at in now_left.items() if digest not in gone}
        if kept != left:
            write_whole(memory, json.dumps(kept).encode())

    def _there(self) -> dict[str, int]:
        if self._known is None:
            found = self.folder.glob("??/*.jpg") if self.folder.is_dir() else ()
            self._known = {path.stem: path.stat().st_size for path in found}
        return self._known


def take_out(copy: sqlite3.Connection, store: Store, sign: Step) -> set[str]:
    """Put all pictures into the store and references in their place; returns what is in use.

    A picture that is not the one its fingerprint was taken of is not put there; where an earlier
    copy had it whole, that one is meant.
    """
    in_use: set[str] = set()
    for sha256, jpeg, thumb in _rows(copy):
        small = hashlib.sha256(thumb or b"").hexdigest()
        if hashlib.sha256(jpeg).hexdigest() == sha256:
            store.keep(sha256, jpeg)
        if thumb:
            store.keep(small, thumb)
            in_use.add(small)
        in_use.add(sha256)
        reference = bytes.fromhex(small) if thumb else thumb
        copy.execute(_UPDATE, (bytes.fromhex(sha256), reference, sha256))
        sign()
    copy.execute(f"PRAGMA user_version = {REFERS}")
    return in_use


def put_in(database: sqlite3.Connection, store: Store, sign: Step) -> int:
    """Put the pictures back in the place of their references; tells how many could not be found.

    Those are as if they had been erased.
    """
    missing = 0
    for sha256, jpeg, thumb in _rows(database):
        if len(jpeg) != _DIGEST:
            continue
        whole, small = store.get(sha256), thumb and store.get(thumb.hex())
        if whole is None:
            missing += 1
        database.execute(_UPDATE, (whole, None if whole is None else small, sha256))
        sign()
    database.execute("PRAGMA user_version = 0")
    return missing


def refers(file: Path) -> bool:
    """Whether a database file is a copy whose pictures lie beside it."""
    try:
        with file.open("rb") as reading:
            header = reading.read(64)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[60:64] == REFERS.to_bytes(4, "big")


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes, bytes | None]]:
    """A picture at a time, also while they are being changed."""
    last = ""
    query = _ROWS.replace(" ORDER", " AND sha256 > ? ORDER") + " LIMIT 1"
    while (row := connection.execute(query, (last,)).fetchone()) is not None:
        yield row
        last = row[0]
