"""Leverancens tal: promised against kept week, what was given up by whom, and trips saved."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from moebelcirkel.domain.orders import Party, Why
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import SMALL_ORE, Kept, kept, trips_saved
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.deliveries import tally as queries


@dataclass(frozen=True, slots=True)
class OrderRef:
    """An order behind a figure; ``pieces`` are those that the figure counts."""

    id: int
    number: str
    institution: str
    promised_on: dt.date | None
    delivered_on: dt.date | None
    pieces: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Pieces that were given up for one reason, by one party."""

    party: Party
    why: Why
    pieces: int
    orders: tuple[OrderRef, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a period, each with its orders.

    ``ordered`` and ``delivered`` count pieces of the orders whose promised week is over; what is
    still to come is in neither.
    """

    start: dt.date
    end: dt.date
    by_week: dict[Kept, tuple[OrderRef, ...]]
    ordered: int
    delivered: int
    given_up: tuple[GivenUp, ...]
    small: tuple[OrderRef, ...]
    cheap: tuple[OrderRef, ...]
    """Orders with lines of at most ``SMALL_ORE``; ``pieces`` are those."""
    urgent: tuple[OrderRef, ...]
    runs: int
    trips_saved: int
    gathered: tuple[OrderRef, ...]
    packaging: int
    """Stops where used packaging was taken along."""

    @property
    def promised(self) -> int:
        """Orders of which it is known whether their week was kept."""
        return len(self.by_week[Kept.KEPT]) + len(self.by_week[Kept.LATE])


def tally(
    context: Context, start: dt.date, end: dt.date, institution_id: int | None = None
) -> Tally:
    """The figures of the orders that were sent in a period, within one's reach."""
    context.require(Action.OVERVIEW, institution_id)
    period = Period(start, end).check()
    reach = context.reach(Action.OVERVIEW)
    if institution_id is not None:
        reach = frozenset({institution_id})
    with context.read() as session:
        orders = queries.promised(session, period.start, period.end, reach)
        ended = queries.given_up(session, period.start, period.end, reach)
        driven = queries.driven(session, period.start, period.end, reach)
        gathered = queries.gathered(session, period.start, period.end, reach)
        packaging = queries.packaging(session, period.start, period.end, reach)
    today = context.today()
    by_week: dict[Kept, list[OrderRef]] = {each: [] for each in Kept}
    ordered = delivered = 0
    for row in orders:
        standing = kept(row.promised_on, row.last_delivered_on, row.left, today)
        by_week[standing].append(_ref(row))
        if standing is not Kept.WAITING:
            ordered, delivered = ordered + row.pieces, delivered + row.delivered
    return Tally(
        period.start,
        period.end,
        {each: tuple(found) for each, found in by_week.items()},
        ordered,
        delivered,
        _given_up(ended),
        tuple(_ref(row) for row in orders if row.total_ore < SMALL_ORE),
        tuple(replace(_ref(row), pieces=row.cheap) for row in orders if row.cheap),
        tuple(_ref(row) for row in orders if row.urgent),
        len(driven),
        sum(trips_saved(orders_, pickups) for _run, orders_, pickups in driven),
        tuple(_ref(row) for row in gathered),
        packaging,
    )


def _ref(row: queries.Promised | queries.Ridden) -> OrderRef:
    return OrderRef(
        row.id, row.number, row.institution, row.promised_on, row.last_delivered_on, row.pieces
    )


def _given_up(rows: Iterable[queries.GivenUpCount]) -> tuple[GivenUp, ...]:
    """By reason in the order they are chosen from; those of the institutions first."""
    by_why: dict[Why, list[OrderRef]] = {}
    for row in rows:
        ref = OrderRef(row.id, row.number, row.institution, None, None, row.pieces)
        by_why.setdefault(Why(row.why), []).append(ref)
    return tuple(
        GivenUp(why.party, why, sum(ref.pieces for ref in by_why[why]), tuple(by_why[why]))
        for why in sorted(
            by_why, key=lambda why: (why.party is Party.EXCHANGE, list(Why).index(why))
        )
    )
