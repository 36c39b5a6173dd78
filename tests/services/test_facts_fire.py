"""Fire test of a piece: at intake, corrected, undone, counted in the stock, lost by new cover."""

from dataclasses import replace

import pytest

from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import cases, check, imports, tasks, units
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.cases.work import CaseFinished
from moebelcirkel.services.changes import details
from moebelcirkel.services.context import Context, Saved
from moebelcirkel.services.imports import PIECES, RecordChoices
from moebelcirkel.services.intake import Batch, Part, register
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.passports import passport_pdf
from tests import trade
from tests.services.undoing import undo
from tests.world import World

FACT = "Brandtest (EN 1021-1/-2)"


def received(world: World, *, tested: bool | None) -> int:
    """A worn office chair, and what was answered about it."""
    batch = Batch(
        giver_id=world.home,
        article_id=world.chair,
        fire_tested=tested,
        parts=(Part("C", 1, "shelf", world.shelf),),
    )
    return register(world.person("lager"), batch).unit_ids[0]


def fact(context: Context, unit: int) -> str | None:
    """What the passport says of it, None where it says nothing."""
    return {fact.label: fact.value for fact in units.passport(context, unit).facts}.get(FACT)


def correct(context: Context, unit: int, *, tested: bool | None) -> Saved:
    """Correct it alone."""
    seen = units.passport(context, unit)
    values = replace(seen.values, fire_tested=tested)
    return unit_values.save(context, unit, values, seen.version)


def finished(world: World, unit: int, *, renews: bool) -> CaseFinished:
    """Work on it, with a task that renews or one that does not."""
    bench = world.person("bench")
    case = int(cases.send(bench, [unit]).case_id)
    kinds = tasks.task_types(bench)
    kind = next(row.id for row in kinds if row.form.renews is renews)
    cases.add_task(bench, case, kind, done=True)
    return cases.finish(bench, case, "A", place_id=world.shelf)


@pytest.mark.parametrize(
    ("tested", "said"), [(True, "Ja"), (False, "Nej"), (None, "Ukendt")], ids=["yes", "no", "?"]
)
def test_what_is_answered_at_intake_stands_in_the_passport(
    world: World, lager: Context, tested: bool | None, said: str
) -> None:
    unit = received(world, tested=tested)
    assert fact(lager, unit) == said
    assert trade.unit(world, unit).fire_tested is tested
    assert passport_pdf(lager, unit).startswith(b"%PDF")
    assert check.run(world.person("controller")).ok


def test_a_table_says_nothing_of_it(world: World, lager: Context) -> None:
    table = ArticleValues(name="Skrivebord", category_key="desk_fixed")
    batch = Batch(new_article=table, parts=(Part("B", 1, "shelf", world.shelf),))
    (unit,) = register(lager, batch).unit_ids
    assert fact(lager, unit) is None
    correct(lager, unit, tested=False)
    assert fact(lager, unit) == "Nej"


def test_it_is_corrected_undone_and_told(world: World, lager: Context) -> None:
    unit = received(world, tested=None)
    done = correct(lager, unit, tested=True)
    seen = units.passport(lager, unit)
    assert fact(lager, unit) == "Ja"
    assert seen.history[0].title == "Brandtest rettet: ja"
    (row,) = details.of(world.person("controller"), done.change_id or 0)
    (told,) = row.fields
    assert (told.label, told.before, told.after) == ("Brandtest", "Ukendt", "Ja")
    undo(lager, done)
    assert fact(lager, unit) == "Ukendt"
    assert check.run(world.person("controller")).ok


def test_a_new_cover_makes_it_unknown_until_that_is_undone(world: World, lager: Context) -> None:
    unit = received(world, tested=True)
    done = finished(world, unit, renews=True)
    assert fact(lager, unit) == "Ukendt"
    undo(world.person("bench"), done)
    assert fact(lager, unit) == "Ja"
    assert check.run(world.person("controller")).ok


def test_other_work_leaves_it(world: World, lager: Context) -> None:
    unit = received(world, tested=True)
    finished(world, unit, renews=False)
    assert fact(lager, unit) == "Ja"


def test_the_stock_counts_and_narrows_by_it(world: World, lager: Context) -> None:
    table = ArticleValues(name="Skrivebord", category_key="desk_fixed")
    register(lager, Batch(new_article=table, parts=(Part("C", 1, "shelf", world.shelf),)))
    kept = {tested: received(world, tested=tested) for tested in (True, False, None)}
    kept_twice = received(world, tested=True)
    found = stock_list.find(lager, StockFilter(conditions=frozenset("C")))
    assert found.facets.facts["fire_tested"] == {"yes": 2, "no": 1, "unknown": 1, "": 1}
    only = stock_list.find(lager, StockFilter(fire_tested=frozenset({"yes"})))
    assert {row.id for row in only.rows} == {kept[True], kept_twice}
    assert only.total == 2
    assert only.facets.facts["fire_tested"] == found.facets.facts["fire_tested"]
    assert only.facets.conditions == {"C": 2}
    two = stock_list.find(lager, StockFilter(fire_tested=frozenset({"no", "unknown"})))
    assert {row.id for row in two.rows} == {kept[False], kept[None]}


LIST = """Møbel;Kategori;Antal;Stand;Placering;Brandtest
Lænestol;Lænestol;2;B;Hal 2 / Reol 14 / C;ja
Sofa;Sofa, 2-personers;1;B;Hal 2 / Reol 14 / C;ukendt
"""


def test_a_list_of_pieces_brings_it_along(world: World, lager: Context) -> None:
    admin = world.person("admin")
    source = imports.read(LIST.encode(), "lager.csv")
    choices = RecordChoices(imports.suggest_records(admin, PIECES, source).columns, {})
    assert imports.run_records(admin, PIECES, source, choices).taken == 2
    found = stock_list.find(lager, StockFilter(fire_tested=frozenset({"yes"})))
    assert found.total == 2
    assert fact(lager, found.rows[0].id) == "Ja"
    assert check.run(world.person("controller")).ok
