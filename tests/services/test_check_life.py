"""The check works out a piece's life anew, also where row, events and lines agree wrongly."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.services import changes, check, deliveries
from moebelcirkel.services.context import Work
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services import delivering
from tests.services.tampering import tamper
from tests.world import World

LIFE = "The piece with id {key}: its life left is not what its figure lines leave."
BEGIN = "Figure line {key}: its life left is not what the earlier lines leave."
COSTS = "Figure line {key}: its refurbishment is not what was booked on the piece."


def found(world: World) -> list[str]:
    """The messages of the check, without their values."""
    return [finding.message for finding in check.run(world.person("controller")).findings]


def set_life(world: World, unit_id: int, life: str) -> None:
    """Write it as a service with a fault would: row and events agree."""

    def fill(work: Work) -> None:
        work.get(Unit, unit_id).life_left = Decimal(life)

    world.context.write("unit.save", None, fill)


def out(world: World, unit_id: int) -> int:
    """Sell, pick and hand over a piece; returns the change."""
    lager = world.person("lager")
    lines = trade.order(world, [unit_id])
    deliveries.pick(lager, lines)
    return deliveries.hand_over(lager, line_ids=lines).change_id or 0


def on_sale_again(world: World, unit_id: int) -> None:
    """Put a returned piece up for sale."""

    def fill(work: Work) -> None:
        unit = work.get(Unit, unit_id)
        unit.state, unit.price_ore, unit.listed_at = State.LISTED, trade.PRICE, work.now

    world.context.write("stock.put_on_sale", None, fill)


def loops(world: World, clock: Clock, *, renewed: bool) -> int:
    """A piece that was out, came back after 1,200 days, was worked on, and is on sale again."""
    (unit,) = trade.put_on_sale(world, 1)
    delivering.cost(world, unit, "Rengøring", 5_000)
    out(world, unit)
    clock.advance(days=1_200)
    delivering.back(world, [unit])
    on_sale_again(world, unit)
    if renewed:
        delivering.cost(world, unit, "Ompolstring, sæde", 25_000)
    return unit


def test_loops_returns_costs_and_their_undoing_hold(world: World, clock: Clock) -> None:
    (first,) = trade.put_on_sale(world, 1)
    changes.undo(world.person("lager"), out(world, first))
    for renewed in (False, True):
        unit = loops(world, clock, renewed=renewed)
        out(world, unit)
        clock.advance(days=300)
        changes.undo(world.person("lager"), delivering.back(world, [unit]))
        clock.advance(days=300)
        delivering.back(world, [unit])
    assert found(world) == []


def test_a_new_piece_with_less_than_a_whole_life_is_found(world: World) -> None:
    (unit,) = trade.put_on_sale(world, 1)
    set_life(world, unit, "0.5")
    assert found(world) == [LIFE]


@pytest.mark.parametrize("life", ["1", "0.2"])
def test_a_returned_piece_with_another_life_is_found(world: World, clock: Clock, life: str) -> None:
    set_life(world, loops(world, clock, renewed=False), life)
    assert found(world) == [LIFE]


def test_a_line_that_began_with_another_life_is_found(world: World, clock: Clock) -> None:
    unit = loops(world, clock, renewed=False)
    set_life(world, unit, "1")
    out(world, unit)
    assert sorted(found(world)) == sorted(
        [BEGIN, LIFE, "The piece with id {key} is credited more than one new piece in one life."]
    )


@pytest.mark.parametrize("column", ["labour_ore", "co2e_kg", "co2e_high_kg"])
def test_a_cost_that_is_not_in_its_line_is_found(world: World, clock: Clock, column: str) -> None:
    out(world, loops(world, clock, renewed=False))
    tamper(world, f"UPDATE unit_cost SET {column} = '7'")
    assert COSTS in found(world)


def test_a_renewal_nobody_worked_for_is_found(world: World, clock: Clock) -> None:
    unit = loops(world, clock, renewed=True)
    out(world, unit)
    tamper(world, "UPDATE unit_cost SET renews = (1 = 0)")
    assert COSTS in found(world)


def test_a_share_of_life_above_what_was_left_is_found(world: World, clock: Clock) -> None:
    out(world, loops(world, clock, renewed=False))
    line = trade.rows(world.context, select(FigureLine).order_by(FigureLine.id.desc()))[0]
    assert (line.inputs["base_l"], line.inputs["l"]) == ("0.6", "0.6")
    inputs = json.dumps(line.inputs | {"base_l": "0.5"})
    tamper(
        world, "UPDATE figure_line SET inputs = :inputs WHERE id = :id", inputs=inputs, id=line.id
    )
    assert BEGIN in found(world)
