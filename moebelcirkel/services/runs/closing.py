"""Closing a run: its real kilometres are booked on what was handed over, to the øre and the gram.

While a run is open, its hand-overs are reckoned with the municipality's usual transport. Closing
books the difference to what was really driven, each piece's share by the room it takes up. A piece
that rides for a complaint bears its share as any other. A run that handed nothing over is borne by
these and by what came of its pickups. One that nothing came of is cancelled instead.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import Driven, RunState, driven, shares
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import transport
from moebelcirkel.services.runs.planning import RunChanged, planned, stops_changed, take_off
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Run, RunErrand, Vehicle
from moebelcirkel.storage.tables.units import Unit

MOST_KM = Decimal(3_000)
_KM_STEP = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class RunClosed(Done):
    """What driving came to, and how many pieces bear it."""

    run_id: int
    number: str
    pieces: int
    cost_ore: int
    co2e_g: int


@writes("run.close", Action.HAND_OVER)
def close(
    work: Work,
    run_id: int,
    km: Decimal,
    version: int | None = None,
    packaging: Collection[int] = (),
) -> RunClosed:
    """Book the real kilometres: fetching, bringing and the way home.

    ``packaging`` are the stops where used packaging was taken along.
    """
    run = planned(work, run_id, version)
    _check(work, run, km)
    vehicle = work.get(Vehicle, run.vehicle_id)
    cost = driven(km, vehicle.ore_per_km, vehicle.co2e_kg_per_km)
    run.state, run.km = RunState.CLOSED, km
    run.ore_per_km, run.co2e_kg_per_km = vehicle.ore_per_km, vehicle.co2e_kg_per_km
    run.cost_ore, run.co2e_g = cost.ore, cost.grams
    _keep_packaging(work, run, packaging)
    pieces = _book(work, run, cost)
    if not pieces:
        raise Refused(
            N_(
                "Nothing was handed over or fetched on {number}, so nothing would bear what it "
                "cost. Press “Cancel run” instead."
            ),
            number=run.number,
        )
    return RunClosed(
        run_id=run.id, number=run.number, pieces=pieces, cost_ore=cost.ore, co2e_g=cost.grams
    )


@writes("run.cancel", Action.PICK)
def cancel(work: Work, run_id: int, version: int | None = None) -> RunChanged:
    """Do not drive it: what is on it waits again. One that something came of is closed instead."""
    run = planned(work, run_id, version)
    came = _came(work, run)
    if came:
        raise Refused(
            N_(
                "{count} of the pieces on {number} were handed over or fetched. Close the run with "
                "its km; where the van was not there, take that stop off first."
            ),
            count=came,
            number=run.number,
        )
    # What is taken up somewhere is set down first, so that undoing finds its stop again.
    stops = run_queries.stops_of(work.session, run.id)
    pieces = sum(
        take_off(work, stop) for stop in sorted(stops, key=lambda each: each.pickup_id is not None)
    )
    run.state = RunState.VOID
    return RunChanged(run_id=run.id, number=run.number, pieces=pieces)


def _came(work: Work, run: Run) -> int:
    """How many pieces were handed over or fetched; what still stands with its giver was not."""
    handed = run_queries.handed_over(work.session, run.id)
    if run.driven_on > work.today:
        return len(handed)
    units = (unit for unit, _room in run_queries.fetched(work.session, run.id))
    places = (unit.place_id and work.get(Place, unit.place_id) for unit in units)
    return len(handed) + sum(not place or place.pickup_id is None for place in places)


def _keep_packaging(work: Work, run: Run, stop_ids: Collection[int]) -> None:
    stops = run_queries.stops_of(work.session, run.id)
    if not {stop.id for stop in stops}.issuperset(stop_ids):
        raise stops_changed(run.number)
    for stop in stops:
        if stop.id in stop_ids:
            stop.packaging = True


def _book(work: Work, run: Run, cost: Driven) -> int:
    """Share it among what was handed over, or else what was fetched, and what rode for complaints;
    how many pieces that are.
    """
    handed = run_queries.handed_over(work.session, run.id)
    ridden = run_queries.ridden(work.session, run.id)
    theirs = {line.unit_id for line, _room in ridden}
    fetched = [] if handed else _fetched(work, run, theirs)
    rooms = [room for _piece, room in (*handed, *ridden, *fetched)]
    shared = iter(_shared(cost, rooms))
    transport.book_transport(work, [line for line, _room in handed], run.number, shared)
    for line, _room in ridden:
        transport.book_errand(work, line, run.number, run.driven_on, next(shared))
    units = [unit for unit, _room in fetched]
    bears = dict(zip((unit.id for unit in units), shared, strict=True))
    transport.book_fetched(work, units, run.number, run.driven_on, bears)
    return len(rooms)


def _fetched(work: Work, run: Run, theirs: Collection[int]) -> list[tuple[Unit, int | None]]:
    """What came of the pickups, once that is known; what rode for a complaint bears it as such."""
    waits = run_queries.unfinished_pickup(work.session, run.id)
    if waits is not None:
        raise Refused(
            N_(
                "{number} has handed nothing over, so what it fetched bears what it cost. Receive "
                "what came with {pickup} and finish it first."
            ),
            number=run.number,
            pickup=waits,
        )
    found = run_queries.fetched(work.session, run.id)
    return [(unit, room) for unit, room in found if unit.id not in theirs]


def _shared(cost: Driven, rooms: Sequence[int | None]) -> list[tuple[int, int]]:
    """Øre and grams by piece, in their order."""
    litres = dict(enumerate(rooms))
    ore, grams = shares(cost.ore, litres), shares(cost.grams, litres)
    return [(ore[key], grams[key]) for key in litres]


def _check(work: Work, run: Run, km: Decimal) -> None:
    if not 0 < km <= MOST_KM or km != km.quantize(_KM_STEP):
        raise Refused(
            N_("Write km from 0.1 to {most} with at most one decimal."),
            field="km",
            most=int(MOST_KM),
        )
    if run.driven_on > work.today:
        raise Refused(N_("Run {number} has not been driven yet."), number=run.number)
    _refuse_not_brought(work, run)
    _refuse_not_seen_to(work, run)
    _refuse_not_fetched(work, run)


def _refuse_not_brought(work: Work, run: Run) -> None:
    left = run_queries.open_stop_lines(work.session, run.id)
    if left:
        raise Refused(
            N_(
                "{count} of the pieces on {number} have not been handed over: {stops}. Hand them "
                "over, or take their stop off the run."
            ),
            count=sum(pieces for _name, pieces in left),
            number=run.number,
            stops=", ".join(name for name, _pieces in left),
        )


def _refuse_not_seen_to(work: Work, run: Run) -> None:
    errands = run_queries.errands_of(work.session, [run.id])
    waits = next((errand for errand in errands if not errand.done), None)
    if waits is not None:
        raise Refused(
            N_(
                "{piece} of {complaint} has not been seen to at the door. Do that, or take its "
                "stop off the run."
            ),
            piece=waits.unit,
            complaint=waits.complaint,
        )


def _refuse_not_fetched(work: Work, run: Run) -> None:
    unfetched = run_queries.unfetched(work.session, [run.id])
    if unfetched:
        raise Refused(
            N_(
                "Not fetched on {number}: {stops}. Say under “At the door” that it is on the van, "
                "or take its stop off the run."
            ),
            number=run.number,
            stops=", ".join(f"{each.number} {each.giver}" for each in unfetched),
        )


def _closed_runs_stay_delivered(work: Work, events: Sequence[undo.Turned]) -> None:
    """What a closed run has brought is not taken back behind its figures."""
    work.session.flush()
    lines = {int(event.entity_id) for event in events}
    _refuse_closed(run_queries.closed_with_open_lines(work.session, lines))


def _closed_runs_keep_their_stops(work: Work, events: Sequence[undo.Turned]) -> None:
    """What a closed run was shared among neither leaves it nor grows behind its figures."""
    told = [each for event in events for each in (event.before, event.after) if each]
    runs = {each["run_id"] for each in told if "run_id" in each}
    stops = {int(event.entity_id) for event in events if event.entity == "run_stop"}
    ticked = [int(event.entity_id) for event in events if _is_ticked(event)]
    stops |= {errand.stop_id for errand in work.rows(RunErrand, ticked)}
    stops |= {each["stop_id"] for each in told if "stop_id" in each}
    work.session.flush()
    _refuse_closed(run_queries.closed_with_stops(work.session, runs, stops))


def _is_ticked(event: undo.Turned) -> bool:
    """Whether an errand stays on its stop, and only what was done there is turned."""
    return event.entity == "run_errand" and bool(event.before and event.after)


def _fetched_pieces_bear_their_run(work: Work, events: Sequence[undo.Turned]) -> None:
    """A pickup that a closed run is shared among neither loses pieces nor gets more."""
    told = [each for event in events for each in (event.before, event.after) if each]
    pickups = {int(each["pickup_id"]) for each in told if "pickup_id" in each}
    pickups |= {int(event.entity_id) for event in events if event.entity == "pickup"}
    work.session.flush()
    _refuse_closed(run_queries.closed_with_pickups(work.session, pickups))


def _refuse_closed(number: str | None) -> None:
    if number is not None:
        raise Refused(
            N_("It cannot be undone, because run {number} is closed. Undo its closing first."),
            number=number,
        )


undo.AFTERWARDS["order_line"].append(_closed_runs_stay_delivered)
undo.AFTERWARDS["pickup"].append(_fetched_pieces_bear_their_run)
undo.AFTERWARDS["pickup_piece"].append(_fetched_pieces_bear_their_run)
undo.AFTERWARDS["run_line"].append(_closed_runs_keep_their_stops)
undo.AFTERWARDS["run_stop"].append(_closed_runs_keep_their_stops)
undo.AFTERWARDS["run_errand"].append(_closed_runs_keep_their_stops)
