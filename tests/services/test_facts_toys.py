"""Toys: what is asked of them at intake, corrected, undone, counted, imported, and returned."""

import datetime as dt
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.language import refusal
from moebelcirkel.services import check, deliveries, imports, loans, units
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.changes import details
from moebelcirkel.services.context import Context, Saved
from moebelcirkel.services.deliveries import Returned, take_back
from moebelcirkel.services.imports import PIECES, RecordChoices
from moebelcirkel.services.intake import Batch, Part, register
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.services.units.passports import passport_pdf
from tests import trade
from tests.services.undoing import undo
from tests.world import World

BOX = ArticleValues(name="Byggeklodser, kasse", category_key="toys_box")


def received(
    world: World,
    *,
    age: str | None = None,
    complete: bool | None = None,
    cleaned: bool | None = None,
    destination: str = "shelf",
) -> int:
    """A box of toys, and what was answered about it."""
    batch = Batch(
        giver_id=world.home,
        new_article=BOX,
        toy_age=age,
        toy_complete=complete,
        toy_cleaned=cleaned,
        parts=(Part("B", 1, destination, world.shelf),),  # type: ignore[arg-type]
    )
    return register(world.person("lager"), batch).unit_ids[0]


def facts(context: Context, unit: int) -> dict[str, str]:
    """What the passport says of it."""
    told = {fact.label: fact.value for fact in units.passport(context, unit).facts}
    return {name: told[name] for name in ("Aldersgruppe", "Komplet", "Renset") if name in told}


def correct(context: Context, unit: int, **changes: str | bool | None) -> Saved:
    """Correct these alone."""
    seen = units.passport(context, unit)
    return unit_values.save(context, unit, replace(seen.values, **changes), seen.version)  # type: ignore[arg-type]


def test_what_is_answered_at_intake_stands_in_the_passport(world: World, lager: Context) -> None:
    unit = received(world, age="3-5", complete=True, cleaned=False)
    assert facts(lager, unit) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Nej"}
    assert passport_pdf(lager, unit).startswith(b"%PDF")
    assert check.run(world.person("controller")).ok


def test_nothing_answered_is_unknown_and_a_chair_says_nothing(world: World, lager: Context) -> None:
    unit = received(world)
    assert set(facts(lager, unit).values()) == {"Ukendt"}
    chair = register(
        lager, Batch(article_id=world.chair, parts=(Part("B", 1, "shelf", world.shelf),))
    ).unit_ids[0]
    assert facts(lager, chair) == {}


def test_an_age_that_nobody_offered_is_refused(world: World, lager: Context) -> None:
    with pytest.raises(Refused, match="Choose an answer"):
        received(world, age="12-99")
    unit = received(world)
    with pytest.raises(Refused, match="Choose an answer"):
        correct(lager, unit, toy_age="12-99")


def test_it_is_corrected_undone_and_told(world: World, lager: Context) -> None:
    unit = received(world, complete=True)
    done = correct(lager, unit, toy_age="6-9", toy_complete=False)
    assert facts(lager, unit) == {"Aldersgruppe": "6–9 år", "Komplet": "Nej", "Renset": "Ukendt"}
    titles = [each.title for each in units.passport(lager, unit).history[:2]]
    assert titles == ["Komplet rettet: nej", "Aldersgruppe rettet: 6–9 år"]
    (row,) = details.of(world.person("controller"), done.change_id or 0)
    told = {(each.label, each.before, each.after) for each in row.fields}
    assert told == {("Aldersgruppe", "Ukendt", "6–9 år"), ("Komplet", "Ja", "Nej")}
    undo(lager, done)
    assert facts(lager, unit) == {"Aldersgruppe": "Ukendt", "Komplet": "Ja", "Renset": "Ukendt"}
    assert check.run(world.person("controller")).ok


def test_what_comes_back_has_been_played_with(world: World, lager: Context) -> None:
    unit = received(world, age="3-5", complete=True, cleaned=True, destination="sale")
    lines = trade.order(world, [unit])
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    back = Returned(trade.unit(world, unit).number, "C")
    done = take_back(lager, [back], place_id=world.shelf)
    assert facts(lager, unit) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Ukendt"}
    undo(lager, done)
    assert trade.unit(world, unit).toy_cleaned is True


def test_what_was_lost_on_loan_and_turns_up_has_been_too(world: World, lager: Context) -> None:
    unit = received(world, complete=True, cleaned=True, destination="sale")
    until = lager.today() + dt.timedelta(days=30)
    lines = trade.order(world, [unit], loan_until=until)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    loans.lose(lager, loans.listed(lager)[0].id)
    take_back(lager, [Returned(trade.unit(world, unit).number, "B")], place_id=world.shelf)
    assert facts(lager, unit) == {"Aldersgruppe": "Ukendt", "Komplet": "Ja", "Renset": "Ukendt"}


def test_the_stock_counts_and_narrows_by_it(world: World, lager: Context) -> None:
    small = received(world, age="0-2", complete=True, cleaned=True)
    kept = received(world, age="3-5", complete=True, cleaned=False)
    received(world)
    register(lager, Batch(article_id=world.chair, parts=(Part("B", 1, "shelf", world.shelf),)))
    found = stock_list.find(lager, StockFilter(conditions=frozenset("B")))
    assert found.facets.facts["toy_age"] == {"0-2": 1, "3-5": 1, "unknown": 1, "": 1}
    assert found.facets.facts["toy_complete"] == {"yes": 2, "unknown": 1, "": 1}
    only = stock_list.find(lager, StockFilter(toy_complete=frozenset({"yes"})))
    assert {row.id for row in only.rows} == {small, kept}
    assert only.facets.facts["toy_cleaned"] == {"yes": 1, "no": 1}
    unknown = stock_list.find(lager, StockFilter(toy_cleaned=frozenset({"unknown"})))
    assert unknown.total == 1


LIST = """Møbel;Kategori;Antal;Stand;Placering;Aldersgruppe;Komplet;Renset
Byggeklodser;Legetøjskasse;2;B;Hal 2 / Reol 14 / C;3 – 5 år;ja;Nej
Puslespil;Legetøjskasse;1;B;Hal 2 / Reol 14 / C;;;
Dukker;Legetøjskasse;1;B;Hal 2 / Reol 14 / C;meget små;ja;ja
"""


def test_a_list_of_pieces_brings_it_along(world: World, lager: Context) -> None:
    admin = world.person("admin")
    source = imports.read(LIST.encode(), "lager.csv")
    choices = RecordChoices(imports.suggest_records(admin, PIECES, source).columns, {})
    trial = imports.try_records(admin, PIECES, source, choices)
    (wrong,) = trial.errors
    said = refusal(wrong.refused())
    assert said == "Skriv en af: 0-2 år, 3-5 år, 6-9 år, 10 år og ældre, ukendt."
    assert imports.run_records(admin, PIECES, source, choices).taken == 2
    found = stock_list.find(lager, StockFilter(toy_age=frozenset({"3-5"})))
    assert found.total == 2
    unit = found.rows[0].id
    assert facts(lager, unit) == {"Aldersgruppe": "3–5 år", "Komplet": "Ja", "Renset": "Nej"}
    assert check.run(world.person("controller")).ok
