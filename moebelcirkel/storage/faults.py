"""What goes wrong with a database on either engine, said plainly."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from moebelcirkel.domain.errors import N_, Damaged, Interrupted, Unavailable
from moebelcirkel.domain.fields import unstorable
from moebelcirkel.storage.location import is_read_only
from moebelcirkel.storage.server import connecting

_MESSAGES = {
    "locked": N_("The database is busy with something else. Wait a moment and try again."),
    "full": N_("There is no room left on the drive. Free some space and try again."),
    "readonly": N_(
        "The database cannot be written to. Check that the file is not write-protected."
    ),
    "folder": N_(
        "The folder {folder} is read-only and cannot be written to, which a database needs. Let "
        "somebody give you the right to it, or choose another folder."
    ),
    "damaged": N_("The database file is damaged and was not changed. Restore the last good copy."),
    "foreign": N_(
        "The file is not a database and was not changed. Choose another file, or restore the last "
        "good copy if it used to be one."
    ),
    "missing": N_("The database cannot be opened. Check that the file and its folder exist."),
    "forbidden": N_(
        "The account that the program uses on the server does not have the right to do this. Ask "
        "whoever runs the server."
    ),
    "password": connecting.NOT_LET_IN,
    "ticket": connecting.NO_TICKET,
    "certificate": N_(
        "The server could not prove by a certificate that it is the one named. Ask whoever runs "
        "the server for its root certificate."
    ),
    "closed": N_(
        "The account that the program uses on the server may not open this database. Ask whoever "
        "runs the server to give it the right."
    ),
    "standby": N_(
        "The shared database is read-only just now, so nothing can be saved. Ask whoever runs the "
        "server."
    ),
    "unreachable": N_("The shared database does not answer. Check the network and try again."),
    "io": N_("The drive reported an error. Nothing was saved; check the drive and try again."),
}

_SQLITE_SIGNS = (
    ("interrupted", "interrupted"),
    ("locked", "locked"),
    ("busy", "locked"),
    ("full", "full"),
    ("readonly", "readonly"),
    ("read-only", "readonly"),
    ("malformed", "damaged"),
    ("not a database", "foreign"),
    ("unable to open", "missing"),
    ("disk i/o", "io"),
    ("integer overflow", "too large"),
)

_POSTGRES_SIGNS = {
    "57014": "interrupted",
    "53100": "full",
    "58030": "io",
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "22003": "too large",
    "25006": "standby",
    "42501": "forbidden",
}


@contextlib.contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn the environment's faults into ``Unavailable``; everything else passes as it is."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        raise _translated(error, url) from error
    except UnicodeEncodeError as error:
        # Half of a pair of UTF-16 cannot even be asked for.
        raise unstorable() from error


class StatementEnded(Interrupted):
    """A statement was ended: by who asked it, or by the server."""


class TooLarge(ArithmeticError):  # noqa: N818 - it says what a sum was
    """Whole numbers came to more than a database adds up: no amount of ours is so large."""


def damaged() -> Damaged:
    """Said where nothing more is written."""
    return Damaged(_MESSAGES["damaged"])


def ended_by_the_server() -> Unavailable:
    """Said of a statement that nobody here stopped."""
    return Unavailable(_MESSAGES["locked"])


def _translated(error: Exception, url: URL) -> Exception:
    sign = "unreachable" if isinstance(error, PoolTimeout) else _sign(error)
    if sign == "interrupted":
        return StatementEnded()
    if sign == "unstorable":
        return unstorable()
    if sign == "too large":
        return TooLarge(str(error))
    if sign is None:
        return error
    folder = Path(str(url.database)).absolute().parent
    if sign in {"missing", "readonly"} and url.get_backend_name() == "sqlite":
        sign = "folder" if is_read_only(folder) else sign
    if sign in {"damaged", "foreign"}:
        return Damaged(_MESSAGES[sign])
    return Unavailable(_MESSAGES[sign], **({"folder": str(folder)} if sign == "folder" else {}))


def _sign(error: Exception) -> str | None:
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    origin: Any = error.orig
    if isinstance(origin, sqlite3.Error):
        if getattr(origin, "sqlite_errorcode", None) == sqlite3.SQLITE_IOERR_SHMSIZE:
            return "full"  # the file through which its users share the log found no room
        text = str(origin).lower()
        return next((sign for mark, sign in _SQLITE_SIGNS if mark in text), None)
    if "NUL (0x00)" in str(origin):
        return "unstorable"
    code = getattr(origin, "sqlstate", None)
    if code is None and "permission denied for database" in str(origin):
        return "closed"
    if code in _POSTGRES_SIGNS:
        return _POSTGRES_SIGNS[code]
    if error.connection_invalidated or (isinstance(error, OperationalError) and code is None):
        return connecting.doubt(str(origin)) or "unreachable"
    return "unreachable" if code and code[:2] in {"08", "57"} else None
