"""Furniture that comes back: the next loop, its adjustment, undo, and the worked example C."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.services import changes, deliveries
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.units import Intake, Unit
from tests import trade
from tests.clock import Clock
from tests.services.delivering import back, cost, figures, picked
from tests.world import World

# --- returns -------------------------------------------------------------------------------


def test_a_returned_piece_begins_its_next_loop(world: World, lager: Context, clock: Clock) -> None:
    units, lines = picked(world, 2)
    deliveries.hand_over(lager, line_ids=lines)
    clock.advance(days=30)
    seen = deliveries.returnable(lager, trade.number(lager, units[0]))
    assert (seen.institution, seen.condition, seen.loop) == ("Søndervangskolen", "B", 2)
    change = back(world, units, "C")
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.loop, unit.condition, unit.refurbished) == ("received", 3, "C", False)
    assert (unit.holder_id, unit.price_ore, unit.giver_id) == (None, None, world.school)
    [intake] = trade.rows(lager, select(Intake))
    assert (intake.kind, intake.pieces, intake.giver_id) == ("return", 2, world.school)
    assert unit.intake_id == intake.id
    changes.undo(lager, change)
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.loop, unit.condition) == ("delivered", 2, "B")
    assert (unit.holder_id, unit.life_left) == (world.school, Decimal(1))
    assert trade.rows(lager, select(Intake))[0].state == "void"
    back(world, units)
    kinds = [line.kind for line in figures(lager)]
    assert kinds == ["hand_over"] * 2 + ["adjustment"] * 2 + ["reversal"] * 2 + ["adjustment"] * 2


def test_a_piece_that_comes_back_better_than_it_left_says_why(world: World, lager: Context) -> None:
    units, lines = picked(world, 2)
    deliveries.hand_over(lager, line_ids=lines)
    numbers = [trade.number(lager, unit) for unit in units]
    with pytest.raises(Refused, match="Choose why") as caught:
        back(world, units, "A")
    assert caught.value.field == "reason"
    pieces = [Returned(numbers[0], "A", "user_mended"), Returned(numbers[1], "C", "user_mended")]
    deliveries.take_back(lager, pieces, place_id=world.shelf)
    rows = [trade.row(lager, Unit, unit) for unit in units]
    assert [(row.condition, row.condition_reason) for row in rows] == [
        ("A", "user_mended"),
        ("C", None),
    ]


def test_what_cannot_come_back(world: World, lager: Context, clock: Clock) -> None:
    units, lines = picked(world, 1)
    with pytest.raises(Refused, match="cannot come back, because it is picked"):
        back(world, units)
    with pytest.raises(Refused, match="cannot come back"):
        deliveries.returnable(lager, trade.number(lager, units[0]))
    clock.advance(days=3)
    deliveries.hand_over(lager, line_ids=lines)
    with pytest.raises(Refused, match="before .* was handed over"):
        back(world, units, on=dt.date(2026, 11, 21))
    with pytest.raises(Refused, match="in the future"):
        back(world, units, on=dt.date(2026, 11, 24))
    with pytest.raises(Refused, match="condition from A to D"):
        back(world, units, "E")
    with pytest.raises(Refused, match="Scan the pieces"):
        back(world, [])
    with pytest.raises(Refused, match="place that is in use"):
        deliveries.take_back(lager, [Returned(trade.number(lager, units[0]), "B")], place_id=99)
    assert trade.state(lager, units[0]) == "delivered"


def test_undo_of_a_return_is_refused_once_the_piece_is_on_sale_again(
    world: World, lager: Context
) -> None:
    units, lines = picked(world, 1)
    deliveries.hand_over(lager, line_ids=lines)
    change = back(world, units)
    on_sale(world, units[0])
    with pytest.raises(Refused, match="has been changed since"):
        changes.undo(lager, change)


def test_two_givers_are_two_returns(world: World, lager: Context) -> None:
    ours, lines = picked(world, 1)
    theirs, their_lines = picked(world, 2, institution=world.home)
    deliveries.hand_over(lager, line_ids=lines)
    deliveries.hand_over(lager, line_ids=their_lines)
    back(world, [*ours, *theirs])
    found = {row.giver_id: row.pieces for row in trade.rows(lager, select(Intake))}
    assert found == {world.school: 1, world.home: 2}


# --- worked example C ----------------------------------------------------------------------


def on_sale(world: World, unit_id: int) -> None:
    def fill(work: Work) -> None:
        unit = work.get(Unit, unit_id)
        unit.state, unit.price_ore = State.LISTED, trade.PRICE

    world.context.write("unit.list", None, fill)


def test_example_c_one_chair_through_two_loops(world: World, lager: Context, clock: Clock) -> None:
    """Example C of db/reference/METODE.md, whose sums are before costs: handling is 100 kr."""
    clock.moment = dt.datetime(2023, 2, 1, 9, tzinfo=dt.UTC)
    [chair] = trade.put_on_sale(world, 1)
    lines = trade.order(world, [chair], answer="unknown")
    deliveries.pick(lager, lines)
    cost(world, chair, "Rengøring")
    deliveries.hand_over(lager, line_ids=lines)

    clock.advance(days=1168)  # 3.2 years
    back(world, [chair])
    assert trade.row(lager, Unit, chair).life_left == Decimal("0.786666666667")

    cost(world, chair, "Rengøring")
    cost(world, chair, "Skift gaspatron")
    on_sale(world, chair)
    lines = trade.order(world, [chair], institution=world.home, answer="yes")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)

    first, returned, second = figures(lager)
    assert (first.net_g, first.low_g, first.high_g) == (21_118, 10_318, 35_518)
    assert (first.gross_g, first.count) == (72_610, 1)
    assert (first.cash_ore + 10_000, first.lifetime_ore + 10_000) == (167_500, 100_500)
    assert (returned.net_g, returned.low_g, returned.high_g) == (-14_222, -7_262, -23_502)
    assert (returned.gross_g, returned.count, returned.institution_id) == (0, 0, world.school)
    assert (returned.cash_ore, returned.lifetime_ore) == (-131_767, -64_767)
    assert (second.net_g, second.low_g, second.high_g) == (40_186, 18_586, 68_986)
    assert (second.gross_g, second.count, second.loop) == (69_610, 1, 3)
    assert (second.cash_ore + 10_000, second.lifetime_ore + 10_000) == (263_533, 201_000)
