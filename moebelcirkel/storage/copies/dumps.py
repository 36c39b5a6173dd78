"""A dump of a PostgreSQL database by the server's own programs, proved by restoring it.

It is restored into a throw-away database on the same server, which is looked at and dropped again.
"""

import contextlib
import hashlib
import os
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.storage.copies.parts import part_in
from moebelcirkel.storage.copies.place import no_such_place, settle
from moebelcirkel.storage.engine import open_engine
from moebelcirkel.storage.faults import plain_errors

_AS_IT_IS = ("--no-owner", "--no-privileges", "--exit-on-error")

_PROOF = "moebelcirkel_proof_"
#: Locks are of one database, as the names are, and end with their session.
_HOLD = text("SELECT pg_advisory_lock(hashtextextended(:name, 0))")
_TRY = text("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
_LET_GO = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
_LEFT = text("SELECT datname FROM pg_database WHERE starts_with(datname, :own)")

NO_PROGRAM = N_(
    "{program} is not on this machine. Install PostgreSQL's programs, or let the server be backed "
    "up by whoever runs it."
)
FAILED = N_("{program} could not do it: {error}")
NO_DATABASE = N_(
    "The dump could not be proved, as {user} may not make a database for it on the server. Give "
    "that right, or use another user."
)


def take(url: URL, target: Path, prove: Callable[[URL], int | None]) -> int | None:
    """Dump the database into a new file that is there once it was restored and looked at.

    Tells what ``prove`` found in the restored database.
    """
    try:
        with part_in(target.parent) as part:
            _run(url, "pg_dump", "--format=custom", f"--file={part}")
            with _throw_away(url) as scratch:
                _run(scratch, "pg_restore", *_AS_IT_IS, str(part))
                flawed = prove(scratch)
            part.rename(target)
    except OSError as error:
        raise no_such_place(target.parent, error) from error
    settle(target.parent)
    return flawed


def address(url: URL) -> str:
    """The whole address, with the password, for opening it."""
    return url.render_as_string(hide_password=False)


@contextlib.contextmanager
def _throw_away(url: URL) -> Iterator[URL]:
    own = f"{_PROOF}{hashlib.sha256(str(url.database).encode()).hexdigest()[:8]}_"
    name = f"{own}{uuid.uuid4().hex[:12]}"
    engine = open_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            with plain_errors(url):
                _drop_left(connection, own)
                connection.execute(_HOLD, {"name": name})
            _made(name, connection.execute, url)
            try:
                yield url.set(database=name)
            finally:
                with plain_errors(url):
                    connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def _drop_left(connection: Connection, own: str) -> None:
    """Drop what killed dumps of this database left; whoever is at one holds the lock of its name.

    What belongs to another role is left to it.
    """
    for name in connection.execute(_LEFT, {"own": own}).scalars().all():
        if connection.execute(_TRY, {"name": name}).scalar():
            with contextlib.suppress(DBAPIError):
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
            connection.execute(_LET_GO, {"name": name})


def _made(name: str, execute: Callable[..., object], url: URL) -> None:
    try:
        execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "42501":
            raise Unavailable(NO_DATABASE, user=url.username or "") from error
        raise


def _run(url: URL, program: str, *words: str) -> None:
    """Run one of the server's programs; the password is in no argument that others can read."""
    address = url.set(drivername="postgresql", password=None).render_as_string()
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    try:
        ended = subprocess.run(
            [program, f"--dbname={address}", *words],
            env={**os.environ, **secret, "LC_MESSAGES": "C"},
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except FileNotFoundError as error:
        raise Unavailable(NO_PROGRAM, program=program) from error
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or [str(ended.returncode)]
        raise Unavailable(FAILED, program=program, error=lines[-1])
