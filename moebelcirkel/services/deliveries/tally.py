"""Leverancens tal: promised against kept week, what was given up by whom, and trips saved."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain.orders import Party, Why
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import Errand, Kept, is_small, kept, trips_saved
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.deliveries import tally as queries
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class OrderRef:
    """An order behind a figure; ``pieces`` are those that the figure counts.

    ``run`` and ``stop_id`` say where it rides, in the figure that counts rides.
    """

    id: int
    number: str
    institution: str
    promised_on: dt.date | None
    delivered_on: dt.date | None
    pieces: int
    run: str = ""
    stop_id: int | None = None

    @property
    def orders(self) -> tuple[int, ...]:
        """Itself."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class StopRef:
    """A stop behind a figure: a pickup, or the orders that one drives there for.

    ``way`` is what is done there for complaints, in the figure that counts rides.
    """

    id: int
    run: str
    driven_on: dt.date
    name: str
    pickup_id: int | None
    pickup: str
    orders: tuple[int, ...]
    way: Errand | None = None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Pieces that were given up for one reason, by one party."""

    party: Party
    why: Why
    pieces: int
    orders: tuple[OrderRef, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a period or a run, each with its orders.

    ``ordered`` and ``delivered`` count pieces of the orders whose promised week is over, or that
    came before; what is still to come is in neither.
    """

    by_week: dict[Kept, tuple[OrderRef, ...]]
    ordered: int
    delivered: int
    given_up: tuple[GivenUp, ...]
    small: tuple[OrderRef, ...]
    cheap: tuple[OrderRef, ...]
    """Orders with lines of 0 to 500 kr.; ``pieces`` are those."""
    urgent: tuple[OrderRef, ...]
    runs: int
    """Those that brought or fetched something."""
    trips_saved: int
    gathered: tuple[OrderRef, ...]
    """Orders by ride; with ``fetched`` they are what would have been trips of their own."""
    fetched: tuple[StopRef, ...]
    packaging: tuple[StopRef, ...]
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
    return _tally(context, queries.of_days(period.start, period.end, reach))


def run_tally(context: Context, run_id: int) -> Tally:
    """The figures of the orders that a run has something of, whole as their cards tell them.

    What was taken off the run is of no run, or of another one.
    """
    context.require(Action.PICK)
    return _tally(context, queries.of_run(run_id))


def _tally(context: Context, counted: queries.TallyScope) -> Tally:
    with context.read() as session:
        orders = queries.promised(session, counted)
        ended = queries.given_up(session, counted)
        rides = queries.gathered(session, counted)
        stops, visits = _stops(session, counted, rides)
    today = context.today()
    by_week: dict[Kept, list[OrderRef]] = {each: [] for each in Kept}
    ordered = delivered = 0
    for row in orders:
        standing = kept(row.promised_on, row.last_delivered_on, row.left, today)
        by_week[standing].append(_ref(row))
        if standing is not Kept.WAITING:
            ordered, delivered = ordered + row.pieces, delivered + row.delivered
    brought = Counter(row.run for row in rides)
    fetched = Counter(stop.run for stop in visits)
    runs = brought.keys() | fetched.keys()
    return Tally(
        {each: tuple(found) for each, found in by_week.items()},
        ordered,
        delivered,
        _given_up(ended),
        tuple(_ref(row) for row in orders if is_small(row.total_ore, row.delivered + row.left)),
        tuple(replace(_ref(row), pieces=row.cheap) for row in orders if row.cheap),
        tuple(_ref(row) for row in orders if row.urgent),
        len(runs),
        sum(trips_saved(brought[run], fetched[run]) for run in runs),
        tuple(replace(_ref(row), run=row.run, stop_id=row.stop_id) for row in rides),
        visits,
        stops,
    )


def _stops(
    session: Session, counted: queries.TallyScope, rides: Sequence[queries.Ridden]
) -> tuple[tuple[StopRef, ...], tuple[StopRef, ...]]:
    """Where packaging was taken along; and what would have been a trip beside the orders."""
    rows = queries.visited(session, counted)
    orders: dict[int, list[int]] = {row.id: [] for row in rows}
    ways: dict[int, set[Errand]] = {row.id: set() for row in rows}
    for ride in rides:
        orders.setdefault(ride.stop_id, []).append(ride.id)
    for errand in queries.driven_for(session, counted):
        orders[errand.stop_id].append(errand.order_id)
        ways[errand.stop_id].add(errand.way)
    packaging, visits = [], []
    for row in rows:
        there = tuple(dict.fromkeys(orders[row.id]))
        stop = StopRef(row.id, row.run, row.driven_on, row.name, row.pickup_id, row.pickup, there)
        packaging += [stop] if row.packaging else []
        visits += [stop] if row.pickup_id is not None else []
        visits += [replace(stop, way=way) for way in sorted(ways[row.id])]
    return tuple(packaging), tuple(visits)


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
