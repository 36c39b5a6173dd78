"""Merging is taken back only as long as nothing has been built on it with the other one."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, deliveries, runs, wants
from moebelcirkel.services.institutions import CostBearerForm
from moebelcirkel.storage.tables.institutions import Institution
from tests import trade
from tests.services import ordering, running, wanting
from tests.services.joining import merge, now, save, undo_last
from tests.services.sound import assert_whole
from tests.world import World


def assert_kept(world: World, merged: object, number: str) -> None:
    with pytest.raises(Refused, match=f"because {number} has been changed since"):
        undo_last(world, merged)  # type: ignore[arg-type]
    assert trade.row(world.context, Institution, world.school).merged_into_id == world.home
    assert_whole(world)


def test_an_order_that_was_partly_handed_over_there_stays_there(world: World) -> None:
    lager = world.person("lager")
    save(world, world.home, bearers=(CostBearerForm("4300", "Inventar"),))
    order = ordering.send(world.person("leader"), world, 2)
    done = merge(world)
    [first, _second] = [line.id for line in ordering.lines_of(world, order)]
    deliveries.pick(lager, [first])
    handed = deliveries.hand_over(lager, line_ids=[first])
    assert_kept(world, done, "B-000001")
    changes.undo(lager, handed.change_id or 0)
    assert_kept(world, done, "B-000001")


def test_a_stop_to_which_something_of_the_other_was_added_stays_there(world: World) -> None:
    lager = world.person("lager")
    running.waiting(world, 1)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    done = merge(world)
    running.waiting(world, 1, world.home)
    added = runs.add_delivery(lager, run, world.home)
    assert_kept(world, done, "B-00002")
    changes.undo(lager, added.change_id or 0)
    undo_last(world, done)
    assert_whole(world)


def test_a_note_that_was_made_there_keeps_its_order_there(world: World) -> None:
    lager = world.person("lager")
    lines = trade.order(world, trade.put_on_sale(world, 1))
    done = merge(world)
    deliveries.pick(lager, lines)
    deliveries.prepare_note(lager, world.home, lines)
    assert_kept(world, done, "B-00001")
    deliveries.unpick(lager, lines)
    undo_last(world, done)
    assert_whole(world)


def test_a_want_that_was_served_there_stays_there(world: World) -> None:
    save(world, world.home, bearers=(CostBearerForm("4300", "Inventar"),))
    wanted = wanting.want(world.person("leader"), world.school)
    done = merge(world)
    leader = now(world, "leader")
    trade.put_on_sale(world, 1)
    wants.serve(world.context)
    sent = wants.order(leader, wanted, wanting.held(leader, wanted))
    assert_kept(world, done, sent.number)


def test_what_is_held_there_for_a_want_is_free_when_the_want_goes_back(world: World) -> None:
    wanted = wanting.want(world.person("leader"), world.school)
    done = merge(world)
    trade.put_on_sale(world, 1)
    wants.serve(world.context)
    assert wanting.held(now(world, "leader"), wanted)
    undo_last(world, done)
    assert_whole(world)
