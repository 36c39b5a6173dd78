"""What is done at the door: a pickup is fetched, or a piece for a complaint fetched or brought
back repaired.
"""

from collections.abc import Collection, Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Work, writes
from moebelcirkel.services.runs.planning import RunChanged, planned, stops_changed
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunStop


@writes("run.errand", Action.HAND_OVER)
def see_to(
    work: Work, stop_id: int, errand_ids: Collection[int], fetched: Collection[int] = ()
) -> RunChanged:
    """Say which errands of a stop are done, and what is ``fetched``: stops whose pickup is on the
    van. What is returned is paid back, and what was reported received, at the warehouse.
    """
    run = _under_way(work, work.get(RunStop, stop_id))
    errands, stops = work.rows(RunErrand, errand_ids), work.rows(RunStop, fetched)
    if not errands and not stops:
        raise Refused(N_("Tick or scan what was fetched or brought back."))
    for errand in errands:
        if errand.stop_id != stop_id or errand.done_on is not None:
            raise stops_changed(run.number)
        errand.done_on = work.today
    for stop in stops:
        if stop.run_id != run.id or stop.pickup_id is None or stop.fetched_on is not None:
            raise stops_changed(run.number)
        stop.fetched_on = work.today
    return RunChanged(run_id=run.id, number=run.number, pieces=len(errands))


def _under_way(work: Work, stop: RunStop) -> Run:
    """The run of a stop, which is or was driven and is not closed."""
    run = planned(work, stop.run_id)
    if run.driven_on > work.today:
        raise Refused(N_("Run {number} has not been driven yet."), number=run.number)
    return run


def _refuse_driven_for(work: Work, ids: Collection[int]) -> None:
    work.session.flush()
    found = run_queries.planned_away(work.session, ids)
    if found is not None:
        raise Refused(
            N_("It cannot be undone, because {number} is on run {run}. Take it off first."),
            number=found[1],
            run=found[0],
        )


def _stays_decided(work: Work, events: Sequence[undo.Turned]) -> None:
    """What a run fetches or brings back for a complaint stays as it was decided."""
    _refuse_driven_for(work, {int(event.entity_id) for event in events})


def _is_still_to_be_driven(work: Work, events: Sequence[undo.Turned]) -> None:
    """An errand that comes back onto a run must be one still."""
    told = [each for event in events for each in (event.before, event.after) if each]
    _refuse_driven_for(work, {each["complaint_id"] for each in told if "complaint_id" in each})


undo.AFTERWARDS[Complaint.__tablename__].append(_stays_decided)
undo.AFTERWARDS[RunErrand.__tablename__].append(_is_still_to_be_driven)
