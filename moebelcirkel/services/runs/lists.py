"""Reading a week of runs: stops with what goes in and out, how full the van is, what waits."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.pickups import RECEIVING
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import (
    Errand,
    Load,
    closing_weeks,
    fits,
    fullest,
    next_delivery,
    read_stop_code,
    total_load,
)
from moebelcirkel.services.context import Context
from moebelcirkel.services.runs.stops import HARDEST, Planned, Stop, halts
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.queries.runs import (
    RunRow,
    StopErrand,
    StopLoad,
    StopRow,
    Straight,
    WaitingErrands,
    WaitingInstitution,
    WaitingPickup,
    WayIn,
)
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.work import Session, gone

#: So many days a page of the plan shows.
WEEK = dt.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class WaitingDelivery(WaitingInstitution):
    """An institution that waits, by when it was promised, and the next day it can be there.

    ``urgent_by`` is the day by which an urgent order is to be there. ``ride`` is the first run that
    makes it: one that goes there, else the nearest; without one it needs a run of its own.
    """

    on: dt.date
    ride: RunRow | None
    closed: frozenset[int]

    def other_day(self, day: dt.date) -> dt.date | None:
        """The day it takes deliveries on next, where that is not this one and nothing is urgent."""
        if self.urgent_by is not None or fits(day, self.weekday, self.closed):
            return None
        return next_delivery(day, self.weekday, self.closed)


@dataclass(frozen=True, slots=True)
class PlannedWeek:
    """The runs of a week, and all that is on no run yet."""

    monday: dt.date
    runs: tuple[Planned, ...]
    deliveries: tuple[WaitingDelivery, ...]
    pickups: tuple[WaitingPickup, ...]
    errands: tuple[WaitingErrands, ...] = ()


def planned_week(context: Context, day: dt.date) -> PlannedWeek:
    """The week that a day lies in."""
    context.require(Action.PICK)
    monday = day - dt.timedelta(days=day.weekday())
    with context.read() as session:
        runs = _with_stops(session, run_queries.runs_between(session, monday, monday + WEEK))
        waiting = run_queries.waiting_deliveries(session)
        deliveries = tuple(_waits(session, row, context.today()) for row in waiting)
        pickups = run_queries.waiting_pickups(session)
        errands = run_queries.waiting_errands(session)
    return PlannedWeek(monday, runs, deliveries, tuple(pickups), tuple(errands))


def _waits(session: Session, row: WaitingInstitution, today: dt.date) -> WaitingDelivery:
    weekday = row.weekday if row.urgent_by is None else None
    closed = closing_weeks(row.closed_weeks)
    ride = None
    if row.urgent_by:
        ride = run_queries.ride(session, row.institution_id, today, row.urgent_by)
    on = next_delivery(today, weekday, closed)
    return like(WaitingDelivery, row, on=on, ride=ride, closed=closed)


def one(context: Context, run_id: int) -> Planned:
    """One run with its stops."""
    context.require(Action.PICK)
    with context.read() as session:
        row = run_queries.one_run(session, run_id)
        if row is None:
            raise gone()
        return _with_stops(session, [row])[0]


def run_of_stop(context: Context, code: str) -> tuple[int, dt.date, int]:
    """The run of a stop whose code was scanned, its day, and the stop."""
    context.require(Action.PICK)
    stop_id = read_stop_code(code)
    with context.read() as session:
        found = None if stop_id is None else run_queries.run_of_stop(session, stop_id)
    if found is None or stop_id is None:
        raise Refused(
            N_("The stop {code} is on no run any more. Print the driver's sheet again."),
            code=code.strip().upper(),
        )
    return (*found, stop_id)


def run_of_note(context: Context, number: str) -> tuple[int, dt.date, int]:
    """The run that brings what is on a delivery note, its day, and the stop."""
    context.require(Action.PICK)
    with context.read() as session:
        found = run_queries.run_of_note(session, number)
    if found is None:
        raise Refused(N_("The note {number} is on no run."), number=number)
    return found


def picked_at(context: Context, stop_ids: Collection[int]) -> tuple[int, ...]:
    """The lines that wait to be handed over at stops."""
    context.require(Action.PICK)
    with context.read() as session:
        return run_queries.picked_at(session, stop_ids)


def _with_stops(session: Session, runs: Sequence[RunRow]) -> tuple[Planned, ...]:
    keys = [run.id for run in runs]
    stops = run_queries.stop_rows(session, keys)
    out = run_queries.loads_of_stops(session, keys)
    pickups = [stop.pickup_id for stop in stops if stop.pickup_id is not None]
    taken = run_queries.loads_of_pickups(session, pickups)
    ways: dict[int, list[WayIn]] = {}
    for way in run_queries.ways_in(session, keys):
        ways.setdefault(way.stop_id, []).append(way)
    straight = run_queries.straight(session, keys)
    errands: dict[int, list[StopErrand]] = {}
    for errand in run_queries.errands_of(session, keys):
        errands.setdefault(errand.stop_id, []).append(errand)
    unfetched = {each.stop_id for each in run_queries.unfetched(session, keys)}
    by_run: dict[int, list[Stop]] = {}
    for row in stops:
        on = tuple(each for each in straight if row.id in (each.from_stop_id, each.stop_id))
        here = out.get(row.id)
        if here is None:
            whole = taken.get(row.pickup_id or 0, Load()) + total_load(each.load for each in on)
            here = StopLoad(row.id, 0, 0, 0, 0, 0, whole)
        stop = replace(_stop(row, here, ways.get(row.id, ()), on), waits=row.id in unfetched)
        by_run.setdefault(row.run_id, []).append(_with_errands(stop, errands.get(row.id, ())))
    missed = run_queries.missed(session, keys)
    return tuple(
        replace(
            _planned(run, by_run.get(run.id, []), straight),
            missed=tuple(each for each in missed if each.run_id == run.id),
        )
        for run in runs
    )


def _stop(
    row: StopRow, here: StopLoad, ways: Sequence[WayIn], straight: tuple[Straight, ...]
) -> Stop:
    """A pickup says how one gets in; at a delivery its orders do."""
    rooms = (", ".join(filter(None, (way.building, way.floor))) for way in ways)
    return Stop(
        row.id,
        row.name,
        row.address,
        row.institution_id,
        row.house_id,
        row.pickup_id,
        row.pickup,
        row.access or next((way for way in HARDEST if way in {w.way_in for w in ways}), ""),
        row.building or " · ".join(dict.fromkeys(filter(None, rooms))),
        _contacts(row),
        row.pickup_state in RECEIVING,
        here.orders,
        here.urgent,
        here.picked,
        here.delivered,
        here.load,
        row.packaging,
        straight,
        repairs=here.load.pieces if row.repair else here.repairs,
    )


def _contacts(row: StopRow) -> tuple[str, ...]:
    """Whom the pickup says, and whom the institution does with the telephone of that function."""
    theirs = ", ".join(filter(None, (row.function, row.phone)))
    own = row.contact if row.contact.casefold() != row.function.casefold() else ""
    return tuple(filter(None, (own, theirs)))


def _with_errands(stop: Stop, errands: Sequence[StopErrand]) -> Stop:
    """What is brought back leaves the van beside the orders; what is fetched comes into it."""
    loads = {way: total_load(each.load for each in errands if each.way is way) for way in Errand}
    return replace(
        stop,
        load=stop.load + loads[Errand.BRING],
        taken=loads[Errand.FETCH],
        errands=tuple(errands),
    )


def _planned(row: RunRow, stops: list[Stop], straight: Sequence[Straight]) -> Planned:
    taken_up = total_load(each.load for each in straight if each.run_id == row.id)
    at_once = halts(stops)
    litres, weight = fullest([(halt.out, halt.taken) for halt in at_once], taken_up)
    return like(
        Planned,
        row,
        stops=tuple(stops),
        halts=at_once,
        litres=litres,
        grams=weight,
        straight=taken_up,
        missed=(),
    )
