"""Lists of the shop: who keeps them, for whom they are, and what becomes of their types."""

from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.services import articles, changes, check, institutions, shop
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop import ListForm, ListRow
from tests.world import World


def names(context: Context) -> list[str]:
    return [row.form.name for row in shop.favourites(context)]


def only(context: Context) -> ListRow:
    [row] = shop.lists(context).rows
    return row


def desk(admin: Context, name: str, key: str | None = None) -> int:
    return articles.add(admin, ArticleValues(name=name, category_key="desk_fixed", key=key)).id


def test_a_list_is_kept_shown_corrected_and_taken_out(world: World, admin: Context) -> None:
    first, second = desk(admin, "Skrivebord", "B-1"), desk(admin, "Bord")
    hall, leader = world.person("lager"), world.person("leader")
    made = shop.save_list(hall, ListForm("Nyt kontor", " b-1 \n\nbord\nBord"))
    assert only(hall).form == ListForm("Nyt kontor", "Skrivebord\nBord")
    assert only(hall).type_ids == {first, second}
    assert [row.type_ids for row in shop.favourites(leader)] == [{first, second}]
    fewer = replace(only(hall).form, types="Bord")
    again = shop.save_list(admin, fewer, made.id, only(hall).version)
    assert only(admin).type_ids == {second}
    with pytest.raises(Refused):
        shop.save_list(hall, fewer, made.id, 1)
    changes.undo(admin, again.change_id or 0)
    assert only(admin).type_ids == {first, second}
    gone = shop.delete_list(hall, made.id, only(hall).version)
    assert names(leader) == []
    changes.undo(hall, gone.change_id or 0)
    assert names(leader) == ["Nyt kontor"]
    assert [check.text(each) for each in check.run(admin).findings] == []


def test_a_list_is_for_a_kind_of_institution_and_may_open_first(
    world: World, admin: Context
) -> None:
    found = institutions.get(admin, world.school)
    assert found is not None
    institutions.save(admin, replace(found.form, kind="Skole"), found.id, found.version)
    desk(admin, "Bord")
    for form in (
        ListForm("Alle", "Bord"),
        ListForm("Klasseværelse", "Bord", "Skole", first=True),
        ListForm("Stuer", "Bord", "Dagtilbud"),
    ):
        shop.save_list(admin, form)
    assert shop.lists(admin).kinds == ("Skole",)
    assert names(world.person("leader")) == ["Klasseværelse", "Alle"]
    assert names(world.person("lager"))[0] == "Klasseværelse"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ListForm("", "Bord"), "name"),
        (ListForm("NYT KONTOR", "Bord"), "name"),
        (ListForm("Andet", ""), "types"),
        (ListForm("Andet", "Findes ikke"), "types"),
    ],
)
def test_what_no_list_can_be(admin: Context, form: ListForm, field: str) -> None:
    desk(admin, "Bord")
    shop.save_list(admin, ListForm("Nyt kontor", "Bord"))
    with pytest.raises(Invalid) as caught:
        shop.save_list(admin, form)
    assert field in caught.value.errors


def test_customers_keep_no_lists(world: World, admin: Context) -> None:
    desk(admin, "Bord")
    leader = world.person("leader")
    for act in (
        lambda: shop.save_list(leader, ListForm("Nyt kontor", "Bord")),
        lambda: shop.delete_list(leader, 1, 1),
        lambda: shop.lists(leader),
    ):
        with pytest.raises(Refused, match="right"):
            act()


def test_a_merged_type_leaves_its_place_to_the_one_it_became(world: World, admin: Context) -> None:
    from moebelcirkel.services.articles import merging

    kept, other = desk(admin, "Skrivebord"), desk(admin, "Bord")
    shop.save_list(admin, ListForm("Nyt kontor", "Skrivebord\nBord"))
    merging.merge(admin, kept, [other])
    assert only(admin).type_ids == {kept}
    assert only(admin).form.types == "Skrivebord"
    assert [check.text(each) for each in check.run(admin).findings] == []
