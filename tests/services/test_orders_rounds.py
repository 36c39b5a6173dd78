"""Rounds: what is ordered in some weeks alone waits for the next, which is told."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.orders import next_round, read_rounds
from moebelcirkel.language import refusal
from moebelcirkel.services import check, orders, parameters, shop, wants
from moebelcirkel.services.context import Context
from tests import trade
from tests.clock import Clock
from tests.services import ordering, shopping
from tests.services.wanting import want
from tests.world import World


def _rounds(world: World, text: str) -> None:
    parameters.save(world.person("admin"), {"order_rounds": text})


def _later(world: World, weeks: int) -> int:
    return (world.context.today() + dt.timedelta(weeks=weeks)).isocalendar().week


@pytest.mark.parametrize(
    ("weeks", "today", "opens"),
    [
        ({2, 14}, dt.date(2026, 11, 29), dt.date(2027, 1, 11)),
        ({48}, dt.date(2026, 11, 29), None),
        ({49}, dt.date(2026, 11, 29), dt.date(2026, 11, 30)),
        ({53}, dt.date(2027, 1, 4), dt.date(2032, 12, 27)),
        ({1}, dt.date(2027, 1, 3), dt.date(2027, 1, 4)),
    ],
)
def test_the_next_round_is_the_next_week_of_its_number(
    weeks: set[int], today: dt.date, opens: dt.date | None
) -> None:
    assert next_round(weeks, today) == opens


def test_rounds_are_read_by_group() -> None:
    assert read_rounds("Kontorstole: 2, 14; Borde: 10-12;") == {
        "kontorstole": {2, 14},
        "borde": {10, 11, 12},
    }


@pytest.mark.parametrize("text", ["Kontorstole", "Kontorstole: x", "Biler: 2", ": 2", "Borde: 54"])
def test_what_cannot_be_read_is_refused_by_the_field(world: World, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        _rounds(world, text)
    assert set(caught.value.errors) == {"order_rounds"}


def test_between_rounds_an_order_is_of_the_next_one(
    world: World, leader: Context, clock: Clock
) -> None:
    usual = shop.basket(leader, world.school).offers[0].way.promised_on
    opens = _later(world, 4)
    _rounds(world, f"kontorstole: {opens}")
    ordering.fill(leader, world, 2)
    view = shop.basket(leader, world.school)
    (waits,) = view.rounds
    assert (waits.name, waits.opens_on.isocalendar().week) == ("Kontorstole", opens)
    assert waits.queues
    assert view.offers[0].way.promised_on > waits.opens_on > usual
    sent = shopping.send(leader, world.school)
    order = ordering.order_of(world, sent.order_id)
    assert (order.promised_on, order.state) == (view.offers[0].way.promised_on, "approved")
    clock.advance(days=28)
    ordering.fill(leader, world, 1)
    assert shop.basket(leader, world.school).rounds == ()
    assert [check.text(each) for each in check.run(world.person("admin")).findings] == []


def test_a_round_that_is_too_far_off_is_not_waited_for(
    world: World, leader: Context, clock: Clock
) -> None:
    opens = _later(world, 20)
    _rounds(world, f"kontorstole: {opens}")
    ordering.fill(leader, world, 2)
    assert [each.queues for each in shop.basket(leader, world.school).rounds] == [False]
    with pytest.raises(Refused) as caught:
        shopping.send(leader, world.school)
    assert f"Næste runde er uge {opens}" in refusal(caught.value)
    clock.advance(days=140)
    shop.extend(leader, world.school)
    assert shop.basket(leader, world.school).rounds == ()
    assert shopping.send(leader, world.school).pieces == 2


def test_a_loan_that_is_over_before_the_round_is_not_sent(world: World, leader: Context) -> None:
    _rounds(world, f"kontorstole: {_later(world, 4)}")
    ordering.fill(leader, world, 1)
    shop.set_loan(leader, world.school, world.context.today() + dt.timedelta(days=10))
    assert [each.queues for each in shop.basket(leader, world.school).rounds] == [False]
    with pytest.raises(Refused):
        shopping.send(leader, world.school)
    shop.set_loan(leader, world.school, world.context.today() + dt.timedelta(days=90))
    assert shopping.send(leader, world.school).pieces == 1


def test_other_groups_are_ordered_at_any_time(world: World, leader: Context) -> None:
    _rounds(world, f"Borde: {_later(world, 2)}")
    assert ordering.send(leader, world, 1)


def test_what_was_found_for_a_want_is_of_the_round_too(world: World, leader: Context) -> None:
    _rounds(world, f"Kontorstole: {_later(world, 4)}")
    made = want(leader, world.school, pieces=1)
    units = trade.put_on_sale(world, 1)
    wants.order(leader, made, units)
    [row] = orders.listed(leader).rows
    order = ordering.order_of(world, row.id)
    assert order.promised_on is not None
    assert order.promised_on > world.context.today() + dt.timedelta(days=20)
