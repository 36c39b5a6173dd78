"""Leverancens tal: every figure is its orders, and within one's reach."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Party, Why
from moebelcirkel.domain.runs import Kept, kept
from moebelcirkel.services import complaints, deliveries, orders, runs
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.deliveries import Tally, tally
from moebelcirkel.storage.tables.orders import OrderLine
from tests.clock import Clock
from tests.services import running, shopping
from tests.services.complaining import complained
from tests.services.ordering import lines_of, send
from tests.world import World


def of_year(context: Context) -> Tally:
    today = context.today()
    return tally(context, today - dt.timedelta(days=60), today + dt.timedelta(days=200))


def test_a_week_is_kept_when_the_last_piece_came_in_it_or_before() -> None:
    thursday, friday = dt.date(2026, 11, 26), dt.date(2026, 11, 27)
    monday = dt.date(2026, 11, 30)
    assert kept(thursday, friday, 0, monday) is Kept.KEPT
    assert kept(thursday, monday, 0, monday) is Kept.LATE
    assert kept(thursday, None, 0, monday) is Kept.GIVEN_UP
    assert kept(thursday, friday, 1, friday) is Kept.WAITING
    assert kept(thursday, friday, 1, monday) is Kept.LATE


def test_every_figure_has_its_orders(world: World, leader: Context, clock: Clock) -> None:
    lager, controller = world.person("lager"), world.person("controller")
    first, second, third = (send(leader, world) for _each in range(3))
    for order in (first, second):
        lines = [line.id for line in lines_of(world, order)]
        deliveries.pick(lager, lines)
        deliveries.hand_over(lager, line_ids=lines)
    orders.cancel(leader, third, why=Why.MISTAKE)
    found = of_year(controller)
    assert [ref.id for ref in found.by_week[Kept.KEPT]] == [first, second]
    assert [ref.id for ref in found.by_week[Kept.GIVEN_UP]] == [third]
    assert found.promised == 2
    (ended,) = found.given_up
    assert (ended.party, ended.why) == (Party.INSTITUTION, Why.MISTAKE)
    assert [ref.id for ref in ended.orders] == [third]
    waits = send(leader, world)
    assert [ref.id for ref in of_year(controller).by_week[Kept.WAITING]] == [waits]
    clock.advance(days=60)
    assert [ref.id for ref in of_year(controller).by_week[Kept.LATE]] == [waits]


def test_trips_saved_are_those_of_the_runs(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 1)
    running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    found = of_year(world.person("controller"))
    assert (found.runs, found.trips_saved) == (1, 2)
    assert [ref.pieces for ref in found.gathered] == [1, 1]


def test_cheap_lines_are_counted_and_lead_to_their_orders(world: World, leader: Context) -> None:
    order = send(leader, world, 3)

    def priced(work: Work) -> None:
        lines = work.rows(OrderLine, [line.id for line in lines_of(world, order)])
        for line, ore in zip(lines, (0, 500_00, 500_01), strict=True):
            line.price_ore = ore

    world.context.write("order.adjust", None, priced)
    (ref,) = of_year(leader).cheap
    assert (ref.id, ref.pieces) == (order, 2)
    orders.cancel(leader, order)
    assert of_year(leader).cheap == ()


def test_what_is_fetched_from_a_house_saves_trips_of_that_house(
    world: World, leader: Context
) -> None:
    lager, run = world.person("lager"), running.run(world)
    said, _lines, _units = complained(world, 2)
    complaints.agree_return(lager, said.ids[0], alike=True, fetch=True)
    runs.add_errands(lager, run, world.school)
    assert of_year(leader).trips_saved == 0
    runs.add_pickup(lager, run, running.accepted(world))
    assert deliveries.run_tally(lager, run).trips_saved == 1
    assert of_year(leader).trips_saved == of_year(world.person("controller")).trips_saved == 1
    neighbour = shopping.neighbour(world)
    assert (of_year(neighbour).runs, of_year(neighbour).trips_saved) == (0, 0)


def test_a_leader_sees_those_of_the_own_institution(world: World, leader: Context) -> None:
    send(leader, world)
    assert sum(map(len, of_year(leader).by_week.values())) == 1
    neighbour = shopping.neighbour(world)
    assert sum(map(len, of_year(neighbour).by_week.values())) == 0
    with pytest.raises(Refused):
        of_year(world.person("lager"))
