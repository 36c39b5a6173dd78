"""How this program connects to a server: who proves what to whom, and how long anybody waits.

A server that is not this machine has to prove by its certificate that it is the one named
(``verify-full``), unless the address, or libpq's own variable, says otherwise. Where no
certificate of the municipality's own is laid ready, those count that the system trusts.
"""

import os
import socket
import sqlite3
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL, Dialect, Engine
from sqlalchemy.engine.characteristics import ConnectionCharacteristic
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import rows

NO_TICKET = N_(
    "The server does not know you by your log-in at this PC. Log in to the PC again; if that does "
    "not help, ask whoever runs the server."
)
NOT_LET_IN = N_("The server did not accept the account or its password. Check both.")
#: The mode in which the server proves its name, and libpq's variable and file for it.
FULL = "verify-full"
_MODE, _ROOTS = "sslmode", "sslrootcert"
_TICKET = "gssencmode"
_VARIABLES = {
    _MODE: "PGSSLMODE",
    _ROOTS: "PGSSLROOTCERT",
    "host": "PGHOST",
    _TICKET: "PGGSSENCMODE",
}
#: Takes the lock that lets one writer at a time in. A server that answers before it has written
#: would lose numbers in a crash that stick to furniture already.
QUEUE = (
    "SELECT pg_advisory_xact_lock(7301960), CASE current_setting('synchronous_commit') "
    "WHEN 'off' THEN set_config('synchronous_commit', 'local', true) END"
)
#: From this version on libpq can use the certificates of the system.
_KNOWS_SYSTEM = 160_000


def proving(url: URL) -> URL:
    """The address with what it leaves open about proof."""
    if _said(url, _MODE) or all(map(_is_here, _hosts(url))):
        return url
    more = {_MODE: FULL}
    if not _said(url, _ROOTS) and not _own_roots().exists() and _libpq() >= _KNOWS_SYSTEM:
        more[_ROOTS] = "system"
    return url.update_query_dict(more)


def is_unproved(url: URL) -> bool:
    """Whether another machine need not prove that it is the one named."""
    return not all(map(_is_here, _hosts(url))) and _said(url, _MODE) != FULL


def _said(url: URL, key: str) -> str:
    found = url.query.get(key) or os.environ.get(_VARIABLES[key], "")
    return found if isinstance(found, str) else found[-1]


def _hosts(url: URL) -> list[str]:
    """All that are named; none is a socket of this machine."""
    return [host.strip() for host in (url.host or _said(url, "host")).split(",")]


def _is_here(host: str) -> bool:
    own = {"", "localhost", "::1", socket.gethostname().lower()}
    return host.startswith(("/", "@", "127.")) or host.lower() in own


def _own_roots() -> Path:
    roaming = os.environ.get("APPDATA", "") if os.name == "nt" else ""  # a service may have none
    folder = Path(roaming, "postgresql") if roaming else Path("~/.postgresql").expanduser()
    return folder / "root.crt"


def _libpq() -> int:
    from psycopg import pq

    return pq.version()


def options(url: URL, lock_timeout_ms: int) -> dict[str, object]:
    """How long to wait for a server, for another's lock, and for someone who is gone.

    Both sides notice within two minutes that the other fell silent, so that no lock stays with a
    workstation that was switched off. Kerberos is used where there is a ticket: builds of libpq
    differ in what they do where nobody says so.
    """
    from moebelcirkel.storage.server.cursors import BriefCursor

    settings = {
        "timezone": "UTC",
        "datestyle": "ISO",
        "lock_timeout": lock_timeout_ms,
        "jit": "off",  # compiling a report's statements takes longer than they do
        "tcp_keepalives_idle": 30,
        "tcp_keepalives_interval": 10,
    }
    return {
        "connect_timeout": 5,
        "cursor_factory": BriefCursor,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
        **({} if _said(url, _TICKET) else {_TICKET: "prefer"}),
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }


#: What libpq says where the two do not trust each other; such errors have no code. A ticket that
#: was tried first is told of too, before what decided: so it comes late.
_DOUBTS = (
    ("certificate", "certificate"),
    ("does not support ssl", "certificate"),
    ("password authentication failed", "password"),
    ("no password supplied", "password"),
    ('role "', "password"),
    ("gssapi", "ticket"),
    ("sspi", "ticket"),
    ("authentication failed", "password"),
)


def doubt(said: str) -> str | None:
    """Why a connection did not come about although the server answered."""
    text = said.lower()
    return next((sign for mark, sign in _DOUBTS if mark in text), None)


def set_pragma(connection: sqlite3.Connection, pragma: str) -> None:
    """Set one, which reads the file's list of tables first.

    Raises:
        sqlite3.DatabaseError: The list is damaged, also where SQLite's own words for it quote bytes
            of it that are no letters.
    """
    try:
        connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError as error:
        damage = sqlite3.DatabaseError("malformed database schema")
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage from error


class _File(sqlite3.Connection):
    """A connection to a file, which knows whether what is begun there next writes."""

    writes = False


#: What the driver is told at every connection to a file.
SQLITE: dict[str, Any] = {"check_same_thread": False, "factory": _File}


def is_used(engine: Engine) -> bool:
    """Whether somebody, as another thread, works by one of its connections just now."""
    return isinstance(engine.pool, QueuePool) and engine.pool.checkedout() > 0


class _Mark(ConnectionCharacteristic):
    """An option of a connection that the driver's own knows, until it is back in the pool."""

    def __init__(self, name: str) -> None:
        self._name = name

    def reset_characteristic(self, dialect: Dialect, dbapi_conn: Any) -> None:
        setattr(dbapi_conn, self._name, False)

    def set_characteristic(self, dialect: Dialect, dbapi_conn: Any, value: Any) -> None:
        setattr(dbapi_conn, self._name, bool(value))

    def get_characteristic(self, dialect: Dialect, dbapi_conn: Any) -> bool:
        return bool(getattr(dbapi_conn, self._name, False))


def mark(dialect: Dialect, name: str) -> None:
    """Let a driver's connection know an option of this name before its transaction begins.

    A listener would be asked for at every statement too.
    """
    known: Any = dialect
    known.connection_characteristics = known.connection_characteristics.union({name: _Mark(name)})


#: The option of a connection that is to go to a server in few turns.
FEW = "few_turns"
#: What is said of a server's connection that writes. Under READ COMMITTED every statement after the
#: writers' lock sees what those before kept; a server may have another level as its default.
WRITING: dict[str, Any] = {FEW: True, "isolation_level": "READ COMMITTED"}


def begin_by_intent(dialect: Dialect) -> None:
    """Let who will write queue at once."""
    mark(dialect, "writes")
    dialect.do_begin = _begin  # type: ignore[method-assign, assignment]


def set_readonly(connection: rows.Plain, value: object) -> None:
    """Back in the pool a connection has what the server gives it, which may be read-only."""
    connection.read_only = True if value else None


def _begin(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE" if connection.writes else "BEGIN")


# --- whether a connection is still there ----------------------------------------------------------


class _Unasked(threading.local):
    """Takes connections out of the pool unseen: what is sent next tells whether they are there."""

    now = False

    def __enter__(self) -> None:
        self.now = True

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.now = False


#: While a thread is in it, it asks no connection whether the server has cut it.
UNASKED = _Unasked()


def queue(connection: Connection) -> None:
    """Wait on a server until no other writes; a listener would slow every statement a little."""
    if connection.dialect.name == "postgresql":
        rows.send(connection, QUEUE, None, rows.unasked, ahead=True)


def answered(session: Session) -> None:
    """What was sent to a server has been answered."""
    rows.await_all(session.connection())


def few_turns(engine: Engine) -> None:
    """Let the writes of an engine go to its server in few turns."""
    from moebelcirkel.storage.server import turns

    dialect: Any = engine.dialect
    ping = dialect.do_ping
    dialect.do_ping = lambda driver: UNASKED.now or ping(driver)
    turns.few(engine)
