"""Changes and events: everything written is remembered, told to the right people, and undone."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import (
    articles,
    changes,
    deliveries,
    intake,
    parameters,
    places,
    stock,
    users,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage import chain
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.changes import Change, ChangeLink, Event, PersonText
from moebelcirkel.storage.tables.users import User
from tests import trade
from tests.services.undoing import rows
from tests.world import World


def _values(world: World, **changed: object) -> ArticleValues:
    known = articles.get(world.person("lager"), world.chair).values
    fields = {name: getattr(known, name) for name in ArticleValues.__dataclass_fields__}
    return ArticleValues(**{**fields, **changed})


def test_a_correction_keeps_what_changed_before_and_after(world: World) -> None:
    articles.save(world.person("lager"), _values(world, colour="Grøn"), world.chair)

    with world.context.read() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.before, event.after) == ({"colour": "Sort"}, {"colour": "Grøn"})
    assert articles.suggest(world.person("lager"), "groen")[0].id == world.chair


def test_undo_puts_every_column_back_and_search_follows(world: World) -> None:
    lager = world.person("lager")
    before = articles.get(lager, world.chair).values
    done = articles.save(lager, _values(world, name="Sofa", colour="Blå"), world.chair)
    changes.undo(lager, done.change_id or 0)

    assert articles.get(lager, world.chair).values == before
    assert articles.suggest(lager, "sofi")[0].id == world.chair


def test_undo_is_refused_when_something_later_rests_on_it(world: World) -> None:
    lager = world.person("lager")
    first = articles.save(lager, _values(world, colour="Blå"), world.chair)
    second = articles.save(lager, _values(world, colour="Rød"), world.chair)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(lager, first.change_id or 0)

    changes.undo(lager, second.change_id or 0)
    changes.undo(lager, first.change_id or 0)
    assert articles.get(lager, world.chair).values.colour == "Sort"


def test_the_second_of_two_is_told_by_whom(world: World) -> None:
    lager = world.person("lager")
    version = articles.get(lager, world.chair).version
    articles.save(lager, _values(world, colour="Blå"), world.chair, version)
    with pytest.raises(Stale) as caught:
        articles.save(lager, _values(world, colour="Rød"), world.chair, version)
    assert caught.value.values["name"] == "Lager"


def test_names_are_referenced_and_never_copied_into_events(world: World) -> None:
    with world.context.read() as session:
        events = list(session.scalars(select(Event).where(Event.entity == "app_user")))
        texts = {text.id: text.body for text in session.scalars(select(PersonText))}
        names = set(session.scalars(select(User.name)))
    assert events
    for event in events:
        assert event.after is not None
        assert texts[event.after["name"]["text"]] in names
        assert event.after["password_hash"] is None


def test_a_text_is_proved_by_a_digest_that_tells_nothing_once_it_is_erased(world: World) -> None:
    with world.context.read() as session:
        kept = session.scalars(select(PersonText).order_by(PersonText.id)).all()
        events = list(session.scalars(select(Event).where(Event.entity == "app_user")))
    names = [event.after["name"] for event in events if event.after]
    said = {name["text"]: name["digest"] for name in names}
    for text in kept:
        if text.id in said:
            assert said[text.id] == digest(f"{text.salt}{text.body}")
    assert len({text.salt for text in kept}) == len(kept)


def test_a_password_is_proved_and_not_told(world: World) -> None:
    admin = world.person("admin")
    user_id = world.people["lager"].user_id or 0
    done = users.set_password(admin, user_id, "reol-hylde-skuffe")
    with world.context.read() as session:
        (event,) = session.scalars(select(Event).where(Event.change_id == done.change_id))
        stored = session.get_one(User, user_id).password_hash or ""
    assert event.after == {"password_hash": {"digest": digest(stored)}}
    assert stored not in str(event.before)


def test_every_change_is_linked_to_the_one_before(world: World) -> None:
    places.save(world.person("admin"), places.PlaceForm("X-1"))
    with world.context.read() as session:
        changes_made = session.scalars(select(Change.id).order_by(Change.id)).all()
        links = session.scalars(select(ChangeLink).order_by(ChangeLink.change_id)).all()
        assert chain.newest(session) == links[-1].link
    assert [each.change_id for each in links] == list(changes_made)
    assert len({each.link for each in links}) == len(links)


def test_wrong_measures_are_named_together(world: World) -> None:
    wrong = _values(world, name=" ", width_mm=-4, height_min_mm=900, height_max_mm=800)
    with pytest.raises(Invalid) as caught:
        articles.save(world.person("lager"), wrong, world.chair)
    assert set(caught.value.errors) == {"name", "width_mm", "height_min_mm"}


def test_history_shows_who_did_what(world: World) -> None:
    articles.save(world.person("lager"), _values(world, colour="Blå"), world.chair)
    newest = changes.page(world.person("controller"), ChangeFilter())[0]
    assert (newest.kind, newest.actor, newest.rows) == ("article.save", "Lager", 1)
    with pytest.raises(Refused):
        changes.page(world.person("leader"), ChangeFilter())


def test_another_ones_change_is_undone_only_with_the_right_to_make_it(world: World) -> None:
    admin, bench = world.person("admin"), world.person("bench")
    settings = parameters.save(admin, {"warehouse_name": "Hallen"}, {})
    assert bench.allows(Action.HISTORY)
    with pytest.raises(Refused, match="do not have the right"):
        changes.undo(bench, settings.change_id or 0)
    assert admin.parameter("warehouse_name") == "Hallen"

    changed = articles.save(world.person("lager"), _values(world, colour="Blå"), world.chair)
    for someone in (bench, world.person("controller")):
        with pytest.raises(Refused, match="do not have the right"):
            changes.undo(someone, changed.change_id or 0)
    changes.undo(admin, changed.change_id or 0)
    changes.undo(admin, settings.change_id or 0)


def test_what_was_undone_is_done_again_and_undone_again(world: World) -> None:
    lager = world.person("lager")
    moved = stock.move(lager, trade.put_on_sale(world, 2), world.workshop)
    after = rows(lager)
    undone = changes.undo(lager, moved.change_id or 0)
    before = rows(lager)
    again = changes.redo(lager, undone.change_id or 0)
    assert rows(lager) == after
    assert again.kind == "unit.move"
    with pytest.raises(Refused, match="already been done again"):
        changes.redo(lager, undone.change_id or 0)
    with pytest.raises(Refused, match="already been undone"):
        changes.undo(lager, moved.change_id or 0)

    once_more = changes.undo(lager, again.change_id or 0)
    assert rows(lager) == before
    assert once_more.kind == "unit.move"
    changes.redo(lager, once_more.change_id or 0)
    assert rows(lager) == after
    other = stock.move(lager, trade.put_on_sale(world, 1), world.workshop)
    with pytest.raises(Refused, match="Only what was undone"):
        changes.redo(lager, other.change_id or 0)


def test_what_was_made_and_undone_comes_back_with_all_its_rows(world: World) -> None:
    lager = world.person("lager")
    values = ArticleValues(name="Reol", category_key="office_task_chair")
    batch = Batch(
        parts=(Part("B", 2, "shelf", world.shelf), Part("C", 1, "workshop")), new_article=values
    )
    done = intake.register(lager, batch)
    place = places.save(world.person("admin"), places.PlaceForm("9-9-A"))
    after = rows(lager)
    for each, who in ((done, lager), (place, world.person("admin"))):
        undone = changes.undo(who, each.change_id or 0)
        assert rows(lager) != after
        changes.redo(who, undone.change_id or 0)
        assert rows(lager) == after


def test_it_is_not_done_again_when_something_later_rests_on_it(world: World) -> None:
    lager = world.person("lager")
    units = trade.put_on_sale(world, 1)
    first = stock.set_price(lager, units, 90_000)
    second = stock.move(lager, units, world.workshop)
    undone = [changes.undo(lager, done.change_id or 0) for done in (second, first)]
    with pytest.raises(Refused, match="has been changed since"):
        changes.redo(lager, undone[0].change_id or 0)
    changes.redo(lager, undone[1].change_id or 0)
    again = changes.redo(lager, undone[0].change_id or 0)
    with pytest.raises(Refused, match="already been undone"):
        changes.undo(lager, first.change_id or 0)
    changes.undo(lager, again.change_id or 0)
    stock.take_off_sale(lager, units)
    with pytest.raises(Refused, match="already been done again"):
        changes.redo(lager, undone[0].change_id or 0)


def test_what_concerns_orders_or_figures_is_done_anew_instead(world: World) -> None:
    lager = world.person("lager")
    lines = trade.order(world, trade.put_on_sale(world, 1))
    undone = changes.undo(lager, deliveries.pick(lager, lines).change_id or 0)
    with pytest.raises(Refused, match="Do it anew"):
        changes.redo(lager, undone.change_id or 0)


def test_a_piece_that_lies_in_a_basket_now_is_not_taken_off_sale_again(world: World) -> None:
    lager = world.person("lager")
    units = trade.put_on_sale(world, 1)
    undone = changes.undo(lager, stock.take_off_sale(lager, units).change_id or 0)
    trade.hold(world, units[0], world.school)
    with pytest.raises(Refused, match="in a basket"):
        changes.redo(lager, undone.change_id or 0)


def test_only_who_may_do_it_does_it_again(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    moved = stock.move(lager, trade.put_on_sale(world, 1), world.workshop)
    undone = changes.undo(lager, moved.change_id or 0)
    with pytest.raises(Refused, match="do not have the right"):
        changes.redo(leader, undone.change_id or 0)
    assert trade.unit(world, 1).place_id == world.shelf


def test_what_others_changed_is_told_by_kind_and_what_one_did_oneself_is_not(world: World) -> None:
    mine = world.person("admin")
    theirs = replace(world.person("lager"), session="another window")
    seen = changes.elsewhere(mine, None)
    assert (seen.newest > 0, seen.kinds) == (True, frozenset())
    batch = Batch(parts=(Part("C", 1, "shelf", world.shelf),), article_id=world.chair)
    intake.register(theirs, batch)
    told = changes.elsewhere(mine, seen.newest)
    assert told.newest > seen.newest
    assert {"unit", "intake"} <= told.kinds
    assert changes.elsewhere(mine, told.newest) == replace(told, kinds=frozenset())
