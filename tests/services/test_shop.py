"""Searching the shop: cards, their order, filters with counts, labels, and what others hold."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.shop import Query, Span
from moebelcirkel.services import shop
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop import CardKey, Found
from moebelcirkel.storage.tables.units import UnitCode
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.world import World


def names(found: Found) -> list[str]:
    return [card.name for card in found.cards]


def sell(world: World, name: str, category: str, count: int = 1, **more: object) -> int:
    article_id = shopping.article(world, name, category)
    trade.put_on_sale(world, count, article_id=article_id, **more)  # type: ignore[arg-type]
    return article_id


def test_alike_pieces_are_one_card_by_condition_and_price(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 3)
    trade.put_on_sale(world, 2, condition="A", price_ore=167_000)
    trade.put_on_sale(world, 1, price_ore=100_000)
    trade.put_on_sale(world, 4, state="ready")
    found = shop.search(leader, Query(), world.school)
    assert [(card.key.condition, card.key.price_ore, card.available) for card in found.cards] == [
        ("A", 167_000, 2),
        ("B", 100_000, 1),
        ("B", 134_000, 3),
    ]
    assert (found.total_cards, found.total_units) == (3, 6)
    card = found.cards[2]
    assert card.key == CardKey(world.chair, "B", 134_000)
    assert (card.new_price_ore, card.new_price_known) == (335_000, True)
    assert (card.net_g, card.low_g, card.high_g) == (21618, 10818, 36018)


def test_words_are_found_inside_compounds_whole_words_first(world: World, leader: Context) -> None:
    sell(world, "Legetøj", "toys_box")
    sell(world, "Bogreol eg", "bookcase_wood")
    sell(world, "Hæve-sænkebord", "desk_sit_stand")
    trade.put_on_sale(world, 1)
    assert names(shop.search(leader, Query("eg"))) == ["Bogreol eg", "Legetøj"]
    assert names(shop.search(leader, Query("haeve"))) == ["Hæve-sænkebord"]
    assert names(shop.search(leader, Query("hævesænkebord"))) == ["Hæve-sænkebord"]
    assert names(shop.search(leader, Query("stol"))) == ["Kontorstol HÅG SoFi 7200"]
    assert names(shop.search(leader, Query("reoler"))) == ["Bogreol eg"]
    assert names(shop.search(leader, Query("stol eg"))) == []
    assert names(shop.search(leader, Query("100%_\\"))) == []


def test_equal_cards_come_in_the_danish_alphabet(world: World, leader: Context) -> None:
    for name in ("Aa-bord", "Ø-bord", "Z-bord", "Æ-bord", "Bord 10", "Bord 9", "A-bord"):
        sell(world, name, "desk_fixed")
    assert names(shop.search(leader, Query())) == [
        "A-bord",
        "Bord 9",
        "Bord 10",
        "Z-bord",
        "Æ-bord",
        "Ø-bord",
        "Aa-bord",
    ]


def test_each_filter_is_counted_without_itself(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 5)
    trade.put_on_sale(world, 2, condition="A")
    sell(world, "Bogreol eg", "bookcase_wood", 3)
    both = frozenset({"office_chairs"})
    found = shop.search(leader, Query(groups=both, conditions=frozenset("A")), world.school)
    assert found.facets is not None
    assert {facet.key: facet.units for facet in found.facets.groups} == {"office_chairs": 2}
    assert {facet.key: facet.units for facet in found.facets.conditions} == {"A": 2, "B": 5}
    assert {facet.key: facet.units for facet in found.facets.ecolabels} == {"Svanemærket": 2}
    assert (found.total_cards, found.total_units) == (1, 2)
    wide = shop.search(leader, Query(conditions=frozenset("B")))
    assert wide.facets is not None
    assert [(facet.name_da, facet.units) for facet in wide.facets.groups] == [
        ("Kontorstole", 5),
        ("Opbevaring", 3),
    ]


def test_a_filter_that_is_set_stays_though_it_shows_nothing(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    query = Query("bord", frozenset({"sofas"}), conditions=frozenset("C"))
    found = shop.search(leader, query)
    assert found.facets is not None
    assert [(facet.key, facet.units) for facet in found.facets.groups] == [("sofas", 0)]
    assert [(facet.key, facet.units) for facet in found.facets.conditions] == [("C", 0)]


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        (Query("3 stole"), True),
        (Query("4 stole"), False),
        (Query("3 chairs"), True),
        (Query("4 chairs"), False),
        (Query(least=3), True),
        (Query(max_price_ore=133_999), False),
        (Query(max_price_ore=134_000), True),
        (Query("stol højde 100-110"), True),
        (Query("stol højde 120"), False),
        (Query(width=Span(670, 690)), True),
        (Query(width=Span(700, 800)), False),
        (Query(depth=Span(660, 660)), True),
        (Query(ecolabels=frozenset({"Svanemærket"})), True),
        (Query(ecolabels=frozenset({"FSC"})), False),
        (Query(categories=frozenset({"office_task_chair"})), True),
        (Query(groups=frozenset({"unknown"})), False),
    ],
)
def test_wishes_narrow_the_list(world: World, leader: Context, query: Query, hit: bool) -> None:
    trade.put_on_sale(world, 3)
    found = shop.search(leader, query)
    assert (found.total_cards == 1, len(found.cards) == 1) == (hit, hit)


def test_a_label_or_another_code_finds_the_card_of_its_piece(world: World, leader: Context) -> None:
    units = trade.put_on_sale(world, 2)
    trade.put_on_sale(world, 2, condition="A")
    number = trade.number(world.context, units[0])
    world.context.write(
        "unit.code",
        None,
        lambda work: work.session.add(UnitCode(unit_id=units[1], code="8712345678906")),
    )
    for code in (number, number.lower().replace("-", ""), "8712345678906"):
        found = shop.search(leader, Query(code, conditions=frozenset("A")))
        assert [(card.key.condition, card.available) for card in found.cards] == [("B", 2)]
        assert found.labelled is not None
        assert found.labelled.state == "listed"


def test_a_label_of_a_piece_that_is_not_on_sale_says_where_it_is(
    world: World, leader: Context
) -> None:
    units = trade.put_on_sale(world, 1, state="workshop", price_ore=None)  # type: ignore[arg-type]
    number = trade.number(world.context, units[0])
    found = shop.search(leader, Query(number))
    assert found.cards == ()
    assert found.labelled == shop.Labelled(
        number, "workshop", world.chair, "Kontorstol HÅG SoFi 7200"
    )


def test_what_others_hold_is_not_available_but_ones_own_is(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 5)
    other = shopping.neighbour(world)
    shop.hold(leader, world.school, shopping.key(world), 2)
    shop.hold(other, world.home, shopping.key(world), 1)
    card = shop.search(leader, Query(), world.school).cards[0]
    assert (card.available, card.mine, card.free) == (4, 2, 2)
    card = shop.search(world.person("lager"), Query()).cards[0]
    assert (card.available, card.mine) == (2, 0)
    clock.advance(minutes=31)
    card = shop.search(leader, Query(), world.school).cards[0]
    assert (card.available, card.mine) == (5, 0)


def test_where_nothing_can_be_had_it_is_told_where_the_pieces_are(
    world: World, leader: Context
) -> None:
    other = shopping.neighbour(world)
    trade.put_on_sale(world, 1)
    shop.hold(other, world.home, shopping.key(world), 1)
    trade.put_on_sale(world, 2, state="ordered")
    trade.put_on_sale(world, 3, state="workshop", price_ore=None)  # type: ignore[arg-type]
    trade.put_on_sale(world, 4, state="scrapped")
    sell(world, "Skænk eg", "conference_table")
    for text in ("kontorstole", "håg ko"):
        found = shop.search(leader, Query(text), world.school)
        assert found.instead == shop.NotOnSale(free=0, held=1, ordered=2, coming=3)
    assert shop.search(leader, Query("skænk"), world.school).instead is None
    found = shop.search(leader, Query("skænk", conditions=frozenset("A")), world.school)
    assert found.instead == shop.NotOnSale(free=1, held=0, ordered=0, coming=0)
    found = shop.search(leader, Query("sofa"), world.school)
    assert found.instead == shop.NotOnSale(0, 0, 0, 0)


def test_a_card_is_refurbished_when_all_its_pieces_are(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1, refurbished=True)
    assert shop.search(leader, Query()).cards[0].refurbished
    trade.put_on_sale(world, 1)
    assert not shop.search(leader, Query()).cards[0].refurbished


def test_without_a_new_price_the_categorys_is_shown_as_an_estimate(
    world: World, leader: Context
) -> None:
    sell(world, "Bogreol eg", "bookcase_wood")
    card = shop.search(leader, Query()).cards[0]
    assert not card.new_price_known
    assert card.new_price_ore > 0


def test_pages_follow_each_other_without_gap_or_overlap(world: World, leader: Context) -> None:
    for price in range(10):
        trade.put_on_sale(world, 1, price_ore=price * 1_000)
    first = shop.search(leader, Query(), limit=4)
    pages = [shop.search(leader, Query(), offset=offset, limit=4) for offset in (4, 8)]
    keys = [card.key.price_ore for page in (first, *pages) for card in page.cards]
    assert keys == [price * 1_000 for price in range(10)]
    assert first.total_cards == 10
    assert all(page.facets is None for page in pages)


def test_only_those_with_the_right_see_the_shop(world: World) -> None:
    with pytest.raises(Refused):
        shop.search(world.person("bench"), Query())
    with pytest.raises(Refused):
        shop.search(world.person("leader"), Query(), world.home)
    assert shop.institutions(world.person("lager")) == []
    assert [each.name for each in shop.institutions(world.person("leader"))] == ["Søndervangskolen"]
    both = shopping.person(world, "begge", (Role.LEADER, world.school), (Role.EMPLOYEE, world.home))
    assert [each.name for each in shop.institutions(both)] == [
        "Plejecenter Åbo",
        "Søndervangskolen",
    ]


def test_an_opened_card_shows_facts_and_single_pieces(
    world: World, leader: Context, clock: Clock
) -> None:
    units = trade.put_on_sale(world, 3)
    shop.hold(leader, world.school, shopping.key(world), 1)
    detail = shop.card(leader, shopping.key(world), world.school)
    assert detail.card == shop.search(leader, Query(), world.school).cards[0]
    assert detail.measures == "68 × 66 × 98–115"
    assert [(piece.unit_id, piece.mine) for piece in detail.pieces] == [
        (units[0], True),
        (units[1], False),
        (units[2], False),
    ]
    other = shopping.neighbour(world)
    seen = shop.card(other, shopping.key(world), world.home)
    assert [piece.unit_id for piece in seen.pieces] == units[1:]
    with pytest.raises(Refused):
        shop.card(leader, shopping.key(world, "D"), world.school)
