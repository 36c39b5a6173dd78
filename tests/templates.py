"""Databases made once for all workers of a run, to be copied: that is quicker than filling them."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from moebelcirkel.services import demo
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from tests import postgres, world
from tests.clock import START, Clock


def in_file(name: str) -> Path:
    """The file of a template; it is copied, never opened."""
    made = postgres.meeting() / f"{name}.sqlite"
    if not made.exists():
        with postgres.lock(postgres.meeting() / f"{name}.lock"):
            if not made.exists():
                _fill_file(name, made)
    return made


def _fill_file(name: str, made: Path) -> None:
    part = Path(f"{made}.part")
    if units := _EXAMPLES.get(name):
        demo.create(part, units=units, today=START.date())
    else:
        if name != "migrated":
            shutil.copy(in_file("migrated"), part)
        _PREPARE[name](f"sqlite:///{part}")
    part.rename(made)


#: Example municipalities as of the morning the tests' clock begins, by the number of pieces.
_EXAMPLES = {"example-120": 120, "example-400": 400}


def in_cluster(cluster: postgres.Cluster, name: str) -> str:
    """The name of a template in the cluster."""
    return cluster.template(name, _PREPARE[name])


def _migrated(url: str) -> None:
    with closing(Database(url)) as database:
        migrate(database)


def _world(url: str) -> None:
    _migrated(url)
    with closing(Database(url)) as database:
        world.build(Context(database, SYSTEM, clock=Clock()))


def _day(url: str) -> None:
    from tests.services import working_day

    _migrated(url)
    working_day.prepare(url)


_PREPARE: dict[str, Callable[[str], None]] = {"migrated": _migrated, "world": _world, "day": _day}
