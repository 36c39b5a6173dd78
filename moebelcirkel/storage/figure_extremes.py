"""How far sums over figure lines move: at other shares that replace a purchase, and at extremes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import SCENARIOS, Extremes, outermost
from moebelcirkel.storage.figure_queries import Selection, Sums, chosen, total_of
from moebelcirkel.storage.figures import FigureLine


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The result at other shares that replace a purchase, and the bounds of CO2e."""

    cash_ore: dict[int, int]
    net_g: dict[int, int]
    bound_low_g: int
    bound_high_g: int


def scenarios(session: Session, selection: Selection) -> Scenarios:
    """Sums at D 0.27, 0.5, 0.7 and 1, and of the bounding columns."""
    keys = list(SCENARIOS)
    columns = [total_of(getattr(FigureLine, f"cash_d{key}_ore")) for key in keys]
    columns += [total_of(getattr(FigureLine, f"net_d{key}_g")) for key in keys]
    columns += [total_of(FigureLine.bound_low_g), total_of(FigureLine.bound_high_g)]
    found = session.execute(select(*columns).where(*chosen(selection))).one()
    row = [int(value) for value in found]
    count = len(keys)
    return Scenarios(
        dict(zip(keys, row[:count], strict=True)),
        dict(zip(keys, row[count : 2 * count], strict=True)),
        *row[2 * count :],
    )


_BY_FACTORS = (FigureLine.low_g, FigureLine.net_g, FigureLine.high_g)
_BY_ALL = (FigureLine.bound_low_g, *_BY_FACTORS, FigureLine.bound_high_g)


def span(session: Session, selection: Selection) -> tuple[int, int]:
    """How far the net of a selection reaches with each factor between its low and high, in grams.

    Lines of one category share its factor, so that each category moves as one.
    """
    return outermost(_parts(session, selection, _BY_FACTORS, FigureLine.category_key))


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
    one_use = (FigureLine.category_key, FigureLine.unit_id, FigureLine.loop)
    by_factors = span(session, selection) if categories is None else span_of(categories)
    return Extremes(by_factors, outermost(_parts(session, selection, _BY_ALL, *one_use)))


def _parts(
    session: Session, selection: Selection, columns: Sequence[Any], *together: Any
) -> Iterator[list[int]]:
    query = select(*map(total_of, columns)).where(*chosen(selection)).group_by(*together)
    return ([int(value) for value in row] for row in session.execute(query))
