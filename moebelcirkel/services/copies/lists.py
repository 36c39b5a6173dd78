"""What there is of copies, how old the last good one is, and what putting one back would lose."""

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain import copies as rules
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.copies import taking
from moebelcirkel.storage.copies import folder as folders
from moebelcirkel.storage.copies.folder import Copy
from moebelcirkel.storage.copies.log import Log
from moebelcirkel.storage.copies.place import no_such_place, patiently
from moebelcirkel.storage.queries import copies as queries

_SILENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Status:
    """The age of the last good copy; ``reason`` is an English msgid, filled by ``values``.

    Of a ``shared`` database only dumps that this program proved are known.
    """

    good_at: dt.datetime | None
    tried_at: dt.datetime | None
    worry: bool
    reason: str
    values: dict[str, str]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class CopiesListing:
    """All copies of this database, newest first; ``same_drive`` when one fault takes all of it."""

    place: Path
    copies: tuple[Copy, ...]
    same_drive: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """What came after a copy: changes and pieces, and the last of it; pieces may be fewer.

    ``erased`` of the changes erased what was kept about people, which comes back with the copy.
    ``known`` is false where the copy is of another database, or the present one cannot tell.
    """

    changes: int = 0
    pieces: int = 0
    last_at: dt.datetime | None = None
    last_by: str = ""
    erased: int = 0
    known: bool = True


def is_shared(context: Context) -> bool:
    """Whether a server keeps the database, and so its copies."""
    context.require(Action.SETTINGS)
    return not context.database.is_sqlite


def status(context: Context) -> Status:
    """How it is with the copies; a server that never dumped by us may be backed up otherwise."""
    if is_shared(context):
        dumped = _moment(str(context.parameter("dump_good_at")))
        worry = dumped is not None and rules.is_worry(context.now(), dumped)
        return Status(dumped, None, worry, "", {}, shared=True)
    told = Log(taking.database_file(context)).read()
    good, tried = _moment(told.good_at), _moment(told.tried_at)
    worry = rules.is_worry(context.now(), good)
    return Status(good, tried, worry, told.reason, dict(told.values))


def listed(context: Context) -> CopiesListing:
    """All copies of this database, in the chosen place and beside the database."""
    context.require(Action.SETTINGS)
    file = taking.database_file(context)
    house = Log(file).read().house
    place = taking.chosen_place(context) or folders.default_place(file)
    found = _read(place, file)
    mine = [copy for copy in found if not house or copy.facts.house == house]
    return CopiesListing(place, tuple(mine), _same_drive(place, file))


def there(file: Path, place: Path | None = None) -> tuple[Copy, ...]:
    """The copies of a database file that cannot be opened, as far as they are remembered.

    For whoever holds the file; ``place`` is a folder to look in instead.
    """
    told = Log(file.absolute()).read()
    remembered = Path(told.folder) if told.folder else folders.default_place(file)
    found = _read(place or remembered, file.absolute())
    return tuple(copy for copy in found if not told.house or copy.facts.house == told.house)


def newest_good(copies: tuple[Copy, ...]) -> Copy | None:
    """The newest copy nothing is wrong with."""
    return next((copy for copy in copies if not copy.facts.flawed), None)


def loss(context: Context, copy: Copy) -> Loss:
    """What would be lost by putting the copy back."""
    context.require(Action.SETTINGS)
    house = Log(taking.database_file(context)).read().house
    if house and house != copy.facts.house:
        return Loss(known=False)
    try:
        with context.read() as session:
            changes, pieces, last = queries.since(session, copy.facts.changes)
            erased = queries.erased_since(session, copy.facts.changes)
    except Unavailable:
        return Loss(known=False)
    at, by = last or (None, "")
    return Loss(changes, pieces - copy.facts.pieces, at, by, erased)


def _read(place: Path, file: Path) -> list[Copy]:
    places = dict.fromkeys((place, folders.default_place(file)))
    found: list[Copy] = []
    try:
        for each in places:
            found += patiently(
                lambda sign, each=each: folders.listed(each, sign),  # type: ignore[misc]
                silence=_SILENCE_SECONDS,
            )
    except OSError as error:
        raise no_such_place(place, error) from error
    return sorted(found, key=lambda copy: copy.facts.made, reverse=True)


def _same_drive(place: Path, file: Path) -> bool:
    def ask(_sign: object) -> bool:
        return os.stat(place).st_dev == file.stat().st_dev  # noqa: PTH116 - both are asked alike

    try:
        return patiently(ask, silence=_SILENCE_SECONDS)
    except OSError:
        return place == folders.default_place(file)


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
