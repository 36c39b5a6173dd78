"""A loan that is to be fetched rides on a run, and its pieces come back by their labels."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, deliveries, loans, pickups, runs
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.services.loans import LoanEnded
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.pickups import Pickup
from tests import trade
from tests.services import lending, running, shopping
from tests.services.test_orders_race import together
from tests.services.test_runs import sound
from tests.world import World


def test_it_is_fetched_on_a_run_that_its_pieces_bear(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    units = lending.lent(world, 2)
    (loan,) = loans.listed(leader)
    assert loans.detail(leader, loan.id).may_fetch
    done = loans.fetch(leader, loan.id)
    assert done.pieces == 2
    assert not loans.detail(leader, loan.id).may_fetch
    with pytest.raises(Refused, match="reported to be fetched already"):
        loans.fetch(lager, loan.id)
    pickups.accept(lager, done.pickup_id)
    run = running.run(world)
    runs.add_pickup(lager, run, done.pickup_id)
    (stop,) = running.planned(lager).stops
    assert (stop.name, stop.delivers, stop.load.pieces) == ("Søndervangskolen", False, 2)
    back = [Returned(trade.number(world.context, unit), "B") for unit in units]
    deliveries.take_back(lager, back, place_id=world.shelf)
    pickups.close(lager, done.pickup_id)
    closed = runs.close(lager, run, Decimal(10))
    assert (closed.pieces, closed.cost_ore) == (2, 3_790)
    query = select(FigureLine.unit_id).where(FigureLine.kind == "transport")
    assert trade.rows(world.context, query.order_by(FigureLine.unit_id)) == units
    sound(world)


def test_what_is_back_or_no_loan_is_not_fetched(world: World) -> None:
    lager = world.person("lager")
    line = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(lager, line)
    deliveries.hand_over(lager, line_ids=line)
    with pytest.raises(Refused, match="Nothing of B-00001 is out on loan"):
        loans.fetch(lager, 1)
    with pytest.raises(Refused):
        loans.fetch(shopping.neighbour(world), 1)


def test_two_at_once_report_it_once(world: World) -> None:
    lending.lent(world, 1)
    (loan,) = loans.listed(world.person("lager"))
    answers = together(
        *(
            lambda name=name: loans.fetch(world.person(name), loan.id)
            for name in ("lager", "leader")
        )
    )
    assert sum(isinstance(each, Refused) for each in answers) == 1
    sound(world)


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("end", [loans.lose, loans.keep])
def test_what_never_comes_back_is_not_fetched(
    world: World, end: Callable[..., LoanEnded], accepted: bool
) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    first, second = lending.lent(world, 2)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    if accepted:
        pickups.accept(lager, report)
        runs.add_pickup(lager, running.run(world), report)
    before = trade.row(lager, Pickup, report).state
    end(lager, loan.id, [first])
    assert trade.row(lager, Pickup, report).state == before  # one is still out
    done = end(lager, loan.id, [second])
    over = "closed" if accepted else "withdrawn"
    assert trade.row(lager, Pickup, report).state == over
    sound(world)
    changes.undo(lager, done.change_id or 0)
    assert trade.row(lager, Pickup, report).state == before
    assert not loans.detail(leader, loan.id).may_fetch
    sound(world)


def test_what_is_kept_or_lost_rode_on_no_run(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    back, kept, lost = lending.lent(world, 3)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    run = running.run(world)
    runs.add_pickup(lager, run, report)
    returned = [Returned(trade.number(world.context, back), "B")]
    deliveries.take_back(lager, returned, place_id=world.shelf)
    loans.keep(lager, loan.id, [kept])
    loans.lose(lager, loan.id, [lost])
    assert [stop.pickup_id for stop in runs.one(lager, run).stops] == [report]
    assert runs.close(lager, run, Decimal(10)).pieces == 1
    query = select(FigureLine.unit_id).where(FigureLine.kind == "transport")
    assert trade.rows(world.context, query) == [back]
    sound(world)


@pytest.mark.parametrize("end", [loans.lose, loans.keep])
def test_nobody_drives_for_what_never_comes_back(
    world: World, end: Callable[..., LoanEnded]
) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    lending.lent(world, 2)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    run = running.run(world)
    runs.add_pickup(lager, run, report)
    lines = running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    assert deliveries.run_tally(lager, run).trips_saved == 1
    done = end(lager, loan.id)
    planned = runs.one(lager, run)
    assert [stop.delivers for stop in planned.stops] == [True]
    assert deliveries.run_tally(lager, run).trips_saved == 0
    changes.undo(lager, done.change_id or 0)
    assert [stop.delivers for stop in runs.one(lager, run).stops] == [False, True]
    end(lager, loan.id)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    assert runs.close(lager, run, Decimal(10)).pieces == 1
    sound(world)


def test_a_closed_run_keeps_the_stop_of_what_was_said_to_be_fetched(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    lending.lent(world, 1)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    run = running.run(world)
    runs.add_pickup(lager, run, report)
    lines = running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    running.on_van(lager, runs.one(lager, run).stops[0].id)
    runs.close(lager, run, Decimal(10))
    loans.keep(lager, loan.id)
    assert len(runs.one(lager, run).stops) == 2
    sound(world)


def test_the_day_of_what_a_run_fetches_is_the_runs(world: World) -> None:
    lager = world.person("lager")
    run, report = running.run(world), running.accepted(world)
    runs.add_pickup(lager, run, report)
    tomorrow = lager.today() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="A-000001 is fetched by K-00001"):
        pickups.plan(lager, report, tomorrow)
    runs.remove(lager, runs.one(lager, run).stops[0].id)
    pickups.plan(lager, report, tomorrow)
