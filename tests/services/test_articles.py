"""Creating furniture types outside intake and import: rules, rights, undo."""

import datetime as dt
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import articles, changes, intake
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.articles import Article
from tests.services.undoing import assert_undone
from tests.world import World

SHELF = ArticleValues(
    name="Reol birk 80 cm", category_key="cupboard_wood", key="R-80", new_price_ore=149_500
)


def test_a_new_type_is_found_and_can_be_received(world: World) -> None:
    lager = world.person("lager")
    key = int(articles.add(lager, SHELF).id)
    assert articles.get(lager, key).values == SHELF
    assert [hit.id for hit in articles.suggest(lager, "birk")] == [key]
    batch = Batch(article_id=key, parts=(Part("B", 2, "shelf", world.shelf),))
    intake.register(lager, batch)
    assert articles.get(lager, key).in_stock == 2


def test_a_name_comes_before_a_material_of_the_same_word(world: World) -> None:
    lager = world.person("lager")
    shelf = replace(SHELF, name="Arkivreol", key="R-1", materials="birk")
    chair = replace(SHELF, name="Kontorstol Birk", key="K-1", category_key="office_task_chair")
    for values in (shelf, chair):
        articles.add(lager, values)
    assert [hit.name for hit in articles.suggest(lager, "birk")] == ["Kontorstol Birk", "Arkivreol"]


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"name": " "}, "name", "udfyldes"),
        ({"category_key": "nonsense"}, "category_key", "Vælg en kategori"),
        ({"key": "R-80"}, "key", "har allerede dette nummer"),
        ({"new_price_on": dt.date(2026, 11, 21), "new_price_source": "K"}, "new_price_on", "frem"),
        ({"new_price_on": dt.date(1800, 1, 1), "new_price_source": "K"}, "new_price_on", "1950"),
        ({"size_mark": "9"}, "size_mark", "0 til 7"),
        ({"size_mark": "x"}, "size_mark", "0 til 7"),
        ({"link": "javascript:alert(1)"}, "link", "ikke en webadresse"),
        ({"link": "ikke et link"}, "link", "ikke en webadresse"),
        ({"materials": "stål 0101901234"}, "materials", "CPR"),
    ],
)
def test_a_wrong_field_is_named(
    world: World, wrong: dict[str, object], field: str, says: str
) -> None:
    lager = world.person("lager")
    articles.add(lager, SHELF)
    fields = {"name": "Reol", "category_key": "cupboard_wood", **wrong}
    with pytest.raises(Invalid) as caught:
        articles.add(lager, ArticleValues(**fields))  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]
    assert says in refusal(caught.value.errors[field])


def test_what_was_odd_before_does_not_stop_another_correction(world: World) -> None:
    lager = world.person("lager")
    good = replace(SHELF, size_mark="3-6", link="https://x.dk/1", key=None)
    key = int(articles.add(lager, good).id)
    with world.context.database.write() as session:
        article = session.get_one(Article, key)
        article.size_mark, article.link = "9", "ikke et link"
    odd = articles.get(lager, key)
    articles.save(lager, replace(odd.values, colour="Birk"), key, odd.version)
    now = articles.get(lager, key)
    assert (now.values.colour, now.values.link) == ("Birk", "ikke et link")
    with pytest.raises(Invalid) as caught:
        articles.save(lager, replace(now.values, size_mark="8"), key, now.version)
    assert list(caught.value.errors) == ["size_mark"]


def test_undo_removes_it_while_nothing_rests_on_it(world: World) -> None:
    lager = world.person("lager")
    assert_undone(lager, lambda: articles.add(lager, SHELF))
    done = articles.add(lager, SHELF)
    batch = Batch(article_id=int(done.id), parts=(Part("B", 1, "shelf", world.shelf),))
    intake.register(lager, batch)
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(lager, done.change_id or 0)


@pytest.mark.parametrize("who", ["bench", "controller", "leader"])
def test_who_may_not_correct_types_makes_none(world: World, who: str) -> None:
    with pytest.raises(Refused, match="do not have the right"):
        articles.add(world.person(who), SHELF)
