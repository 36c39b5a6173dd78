"""The small municipality of the service tests, on both engines, and the people who act in it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from moebelcirkel.services import tasks
from moebelcirkel.services.context import Context
from tests import postgres, templates
from tests.clock import Clock
from tests.services import reporting
from tests.services.working_day import Copies
from tests.world import World, build


@pytest.fixture
def world(context: Context) -> World:
    return build(context)


@pytest.fixture
def year(world: World, clock: Clock) -> World:
    """The same after a year of deliveries, with hour rates that are the municipality's own."""
    tasks.confirm_rates(world.context)
    reporting.fill_year(world, clock)
    return world


_COPIES: dict[str, Copies] = {}


@pytest.fixture
def days(engine_kind: str, request: pytest.FixtureRequest) -> Iterator[Copies]:
    """Gives the same working day again and again, each on a fresh database."""
    if engine_kind not in _COPIES:
        if engine_kind == "sqlite":
            _COPIES[engine_kind] = _in_files(templates.in_file("day"))
        else:
            _COPIES[engine_kind] = _in_cluster(request.getfixturevalue("postgres_cluster"))
    yield _COPIES[engine_kind]
    _COPIES[engine_kind].close()


def _in_files(template: Path) -> Copies:
    folder = Path(tempfile.mkdtemp(dir=postgres.meeting()))

    def drop(_name: str) -> None:
        for file in folder.iterdir():
            file.unlink()

    return Copies("sqlite", lambda: str(shutil.copy(template, folder / "day.sqlite")), drop)


def _in_cluster(cluster: postgres.Cluster) -> Copies:
    template = templates.in_cluster(cluster, "day")
    return Copies(
        "postgresql",
        lambda: cluster.url(cluster.create(template=template)),
        lambda url: cluster.drop(url.rsplit("/", 1)[1]),
    )


@pytest.fixture
def admin(world: World) -> Context:
    return world.person("admin")


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


@pytest.fixture
def bench(world: World) -> Context:
    return world.person("bench")


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def approver(world: World) -> Context:
    return world.person("approver")


@pytest.fixture
def employee(world: World) -> Context:
    return world.person("employee")
