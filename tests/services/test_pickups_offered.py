"""Reported furniture is on sale where it stands: who may have it, and what comes of it."""

import dataclasses
import functools

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Why
from moebelcirkel.domain.pickups import PickupState, PickupStep
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.shop import Query
from moebelcirkel.language import refusal
from moebelcirkel.services import (
    changes,
    deliveries,
    intake,
    messages,
    orders,
    parameters,
    pickups,
    purchases,
    runs,
    shop,
    wants,
)
from moebelcirkel.services.pickups import Arrival, ReportedLine
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.clock import Clock
from tests.services import running, shopping
from tests.services.reported import TABLE, accepted, batch_for, line_of, reported
from tests.services.sound import assert_whole
from tests.services.tampering import found_after, tamper
from tests.services.test_orders_race import together
from tests.services.wanting import held, want
from tests.services.working_day import picture
from tests.world import World


def chairs(world: World, pieces: int = 6) -> ReportedLine:
    return ReportedLine(article_id=world.chair, category_key="", pieces=pieces, condition="B")


def offered(world: World, pieces: int = 6) -> tuple[int, int, list[int]]:
    """A report of chairs that are on sale where they stand: report, line, pieces."""
    lager = world.person("lager")
    key = reported(world, lines=(chairs(world, pieces),))
    line = line_of(lager, key)
    return key, line, list(pickups.offer(lager, key, [line]).unit_ids)


def on_order(world: World, units: list[int]) -> list[int]:
    return trade.order(world, units, institution=world.home)


def test_what_is_reported_is_on_sale_at_once_with_the_price_of_its_condition(world: World) -> None:
    lager, neighbour = world.person("lager"), shopping.neighbour(world)
    key, line, units = offered(world)
    (card,) = shop.search(neighbour, Query()).cards
    assert (card.available, card.at_giver, card.key.condition) == (6, 6, "B")
    shelf = trade.put_on_sale(world, 1)
    assert trade.unit(world, units[0]).price_ore == trade.unit(world, shelf[0]).price_ore
    seen = pickups.detail(lager, key)
    assert (seen.row.state, seen.row.received, seen.row.offered) == (PickupState.ACCEPTED, 0, 6)
    assert PickupStep.OFFER not in seen.steps
    assert [(fate.state, fate.with_giver, fate.pieces) for fate in seen.fates] == [
        ("listed", True, 6)
    ]
    assert pickups.coming(lager) == []
    with pytest.raises(Refused, match="Choose what is put on sale"):
        pickups.offer(lager, key, [line])
    assert_whole(world)


def test_more_than_was_reported_is_never_there_and_offered(world: World) -> None:
    _key, line, _units = offered(world, 2)
    tamper(world)
    part, said = check_states.pieces_match_reports, "{key}: more pieces came and are offered"
    less = f"UPDATE pickup_line SET pieces = 1 WHERE id = {line}"
    assert any(said in found.message for found in found_after(world, part, less))
    assert found_after(world, part, less.replace("1 WHERE", "2 WHERE")) == []


def test_who_waits_first_gets_a_hold_and_a_message(world: World) -> None:
    leader, neighbour = world.person("leader"), shopping.neighbour(world)
    later = want(leader, world.school, words="kontorstol", pieces=6)
    first = want(neighbour, world.home, words="kontorstol", pieces=4)
    wants.end(leader, later)
    last = want(leader, world.school, words="kontorstol", pieces=6)
    _key, _line, units = offered(world)
    assert held(neighbour, first) == units[:4]
    assert held(leader, last) == units[4:]
    assert "want_found" in [row.cause for row in messages.listed(neighbour)]
    assert_whole(world)


def test_the_basket_says_at_once_what_stands_with_whose_basket_it_is(world: World) -> None:
    leader = world.person("leader")
    _key, _line, units = offered(world)
    (card,) = shop.search(leader, Query()).cards
    assert shop.basket(leader, world.school).own is None
    shop.hold(leader, world.school, card.key, 2)
    own = shop.basket(leader, world.school).own
    assert own is not None
    numbers = sorted(trade.number(world.context, unit) for unit in units)
    assert f"stands with you yourselves: {', '.join(numbers[:2])} (A-000001)" in str(own)
    with pytest.raises(Refused, match="stands with you yourselves"):
        shopping.send(leader, world.school)
    neighbour = shopping.neighbour(world)
    shop.hold(neighbour, world.home, card.key, 2)
    assert shop.basket(neighbour, world.home).own is None


def test_its_own_department_has_it_first_for_some_days(world: World, clock: Clock) -> None:
    parameters.save(world.person("admin"), {"pickup_own_days": 5})
    leader, neighbour, lager = (
        world.person("leader"),
        shopping.neighbour(world),
        world.person("lager"),
    )
    first = want(neighbour, world.home, words="kontorstol", pieces=4)
    _key, _line, units = offered(world)
    assert held(neighbour, first) == []
    assert shop.search(neighbour, Query()).cards == ()
    (card,) = shop.search(leader, Query(), world.school).cards
    assert shop.search(lager, Query()).cards[0].available == 6
    with pytest.raises(Refused, match="There are no more of these"):
        shop.hold(neighbour, world.home, card.key, 1)
    with pytest.raises(Refused, match="There are no more of these"):
        shop.hold(neighbour, world.home, card.key, 1, exact_unit_ids=[units[0]])
    assert purchases.look(neighbour, "2 kontorstol").lines[0].shop == 0
    assert purchases.look(leader, "2 kontorstol").lines[0].shop == 6
    assert shop.hold(leader, world.school, card.key, 2).taken == 2
    own = want(leader, world.school, words="kontorstol", pieces=1)
    assert len(held(leader, own)) == 1
    clock.advance(days=5)
    wants.serve(neighbour)
    assert len(held(neighbour, first)) == 4
    assert_whole(world)


def test_a_firms_gift_is_there_for_all_at_once(world: World) -> None:
    parameters.save(world.person("admin"), {"pickup_own_days": 5})
    lager, neighbour = world.person("lager"), shopping.neighbour(world)
    gift = dataclasses.replace(
        pickups.Report(firm="Airbag A/S", value_ore=90_000, lines=(chairs(world, 2),))
    )
    key = pickups.report(lager, gift).pickup_id
    assert len(pickups.coming(neighbour)) == 1
    units = pickups.offer(lager, key, [line_of(lager, key)]).unit_ids
    assert shop.search(neighbour, Query()).cards[0].available == 2
    assert {trade.unit(world, each).giver_id for each in units} == {None}


def test_a_line_in_own_words_becomes_a_type_once_with_the_givers_picture(world: World) -> None:
    lager = world.person("lager")
    shown = dataclasses.replace(TABLE, pictures=(picture("a"),))
    first, again = reported(world, lines=(shown,)), reported(world, lines=(TABLE,))
    for key in (first, again):
        pickups.offer(lager, key, [line_of(lager, key)])
    (made,) = trade.rows(world.context, select(Article).where(Article.name == TABLE.name))
    assert made.category_key == TABLE.category_key
    (card,) = shop.search(lager, Query()).cards
    assert (card.available, card.thumb) == (8, picture("a").sha256)
    assert_whole(world)


def test_undone_before_anything_came_of_it_and_not_after(world: World) -> None:
    lager = world.person("lager")
    key, _line, units = offered(world)
    (change,) = trade.rows(world.context, select(Change.id).where(Change.kind == "pickup.offer"))
    undone = changes.undo(lager, change)
    seen = pickups.detail(lager, key)
    assert (seen.row.state, seen.row.offered) == (PickupState.REPORTED, 0)
    changes.redo(lager, undone.change_id or 0)
    assert pickups.detail(lager, key).row.offered == 6
    on_order(world, units[:1])
    with pytest.raises(Refused):
        changes.undo(lager, change)
    assert_whole(world)


def test_turned_down_it_leaves_the_shop_and_the_baskets_unless_it_is_ordered(world: World) -> None:
    lager, neighbour = world.person("lager"), shopping.neighbour(world)
    key, _line, units = offered(world)
    (card,) = shop.search(neighbour, Query()).cards
    shop.hold(neighbour, world.home, card.key, 1)
    lines = on_order(world, units[3:4])
    with pytest.raises(Refused, match="1 of the pieces of A-000001 are ordered where they stand"):
        pickups.refuse(lager, key, "Skolen bruger dem selv.")
    orders.call_off(lager, trade.row(world.context, OrderLine, lines[0]).order_id, Why.NOT_FOUND)
    done = pickups.refuse(lager, key, "Skolen bruger dem selv.")
    assert shop.search(neighbour, Query()).cards == ()
    assert [gone.number for gone in shop.basket(neighbour, world.home).gone] == [
        trade.number(world.context, units[0])
    ]
    changes.undo(lager, done.change_id or 0)
    assert pickups.detail(lager, key).row.offered == 6
    assert_whole(world)


def test_what_comes_is_counted_and_what_does_not_come_leaves_the_shop(world: World) -> None:
    lager = world.person("lager")
    key, line, units = offered(world)
    lines = on_order(world, units[4:5])
    done = pickups.bring_home(
        lager, key, Arrival(line_id=line, pieces=3, condition="B", place_id=world.shelf)
    )
    # What somebody waits for comes first.
    assert (done.unit_ids, done.missing) == ((units[4], *units[:2]), 0)
    seen = pickups.detail(lager, key)
    assert (seen.row.received, seen.row.offered, seen.row.receiving) == (3, 3, True)
    worse = Arrival(line_id=line, pieces=1, condition="C", place_id=world.shelf, gone=True)
    last = pickups.bring_home(lager, key, worse)
    assert (last.unit_ids, last.missing) == ((units[2],), 2)
    piece = trade.unit(world, units[2])
    assert (piece.condition, piece.state) == ("C", "listed")
    assert (piece.price_ore or 0) < (trade.unit(world, units[0]).price_ore or 0)
    closed = pickups.close(lager, key)
    assert (closed.pieces, closed.came) == (6, 4)
    with pytest.raises(Refused, match="would stand with A-000001: finished"):
        changes.undo(lager, last.change_id or 0)
    changes.undo(lager, closed.change_id or 0)
    changes.undo(lager, last.change_id or 0)
    assert pickups.detail(lager, key).row.offered == 3
    deliveries.pick(lager, lines)
    assert_whole(world)


def test_what_is_ordered_is_not_given_in_another_condition(world: World) -> None:
    lager = world.person("lager")
    key, line, units = offered(world, 2)
    on_order(world, units[:1])
    with pytest.raises(Refused, match="1 of these are ordered or lie in a basket") as worse:
        pickups.bring_home(
            lager, key, Arrival(line_id=line, pieces=2, condition="D", place_id=world.shelf)
        )
    assert worse.value.field == "condition"
    with pytest.raises(Refused, match="are ordered where they stand: B-"):
        pickups.bring_home(lager, key, Arrival(line_id=line, pieces=0, condition="B", gone=True))
    for pieces, place, field in ((3, world.shelf, "pieces"), (1, None, "place_id")):
        with pytest.raises(Refused) as wrong:
            pickups.bring_home(
                lager, key, Arrival(line_id=line, pieces=pieces, condition="B", place_id=place)
            )
        assert wrong.value.field == field


def test_what_has_its_number_is_not_registered_a_second_time(world: World) -> None:
    lager = world.person("lager")
    key = accepted(world, lines=(chairs(world, 6),))
    line = line_of(lager, key)
    intake.register(lager, batch_for(world, 2, key, line))
    pickups.offer(lager, key, [line])
    with pytest.raises(Refused, match="4 of these have their numbers"):
        intake.register(lager, batch_for(world, 1, key, line))
    # What nobody had reported is another matter.
    intake.register(lager, batch_for(world, 1, key, None))
    assert pickups.detail(lager, key).row.received == 3


def _gone(line: int) -> Arrival:
    return Arrival(line_id=line, pieces=0, condition="B", gone=True)


def test_what_is_turned_round_is_not_there_twice(world: World) -> None:
    lager = world.person("lager")
    key = accepted(world, lines=(chairs(world, 6),))
    line = line_of(lager, key)
    registered = intake.register(lager, batch_for(world, 6, key, line)).change_id or 0
    unregistered = changes.undo(lager, registered).change_id or 0
    early = pickups.offer(lager, key, [line]).change_id or 0
    with pytest.raises(Refused, match="That would be 12 pieces of .*, of which 6 are reported"):
        changes.redo(lager, unregistered)
    there = dataclasses.replace(batch_for(world, 6, key, line), at_giver=True)
    with pytest.raises(Refused, match="6 of these have their numbers"):
        intake.register(lager, there)
    withdrawn = changes.undo(lager, early).change_id or 0
    pickups.offer(lager, key, [line])
    with pytest.raises(Refused, match="That would be 12 pieces"):
        changes.redo(lager, withdrawn)
    let_go = pickups.bring_home(lager, key, _gone(line)).change_id or 0
    pickups.offer(lager, key, [line])
    with pytest.raises(Refused, match="That would be 12 pieces"):
        changes.undo(lager, let_go)
    pickups.bring_home(lager, key, _gone(line))
    changes.undo(lager, let_go)
    assert pickups.detail(lager, key).row.offered == 6
    assert_whole(world)


def test_what_is_registered_at_last_is_not_put_on_sale_again_beside_it(world: World) -> None:
    lager = world.person("lager")
    key = accepted(world, lines=(chairs(world, 6),))
    line = line_of(lager, key)
    done = pickups.offer(lager, key, [line])
    undone = changes.undo(lager, done.change_id or 0)
    intake.register(lager, batch_for(world, 6, key, line))
    with pytest.raises(Refused, match="That would be 12 pieces"):
        changes.redo(lager, undone.change_id or 0)
    assert pickups.detail(lager, key).row.received == 6
    assert_whole(world)


def test_it_is_ordered_and_driven_straight_to_its_receiver(world: World) -> None:
    lager, neighbour = world.person("lager"), shopping.neighbour(world)
    key, _line, units = offered(world, 2)
    (card,) = shop.search(neighbour, Query()).cards
    shop.hold(neighbour, world.home, card.key, 2)
    shopping.send(neighbour, world.home)
    run = running.run(world)
    runs.add_delivery(lager, run, world.home)
    assert [(stop.name, stop.load.pieces) for stop in running.planned(lager).stops] == [
        ("Søndervangskolen", 2),
        ("Plejecenter Åbo", 2),
    ]
    for unit in units:
        deliveries.pick_by_scan(lager, trade.number(world.context, unit), None, world.home)
    deliveries.hand_over(lager, line_ids=trade.rows(world.context, select(OrderLine.id)))
    assert pickups.detail(lager, key).row.received == 2
    assert_whole(world)


def test_an_institution_does_not_order_what_still_stands_with_itself(world: World) -> None:
    leader = world.person("leader")
    key, line, units = offered(world)
    (card,) = shop.search(leader, Query()).cards
    shop.hold(leader, world.school, card.key, 6)
    with pytest.raises(Refused) as refused:
        shopping.send(leader, world.school)
    named = ", ".join(trade.number(world.context, unit) for unit in units[:5])
    assert refusal(refused.value) == (
        f"Det her står hos jer selv: {named} … (A-000001). Tag det ud af kurven, og sig til"
        " lageret, hvis I beholder det."
    )
    lager = world.person("lager")
    arrival = Arrival(line_id=line, pieces=6, condition="B", place_id=world.shelf)
    pickups.bring_home(lager, key, arrival)
    assert shopping.send(leader, world.school).pieces == 6
    assert_whole(world)


def test_only_the_warehouse_puts_it_on_sale_and_no_repair_or_regret(world: World) -> None:
    key = reported(world, lines=(chairs(world),))
    line = line_of(world.person("lager"), key)
    both = shopping.person(world, "begge", (Role.APPROVER, world.school))
    for who in (world.person("leader"), both):
        with pytest.raises(Refused, match="You do not have the right"):
            pickups.offer(who, key, [line])
    pickups.withdraw(world.person("leader"), key)
    with pytest.raises(Refused, match="Nothing of A-000001 can be put on sale: it is taken back"):
        pickups.offer(world.person("lager"), key, [line])


def test_two_at_once_put_it_on_sale_once(world: World) -> None:
    lager = world.person("lager")
    key = reported(world, lines=(chairs(world),))
    line = line_of(lager, key)
    answers = together(*[functools.partial(pickups.offer, lager, key, [line])] * 2)
    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert pickups.detail(lager, key).row.offered == 6
    assert_whole(world)


def test_ordered_while_it_is_said_not_to_be_there(world: World) -> None:
    lager = world.person("lager")
    key, line, units = offered(world, 1)
    neighbour = shopping.neighbour(world)
    (card,) = shop.search(neighbour, Query()).cards
    shop.hold(neighbour, world.home, card.key, 1)
    gone = Arrival(line_id=line, pieces=0, condition="B", gone=True)
    together(
        functools.partial(shopping.send, neighbour, world.home),
        functools.partial(pickups.bring_home, lager, key, gone),
    )
    state = trade.state(world.context, units[0])
    assert state in ("ordered", "void")
    assert pickups.detail(lager, key).row.offered == (1 if state == "ordered" else 0)
    assert_whole(world)
