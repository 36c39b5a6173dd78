"""Figure lines of a closed run: each piece's share of what was really driven."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.figures import Figures, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.figures.inputs import has_factor, load_factors
from moebelcirkel.services.figures.lines import COPIED, figure_values
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Work

#: What a line of transport keeps: the piece's share of its run, in øre and grams.
SHARE_ORE, SHARE_G = "share_ore", "share_g"
#: Whether CO2e is known of the type of a piece that was fetched; earlier versions did not ask.
HAS_FACTOR = "has_factor"
#: Says of a line of transport that the piece has been delivered before, and was driven once more.
AGAIN = "again"


def book_transport(
    work: Work, lines: Sequence[FigureLine], run: str, shares: Iterator[tuple[int, int]]
) -> None:
    """Write what the real driving of hand-overs changes, on the day of each; øre and grams of each.

    ``shares`` may go on to what else bears the run: no more of it are taken than there are lines.
    """
    work.bulk_insert(FigureLine, [_transport(work, line, run, *next(shares)) for line in lines])


def _transport(work: Work, line: FigureLine, run: str, ore: int, grams: int) -> dict[str, object]:
    inputs = FigureInputs.from_dict(line.inputs)
    return {
        "change_id": work.change_id,
        "kind": LineKind.TRANSPORT,
        "corrects_id": line.id,
        "effective_on": line.effective_on,
        "booked_at": work.now,
        "inputs": {"run": run, SHARE_ORE: ore, SHARE_G: grams},
        **{name: getattr(line, name) for name in COPIED},
        **figure_values(rules.transported(inputs, ore, grams)),
    }


def book_errand(
    work: Work, line: FigureLine, run: str, on: dt.date, share: tuple[int, int]
) -> None:
    """Write what a piece that is complained of has cost by being driven once more.

    It belongs to the hand-over as a cost that came later; what that was reckoned with stays.
    """
    ore, grams = share
    known = FigureInputs.from_dict(line.inputs).has_factor
    row = FigureLine(
        change_id=work.change_id,
        kind=LineKind.TRANSPORT,
        corrects_id=line.id,
        effective_on=max(on, line.effective_on),
        booked_at=work.now,
        inputs={"run": run, SHARE_ORE: ore, SHARE_G: grams, HAS_FACTOR: known, AGAIN: True},
        **{name: getattr(line, name) for name in COPIED},
        **figure_values(rules.fetched(ore, grams, has_factor=known)),
    )
    work.session.add(row)


def book_fetched(
    work: Work, units: Sequence[Unit], run: str, on: dt.date, shares: Mapping[int, tuple[int, int]]
) -> None:
    """Write what driving has cost pieces that a run only fetched; øre and grams by piece."""
    articles = shop_holds.articles(work.session, (unit.article_id for unit in units))
    factors = load_factors(work.session, on)
    for unit in units:
        ore, grams = shares[unit.id]
        known = has_factor(factors, articles[unit.article_id])
        row = FigureLine(
            change_id=work.change_id,
            kind=LineKind.TRANSPORT,
            unit_id=unit.id,
            loop=unit.loop,
            article_id=unit.article_id,
            category_key=articles[unit.article_id].category_key,
            effective_on=on,
            booked_at=work.now,
            inputs={"run": run, SHARE_ORE: ore, SHARE_G: grams, HAS_FACTOR: known},
            **figure_values(rules.fetched(ore, grams, has_factor=known)),
        )
        work.session.add(row)


def driven_again(inputs: Json, hand_over: FigureInputs | None) -> Figures:
    """The figures of a line of transport, from what it keeps and the hand-over it is beside."""
    share = int(inputs[SHARE_ORE]), int(inputs[SHARE_G])
    if hand_over is None or AGAIN in inputs:
        return rules.fetched(*share, has_factor=bool(inputs.get(HAS_FACTOR, True)))
    return rules.transported(hand_over, *share)
