"""What the shop remembers is what is there, whoever changed it: beside reading every piece."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import changes, shop
from moebelcirkel.services.context import Work
from moebelcirkel.storage import derived
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.queries import units
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services.shopping import article, rows_written
from tests.world import World

_ASKED = (
    Query(),
    Query("skab"),
    Query("eg"),
    Query("stol"),
    Query(conditions=frozenset("A")),
    Query(least=3),
    Query(max_price_ore=trade.PRICE - 1),
)


@pytest.fixture
def elsewhere(world: World) -> Iterator[World]:
    """Another workstation on the same database."""
    database = Database(world.context.database.url)
    yield replace(world, context=replace(world.context, database=database))
    database.close()


def _cards(world: World, query: Query) -> Counter[tuple[Any, ...]]:
    found = shop.search(world.person("leader"), query, world.school)
    told = Counter(
        {
            (card.key.article_id, card.key.condition, card.key.price_ore): card.available
            for card in found.cards
        }
    )
    assert found.total_units == told.total()
    assert found.facets is not None
    if query == Query():
        assert sum(facet.units for facet in found.facets.conditions) == told.total()
        assert sum(facet.units for facet in found.facets.groups) == told.total()
    return told


def _scanned(world: World, query: Query) -> Counter[tuple[Any, ...]]:
    """Every piece read and looked at by itself."""
    found: Counter[tuple[Any, ...]] = Counter()
    with world.context.read() as session:
        texts: dict[int, list[str]] = {}
        for kind in session.scalars(select(Article)):
            texts.setdefault(kind.merged_into_id or kind.id, []).append(kind.search_text)
        own = select(Basket.id).where(Basket.institution_id == world.school)
        live = select(Hold.unit_id).where(
            Hold.expires_at > world.context.now(), Hold.basket_id.not_in(own)
        )
        held = set(session.scalars(live))
        for unit in session.scalars(select(Unit).where(Unit.state == State.LISTED)):
            price = unit.price_ore or 0
            wanted = not query.conditions or unit.condition in query.conditions
            if query.max_price_ore is not None and price > query.max_price_ore:
                wanted = False
            if (
                unit.id not in held
                and wanted
                and any(query.text in t for t in texts[unit.article_id])
            ):
                found[unit.article_id, unit.condition, price] += 1
    return Counter({key: n for key, n in found.items() if n >= (query.least or 1)})


def _agree(*worlds: World) -> None:
    for world in worlds:
        for query in _ASKED:
            assert _cards(world, query) == _scanned(world, query), query


@pytest.fixture
def cupboard(world: World) -> int:
    """Chairs and cupboards on sale, and some that are not."""
    kind = article(world, "Åbent skab eg", "cupboard_wood")
    trade.put_on_sale(world, 4)
    trade.put_on_sale(world, 3, article_id=kind, condition="A")
    trade.put_on_sale(world, 2, article_id=kind, price_ore=90_000)
    trade.put_on_sale(world, 2, article_id=kind, state="delivered", place_id=None)
    return kind


@pytest.mark.parametrize("most", [0, 3, 2_000])
def test_cards_follow_every_write_on_every_workstation(
    world: World, elsewhere: World, cupboard: int, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(units, "_MOST_WRITTEN", most)
    here, there = world.context, elsewhere.context
    _agree(world, elsewhere)
    (piece,) = trade.put_on_sale(world, 1, condition="C")
    _agree(elsewhere, world)
    rows_written(there, (Unit, piece, {"condition": Condition.A, "price_ore": 80_000}))
    _agree(world, elsewhere)
    sold = rows_written(here, (Unit, piece, {"state": State.ORDERED}))
    _agree(elsewhere, world)
    changes.undo(here, sold)
    _agree(elsewhere, world)
    other = rows_written(there, (Unit, piece, {"article_id": cupboard, "refurbished": True}))
    _agree(world, elsewhere)
    changes.undo(there, other)
    _agree(world, elsewhere)
    rows_written(here, (Article, cupboard, {"category_key": "desk_fixed", "name": "Bord eg"}))
    _agree(elsewhere, world)


def test_cards_are_found_by_what_their_type_was_called(
    world: World, elsewhere: World, cupboard: int
) -> None:
    _agree(world, elsewhere)
    with world.context.read() as session:
        pieces = list(session.scalars(select(Unit.id).where(Unit.article_id == cupboard)))
    moved = [(Unit, key, {"article_id": world.chair}) for key in pieces]
    merged = (Article, cupboard, {"merged_into_id": world.chair})
    one = rows_written(elsewhere.context, *moved, merged)
    _agree(world, elsewhere)
    assert _cards(world, Query("skab")).total() == 9
    changes.undo(world.context, one)
    _agree(world, elsewhere)


def test_cards_follow_what_a_category_is_called(world: World, elsewhere: World) -> None:
    trade.put_on_sale(world, 2)
    _agree(world, elsewhere)

    def fill(work: Work) -> None:
        key = work.get(Article, world.chair).category_key
        category = work.session.get(Category, key)
        assert category is not None
        category.name_da = "Zebra"
        work.session.flush()
        derived.search_anew(work.session.connection(), {key})

    elsewhere.context.write("category.save", None, fill)
    assert _cards(world, Query("zebra")).total() == 2
    _agree(world, elsewhere)


def test_what_lies_in_another_basket_is_there_again_when_its_time_is_over(
    world: World, elsewhere: World, cupboard: int, clock: Clock
) -> None:
    held = trade.put_on_sale(world, 2, article_id=cupboard, condition="A", refurbished=True)
    _agree(world, elsewhere)

    def fill(work: Work) -> None:
        basket = Basket(institution_id=world.home)
        work.session.add(basket)
        work.session.flush()
        until = work.now + dt.timedelta(minutes=30)
        rows = [
            Hold(unit_id=key, basket_id=basket.id, exact=False, expires_at=until) for key in held
        ]
        work.session.add_all(rows)

    before = _cards(world, Query()).total()
    elsewhere.context.write("basket.add", None, fill)
    assert _cards(world, Query()).total() == before - 2
    _agree(world, elsewhere)
    clock.advance(minutes=31)
    assert _cards(world, Query()).total() == before
    _agree(world, elsewhere)
