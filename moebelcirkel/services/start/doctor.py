"""A file for whoever helps from afar: what runs here and how it is, and nothing about people.

It holds versions, sizes, counts, numbers of the settings and the log, in which no names are
written. Folders of this person, the names of person and PC, and addresses are taken out of it.
"""

import contextlib
import getpass
import io
import locale
import platform
import re
import shutil
import socket
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from moebelcirkel import __version__, paths
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.language import refusal
from moebelcirkel.services import parameters
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage import doctor, migrate
from moebelcirkel.storage.engine import Database, as_url

_LIBRARIES = ("PySide6", "SQLAlchemy", "alembic", "psycopg", "Pillow", "reportlab", "openpyxl")
_MOST_OF_A_LOG = 1_000_000
#: Addresses of mail and of servers with who logs in there; four groups of an IP address.
_ADDRESSES = re.compile(r"\S+@\S+|\b\w+(?:\+\w+)?://\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b")

Facts = dict[str, str]


def support_file(target: str | None) -> bytes:
    """A ZIP with `doctor.txt` and the logs; ``target`` is the database, where one is known.

    What cannot be read is named with the reason: a sick program is what it is for.
    """
    hide = _Hider(target)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("doctor.txt", hide(_told(target)))
        for name, body in _logs():
            bundle.writestr(name, hide(body))
    return packed.getvalue()


def _told(target: str | None) -> str:
    sections: dict[str, Callable[[], Facts]] = {"program": _program, "machine": _machine}
    if target is not None:
        database = _Opened(target)
        sections |= {
            "engine": lambda: doctor.engine(database.opened()),
            "database": lambda: {"condition": migrate.condition(database.opened()).value},
            "rows": lambda: doctor.counts(database.opened()),
            "settings": lambda: _settings(database.opened()),
        }
        try:
            return "\n".join(_section(name, read) for name, read in sections.items())
        finally:
            database.close()
    return "\n".join(_section(name, read) for name, read in sections.items())


def _section(name: str, read: Callable[[], Facts]) -> str:
    try:
        facts = read()
    except (Refused, Unavailable) as error:
        facts = {"error": refusal(error)}
    except Exception as error:  # noqa: BLE001 - whatever is sick here, the rest is told
        facts = {"error": type(error).__name__}
    return "\n".join([f"[{name}]", *(f"{key} = {value}" for key, value in facts.items()), ""])


class _Opened:
    """The database as it is: nothing is migrated, and none is made."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._context: Context | None = None

    def opened(self) -> Database:
        """Open on the first question; every later one finds the same reason why not."""
        if self._context is None:
            self._context = opening.open_unchecked(self._target)
        return self._context.database

    def close(self) -> None:
        """Give the connections back."""
        if self._context is not None:
            opening.close(self._context)


def _program() -> Facts:
    found = {
        "version": __version__,
        "schema": opening.schema(),
        "bundle": str(paths.bundle() is not None),
    }
    for library in _LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "unknown"
    return found


def _machine() -> Facts:
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "encoding": f"{sys.getfilesystemencoding()} {locale.getpreferredencoding()}",
        "language": str(locale.getlocale()[0]),
        "clock": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "free bytes of own data": _free(paths.user_data()),
        "free bytes of logs": _free(paths.logs()),
    }


def _free(folder: Path) -> str:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return str(shutil.disk_usage(folder).free)


def _settings(database: Database) -> Facts:
    """Those that are numbers, dates or yes and no: texts may be somebody's."""
    groups = parameters.grouped(Context(database, SYSTEM)).values()
    items = {item.key: item.value for group in groups for item in group}
    plain = {key: value for key, value in items.items() if not isinstance(value, str)}
    return {key: str(value) for key, value in sorted(plain.items())}


def _logs() -> Iterator[tuple[str, str]]:
    for path in sorted(paths.logs().glob("*")) if paths.logs().is_dir() else ():
        if not path.is_file():
            continue
        try:
            body = path.read_bytes()[-_MOST_OF_A_LOG:]
        except OSError as error:
            body = type(error).__name__.encode()
        yield f"log/{path.name}", body.decode("utf-8", "replace")


class _Hider:
    """Takes out of a text what tells who and where: folders, names of person and PC, addresses."""

    def __init__(self, target: str | None) -> None:
        self._words = {str(Path.home()): "~", socket.gethostname(): "PC"}
        for folder, name in ((paths.user_data(), "DATA"), (paths.logs(), "LOG")):
            self._words[str(folder)] = name
        if target is not None and "://" not in target:
            self._words[str(Path(target).absolute().parent)] = "FOLDER"
        elif target is not None:
            # A person's own account is named as the person.
            with contextlib.suppress(Unavailable):
                url = as_url(target)
                self._words |= {url.username or "": "ACCOUNT", url.host or "": "SERVER"}
        try:
            self._words[getpass.getuser()] = "USER"
        except (OSError, KeyError, ImportError):
            return

    def __call__(self, body: str) -> str:
        """The text without them, the longest first."""
        for word in sorted(filter(_tells, self._words), key=len, reverse=True):
            body = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", self._words[word], body)
        return _ADDRESSES.sub("ADDRESS", body)


def _tells(word: str) -> bool:
    """Whether it is worth hiding: the root of a drive stands in every path."""
    return len(word.strip("/\\.:")) > 1
