"""Factor sets: look at one with all its sources, copy it to a draft, edit the draft, release it.

A released set is never changed: figure lines and printed reports rest on it.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel import language
from moebelcirkel.domain import factors as rules
from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import FactorFigures
from moebelcirkel.domain.fields import Fields, long_text
from moebelcirkel.domain.fold import fold, matches_rank, words
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage import registers, undo
from moebelcirkel.storage.queries import factors as factor_queries
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet

FIGURES = tuple(each.name for each in dataclasses.fields(FactorFigures))


@dataclass(frozen=True, slots=True)
class SetRow:
    """One factor set; ``in_force`` marks the one that counts today."""

    id: int
    version: int
    name: str
    note: str
    valid_from: dt.date
    released: bool
    based_on: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class FactorRow:
    """The figures of one category in a set."""

    id: int
    version: int
    category_key: str
    category: str
    group: str
    sort_key: str
    figures: FactorFigures


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that differs between two sets; ``figure`` names the column.

    ``reason`` is what the newer set says about it.
    """

    category: str
    figure: str
    before: object
    after: object
    reason: str = ""


def sets(context: Context) -> list[SetRow]:
    """All sets, newest first."""
    context.require(Action.FACTORS)
    with context.read() as session:
        found = factor_queries.sets(session)
    today = context.today()
    in_force = next((r.id for r in found if r.released and r.valid_from <= today), None)
    names = {row.id: row.name for row in found}
    return [
        like(SetRow, row, based_on=names.get(row.based_on_id or 0, ""), in_force=row.id == in_force)
        for row in found
    ]


def factors(context: Context, set_id: int, text: str = "") -> list[FactorRow]:
    """The figures of a set by group and category; every word typed is in name, group or source."""
    context.require(Action.FACTORS)
    english = language.current_language() == "en"
    with context.read() as session:
        rows = [
            _row(factor, category, english=english)
            for factor, category in factor_queries.with_categories(session, set_id)
        ]
    wanted = words(text)
    return [row for row in rows if matches_rank(wanted, _searched(row)) is not None]


def _row(factor: Factor, category: Category, *, english: bool) -> FactorRow:
    return FactorRow(
        factor.id,
        factor.version,
        category.key,
        category.name_en if english else category.name_da,
        category.group_en if english else category.group_da,
        f"{category.group_order:04d} {category.sort_key}",
        figures_of(factor),
    )


def figures_of(factor: Factor) -> FactorFigures:
    return FactorFigures(**{name: getattr(factor, name) for name in FIGURES})


def _searched(row: FactorRow) -> str:
    figures = row.figures
    return fold(f"{row.category} {row.group} {figures.source} {figures.price_source}")


@writes("factor.copy", Action.FACTORS)
def copy(work: Work, set_id: int, name: str, valid_from: dt.date, note: str = "") -> Saved:
    """Make a draft with the same figures under another name."""
    source = work.get(FactorSet, set_id)
    draft = FactorSet(based_on_id=source.id, released=False)
    _fill_set(work, draft, name, valid_from, note)
    work.session.add(draft)
    work.session.flush()
    copies: list[dict[str, Any]] = [
        {"set_id": draft.id, "category_key": row.category_key}
        | {figure: getattr(row, figure) for figure in FIGURES}
        for row in factor_queries.of_set(work.session, source.id)
    ]
    work.bulk_insert(Factor, copies)
    return Saved(id=draft.id)


@writes("factor.set", Action.FACTORS)
def save_set(
    work: Work, set_id: int, version: int, name: str, valid_from: dt.date, note: str = ""
) -> Saved:
    """Correct the name, first day or note of a draft."""
    draft = work.get(FactorSet, set_id, version)
    _refuse_released(draft)
    _fill_set(work, draft, name, valid_from, note)
    work.session.flush()
    return Saved(id=draft.id)


def _fill_set(work: Work, row: FactorSet, name: str, valid_from: dt.date, note: str) -> None:
    fields = Fields()
    with fields.field("name"):
        checked = rules.set_name(name)
        registers.refuse_taken(work, FactorSet.name, checked, row.id)
    with fields.field("valid_from"):
        rules.valid_from(valid_from)
    with fields.field("note"):
        long_text(note, limits.REMARK)
    fields.finish()
    row.name, row.valid_from, row.note = checked, valid_from, note.strip()


@writes("factor.save", Action.FACTORS)
def save(work: Work, factor_id: int, version: int, figures: FactorFigures) -> Saved:
    """Correct the figures of one category in a draft; every figure needs its source."""
    row = work.get(Factor, factor_id, version)
    _refuse_released(work.get(FactorSet, row.set_id))
    rules.checked_figures(figures, work.today)
    rules.checked_reading(figures_of(row), figures)
    for name in FIGURES:
        value = getattr(figures, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    work.session.flush()
    return Saved(id=row.id)


def _refuse_released(row: FactorSet) -> None:
    if row.released:
        raise Refused(
            N_("The factor set {name} is released and cannot be changed. Make a copy of it."),
            name=row.name,
        )


@writes("factor.release", Action.FACTORS)
def release(work: Work, set_id: int, version: int) -> Saved:
    """Put a draft in force from its first day; from now on it is read only."""
    draft = work.get(FactorSet, set_id, version)
    _refuse_released(draft)
    _refuse_same_day(work, draft)
    rows = factor_queries.with_categories(work.session, set_id)
    if len(rows) < factor_queries.categories(work.session):
        raise Refused(N_("The factor set lacks figures for some categories."))
    for factor, category in rows:
        try:
            rules.checked_figures(figures_of(factor), work.today)
        except Refused as error:
            raise Refused(
                N_("The figures of {category} are not right yet. Open them and correct them."),
                category=category.name_da,
            ) from error
    draft.released = True
    work.session.flush()
    return Saved(id=set_id)


def _refuse_same_day(work: Work, draft: FactorSet) -> None:
    other = factor_queries.released_on(work.session, draft.valid_from, but=draft.id)
    if other is not None:
        raise Refused(
            N_("The set {name} is in force from the same day. Choose another first day."),
            name=other,
        )


@writes("factor.delete", Action.FACTORS)
def delete(work: Work, set_id: int, version: int) -> Saved:
    """Throw a draft away."""
    draft = work.get(FactorSet, set_id, version)
    _refuse_released(draft)
    if is_used(work.session, draft, apart_from={"factor"}):
        raise Refused(N_("Another set is based on this one, so it must stay."))
    for row in factor_queries.of_set(work.session, set_id):
        work.session.delete(row)
    work.session.flush()
    work.session.delete(draft)
    work.session.flush()
    return Saved(id=set_id)


def compare(context: Context, set_id: int, base_id: int | None = None) -> list[Difference]:
    """Every figure that differs from another set: the one it was copied from, or a given one."""
    context.require(Action.FACTORS)
    if base_id is None:
        with context.read() as session:
            base_id = factor_queries.base_of(session, set_id)
    if base_id is None:
        return []
    before = {row.category_key: row.figures for row in factors(context, base_id)}
    found: list[Difference] = []
    for row in factors(context, set_id):
        found += _differences(row, before.get(row.category_key))
    return found


def _differences(row: FactorRow, before: FactorFigures | None) -> list[Difference]:
    """What differs in one category; what the source says stands beside the figures."""
    found = []
    for name in FIGURES:
        was, now = getattr(before, name, None), getattr(row.figures, name)
        if was != now:
            reason = row.figures.price_source if "price" in name else row.figures.source_detail
            found.append(Difference(row.category, name, was, now, reason))
    others = [each for each in found if each.figure != "source_detail"]
    return others or found


# --- undo --------------------------------------------------------------------------------------


def _after_undoing_sets(work: Work, events: Sequence[undo.Turned]) -> None:
    """A set that figures rest on stays released, and one set is always in force."""
    for event in events:
        unreleased = event.before is not None and (event.after or {}).get("released")
        if unreleased and factor_queries.carries_figures(work.session, int(event.entity_id)):
            raise Refused(N_("It cannot be undone, because figures rest on the set now."))
    if not factor_queries.any_released(work.session):
        raise Refused(N_("There must be a factor set in force."))


def _after_undoing_factors(work: Work, events: Sequence[undo.Turned]) -> None:
    """Figures of a set that was released meanwhile stay as they are."""
    for event in events:
        row = work.session.get(Factor, int(event.entity_id))
        if row is not None:
            _refuse_released(work.get(FactorSet, row.set_id))


undo.AFTERWARDS["factor_set"].append(_after_undoing_sets)
undo.AFTERWARDS["factor"].append(_after_undoing_factors)
