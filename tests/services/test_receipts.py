"""What was handed over: confirmed by who received it, by time, or not at all."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, deliveries, home, orders, parameters, receipts
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.clock import Clock
from tests.services import repairing, shopping
from tests.services.delivering import back
from tests.world import World


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


def handed(world: World, pieces: int = 2) -> tuple[int, int]:
    """The delivery and the order of pieces that were handed over to the school."""
    lager = world.person("lager")
    lines = trade.order(world, trade.put_on_sale(world, pieces))
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    line = trade.row(world.context, OrderLine, lines[0])
    return line.delivery_id, line.order_id


def test_who_received_it_confirms_it_once(world: World, leader: Context, lager: Context) -> None:
    delivery, order = handed(world)
    assert receipts.waiting_count(leader) == receipts.waiting_count(lager) == 1
    assert [row.id for row in home.home(leader).received.rows] == [delivery]
    assert orders.listed(leader).rows[0].unconfirmed
    done = receipts.confirm(leader, delivery)
    with pytest.raises(Refused, match="has already confirmed"):
        receipts.confirm(shopping.person(world, "kollega", (Role.EMPLOYEE, world.school)), delivery)
    detail = receipts.detail(lager, delivery)
    assert (detail.row.standing, detail.row.confirmed_by) == (Standing.CONFIRMED, leader.actor.name)
    assert (detail.row.pieces, detail.may_confirm) == (2, False)
    told = orders.detail(leader, order)
    assert [each.standing for each in told.receipts] == [Standing.CONFIRMED]
    assert told.history[-1].kind == "delivery.confirm"
    assert home.home(leader).waiting == 0
    changes.undo(leader, done.change_id or 0)
    assert receipts.detail(leader, delivery).may_confirm
    assert orders.detail(leader, order).history[-1].undone == "delivery.confirm"
    assert [check.text(each) for each in check.run(world.person("admin")).findings] == []


def test_only_who_orders_there_confirms(world: World, lager: Context) -> None:
    delivery, _order = handed(world)
    neighbour = shopping.neighbour(world)
    for person in (lager, world.person("controller"), neighbour):
        with pytest.raises(Refused):
            receipts.confirm(person, delivery)
    assert receipts.listed(world.person("controller")).total == 1
    assert receipts.listed(neighbour).total == 0
    with pytest.raises(Refused):
        receipts.detail(neighbour, delivery)


def test_after_some_working_days_it_counts_as_confirmed(
    world: World, leader: Context, clock: Clock
) -> None:
    parameters.save(world.person("admin"), {"confirm_days": 2})
    delivery, order = handed(world)  # on a Friday
    clock.advance(days=4)
    assert receipts.listed(leader, standing=Standing.WAITING).total == 1
    clock.advance(days=1)
    assert receipts.listed(leader, standing=Standing.WAITING).total == 0
    [row] = receipts.listed(leader, standing=Standing.ASSUMED).rows
    assert (row.id, row.standing, row.last_on.isoformat()) == (
        delivery,
        Standing.ASSUMED,
        "2026-11-24",
    )
    with pytest.raises(Refused, match="counts as confirmed now"):
        receipts.confirm(leader, delivery)
    assert orders.detail(leader, order).receipts[0].standing is Standing.ASSUMED
    assert receipts.waiting_count(leader) == 0


def test_a_hand_over_dated_back_is_open_from_when_it_was_registered(
    world: World, leader: Context, clock: Clock
) -> None:
    parameters.save(world.person("admin"), {"confirm_days": 2})
    lager, day = world.person("lager"), world.context.today()
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(lager, lines)
    clock.advance(days=20)  # to a Thursday
    handing = deliveries.hand_over(lager, line_ids=lines, on=day)
    line = trade.row(world.context, OrderLine, lines[0])
    [row] = receipts.listed(leader, standing=Standing.WAITING).rows
    assert (row.handed_on, row.last_on.isoformat()) == (day, "2026-12-14")
    assert receipts.listed(leader, standing=Standing.ASSUMED).total == 0
    assert receipts.waiting_count(leader) == 1
    [told] = orders.detail(leader, line.order_id).receipts
    assert (told.standing, told.last_on) == (row.standing, row.last_on)
    clock.advance(days=4)
    changes.undo(leader, receipts.confirm(leader, row.id).change_id or 0)
    clock.advance(days=1)
    with pytest.raises(Refused, match="counts as confirmed now"):
        receipts.confirm(leader, row.id)
    assert receipts.listed(leader, standing=Standing.ASSUMED).total == 1
    # Handed over anew it is registered anew.
    changes.undo(lager, handing.change_id or 0)
    deliveries.hand_over(lager, line_ids=lines, on=day)
    assert receipts.listed(leader, standing=Standing.WAITING).total == 1
    assert receipts.listed(leader, standing=Standing.ASSUMED).total == 0


def test_a_repair_brought_back_and_dated_back_is_open_from_when_it_was_registered(
    world: World, leader: Context, clock: Clock
) -> None:
    parameters.save(world.person("admin"), {"confirm_days": 2})
    lager, day = world.person("lager"), world.context.today()
    repairing.finished(world)
    lines = trade.rows(world.context, select(OrderLine.id))
    deliveries.pick(lager, lines)
    clock.advance(days=20)  # to a Thursday
    deliveries.hand_over(lager, line_ids=lines, on=day)
    [row] = receipts.listed(leader, standing=Standing.WAITING).rows
    assert (row.handed_on, row.last_on.isoformat()) == (day, "2026-12-14")
    assert receipts.listed(leader, standing=Standing.ASSUMED).total == 0


def test_found_by_note_order_label_and_institution(world: World, lager: Context) -> None:
    delivery, order = handed(world)
    row = receipts.detail(lager, delivery)
    label = row.pieces[0].number
    for text in (row.row.number, row.orders[0][1], label, row.row.institution):
        assert [each.id for each in receipts.listed(lager, text=text).rows] == [delivery]
    assert receipts.listed(lager, text="findes ikke").total == 0
    page = receipts.listed(lager, standing=Standing.CONFIRMED, holding=delivery)
    assert (page.total, page.holds) == (0, False)
    assert receipts.listed(lager, holding=delivery).holds
    assert row.orders[0][0] == order


def test_what_is_confirmed_is_not_undone_and_what_is_undone_not_confirmed(
    world: World, leader: Context, lager: Context
) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(lager, lines)
    handing = deliveries.hand_over(lager, line_ids=lines)
    delivery = trade.row(world.context, OrderLine, lines[0]).delivery_id
    said = receipts.confirm(leader, delivery)
    with pytest.raises(Refused):
        changes.undo(lager, handing.change_id or 0)
    changes.undo(lager, said.change_id or 0)
    changes.undo(lager, handing.change_id or 0)
    with pytest.raises(Refused, match=r"not been handed over|gone|no longer"):
        receipts.confirm(leader, delivery)


def test_what_came_back_can_be_confirmed_all_the_same(
    world: World, leader: Context, lager: Context
) -> None:
    delivery, _order = handed(world, 1)
    back(world, trade.rows(world.context, select(OrderLine.unit_id)))
    assert receipts.confirm(leader, delivery).number == receipts.detail(lager, delivery).row.number
