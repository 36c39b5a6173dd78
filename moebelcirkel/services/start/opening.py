"""Opening a database: where it may lie, whether it fits the program, and bringing it up to date.

Only ``create`` and ``open_or_create`` make a file; a shared database is set up by ``update``.
"""

import contextlib
import logging
from pathlib import Path

from moebelcirkel import paths
from moebelcirkel.domain.errors import N_, ClockDoubt, Unavailable
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage import migrate
from moebelcirkel.storage.copies import parts, photos
from moebelcirkel.storage.copies.log import Log
from moebelcirkel.storage.engine import Database, as_url
from moebelcirkel.storage.location import (
    make_private,
    open_here,
    put_strange_log_aside,
    refuse_unsafe,
    sweep,
)
from moebelcirkel.storage.migrate import DatabaseState
from moebelcirkel.storage.server import connecting

#: The server's refusal of an account or its password.
NOT_LET_IN = connecting.NOT_LET_IN
OWN_FILE = "moebelcirkel.sqlite"
DEMO_FILE = "eksempel.sqlite"

MISSING = N_(
    "There is no database at {path}. Check the name. A new one begins on the first page of the "
    "program."
)
EMPTY = N_(
    "The file {path} is empty and was left as it is. Check the name. A new database begins on the "
    "first page of the program."
)
NOT_SET_UP = N_("The shared database is empty. Whoever runs it must set it up first.")
A_COPY = N_(
    "{name} is a copy, whose pictures lie beside it, and nobody works in a copy. Restore it."
)
LAID_OVER = N_(
    "Somebody laid another file in the place of the database while it was not closed in order. "
    "What was left of the one before is put aside as {name}. Look whether all is there that should "
    "be."
)
BY_THE_SERVER = N_("A shared database is backed up by its server. Ask whoever runs it.")
OLDER = N_(
    "The shared database is from an earlier version of the program. Whoever runs it must update it."
)


def own_file(*, shared: bool) -> Path:
    """Where the database of one person, or of everybody on this PC, lies."""
    return (paths.program_data() if shared else paths.user_data()) / OWN_FILE


def demo_file() -> Path:
    """Where the example data lies that the first start offers."""
    return paths.user_data() / DEMO_FILE


def open_existing(target: str | Path) -> Context:
    """Open a database that is there already; an older SQLite file is updated, with a copy first."""
    database, state = _there(target)
    try:
        _bring_up_to_date(database, state)
        database.ask_clock()
        return Context(database, SYSTEM)
    except BaseException:
        database.close()
        raise


def create(target: str | Path) -> Context:
    """Make a new database, or take an empty one into use; refuses to touch one in use."""
    url = as_url(target)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        refuse_unsafe(path)
        _make_folder(path.parent)
        if not path.is_relative_to(paths.program_data()):
            make_private(path)
    database = Database(url)
    try:
        if migrate.condition(database) is not DatabaseState.EMPTY:
            raise Unavailable(
                N_("There is already a database at {path}. Choose another place."),
                path=_shown(database),
            )
        migrate.migrate(database)
        context = Context(database, SYSTEM)
        _load_reference(context)
        return context
    except BaseException:
        database.close()
        raise


def open_or_create(target: str | Path) -> Context:
    """Open what is there, else make it: what the first start needs, also after a power cut."""
    try:
        return open_existing(target)
    except _Nothing:
        return create(target)


def update(context: Context) -> Path | None:
    """Bring the schema up to date on either engine; returns the copy that was made first."""
    copy = migrate.migrate(context.database)
    _load_reference(context)
    return copy


def renew_search(context: Context) -> bool:
    """Make the index of the search anew; tells whether this database can have one."""
    return migrate.renew_search(context.database)


def open_unchecked(target: str | Path) -> Context:
    """Open a database of any version as it is, for updating and for backups; makes none."""
    database, _state = _there(target)
    return Context(database, SYSTEM)


def as_account(target: str | Path, name: str, password: str) -> str:
    """The address of a server with a person's own account; of a Windows name without the domain."""
    url = as_url(target).set(username=name.rpartition("\\")[2], password=password)
    return url.render_as_string(hide_password=False)


def file_of(target: str | Path) -> Path:
    """The file of a database on this PC, whether it is there or not; a shared one has none."""
    url = as_url(target)
    if url.get_backend_name() != "sqlite":
        raise Unavailable(BY_THE_SERVER)
    return Path(str(url.database))


def close(context: Context) -> None:
    """Give the connections back."""
    context.database.close()


def identity(context: Context) -> str:
    """What tells one database from another on this PC, without any password."""
    return context.database.url.render_as_string(hide_password=True)


def without_password(target: str | Path) -> str:
    """A file or an address as it may be shown and printed."""
    url = as_url(target)
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def schema() -> str:
    """The number of the schema: that of every database this program has open."""
    return migrate.revisions()[-1]


class _Nothing(Unavailable):
    """Where a SQLite database should be there is no file, or an empty one."""


def _there(target: str | Path) -> tuple[Database, DatabaseState]:
    """What lies there already; on SQLite a file without tables is no database."""
    url = as_url(target)
    path = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
    if path is not None:
        refuse_unsafe(path)
        with contextlib.suppress(OSError):  # a folder one may not enter: opening says so
            if not path.exists():
                raise _Nothing(MISSING, path=str(path))
        looked_at = open_here(path)  # what is open here was looked at, and is not read once more
        if not looked_at and photos.refers(path):
            raise Unavailable(A_COPY, name=path.name)
        sweep(path)
        parts.sweep(path.parent)
        if not looked_at:
            _say_laid_over(path, put_strange_log_aside(path))
    database = Database(url)
    try:
        state = migrate.condition(database)
        if path is not None and state is DatabaseState.EMPTY:
            raise _Nothing(EMPTY, path=str(path))
    except BaseException:
        database.close()
        raise
    return database, state


def _say_laid_over(path: Path, left: Path | None) -> None:
    """The administrator is told; where nothing can be remembered just now, only the log is."""
    if left is None:
        return
    logging.getLogger(__name__).warning("another database's log lay beside it")
    with contextlib.suppress(Unavailable), Log(path).claim() as claim:
        claim.remember(reason=LAID_OVER, values={"name": left.name})


def _bring_up_to_date(database: Database, state: DatabaseState) -> None:
    if state is DatabaseState.CURRENT:
        _complete_reference(database)
        return
    if state is DatabaseState.EMPTY:
        raise Unavailable(NOT_SET_UP)
    if state is DatabaseState.OLDER and not database.is_sqlite:
        raise Unavailable(OLDER)
    migrate.migrate(database)
    _complete_reference(database)


def _complete_reference(database: Database) -> None:
    """Bring what is new since the version that filled it, also where that was cut off once.

    Where the clock is in doubt, or nothing can be written just now, the next opening does it.
    """
    with contextlib.suppress(ClockDoubt, Unavailable):
        _load_reference(Context(database, SYSTEM))


def _load_reference(context: Context) -> None:
    from moebelcirkel.services.start import setup

    setup.load_reference(context)


def _make_folder(folder: Path) -> None:
    try:
        paths.made(folder)
    except OSError as error:
        raise Unavailable(
            N_("The folder {folder} cannot be created. Choose another folder."), folder=str(folder)
        ) from error


def _shown(database: Database) -> str:
    return without_password(database.url.render_as_string(hide_password=False))
