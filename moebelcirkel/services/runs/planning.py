"""Planning runs: what is put on one and taken off, in the order it is driven."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, long_text
from moebelcirkel.domain.pickups import RECEIVING, PickupState, PickupStep
from moebelcirkel.domain.pickups import check as check_pickup
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import (
    MOST_STOPS,
    Missed,
    RunState,
    closing_weeks,
    fits,
    next_delivery,
)
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunMiss, RunStop


@dataclass(frozen=True, slots=True)
class RunChanged(Done):
    """The run that was planned or changed, and how many pieces that was about."""

    run_id: int
    number: str
    pieces: int = 0


@writes("run.add", Action.PICK)
def add_delivery(
    work: Work, run_id: int, institution_id: int, *, again: bool = False
) -> RunChanged:
    """Deliver to an institution all that waits for it; what came since joins the same stop.

    An institution is gone to once a week, on its day and in no week it is closed, unless something
    is urgent or somebody says ``again``.
    """
    run = planned(work, run_id)
    institution = work.get(Institution, institution_id)
    lines = run_queries.waiting_lines(work.session, institution_id)
    if not lines:
        raise Refused(
            N_("Nothing waits for {name} any more. It is on a run, or was cancelled."),
            name=institution.name,
        )
    if not (again or run_queries.is_urgent(work.session, lines)):
        _refuse_what_can_wait(work, run, institution)
    stop = run_queries.stop_at(work.session, run.id, institution_id)
    if stop is None:
        stop = _add(work, run, RunStop(institution_id=institution_id), institution_id)
    taken_up = _take_up(work, run, stop, institution.name, lines)
    work.session.add_all(
        RunLine(stop_id=stop.id, order_line_id=line, from_stop_id=taken_up.get(line))
        for line in lines
    )
    return RunChanged(run_id=run.id, number=run.number, pieces=len(lines))


def _refuse_what_can_wait(work: Work, run: Run, institution: Institution) -> None:
    other = run_queries.delivered_that_week(work.session, run, institution.id)
    if other is not None:
        raise Refused(
            N_("{name} is delivered to by {run} on {day} already. Put it on that run."),
            name=institution.name,
            run=other[0],
            day=other[1],
        )
    closed = closing_weeks(institution.closed_weeks or "")
    if not fits(run.driven_on, institution.weekday, closed):
        raise Refused(
            N_("{name} takes its next delivery on {day}. Put it on a run of that day."),
            name=institution.name,
            day=next_delivery(run.driven_on, institution.weekday, closed),
        )


@writes("run.add", Action.PICK)
def add_pickup(work: Work, run_id: int, pickup_id: int) -> RunChanged:
    """Fetch a pickup on the way; it is planned for the day of the run."""
    run = planned(work, run_id)
    _add_pickup(work, run, pickup_id)
    return RunChanged(run_id=run.id, number=run.number)


@writes("run.add", Action.PICK)
def add_errands(work: Work, run_id: int, institution_id: int) -> RunChanged:
    """Fetch what an institution has complained of, and bring back what is repaired of it."""
    run = planned(work, run_id)
    institution = work.get(Institution, institution_id)
    waiting = run_queries.waiting_at(work.session, institution_id)
    if not waiting:
        raise Refused(
            N_("Nothing waits for {name} any more. It is on a run, or was cancelled."),
            name=institution.name,
        )
    stop = run_queries.stop_at(work.session, run.id, institution_id)
    if stop is None:
        stop = _add(work, run, RunStop(institution_id=institution_id), institution_id)
    work.session.add_all(
        RunErrand(stop_id=stop.id, complaint_id=complaint, way=way) for complaint, way in waiting
    )
    return RunChanged(run_id=run.id, number=run.number, pieces=len(waiting))


def _add_pickup(work: Work, run: Run, pickup_id: int) -> RunStop:
    pickup = work.get(Pickup, pickup_id)
    check_pickup(PickupStep.PLAN, pickup.state, pickup.number)
    if run_queries.has_pickup(work.session, pickup_id):
        raise Refused(N_("{number} is on a run already."), number=pickup.number)
    stop = _add(work, run, RunStop(pickup_id=pickup_id), pickup.institution_id)
    fetch_on(work, pickup_id, run.driven_on)
    return stop


def _take_up(
    work: Work, run: Run, stop: RunStop, receiver: str, lines: Sequence[int]
) -> dict[int, int]:
    """By line the stop where it is taken up, of pieces that still stand with their giver.

    Their pickup joins the run where it is on none, and is driven to before they are set down.
    """
    found: dict[int, int] = {}
    stops: dict[int, RunStop] = {}
    for piece in run_queries.at_giver(work.session, lines):
        if piece.run_id not in (None, run.id):
            raise Refused(
                N_(
                    "{number} stands with {giver}, where {run} fetches {pickup}. Deliver to "
                    "{receiver} on that run, or take the pickup off it."
                ),
                number=piece.number,
                giver=piece.giver,
                run=piece.run,
                pickup=piece.pickup,
                receiver=receiver,
            )
        if piece.pickup_id not in stops:
            first = stops[piece.pickup_id] = (
                _add_pickup(work, run, piece.pickup_id)
                if piece.stop_id is None
                else work.get(RunStop, piece.stop_id)
            )
            _drive_before(work, run, first, stop)
        found[piece.line_id] = stops[piece.pickup_id].id
    return found


def _drive_before(work: Work, run: Run, first: RunStop, then: RunStop) -> None:
    """Put a stop right before another one, unless it comes before it anyway."""
    if first.position < then.position:
        return
    houses = groupby(
        run_queries.houses_of(work.session, run.id), lambda each: each[1] or -each[0].id
    )
    halts = [[stop for stop, _house in halt] for _house, halt in houses]
    theirs, goal = (next(halt for halt in halts if stop in halt) for stop in (first, then))
    if theirs is goal:
        theirs, goal = [first], [then]
    # All of one address goes there earlier, unless something is driven to it straight on the way.
    for moved in (theirs, [first]):
        order = [stop for halt in halts for stop in halt if stop not in moved]
        at = order.index(goal[0])
        for position, each in enumerate([*order[:at], *moved, *order[at:]], start=1):
            each.position = position
        work.session.flush()
        if run_queries.set_down_first(work.session, [run.id]) is None:
            return


def _add(work: Work, run: Run, stop: RunStop, house_id: int | None) -> RunStop:
    """Put it on the run: where the van comes to that address anyway, else at the end."""
    many, last = run_queries.last_position(work.session, run.id)
    if many >= MOST_STOPS:
        raise Refused(N_("At most {most} stops on one run. Plan another one."), most=MOST_STOPS)
    houses = run_queries.houses_of(work.session, run.id)
    there = [each.position for each, house in houses if house is not None and house == house_id]
    stop.run_id = run.id
    # Of one place the older row comes first, so that no other stop is written for it.
    stop.position = max(there, default=last + 1)
    work.session.add(stop)
    work.session.flush()
    return stop


def fetch_on(work: Work, pickup_id: int, day: dt.date) -> None:
    pickup = work.get(Pickup, pickup_id)
    if pickup.state in RECEIVING or pickup.state in (PickupState.REPORTED, PickupState.QUESTION):
        pickup.planned_on, pickup.state = day, PickupState.PLANNED


@writes("run.remove", Action.PICK)
def remove(
    work: Work, stop_id: int, *more: int, why: Missed | None = None, said: str = ""
) -> RunChanged:
    """Take stops off: what was to be delivered there waits again.

    ``why`` they were not done is kept, with what is ``said`` of it, where they were to be.

    Where some of it was handed over the van was there: first only the rest is taken off.
    """
    stops = [work.get(RunStop, stop_id) for stop_id in (stop_id, *more)]
    run = planned(work, stops[0].run_id)
    if any(stop.run_id != run.id for stop in stops):
        raise stops_changed(run.number)
    # What is set down there goes before the giver it is taken up at.
    stops.sort(key=lambda each: each.pickup_id is not None)
    if why is not None:
        _keep_why(work, run, stops, why, said)
    pieces = sum(_remove(work, stop) for stop in stops)
    return RunChanged(run_id=run.id, number=run.number, pieces=pieces)


def _keep_why(work: Work, run: Run, stops: Sequence[RunStop], why: Missed, said: str) -> None:
    if run.driven_on > work.today:
        raise Refused(N_("Run {number} has not been driven yet."), number=run.number)
    fields = Fields()
    with fields.field("said"):
        text = long_text(said, limits.NOTE) if why is not Missed.OTHER else _needed(said)
    fields.finish()
    rows = run_queries.stop_rows(work.session, [run.id])
    names = {row.id: f"{row.pickup} {row.name}".strip() for row in rows}
    work.session.add_all(
        RunMiss(
            run_id=run.id,
            pickup_id=stop.pickup_id,
            name=names[stop.id],
            missed_why=why,
            missed_text=text,
        )
        for stop in stops
    )


def _needed(said: str) -> str:
    text = long_text(said, limits.NOTE)
    if not text:
        raise Refused(N_("Fill in this field."))
    return text


def _remove(work: Work, stop: RunStop) -> int:
    _refuse_what_is_taken_up(work, stop)
    for line in run_queries.taken_up_at(work.session, stop.id):
        line.from_stop_id = None
    return _take_off_the_rest(work, stop) or take_off(work, stop)


def _take_off_the_rest(work: Work, stop: RunStop) -> int:
    """Where something was handed over or seen to, what was not; else nothing is taken off."""
    errands = run_queries.errand_rows(work.session, stop.id)
    lines = run_queries.lines_of_stop(work.session, stop.id)
    left: list[RunLine | RunErrand] = [
        *(line for line, delivered_on in lines if delivered_on is None),
        *(errand for errand in errands if errand.done_on is None),
    ]
    return _delete(work, left) if len(left) < len(lines) + len(errands) else 0


def _refuse_what_is_taken_up(work: Work, stop: RunStop) -> None:
    """A giver is not left out while furniture is driven straight on from there."""
    for piece in run_queries.straight(work.session, [stop.run_id]):
        if piece.from_stop_id == stop.id:
            receiver = work.get(RunStop, piece.stop_id)
            name = work.get(Institution, receiver.institution_id or 0).name
            raise Refused(
                N_("Furniture is driven from there straight to {name}. Take {name} off first."),
                name=name,
            )


def take_off(work: Work, stop: RunStop) -> int:
    """Take a stop off whole; how many pieces wait again."""
    errands = run_queries.errand_rows(work.session, stop.id)
    lines = run_queries.lines_of_stop(work.session, stop.id)
    if run_queries.is_on_van(work.session, stop.id) or any(each.done_on for each in errands):
        raise Refused(
            N_("Something has been fetched or brought back at this stop already. Undo that first.")
        )
    rows: list[RunLine | RunErrand] = [*(line for line, _on in lines), *errands]
    pieces = _delete(work, rows)
    _delete(work, [stop])
    return pieces


def _delete(work: Work, rows: Sequence[RunLine | RunErrand | RunStop]) -> int:
    for each in rows:
        work.session.delete(each)
    work.session.flush()
    return len(rows)


def leave_out(work: Work, pickup_id: int) -> None:
    """Do not drive for what never comes back; where some of it came, the van was there."""
    stop = run_queries.idle_stop(work.session, pickup_id)
    if stop is not None:
        take_off(work, stop)


@writes("run.order", Action.PICK)
def reorder(work: Work, run_id: int, stop_ids: Sequence[int]) -> RunChanged:
    """Drive the stops in this order; all of them are named."""
    run = planned(work, run_id)
    stops = {stop.id: stop for stop in run_queries.stops_of(work.session, run.id)}
    if sorted(stops) != sorted(stop_ids):
        raise stops_changed(run.number)
    for position, stop_id in enumerate(stop_ids, start=1):
        stops[stop_id].position = position
    work.refuse_unchanged()
    _refuse_set_down_first(work, [run.id])
    return RunChanged(run_id=run.id, number=run.number)


def stops_changed(number: str) -> Refused:
    """Somebody put on or took off a stop meanwhile."""
    return Refused(N_("The stops of {number} have changed. Look again."), number=number)


def _refuse_set_down_first(work: Work, run_ids: Sequence[int]) -> None:
    work.session.flush()
    wrong = run_queries.set_down_first(work.session, run_ids)
    if wrong is not None:
        raise Refused(
            N_("Drive to {giver} before {receiver}: furniture from there is driven straight on."),
            giver=wrong[0],
            receiver=wrong[1],
        )


def planned(work: Work, run_id: int, version: int | None = None) -> Run:
    """The run, which nobody has closed or cancelled."""
    run = work.get(Run, run_id)
    if run.state == RunState.CLOSED:
        raise Refused(N_("Run {number} is closed. Undo its closing first."), number=run.number)
    if run.state == RunState.VOID:
        raise Refused(N_("Run {number} was cancelled."), number=run.number)
    return work.get(Run, run_id, version)


def _nothing_is_on_undone_runs(work: Work, _events: Sequence[undo.Turned]) -> None:
    """What was put on a run since would stand on none."""
    work.session.flush()
    for number in run_queries.void_runs_with_stops(work.session):
        raise Refused(
            N_("It cannot be undone, because something is on run {number} now."), number=number
        )


def _is_taken_up_before(work: Work, events: Sequence[undo.Turned]) -> None:
    """The stops of before may not fit what has been put on the run since."""
    told = [each for event in events for each in (event.before, event.after) if each]
    _refuse_set_down_first(work, sorted({each["run_id"] for each in told if "run_id" in each}))


undo.AFTERWARDS["run_stop"].append(_is_taken_up_before)
undo.AFTERWARDS["run"].append(_nothing_is_on_undone_runs)
undo.AFTERWARDS["run_stop"].append(_nothing_is_on_undone_runs)
