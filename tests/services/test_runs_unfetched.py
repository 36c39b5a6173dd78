"""What was not fetched holds a run open, and one that nothing came of is cancelled instead."""

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.runs import Missed
from moebelcirkel.services import changes, deliveries, intake, loans, pickups, runs
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import Returned
from tests import trade
from tests.clock import Clock
from tests.services import lending, reported, running
from tests.services.test_orders_race import together
from tests.services.test_runs import sound
from tests.services.test_runs_closing import KM, driven
from tests.world import World


def brought_and_planned(world: World) -> tuple[int, int, int]:
    """A run that has brought three chairs and is still to fetch a report: run, stop, report."""
    lager = world.person("lager")
    run, _change, _units = driven(world)
    pickup = running.accepted(world)
    runs.add_pickup(lager, run, pickup)
    return run, runs.one(lager, run).stops[-1].id, pickup


def waits(lager: Context, run: int) -> list[bool]:
    return [stop.waits for stop in runs.one(lager, run).stops]


def test_a_pickup_that_nobody_fetched_holds_it_open(world: World) -> None:
    lager = world.person("lager")
    run, stop, _pickup = brought_and_planned(world)
    assert waits(lager, run) == [False, True]
    with pytest.raises(Refused, match="Not fetched on K-00001: A-000001 Søndervangskolen"):
        runs.close(lager, run, KM)
    said = running.on_van(lager, stop)
    assert waits(lager, run) == [False, False]
    with pytest.raises(Refused, match="have changed"):
        running.on_van(lager, stop)
    closed = runs.close(lager, run, KM)
    with pytest.raises(Refused, match="run K-00001 is closed. Undo its closing first"):
        changes.undo(lager, said.change_id or 0)
    changes.undo(lager, closed.change_id or 0)
    changes.undo(lager, said.change_id or 0)
    assert waits(lager, run) == [False, True]
    # It was not fetched: it waits for another run.
    runs.remove(lager, stop)
    assert [row.number for row in runs.planned_week(lager, lager.today()).pickups] == ["A-000001"]
    assert runs.close(lager, run, KM).pieces == 3
    sound(world)


def test_why_a_stop_was_not_done_stays_with_its_run_and_its_report(
    world: World, clock: Clock
) -> None:
    lager = world.person("lager")
    run, stop, pickup = brought_and_planned(world)
    with pytest.raises(Invalid) as wrong:
        runs.remove(lager, stop, why=Missed.OTHER)
    assert "said" in wrong.value.errors
    done = runs.remove(lager, stop, why=Missed.NOBODY, said=" Porten var låst ")
    [missed] = runs.one(lager, run).missed
    assert (missed.name, missed.missed_why, missed.missed_text) == (
        "A-000001 Søndervangskolen",
        Missed.NOBODY,
        "Porten var låst",
    )
    assert pickups.detail(lager, pickup).missed == (missed,)
    changes.undo(lager, done.change_id or 0)
    assert runs.one(lager, run).missed == ()
    runs.remove(lager, stop)  # planned otherwise
    assert pickups.detail(lager, pickup).missed == ()
    ahead = running.run(world, runs.one(lager, run).vehicle_id, days=1)
    runs.add_pickup(lager, ahead, pickup)
    stop = runs.one(lager, ahead).stops[-1].id
    with pytest.raises(Refused, match="has not been driven yet"):
        runs.remove(lager, stop, why=Missed.NO_TIME)
    clock.advance(days=1)
    runs.remove(lager, stop, why=Missed.NO_TIME)
    assert [each.number for each in pickups.detail(lager, pickup).missed] == ["K-00002"]
    sound(world)


def test_what_is_received_or_finished_needs_no_word_of_the_driver(world: World) -> None:
    lager = world.person("lager")
    run, _stop, pickup = brought_and_planned(world)
    line = reported.line_of(lager, pickup)
    came = intake.register(lager, reported.batch_for(world, 1, pickup, line))
    assert waits(lager, run) == [False, False]
    changes.undo(lager, came.change_id or 0)
    assert waits(lager, run) == [False, True]
    pickups.close(lager, pickup)
    assert waits(lager, run) == [False, False]
    assert runs.close(lager, run, KM).pieces == 3


def test_what_still_stands_with_its_giver_is_not_fetched(world: World) -> None:
    lager = world.person("lager")
    run, _stop, pickup = brought_and_planned(world)
    origin = intake.ReportOrigin(pickup, reported.line_of(lager, pickup))
    part = intake.Part("B", 1, "sale", None)
    intake.register(
        lager, intake.Batch(article_id=world.chair, parts=(part,), origin=origin, at_giver=True)
    )
    assert waits(lager, run) == [False, True]


def test_what_is_said_to_be_on_the_van_is_not_taken_off_behind_the_driver(world: World) -> None:
    lager = world.person("lager")
    run, stop, pickup = brought_and_planned(world)
    only = running.run(world, runs.vehicles(lager)[0].id)
    runs.add_pickup(lager, only, running.accepted(world))
    said = [running.on_van(lager, runs.one(lager, key).stops[-1].id) for key in (run, only)]
    with pytest.raises(Refused, match="already. Undo that first"):
        runs.remove(lager, stop)
    with pytest.raises(Refused, match="already. Undo that first"):
        runs.cancel(lager, only)
    changes.undo(lager, said[1].change_id or 0)
    runs.cancel(lager, only)
    pickups.close(lager, pickup)  # nothing came of it after all
    runs.remove(lager, stop)
    assert runs.close(lager, run, KM).pieces == 3
    sound(world)


def test_only_a_pickup_is_fetched_and_not_before_its_day(world: World) -> None:
    lager = world.person("lager")
    run, _stop, _pickup = brought_and_planned(world)
    with pytest.raises(Refused, match="have changed"):
        running.on_van(lager, runs.one(lager, run).stops[0].id)
    later = running.run(world, runs.vehicles(lager)[0].id, days=1)
    runs.add_pickup(lager, later, running.accepted(world))
    with pytest.raises(Refused, match="not been driven"):
        running.on_van(lager, runs.one(lager, later).stops[0].id)


def test_a_loan_is_fetched_when_its_pieces_come_back_on_the_day(world: World, clock: Clock) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    early, late = lending.lent(world, 2)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    run = running.run(world, days=1)
    runs.add_pickup(lager, run, report)
    back(world, early)
    clock.advance(days=1)
    assert waits(lager, run) == [True]  # they came with it themselves
    back(world, late)
    assert waits(lager, run) == [False]


def back(world: World, unit: int) -> None:
    lager = world.person("lager")
    number = trade.number(world.context, unit)
    deliveries.take_back(lager, [Returned(number, "B")], place_id=world.shelf)


def test_what_came_back_before_it_was_reported_bears_nothing(world: World, clock: Clock) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    first, second = lending.lent(world, 2)
    (loan,) = loans.listed(leader)
    back(world, first)
    clock.advance(minutes=1)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    run = running.run(world)
    runs.add_pickup(lager, run, report)
    assert waits(lager, run) == [True]
    back(world, second)
    pickups.close(lager, report)
    assert runs.close(lager, run, KM).pieces == 1
    sound(world)


def test_a_run_that_nothing_came_of_is_cancelled_instead(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    with pytest.raises(Refused, match="K-00001, so nothing would bear .* Press “Cancel run”"):
        runs.close(lager, run, KM)
    pickup = running.accepted(world)
    runs.add_pickup(lager, run, pickup)
    running.on_van(lager, runs.one(lager, run).stops[0].id)
    pickups.close(lager, pickup)
    with pytest.raises(Refused, match="so nothing would bear"):
        runs.close(lager, run, KM)
    runs.cancel(lager, run)
    sound(world)


def test_a_run_that_something_came_of_is_not_cancelled(world: World) -> None:
    lager = world.person("lager")
    run, stop, pickup = brought_and_planned(world)
    with pytest.raises(Refused, match="3 of the pieces on K-00001 were handed over or fetched"):
        runs.cancel(lager, run)
    intake.register(lager, reported.batch_for(world, 1, pickup, reported.line_of(lager, pickup)))
    with pytest.raises(Refused, match="4 of the pieces on K-00001"):
        runs.cancel(lager, run)
    runs.remove(lager, stop)
    # It was handed over in the hall.
    runs.remove(lager, runs.one(lager, run).stops[0].id)
    runs.cancel(lager, run)
    assert runs.planned_week(lager, lager.today()).runs == ()
    sound(world)


def test_two_at_once_say_it_once_and_no_run_closes_beside_it(world: World) -> None:
    lager = world.person("lager")
    run, stop, _pickup = brought_and_planned(world)
    answers = together(lambda: running.on_van(lager, stop), lambda: running.on_van(lager, stop))
    assert sum(isinstance(each, Refused) for each in answers) == 1
    together(lambda: runs.remove(lager, stop), lambda: runs.close(lager, run, KM))
    sound(world)
