"""The copies in a folder: what each holds, which are kept, and the names they have.

Each copy is a database without its pictures and a small file that tells what it holds; only both
together are a copy. The pictures lie beside, see ``photos``.
"""

import contextlib
import datetime as dt
import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from moebelcirkel.domain import copies as rules
from moebelcirkel.language import zone
from moebelcirkel.storage.copies.place import Step, write_whole

ENDING = ".sqlite"
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy holds. ``made`` and ``last_at`` are ISO texts in UTC.

    ``house`` tells one municipality's database from another's, also when it was moved; ``host`` and
    ``database`` where it lay. ``checked`` says that the books were checked too, ``flawed`` how much
    of them was wrong.
    """

    made: str
    why: rules.Why
    house: str
    host: str
    database: str
    schema: str
    pieces: int
    changes: int
    last_at: str
    last_by: str
    photos: int
    checked: bool = False
    flawed: int = 0
    size: int = 0
    sha256: str = ""

    @property
    def moment(self) -> dt.datetime:
        """When it was taken, aware, in UTC."""
        return dt.datetime.fromisoformat(self.made)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy and where it lies."""

    path: Path
    facts: Facts


def host() -> str:
    """This PC's name."""
    return socket.gethostname()


def default_place(database: Path) -> Path:
    """Where copies lie until somebody chooses a better place."""
    return database.absolute().parent / "kopier"


def of_house(place: Path, house: str) -> Path:
    """The folder of one database in a place that several may share."""
    return place / f"moebelcirkel-{house[:8]}"


def listed(place: Path, sign: Step = lambda: None) -> list[Copy]:
    """All copies in a place, of whatever database, the newest first."""
    found = []
    for told in (*place.glob("*.json"), *place.glob("moebelcirkel-*/*.json")):
        sign()
        path = told.with_suffix(ENDING)
        facts = _told(told)
        if facts is not None and path.exists():
            found.append(Copy(path, facts))
    return sorted(found, key=lambda copy: (copy.facts.made, copy.path.name), reverse=True)


def of_file(copy: Path) -> Facts | None:
    """What a copy says of itself; ``None`` where it is a file somebody made otherwise."""
    return _told(copy.with_suffix(".json"))


def _told(path: Path) -> Facts | None:
    try:
        values = json.loads(path.read_text("utf-8"))
        facts = Facts(**{each.name: values[each.name] for each in fields(Facts)})
        _ = facts.moment
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return facts


def tell(path: Path, facts: Facts) -> None:
    """Write beside a copy what it holds."""
    write_whole(
        path.with_suffix(".json"), json.dumps(asdict(facts), ensure_ascii=False, indent=2).encode()
    )


def free_name(folder: Path, database: Path, made: dt.datetime) -> Path:
    """The name of a new copy; never one that is there."""
    stem = f"{database.stem}-{made.astimezone(zone()):%Y%m%d-%H%M%S}"
    names = [stem, *(f"{stem}-{more}" for more in range(2, 100))]
    free = (folder / f"{name}{ENDING}" for name in names)
    return next(path for path in free if not _taken(path))


def _taken(path: Path) -> bool:
    return path.exists() or path.with_suffix(".json").exists()


def prune(folder: Path, mine: Facts, plan: rules.CopyPlan) -> list[Copy]:
    """Remove what the plan no longer keeps of this database's copies; returns what is left.

    Copies with faults push no good one out, and copies of another PC are left to it.
    """
    copies = listed(folder)
    own = [copy for copy in copies if _same_place(copy.facts, mine)]
    good = [copy for copy in own if not copy.facts.flawed]
    moments = rules.kept(map(_local, good), mine.moment.astimezone(zone()), plan)
    keep = {copy.path for copy in good if _local(copy) in moments}
    flawed = [copy.path for copy in own if copy.facts.flawed]
    keep |= set(flawed[: rules.FLAWED_KEPT])
    for copy in own:
        if copy.path not in keep:
            with contextlib.suppress(OSError):
                copy.path.unlink()
                copy.path.with_suffix(".json").unlink()
    return [copy for copy in copies if copy not in own or copy.path in keep]


def is_alone(left: list[Copy], mine: Facts) -> bool:
    """Whether all copies in the folder are of this one database."""
    return all(_same_place(copy.facts, mine) for copy in left)


def sweep(folder: Path) -> None:
    """Remove what an interrupted copy left, once it is a day old."""
    before = time.time() - _A_DAY
    for path in _left_over(folder):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


def _left_over(folder: Path) -> Iterator[Path]:
    yield from folder.glob("*.part")
    yield from folder.glob("photos/??/*.part")
    for told in folder.glob("*.json"):
        if not told.with_suffix(ENDING).exists():
            yield told


def is_of(facts: Facts, database: Path) -> bool:
    """Whether a copy is of this file on this PC."""
    here = os.path.normcase(facts.database) == os.path.normcase(str(database.absolute()))
    return here and facts.host == host()


def _same_place(one: Facts, other: Facts) -> bool:
    return (one.host, os.path.normcase(one.database)) == (
        other.host,
        os.path.normcase(other.database),
    )


def _local(copy: Copy) -> dt.datetime:
    return copy.facts.moment.astimezone(zone())
