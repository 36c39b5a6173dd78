"""How far sums over figure lines move: at other shares that replace a purchase, and at extremes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Double, SQLColumnExpression, cast, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import SCENARIOS, Extremes, LineKind, outermost
from moebelcirkel.storage.queries.figures.server import is_file
from moebelcirkel.storage.queries.figures.sums import (
    SUMS,
    Corrected,
    Selection,
    Sums,
    chosen,
    each_of,
    listed,
    sums_of,
    total_of,
    whole,
)
from moebelcirkel.storage.tables.figures import FigureLine


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The result at other shares that replace a purchase, and the bounds of CO2e."""

    cash_ore: dict[int, int]
    net_g: dict[int, int]
    bound_low_g: int
    bound_high_g: int


_AT_SHARES = (
    *(total_of(getattr(FigureLine, f"cash_d{key}_ore")) for key in SCENARIOS),
    *(total_of(getattr(FigureLine, f"net_d{key}_g")) for key in SCENARIOS),
    total_of(FigureLine.bound_low_g),
    total_of(FigureLine.bound_high_g),
)


def daily(
    session: Session, selection: Selection
) -> tuple[dict[tuple[dt.date, str], Sums], Scenarios, Corrected]:
    """Sums by the day the lines are due to and their kind; of all together also ``scenarios``.

    Every line is looked at once for it, so that what they correct is told along with it.
    """
    keys = FigureLine.effective_on, FigureLine.kind
    ends = func.min(FigureLine.id), func.max(FigureLine.id)
    asked = (*keys, *SUMS, *_AT_SHARES, *ends, listed(FigureLine.corrects_id))
    query = select(*asked).where(*chosen(selection)).group_by(*keys)
    rows: Sequence[Any] = session.execute(query).all()
    end = len(keys) + len(SUMS)
    by_day = {(row[0], row[1]): sums_of(row[len(keys) : end]) for row in rows}
    at_shares = [sum(whole(row[end + at]) for row in rows) for at in range(len(_AT_SHARES))]
    return by_day, _scenarios(at_shares), _corrected(rows)


def _corrected(rows: Sequence[Any]) -> Corrected:
    every, taken_back = (
        [key for row in some for key in each_of(row[-1])]
        for some in (rows, [row for row in rows if row[1] == LineKind.REVERSAL])
    )
    ends = (min(row[-3] for row in rows), max(row[-2] for row in rows)) if rows else None
    return Corrected(every, [*map(int, taken_back)], ends)


def scenarios(session: Session, selection: Selection) -> Scenarios:
    """Sums at D 0.27, 0.5, 0.7 and 1, and of the bounding columns."""
    found = session.execute(select(*_AT_SHARES).where(*chosen(selection))).one()
    return _scenarios([whole(value) for value in found])


def _scenarios(sums: Sequence[int]) -> Scenarios:
    count = len(SCENARIOS)
    return Scenarios(
        dict(zip(SCENARIOS, sums[:count], strict=True)),
        dict(zip(SCENARIOS, sums[count : 2 * count], strict=True)),
        *sums[2 * count :],
    )


_BY_FACTORS = (FigureLine.low_g, FigureLine.net_g, FigureLine.high_g)
_BY_ALL = (FigureLine.bound_low_g, *_BY_FACTORS, FigureLine.bound_high_g)


def span(session: Session, selection: Selection) -> tuple[int, int]:
    """How far the net of a selection reaches with each factor between its low and high, in grams.

    Lines of one category share its factor, so that each category moves as one.
    """
    return _outermost(session, selection, _BY_FACTORS, FigureLine.category_key)


def span_of(categories: Mapping[str, Sums]) -> tuple[int, int]:
    """The same out of the sums by category."""
    return outermost([each.low_g, each.net_g, each.high_g] for each in categories.values())


def extremes(
    session: Session, selection: Selection, categories: Mapping[str, Sums] | None = None
) -> Extremes:
    """The same, and with every input at an extreme; ``categories`` are its sums where known.

    Share, life and kilometres are of one use of one piece, so that what was handed over and what
    was taken back of it move as one, and apart from all others.
    """
    one_use = (FigureLine.unit_id, FigureLine.loop, FigureLine.category_key)
    by_factors = span(session, selection) if categories is None else span_of(categories)
    return Extremes(by_factors, _outermost(session, selection, _BY_ALL, *one_use))


def _outermost(
    session: Session, selection: Selection, columns: Sequence[Any], *together: Any
) -> tuple[int, int]:
    """``domain.figures.outermost`` by the database: there are about as many parts as lines."""
    on_file = is_file(session)
    added = total_of if on_file else _whole_grams
    sums = [added(column).label(column.key) for column in columns]
    parts = select(*sums).where(*chosen(selection)).group_by(*together).subquery()
    smallest, largest = (func.min, func.max) if on_file else (func.least, func.greatest)
    ends = [of(*parts.c) for of in (smallest, largest)]
    whole = ends if on_file else [cast(end, BigInteger) for end in ends]
    found: Sequence[Any] = session.execute(select(*map(total_of, whole))).one()
    return int(found[0]), int(found[1])


def _whole_grams(column: SQLColumnExpression[int | None]) -> ColumnElement[float]:
    """A server adds whole numbers up as decimals of any length, which costs most for many parts.

    Floating numbers are exact up to nine billion tonnes, which one use of a piece does not save.
    """
    return func.coalesce(func.sum(cast(column, Double)), 0)
