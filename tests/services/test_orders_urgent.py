"""Urgent orders: sooner for a fee, first in the lists of the warehouse, each trip counted right."""

import datetime as dt

import pytest

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import OrderState, Pace
from moebelcirkel.services import check, deliveries, messages, orders, parameters, runs, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.services import ordering, running
from tests.services.undoing import undo
from tests.world import World

FEE = 15_000


@pytest.fixture(autouse=True)
def offered(world: World) -> None:
    """Two working days for 150 kr., where others wait five and for their week."""
    parameters.save(world.person("admin"), {"urgent_days": 2})


def _send(world: World, count: int = 1, pace: Pace = Pace.URGENT) -> int:
    leader = world.person("leader")
    ordering.fill(leader, world, count)
    shop.set_answer(leader, world.school, Answer.YES)
    return int(orders.send(leader, world.school, pace=pace).order_id)


def test_it_is_offered_when_set_and_sooner_and_costs_its_fee(world: World, leader: Context) -> None:
    ordering.fill(leader, world, 1)
    usual, urgent = (each.way for each in shop.basket(leader, world.school).offers)
    assert (usual.pace, urgent.pace, urgent.fee_ore, urgent.days) == ("usual", "urgent", FEE, 2)
    assert urgent.promised_on < usual.promised_on
    shop.set_answer(leader, world.school, Answer.YES)
    done = orders.send(leader, world.school, pace=Pace.URGENT)
    found = orders.detail(leader, done.order_id)
    assert (found.row.urgent, found.fee_ore, found.promised_on) == (True, FEE, urgent.promised_on)
    assert found.row.total_ore == trade.PRICE + FEE
    assert messages.listed(leader)[0].body.endswith("Den haster. Heraf gebyr: 150 kr.")
    undo(leader, done)
    assert orders.listed(leader).rows == ()


def test_switched_off_meanwhile_it_is_refused(world: World, leader: Context) -> None:
    parameters.save(world.person("admin"), {"urgent_days": 0})
    ordering.fill(leader, world, 1)
    assert len(shop.basket(leader, world.school).offers) == 1
    shop.set_answer(leader, world.school, Answer.YES)
    with pytest.raises(Refused, match="no sooner"):
        orders.send(leader, world.school, pace=Pace.URGENT)
    # The usual day is at hand: nobody pays for the same day.
    parameters.save(world.person("admin"), {"urgent_days": 20})
    assert len(shop.basket(leader, world.school).offers) == 1


def test_a_fee_that_was_raised_meanwhile_is_told_before_it_is_paid(
    world: World, leader: Context
) -> None:
    ordering.fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.YES)
    shown = shop.basket(leader, world.school).offer(Pace.URGENT).way.fee_ore
    parameters.save(world.person("admin"), {"urgent_fee_ore": FEE + 5_000})
    with pytest.raises(Refused, match="Look at the basket"):
        orders.send(leader, world.school, pace=Pace.URGENT, fee_ore=shown)
    assert orders.send(leader, world.school, pace=Pace.URGENT, fee_ore=FEE + 5_000).total_ore == (
        trade.PRICE + FEE + 5_000
    )


def test_a_small_urgent_one_pays_one_fee(world: World, leader: Context) -> None:
    values = {"small_order_ore": 500_000, "small_fee_ore": 7_500}
    parameters.save(world.person("admin"), values)
    ordering.fill(leader, world, 1)
    ways = [each.way for each in shop.basket(leader, world.school).offers]
    assert [(way.pace, way.fee_ore) for way in ways] == [
        (Pace.USUAL, 0),
        (Pace.NOW, 7_500),
        (Pace.URGENT, FEE),
    ]


def test_it_stands_first_wherever_the_warehouse_looks(world: World, lager: Context) -> None:
    trade.order(world, trade.put_on_sale(world, 1), institution=world.home)
    urgent = _send(world)
    _send(world, 1, Pace.USUAL)
    trade.order(world, trade.put_on_sale(world, 1), institution=world.home)
    rows = orders.listed(lager).rows
    assert [row.urgent for row in rows] == [True, False, False, False]
    assert rows[0].id == urgent
    first = orders.listed(lager, limit=2).rows
    rest = orders.listed(lager, limit=9, before_id=first[-1].id).rows
    assert [row.id for row in (*first, *rest)] == [row.id for row in rows]
    school, home = deliveries.receivers(lager, later=True)
    assert (school.institution_id, school.urgent, home.urgent) == (world.school, 1, 0)
    picks = deliveries.pick_list(lager, later=True)
    assert [row.urgent for row in picks][:2] == [True, False]
    assert picks[0].orders == (ordering.order_of(world, urgent).number,)
    # Promised late or not, it is picked now.
    parameters.save(world.person("admin"), {"pick_days": 1})
    assert deliveries.pick_list(lager, world.school)[0].urgent
    orders.cancel(world.person("leader"), urgent)
    assert orders.detail(lager, urgent).row.state == OrderState.CANCELLED
    assert orders.listed(lager).rows[0].id != urgent


def test_it_rides_on_the_nearest_run_or_has_its_own(world: World, lager: Context) -> None:
    running.waiting(world, 1, world.home)
    urgent = _send(world)
    van = running.van(world)
    by = ordering.order_of(world, urgent).promised_on
    assert by is not None
    first = runs.planned_week(lager, lager.today()).deliveries[0]
    assert (first.institution_id, first.urgent_by, first.ride) == (world.school, by, None)
    assert lager.today() <= first.on <= by
    late = runs.create(lager, runs.RunForm(by + dt.timedelta(days=1), van)).run_id
    assert runs.planned_week(lager, lager.today()).deliveries[0].ride is None
    other = runs.create(lager, runs.RunForm(by, van)).run_id
    ride = runs.planned_week(lager, lager.today()).deliveries[0].ride
    assert ride is not None
    assert ride.id == other != late
    # An own drive saves none; one that rides along does.
    runs.add_delivery(lager, other, world.school)
    assert runs.one(lager, other).stops[0].urgent == 1
    assert deliveries.run_tally(lager, other).trips_saved == 0
    runs.add_delivery(lager, other, world.home)
    assert deliveries.run_tally(lager, other).trips_saved == 1


def test_it_is_driven_to_a_second_time_in_a_week_without_being_asked(
    world: World, lager: Context
) -> None:
    van, today = running.van(world), lager.today()
    usual = runs.create(lager, runs.RunForm(today, van)).run_id
    running.waiting(world, 1)
    runs.add_delivery(lager, usual, world.school)
    own = runs.create(lager, runs.RunForm(today, van)).run_id
    running.waiting(world, 1)
    with pytest.raises(Refused, match="is delivered to by"):
        runs.add_delivery(lager, own, world.school)
    _send(world)
    assert runs.add_delivery(lager, own, world.school).pieces == 2


def test_the_tally_names_the_urgent_ones_and_counts_no_trip_for_an_own_drive(
    world: World, lager: Context
) -> None:
    urgent = _send(world)
    _send(world, 1, Pace.USUAL)
    controller, today = world.person("controller"), lager.today()
    own = running.run(world)
    lines = [line.id for line in ordering.lines_of(world, urgent)]
    runs.add_delivery(lager, own, world.school)
    found = deliveries.tally(controller, today, today)
    assert [ref.id for ref in found.urgent] == [urgent]
    assert (found.runs, found.trips_saved) == (1, 1)
    deliveries.pick(lager, lines)
    handed = deliveries.hand_over(lager, line_ids=lines)
    assert check.run(world.person("admin")).ok
    undo(lager, handed)
    assert check.run(world.person("admin")).ok
