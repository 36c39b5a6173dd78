"""Stock: move, on and off sale, price, condition, scrapping with its costs; undo and refusals."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.language import refusal
from moebelcirkel.services import cases, changes, check, deliveries, intake, stock, tasks, units
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.context import Context, Done
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.intake.corrections import BatchCorrection
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.values import UnitValues
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services.undoing import undo
from tests.world import World


@pytest.fixture
def shelf(world: World, lager: Context) -> list[int]:
    """Three chairs in condition B, just received."""
    batch = Batch(parts=(Part("B", 3, "shelf", world.shelf),), article_id=world.chair)
    return list(intake.register(lager, batch).unit_ids)


def test_pieces_are_moved_and_moved_back_by_undo(
    world: World, lager: Context, shelf: list[int]
) -> None:
    done = stock.move(lager, shelf[:2], world.workshop)
    assert [trade.unit(world, key).place_id for key in shelf] == [world.workshop] * 2 + [
        world.shelf
    ]
    undo(lager, done)
    assert {trade.unit(world, key).place_id for key in shelf} == {world.shelf}
    with pytest.raises(Stale):
        stock.move(lager, [*shelf, 999], world.workshop)
    with pytest.raises(Stale):
        stock.move(lager, shelf, 999)
    assert {trade.unit(world, key).place_id for key in shelf} == {world.shelf}


def test_pieces_go_on_sale_at_their_own_price_or_at_one_for_all(
    world: World, lager: Context, shelf: list[int], clock: Clock
) -> None:
    done = stock.put_on_sale(lager, shelf[:1])
    first = trade.unit(world, shelf[0])
    assert (first.state, first.price_ore, first.listed_at) == ("listed", 134_000, clock())
    stock.put_on_sale(lager, shelf[1:], 0)
    assert {trade.unit(world, key).price_ore for key in shelf[1:]} == {0}
    undo(lager, done)
    assert (trade.unit(world, shelf[0]).state, trade.unit(world, shelf[0]).listed_at) == (
        "received",
        None,
    )
    with pytest.raises(Refused, match="below 0"):
        stock.put_on_sale(lager, shelf[:1], -1)
    with pytest.raises(Refused, match="cannot be put on sale"):
        stock.put_on_sale(lager, shelf)
    assert trade.unit(world, shelf[0]).state == "received"


def test_a_piece_without_a_place_is_not_sold(
    world: World, lager: Context, shelf: list[int]
) -> None:
    def lose(work: object) -> None:
        work.session.get_one(Unit, shelf[0]).place_id = None  # type: ignore[attr-defined]

    world.context.write("unit.move", None, lose)
    with pytest.raises(Refused, match="has no place"):
        stock.put_on_sale(lager, shelf)
    assert {trade.unit(world, key).state for key in shelf} == {"received"}


def test_pieces_come_off_sale_and_go_on_again_by_undo(
    world: World, lager: Context, shelf: list[int]
) -> None:
    stock.put_on_sale(lager, shelf)
    listed_at = trade.unit(world, shelf[0]).listed_at
    done = stock.take_off_sale(lager, shelf)
    assert {trade.unit(world, key).state for key in shelf} == {"ready"}
    undo(lager, done)
    assert {trade.unit(world, key).state for key in shelf} == {"listed"}
    assert trade.unit(world, shelf[0]).listed_at == listed_at


def test_a_price_of_its_own_and_the_rules_again(
    world: World, lager: Context, shelf: list[int]
) -> None:
    own = stock.set_price(lager, shelf, 5_000)
    assert {trade.unit(world, key).price_ore for key in shelf} == {5_000}
    rule = stock.set_price(lager, shelf[:1], None)
    assert trade.unit(world, shelf[0]).price_ore == 134_000
    with pytest.raises(Refused, match="has been changed since"):
        undo(lager, own)
    undo(lager, rule)
    undo(lager, own)
    assert {trade.unit(world, key).price_ore for key in shelf} == {134_000}
    with pytest.raises(Refused, match="surely a mistake"):
        stock.set_price(lager, shelf, 10**9)


def test_what_pieces_cost_and_would_by_the_rule_is_told_first(
    world: World, lager: Context, leader: Context
) -> None:
    good = trade.put_on_sale(world, 1, price_ore=90_000)
    worn = trade.put_on_sale(world, 1, condition="C", state="received", price_ore=12_300)
    none = trade.put_on_sale(world, 1, state="received", price_ore=None)  # type: ignore[arg-type]
    rule = {unit: stock.prices(lager, [unit]).rule for unit in good + worn + none}
    assert rule[good[0]] == rule[none[0]] == (trade.PRICE, trade.PRICE)
    both = stock.prices(lager, good + worn + none)
    assert both == stock.Prices((12_300, 90_000), (rule[worn[0]][0], trade.PRICE))
    assert stock.prices(lager, none).now is None
    stock.set_price(lager, good, None)
    assert stock.prices(lager, good).now == rule[good[0]]
    for who, chosen in ((leader, good), (lager, []), (lager, [*good, 99_999])):
        with pytest.raises(Refused):
            stock.prices(who, chosen)


def test_a_corrected_condition_brings_its_price(
    world: World, lager: Context, shelf: list[int]
) -> None:
    done = stock.set_condition(lager, shelf[:1], "C")
    unit = trade.unit(world, shelf[0])
    assert (unit.condition, unit.price_ore) == ("C", 84_000)
    undo(lager, done)
    unit = trade.unit(world, shelf[0])
    assert (unit.condition, unit.price_ore) == ("B", 134_000)


def test_a_price_that_somebody_decided_stays_when_the_condition_is_corrected(
    world: World, lager: Context, shelf: list[int]
) -> None:
    stock.set_price(lager, shelf[:1], 5_000)
    stock.set_condition(lager, shelf, "C")
    assert [trade.unit(world, key).price_ore for key in shelf] == [5_000, 84_000, 84_000]
    stock.set_price(lager, shelf[:1], None)
    stock.set_condition(lager, shelf[:1], "D")
    assert trade.unit(world, shelf[0]).price_ore == 34_000


def test_where_nothing_is_to_be_corrected_it_is_said_and_nothing_is_written(
    world: World, lager: Context, shelf: list[int]
) -> None:
    version = trade.unit(world, shelf[0]).version
    recorded = changes.count(lager, ChangeFilter())
    same = UnitValues()
    calls: tuple[Callable[[], Done], ...] = (
        lambda: stock.move(lager, shelf, world.shelf),
        lambda: stock.set_price(lager, shelf, None),
        lambda: stock.set_price(lager, shelf, 134_000),
        lambda: stock.set_condition(lager, shelf, "B"),
        lambda: unit_values.save(lager, shelf[0], same, version),
        lambda: intake_corrections.correct(lager, shelf[0], BatchCorrection()),
    )
    for call in calls:
        with pytest.raises(Refused, match="nothing to correct"):
            call()
    assert changes.count(lager, ChangeFilter()) == recorded
    stock.set_price(lager, shelf[:1], 5_000)
    stock.set_price(lager, shelf, 5_000)
    assert {trade.unit(world, key).price_ore for key in shelf} == {5_000}


def test_who_stands_in_the_way_is_named_all_and_not_the_first_alone(
    world: World, lager: Context
) -> None:
    units = trade.put_on_sale(world, 9, state="ready", listed_at=None)
    trade.order(world, units[1:8])
    for act in (stock.put_on_sale, stock.take_off_sale):
        with pytest.raises(Refused) as caught:
            act(lager, units[:8])
        assert caught.value.values["count"] == (7 if act is stock.put_on_sale else 8)
    with pytest.raises(Refused) as caught:
        stock.put_on_sale(lager, units)
    said = refusal(caught.value)
    numbers = [trade.number(world.context, key) for key in units]
    assert ", ".join(numbers[1:6]) + " …" in said
    assert numbers[6] not in said
    with pytest.raises(Refused, match="cannot be put on sale") as caught:
        stock.put_on_sale(lager, units[:2])
    assert caught.value.values["number"] == numbers[1]
    assert trade.unit(world, units[0]).state == "ready"


def test_a_better_condition_says_why_and_its_next_line_keeps_it(
    world: World, lager: Context, shelf: list[int]
) -> None:
    for wrong in (None, "because"):
        with pytest.raises(Refused, match="Choose why") as caught:
            stock.set_condition(lager, shelf[:1], "A", wrong)
        assert caught.value.field == "reason"
    stock.put_on_sale(lager, shelf[:2])
    done = stock.set_condition(lager, shelf[:1], "A", "misjudged")
    unit = trade.unit(world, shelf[0])
    assert (unit.condition, unit.condition_reason) == ("A", "misjudged")
    undo(lager, done)
    assert trade.unit(world, shelf[0]).condition_reason is None

    stock.set_condition(lager, shelf[:1], "A", "user_mended")
    lines = trade.order(world, shelf[:2])
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    found = trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))
    assert [line.inputs["condition_reason"] for line in found] == ["user_mended", ""]
    passport = units.passport(lager, shelf[0])
    told = [happening.title for happening in passport.history]
    assert "Stand rettet fra B til A · rengjort eller repareret af brugeren" in told
    shown = [row.label for row in passport.figures.co2]
    assert "× levetid tilbage (stand A: rengjort eller repareret af brugeren)" in shown
    assert check.run(world.person("controller")).ok


def test_what_lies_in_a_basket_is_left_alone_by_name(
    world: World, lager: Context, clock: Clock
) -> None:
    units = trade.put_on_sale(world, 2)
    trade.hold(world, units[0], world.school, minutes=30)
    calls: tuple[Callable[[], Done], ...] = (
        lambda: stock.take_off_sale(lager, units),
        lambda: stock.set_price(lager, units, 100),
        lambda: stock.set_condition(lager, units, "D"),
        lambda: stock.scrap(lager, units, "broken"),
    )
    for call in calls:
        with pytest.raises(Refused, match="is in the basket of Søndervangskolen"):
            call()
    assert {trade.unit(world, key).state for key in units} == {"listed"}
    clock.advance(minutes=31)
    stock.take_off_sale(lager, units)
    assert {trade.unit(world, key).state for key in units} == {"ready"}


def test_an_ordered_piece_keeps_price_condition_and_place_in_the_shop(
    world: World, lager: Context
) -> None:
    units = trade.put_on_sale(world, 1)
    trade.order(world, units)
    calls: tuple[Callable[[], Done], ...] = (
        lambda: stock.take_off_sale(lager, units),
        lambda: stock.set_price(lager, units, 100),
        lambda: stock.set_condition(lager, units, "D"),
        lambda: stock.scrap(lager, units, "broken"),
    )
    for call in calls:
        with pytest.raises(Refused):
            call()
    assert trade.unit(world, units[0]).state == "ordered"


def test_scrapping_books_what_was_spent_and_undo_takes_it_back(
    world: World, lager: Context, shelf: list[int]
) -> None:
    case = cases.send(lager, shelf[:1]).case_id
    kind = next(row.id for row in tasks.task_types(lager) if row.form.name == "Skift gaspatron")
    cases.add_task(lager, case, kind, done=True)
    cases.finish(lager, case, "D", place_id=world.shelf)
    done = stock.scrap(lager, shelf, "repair_dear")

    units = [trade.unit(world, key) for key in shelf]
    assert {unit.state for unit in units} == {"scrapped"}
    assert {(unit.scrap_reason, unit.place_id) for unit in units} == {("repair_dear", None)}
    lines = trade.rows(world.context, select(FigureLine))
    assert [(line.unit_id, line.kind) for line in lines] == [(shelf[0], "late_cost")]
    assert lines[0].net_g == -3_000

    undo(lager, done)
    units = [trade.unit(world, key) for key in shelf]
    assert [unit.state for unit in units] == ["ready", "received", "received"]
    assert {unit.place_id for unit in units} == {world.shelf}
    lines = trade.rows(world.context, select(FigureLine))
    assert sum(line.net_g for line in lines) == 0
    assert sum(line.cash_ore for line in lines) == 0


def test_scrapping_needs_a_reason_from_the_list(
    world: World, lager: Context, shelf: list[int]
) -> None:
    with pytest.raises(Refused, match="Choose a reason"):
        stock.scrap(lager, shelf, "ugly")
    with pytest.raises(Refused, match="at least one piece"):
        stock.scrap(lager, [], "broken")


def test_the_workshop_may_not_sell_move_or_scrap(world: World, shelf: list[int]) -> None:
    bench = world.person("bench")
    calls: tuple[Callable[[], Done], ...] = (
        lambda: stock.move(bench, shelf, world.workshop),
        lambda: stock.put_on_sale(bench, shelf),
        lambda: stock.take_off_sale(bench, shelf),
        lambda: stock.set_price(bench, shelf, 1),
        lambda: stock.set_condition(bench, shelf, "A"),
        lambda: stock.scrap(bench, shelf, "broken"),
    )
    for call in calls:
        with pytest.raises(Refused, match="right"):
            call()
