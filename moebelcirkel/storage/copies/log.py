"""What is remembered of the copies beside the database itself, and who is copying just now.

It lies in a small file of its own, so that a restored database does not forget where its copies
are, and a damaged one can still be asked for them. A claim is a lock of the system's: it is free
again when its holder is gone, however it ended.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from moebelcirkel.domain.errors import N_, Unavailable

_TABLE = "CREATE TABLE IF NOT EXISTS said (one INTEGER PRIMARY KEY, body TEXT)"

BUSY = N_("A copy is being taken already. Try again when it is done.")


@dataclass(frozen=True, slots=True)
class Said:
    """What the last copies came to; moments are ISO texts in UTC, empty where there is none.

    ``reason`` is the English msgid of why the last try failed, filled by ``values``.
    """

    folder: str = ""
    house: str = ""
    good_at: str = ""
    tried_at: str = ""
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)


class Log:
    """The file beside one database."""

    def __init__(self, database: Path) -> None:
        self.file = database.with_name(f"{database.name}-copies")

    def read(self) -> Said:
        """What was remembered last; nothing where there is none, or it cannot be read."""
        try:
            with contextlib.closing(self._open(mode="ro")) as connection:
                return _read(connection)
        except (sqlite3.Error, ValueError, TypeError):
            return Said()

    @contextlib.contextmanager
    def claim(self) -> Iterator["Claim"]:
        """The right to copy or restore; refused while another program has it."""
        try:
            connection = self._claimed()
        except sqlite3.DatabaseError:
            # What lies there is no memory of ours; the copies themselves tell all that counts.
            self.file.unlink(missing_ok=True)
            connection = self._claimed()
        with contextlib.closing(connection):
            yield Claim(connection)

    def _claimed(self) -> sqlite3.Connection:
        connection = self._open(mode="rwc")
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS said (one INTEGER PRIMARY KEY, body TEXT)"
            )
            _read(connection)
        except (sqlite3.OperationalError, ValueError, TypeError) as error:
            connection.close()
            busy = "locked" in str(error)
            raise (Unavailable(BUSY) if busy else sqlite3.DatabaseError(str(error))) from error
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _open(self, mode: str) -> sqlite3.Connection:
        address = f"{self.file.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(
            address, uri=True, timeout=0, isolation_level=None, check_same_thread=False
        )


class Claim:
    """The claim while it is held; what it remembers is kept at once when it ends in order."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def remember(self, **changes: object) -> None:
        """Remember these, and end the claim."""
        body = json.dumps(asdict(replace(_read(self._connection), **cast(Any, changes))))
        self._connection.execute("PRAGMA busy_timeout = 5000")
        self._connection.execute("INSERT OR REPLACE INTO said (one, body) VALUES (1, ?)", (body,))
        self._connection.execute("COMMIT")


def _read(connection: sqlite3.Connection) -> Said:
    row = connection.execute("SELECT body FROM said WHERE one = 1").fetchone()
    return Said() if row is None else Said(**json.loads(row[0]))
