"""Runs: planned with a vehicle, stops that wait are put on one run only, in the order driven."""

import datetime as dt
import functools
from dataclasses import replace
from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, check, deliveries, institutions, orders, pickups, runs
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from tests import trade
from tests.services import lending, running
from tests.services.test_orders_race import together
from tests.world import World


def sound(world: World) -> None:
    found = check.run(world.context)
    assert found.ok, [check.text(each) for each in found.findings]


def test_a_week_has_its_runs_with_what_goes_out_and_comes_in(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 2)
    running.waiting(world, 3)
    pickup = running.accepted(world)
    before = runs.planned_week(lager, lager.today())
    assert [(row.orders, row.pieces) for row in before.deliveries] == [(2, 5)]
    assert [row.id for row in before.pickups] == [pickup]
    assert runs.add_delivery(lager, run, world.school).pieces == 5
    runs.add_pickup(lager, run, pickup)
    week = runs.planned_week(lager, lager.today())
    assert (week.deliveries, week.pickups) == ((), ())
    (found,) = week.runs
    assert (found.number, found.vehicle, found.driver) == ("K-00001", "Kassevogn", "Chauffør")
    assert [(stop.delivers, stop.orders) for stop in found.stops] == [(True, 2), (False, 0)]
    assert found.stops[0].load.pieces == 5
    assert deliveries.run_tally(lager, found.id).trips_saved == 2
    assert trade.row(world.context, Pickup, pickup).planned_on == lager.today()
    sound(world)


def test_what_is_ordered_since_joins_the_same_stop(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    (stop,) = running.planned(lager).stops
    assert (stop.orders, stop.load.pieces) == (2, 3)


def test_what_is_cancelled_is_on_no_van_any_more(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    lines = running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    orders.cancel(world.person("leader"), trade.row(world.context, OrderLine, lines[0]).order_id)
    (stop,) = running.planned(lager).stops
    assert (stop.orders, stop.load.pieces) == (0, 0)
    sound(world)


def test_two_who_put_the_same_delivery_on_two_runs_are_told(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    first, second = running.run(world, vehicle), running.run(world, vehicle)
    running.waiting(world, 2)
    answers = together(
        functools.partial(runs.add_delivery, lager, first, world.school),
        functools.partial(runs.add_delivery, lager, second, world.school),
    )
    refused = [each for each in answers if isinstance(each, Refused)]
    assert len(refused) == 1
    assert "Nothing waits for" in str(refused[0])
    week = runs.planned_week(lager, lager.today())
    assert sum(len(run.stops) for run in week.runs) == 1
    sound(world)


def test_a_piece_scanned_for_two_runs_at_once_is_on_one_of_them(world: World) -> None:
    """One chair on the shelf for two receivers on two vans: the second scan is told plainly."""
    lager, vehicle = world.person("lager"), running.van(world)
    scanned = trade.number(world.context, trade.put_on_sale(world, 1)[0])
    lines = {}
    for institution in (world.school, world.home):
        (lines[institution],) = running.waiting(world, 1, institution)
        runs.add_delivery(lager, running.run(world, vehicle), institution)
    answers = together(
        functools.partial(deliveries.pick_by_scan, lager, scanned, None, world.school),
        functools.partial(deliveries.pick_by_scan, lager, scanned, None, world.home),
    )
    (refused,) = [each for each in answers if isinstance(each, Refused)]
    assert refusal(refused).startswith(scanned)
    states = [trade.row(world.context, OrderLine, line).state for line in lines.values()]
    assert sorted(states) == ["open", "picked"]
    picked = [
        sum(stop.picked for stop in run.stops)
        for run in runs.planned_week(lager, lager.today()).runs
    ]
    assert sorted(picked) == [0, 1]
    sound(world)


def test_a_pickup_is_on_one_run(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    pickup = running.accepted(world)
    runs.add_pickup(lager, running.run(world, vehicle), pickup)
    with pytest.raises(Refused, match="is on a run already"):
        runs.add_pickup(lager, running.run(world, vehicle), pickup)
    pickups.close(lager, pickup)


def test_stops_are_driven_in_the_order_they_are_put_in(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 1)
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.school)
    runs.add_delivery(lager, run, world.home)
    keys = [stop.id for stop in running.planned(lager).stops]
    runs.reorder(lager, run, keys[::-1])
    assert [stop.id for stop in running.planned(lager).stops] == keys[::-1]
    with pytest.raises(Refused, match="have changed"):
        runs.reorder(lager, run, keys[:1])
    with pytest.raises(Refused):
        runs.reorder(lager, run, keys[::-1])
    runs.remove(lager, keys[0])
    (left,) = running.planned(lager).stops
    assert left.id == keys[1]


def test_a_cancelled_run_lets_go_of_what_was_on_it_and_undoing_brings_it_back(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    done = runs.cancel(lager, run)
    week = runs.planned_week(lager, lager.today())
    assert week.runs == ()
    assert [row.pieces for row in week.deliveries] == [2]
    changes.undo(lager, done.change_id or 0)
    (stop,) = running.planned(lager).stops
    assert stop.load.pieces == 2
    sound(world)


def test_a_run_is_not_undone_while_something_is_on_it(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    made = runs.create(lager, runs.RunForm(lager.today(), vehicle))
    running.waiting(world, 1)
    added = runs.add_delivery(lager, made.run_id, world.school)
    with pytest.raises(Refused, match="something is on run K-00001"):
        changes.undo(lager, made.change_id or 0)
    changes.undo(lager, added.change_id or 0)
    changes.undo(lager, made.change_id or 0)
    assert runs.planned_week(lager, lager.today()).runs == ()
    sound(world)


def test_days_and_vehicles_are_checked(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    today = lager.today()
    for day in (today - dt.timedelta(days=1), today + dt.timedelta(days=400)):
        with pytest.raises(Invalid):
            runs.create(lager, runs.RunForm(day, vehicle))
    run = runs.create(lager, runs.RunForm(today, vehicle)).run_id
    tomorrow = runs.RunForm(today + dt.timedelta(days=1), vehicle, "Vikar")
    pickup = running.accepted(world)
    runs.add_pickup(lager, run, pickup)
    runs.change(lager, run, tomorrow, 1)
    assert trade.row(world.context, Pickup, pickup).planned_on == tomorrow.driven_on
    with pytest.raises(Stale):
        runs.change(lager, run, replace(tomorrow, driver="En anden"), 1)


def test_a_vehicle_is_checked_and_stays_while_it_has_driven(world: World, admin: Context) -> None:
    for wrong in (
        {"name": " "},
        {"volume_l": 0},
        {"payload_kg": -1},
        {"ore_per_km": -1},
        {"co2e_kg_per_km": Decimal("0.1234567")},
    ):
        with pytest.raises(Invalid):
            runs.save_vehicle(admin, replace(running.VAN, **wrong))
    vehicle = running.van(world)
    with pytest.raises(Invalid):
        running.van(world, replace(running.VAN, name="KASSEVOGN"))
    running.run(world, vehicle)
    with pytest.raises(Refused, match="in use"):
        runs.delete_vehicle(admin, vehicle, 1)
    runs.save_vehicle(admin, replace(running.VAN, active=False), vehicle, 1)
    with pytest.raises(Refused):
        running.run(world, vehicle)
    assert runs.vehicles(admin) == []


# --- gathered ---------------------------------------------------------------------------------


def test_an_institution_is_gone_to_once_a_week_unless_somebody_says_so(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    first, second = running.run(world, vehicle), running.run(world, vehicle)
    running.waiting(world, 2)
    runs.add_delivery(lager, first, world.school)
    running.waiting(world, 1)
    with pytest.raises(Refused, match="is delivered to by K-00001"):
        runs.add_delivery(lager, second, world.school)
    # In another week it may be.
    later = running.run(world, vehicle, days=7)
    done = runs.add_delivery(lager, later, world.school)
    changes.undo(lager, done.change_id or 0)
    assert runs.add_delivery(lager, second, world.school, again=True).pieces == 1
    sound(world)


def test_it_waits_for_its_own_day_and_closed_weeks_unless_somebody_says_so(
    world: World, admin: Context
) -> None:
    lager = world.person("lager")
    vehicle = running.van(world)
    running.waiting(world, 1)
    found = institutions.get(admin, world.school)
    assert found is not None
    today = lager.today()  # a Friday of week 47
    form = replace(found.form, weekday=2, closed_weeks="48")
    institutions.save(admin, form, found.id, found.version)
    (row,) = runs.planned_week(lager, today).deliveries
    tuesday = dt.date(2026, 12, 1)
    for days, fits in ((0, False), (4, False), (10, False), (11, True)):
        run = running.run(world, vehicle, days=days)
        day = today + dt.timedelta(days=days)
        assert row.other_day(day) == (None if fits else tuesday)
        if not fits:
            with pytest.raises(Refused, match="takes its next delivery on 2026-12-01"):
                runs.add_delivery(lager, run, world.school)
            assert runs.add_delivery(lager, run, world.school, again=True).pieces == 1
            lending.undo_last(lager, "run.add")
        else:
            assert runs.add_delivery(lager, run, world.school).pieces == 1
    sound(world)


def test_what_waits_says_when_it_can_come_by_weekday_and_closed_weeks(
    world: World, admin: Context
) -> None:
    lager = world.person("lager")
    running.waiting(world, 1)
    found = institutions.get(admin, world.school)
    assert found is not None
    next_week = runs.planned_week(lager, lager.today() + dt.timedelta(days=7)).monday
    closed = str(next_week.isocalendar().week)
    form = replace(found.form, weekday=2, closed_weeks=closed)
    institutions.save(admin, form, found.id, found.version)
    (row,) = runs.planned_week(lager, lager.today()).deliveries
    assert row.on.isoweekday() == 2
    assert row.on.isocalendar().week != next_week.isocalendar().week
    assert row.on > lager.today()
    again = institutions.get(admin, world.school)
    assert again is not None
    assert again.form.closed_weeks == closed
    with pytest.raises(Invalid):
        institutions.save(admin, replace(form, closed_weeks="uge 7"), again.id, again.version)
