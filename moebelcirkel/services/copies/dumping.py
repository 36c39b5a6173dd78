"""Dumps of a server that are taken by themselves: their names, and how many are kept."""

import datetime as dt
from pathlib import Path

from moebelcirkel.domain import copies as rules
from moebelcirkel.language import zone
from moebelcirkel.services.context import Context
from moebelcirkel.services.copies import taking
from moebelcirkel.services.copies.taking import Step
from moebelcirkel.storage.copies.place import no_such_place

#: In UTC, so that no hour of the year comes twice.
_BEGINS, _ENDS, _FORM = "moebelcirkel-", ".dump", "%Y-%m-%dT%H%M%SZ"


def dump_into(context: Context, folder: Path, step: Step = lambda: None) -> tuple[str, int]:
    """One more proved dump in a folder; tells its name, and how much of its books is wrong.

    Afterwards those that are too old go, as with copies; without faults only, so that one with
    faults takes no good one's place.
    """
    now = context.now()
    target = folder / f"{_BEGINS}{now.strftime(_FORM)}{_ENDS}"
    flawed = taking.take_file(context, target, step) or 0
    if not flawed:
        _drop_old(context, folder, now.astimezone(zone()))
    return target.name, flawed


def _drop_old(context: Context, folder: Path, now: dt.datetime) -> None:
    try:
        dumps = {_moment(path): path for path in folder.glob(f"{_BEGINS}*{_ENDS}")}
        mine = {moment: path for moment, path in dumps.items() if moment is not None}
        kept = rules.kept(mine, now, taking.plan(context))
        for moment in set(mine) - kept:
            mine[moment].unlink()
    except OSError as error:
        raise no_such_place(folder, error) from error


def _moment(path: Path) -> dt.datetime | None:
    """When a file says it was taken; one of another name is somebody else's."""
    try:
        told = dt.datetime.strptime(f"{path.name} +0000", f"{_BEGINS}{_FORM}{_ENDS} %z")
    except ValueError:
        return None
    return told.astimezone(zone())
