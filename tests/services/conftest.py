"""The small municipality of the service tests, on both engines, and the people who act in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from moebelcirkel.services.context import Context
from tests import postgres, templates
from tests.clock import Clock
from tests.services import reporting
from tests.services.working_day import Copies
from tests.world import World, build


@pytest.fixture
def world(context: Context) -> World:
    return build(context)


@templates.prepared
def year(world: World, clock: Clock) -> None:
    """The same after a year of deliveries, with hour rates that are the municipality's own."""
    reporting.a_year(world, clock)


@pytest.fixture
def days(engine_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copies]:
    """Gives the same working day again and again, each on a fresh database."""
    if engine_kind == "sqlite":
        copies = _in_files(tmp_path)
    else:
        copies = _in_cluster(request.getfixturevalue("postgres_cluster"))
    yield copies
    copies.close()


def _in_files(folder: Path) -> Copies:
    template, file = templates.in_file("day"), folder / "day.sqlite"
    return Copies(
        "sqlite", lambda: f"sqlite:///{shutil.copy(template, file)}", lambda _: file.unlink()
    )


def _in_cluster(cluster: postgres.Cluster) -> Copies:
    """On a server everything is done with the program's role, so that each right is proved."""
    template = templates.for_program(cluster, "day")

    def make() -> str:
        return cluster.url(cluster.create(template), postgres.PROGRAM)

    return Copies("postgresql", make, lambda url: cluster.drop(url.rsplit("/", 1)[1]))


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
