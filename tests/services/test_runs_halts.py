"""What is brought to a house and what is fetched there is one stop of a run, in one change."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, deliveries, pickups, runs
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.runs import RunStop
from tests import trade
from tests.services import reported, running
from tests.services.test_runs import sound
from tests.services.test_runs_straight import offered, ordered
from tests.world import World


def told(world: World) -> list[tuple[str, int, int]]:
    """Each stop: whose it is, and how many pieces go out and come in."""
    halts = running.planned(world.person("lager")).halts
    return [(halt.name, halt.out.pieces, halt.taken.pieces) for halt in halts]


def positions(world: World) -> list[int]:
    rows = trade.rows(world.context, select(RunStop).order_by(RunStop.id))
    return [row.position for row in rows]


def test_whatever_is_put_on_for_a_house_is_done_where_the_van_is_there(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    for institution in (world.school, world.home):
        running.waiting(world, 2, institution)
        runs.add_delivery(lager, run, institution)
    runs.add_pickup(lager, run, running.accepted(world))
    second = reported.accepted(world, lines=(reported.TABLE,), access="level", building="Hal")
    runs.add_pickup(lager, run, second)
    assert told(world) == [("Søndervangskolen", 2, 66), ("Plejecenter Åbo", 2, 0)]
    # No other stop was written for it, so that what was planned before can be undone alone.
    assert positions(world) == [1, 2, 1, 1]
    planned = runs.one(lager, run)
    halt = planned.halts[0]
    assert [part.pickup for part in halt.parts] == ["", "A-000001", "A-000002"]
    assert (halt.access, halt.building) == ("stairs", "Bygning B, lokale 12 · Hal")
    assert halt.contact == "Teknisk service"
    assert planned.halt_of(halt.ids[2]) == halt
    # Each order and each pickup would have been a trip.
    assert deliveries.run_tally(lager, run).trips_saved == 3
    sound(world)


def test_a_delivery_joins_the_pickup_that_was_there_first(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    runs.add_pickup(lager, run, running.accepted(world))
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.home)
    running.waiting(world, 2)
    added = runs.add_delivery(lager, run, world.school)
    (school, _home) = runs.one(lager, run).halts
    assert [part.delivers for part in school.parts] == [True, False]
    assert not school.fetches
    changes.undo(lager, added.change_id or 0)
    assert told(world) == [("Søndervangskolen", 0, 62), ("Plejecenter Åbo", 1, 0)]
    sound(world)


def test_what_lies_between_keeps_them_apart(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 2)
    running.waiting(world, 2, world.home)
    runs.add_delivery(lager, run, world.school)
    runs.add_delivery(lager, run, world.home)
    runs.add_pickup(lager, run, running.accepted(world))
    brought, fetched, home = (stop.id for stop in runs.one(lager, run).stops)
    runs.reorder(lager, run, [brought, home, fetched])
    assert [name for name, _out, _in in told(world)] == [
        "Søndervangskolen",
        "Plejecenter Åbo",
        "Søndervangskolen",
    ]
    assert positions(world) == [1, 2, 3]
    runs.reorder(lager, run, [home, fetched, brought])
    assert told(world)[1] == ("Søndervangskolen", 2, 62)
    sound(world)


def test_gifts_of_firms_stay_apart(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    for _each in range(2):
        gift = reported.report(world, institution_id=None, firm="Airbag A/S")
        pickup = pickups.report(lager, gift).pickup_id
        pickups.accept(lager, pickup)
        runs.add_pickup(lager, run, pickup)
    assert [len(halt.parts) for halt in runs.one(lager, run).halts] == [1, 1]


def test_the_van_is_emptied_there_before_it_is_filled(world: World) -> None:
    lager = world.person("lager")

    def measured(work: object) -> None:
        work.session.get_one(Article, world.chair).volume_l = 500  # type: ignore[attr-defined]

    world.context.write("article.save", None, measured)
    run = running.run(world)
    line = reported.ReportedLine(
        category_key="office_task_chair",
        name="Stole",
        article_id=world.chair,
        pieces=4,
        condition="B",
    )
    runs.add_pickup(lager, run, reported.accepted(world, lines=(line,)))
    running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    assert runs.one(lager, run).litres == 2_000


def test_stops_of_one_house_are_taken_off_in_one_change(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    (halt,) = runs.one(lager, run).halts
    done = runs.remove(lager, *halt.ids)
    assert done.pieces == 2
    assert runs.one(lager, run).halts == ()
    changes.undo(lager, done.change_id or 0)
    assert told(world) == [("Søndervangskolen", 2, 62)]
    sound(world)


def test_a_giver_is_driven_to_before_with_all_that_is_done_there(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    pickup, units = offered(world)
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.home)
    running.waiting(world, 1)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, pickup)
    assert told(world) == [("Plejecenter Åbo", 1, 0), ("Søndervangskolen", 1, 62)]
    ordered(world, units)
    runs.add_delivery(lager, run, world.home)
    assert told(world) == [("Søndervangskolen", 1, 62), ("Plejecenter Åbo", 3, 0)]
    receiver = runs.one(lager, run).halts[1].id
    with pytest.raises(Refused, match="Take Plejecenter Åbo off first"):
        runs.remove(lager, *runs.one(lager, run).halts[0].ids)
    runs.remove(lager, receiver)
    sound(world)


def test_a_closed_run_costs_the_same_however_its_stops_are_read(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    lines = running.waiting(world, 2)
    runs.add_delivery(lager, run, world.school)
    runs.add_pickup(lager, run, running.accepted(world))
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    running.on_van(lager, runs.one(lager, run).halts[-1].pickups[0].id)
    done = runs.close(lager, run, Decimal("42.5"))
    assert (done.pieces, done.cost_ore) == (2, 16_108)
    sound(world)
