"""Finding by what single pieces are: where they stand and, of toys, what is known of each."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import shop
from moebelcirkel.services.context import Context, Saved, Work
from moebelcirkel.services.intake import Batch, Part, ReportOrigin, register
from moebelcirkel.storage.tables.places import Place
from tests import trade
from tests.services import reported, shopping
from tests.world import World


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def hall_3(world: World) -> int:
    def fill(work: Work) -> Saved:
        row = Place(code="3-1-A", name="Hal 3 · Reol 1 · A")
        work.session.add(row)
        work.session.flush()
        return Saved(id=row.id)

    return int(world.context.write("place.save", None, fill).id)


def keys(facets: tuple[shop.Facet, ...]) -> dict[str, int]:
    return {facet.key: facet.units for facet in facets}


def told(found: shop.Found) -> shop.ShopFacets:
    assert found.facets is not None
    return found.facets


def at(*sites: str, **more: object) -> Query:
    return Query(places=frozenset(sites), **more)  # type: ignore[arg-type]


def test_places_are_counted_beside_the_other_filters_and_narrow_what_is_in_a_card(
    world: World, leader: Context, hall_3: int
) -> None:
    trade.put_on_sale(world, 5)
    trade.put_on_sale(world, 3, place_id=hall_3)
    trade.put_on_sale(world, 2, place_id=hall_3, condition="A")
    every = shop.search(leader, Query())
    assert keys(told(every).places) == {"Hal 2": 5, "Hal 3": 5}
    found = shop.search(leader, at("Hal 3"))
    assert {card.key.condition: card.available for card in found.cards} == {"A": 2, "B": 3}
    assert (found.total_units, keys(told(found).conditions)) == (5, {"A": 2, "B": 3})
    assert keys(told(found).places) == keys(told(every).places)
    worn = shop.search(leader, at("Hal 3", conditions=frozenset("A")))
    assert keys(told(worn).places) == {"Hal 3": 2}
    assert keys(told(worn).conditions) == {"A": 2, "B": 3}
    both = shop.search(leader, at("Hal 2", "Hal 3", least=4))
    assert [(card.key.condition, card.available) for card in both.cards] == [("B", 8)]
    assert keys(told(both).places) == {"Hal 2": 5, "Hal 3": 3}
    nowhere = shop.search(leader, at("Hal 9"))
    assert (nowhere.cards, keys(told(nowhere).places)) == ((), {"Hal 2": 5, "Hal 3": 5, "Hal 9": 0})
    none = shop.search(leader, at("Hal 3", text="reol"))
    assert (none.cards, keys(told(none).places)) == ((), {"Hal 3": 0})


@pytest.mark.parametrize(
    "asked",
    [
        Query(),
        Query("stol"),
        Query("eg"),
        Query("reol"),
        Query("2 skabe"),
        Query("9 skabe"),
        Query("skab", conditions=frozenset("A")),
        Query("eg", max_price_ore=trade.PRICE - 1),
        Query(categories=frozenset(["cupboard_wood"]), colours=frozenset(["blue"])),
        Query("stol", places=frozenset(["Hal 3"])),
    ],
    ids=repr,
)
def test_figures_are_the_same_whether_one_page_holds_all_cards_or_not(
    world: World, leader: Context, hall_3: int, asked: Query
) -> None:
    cupboard = shopping.article(world, "Åbent skab eg", "cupboard_wood", colour="blå")
    trade.put_on_sale(world, 5)
    trade.put_on_sale(world, 2, condition="C", price_ore=trade.PRICE - 100, place_id=hall_3)
    trade.put_on_sale(world, 3, article_id=cupboard, condition="A", place_id=hall_3)
    trade.put_on_sale(world, 1, article_id=cupboard, price_ore=trade.PRICE - 100)
    whole = shop.search(leader, asked)
    part = shop.search(leader, asked, limit=max(1, len(whole.cards) - 1))
    assert told(part) == told(whole)
    assert (part.total_cards, part.total_units) == (whole.total_cards, whole.total_units)


def test_one_place_alone_is_no_choice(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    assert told(shop.search(leader, Query())).places == ()


def test_only_pieces_that_were_found_are_taken_and_told_one_by_one(
    world: World, leader: Context, hall_3: int
) -> None:
    trade.put_on_sale(world, 5)
    there = trade.put_on_sale(world, 3, place_id=hall_3)
    key, within = shopping.key(world), at("Hal 3")
    detail = shop.card(leader, key, world.school, within)
    assert [piece.unit_id for piece in detail.pieces] == there
    assert detail.card.free == 3
    done = shop.hold(leader, world.school, key, 2, None, within)
    assert set(done.unit_ids) <= set(there)
    (card,) = shop.search(leader, within, world.school).cards
    assert (card.available, card.mine, card.free) == (3, 2, 1)
    assert shop.hold(leader, world.school, key, 9, None, within).taken == 1
    with pytest.raises(Refused):
        shop.hold(leader, world.school, key, 1, None, within)
    assert shop.hold(leader, world.school, key, 1).taken == 1


def test_what_stands_with_its_giver_is_a_place_of_its_own(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    pickup = reported.accepted(world)
    origin = ReportOrigin(pickup, reported.line_of(world.person("lager"), pickup))
    part = Part("B", 4, "sale")
    register(
        world.person("lager"),
        Batch(article_id=world.chair, parts=(part,), origin=origin, at_giver=True),
    )
    places = told(shop.search(leader, Query())).places
    assert [(each.name_da, each.units) for each in places] == [("Hal 2", 2), ("Hos afgiver", 4)]
    assert shop.search(leader, at("@giver")).total_units == 4


def test_toys_are_told_apart_by_what_is_known_of_each(world: World, leader: Context) -> None:
    box = shopping.article(world, "Byggeklodser", "toys_box")
    trade.put_on_sale(world, 3)
    whole = trade.put_on_sale(
        world, 2, article_id=box, toy_age="3-5", toy_complete=True, toy_cleaned=True
    )
    trade.put_on_sale(world, 1, article_id=box, toy_age="3-5", toy_complete=False)
    trade.put_on_sale(world, 4, article_id=box)
    toys = told(shop.search(leader, Query())).facts
    assert {name: keys(facets) for name, facets in toys.items()} == {
        "toy_age": {"3-5": 3},
        "toy_complete": {"yes": 2, "no": 1},
        "toy_cleaned": {"yes": 2},
    }
    query = Query(toy_complete=frozenset({"yes"}))
    found = shop.search(leader, query, world.school)
    assert [(card.name, card.available) for card in found.cards] == [("Byggeklodser", 2)]
    assert keys(told(found).facts["toy_complete"]) == {"yes": 2, "no": 1}
    assert keys(told(found).facts["toy_age"]) == {"3-5": 2}
    (card,) = found.cards
    detail = shop.card(leader, card.key, world.school, query)
    assert [piece.unit_id for piece in detail.pieces] == whole
    assert ("Complete", "Yes") in detail.pieces[0].facts
    assert set(shop.hold(leader, world.school, card.key, 5, None, query).unit_ids) == set(whole)
