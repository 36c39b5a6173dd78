"""Several types become one: what spoke of the others speaks of it, and undoing gives all back."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.language import kroner
from moebelcirkel.services import (
    articles,
    changes,
    check,
    imports,
    intake,
    photos,
    shop,
    units,
    wants,
)
from moebelcirkel.services.articles import lists, merging
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.deliveries import returns
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.imports import prices as price_import
from moebelcirkel.services.imports import records
from moebelcirkel.services.intake import corrections
from moebelcirkel.services.stock import lists as stock_lists
from moebelcirkel.storage.checks import strays as check_strays
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.units import Intake, Unit
from moebelcirkel.storage.tables.wants import Want
from tests import trade
from tests.clock import Clock
from tests.services import reporting, working_day
from tests.services.tampering import found_after
from tests.world import World


def chair(world: World, name: str, key: str | None = None, **more: object) -> int:
    """Another type of the chair's category."""
    values = ArticleValues(name=name, key=key, category_key="office_task_chair", **more)  # type: ignore[arg-type]
    return articles.add(world.person("lager"), values).id


def received(world: World, article_id: int, count: int = 2) -> list[int]:
    """Pieces of it on the shelf."""
    part = intake.Part("B", count, "shelf", world.shelf)
    batch = intake.Batch(giver_id=world.home, article_id=article_id, parts=(part,))
    intake.register(world.person("lager"), batch)
    query = select(Unit.id).where(Unit.article_id == article_id).order_by(Unit.id)
    return trade.rows(world.context, query)


def whole(world: World) -> list[str]:
    return [check.text(each) for each in check.run(world.context).findings]


def type_of(world: World, unit_id: int) -> int:
    return trade.unit(world, unit_id).article_id


def test_what_spoke_of_them_speaks_of_the_one_that_stays(world: World, clock: Clock) -> None:
    lager = world.person("lager")
    double = chair(world, "Kontorstol sort", "GL-7", new_price_ore=90_000)
    pieces = received(world, double, 7)
    photos.add(lager, [working_day.picture("sort")], article_id=double)
    sold = trade.put_on_sale(world, 2, article_id=double)
    trade.order(world, sold[:1])
    trade.hold(world, sold[1], world.home)
    form = wants.WantForm(dt.date(2027, 1, 1), Answer.YES, "", article_id=double, condition="A")
    want = wants.create(world.person("leader"), world.school, form).id

    shown = merging.preview(lager, [double, world.chair], world.chair)
    assert [each.id for each in shown] == [world.chair, double]
    said = shown[1].speaking
    assert (said.pieces, said.ordered, said.held, said.pictures, said.wants) == (9, 1, 1, 1, 1)
    assert shown[0].instead == ()
    price = next(each for each in shown[1].instead if each.label == "Nypris")
    assert (price.before, price.after) == (kroner(90_000), kroner(335_000))

    done = merging.merge(lager, world.chair, [double], {each.id: each.version for each in shown})
    assert {type_of(world, each) for each in [*pieces, *sold]} == {world.chair}
    for column in (
        Unit.article_id,
        Intake.article_id,
        OrderLine.article_id,
        Photo.article_id,
        Want.article_id,
    ):
        assert double not in trade.rows(world.context, select(column))
    assert trade.row(world.context, Want, want).article_id == world.chair
    assert whole(world) == []

    assert [row.id for row in lists.find(lager).rows if row.id == double] == []
    assert [hit.id for hit in articles.suggest(lager, "kontorstol sort")] == [world.chair]
    assert "Slået sammen med" in lists.history(lager, double)[0].title
    assert lists.history(lager, world.chair)[0].title == "Fik Kontorstol sort lagt ind under sig"
    told = units.passport(lager, pieces[0]).history
    assert any("Kontorstol sort blev slået sammen med" in each.title for each in told)

    # What somebody has in the basket is not another thing all at once.
    with pytest.raises(Refused, match="Try again when it is free"):
        changes.undo(lager, done.change_id or 0)
    clock.advance(minutes=31)
    changes.undo(lager, done.change_id or 0)
    assert {type_of(world, each) for each in [*pieces, *sold]} == {double}
    assert trade.row(world.context, Want, want).article_id == double
    assert trade.row(world.context, Article, double).merged_into_id is None
    assert whole(world) == []


def test_recorded_figures_stay_and_a_return_after_it_adds_up(world: World, clock: Clock) -> None:
    double = chair(world, "Kontorstol sort", weight_g=40_000, new_price_ore=90_000)
    # The pieces are handed over as the double; its figures are frozen with what it was then.
    found, _change = reporting.deliver(world, clock, reporting.TODAY, article_id=double)
    clock.advance(minutes=1)
    query = select(FigureLine).order_by(FigureLine.id)
    before = [
        (line.article_id, line.new_value_ore, line.net_g)
        for line in trade.rows(world.context, query)
    ]
    merging.merge(world.person("lager"), world.chair, [double])
    after = [
        (line.article_id, line.new_value_ore, line.net_g)
        for line in trade.rows(world.context, query)
    ]
    assert before == after
    assert whole(world) == []
    clock.advance(days=3)
    pieces = [Returned(trade.number(world.context, unit), "B") for unit in found]
    returns.take_back(world.person("lager"), pieces, place_id=world.shelf)
    assert whole(world) == []


def test_a_hand_over_from_before_can_be_undone_after_the_merging_is(
    world: World, clock: Clock
) -> None:
    lager = world.person("lager")
    double = chair(world, "Kontorstol sort")
    _found, delivered = reporting.deliver(world, clock, reporting.TODAY, article_id=double)
    done = merging.merge(lager, world.chair, [double])
    with pytest.raises(Refused, match="has been changed since"):
        changes.undo(lager, delivered)
    changes.undo(lager, done.change_id or 0)
    changes.undo(lager, delivered)
    assert whole(world) == []


def test_what_an_undoing_brings_back_goes_on_to_the_one_that_stays(world: World) -> None:
    lager = world.person("lager")
    double, other = chair(world, "Kontorstol sort"), chair(world, "Kontorstol blå")
    (piece,) = received(world, double, 1)
    moved = corrections.correct(lager, piece, corrections.BatchCorrection(article_id=other))
    merging.merge(lager, world.chair, [double])
    changes.undo(lager, moved.change_id or 0)
    assert type_of(world, piece) == world.chair
    assert whole(world) == []


def test_one_merged_into_a_merged_one_leads_to_the_last(world: World) -> None:
    lager = world.person("lager")
    first, second = chair(world, "Stol et", "S-1"), chair(world, "Stol to", "S-2")
    merging.merge(lager, second, [first])
    done = merging.merge(lager, world.chair, [second])
    assert trade.row(world.context, Article, first).merged_into_id == world.chair
    changes.undo(lager, done.change_id or 0)
    assert trade.row(world.context, Article, first).merged_into_id == second
    assert whole(world) == []


def test_a_list_of_prices_with_the_number_of_a_merged_one_means_the_one_that_stays(
    world: World,
) -> None:
    lager, admin = world.person("lager"), world.person("admin")
    double = chair(world, "Kontorstol sort", "GL-7")
    merging.merge(lager, world.chair, [double])
    source = imports.read(b"varenr;pris\nGL-7;4200\n", "priser.csv")
    basis = imports.PriceBasis(price_date=dt.date(2026, 11, 1), price_source="Prisliste")
    choices = replace(records.suggest(admin, price_import.PRICES, source), basis=basis)
    done = records.run(admin, price_import.PRICES, source, choices)
    assert done.taken == 1
    assert trade.row(world.context, Article, world.chair).new_price_ore == 336_000
    assert trade.row(world.context, Article, double).new_price_ore is None


@pytest.mark.parametrize("typed", ["GL-7", "kontorstol plys", "gl 7 plys", "p", "plys"])
def test_what_it_was_called_finds_its_pieces_in_the_stock_and_in_the_shop(
    world: World, typed: str
) -> None:
    lager = world.person("lager")
    double = chair(world, "Kontorstol plys", "GL-7")
    (piece,) = trade.put_on_sale(world, 1, article_id=double)
    other = trade.put_on_sale(world, 1)
    done = merging.merge(lager, world.chair, [double])

    found = stock_lists.find(lager, StockFilter(text=typed)).rows
    assert {row.id for row in found} == {piece, *other}
    leader = world.person("leader")
    cards = shop.search(leader, Query(typed), world.school).cards
    assert {card.key.article_id for card in cards} == {world.chair}
    assert shop.search(leader, Query("plys sofi"), world.school).cards == ()

    changes.undo(lager, done.change_id or 0)
    found = stock_lists.find(lager, StockFilter(text="plys")).rows
    assert {row.id for row in found} == {piece}


def test_check_tells_of_anything_that_speaks_of_a_merged_one(world: World) -> None:
    """Whoever moves rows back by hand, or lets a type be merged in a circle, is told of."""
    lager = world.person("lager")
    double, third = chair(world, "Kontorstol sort"), chair(world, "Kontorstol blå")
    received(world, double, 1)
    form = wants.WantForm(dt.date(2027, 1, 1), Answer.YES, "", article_id=double)
    want = wants.create(world.person("leader"), world.school, form).id
    merging.merge(lager, world.chair, [double, third])
    assert whole(world) == []
    to = "SET article_id = :double"
    for statement, said in (
        (f"UPDATE unit {to}", ("unit", 1)),
        (f"UPDATE intake {to}", ("intake", 1)),
        (f"UPDATE want {to}", ("want", want)),
        ("UPDATE article SET merged_into_id = :double WHERE id = :third", ("article", third)),
        ("UPDATE article SET merged_into_id = id WHERE id = :double", ("article", double)),
    ):
        values = {"double": double, "third": third}
        values = {name: value for name, value in values.items() if f":{name}" in statement}
        part = check_strays.nothing_speaks_of_merged_types
        found = found_after(world, part, statement, **values)
        assert said in [(each.values["table"], each.values["key"]) for each in found]


def test_types_of_two_categories_are_not_merged(world: World) -> None:
    lager = world.person("lager")
    desk = ArticleValues(name="Bord", category_key="desk_fixed")
    other = articles.add(lager, desk).id
    with pytest.raises(Refused, match="Correct the category of one of them first"):
        merging.merge(lager, world.chair, [other])
    with pytest.raises(Refused, match="at least two"):
        merging.merge(lager, world.chair, [world.chair])


def test_who_comes_second_is_told(world: World) -> None:
    """Both looked at the same; the second one merges, corrects, receives or adds too late."""
    lager = world.person("lager")
    double = chair(world, "Kontorstol sort")
    shown = {
        each.id: each.version for each in merging.preview(lager, [double, world.chair], world.chair)
    }
    old = articles.get(lager, double)
    merging.merge(lager, world.chair, [double], shown)
    with pytest.raises(Stale):
        merging.merge(lager, double, [world.chair], shown)
    with pytest.raises(Stale):
        articles.save(lager, old.values, double, old.version)
    with pytest.raises(Refused, match="no longer in use"):
        merging.merge(lager, double, [world.chair])
    with pytest.raises(Refused, match="no longer in use"):
        received(world, double)
    with pytest.raises(Refused, match="no longer in use"):
        photos.add(lager, [working_day.picture("sort")], article_id=double)
    form = wants.WantForm(dt.date(2027, 1, 1), Answer.YES, "", article_id=double)
    with pytest.raises(Refused):
        wants.create(world.person("leader"), world.school, form)


def test_undoing_is_refused_once_a_piece_has_moved_on(world: World) -> None:
    lager = world.person("lager")
    double = chair(world, "Kontorstol sort")
    (piece,) = received(world, double, 1)
    done = merging.merge(lager, world.chair, [double])
    corrections.remove(lager, piece)
    articles.get(lager, world.chair)
    with pytest.raises(Refused, match="has been changed since"):
        changes.undo(lager, done.change_id or 0)


def test_only_who_may_correct_types_merges_them(world: World) -> None:
    double = chair(world, "Kontorstol sort")
    for name in ("leader", "bench", "controller"):
        with pytest.raises(Refused, match="do not have the right"):
            merging.merge(world.person(name), world.chair, [double])
        with pytest.raises(Refused, match="do not have the right"):
            merging.preview(world.person(name), [world.chair, double])
