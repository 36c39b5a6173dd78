"""Planning runs: the day, the vehicle and the driver of one."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import MOST_DAYS_AHEAD, RunState, closing_weeks, fits, run_number
from moebelcirkel.services.context import Work, writes
from moebelcirkel.services.runs.planning import RunChanged, fetch_on, planned
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.runs import Run, Vehicle


@dataclass(frozen=True, slots=True)
class RunForm:
    """When, with what and by whom; the driver is a function, not a person."""

    driven_on: dt.date
    vehicle_id: int
    driver: str = ""


@writes("run.create", Action.PICK)
def create(work: Work, form: RunForm) -> RunChanged:
    """Plan a run; it has no stops yet."""
    values = _checked(work, form, earliest=work.today)
    run = Run(
        number=run_number(work.next_number("run")),
        state=RunState.PLANNED,
        created_at=work.now,
        **values,
    )
    work.session.add(run)
    work.session.flush()
    return RunChanged(run_id=run.id, number=run.number)


@writes("run.change", Action.PICK)
def change(
    work: Work, run_id: int, form: RunForm, version: int | None = None, *, again: bool = False
) -> RunChanged:
    """Another day, vehicle or driver; pickups on the run are fetched on its day.

    A day that does not suit who is delivered to is taken where somebody says ``again``, as of one
    delivery alone.
    """
    run = planned(work, run_id, version)
    before, earliest = run.driven_on, min(run.driven_on, work.today)
    for name, value in _checked(work, form, earliest=earliest).items():
        setattr(run, name, value)
    work.session.flush()
    if run.driven_on != before and not again:
        _refuse_a_day_that_does_not_suit(work, run)
    for stop in run_queries.stops_of(work.session, run.id):
        if stop.pickup_id is not None:
            fetch_on(work, stop.pickup_id, run.driven_on)
    work.refuse_unchanged()
    return RunChanged(run_id=run.id, number=run.number)


def _refuse_a_day_that_does_not_suit(work: Work, run: Run) -> None:
    """Ask before a whole run is moved to a day on which some get nothing, or get it twice."""
    names = []
    for stop in run_queries.stops_of(work.session, run.id):
        lines = [
            line.order_line_id for line, _day in run_queries.lines_of_stop(work.session, stop.id)
        ]
        if stop.institution_id is None or run_queries.is_urgent(work.session, lines):
            continue
        institution = work.get(Institution, stop.institution_id)
        closed = closing_weeks(institution.closed_weeks or "")
        other = run_queries.delivered_that_week(work.session, run, institution.id)
        if lines and (other or not fits(run.driven_on, institution.weekday, closed)):
            names.append(institution.name)
    if names:
        raise Refused(
            N_(
                "On that day there is no fixed delivery, a closed week or another run of the same"
                " week for: {names}. Tick here to drive all the same, or choose another day."
            ),
            field="again",
            names=", ".join(names),
        )


def _checked(work: Work, form: RunForm, *, earliest: dt.date) -> dict[str, object]:
    fields = Fields()
    values: dict[str, object] = {
        "driven_on": form.driven_on,
        "vehicle_id": work.choose(Vehicle, form.vehicle_id).id,
    }
    if form.driven_on < earliest:
        fields.wrong("driven_on", Refused(N_("The date lies in the past.")))
    if form.driven_on > work.today + dt.timedelta(days=MOST_DAYS_AHEAD):
        fields.wrong("driven_on", Refused(N_("The date is too far ahead.")))
    with fields.field("driver"):
        values["driver"] = short_text(form.driver, limits.NAME)
    fields.finish()
    return values
