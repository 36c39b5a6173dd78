"""Databases made once for all workers of a run, to be copied: that is quicker than filling them."""

import datetime as dt
import functools
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from moebelcirkel.demo import making as demo
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
        if base := _base(name):
            shutil.copy(in_file(base), part)
        _PREPARE[name](f"sqlite:///{part}")
    part.rename(made)


#: Example municipalities as of the morning the tests' clock begins, by the number of pieces.
_EXAMPLES = {"example-60": 60, "example-120": 120, "example-400": 400, "example-usual": demo.UNITS}


def in_cluster(cluster: postgres.Cluster, name: str) -> str:
    """The name of a template in the cluster."""
    return cluster.template(name, _PREPARE[name], _base_in(cluster, name))


def for_program(cluster: postgres.Cluster, name: str) -> str:
    """The same with the rights of the program's role; its copies have them too."""

    def fill(url: str) -> None:
        _PREPARE[name](url)
        cluster.give_rights(url.rsplit("/", 1)[1])

    return cluster.template(f"{name}-program", fill, _base_in(cluster, name))


def _base(name: str) -> str | None:
    """The template that a template begins as a copy of."""
    return None if name in _EMPTY else _BASES.get(name, "world")


def _base_in(cluster: postgres.Cluster, name: str) -> str:
    base = _base(name)
    return in_cluster(cluster, base) if base else "template0"


def _migrated(url: str) -> None:
    with closing(Database(url)) as database:
        migrate(database)


def _world(url: str) -> None:
    with closing(Database(url)) as database:
        world.build(Context(database, SYSTEM, clock=Clock()))


def _day(url: str) -> None:
    from tests.services import working_day

    working_day.prepare(url)


def _house(url: str) -> None:
    from tests.ui import program_hands

    program_hands.begin(url)


_PREPARE: dict[str, Callable[[str], None]] = {
    "migrated": _migrated,
    "world": _world,
    "day": _day,
    "house": _house,
}
#: What does not begin as the small municipality.
_BASES = {"migrated": None, "world": "migrated", "house": "migrated"}
#: Those besides the migrated one that begin with nothing at all.
_EMPTY: set[str] = set()


def from_nothing(name: str, fill: Callable[[str], None]) -> str:
    """The name of a template that `fill` makes at the address of an empty database."""
    _PREPARE[name] = fill
    _EMPTY.add(name)
    return name


# --- worlds of the tests' own ------------------------------------------------------------------

Fill = Callable[[world.World, Clock], None]
#: Fills likewise, and answers what JSON can keep: ids.
Begin = Callable[[world.World, Clock], Any]
#: By module and fixture the template it is copied from.
_PREPARED: dict[tuple[str, str], str] = {}


def prepared(fill: Fill) -> Any:
    """A fixture: the small municipality after `fill`, which acts once in a run.

    Each test has a copy, and its clock goes on from where `fill` left it.
    """
    template = _noted(fill)

    def ready(context: Context, clock: Clock) -> world.World:
        clock.moment = dt.datetime.fromisoformat(_moment(template).read_text())
        return world.build(context)

    ready.__doc__ = fill.__doc__
    return pytest.fixture(name=fill.__name__)(ready)


def begun(fill: Begin) -> Any:
    """A fixture: the `town` of the test after `fill`, which acts once in a run, or what it answers.

    Where the test's town is no copy of it, as with two such fixtures, `fill` acts there and then.
    """
    template = _noted(fill)

    def ready(request: pytest.FixtureRequest, town: world.World, clock: Clock) -> Any:
        copied = {"sqlite_file", "engine_url"} & set(request.fixturenames)
        if copied and wanted(request.module.__name__, request.fixturenames) == template:
            clock.moment = dt.datetime.fromisoformat(_moment(template).read_text())
            answer = json.loads(_answer(template).read_text())
        else:
            answer = fill(town, clock)
        return town if answer is None else answer

    ready.__doc__ = fill.__doc__
    return pytest.fixture(name=fill.__name__)(ready)


def _noted(fill: Begin) -> str:
    module, fixture = fill.__module__, fill.__name__
    template = f"{module.rsplit('.', 1)[-1]}-{fixture}"
    _PREPARED[module, fixture] = template
    _PREPARE[template] = functools.partial(_filled, fill, template)
    return template


def _filled(fill: Begin, template: str, url: str) -> None:
    clock = Clock()
    with closing(Database(url)) as database:
        answer = fill(world.build(Context(database, SYSTEM, clock=clock)), clock)
    _moment(template).write_text(clock.moment.isoformat())
    _answer(template).write_text(json.dumps(answer))


def _moment(template: str) -> Path:
    return postgres.meeting() / f"{template}.moment"


def _answer(template: str) -> Path:
    return postgres.meeting() / f"{template}.answer"


def wanted(module: str, fixtures: Sequence[str]) -> str:
    """The template that holds most of what a test of the module asks for."""
    package = module.rsplit(".", 1)[0]
    for fixture in fixtures:
        for place in (module, f"{package}.conftest"):
            if template := _PREPARED.get((place, fixture)):
                return template
    return "world" if {"world", "town"} & set(fixtures) else "migrated"
