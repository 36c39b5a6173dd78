"""Putting a copy back, for whoever holds the file: nobody can log in to a damaged database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.services.copies.proving import Prover
from moebelcirkel.services.start import opening
from moebelcirkel.storage.copies import erased, photos, restoring
from moebelcirkel.storage.copies import folder as folders
from moebelcirkel.storage.copies.log import Log, Said
from moebelcirkel.storage.copies.restoring import Restored
from moebelcirkel.storage.location import refuse_unsafe

__all__ = ["Restored", "moved_in", "restore"]

IN_THE_WAY = N_(
    "There is already a database at {path}. Open that one, and restore the copy under Settings."
)


def restore(
    database: Path,
    copy: Path,
    step: Callable[[], object] = lambda: None,
    now: dt.datetime | None = None,
) -> Restored:
    """Put a copy in the place of a database that nobody has open; the file is kept beside.

    A restored database goes on being copied to where its copies went before, and who and what was
    erased since the copy is erased again.
    """
    database, moment = database.absolute(), now or dt.datetime.now(dt.UTC)
    refuse_unsafe(database)
    log = Log(database)
    with log.claim() as claim:
        told = log.read()
        restored = restoring.restore(
            copy.absolute(), database, moment, _prover(copy, moment, step), step
        )
        facts = folders.of_file(copy)
        claim.remember(house=facts.house if facts else told.house, reason="", values={})
    return replace(restored, erased=_go_on(database, copy.absolute(), told))


def moved_in(path: Path) -> Path:
    """A database to work in: the file itself, or what a copy from elsewhere is made into.

    That lies where a database of one's own does, and never over one that is there.
    """
    if not photos.refers(path):
        return path
    own = opening.own_file(shared=False)
    if own.exists():
        raise Unavailable(IN_THE_WAY, path=str(own))
    own.parent.mkdir(parents=True, exist_ok=True)
    restore(own, path)
    return own


def _prover(
    copy: Path, now: dt.datetime, step: Callable[[], object]
) -> Callable[[Path], int | None]:
    """The books of a copy that was checked when it was taken need not be checked again."""
    facts = folders.of_file(copy)
    if facts is None or not facts.checked:
        return Prover(lambda: now, step)
    return lambda _path: facts.flawed


def _go_on(database: Path, copy: Path, told: Said) -> int:
    beside = erased.beside(database)
    erased.write([beside], erased.read([beside, erased.inside(copy.parent)]))
    context = opening.open_existing(database)
    try:
        if told.tried_at and str(context.parameter("copies_folder")) != told.folder:
            services.parameters.save(context, {"copies_folder": told.folder})
        return services.persons.erase_again(context)
    finally:
        opening.close(context)
