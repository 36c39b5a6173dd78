"""The small municipality of the service tests, on both engines, and the people who act in it."""

import pytest

from moebelcirkel.services import tasks
from moebelcirkel.services.context import Context
from tests.clock import Clock
from tests.services import reporting
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
