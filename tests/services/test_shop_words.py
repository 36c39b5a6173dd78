"""What a search finds by other words than those of the types, and ecolabels of type 1."""

import datetime as dt
from dataclasses import replace

from moebelcirkel.domain.shop import Query
from moebelcirkel.services import ecolabels, parameters, purchases, shop
from moebelcirkel.services.context import Context
from tests import trade
from tests.services import shopping, wanting
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


def keys(facets: tuple[shop.Facet, ...]) -> dict[str, int]:
    return {facet.key: facet.units for facet in facets}


def test_colours_size_marks_and_hands_are_counted_beside_the_other_filters(
    world: World, leader: Context
) -> None:
    for name, colour, mark, grams in (
        ("Elevstol", "Mørkeblå", "3-5", 5_000),
        ("Elevstol høj", "blå, meleret", "6", 25_000),
        ("Elevstol rød", "Rød", "5", None),
    ):
        article = shopping.article(
            world, name, "school_chair", colour=colour, size_mark=mark, weight_g=grams
        )
        trade.put_on_sale(world, 2, article_id=article)
    every = shop.search(leader, Query()).facets
    assert every is not None
    assert keys(every.colours) == {"blaa": 4, "roed": 2}
    assert keys(every.size_marks) == {"3": 2, "4": 2, "5": 4, "6": 2}
    assert keys(every.hands) == {"1": 2, "2": 2}
    five = shop.search(leader, Query(size_marks=frozenset("5")))
    assert sorted(names(five)) == ["Elevstol", "Elevstol rød"]
    assert five.facets is not None
    assert keys(five.facets.colours) == {"blaa": 2, "roed": 2}
    assert keys(five.facets.size_marks) == keys(every.size_marks)
    blue = shop.search(leader, Query(size_marks=frozenset("5"), colours=frozenset({"blaa"})))
    assert (names(blue), blue.total_units) == (["Elevstol"], 2)
    assert names(shop.search(leader, Query(hands=frozenset("2")))) == ["Elevstol høj"]
    nothing = shop.search(leader, Query(colours=frozenset({"gul"})))
    assert (nothing.total_units, nothing.cards) == (0, ())
    assert nothing.facets is not None
    assert keys(nothing.facets.colours) == {"blaa": 4, "roed": 2, "gul": 0}


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
    for label in ecolabels.ecolabels(admin):
        if label.form.name in ("FSC", "Svanemærket"):
            other = replace(label.form, type_1=label.form.name == "FSC")
            ecolabels.save(admin, other, label.id, label.version)
    assert names(shop.search(leader, Query())) == ["Bord"]


def test_the_week_it_comes_in_is_counted_beside_the_other_filters(
    world: World, leader: Context, admin: Context
) -> None:
    today = leader.today()
    this, later = today.isocalendar().week, (today + dt.timedelta(weeks=6)).isocalendar().week
    parameters.save(admin, {"order_rounds": f"Kontorstole: {later}", "lead_days": 0})
    trade.put_on_sale(world, 3)
    sell(world, "Bord", "desk_fixed")
    found = shop.search(leader, Query(), world.school)
    assert found.facets is not None
    soon, last = found.facets.weeks
    assert [(each.name_da, each.units) for each in (soon, last)] == [
        (f"Senest uge {this}", 1),
        (f"Senest uge {later}", 4),
    ]
    for each in found.cards:
        week = shop.card(leader, each.key, world.school).week
        assert week is not None
        assert week.number == (this if each.name == "Bord" else later)
    assert shop.card(leader, found.cards[0].key).week is None
    chosen = shop.search(leader, Query(weeks=frozenset({soon.key})), world.school)
    assert chosen.facets is not None
    assert (names(chosen), chosen.total_units) == (["Bord"], 1)
    assert [each.units for each in chosen.facets.weeks] == [1, 4]
    assert {each.key for each in chosen.facets.groups} == {"tables"}
    both = Query(weeks=frozenset({soon.key}), groups=frozenset({"office_chairs"}))
    by_then = shop.search(leader, Query(weeks=frozenset({last.key})), world.school)
    assert by_then.total_units == 4
    either = Query(weeks=frozenset({soon.key, last.key}))
    assert shop.search(leader, either, world.school).total_units == 4
    nothing = shop.search(leader, both, world.school)
    assert nothing.facets is not None
    assert (nothing.total_units, [each.units for each in nothing.facets.weeks]) == (0, [0, 3])
    assert shop.search(leader, Query()).facets.weeks == ()  # type: ignore[union-attr]


def test_a_word_with_a_hyphen_is_meant_in_one_and_by_its_parts(
    world: World, leader: Context
) -> None:
    sell(world, "Hæve-sænkebord eg", "desk_sit_stand")
    for typed in ("hæve-sænkebort", "hævesænkebort", "hæve sænkebort"):
        found = shop.search(leader, Query(typed))
        assert (names(found), bool(found.spelled)) == (["Hæve-sænkebord eg"], True), typed


def test_measures_and_size_marks_are_understood_in_short(world: World, leader: Context) -> None:
    for name, category, more in (
        ("Elevstol lav", "school_chair", {"size_mark": "3-5", "height_min_mm": 380}),
        ("Elevstol høj", "school_chair", {"size_mark": "6", "height_min_mm": 460}),
        ("Bord smalt", "desk_fixed", {"width_mm": 800, "depth_mm": 600}),
        ("Bord rundt", "desk_fixed", {"width_mm": 900, "depth_mm": 900, "height_max_mm": 720}),
        ("Mødebord Ø90", "desk_fixed", {}),
    ):
        article = shopping.article(world, name, category, **more)
        trade.put_on_sale(world, 2, article_id=article)
    for typed, found in (
        ("h 45-47", ["Elevstol høj"]),
        ("højde 45-47", ["Elevstol høj"]),
        ("h46", ["Elevstol høj"]),
        ("elevstol str. 5", ["Elevstol lav"]),
        ("str 5", ["Elevstol lav"]),
        ("størrelse 5", ["Elevstol lav"]),
        ("2 elevstole str. 6", ["Elevstol høj"]),
        ("elevsotl str. 6", ["Elevstol høj"]),
        ("b 80", ["Bord smalt"]),
        ("bredde 80", ["Bord smalt"]),
        ("dybde 60", ["Bord smalt"]),
        ("bord b80 x d60", ["Bord smalt"]),
        ("Ø 90", ["Bord rundt", "Mødebord Ø90"]),
    ):
        assert sorted(names(shop.search(leader, Query(typed)))) == found, typed
    none = shop.search(leader, Query("str 7"))
    assert none.instead is not None
    assert (names(none), none.instead.free) == ([], 0)


def test_a_want_and_a_plan_read_size_marks_as_the_shop_does(world: World, leader: Context) -> None:
    for mark in ("3-5", "6"):
        article = shopping.article(world, f"Elevstol {mark}", "school_chair", size_mark=mark)
        trade.put_on_sale(world, 2, article_id=article)
    [line] = purchases.look(leader, "3 elevstole str. 5").lines
    assert (line.planned.pieces, line.shop, line.category_key) == (3, 2, "school_chair")
    [line] = purchases.look(leader, "3 elevstole str. 7").lines
    assert (line.shop, line.category_key) == (0, "school_chair")
    key = wanting.want(leader, world.school, words="elevstol str. 6", pieces=3)
    assert len(wanting.held(leader, key)) == 2
