"""Small orders: they wait for their day, or cost a fee that is charged once and given back."""

import datetime as dt

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import small_order
from moebelcirkel.services import changes, check, deliveries, orders, parameters, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.charges import Charge
from tests import trade
from tests.services import ordering, settling
from tests.world import World

FEE = 7_500


@pytest.fixture
def fees(world: World) -> None:
    """Below 5.000 kr. an order is small; it waits for Friday or costs 75 kr."""
    values = {"small_order_ore": 500_000, "small_fee_ore": FEE, "small_weekday": 5}
    parameters.save(world.person("admin"), values)


def _send(world: World, count: int, *, at_once: bool) -> int:
    leader = world.person("leader")
    ordering.fill(leader, world, count)
    shop.set_answer(leader, world.school, Answer.YES)
    return int(orders.send(leader, world.school, at_once=at_once).order_id)


def _hand_over(world: World, lines: list[int]) -> int:
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    change = deliveries.hand_over(lager, line_ids=lines).change_id
    assert change is not None
    return change


def _charges(world: World) -> list[tuple[str, int]]:
    rows = trade.rows(world.context, select(Charge).order_by(Charge.id))
    return [(row.kind, row.amount_ore) for row in rows]


@pytest.mark.parametrize(
    ("total", "weekday", "today", "waits"),
    [
        (499, 4, dt.date(2026, 11, 29), dt.date(2026, 12, 3)),
        (0, 4, dt.date(2026, 12, 3), dt.date(2026, 12, 3)),
        (499, 1, dt.date(2026, 12, 3), dt.date(2026, 12, 7)),
        (500, 4, dt.date(2026, 11, 29), None),
    ],
)
def test_it_waits_for_the_next_day_of_small_orders(
    total: int, weekday: int, today: dt.date, waits: dt.date | None
) -> None:
    small = small_order(total, 500, 75, weekday, today)
    assert (small and small.waits_for) == waits
    assert small_order(total, 500, 0, weekday, today) is None


def test_without_amounts_no_order_is_small(world: World, leader: Context) -> None:
    ordering.fill(leader, world, 1)
    assert shop.basket(leader, world.school).small is None
    order = _send(world, 1, at_once=True)
    assert orders.detail(leader, order).fee_ore is None


@pytest.mark.usefixtures("fees")
def test_to_wait_is_free_and_moves_the_promise_and_now_costs_the_fee(
    world: World, leader: Context
) -> None:
    waiting = orders.detail(leader, _send(world, 1, at_once=False))
    now = orders.detail(leader, _send(world, 1, at_once=True))
    assert (waiting.fee_ore, now.fee_ore) == (None, FEE)
    assert waiting.promised_on is not None
    assert now.promised_on is not None
    assert waiting.promised_on >= now.promised_on
    assert orders.detail(leader, _send(world, 4, at_once=True)).fee_ore is None


@pytest.mark.usefixtures("fees")
def test_the_fee_is_one_charge_with_the_first_delivery_and_given_back_by_undo(world: World) -> None:
    order = _send(world, 2, at_once=True)
    lines = [line.id for line in ordering.lines_of(world, order)]
    first = _hand_over(world, lines[:1])
    assert _charges(world) == [("hand_over", trade.PRICE), ("fee", FEE)]
    second = _hand_over(world, lines[1:])
    assert [kind for kind, _ore in _charges(world)].count("fee") == 1
    # Else pieces could stay delivered whose order nobody has paid the fee of.
    with pytest.raises(Refused, match="Undo the later delivery first"):
        changes.undo(world.person("lager"), first)
    changes.undo(world.person("lager"), second)
    assert sum(ore for _kind, ore in _charges(world)) == trade.PRICE + FEE
    changes.undo(world.person("lager"), first)
    assert sum(ore for _kind, ore in _charges(world)) == 0
    deliveries.hand_over(world.person("lager"), line_ids=lines[1:])
    assert sum(ore for _kind, ore in _charges(world)) == trade.PRICE + FEE
    deliveries.hand_over(world.person("lager"), line_ids=lines[:1])
    assert sum(ore for _kind, ore in _charges(world)) == 2 * trade.PRICE + FEE
    report = check.run(world.person("admin"))
    assert [check.text(finding) for finding in report.findings] == []


@pytest.mark.usefixtures("fees")
def test_the_fee_is_settled_with_the_rest(world: World) -> None:
    settling.ready(world)
    order = _send(world, 1, at_once=True)
    _hand_over(world, [line.id for line in ordering.lines_of(world, order)])
    made = settling.made(world)
    assert (made.charges, made.debit_ore) == (2, trade.PRICE + FEE)
    assert check.run(world.person("admin")).ok
