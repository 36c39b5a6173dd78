"""Setting a new database up: reference data, and the municipality's first administrator."""

import contextlib
import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from moebelcirkel import paths
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.tasks import DEFAULT_TASKS
from moebelcirkel.services import ecolabels
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage import derived
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow

#: The sets the program brings, the newest one last. The first counts for all days before it too.
OLDEST_SET, NEWEST_SET = "2026.1", "2026.2"
_ALWAYS = dt.date(2000, 1, 1)
_ABOUT = "Følger med programmet. 14 kategorier er ændret siden 2026.1; hver siger hvorfor."
_NOT_IN_FORCE = "Kommunens eget faktorsæt gælder stadig; frigiv dette, hvis det skal gælde."
declare("setup", Kind(stays="everything rests on it"))
declare("factor.bring", Kind(Action.FACTORS, Action.FACTORS))
declare("factor.categories", Kind(stays="types are of them"))
declare("ecolabel.bring", Kind(stays="types have them by their names"))


def load_reference(context: Context) -> None:
    """Fill an empty database with categories, factor sets, ecolabels, task types and hour rates.

    One that an earlier version filled gets what is new since then.
    """
    with context.read() as session:
        filled = costing_queries.has_categories(session)
        grouped = not _changed(costing_queries.categories(session))
        dated = costing_queries.has_set(session, NEWEST_SET)
        labelled = article_queries.has_ecolabels(session)
    if not filled:
        context.write("setup", None, fill_reference)
        return
    if not grouped:
        _bring(context, "factor.categories", bring_categories)
    if not dated:
        _bring(context, "factor.bring", bring_newest_set)
    if not labelled:
        _bring(context, "ecolabel.bring", ecolabels.bring)


class _BroughtMeanwhileError(Exception):
    """Somebody else who opened it at the same moment was first."""


def _bring(context: Context, kind: str, act: Callable[[Work], None]) -> None:
    """Do it as a change, unless there is nothing left to bring."""

    def first(work: Work) -> None:
        act(work)
        work.session.flush()
        if not work.recorder.kinds:
            raise _BroughtMeanwhileError

    with contextlib.suppress(_BroughtMeanwhileError):
        context.write(kind, None, first)


def begin_as_first_version(context: Context) -> Done:
    """Fill an empty database as the first version did, for an example that has a past."""
    return context.write("setup", None, fill_first_set)


def fill_reference(work: Work) -> None:
    """The same inside a larger unit of work; a database that is filled stays as it is."""
    if not costing_queries.has_categories(work.session):
        fill_first_set(work)
        bring_newest_set(work)


def bring_categories(work: Work) -> None:
    """Add the categories that are new, and put those that moved into their groups."""
    known = costing_queries.categories(work.session)
    changed = _changed(known)
    for row in changed:
        fresh = _category(row, "")
        if (old := known.get(row["key"])) is None:
            work.session.add(fresh)
        else:
            old.group_key, old.group_da, old.group_en = (
                fresh.group_key,
                fresh.group_da,
                fresh.group_en,
            )
    work.session.flush()
    derived.search_anew(work.session.connection(), {row["key"] for row in changed} & known.keys())


def _changed(known: Mapping[str, Category]) -> list[dict[str, str]]:
    """The reference data that a database has not, or has in another group."""
    return [
        row
        for row in _rows("categories.csv")
        if (old := known.get(row["key"])) is None or old.group_key != row["group_key"]
    ]


def bring_newest_set(work: Work) -> None:
    """Put the newest set in force from today on, so that no line of before moves.

    Where the municipality's own set is in force that stays so, and ours is a draft beside it. A
    set of its own by the same name is left alone.
    """
    session = work.session
    if not costing_queries.has_categories(session) or costing_queries.has_set(session, NEWEST_SET):
        return
    in_force = costing_queries.factor_set_on(work.session, work.today)
    ours = in_force.name == OLDEST_SET
    note = _ABOUT if ours else f"{_ABOUT} {_NOT_IN_FORCE}"
    _add_set(
        work,
        FactorSet(
            name=NEWEST_SET,
            valid_from=work.today,
            released=ours,
            note=note,
            based_on_id=in_force.id if ours else None,
        ),
    )


def _add_set(work: Work, factor_set: FactorSet) -> None:
    work.session.add(factor_set)
    work.session.flush()
    rows = _rows(f"factors-{factor_set.name}.csv")
    work.bulk_insert(Factor, [_factor(row, factor_set.id) for row in rows])


def fill_first_set(work: Work) -> None:
    """Categories, the first factor set, ecolabels, task types and hour rates."""
    codes = {row["category_key"]: row["unspsc"] for row in _rows(f"factors-{OLDEST_SET}.csv")}
    for row in _rows("categories.csv"):
        work.session.add(_category(row, codes.get(row["key"], "")))
    work.session.flush()
    _add_set(work, FactorSet(name=OLDEST_SET, valid_from=_ALWAYS, released=True))
    ecolabels.bring(work)
    for position, task in enumerate(DEFAULT_TASKS):
        work.session.add(
            TaskTypeRow(
                name=task.name,
                minutes=task.minutes,
                parts_ore=task.parts_ore,
                co2e_kg=task.co2_kg,
                co2e_low_kg=task.co2_low_kg,
                co2e_high_kg=task.co2_high_kg,
                renews=task.renews,
                note=task.note,
                adapt_weeks=task.adapt_weeks,
                adapt_for=task.adapt_for or None,
                position=position,
            )
        )
    work.session.add(HourRate(name="Personale", rate_ore=30_000, position=0))
    work.session.add(HourRate(name="Kursister", rate_ore=0, position=1))


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = paths.database_files("reference", name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = ";" if name == "categories.csv" else ","
        yield from csv.DictReader(file, delimiter=delimiter)


def _category(row: dict[str, str], unspsc: str) -> Category:
    return Category(
        key=row["key"],
        name_da=row["name_da"],
        name_en=row["name_en"],
        unspsc=unspsc,
        group_key=row["group_key"],
        group_da=row["group_da"],
        group_en=row["group_en"],
        group_order=int(row["sort"]),
        keywords=row["keywords"],
    )


def _factor(row: dict[str, str], set_id: int) -> dict[str, Any]:
    return {
        "set_id": set_id,
        "category_key": row["category_key"],
        "mass_kg": _decimal(row["mass_kg"]),
        "co2e_low_kg": _decimal(row["co2e_low_kg"]),
        "co2e_mid_kg": _decimal(row["co2e_mid_kg"]),
        "co2e_high_kg": _decimal(row["co2e_high_kg"]),
        "stages": row["lifecycle_stages"],
        "source": row["source"],
        "source_year": int(row["source_year"]) if row["source_year"].isdigit() else None,
        "source_detail": row["source_detail"],
        "co2e_verified": row["co2e_verified"] == "yes",
        "lifetime_years": Decimal(row["lifetime_years"]),
        "new_price_low_ore": _ore(row["new_price_low_dkk"]),
        "new_price_mid_ore": _ore(row["new_price_mid_dkk"]),
        "new_price_high_ore": _ore(row["new_price_high_dkk"]),
        "price_source": row["price_source"],
        "price_verified": row["price_verified"] == "yes",
    }


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text.strip() else None


def _ore(text: str) -> int | None:
    return int(Decimal(text) * 100) if text.strip() else None
