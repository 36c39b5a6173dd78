"""What the program remembers is what is there, whoever changed it: beside reading every row."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import changes, ecolabels, parameters, shop
from moebelcirkel.services.context import SYSTEM, Context, Done, Work
from moebelcirkel.services.figures.inputs import load_factors
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.storage import remembered
from moebelcirkel.storage.engine import Database, OneTransaction
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries import units
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services.shopping import article, rows_written
from tests.world import World, build

_HOUSE = frozenset(state.value for state in IN_STOCK)
_ASKED = ("", "stol", "skab eg", "eg")


@pytest.fixture
def elsewhere(world: World) -> Iterator[Context]:
    """Another workstation on the same database."""
    database = Database(world.context.database.url)
    yield replace(world.context, database=database)
    database.close()


def _told(context: Context, wanted: StockFilter) -> tuple[int, Any, Any, Any, Any]:
    found = stock_list.find(context, wanted)
    facets = found.facets
    return found.total, facets.states, facets.conditions, facets.groups, dict(facets.facts)


def _scanned(context: Context, wanted: StockFilter) -> tuple[int, Any, Any, Any, Any]:
    """Every piece read and looked at by itself."""
    states, conditions, groups = Counter[str](), Counter[str](), Counter[str]()
    tested = Counter[str]()
    query = (
        select(Unit, Article, Category)
        .join(Article, Article.id == Unit.article_id)
        .join(Category, Category.key == Article.category_key)
    )
    typed = [word if len(word) > 2 else f" {word}" for word in wanted.text.split()]
    with context.read() as session:
        texts: dict[int, list[str]] = {}
        for kind in session.scalars(select(Article)):
            texts.setdefault(kind.merged_into_id or kind.id, []).append(kind.search_text)
        for unit, kind, category in session.execute(query):
            if unit.state == State.VOID or (wanted.states and unit.state not in wanted.states):
                continue
            if not any(all(word in text for word in typed) for text in texts[kind.id]):
                continue
            states[unit.state] += 1
            conditions[unit.condition] += 1
            groups[category.group_key] += 1
            answer = "unknown" if kind.category_key == "office_task_chair" else ""
            tested[answer if unit.fire_tested is None else "yes"] += 1
    return states.total(), states, conditions, groups, tested


def _agree(*contexts: Context) -> None:
    for context in contexts:
        for text in _ASKED:
            for states in (frozenset[str](), _HOUSE):
                wanted = StockFilter(text=text, states=states)
                *told, facts = _told(context, wanted)
                *scanned, tested = _scanned(context, wanted)
                assert told == scanned, (text, states)
                assert facts["fire_tested"] == tested, (text, states)


@pytest.fixture
def cupboard(world: World) -> int:
    """Chairs and cupboards, some of which are sold or void."""
    kind = article(world, "Åbent skab eg", "cupboard_wood")
    trade.put_on_sale(world, 4)
    trade.put_on_sale(world, 3, article_id=kind, condition="A")
    trade.put_on_sale(world, 2, article_id=kind, state="delivered", place_id=None)
    trade.put_on_sale(world, 1, state="void")
    return kind


def test_counts_follow_every_write_on_every_workstation(
    world: World, elsewhere: Context, cupboard: int
) -> None:
    here = world.context
    _agree(here, elsewhere)
    (piece,) = trade.put_on_sale(world, 1, condition="C")
    _agree(elsewhere, here)
    rows_written(elsewhere, (Unit, piece, {"condition": Condition.A, "state": State.WORKSHOP}))
    _agree(here, elsewhere)
    other = rows_written(here, (Unit, piece, {"article_id": cupboard, "fire_tested": True}))
    _agree(elsewhere, here)
    changes.undo(here, other)
    _agree(elsewhere, here)
    rows_written(elsewhere, (Unit, piece, {"state": State.VOID}))
    _agree(here, elsewhere)
    rows_written(here, (Article, cupboard, {"category_key": "desk_fixed", "name": "Bord eg"}))
    _agree(here, elsewhere)
    merged = [(Unit, row.id, {"article_id": world.chair}) for row in _of(here, cupboard)]
    rows_written(elsewhere, *merged, (Article, cupboard, {"merged_into_id": world.chair}))
    _agree(here, elsewhere)


def _of(context: Context, kind: int) -> list[Any]:
    return list(stock_list.find(context, StockFilter(article_id=kind)).rows)


@pytest.mark.parametrize("most", [0, 3, 2_000])
def test_counts_follow_many_writes_at_once(
    world: World, elsewhere: Context, cupboard: int, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(units, "_MOST_WRITTEN", most)
    monkeypatch.setattr(remembered, "_MOST_CHANGES", 6)
    _agree(elsewhere)
    chance = random.Random(most)
    pieces = [row.id for kind in (world.chair, cupboard) for row in _of(world.context, kind)]
    for times in (1, 2, 5, 9):
        for _time in range(times):
            values = {
                "article_id": chance.choice([world.chair, cupboard]),
                "state": chance.choice([State.LISTED, State.READY, State.SCRAPPED, State.VOID]),
                "condition": chance.choice([Condition.A, Condition.B]),
            }
            rows_written(world.context, (Unit, chance.choice(pieces), values))
        _agree(elsewhere)


def test_a_write_that_fails_leaves_what_is_remembered(world: World, cupboard: int) -> None:
    _agree(world.context)

    def fill(work: Work) -> None:
        work.get(Article, cupboard).category_key = "desk_fixed"
        work.session.flush()
        _agree(world.context)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        world.context.write("article.save", None, fill)
    _agree(world.context)


def test_what_a_write_reads_is_what_it_has_written(world: World) -> None:
    made = ecolabels.save(world.person("admin"), ecolabels.EcolabelForm("Blomsten", type_1=True))
    with world.context.read() as session:
        assert shop_queries.type_1_of(session)["Blomsten"]

    def fill(work: Work) -> None:
        assert shop_queries.type_1_of(work.session)["Blomsten"]
        work.get(Ecolabel, made.id).type_1 = False
        work.session.flush()
        assert not shop_queries.type_1_of(work.session)["Blomsten"]

    world.context.write("ecolabel.save", None, fill)
    with world.context.read() as session:
        assert not shop_queries.type_1_of(session)["Blomsten"]


def test_a_copy_put_back_is_another_history(
    sqlite_file: Path, tmp_path: Path, clock: Clock
) -> None:
    """The next change has the number of one that was remembered, and is another."""
    database, copy = Database(sqlite_file), tmp_path / "copy.sqlite"
    world = build(Context(database, SYSTEM, clock=clock))
    trade.put_on_sale(world, 2)
    database.close()
    shutil.copy(sqlite_file, copy)
    trade.put_on_sale(world, 1, condition="A")
    _agree(world.context)
    database.close()
    shutil.copy(copy, sqlite_file)
    trade.put_on_sale(world, 3, condition="C")
    _agree(world.context)
    database.close()


def test_the_shops_places_follow_a_new_name(world: World) -> None:
    trade.put_on_sale(world, 2)
    trade.put_on_sale(world, 1, place_id=world.workshop)

    def sites() -> set[str]:
        facets = shop.search(world.person("leader"), Query(), world.school).facets
        assert facets is not None
        return {facet.key for facet in facets.places}

    before = sites()
    rows_written(
        world.context, (Place, world.workshop, {"code": "9-1-A", "name": "Hal 9 · Reol 1"})
    )
    assert sites() - before == {"Hal 9"}


def test_who_writes_alone_remembers_until_its_own_changes_touch_it(world: World) -> None:
    database = OneTransaction(world.context.database.url)
    today = world.context.today()
    try:
        with database.read() as session:
            remembered.keep_alone(session)
            first = load_factors(session, today)
            assert load_factors(session, today, ["sofa"]) is first
            other = load_factors(session, today.replace(day=3 - today.day % 2))
            assert other is not first
            assert other.levies is first.levies

            def raised(work: Work) -> Done:
                parameters.store(work, "waste_fee_ore", 9_900)
                parameters.store(work, "levy_ore", 50_000)
                now = load_factors(work.session, today)
                assert now.fee_ore_per_tonne == 9_900
                assert set(now.levies.values()) == {50_000}
                return Done()

            replace(world.context, database=database).write("test.alone", None, raised)
            now = load_factors(session, today)
            assert now.fee_ore_per_tonne == 9_900
            assert set(now.levies.values()) == {50_000}
    finally:
        database.close()
