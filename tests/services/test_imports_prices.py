"""New prices from a second file: what changes is shown, and the old prices stay in the history."""

import datetime as dt
from dataclasses import replace

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import articles, changes, check, imports
from moebelcirkel.services.articles import lists
from moebelcirkel.services.context import Context
from moebelcirkel.services.imports import PRICES, PlannedPrice, RecordChoices, Source, Trial
from tests.world import World

NAME = "Kontorstol HÅG SoFi 7200"
SINCE = dt.date(2026, 1, 1)


def source(text: str) -> Source:
    return imports.read(text.encode(), "priser.csv")


def chosen(context: Context, file: Source, on: dt.date | None = SINCE) -> RecordChoices:
    found = imports.suggest_records(context, PRICES, file)
    basis = replace(found.basis, price_date=on, price_source="Prisliste 2026", vat_included=False)
    return replace(found, basis=basis)


def tried(
    context: Context, text: str, on: dt.date | None = SINCE, *, any_price: bool = False
) -> Trial[PlannedPrice]:
    file = source(text)
    return imports.try_records(
        context, PRICES, file, chosen(context, file, on), any_price=any_price
    )


def test_what_changes_is_shown_and_the_old_price_stays_in_the_history(world: World) -> None:
    admin = world.person("admin")
    file = source(f"Navn;Nypris\n{NAME};3.500,00\n")
    (planned,) = tried(admin, f"Navn;Nypris\n{NAME};3.500,00\n").records
    assert (planned.before_ore, planned.price_ore, planned.on) == (335_000, 350_000, SINCE)

    done = imports.run_records(admin, PRICES, file, chosen(admin, file))
    values = articles.get(admin, world.chair).values
    assert (values.new_price_ore, values.new_price_on) == (350_000, SINCE)
    assert values.new_price_source == "Prisliste 2026"
    assert "3.350" in lists.history(admin, world.chair)[0].title
    changes.undo(admin, done.change_id or 0)
    assert articles.get(admin, world.chair).values.new_price_ore == 335_000
    assert check.run(world.context).ok


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Navn;Nypris\n{NAME};3.500,00\n{NAME};3.600,00\n", "already on line 2"),
        ("Navn;Nypris\nUkendt stol;3.500,00\n", "There is no furniture type “Ukendt stol”"),
        ("Varenr;Nypris\nX-1;3.500,00\n", "There is no furniture type “X-1”"),
        (f"Navn;Nypris;Prisdato\n{NAME};3.500,00;01-05-2024\n", "is newer than this one"),
        (f"Navn;Nypris;Prisdato\n{NAME};3.350,00;01-01-2025\n", "costs that already"),
        (f"Navn;Nypris\n{NAME};-5,00\n", "is below 0"),
        (f"Navn;Nypris;Kilde\n{NAME};;Liste\n", "must be filled in"),
    ],
)
def test_a_price_that_cannot_be_right_is_refused(world: World, text: str, said: str) -> None:
    (error,) = tried(world.person("admin"), text).errors
    assert said in str(error.refused())


def test_a_price_far_from_the_usual_waits_until_somebody_says_it_is_right(world: World) -> None:
    text = f"Navn;Nypris\n{NAME};3,50\n"
    trial = tried(world.person("admin"), text)
    assert (len(trial.records), trial.far_out) == (0, 1)
    trial = tried(world.person("admin"), text, any_price=True)
    assert (len(trial.records), trial.far_out) == (1, 1)


def test_prices_without_a_day_are_refused(world: World) -> None:
    (error,) = tried(world.person("admin"), f"Navn;Nypris\n{NAME};3.500,00\n", None).errors
    assert "has no date" in str(error.refused())


def test_undo_is_refused_after_the_type_was_corrected(world: World) -> None:
    admin = world.person("admin")
    file = source(f"Navn;Nypris\n{NAME};3.500,00\n")
    done = imports.run_records(admin, PRICES, file, chosen(admin, file))
    detail = articles.get(admin, world.chair)
    articles.save(admin, replace(detail.values, colour="Blå"), world.chair, detail.version)
    with pytest.raises(Refused, match="has been changed since"):
        changes.undo(admin, done.change_id or 0)
