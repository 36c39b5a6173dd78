"""What a person keeps in the shop: lists and searches of one's own, at whatever PC."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import articles, changes, check, persons, shop, users
from moebelcirkel.services.articles import merging
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop import own
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.shop import OwnList, ShopSeen
from tests.documents import reading
from tests.world import World


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def desk(admin: Context) -> int:
    return articles.add(admin, ArticleValues(name="Skrivebord", category_key="desk_fixed")).id


def kept(context: Context) -> list[tuple[str, str]]:
    return [(row.name, row.types) for row in shop.kept(context).lists]


def clean(world: World) -> None:
    assert [check.text(each) for each in check.run(world.context).findings] == []


def test_a_list_is_made_filled_named_emptied_and_deleted(
    world: World, leader: Context, desk: int
) -> None:
    chair = articles.get(leader.as_actor(world.people["admin"]), world.chair).values.name
    key = shop.save_own(leader, "Nyt kontor").id
    marked = shop.mark(leader, desk, key)
    shop.mark(leader, world.chair, key)
    assert kept(leader) == [("Nyt kontor", f"Skrivebord\n{chair}")]
    [row] = shop.kept(leader).lists
    assert row.type_ids == {desk, world.chair}
    shop.save_own(leader, "Mit kontor", "skrivebord", key, row.version)
    assert kept(leader) == [("Mit kontor", "Skrivebord")]
    with pytest.raises(Stale):
        shop.save_own(leader, "En anden", "", key, row.version)
    off = shop.mark(leader, desk, key, on=False)
    assert kept(leader) == [("Mit kontor", "")]
    changes.undo(leader, off.change_id or 0)
    assert kept(leader) == [("Mit kontor", "Skrivebord")]
    [row] = shop.kept(leader).lists
    gone = shop.delete_own(leader, key, row.version)
    assert kept(leader) == []
    changes.undo(leader, gone.change_id or 0)
    assert kept(leader) == [("Mit kontor", "Skrivebord")]
    with pytest.raises(Refused):
        changes.undo(leader, marked.change_id or 0)
    clean(world)


def test_the_first_star_makes_the_list_and_a_second_pc_finds_it(
    world: World, leader: Context, desk: int
) -> None:
    first = shop.mark(leader, desk, name="Favoritter")
    assert shop.mark(leader, world.chair, name="favoritter").id == first.id
    assert shop.mark(leader, desk, name="Favoritter").id == first.id
    [row] = shop.kept(leader).lists
    assert row.name == "Favoritter"
    assert row.type_ids == {desk, world.chair}
    clean(world)


def test_a_name_is_ones_own_once(world: World, leader: Context, desk: int) -> None:
    shop.save_own(leader, "Kontor")
    key = shop.save_own(leader, "Fest").id
    for name, of in (("KONTOR", None), ("kontor", key), (" ", None)):
        with pytest.raises(Invalid) as caught:
            shop.save_own(leader, name, "", of, 1)
        assert "name" in caught.value.errors
    shop.save_own(leader, "FEST", "", key, 1)
    shop.save_own(world.person("lager"), "Kontor")
    shop.keep_search(leader, "Kontor")
    assert [name for name, _types in kept(leader)] == ["Kontor", "FEST"]


def test_another_ones_list_is_as_if_it_were_not_there(
    world: World, leader: Context, desk: int
) -> None:
    made = shop.mark(leader, desk, name="Mine")
    other = world.person("lager")
    assert kept(other) == []
    for act in (
        lambda: shop.mark(other, desk, made.id),
        lambda: shop.save_own(other, "Hans", "", made.id, 1),
        lambda: shop.delete_own(other, made.id, 1),
        lambda: changes.undo(other, made.change_id or 0),
    ):
        with pytest.raises(Refused):
            act()
    nobody = replace(world.people["leader"], grants=frozenset())
    with pytest.raises(Refused, match="right"):
        shop.kept(leader.as_actor(nobody))
    assert kept(leader) == [("Mine", "Skrivebord")]
    changes.undo(world.person("admin"), made.change_id or 0)
    assert kept(leader) == []


def test_a_search_is_kept_once_and_forgotten(world: World, leader: Context) -> None:
    first = shop.keep_search(leader, "  12  stole ")
    assert shop.keep_search(leader, "12 STOLE").id == first.id
    shop.keep_search(leader, "reol")
    searches = shop.kept(leader).searches
    assert [row.name for row in searches] == ["reol", "12 stole"]
    shop.delete_own(leader, searches[0].id, searches[0].version)
    assert [row.name for row in shop.kept(leader).searches] == ["12 stole"]
    assert kept(leader) == []


def test_there_is_an_end_to_what_is_kept(
    world: World, leader: Context, desk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "MOST_TYPES", 1)
    for number in range(own.MOST_LISTS):
        shop.save_own(leader, f"Liste {number}")
    for number in range(own.MOST_SEARCHES):
        shop.keep_search(leader, f"stol {number}")
    with pytest.raises(Refused, match="30 lists"):
        shop.mark(leader, desk, name="En til")
    with pytest.raises(Refused, match="12 searches"):
        shop.keep_search(leader, "En til")
    full = shop.mark(leader, desk, name="Liste 0").id
    with pytest.raises(Refused, match="at most 1 furniture types"):
        shop.mark(leader, world.chair, full)


def test_undo_brings_nothing_beyond_what_a_person_may_keep(
    world: World, leader: Context, desk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = shop.save_own(leader, "Kontor").id
    deleted = shop.delete_own(leader, key, 1)
    again = shop.save_own(leader, "KONTOR", "Skrivebord").id
    with pytest.raises(Refused, match="kept again since"):
        changes.undo(leader, deleted.change_id or 0)
    named = shop.save_own(leader, "Fest", "Skrivebord", again, 1)
    shop.save_own(leader, "kontor")
    with pytest.raises(Refused, match="kept again since"):
        changes.undo(leader, named.change_id or 0)
    for number in range(own.MOST_SEARCHES):
        shop.keep_search(leader, f"stol {number}")
    [first, *_more] = shop.kept(leader).searches
    forgotten = shop.delete_own(leader, first.id, first.version)
    shop.keep_search(leader, "En til")
    with pytest.raises(Refused, match="12 searches"):
        changes.undo(leader, forgotten.change_id or 0)
    off = shop.mark(leader, desk, again, on=False)
    shop.mark(leader, world.chair, again)
    monkeypatch.setattr(own, "MOST_TYPES", 1)
    with pytest.raises(Refused, match="at most 1 furniture types"):
        changes.undo(leader, off.change_id or 0)


def test_a_search_is_no_list(leader: Context, desk: int) -> None:
    key = shop.keep_search(leader, "reol").id
    with pytest.raises(Refused):
        shop.mark(leader, desk, key)
    with pytest.raises(Refused):
        shop.save_own(leader, "Kontor", "", key, 1)
    [row] = shop.kept(leader).searches
    assert (row.name, kept(leader)) == ("reol", [])


def test_what_cannot_be_kept_of_a_pc_is_left_out_and_said(leader: Context, desk: int) -> None:
    searches = ["bord\0", "reol", "010190-1234", "x" * 5_000]
    done = shop.take_over(leader, "Favoritter", [desk, 2**70, -1], searches, [2**40])
    assert done.searches_left_out == 3
    assert [row.name for row in shop.kept(leader).searches] == ["reol"]
    assert kept(leader) == [("Favoritter", "Skrivebord")]


def test_what_was_seen_follows_the_person_and_is_no_change(
    world: World, leader: Context, desk: int, admin: Context
) -> None:
    changes_before = changes.count(admin, changes.ChangeFilter())
    for key in (desk, world.chair, desk, 9_999):
        shop.saw(leader, key)
    assert shop.kept(leader).seen == (desk, world.chair)
    assert shop.kept(world.person("lager")).seen == ()
    assert changes.count(admin, changes.ChangeFilter()) == changes_before
    for number in range(own.MOST_SEEN):
        values = ArticleValues(name=f"Bord {number}", category_key="desk_fixed")
        shop.saw(leader, articles.add(admin, values).id)
    seen = shop.kept(leader).seen
    assert len(seen) == own.MOST_SEEN
    assert desk not in seen
    with leader.read() as session:
        assert session.scalar(select(func.count()).select_from(ShopSeen)) == own.MOST_SEEN


def test_what_a_pc_had_kept_is_taken_over_once(world: World, leader: Context, desk: int) -> None:
    shop.keep_search(leader, "reol")
    for _again in range(2):
        shop.take_over(
            leader, "Favoritter", [desk, 9_999, desk], ["12 stole", "reol"], [world.chair, desk]
        )
    assert kept(leader) == [("Favoritter", "Skrivebord")]
    mine = shop.kept(leader)
    assert [row.name for row in mine.searches] == ["12 stole", "reol"]
    assert mine.seen == (world.chair, desk)
    clean(world)


def test_what_there_is_no_room_for_stays_out_and_the_rest_is_taken_over(
    world: World, leader: Context, desk: int
) -> None:
    for number in range(own.MOST_LISTS):
        shop.save_own(leader, f"Liste {number}")
    shop.take_over(leader, "Favoritter", [desk], ["12 stole"], [desk])
    mine = shop.kept(leader)
    assert len(mine.lists) == own.MOST_LISTS
    assert ([row.name for row in mine.searches], mine.seen) == (["12 stole"], (desk,))
    clean(world)


def test_a_window_left_open_notes_nothing_of_who_was_erased(
    world: World, leader: Context, admin: Context
) -> None:
    user_id = world.people["leader"].user_id or 0
    row = users.get(admin, user_id)
    assert row is not None
    persons.anonymise(admin, user_id, row.version)
    shop.saw(leader, world.chair)
    assert shop.kept(leader).seen == ()
    clean(world)


def test_a_merged_type_stands_on_the_list_as_what_it_became(
    world: World, leader: Context, desk: int, admin: Context
) -> None:
    other = articles.add(admin, ArticleValues(name="Bord", category_key="desk_fixed")).id
    for key in (desk, other):
        shop.mark(leader, key, name="Mine")
        shop.saw(leader, key)
    merging.merge(admin, desk, [other])
    shop.mark(leader, other, name="Mine")
    assert kept(leader) == [("Mine", "Skrivebord")]
    assert shop.kept(leader).seen == (desk,)
    shop.mark(leader, other, name="Mine", on=False)
    assert kept(leader) == [("Mine", "")]
    clean(world)


def test_it_is_told_on_paper_and_goes_with_the_person(
    world: World, leader: Context, desk: int, admin: Context
) -> None:
    user_id = world.people["leader"].user_id or 0
    early = shop.save_own(leader, "Til fru Abelone")
    shop.delete_own(leader, early.id, 1)
    shop.mark(leader, desk, name="Stuen hos Abelone")
    shop.keep_search(leader, "abelones stol")
    shop.saw(leader, world.chair)
    text = " ".join(reading.whole_text(persons.paper(admin, user_id)).split())
    for words in ("Stuen hos Abelone: Skrivebord", "abelones stol", "senest er set på"):
        assert words in text
    row = users.get(admin, user_id)
    assert row is not None
    persons.anonymise(admin, user_id, row.version)
    with world.context.read() as session:
        stored = [session.execute(select(table)).all() for table in METADATA.sorted_tables]
        for model in (OwnList, ShopSeen):
            assert session.scalar(select(func.count()).select_from(model)) == 0
    assert "abelone" not in repr(stored).casefold()
    clean(world)
