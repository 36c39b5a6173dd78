"""Loans that never come back: kept for their price or lost, with what that books."""

import pytest

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import (
    changes,
    check,
    deliveries,
    institutions,
    loans,
    messages,
    parameters,
    stock,
)
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services import lending
from tests.services.delivering import back, figures
from tests.services.test_ceilings import set_ceilings
from tests.world import World

RATE = 500


@pytest.fixture
def lager(world: World) -> Context:
    parameters.save(world.person("admin"), {"loan_rate_ore": RATE})
    return world.person("lager")


def sound(world: World) -> None:
    assert [check.text(each) for each in check.run(world.person("admin")).findings] == []


def loan_id(lager: Context) -> int:
    return loans.listed(lager)[0].id


@pytest.mark.parametrize("real", [0, 40, 60, 90])
def test_what_is_kept_is_charged_as_an_order_of_that_day(
    world: World, lager: Context, clock: Clock, real: int
) -> None:
    [unit] = lending.lent(world, 1)
    clock.advance(days=real)
    done = loans.keep(lager, loan_id(lager))
    order = trade.row(lager, Order, done.kept_order_id)
    assert (done.pieces, done.amount_ore, order.total_ore) == (1, trade.PRICE, trade.PRICE)
    assert (order.state, order.loan_until, order.institution_id) == (
        "delivered",
        None,
        world.school,
    )
    assert sum(ore for _kind, ore in lending.charges(world)) == RATE * real + trade.PRICE
    row = trade.row(lager, Unit, unit)
    assert (row.state, row.holder_id, row.place_id) == ("delivered", world.school, None)
    planned, ended, kept = figures(lager)
    assert [each.kind for each in (planned, ended, kept)] == [
        "hand_over",
        "adjustment",
        "hand_over",
    ]
    # The piece stays where it is: nothing is handled or driven again.
    assert (kept.inputs["transport_ore"], kept.inputs["km"]) == (0, "0")
    # Both together credit one life: the days of the loan, and what they have left.
    share = float(str(kept.inputs["d"])) * float(str(kept.inputs["new_price_ore"]))
    costs = int(str(planned.inputs["transport_ore"]))
    assert planned.cash_ore + ended.cash_ore + kept.cash_ore == pytest.approx(share - costs, abs=2)
    assert loans.listed(lager) == ()
    sound(world)
    changes.undo(lager, done.change_id or 0)
    assert trade.state(lager, unit) == "lent"
    assert sum(ore for _kind, ore in lending.charges(world)) == RATE * 60
    sound(world)
    back(world, [unit])
    assert sum(ore for _kind, ore in lending.charges(world)) == RATE * real
    sound(world)


def test_what_is_kept_comes_back_as_what_was_ordered(
    world: World, lager: Context, clock: Clock
) -> None:
    [unit] = lending.lent(world, 1)
    clock.advance(days=70)
    loans.keep(lager, loan_id(lager), [unit])
    clock.advance(days=100)
    back(world, [unit])
    assert (trade.state(lager, unit), trade.row(lager, Unit, unit).loop) == ("received", 4)
    sound(world)


@pytest.mark.parametrize("real", [0, 40, 60, 90])
def test_what_is_lost_costs_its_days_and_no_more(
    world: World, lager: Context, clock: Clock, real: int
) -> None:
    [unit] = lending.lent(world, 1)
    clock.advance(days=real)
    done = loans.lose(lager, loan_id(lager))
    row = trade.row(lager, Unit, unit)
    assert (row.state, row.holder_id, row.giver_id) == ("missing", None, world.school)
    assert sum(ore for _kind, ore in lending.charges(world)) == RATE * real
    assert [line.kind for line in figures(lager)] == ["hand_over", "adjustment"]
    assert figures(lager)[1].inputs["days_in_use"] == real
    assert loans.listed(lager) == ()
    sound(world)
    clock.advance(days=400)
    assert sum(ore for _kind, ore in lending.charges(world)) == RATE * real
    changes.undo(lager, done.change_id or 0)
    assert trade.state(lager, unit) == "lent"
    sound(world)


def test_what_was_lost_turns_up_and_is_ordered_again(
    world: World, lager: Context, clock: Clock
) -> None:
    [unit] = lending.lent(world, 1)
    clock.advance(days=10)
    loans.lose(lager, loan_id(lager))
    life = trade.row(lager, Unit, unit).life_left
    clock.advance(days=50)
    back(world, [unit])
    row = trade.row(lager, Unit, unit)
    assert (row.state, row.giver_id, row.life_left) == ("received", world.school, life)
    assert [line.kind for line in figures(lager)] == ["hand_over", "adjustment"]
    sound(world)
    stock.put_on_sale(lager, [unit])
    lines = trade.order(world, [unit])
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    sound(world)


def test_a_part_of_a_loan_ends_and_the_rest_goes_on(
    world: World, lager: Context, clock: Clock
) -> None:
    first, second, third = lending.lent(world, 3)
    clock.advance(days=80)
    number = loan_id(lager)
    loans.keep(lager, number, [first])
    loans.lose(lager, number, [second])
    detail = loans.detail(lager, number)
    assert [piece.unit_id for piece in detail.pieces] == [third]
    assert detail.may_end
    with pytest.raises(Refused, match="out on loan"):
        loans.lose(lager, number, [first])
    sound(world)
    back(world, [third])
    with pytest.raises(Refused, match="out on loan"):
        loans.keep(lager, number)


def test_only_the_warehouse_ends_a_loan(world: World, lager: Context) -> None:
    lending.lent(world, 1)
    number, leader = loan_id(lager), world.person("leader")
    for act in (loans.keep, loans.lose):
        with pytest.raises(Refused, match="right"):
            act(leader, number)
    assert loans.detail(leader, number).may_end is False
    with pytest.raises(Refused, match="changed"):
        loans.keep(lager, number, version=99)


def test_whoever_borrowed_is_told(world: World, lager: Context) -> None:
    first, second = lending.lent(world, 2)
    leader, number = world.person("leader"), loan_id(lager)
    order = trade.row(lager, Order, number)
    kept = loans.keep(lager, number, [first])
    loans.lose(lager, number, [second])
    lost_told, kept_told = messages.listed(leader)[:2]
    assert kept_told.subject == f"Lånet {order.number} er nu bestilling {kept.kept_number}"
    assert (kept_told.entity, kept_told.entity_id) == ("shop_order", kept.kept_order_id)
    assert lost_told.subject == f"Bortkommet fra lånet {order.number}: 1 møbel"


def test_a_ceiling_counts_the_real_days_and_what_is_kept(
    world: World, lager: Context, clock: Clock
) -> None:
    set_ceilings(world, world.school, Ceiling(lager.today().year, "", 10_000_000))
    first, second = lending.lent(world, 2, days=10)

    def used() -> int:
        found = institutions.get(world.person("admin"), world.school)
        assert found is not None
        return found.used[0].standing.used_ore

    assert used() == 2 * 10 * RATE
    clock.advance(days=14)
    back(world, [first])
    assert used() == (14 + 10) * RATE
    lending.undo_last(lager, "delivery.take_back")
    assert used() == 2 * 10 * RATE
    loans.keep(lager, loan_id(lager), [second])
    assert used() == (10 + 14) * RATE + trade.PRICE
