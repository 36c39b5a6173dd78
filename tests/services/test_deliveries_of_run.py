"""Leverancens tal of one run: its own orders whole, and nobody else's."""

from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Party, Why
from moebelcirkel.domain.runs import Kept
from moebelcirkel.services import deliveries, orders, runs, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.clock import Clock
from tests.services import running, shopping
from tests.services.ordering import lines_of
from tests.world import World


def ordered(who: Context, world: World, institution: int, *prices: int) -> int:
    """An order of one chair at each of these prices in kr."""
    for price in prices:
        trade.put_on_sale(world, 1, price_ore=price * 100)
        shop.hold(who, institution, shopping.key(world, price_ore=price * 100), 1)
    return int(shopping.send(who, institution).order_id)


def brought(world: World, order: int, *at: int) -> None:
    """Some lines of an order are picked and handed over."""
    lager = world.person("lager")
    lines = [lines_of(world, order)[each].id for each in at]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)


def ids(refs: tuple[deliveries.OrderRef, ...]) -> list[int]:
    return [ref.id for ref in refs]


def test_a_run_tells_the_figures_of_its_own_orders(
    world: World, leader: Context, clock: Clock
) -> None:
    lager, other = world.person("lager"), shopping.neighbour(world)
    whole = ordered(leader, world, world.school, 200, 700, 500)
    half = ordered(leader, world, world.school, 300, 501)
    dropped = ordered(leader, world, world.school, 340)
    late = ordered(other, world, world.home, 450, 49)
    run = running.run(world)
    for institution in (world.school, world.home):
        runs.add_delivery(lager, run, institution)
    runs.add_pickup(lager, run, running.accepted(world))
    elsewhere = ordered(leader, world, world.school, 100)
    found = deliveries.run_tally(lager, run)
    # Four orders and a pickup on one run: five trips, four saved.
    assert (found.runs, found.trips_saved) == (1, 4)
    assert ids(found.by_week[Kept.WAITING]) == [whole, half, dropped, late]
    assert (found.ordered, found.delivered) == (0, 0)

    brought(world, whole, 0, 1, 2)
    orders.cancel(leader, half, [lines_of(world, half)[1].id], why=Why.NOT_NEEDED)
    brought(world, half, 0)
    orders.call_off(lager, dropped, Why.BROKEN)
    clock.advance(days=60)
    found = deliveries.run_tally(lager, run)
    assert ids(found.by_week[Kept.KEPT]) == [whole, half]
    assert ids(found.by_week[Kept.LATE]) == [late]
    assert ids(found.by_week[Kept.GIVEN_UP]) == [dropped]
    assert found.by_week[Kept.WAITING] == ()
    assert found.promised == 3
    # Asked 3 + 2 + 1 + 2, brought 3 + 1.
    assert (found.ordered, found.delivered) == (8, 4)
    assert [(each.party, each.why, each.pieces, ids(each.orders)) for each in found.given_up] == [
        (Party.INSTITUTION, Why.NOT_NEEDED, 1, [half]),
        (Party.EXCHANGE, Why.BROKEN, 1, [dropped]),
    ]
    # 1,400 kr., and what is left of others: 300 and 499 kr.; of one that is given up nothing.
    assert ids(found.small) == [half, late]
    # 200 and 500; 300; 450 and 49: what was given up is no line any more.
    assert [(ref.id, ref.pieces) for ref in found.cheap] == [(whole, 2), (half, 1), (late, 2)]
    # Three orders and the pickup are left.
    assert found.trips_saved == 3
    assert [(ref.id, ref.pieces) for ref in found.gathered] == [(whole, 3), (half, 1), (late, 2)]
    assert [stop.pickup for stop in found.fetched] == ["A-000001"]
    assert elsewhere not in {ref.id for refs in found.by_week.values() for ref in refs}
    with pytest.raises(Refused):
        deliveries.run_tally(leader, run)


def test_what_is_taken_off_is_of_the_run_no_more(world: World, leader: Context) -> None:
    lager = world.person("lager")
    ordered(leader, world, world.school, 200)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    [stop] = runs.one(lager, run).stops
    runs.remove(lager, stop.id)
    found = deliveries.run_tally(lager, run)
    assert (found.runs, found.small, found.gathered) == (0, (), ())


def test_packaging_leads_to_the_orders_of_its_stop(world: World, leader: Context) -> None:
    lager, controller = world.person("lager"), world.person("controller")
    order = ordered(leader, world, world.school, 200)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    brought(world, order, 0)
    [stop] = runs.one(lager, run).stops
    runs.close(lager, run, Decimal(12), packaging=[stop.id])
    today = lager.today()
    for found in (
        deliveries.tally(controller, today, today),
        deliveries.tally(leader, today, today),
        deliveries.run_tally(lager, run),
    ):
        [there] = found.packaging
        assert (there.id, there.orders, there.pickup) == (stop.id, (order,), "")
    neighbour = shopping.neighbour(world)
    assert deliveries.tally(neighbour, today, today).packaging == ()
