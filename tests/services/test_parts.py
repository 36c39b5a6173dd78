"""Spare parts: what is still good of a piece that is taken apart is stock like any other."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import cases, deliveries, orders, purchases, shop, stock, units
from moebelcirkel.services.stock import Dismantled, SparePart
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.services import mending, repairing, shopping
from tests.services.sound import assert_whole
from tests.services.tampering import said_after, tamper
from tests.services.undoing import undo
from tests.world import World

ARM = "Armlæn til HÅG SoFi"


def apart(world: World, *parts: SparePart) -> Dismantled:
    """A chair of the shelf is taken apart: two arm rests at 75 kr."""
    [unit] = trade.put_on_sale(world, 1, state="received", listed_at=None, condition="D")
    found = parts or (SparePart(ARM, 2, 75_00),)
    return stock.dismantle(world.person("lager"), unit, found, "B", world.shelf)


def test_what_is_good_of_it_is_on_sale_with_labels(world: World) -> None:
    done = apart(world, SparePart(ARM, 2, 75_00), SparePart("Hjul", 1, 0))
    gone = trade.unit(world, done.unit_id)
    assert (gone.state, gone.place_id) == ("dismantled", None)
    parts = [trade.unit(world, key) for key in done.part_ids]
    assert [(part.state, part.price_ore) for part in parts] == [
        ("listed", 7_500),
        ("listed", 7_500),
        ("listed", 0),
    ]
    assert {part.note for part in parts} == {gone.number}
    assert tuple(part.number for part in parts) == done.numbers
    types = trade.rows(world.context, select(Article).where(Article.category_key == SPARE_PART))
    assert {each.name for each in types} == {ARM, "Hjul"}
    assert {part.giver_id for part in parts} == {None}
    again = apart(world, SparePart(ARM.upper(), 1, 75_00))
    assert trade.unit(world, again.part_ids[0]).article_id == parts[0].article_id
    assert_whole(world)


def test_a_part_is_ordered_picked_and_charged_and_counts_no_co2e(world: World) -> None:
    done = apart(world)
    part = trade.unit(world, done.part_ids[0])
    leader, lager = world.person("leader"), world.person("lager")
    key = shop.CardKey(part.article_id, "B", 75_00)
    shop.hold(leader, world.school, key, 1)
    lines = trade.order(world, [done.part_ids[1]], answer=Answer.YES)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    [charge] = trade.rows(world.context, select(Charge))
    assert (charge.kind, charge.amount_ore) == ("hand_over", 75_00)
    [line] = trade.rows(world.context, select(FigureLine))
    # Nothing new is known that it stands for: it has what it cost to bring it, and no CO2e.
    assert (line.net_g, line.new_value_ore, line.cash_ore, line.lifetime_ore) == (
        None,
        0,
        -100_00,
        -100_00,
    )
    assert_whole(world)


def test_where_only_type_1_is_shown_spare_parts_are_shown_beside(world: World) -> None:
    apart(world)
    trade.put_on_sale(world, 3)
    trade.put_on_sale(world, 1, article_id=shopping.article(world, "Bord", "desk_fixed"))
    leader = world.person("leader")
    every = shop.search(leader, Query(type_1=False))
    green = shop.search(leader, Query(type_1=True))
    assert every.facets is not None
    assert green.facets is not None
    assert (every.total_units, every.facets.type_1) == (6, 3)
    assert (green.total_units, green.total_cards, len(green.cards)) == (5, 2, 2)
    assert green.facets.type_1 == 3
    assert {row.key: row.units for row in green.facets.groups}["parts"] == 2
    # An ecolabel that is asked for by its name is asked for.
    swan = Query(type_1=True, ecolabels=frozenset({"Svanemærket"}))
    assert shop.search(leader, swan).total_units == 3


def test_whole_furniture_is_shown_before_parts_of_it(world: World) -> None:
    part = "Armlæn, kontorstol"
    apart(world, SparePart(part, 2, 75_00))
    chair = shopping.article(world, "Ny kontorstol, grøn", "visitor_chair")
    trade.put_on_sale(world, 1, article_id=chair)
    leader = world.person("leader")
    for text in ("", "kontorstol"):
        names = [card.name for card in shop.search(leader, Query(text=text)).cards]
        assert names[-1] == part
        assert "Ny kontorstol, grøn" in names


@pytest.mark.parametrize(
    ("text", "there"),
    [("2 armlæn", 2), ("2 reservedele", 2), ("2 armlæn til kontorstol", 2), ("2 kontorstole", 0)],
)
def test_a_part_of_a_chair_is_no_chair_where_one_is_planned(
    world: World, text: str, there: int
) -> None:
    apart(world, SparePart("Armlæn til kontorstol", 2, 75_00))
    [looked] = purchases.look(world.person("leader"), text).lines
    assert looked.shop == there


def test_parts_are_counted_as_such_and_are_not_adapted(world: World) -> None:
    parts = apart(world, SparePart("Armlæn til kontorstol", 2, 75_00)).part_ids
    leader = world.person("leader")
    found = shop.search(leader, Query(groups=frozenset({"parts"})))
    assert (found.total_units, found.parts) == (2, 2)
    trade.put_on_sale(world, 3)
    found = shop.search(leader, Query())
    assert (found.total_units, found.parts) == (5, 2)
    chair = orders.adapt_choices(leader, world.school, world.chair)
    assert chair.tasks
    part = trade.unit(world, parts[0]).article_id
    assert orders.adapt_choices(leader, world.school, part).tasks == ()
    [card] = shop.search(leader, Query(groups=frozenset({"parts"}))).cards
    assert not shop.card(leader, card.key, world.school).adaptable
    assert shop.card(leader, shopping.key(world), world.school).adaptable


def test_their_passport_says_what_they_are_of(world: World) -> None:
    done = apart(world)
    lager = world.person("lager")
    told = units.passport(lager, done.part_ids[0])
    number = trade.unit(world, done.unit_id).number
    assert told.history[0].title == f"Taget fra {number}, der blev skilt ad"
    assert "åbningsbeholdning" not in " ".join(fact.value for fact in told.facts)
    assert units.passport(lager, done.unit_id).history[0].title == "Skilt ad til reservedele"


def test_what_was_done_on_it_is_booked_the_day_it_is_taken_apart(world: World) -> None:
    case, [unit] = mending.case(world, 1)
    bench = world.person("bench")
    task = repairing.task(world, "Rengøring")  # 20 minutes and 5 kr. of parts
    cases.add_task(bench, case, task, minutes=20, done=True)
    stock.dismantle(world.person("lager"), unit, [SparePart(ARM, 1, 0)], "C", world.shelf)
    [line] = trade.rows(world.context, select(FigureLine))
    assert (line.kind, line.unit_id, line.cash_ore) == ("late_cost", unit, -105_00)
    [left] = trade.rows(world.context, select(Case))
    assert left.state == "closed"
    assert_whole(world)


def test_a_piece_that_was_taken_apart_and_still_has_a_place_is_found(world: World) -> None:
    done = apart(world)
    tamper(world)
    said = said_after(world, f"UPDATE unit SET place_id = {world.shelf} WHERE id = {done.unit_id}")
    assert any("still has a place" in each for each in said)


def test_it_is_undone_until_a_part_is_ordered(world: World) -> None:
    lager = world.person("lager")
    done = apart(world)
    undo(lager, done)
    assert trade.unit(world, done.unit_id).state == "received"
    assert {trade.unit(world, key).state for key in done.part_ids} == {"void"}
    done = apart(world)
    trade.order(world, [done.part_ids[0]])
    with pytest.raises(Refused):
        undo(lager, done)
    assert_whole(world)


def test_what_is_at_a_repairer_is_not_taken_apart(world: World) -> None:
    repairer = mending.hansen(world)
    case, units = mending.case(world, 2)
    mending.sent(world, case, repairer)
    lager = world.person("lager")
    with pytest.raises(Refused, match="Write first that it is back"):
        stock.dismantle(lager, units[0], [SparePart(ARM, 1, 0)], "B", world.shelf)


def test_what_cannot_be_is_refused_by_its_field(world: World) -> None:
    for parts, field in (
        ((), "part0"),
        ((SparePart(" ", 1, 0),), "part0"),
        ((SparePart(ARM, 0, 0),), "count0"),
        ((SparePart(ARM),), "price0"),
        ((SparePart(ARM, 1, 0), SparePart(ARM, 1, -1)), "price1"),
    ):
        [unit] = trade.put_on_sale(world, 1)
        with pytest.raises(Invalid) as refused:
            stock.dismantle(world.person("lager"), unit, parts, "B", world.shelf)
        assert set(refused.value.errors) == {field}
