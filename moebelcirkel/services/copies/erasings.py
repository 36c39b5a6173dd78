"""What was erased of people, written beside the database and its copies to be known ever after."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from moebelcirkel import paths
from moebelcirkel.domain.persons import FORMER
from moebelcirkel.services.context import Context
from moebelcirkel.services.copies import taking
from moebelcirkel.storage.copies import erased
from moebelcirkel.storage.copies.erased import Erased
from moebelcirkel.storage.copies.folder import default_place, of_house
from moebelcirkel.storage.copies.log import Log
from moebelcirkel.storage.copies.place import patiently
from moebelcirkel.storage.queries import copies as queries

_SILENCE_SECONDS = 10.0


def remember(context: Context, dumps: Path | None = None) -> None:
    """Write down all that is erased by now; ``dumps`` is the folder of a server's dumps."""
    context.require_role()
    files = _files(context, dumps)
    if not files:
        return
    told = _read(files) | _erased(context)
    if told:
        with contextlib.suppress(OSError):
            patiently(lambda _sign: erased.write(files, told), silence=_SILENCE_SECONDS)


def is_behind(context: Context, dumps: Path | None = None) -> bool:
    """Whether something was erased that is written down nowhere: on a server others erase too."""
    context.require_role()
    files = _files(context, dumps)
    if not files:
        return False
    known = _read(files)
    return known | _erased(context) != known


def _erased(context: Context) -> Erased:
    with context.read() as session:
        return queries.erased(session, FORMER)


def come_back(context: Context, dumps: Path | None = None) -> Erased:
    """What was erased once and is here again, as after putting an older copy back."""
    context.require_role()
    files = _files(context, dumps)
    known = _read(files) if files else Erased()
    if not known:
        return known
    with context.read() as session:
        return queries.come_back(session, known, FORMER)


def _read(files: Sequence[Path]) -> Erased:
    """The file beside the database, or on this PC, answers always; folders on a share may hang."""
    try:
        return patiently(lambda _sign: erased.read(files), silence=_SILENCE_SECONDS)
    except OSError:
        return erased.read(files[:1])


def _files(context: Context, dumps: Path | None) -> list[Path]:
    if not context.database.is_sqlite:
        return _of_server(context, dumps)
    file = taking.database_file(context)
    house = Log(file).read().house
    places = {taking.chosen_place(context) or default_place(file), default_place(file)}
    folders = [of_house(place, house) for place in sorted(places)] if house else []
    return [erased.beside(file), *map(erased.inside, folders)]


def _of_server(context: Context, dumps: Path | None) -> list[Path]:
    with context.read() as session:
        house = queries.house(session)
    own = [erased.of_server(paths.made(paths.user_data()), house)] if house else []
    return own if dumps is None else [*own, erased.inside(dumps)]
