"""What was erased of people, written beside the database and its copies to be known ever after."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

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
    known = _read(files)
    with context.read() as session:
        told = known | queries.erased(session, FORMER)
    if told:
        with contextlib.suppress(OSError):
            patiently(lambda _sign: erased.write(files, told), silence=_SILENCE_SECONDS)


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
    """The file beside the database answers always; folders on a share may hang."""
    try:
        return patiently(lambda _sign: erased.read(files), silence=_SILENCE_SECONDS)
    except OSError:
        return erased.read(files[:1])


def _files(context: Context, dumps: Path | None) -> list[Path]:
    if not context.database.is_sqlite:
        return [] if dumps is None else [erased.inside(dumps)]
    file = taking.database_file(context)
    house = Log(file).read().house
    places = {taking.chosen_place(context) or default_place(file), default_place(file)}
    folders = [of_house(place, house) for place in sorted(places)] if house else []
    return [erased.beside(file), *map(erased.inside, folders)]
