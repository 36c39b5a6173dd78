"""After the delivery: how it went, who reads it, and furniture that is regretted in time."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Rating
from moebelcirkel.services import (
    changes,
    check,
    deliveries,
    intake,
    orders,
    parameters,
    pickups,
    stock,
)
from moebelcirkel.services.context import Context
from tests import trade
from tests.clock import Clock
from tests.services import delivering, ordering, reported, shopping
from tests.services.undoing import assert_undone
from tests.world import World


@pytest.fixture
def delivered(world: World, leader: Context) -> int:
    """An order of two pieces that were handed over today."""
    order = ordering.send(leader, world, 2)
    lager, lines = world.person("lager"), [line.id for line in ordering.lines_of(world, order)]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    return order


def test_one_tap_is_kept_said_again_and_listed_for_the_exchange(
    world: World, leader: Context, delivered: int
) -> None:
    lager = world.person("lager")
    assert orders.detail(leader, delivered).may_rate
    assert orders.listed(lager, rated=True).rows == ()
    orders.give_feedback(leader, delivered, Rating.GOOD)
    orders.give_feedback(leader, delivered, Rating.BAD, " Ridset bordplade ")
    (row,) = orders.listed(lager, rated=True).rows
    assert (row.id, row.rating) == (delivered, Rating.BAD)
    assert orders.detail(lager, delivered).feedback == "Ridset bordplade"
    assert [each.kind for each in orders.detail(leader, delivered).history][-2:] == [
        "order.feedback"
    ] * 2
    assert check.run(world.person("admin")).ok


def test_it_is_undone_and_not_said_of_what_has_not_come(
    world: World, leader: Context, delivered: int
) -> None:
    assert_undone(leader, lambda: orders.give_feedback(leader, delivered, Rating.FAIR, "Sent"))
    coming = ordering.send(leader, world, 1)
    assert not orders.detail(leader, coming).may_rate
    with pytest.raises(Refused, match="has not been delivered yet"):
        orders.give_feedback(leader, coming, Rating.GOOD)
    with pytest.raises(Refused):
        orders.give_feedback(shopping.neighbour(world), delivered, Rating.GOOD)


def test_what_is_regretted_in_time_is_reported_once_and_can_be_withdrawn(
    world: World, leader: Context, delivered: int, clock: Clock
) -> None:
    clock.advance(days=14)
    until = orders.detail(leader, delivered).back_until
    assert until == world.context.today()
    done = orders.give_back(leader, delivered)
    assert done.pieces == 2
    detail = pickups.detail(world.person("lager"), done.pickup_id)
    assert [(line.pieces, line.condition) for line in detail.lines] == [(2, "B")]
    assert orders.detail(leader, delivered).back_until is None
    with pytest.raises(Refused, match="is reported as regretted already"):
        orders.give_back(leader, delivered)
    assert done.change_id is not None
    changes.undo(leader, done.change_id)
    assert orders.give_back(leader, delivered).pieces == 2
    assert check.run(world.person("admin")).ok


def test_a_wrong_hand_over_is_taken_back_although_it_was_told_of(
    world: World, leader: Context
) -> None:
    order = ordering.send(leader, world, 1)
    lager, lines = world.person("lager"), [line.id for line in ordering.lines_of(world, order)]
    deliveries.pick(lager, lines)
    handed = deliveries.hand_over(lager, line_ids=lines)
    said = orders.give_feedback(leader, order, Rating.GOOD)
    changes.undo(lager, said.change_id or 0)
    changes.undo(lager, handed.change_id or 0)
    assert orders.detail(leader, order).row.state == "approved"
    assert check.run(world.person("admin")).ok


def test_another_note_makes_it_no_other_report_and_its_pieces_keep_their_labels(
    world: World, leader: Context, delivered: int
) -> None:
    done = orders.give_back(leader, delivered)
    pickups.correct(leader, done.pickup_id, reported.report(world, note="Portkode 12"))
    with pytest.raises(Refused, match="is reported as regretted already"):
        orders.give_back(leader, delivered)
    lager = world.person("lager")
    pickups.accept(lager, done.pickup_id)
    with pytest.raises(Refused, match="has its labels"):
        intake.register(lager, reported.batch_for(world, 2, done.pickup_id, None))


def test_what_another_institution_has_by_now_is_not_given_back(
    world: World, leader: Context, delivered: int
) -> None:
    lager = world.person("lager")
    units = [line.unit_id for line in ordering.lines_of(world, delivered)]
    delivering.back(world, units)
    stock.put_on_sale(lager, units, trade.PRICE)
    again = trade.order(world, units, institution=world.home)
    deliveries.pick(lager, again)
    deliveries.hand_over(lager, line_ids=again)
    assert orders.detail(leader, delivered).back_until is None
    with pytest.raises(Refused, match="Hand it in instead"):
        orders.give_back(leader, delivered)


@pytest.mark.parametrize(("days", "setting"), [(15, 14), (0, 0)])
def test_too_late_or_never_it_is_handed_in_instead(
    world: World, leader: Context, delivered: int, clock: Clock, days: int, setting: int
) -> None:
    parameters.save(world.person("admin"), {"regret_days": setting})
    clock.advance(days=days)
    assert orders.detail(leader, delivered).back_until is None
    with pytest.raises(Refused, match="Hand it in instead"):
        orders.give_back(leader, delivered)
