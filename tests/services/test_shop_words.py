"""What a search finds by other words than those of the types, and ecolabels of type 1."""

from moebelcirkel.domain.shop import Query
from moebelcirkel.services import parameters, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.services import shopping
from tests.world import World


def names(found: shop.Found) -> list[str]:
    return [card.name for card in found.cards]


def sell(world: World, name: str, category: str, ecolabel: str = "") -> None:
    article = shopping.article(world, name, category, ecolabel=ecolabel)
    trade.put_on_sale(world, 1, article_id=article)


def test_a_word_spelled_wrong_finds_what_was_meant_and_says_so(
    world: World, leader: Context
) -> None:
    trade.put_on_sale(world, 2)
    for typed in ("kontrostol", "Kontostol", "2 kontrostole"):
        found = shop.search(leader, Query(typed))
        assert names(found) == ["Kontorstol HÅG SoFi 7200"], typed
        assert "kontorstol" in found.spelled
        assert found.facets is not None
        assert [facet.units for facet in found.facets.groups] == [2]
    assert shop.search(leader, Query("kontrostol"), offset=1).cards == ()
    assert shop.search(leader, Query("kontorstol")).spelled == ""


def test_a_word_that_some_type_has_is_never_put_right(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    shopping.article(world, "Kantorstol", "office_task_chair")
    found = shop.search(leader, Query("kantorstol"))
    assert (names(found), found.spelled) == ([], "")


def test_words_that_mean_the_same_are_the_municipalitys(
    world: World, leader: Context, admin: Context
) -> None:
    sell(world, "Skrivebord med motor", "desk_sit_stand")
    sell(world, "Kommode", "desk_fixed")
    assert names(shop.search(leader, Query("elbord"))) == ["Skrivebord med motor"]
    assert names(shop.search(leader, Query("elborde"))) == ["Skrivebord med motor"]
    assert names(shop.search(leader, Query("dragkiste"))) == []
    parameters.save(admin, {"synonyms": "dragkiste = kommode"})
    assert names(shop.search(leader, Query("dragkiste"))) == ["Kommode"]


def test_ecolabels_of_type_1_are_counted_and_shown_alone(
    world: World, leader: Context, admin: Context
) -> None:
    trade.put_on_sale(world, 3)
    sell(world, "Bord", "desk_fixed", "FSC")
    sell(world, "Bænk", "desk_fixed")
    every = shop.search(leader, Query())
    assert every.facets is not None
    assert (every.total_units, every.facets.type_1, every.type_1) == (5, 3, False)
    green = shop.search(leader, Query(type_1=True))
    assert green.facets is not None
    assert (green.total_units, green.facets.type_1) == (3, 3)
    assert {facet.key: facet.units for facet in green.facets.ecolabels} == {"Svanemærket": 3}
    parameters.save(admin, {"only_green": True})
    assert shop.search(leader, Query()).total_units == 3
    assert shop.search(leader, Query(type_1=False)).total_units == 5
    parameters.save(admin, {"type_1_labels": "FSC"})
    assert names(shop.search(leader, Query())) == ["Bord"]
