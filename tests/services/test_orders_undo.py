"""Taking back what was done to an order, and when that is no longer possible."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.services import changes, deliveries, orders, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import Order
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.ordering import fill, lines_of, order_of, send
from tests.services.undoing import assert_undone
from tests.world import World


def test_undoing_send_brings_the_basket_back(world: World, leader: Context) -> None:
    fill(leader, world, 2)
    shop.set_answer(leader, world.school, Answer.SOME)
    before = shop.basket(leader, world.school)
    done = shopping.send(leader, world.school)
    assert done.change_id is not None
    changes.undo(leader, done.change_id)
    assert shop.basket(leader, world.school) == before
    order_id = done.order_id
    assert order_of(world, order_id).state == "void"
    assert {line.state for line in lines_of(world, order_id)} == {"void"}
    assert orders.listed(leader).rows == ()
    with pytest.raises(Stale):
        orders.detail(leader, order_id)
    assert shopping.send(leader, world.school).number == "B-000002"


def test_undoing_a_decision_or_a_cancellation_changes_everything_back(
    world: World, employee: Context, leader: Context
) -> None:
    order_id = send(employee, world, 2)
    assert_undone(leader, lambda: orders.approve(leader, order_id))
    assert_undone(leader, lambda: orders.refuse(leader, order_id, "Nej"))
    assert_undone(employee, lambda: orders.cancel(employee, order_id))
    line = lines_of(world, order_id)[0].id
    assert_undone(employee, lambda: orders.cancel(employee, order_id, [line]))


def test_send_is_not_undone_once_it_is_decided(
    world: World, employee: Context, leader: Context
) -> None:
    fill(employee, world, 1)
    sent = shopping.send(employee, world.school)
    orders.approve(leader, sent.order_id)
    assert sent.change_id is not None
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(employee, sent.change_id)


def test_an_approval_is_not_undone_once_something_is_picked(
    world: World, employee: Context, leader: Context
) -> None:
    order_id = send(employee, world, 2)
    approved = orders.approve(leader, order_id)
    deliveries.pick(world.person("lager"), [lines_of(world, order_id)[0].id])
    assert approved.change_id is not None
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(leader, approved.change_id)


def test_a_refusal_is_not_undone_while_another_basket_has_its_furniture(
    world: World, employee: Context, leader: Context, clock: Clock
) -> None:
    order_id = send(employee, world, 1)
    refused = orders.refuse(leader, order_id, "Nej")
    other = shopping.neighbour(world)
    shop.hold(other, world.home, shopping.key(world), 1)
    assert refused.change_id is not None
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(leader, refused.change_id)
    clock.advance(minutes=31)
    changes.undo(leader, refused.change_id)
    assert order_of(world, order_id).state == "awaiting"
    assert shop.basket(other, world.home).pieces == 0


def test_send_asked_twice_sends_once(world: World, leader: Context) -> None:
    fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.UNKNOWN)
    again = leader.with_request("same")
    first, second = orders.send(again, world.school), orders.send(again, world.school)
    assert first == second
    assert len(trade.rows(world.context, select(Order))) == 1
