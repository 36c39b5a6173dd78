"""What is done at the door for complaints: a piece is fetched, or brought back repaired."""

from collections.abc import Collection, Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Work, writes
from moebelcirkel.services.runs.planning import RunChanged, planned, stops_changed
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.runs import RunErrand, RunStop


@writes("run.errand", Action.HAND_OVER)
def see_to(work: Work, stop_id: int, errand_ids: Collection[int]) -> RunChanged:
    """Say which errands of a stop are done; what is returned is paid back at the warehouse."""
    run = planned(work, work.get(RunStop, stop_id).run_id)
    if run.driven_on > work.today:
        raise Refused(N_("Run {number} has not been driven yet."), number=run.number)
    errands = work.rows(RunErrand, errand_ids)
    if not errands:
        raise Refused(N_("Tick or scan what was fetched or brought back."))
    for errand in errands:
        if errand.stop_id != stop_id or errand.done_on is not None:
            raise stops_changed(run.number)
        errand.done_on = work.today
    return RunChanged(run_id=run.id, number=run.number, pieces=len(errands))


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
