"""Wants: what was found is ordered by one click; they are ended, undone, and expire."""

import datetime as dt
import functools

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.wants import WantStanding
from moebelcirkel.services import changes, orders, shop, wants
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.wants import Want
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.sound import assert_whole
from tests.services.test_orders_race import together
from tests.services.wanting import form, held, want
from tests.world import World

# --- ordering -----------------------------------------------------------------------------------


def test_what_was_found_is_ordered_by_one_call_with_payer_and_answer(
    world: World, leader: Context
) -> None:
    shopping.limit(world, world.school, 10_000_000)
    made = want(leader, world.school, pieces=3, note="Til 3.b")
    units = trade.put_on_sale(world, 2)
    sent = wants.order(leader, made, units)
    assert sent.pieces == 2
    detail = orders.detail(leader, sent.order_id)
    assert (detail.payer, detail.answer, detail.note) == ("4300 Inventar", Answer.YES, "Til 3.b")
    row = wants.detail(leader, made).row
    assert (row.ordered, row.held, row.standing) == (2, 0, WantStanding.OPEN)
    assert wants.detail(leader, made).orders == ((sent.order_id, sent.number),)
    trade.put_on_sale(world, 5)
    assert len(held(leader, made)) == 1
    shopping.send(leader, world.school)
    assert wants.detail(leader, made).row.standing is WantStanding.FILLED
    assert len(trade.rows(world.context, select(OrderLine).where(OrderLine.want_id == made))) == 3
    assert_whole(world)


def test_a_hold_that_ends_while_it_is_sent_is_ordered_or_named(
    world: World, clock: Clock, leader: Context
) -> None:
    """Run out but not given on it can be ordered; given on, it is named and nothing is sent."""
    other = shopping.neighbour(world)
    made = want(leader, world.school, pieces=2)
    units = trade.put_on_sale(world, 2)
    clock.advance(days=7)
    second = want(other, world.home)
    assert held(other, second) == units[:1]
    with pytest.raises(Refused, match=trade.number(world.context, units[0])):
        wants.order(leader, made, units)
    assert trade.rows(world.context, select(OrderLine)) == []
    assert wants.order(leader, made, units[1:]).pieces == 1
    assert_whole(world)


def test_sending_beside_a_hold_that_ends_gives_each_piece_to_one(
    world: World, clock: Clock, leader: Context
) -> None:
    other = shopping.neighbour(world)
    shopping.limit(world, world.school, 10_000_000)
    later = leader.today() + dt.timedelta(days=100)
    first = want(leader, world.school, pieces=9, use_by=later)
    second = want(other, world.home, pieces=9, use_by=later)
    for price in range(6):
        (unit,) = trade.put_on_sale(world, 1, price_ore=price)
        clock.advance(days=7)
        answers = together(
            functools.partial(wants.order, leader, first, [unit]),
            functools.partial(wants.serve, world.person("lager")),
        )
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        lines = trade.rows(world.context, select(OrderLine).where(OrderLine.unit_id == unit))
        assert len(lines) + held(other, second).count(unit) == 1
        assert bool(refused) == (not lines)
    assert_whole(world)


# --- ending and undo ----------------------------------------------------------------------------


def test_an_ended_want_gives_its_pieces_on_and_can_be_opened_again(
    world: World, leader: Context
) -> None:
    other = shopping.neighbour(world)
    first, second = want(leader, world.school), want(other, world.home)
    units = trade.put_on_sale(world, 1)
    ended = wants.end(leader, first)
    assert held(other, second) == units
    with pytest.raises(Refused, match="ended already"):
        wants.end(leader, first)
    assert ended.change_id is not None
    changes.undo(leader, ended.change_id)
    assert wants.detail(leader, first).row.standing is WantStanding.OPEN
    assert held(other, second) == units
    assert_whole(world)


def test_an_undone_want_is_gone_and_its_number_is_not_used_again(
    world: World, leader: Context
) -> None:
    units = trade.put_on_sale(world, 1)
    made = wants.create(leader, world.school, form(leader))
    assert held(leader, made.id) == units
    assert made.change_id is not None
    undone = changes.undo(leader, made.change_id)
    assert wants.listed(leader) == ()
    assert trade.rows(world.context, select(Hold)) == []
    with pytest.raises(Refused):
        wants.detail(leader, made.id)
    assert wants.create(leader, world.school, form(leader)).number == "E-000002"
    assert undone.change_id is not None
    with pytest.raises(Refused, match="Do it anew"):
        changes.redo(leader, undone.change_id)
    assert_whole(world)


def test_a_want_that_was_ordered_for_cannot_be_unmade(world: World, leader: Context) -> None:
    shopping.limit(world, world.school, 10_000_000)
    units = trade.put_on_sale(world, 1)
    made = wants.create(leader, world.school, form(leader, pieces=2))
    sent = wants.order(leader, made.id, units)
    assert made.change_id is not None
    assert sent.change_id is not None
    with pytest.raises(Refused, match="has been ordered"):
        changes.undo(leader, made.change_id)
    changes.undo(leader, sent.change_id)
    assert held(leader, made.id) == units
    wants.order(leader, made.id, units)
    wants.end(leader, made.id)
    assert_whole(world)


def test_past_its_day_a_want_has_expired_and_nothing_is_held_for_it(
    world: World, clock: Clock, leader: Context
) -> None:
    made = want(leader, world.school, use_by=leader.today())
    clock.advance(days=1)
    trade.put_on_sale(world, 1)
    row = wants.detail(leader, made).row
    assert (row.held, row.standing) == (0, WantStanding.EXPIRED)
    assert trade.row(world.context, Want, made).state == "open"
    wants.correct(leader, made, form(leader))
    assert wants.detail(leader, made).row.held == 1
    assert_whole(world)


# --- what is lacked again -----------------------------------------------------------------------


def test_what_an_order_gave_up_is_found_anew_at_once(world: World, leader: Context) -> None:
    made = want(leader, world.school, pieces=2)
    sent = wants.order(leader, made, trade.put_on_sale(world, 1))
    [kept, free] = trade.put_on_sale(world, 2)
    assert held(leader, made) == [kept]
    gone = orders.cancel(leader, sent.order_id)
    assert held(leader, made) == [kept, free]
    changes.undo(leader, gone.change_id or 0)
    assert len(held(leader, made)) == 1
    assert_whole(world)


def test_what_is_put_back_is_not_for_a_want_that_found_something_else(
    world: World, leader: Context
) -> None:
    made = want(leader, world.school)
    [first, second] = trade.put_on_sale(world, 2)
    gone = shop.release(leader, world.school, [first])
    wants.serve(world.person("lager"))
    assert held(leader, made) == [second]
    changes.undo(leader, gone.change_id or 0)
    assert held(leader, made) == [second]
    kept = {row.unit_id: row.want_id for row in trade.rows(world.context, select(Hold))}
    assert kept == {first: None, second: made}
    assert_whole(world)
