"""Many small orders are one: the limit counts all an institution sent in the last days."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Needs
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, deliveries, orders, parameters, shop
from moebelcirkel.services.context import Context, Done
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.test_orders_race import together
from tests.world import World

JUST_BELOW = 999_900
"""One piece for 9.999 kr., where the limit is 10.000 kr."""


def _fill(context: Context, world: World, place: int, price: int = JUST_BELOW) -> None:
    trade.put_on_sale(world, 1, price_ore=price)
    shop.hold(context, place, shopping.key(world, price_ore=price), 1)


def _send(context: Context, world: World, price: int = JUST_BELOW) -> orders.OrderSent:
    _fill(context, world, world.school, price)
    return shopping.send(context, world.school)


def _needs(done: orders.OrderSent) -> str:
    return str(done.needs)


def test_five_orders_just_below_the_limit_need_an_approver_from_the_second_on(
    world: World, leader: Context
) -> None:
    assert [_needs(_send(leader, world)) for _ in range(5)] == ["", *["approver"] * 4]
    assert len(orders.waiting(world.person("approver")).rows) == 4


def test_what_is_delivered_before_the_next_is_sent_counts_as_well(
    world: World, leader: Context
) -> None:
    """Five at 9.999 kr., each handed over before the next is sent: one gets through."""
    first = _send(leader, world)
    _hand_over(world, first)
    _fill(leader, world, world.school)
    sending = shop.basket(leader, world.school).offers[0].sending
    assert (sending.earlier_ore, sending.needs) == (JUST_BELOW, Needs.APPROVER)
    later = [shopping.send(leader, world.school), *(_send(leader, world) for _ in range(3))]
    assert [_needs(first), *map(_needs, later)] == ["", *["approver"] * 4]
    with pytest.raises(Refused, match="alone or with other recent orders"):
        orders.approve(leader, int(later[0].order_id))
    approved = orders.approve(world.person("approver"), int(later[0].order_id))
    assert approved.change_id
    assert check.run(world.person("admin")).ok


def _hand_over(world: World, sent: orders.OrderSent) -> None:
    of_order = select(OrderLine.id).where(OrderLine.order_id == sent.order_id)
    lines = trade.rows(world.context, of_order)
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)


def test_an_employee_s_orders_count_with_the_leader_s(
    world: World, leader: Context, employee: Context
) -> None:
    assert _needs(_send(employee, world)) == "leader"
    second = _send(leader, world)
    assert _needs(second) == "approver"
    with pytest.raises(Refused, match="alone or with other recent orders"):
        orders.approve(leader, int(second.order_id))


def test_what_stays_within_the_limit_together_is_sent_at_once(
    world: World, leader: Context
) -> None:
    assert [_needs(_send(leader, world, 500_000)) for _ in range(3)] == ["", "", "approver"]


def test_what_an_approver_decides_does_not_count(world: World, leader: Context) -> None:
    assert _needs(_send(leader, world, 5_000_000)) == "approver"
    assert _needs(_send(leader, world)) == ""


def test_what_costs_nothing_needs_no_approver(world: World, leader: Context) -> None:
    _send(leader, world)
    shopping.limit(world, world.school, 100)
    assert _needs(_send(leader, world, 0)) == ""


def test_other_institutions_cancelled_and_old_orders_do_not_count(
    world: World, leader: Context, clock: Clock
) -> None:
    other = shopping.neighbour(world)
    _fill(other, world, world.home)
    shopping.send(other, world.home)
    first = _send(leader, world)
    assert _needs(first) == ""
    orders.cancel(leader, int(first.order_id))
    assert _needs(_send(leader, world)) == ""
    clock.advance(days=6)
    assert _needs(_send(leader, world)) == "approver"
    clock.advance(days=2)
    assert _needs(_send(leader, world)) == ""


def test_the_days_are_a_setting_and_none_lets_each_count_by_itself(
    world: World, leader: Context, clock: Clock
) -> None:
    parameters.save(world.person("admin"), {"limit_days": 0})
    assert [_needs(_send(leader, world)) for _ in range(3)] == ["", "", ""]
    parameters.save(world.person("admin"), {"limit_days": 2})
    clock.advance(days=1)
    assert _needs(_send(leader, world)) == "approver"


def test_the_basket_says_what_it_comes_to_together(world: World, leader: Context) -> None:
    _send(leader, world)
    _fill(leader, world, world.school)
    sending = shop.basket(leader, world.school).offers[0].sending
    assert (sending.together_ore, sending.days) == (2 * JUST_BELOW, 7)
    assert sending.counts_together
    assert sending.approvers == ("Approver",)


def test_a_cancelled_order_does_not_come_back_beside_what_was_sent_instead(
    world: World, leader: Context
) -> None:
    first = int(_send(leader, world).order_id)
    cancelled = orders.cancel(leader, first)
    second = int(_send(leader, world, JUST_BELOW - 100).order_id)
    with pytest.raises(Refused, match="above the limit together"):
        changes.undo(leader, cancelled.change_id or 0)
    orders.cancel(leader, second)
    changes.undo(leader, cancelled.change_id or 0)
    assert orders.detail(leader, first).row.state == "approved"


def test_of_two_who_send_at_once_the_second_counts_the_first(world: World, leader: Context) -> None:
    other = shopping.person(world, "medleder", (Role.LEADER, world.school))
    for price in range(JUST_BELOW, JUST_BELOW - 4, -1):
        trade.put_on_sale(world, 2, price_ore=price)
        key = shopping.key(world, price_ore=price)

        def take_and_send(who: Context, key: shop.CardKey = key) -> Done:
            shop.hold(who, world.school, key, 1)
            return shopping.send(who, world.school)

        together(lambda: take_and_send(leader), lambda: take_and_send(other))
    rows = orders.listed(leader).rows
    assert len(rows) >= 4
    assert sum(row.total_ore for row in rows if row.needs != "approver") <= 1_000_000
    assert check.run(world.person("admin")).ok
