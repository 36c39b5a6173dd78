"""A want of toys says for which age, complete and cleaned: only what is known to be so fits."""

import dataclasses

import pytest

from moebelcirkel.domain.errors import Invalid
from moebelcirkel.services import changes, wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.wants import WantForm
from tests import trade
from tests.services import shopping
from tests.services.sound import assert_whole
from tests.services.wanting import form, held
from tests.world import World


def asked(context: Context, **more: object) -> WantForm:
    return form(context, words="", category_key="toys_box", pieces=5, **more)


def test_only_what_is_known_to_be_so_is_held(world: World, leader: Context) -> None:
    box = shopping.article(world, "Klodser", "toys_box")
    right = trade.put_on_sale(world, 2, article_id=box, toy_age="3-5", toy_complete=True)
    trade.put_on_sale(world, 1, article_id=box, toy_age="3-5", toy_complete=False)
    trade.put_on_sale(world, 1, article_id=box, toy_age="6-9", toy_complete=True)
    trade.put_on_sale(world, 1, article_id=box)
    made = wants.create(leader, world.school, asked(leader, toy_age="3-5", toy_complete=True))
    assert held(leader, made.id) == right
    [row] = wants.listed(leader)
    assert row.what.endswith("Aldersgruppe: 3–5 år · Komplet: Ja")
    late = trade.put_on_sale(world, 1, article_id=box, toy_age="3-5", toy_complete=True)
    assert held(leader, made.id) == [*right, *late]
    trade.put_on_sale(world, 1, article_id=box, toy_age="0-2", toy_complete=True)
    assert len(held(leader, made.id)) == 3
    assert_whole(world)


def test_corrected_it_lets_go_what_no_longer_fits_and_takes_what_does(
    world: World, leader: Context
) -> None:
    box = shopping.article(world, "Klodser", "toys_box")
    small = trade.put_on_sale(world, 1, article_id=box, toy_age="0-2")
    big = trade.put_on_sale(world, 1, article_id=box, toy_age="6-9")
    made = wants.create(leader, world.school, asked(leader))
    assert held(leader, made.id) == [*small, *big]
    done = wants.correct(leader, made.id, asked(leader, toy_age="6-9"))
    assert held(leader, made.id) == big
    detail = wants.detail(leader, made.id)
    assert (detail.toy_age, detail.toy_complete) == ("6-9", None)
    assert_whole(world)
    changes.undo(leader, done.change_id or 0)
    assert wants.detail(leader, made.id).toy_age is None
    assert_whole(world)


def test_a_dearer_piece_counts_only_where_it_is_what_is_asked(
    world: World, leader: Context
) -> None:
    box = shopping.article(world, "Klodser", "toys_box")
    trade.put_on_sale(world, 2, article_id=box, toy_age="0-2", price_ore=50_000)
    trade.put_on_sale(world, 1, article_id=box, toy_age="6-9", price_ore=50_000)
    wish = asked(leader, toy_age="0-2", ceiling_ore=10_000)
    made = wants.create(leader, world.school, wish)
    assert held(leader, made.id) == []
    assert wants.detail(leader, made.id).dearer == 2


def test_nothing_is_asked_of_what_is_no_toy(world: World, leader: Context) -> None:
    chairs = trade.put_on_sale(world, 2)
    wish = dataclasses.replace(form(leader, pieces=2), toy_age="3-5")
    made = wants.create(leader, world.school, wish)
    assert held(leader, made.id) == chairs
    assert wants.detail(leader, made.id).toy_age is None
    with pytest.raises(Invalid) as caught:
        wants.create(leader, world.school, asked(leader, toy_age="12-99"))
    assert list(caught.value.errors) == ["toy_age"]


def test_a_want_of_a_type_or_in_words_asks_what_its_category_does(
    world: World, leader: Context
) -> None:
    box = shopping.article(world, "Puslespil dyr", "toys_box")
    right = trade.put_on_sale(world, 1, article_id=box, toy_age="3-5")
    trade.put_on_sale(world, 1, article_id=box, toy_age="6-9")
    of_type = form(leader, words="", article_id=box, pieces=1, toy_age="3-5")
    made = wants.create(leader, world.school, of_type)
    assert held(leader, made.id) == right
    assert wants.listed(leader)[0].what == "Puslespil dyr · Aldersgruppe: 3–5 år"
    in_words = form(leader, words="puslespil", pieces=3, toy_age="10+")
    later = wants.create(leader, world.school, in_words)
    assert held(leader, later.id) == []
    assert wants.detail(leader, later.id).toy_age == "10+"
    choices = wants.choices(leader, world.school, box)
    assert choices.of_type == "toys_box"
    assert_whole(world)
