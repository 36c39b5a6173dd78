"""Furniture that still stands with its giver is ordered, and driven straight to its receiver."""

import functools
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.orders import Why
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import (
    changes,
    deliveries,
    intake,
    messages,
    orders,
    pickups,
    runs,
    shop,
    stock,
)
from moebelcirkel.services.intake import Part
from moebelcirkel.services.runs import Planned
from moebelcirkel.services.shop import CardKey
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.runs import RunLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.documents import reading
from tests.services import delivering, reported, running, shopping
from tests.services.test_orders_race import together
from tests.services.test_runs import sound
from tests.world import World


def offered(world: World, count: int = 2, *, destination: str = "sale") -> tuple[int, list[int]]:
    """Chairs of a report that are on sale where they stand: the report, and the pieces."""
    pickup = reported.accepted(world)
    part = Part("B", count, destination, None)  # type: ignore[arg-type]
    origin = intake.ReportOrigin(pickup, reported.line_of(world.person("lager"), pickup))
    batch = intake.Batch(article_id=world.chair, parts=(part,), origin=origin, at_giver=True)
    return pickup, list(intake.register(world.person("lager"), batch).unit_ids)


def ordered(world: World, units: list[int]) -> list[int]:
    """Ordered by the home; returns the lines."""
    return trade.order(world, units, institution=world.home)


def on_run(world: World, count: int = 2) -> tuple[int, int, list[int], list[int]]:
    """Ordered and on a run: the run, the report, the pieces and their lines."""
    lager = world.person("lager")
    pickup, units = offered(world, count)
    lines = ordered(world, units)
    run = running.run(world)
    runs.add_delivery(lager, run, world.home)
    return run, pickup, units, lines


def stops(run: Planned) -> list[tuple[str, bool, int]]:
    return [(stop.name, stop.delivers, stop.load.pieces) for stop in run.stops]


def test_it_is_found_in_the_shop_with_where_it_stands_and_ordered(world: World) -> None:
    neighbour = shopping.neighbour(world)
    _pickup, units = offered(world)
    shelf = trade.put_on_sale(
        world, 1, price_ore=trade.row(world.context, Unit, units[0]).price_ore
    )
    (card,) = shop.search(neighbour, Query()).cards
    assert (card.available, card.at_giver) == (3, 2)
    detail = shop.card(neighbour, card.key, world.home)
    places = {piece.unit_id: piece.place for piece in detail.pieces}
    assert places == {units[0]: "Hos Søndervangskolen", units[1]: "Hos Søndervangskolen"} | {
        shelf[0]: ""
    }
    key = CardKey(world.chair, "B", card.key.price_ore)
    assert len(shop.hold(neighbour, world.home, key, 3).unit_ids) == 3
    assert shopping.send(neighbour, world.home).order_id
    sound(world)


def test_what_was_driven_without_a_run_does_not_wait_to_be_fetched(world: World) -> None:
    lager = world.person("lager")
    _pickup, units = offered(world)
    lines = ordered(world, units)

    def waiting() -> list[int]:
        return [row.pieces for row in runs.planned_week(lager, lager.today()).pickups]

    assert waiting() == [62]
    deliveries.pick(lager, lines[:1])
    deliveries.hand_over(lager, line_ids=lines[:1])
    assert waiting() == [61]
    sound(world)


def test_it_is_taken_up_at_its_giver_and_set_down_at_its_receiver_on_one_run(world: World) -> None:
    lager = world.person("lager")
    run, pickup, _units, _lines = on_run(world)
    found = running.planned(lager)
    assert stops(found) == [("Søndervangskolen", False, 62), ("Plejecenter Åbo", True, 2)]
    assert found.load.pieces == 62
    assert [sum(each.load.pieces for each in stop.straight) for stop in found.stops] == [2, 2]
    assert trade.row(world.context, Pickup, pickup).planned_on == lager.today()
    text = reading.whole_text(runs.sheet_pdf(lager, run))
    assert "direkte til 2. Plejecenter Åbo" in text
    assert "fra 1. Søndervangskolen" in text
    sound(world)


def test_what_it_costs_and_saves_is_one_hand_over_with_one_share_of_the_run(world: World) -> None:
    lager = world.person("lager")
    run, pickup, units, lines = on_run(world)
    for unit in units:
        deliveries.pick_by_scan(lager, trade.number(world.context, unit), None, world.home)
    deliveries.hand_over(lager, line_ids=lines)
    done = runs.close(lager, run, Decimal(20))
    assert (done.pieces, done.cost_ore) == (2, 7_580)
    kinds = [(line.kind, line.unit_id) for line in delivering.figures(world.context)]
    assert kinds == [("hand_over", unit) for unit in units] + [
        ("transport", unit) for unit in units
    ]
    charges = trade.rows(world.context, select(Charge))
    assert [charge.institution_id for charge in charges] == [world.home] * 2
    shared = trade.rows(world.context, select(FigureLine).where(FigureLine.kind == "transport"))
    assert sum(line.inputs["share_ore"] for line in shared) == 7_580
    # The giver sees what became of it.
    (fate,) = pickups.detail(world.person("leader"), pickup).fates
    assert (fate.state, fate.holder, fate.pieces) == ("delivered", "Plejecenter Åbo", 2)
    pickups.close(lager, pickup)
    assert stops(running.planned(lager))[0] == ("Søndervangskolen", False, 62)
    sound(world)


def test_the_van_has_it_on_board_from_giver_to_receiver_alone(world: World) -> None:
    lager = world.person("lager")

    def measured(work: object) -> None:
        from moebelcirkel.storage.tables.articles import Article

        work.session.get_one(Article, world.chair).volume_l = 500  # type: ignore[attr-defined]

    world.context.write("article.save", None, measured)
    run, _pickup, _units, _lines = on_run(world)
    running.waiting(world, 3)
    runs.add_delivery(lager, run, world.school)
    # The three for the school leave where the two are taken up.
    assert [len(halt.parts) for halt in running.planned(lager).halts] == [2, 1]
    assert running.planned(lager).litres == 1_500
    giver, brought, receiver = (stop.id for stop in running.planned(lager).stops)
    runs.reorder(lager, run, [giver, receiver, brought])
    # First three for the school are on board, then the two are taken up before they leave.
    assert running.planned(lager).litres == 2_500
    runs.reorder(lager, run, [brought, giver, receiver])
    assert running.planned(lager).litres == 1_500


def test_its_giver_comes_before_its_receiver_whatever_is_done(world: World) -> None:
    lager = world.person("lager")
    run, _pickup, _units, _lines = on_run(world)
    giver, receiver = (stop.id for stop in running.planned(lager).stops)
    with pytest.raises(Refused, match="Drive to Søndervangskolen before Plejecenter Åbo"):
        runs.reorder(lager, run, [receiver, giver])
    with pytest.raises(Refused, match="Take Plejecenter Åbo off first"):
        runs.remove(lager, giver)
    runs.remove(lager, receiver)
    runs.remove(lager, giver)
    assert running.planned(lager).stops == ()
    sound(world)


def test_what_joins_a_stop_brings_its_giver_before_it(world: World) -> None:
    lager, run = world.person("lager"), running.run(world)
    running.waiting(world, 1, world.home)
    runs.add_delivery(lager, run, world.home)
    pickup, units = offered(world)
    added = runs.add_pickup(lager, run, pickup)
    ordered(world, units)
    joined = runs.add_delivery(lager, run, world.home)
    assert stops(running.planned(lager)) == [
        ("Søndervangskolen", False, 62),
        ("Plejecenter Åbo", True, 3),
    ]
    with pytest.raises(Refused):
        changes.undo(lager, added.change_id or 0)
    changes.undo(lager, joined.change_id or 0)
    assert [delivers for _name, delivers, _pieces in stops(running.planned(lager))] == [True, False]
    sound(world)


def test_its_pickup_on_another_run_is_said(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    pickup, units = offered(world)
    ordered(world, units)
    first, other = running.run(world, vehicle), running.run(world, vehicle)
    runs.add_pickup(lager, other, pickup)
    with pytest.raises(Refused, match="stands with Søndervangskolen, where K-00002 fetches"):
        runs.add_delivery(lager, first, world.home)
    runs.add_delivery(lager, other, world.home)
    sound(world)


def test_two_runs_at_once_take_it_up_once(world: World) -> None:
    lager, vehicle = world.person("lager"), running.van(world)
    _pickup, units = offered(world)
    ordered(world, units)
    answers = together(
        *(
            functools.partial(
                runs.add_delivery, lager, running.run(world, vehicle), world.home, again=True
            )
            for _each in range(2)
        )
    )
    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert len(trade.rows(world.context, select(RunLine))) == 2
    sound(world)


def test_a_cancelled_run_lets_go_of_both_stops(world: World) -> None:
    lager = world.person("lager")
    run, pickup, _units, _lines = on_run(world)
    done = runs.cancel(lager, run)
    week = runs.planned_week(lager, lager.today())
    assert ([row.pieces for row in week.deliveries], [row.id for row in week.pickups]) == (
        [2],
        [pickup],
    )
    changes.undo(lager, done.change_id or 0)
    assert [each.load.pieces for each in running.planned(lager).stops[0].straight] == [2]
    sound(world)


def test_what_is_gone_at_pickup_is_picked_short_and_holds_the_report_open(world: World) -> None:
    lager = world.person("lager")
    _run, pickup, units, lines = on_run(world, 1)
    free = trade.put_on_sale(world, 1, price_ore=trade.row(world.context, Unit, units[0]).price_ore)
    done = deliveries.take_alike(lager, lines[0], free[0])
    assert done.missing == trade.number(world.context, units[0])
    # The one of the warehouse is not fetched at the giver's.
    assert [stop.straight for stop in running.planned(lager).stops] == [(), ()]
    with pytest.raises(Refused, match="1 of the pieces of A-000001 still stand with the giver"):
        pickups.close(lager, pickup)
    runs.remove(lager, running.planned(lager).stops[0].id)
    stock.scrap(lager, units, "broken")
    pickups.close(lager, pickup)
    sound(world)


def test_what_is_gone_at_pickup_and_has_no_like_is_given_up_and_who_ordered_is_told(
    world: World,
) -> None:
    lager, neighbour = world.person("lager"), shopping.neighbour(world)
    pickup, units = offered(world, 1)
    (card,) = shop.search(neighbour, Query()).cards
    shop.hold(neighbour, world.home, card.key, 1)
    order_id = shopping.send(neighbour, world.home).order_id
    run = running.run(world)
    runs.add_delivery(lager, run, world.home)
    orders.call_off(lager, order_id, Why.NOT_FOUND)
    assert "order_cancelled" in [row.cause for row in messages.listed(neighbour)]
    assert shop.search(neighbour, Query()).cards == ()
    assert trade.state(world.context, units[0]) == "ready"
    with pytest.raises(Refused, match="1 of the pieces of A-000001 still stand with the giver"):
        pickups.close(lager, pickup)
    stock.scrap(lager, units, "broken")
    for stop in running.planned(lager).stops:
        runs.remove(lager, stop.id)
    pickups.close(lager, pickup)
    sound(world)


def test_what_comes_to_the_warehouse_after_all_is_brought_from_there(world: World) -> None:
    lager = world.person("lager")
    _run, _pickup, units, _lines = on_run(world)
    stock.move(lager, units, world.shelf)
    assert [stop.straight for stop in running.planned(lager).stops] == [(), ()]
    assert stops(running.planned(lager))[0] == ("Søndervangskolen", False, 62)
    sound(world)


def test_undoing_a_registration_leaves_the_place_to_the_next(world: World) -> None:
    lager = world.person("lager")
    pickup, units = offered(world)
    (made,) = {trade.row(world.context, Unit, unit).place_id for unit in units}
    query = select(Change.id).where(Change.kind == "intake.register")
    changes.undo(lager, trade.rows(world.context, query)[-1])
    sound(world)
    origin = intake.ReportOrigin(pickup, None)
    batch = intake.Batch(
        article_id=world.chair, parts=(Part("B", 1, "shelf"),), origin=origin, at_giver=True
    )
    done = intake.register(lager, batch)
    assert trade.row(world.context, Unit, done.unit_ids[0]).place_id == made
    sound(world)


def test_what_cannot_stand_with_a_giver(world: World) -> None:
    lager = world.person("lager")
    with pytest.raises(Invalid):
        offered(world, destination="workshop")
    batch = intake.Batch(article_id=world.chair, parts=(Part("B", 1, "shelf"),), at_giver=True)
    with pytest.raises(Invalid):
        intake.register(lager, batch)
