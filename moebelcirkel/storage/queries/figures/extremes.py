"""How far sums over figure lines move: at other shares that replace a purchase, and at extremes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import SCENARIOS, Extremes, LineKind, outermost
from moebelcirkel.storage.queries.figures.sums import (
    SUMS,
    Corrected,
    Selection,
    Sums,
    chosen,
    listed,
    numbers,
    sums_of,
    total_of,
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
    asked = (*keys, *SUMS, *_AT_SHARES, listed(FigureLine.corrects_id))
    query = select(*asked).where(*chosen(selection)).group_by(*keys)
    rows: Sequence[Any] = session.execute(query).all()
    end = len(keys) + len(SUMS)
    by_day = {(row[0], row[1]): sums_of(row[len(keys) : end]) for row in rows}
    at_shares = [sum(int(row[end + at]) for row in rows) for at in range(len(_AT_SHARES))]
    return by_day, _scenarios(at_shares), _corrected(rows)


def _corrected(rows: Sequence[Any]) -> Corrected:
    every, taken_back = (
        [key for row in some for key in numbers(row[-1])]
        for some in (rows, [row for row in rows if row[1] == LineKind.REVERSAL])
    )
    return Corrected(every, taken_back)


def scenarios(session: Session, selection: Selection) -> Scenarios:
    """Sums at D 0.27, 0.5, 0.7 and 1, and of the bounding columns."""
    found = session.execute(select(*_AT_SHARES).where(*chosen(selection))).one()
    return _scenarios([int(value) for value in found])


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
    sums = [total_of(column).label(column.key) for column in columns]
    parts = select(*sums).where(*chosen(selection)).group_by(*together).subquery()
    sqlite = session.get_bind().dialect.name == "sqlite"
    smallest, largest = (func.min, func.max) if sqlite else (func.least, func.greatest)
    query = select(total_of(smallest(*parts.c)), total_of(largest(*parts.c)))
    low, high = session.execute(query).one()
    return int(low), int(high)
