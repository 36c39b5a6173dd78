"""Rows changed past the program: who stumbles over one is told which it is, and sees no error."""

from collections.abc import Callable, Iterator

import pytest

from moebelcirkel.domain.changes import stored as stored_words
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.language import _, refusal
from moebelcirkel.services import articles, changes, overview, reports, shop, stock, tasks, units
from moebelcirkel.services.reports import sheets
from moebelcirkel.services.stock import lists
from moebelcirkel.storage import remembered
from tests import templates, trade
from tests.clock import Clock
from tests.services import reporting
from tests.services.tampering import loosely
from tests.world import World

_NO_CONDITION = "ALTER TABLE unit DROP CONSTRAINT ck_unit_condition"


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    """As when the program starts: no change says that these rows are others now."""
    remembered._MEMORIES.clear()
    yield
    remembered._MEMORIES.clear()


@templates.prepared
def on_sale(world: World, _clock: Clock) -> None:
    """A piece in the shop."""
    trade.put_on_sale(world, 1)


def _said(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refusal(refused.value)


def _left_out(world: World, most: int | None = None) -> str:
    """What the shop says of what it could not show; nothing else is on sale."""
    found = shop.search(world.person("leader"), Query(max_price_ore=most))
    assert (found.cards, found.total_units) == ((), 0)
    assert found.spoiled is not None
    return refusal(found.spoiled)


def _stock(world: World, text: str = "") -> Callable[[], object]:
    return lambda: lists.find(world.person("lager"), StockFilter(text=text))


def _pass(world: World) -> Callable[[], object]:
    return lambda: units.passport(world.person("lager"), 1)


def _sqlite(world: World) -> None:
    if not world.context.database.is_sqlite:
        pytest.skip("a server keeps no text in a column of numbers")


def test_a_price_that_is_a_text_is_told_of_with_its_piece(on_sale: World) -> None:
    _sqlite(on_sale)
    loosely(on_sale, "UPDATE unit SET price_ore = 'gratis'")
    told = [_left_out(on_sale), _left_out(on_sale, 10_000_000)]
    for said in (*told, _said(_stock(on_sale)), _said(_pass(on_sale))):
        assert said == (
            "Databasen er ændret uden om programmet, så dette kan hverken vises eller gøres: Møbel"
            " MC-000001-3: det, der står i Pris, kan ikke bruges. Gendan en kopi fra før det."
        )


def test_a_weight_that_is_a_text_is_told_of_with_its_type(on_sale: World) -> None:
    _sqlite(on_sale)
    name = articles.get(on_sale.person("lager"), on_sale.chair).values.name
    loosely(on_sale, "UPDATE article SET weight_g = 'tung'")
    for said in (_left_out(on_sale), _said(_pass(on_sale))):
        assert f"Møbeltype {name}: det, der står i Vægt, kan ikke bruges." in said


def test_a_condition_that_is_none_is_told_of_with_its_piece(on_sale: World) -> None:
    if not on_sale.context.database.is_sqlite:
        loosely(on_sale, _NO_CONDITION)
    loosely(on_sale, "UPDATE unit SET condition = 'Z'")
    told = map(_said, (_stock(on_sale), _stock(on_sale, "kontorstol"), _pass(on_sale)))
    for said in (_left_out(on_sale), *told):
        assert "Møbel MC-000001-3: det, der står i Stand, kan ikke bruges." in said


def test_what_is_whole_is_shown_beside_what_is_told_of(on_sale: World) -> None:
    leader = on_sale.person("leader")
    trade.put_on_sale(on_sale, 2)
    assert shop.search(leader, Query()).spoiled is None
    if not on_sale.context.database.is_sqlite:
        loosely(on_sale, _NO_CONDITION)
    loosely(on_sale, "UPDATE unit SET condition = 'Z' WHERE id = 1")
    remembered._MEMORIES.clear()
    for _again in range(2):
        found = shop.search(leader, Query())
        assert ([card.available for card in found.cards], found.total_units) == ([2], 2)
        assert found.spoiled is not None
        assert "Møbel MC-000001-3: det, der står i Stand" in refusal(found.spoiled)
    trade.put_on_sale(on_sale, 1)  # what is renewed of the same type knows of it still
    found = shop.search(leader, Query())
    assert (found.total_units, found.spoiled is None) == (3, False)


def test_a_lost_type_is_told_of_in_the_shop(on_sale: World) -> None:
    loosely(on_sale, "DELETE FROM article WHERE id IN (SELECT article_id FROM unit)")
    assert f"Møbel MC-000001-3: Møbeltype er {on_sale.chair}, som ikke findes" in _left_out(on_sale)


def test_a_piece_that_has_lost_its_type_is_told_of(on_sale: World) -> None:
    _stock(on_sale)()  # what was counted while the type was there is remembered
    loosely(on_sale, "DELETE FROM article WHERE id IN (SELECT article_id FROM unit)")
    said = _said(_stock(on_sale))
    assert f"Møbel MC-000001-3: Møbeltype er {on_sale.chair}, som ikke findes" in said


def test_a_write_that_stumbles_over_such_a_row_says_so_and_changes_nothing(on_sale: World) -> None:
    _sqlite(on_sale)
    loosely(on_sale, "UPDATE article SET new_price_ore = 'dyr'")
    lager = on_sale.person("lager")
    before = changes.count(lager, changes.ChangeFilter())
    said = _said(lambda: stock.set_condition(lager, [1], "C"))
    assert "det, der står i Nypris, kan ikke bruges" in said
    assert changes.count(lager, changes.ChangeFilter()) == before


def test_an_error_of_the_program_itself_stays_one(on_sale: World) -> None:
    with pytest.raises(TypeError, match="own"), on_sale.context.read():
        raise TypeError("own")


# --- figures ----------------------------------------------------------------------------------


@templates.prepared
def delivered(world: World, clock: Clock) -> None:
    """Three pieces handed over, so that there is something to add up."""
    tasks.confirm_rates(world.context)
    reporting.deliver(world, clock, reporting.TODAY, count=3)


def _figures(world: World) -> Iterator[Callable[[], object]]:
    """All that adds lines up or prints them."""
    controller = world.person("controller")
    yield lambda: overview.key_figures(controller, *reporting.YEAR)
    yield lambda: reports.preview(controller, *reporting.YEAR)
    yield lambda: reports.draft(controller, *reporting.YEAR, all_lines=True)
    yield lambda: sheets.csv(controller, *reporting.YEAR)


@pytest.mark.parametrize("column", ["cash_ore", "net_g", "low_g", "cash_d27_ore", "levy_ore"])
def test_a_figure_that_is_a_text_is_told_of_with_its_line(delivered: World, column: str) -> None:
    _sqlite(delivered)
    loosely(delivered, f"UPDATE figure_line SET {column} = 'meget' WHERE id = 2")
    name = stored_words.COLUMNS[column]
    for call in _figures(delivered):
        if column == "cash_d27_ore" and "key_figures" in call.__code__.co_names:
            continue  # which tells nothing of it
        assert f"Effektlinje 2 (MC-000002-1): det, der står i {_(name)}, kan" in _said(call)
    with pytest.raises(Refused):
        reports.record(delivered.person("controller"), *reporting.YEAR)


def test_sums_beyond_what_a_database_adds_up_are_told_of_with_their_line(delivered: World) -> None:
    largest = 2**63 - 1
    loosely(delivered, f"UPDATE figure_line SET net_g = {largest}, cash_ore = {largest}")
    calls = list(_figures(delivered))
    if not delivered.context.database.is_sqlite:
        calls = calls[:1]  # a server adds up to as much as there is, but for the span of Overblik
    for call in calls:
        assert "Effektlinje 1 (MC-000001-3): det, der står i" in _said(call)
    with pytest.raises(Refused):
        reports.record(delivered.person("controller"), *reporting.YEAR)
