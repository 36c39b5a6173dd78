"""What tests of runs do: a van, a run on a day, and pieces that wait for it."""

import datetime as dt
from decimal import Decimal

from moebelcirkel.services import complaints, deliveries, runs
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import reported
from tests.world import World

VAN = runs.VehicleForm("Kassevogn", 12_000, 1_000, Decimal("0.31689"), 379)


def van(world: World, form: runs.VehicleForm = VAN) -> int:
    """The vehicle's id."""
    return runs.save_vehicle(world.person("admin"), form).id


def run(world: World, vehicle: int | None = None, days: int = 0) -> int:
    """A run of the next days."""
    lager = world.person("lager")
    day = lager.today() + dt.timedelta(days=days)
    return runs.create(lager, runs.RunForm(day, vehicle or van(world), "Chauffør")).run_id


def waiting(world: World, count: int = 2, institution: int | None = None) -> list[int]:
    """Lines of an approved order that is on no run."""
    return trade.order(world, trade.put_on_sale(world, count), institution=institution)


def accepted(world: World) -> int:
    """A pickup that can be fetched."""
    return reported.accepted(world)


def errand(world: World, vehicle: int) -> tuple[int, int]:
    """A stop where a piece is to be fetched for a complaint, and the errand; another one waits."""
    lager = world.person("lager")
    for institution in (world.school, world.home):
        lines = trade.order(world, trade.put_on_sale(world, 1), institution=institution)
        deliveries.pick(lager, lines)
        deliveries.hand_over(lager, line_ids=lines)
        delivery = trade.row(world.context, OrderLine, lines[0]).delivery_id
        said = complaints.report(lager, delivery, lines, "Vakler").ids[0]
        complaints.agree_return(lager, said, fetch=True)
    key = run(world, vehicle)
    runs.add_errands(lager, key, world.school)
    [stop] = runs.one(lager, key).stops
    return stop.id, stop.errands[0].id


def on_van(context: Context, stop: int) -> runs.RunChanged:
    """A pickup is said to be fetched at the door."""
    return runs.see_to(context, stop, [], [stop])


def planned(context: Context) -> runs.Planned:
    """The week's first run."""
    return runs.planned_week(context, context.today()).runs[0]
