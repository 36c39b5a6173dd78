"""Changes and events: everything written is remembered, told to the right people, and undone."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, changes, parameters, places, users
from moebelcirkel.services.article_values import ArticleValues
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.storage import chain
from moebelcirkel.storage.changes import Change, ChangeLink, Event, PersonText
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.users import User
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
