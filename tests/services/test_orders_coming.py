"""What an order was promised and asked for, and why it or a part of it was given up."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.orders import LineState, OrderState, Why, Wishes
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.runs import Kept
from moebelcirkel.services import changes, check, deliveries, messages, orders, parameters, shop
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.orders import news
from moebelcirkel.services.orders.coming import promise
from moebelcirkel.storage.tables.institutions import Institution
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.ordering import fill, lines_of, order_of, send
from tests.world import World


def _delivered_on(world: World, weekday: int) -> None:
    def fill_in(work: Work) -> None:
        work.get(Institution, world.school).weekday = weekday

    world.context.write("institution.save", None, fill_in)


def test_the_day_promised_in_the_basket_is_fixed_when_it_is_sent(
    world: World, leader: Context, admin: Context
) -> None:
    _delivered_on(world, 4)
    fill(leader, world, 1)
    promised = shop.basket(leader, world.school).offers[0].way.promised_on
    assert promised.isoweekday() == 4
    needed = promised - dt.timedelta(days=1)
    wishes = Wishes(needed, "Bygning A, lokale 12", "1. sal", Access.LIFT)
    order_id = int(shopping.send(leader, world.school, wishes=wishes).order_id)
    parameters.save(admin, {"lead_days": 20})
    _delivered_on(world, 1)
    detail = orders.detail(leader, order_id)
    assert (detail.promised_on, detail.wishes) == (promised, wishes)
    assert order_of(world, order_id).promised_on == promised
    assert check.run(admin).ok


def test_an_order_says_whether_its_week_was_kept(
    world: World, leader: Context, clock: Clock
) -> None:
    lager = world.person("lager")
    on_time, late = send(leader, world), send(leader, world)
    assert orders.detail(leader, on_time).kept is Kept.WAITING
    lines = [line.id for line in lines_of(world, on_time)]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    clock.advance(days=60)
    assert orders.detail(leader, late).kept is Kept.LATE
    [first, *rest] = [line.id for line in lines_of(world, late)]
    deliveries.pick(lager, [first])
    deliveries.hand_over(lager, line_ids=[first])
    orders.call_off(lager, late, Why.NOT_FOUND, rest)
    standing = [orders.detail(leader, each).kept for each in (on_time, late)]
    assert standing == [Kept.KEPT, Kept.LATE]
    undelivered = send(leader, world)
    orders.cancel(leader, undelivered, why=Why.MISTAKE)
    assert orders.detail(leader, undelivered).kept is None


def test_wishes_that_cannot_be_are_told_by_their_fields(world: World, leader: Context) -> None:
    fill(leader, world, 1)
    with pytest.raises(Invalid) as refused:
        shopping.send(leader, world.school, wishes=Wishes(dt.date(2020, 1, 1), "x" * 200))
    assert set(refused.value.errors) == {"needed_on", "building"}
    assert shop.basket(leader, world.school).pieces == 1


def test_why_it_was_cancelled_stays_with_the_line_until_it_is_undone(
    world: World, leader: Context
) -> None:
    order_id = send(leader, world)
    first = lines_of(world, order_id)[0].id
    done = orders.cancel(leader, order_id, [first], why=Why.MISTAKE)
    assert [line.ended_why for line in lines_of(world, order_id)] == [Why.MISTAKE, None]
    groups = {group.state: group.ended_why for group in orders.detail(leader, order_id).groups}
    assert groups == {LineState.OPEN: None, LineState.CANCELLED: Why.MISTAKE}
    changes.undo(leader, done.change_id or 0)
    assert [line.ended_why for line in lines_of(world, order_id)] == [None, None]


def test_the_exchange_gives_up_what_it_cannot_deliver_and_who_ordered_is_told(
    world: World, leader: Context, employee: Context, admin: Context
) -> None:
    order_id = send(employee, world)
    orders.approve(leader, order_id)
    lager = world.person("lager")
    assert orders.detail(lager, order_id).may_call_off
    with pytest.raises(Refused):
        orders.call_off(lager, order_id, Why.NOT_NEEDED)
    with pytest.raises(Refused):
        orders.cancel(employee, order_id, why=Why.BROKEN)
    with pytest.raises(Refused):
        orders.call_off(employee, order_id, Why.BROKEN)
    first, second = lines_of(world, order_id)
    orders.call_off(lager, order_id, Why.BROKEN, [first.id])
    assert orders.detail(employee, order_id).row.state is OrderState.APPROVED
    assert [each.number for each in news.news(employee)] == ["B-000001"]
    assert "order_cancelled" in {row.cause for row in messages.listed(employee)}
    deliveries.pick(lager, [second.id])
    with pytest.raises(Refused):
        orders.call_off(lager, order_id, Why.BROKEN)
    deliveries.unpick(lager, [second.id])
    assert orders.call_off(lager, order_id, Why.NOT_FOUND).whole
    assert {trade.state(world.context, line.unit_id) for line in (first, second)} == {"ready"}
    assert orders.detail(employee, order_id).row.state is OrderState.CANCELLED
    assert check.run(admin).ok


def test_nothing_is_promised_into_a_closed_week(world: World) -> None:
    _delivered_on(world, 4)
    with world.context.read() as session:
        school = session.get_one(Institution, world.school)
        today = world.context.today()
        open_day = promise(session, school, today)
    week = open_day.isocalendar().week

    def close(work: Work) -> None:
        work.get(Institution, world.school).closed_weeks = str(week)

    world.context.write("institution.save", None, close)
    with world.context.read() as session:
        school = session.get_one(Institution, world.school)
        later = promise(session, school, today)
    assert later.isoweekday() == 4
    assert later.isocalendar().week != week
    assert later > open_day


def test_what_was_ordered_is_put_into_the_basket_again_as_far_as_it_is_there(
    world: World, leader: Context, employee: Context
) -> None:
    order_id = send(leader, world, 3)
    with pytest.raises(Refused, match="on sale right now"):
        shop.again(leader, order_id)
    trade.put_on_sale(world, 2)
    done = shop.again(employee, order_id)
    assert (done.taken, done.asked) == (2, 3)
    assert shop.basket(leader, world.school).pieces == 2
    with pytest.raises(Refused):
        shop.again(shopping.neighbour(world), order_id)
    changes.undo(employee, done.change_id or 0)
    assert shop.basket(leader, world.school).pieces == 0
