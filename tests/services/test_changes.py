"""Changes and events: everything written is remembered, told to the right people, and undone."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import articles, changes
from moebelcirkel.services.article_values import ArticleValues
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.context import Context
from moebelcirkel.storage.changes import Event, PersonText
from moebelcirkel.storage.users import User
from tests import world


@pytest.fixture
def town(context: Context) -> world.World:
    return world.build(context)


def _values(town: world.World, **changed: object) -> ArticleValues:
    known = articles.get(town.person("lager"), town.chair).values
    fields = {name: getattr(known, name) for name in ArticleValues.__dataclass_fields__}
    return ArticleValues(**{**fields, **changed})


def test_a_correction_keeps_what_changed_before_and_after(town: world.World) -> None:
    articles.save(town.person("lager"), _values(town, colour="Grøn"), town.chair)

    with town.context.read() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        assert event is not None
        assert (event.before, event.after) == ({"colour": "Sort"}, {"colour": "Grøn"})
    assert articles.suggest(town.person("lager"), "groen")[0].id == town.chair


def test_undo_puts_every_column_back_and_search_follows(town: world.World) -> None:
    lager = town.person("lager")
    before = articles.get(lager, town.chair).values
    done = articles.save(lager, _values(town, name="Sofa", colour="Blå"), town.chair)
    changes.undo(lager, done.change_id or 0)

    assert articles.get(lager, town.chair).values == before
    assert articles.suggest(lager, "sofi")[0].id == town.chair


def test_undo_is_refused_when_something_later_rests_on_it(town: world.World) -> None:
    lager = town.person("lager")
    first = articles.save(lager, _values(town, colour="Blå"), town.chair)
    second = articles.save(lager, _values(town, colour="Rød"), town.chair)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(lager, first.change_id or 0)

    changes.undo(lager, second.change_id or 0)
    changes.undo(lager, first.change_id or 0)
    assert articles.get(lager, town.chair).values.colour == "Sort"


def test_the_second_of_two_is_told_by_whom(town: world.World) -> None:
    lager = town.person("lager")
    version = articles.get(lager, town.chair).version
    articles.save(lager, _values(town, colour="Blå"), town.chair, version)
    with pytest.raises(Stale) as caught:
        articles.save(lager, _values(town, colour="Rød"), town.chair, version)
    assert caught.value.values["name"] == "Lager"


def test_names_are_referenced_and_never_copied_into_events(town: world.World) -> None:
    with town.context.read() as session:
        events = list(session.scalars(select(Event).where(Event.entity == "app_user")))
        texts = {text.id: text.body for text in session.scalars(select(PersonText))}
        names = set(session.scalars(select(User.name)))
    assert events
    for event in events:
        assert event.after is not None
        assert texts[event.after["name"]["text"]] in names
        assert "password_hash" not in event.after


def test_wrong_measures_are_named_together(town: world.World) -> None:
    wrong = _values(town, name=" ", width_mm=-4, height_min_mm=900, height_max_mm=800)
    with pytest.raises(Invalid) as caught:
        articles.save(town.person("lager"), wrong, town.chair)
    assert set(caught.value.errors) == {"name", "width_mm", "height_min_mm"}


def test_history_shows_who_did_what(town: world.World) -> None:
    articles.save(town.person("lager"), _values(town, colour="Blå"), town.chair)
    newest = changes.page(town.person("controller"), ChangeFilter())[0]
    assert (newest.kind, newest.actor, newest.rows) == ("article.save", "Lager", 1)
    with pytest.raises(Refused):
        changes.page(town.person("leader"), ChangeFilter())
