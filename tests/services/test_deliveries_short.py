"""What is not picked as it stands: a piece that is missing, and orders whose day is far off."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Why
from moebelcirkel.services import changes, check, deliveries, orders, parameters, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import shopping
from tests.world import World


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


def test_an_alike_piece_takes_its_place_and_the_missing_one_goes_off_sale(
    world: World, lager: Context
) -> None:
    units = trade.put_on_sale(world, 4)
    trade.hold(world, units[1], world.home)
    trade.put_on_sale(world, 1, price_ore=1)
    [line] = trade.order(world, units[:1])
    found = deliveries.short(lager, line)
    assert [piece.unit_id for piece in found.alike] == units[2:]
    done = deliveries.take_alike(lager, line, units[2])
    assert (done.number, done.missing) == (trade.number(lager, units[2]), found.number)
    assert [trade.state(lager, unit) for unit in units] == ["ready", "listed", "picked", "listed"]
    row = trade.row(lager, OrderLine, line)
    assert (row.unit_id, row.state) == (units[2], "picked")
    changes.undo(lager, done.change_id or 0)
    assert [trade.state(lager, unit) for unit in units] == ["ordered", *["listed"] * 3]
    assert check.run(world.context).ok


def test_what_was_taken_meanwhile_or_is_not_alike_is_refused(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 3)
    first, second = trade.order(world, units[:2])
    [other] = trade.put_on_sale(world, 1, price_ore=1)
    deliveries.take_alike(lager, first, units[2])
    for unit in (units[2], other):
        with pytest.raises(Refused, match="can no longer take the place"):
            deliveries.take_alike(lager, second, unit)
    with pytest.raises(Refused, match="can no longer take the place"):
        deliveries.take_alike(lager, first, other)
    [held] = trade.put_on_sale(world, 1)
    trade.hold(world, held, world.school)
    with pytest.raises(Refused, match="can no longer take the place"):
        deliveries.take_alike(lager, second, held)
    with pytest.raises(Refused):
        deliveries.short(lager, first)
    with pytest.raises(Refused):
        deliveries.short(world.person("leader"), second)


def test_the_rest_is_delivered_and_the_missing_one_given_up(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 2)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines[:1])
    deliveries.hand_over(lager, line_ids=lines[:1])
    found = deliveries.short(lager, lines[1])
    assert found.alike == ()
    orders.call_off(lager, found.order_id, Why.NOT_FOUND, [found.line_id])
    assert trade.state(lager, units[1]) == "ready"
    assert orders.detail(lager, found.order_id).row.state == "delivered"
    assert check.run(world.context).ok


def test_exactly_this_piece_has_nothing_like_it(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 2)
    [line] = trade.order(world, units[:1], exact=True)
    assert deliveries.short(lager, line).alike == ()
    with pytest.raises(Refused):
        deliveries.take_alike(lager, line, units[1])


def test_what_is_promised_later_waits_with_its_picking(world: World, lager: Context) -> None:
    units = trade.put_on_sale(world, 2)
    leader = world.person("leader")
    shop.hold(leader, world.school, shopping.key(world), 1)
    sent = shopping.send(leader, world.school)
    [soon] = trade.order(world, [unit for unit in units if trade.state(lager, unit) == "listed"])
    later = trade.rows(lager, select(OrderLine.id).where(OrderLine.order_id == sent.order_id))
    assert sum(row.count for row in deliveries.pick_list(lager)) == 2
    assert deliveries.held_back(lager) == 0
    parameters.save(world.person("admin"), {"pick_days": 1})
    [row] = deliveries.pick_list(lager)
    assert row.open_ids == (soon,)
    assert (deliveries.held_back(lager), deliveries.receivers(lager)[0].pieces) == (1, 1)
    assert sum(row.count for row in deliveries.pick_list(lager, later=True)) == 2
    assert deliveries.receivers(lager, later=True)[0].pieces == 2
    deliveries.pick(lager, later)
    assert deliveries.held_back(lager) == 0
    assert sum(row.picked for row in deliveries.pick_list(lager)) == 1
    deliveries.unpick(lager, later)
    parameters.save(world.person("admin"), {"pick_days": 30})
    assert deliveries.waiting_count(lager) == 1
    assert sum(row.count for row in deliveries.pick_list(lager)) == 2
