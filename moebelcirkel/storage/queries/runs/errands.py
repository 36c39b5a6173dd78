"""What is driven for complaints: pieces to be fetched or brought back, and at which stops."""

import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.runs import Errand, Load
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.complaints import THERE
from moebelcirkel.storage.queries.runs.planning import load_of, sums_of
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunStop
from moebelcirkel.storage.tables.units import Unit

#: What is on its way back, also where it came by itself meanwhile.
_COMES = Complaint.state.in_((ComplaintState.AGREED, ComplaintState.CLOSED)) & (
    Complaint.outcome.in_((Outcome.RETURN, Outcome.REPAIR))
)
_MENDED = (Complaint.state == ComplaintState.CLOSED) & (Complaint.outcome == Outcome.REPAIR)
#: Ticked at the door, or here already by its label.
_DONE = or_(
    RunErrand.done_on.is_not(None),
    and_(RunErrand.way == Errand.FETCH, Complaint.state == ComplaintState.CLOSED),
)


@dataclass(frozen=True, slots=True)
class WaitingErrands:
    """What complaints have for the van to do at an institution."""

    institution_id: int
    name: str
    fetch: int
    bring: int


@dataclass(frozen=True, slots=True)
class StopErrand:
    """A piece that is fetched or brought back at a stop, and for which complaint."""

    id: int
    run_id: int
    stop_id: int
    complaint: str
    unit: str
    name: str
    way: Errand
    repair: bool
    done: bool
    load: Load


@dataclass(frozen=True, slots=True)
class Ride:
    """On which run and day the piece of a complaint is fetched or brought back."""

    run_id: int
    run: str
    driven_on: dt.date
    way: Errand
    done: bool


def _waiting() -> Select[Any]:
    """Complaints whose piece waits for the van, each with what is to be done."""
    home = func.coalesce(Complaint.bring, Complaint.fetch)
    bring = and_(_MENDED, THERE, home.is_(True))
    way = case((bring, literal(Errand.BRING.value)), else_=literal(Errand.FETCH.value))
    on_run = (
        select(RunErrand.id)
        .where(RunErrand.complaint_id == Complaint.id, RunErrand.way == way)
        .correlate(Complaint, OrderLine, Unit)
    )
    return (
        select(Complaint.id, way.label("way"))
        .select_from(Complaint)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .where(
            or_(and_(Complaint.fetch.is_(True), Complaint.state == ComplaintState.AGREED), bring),
            ~on_run.exists(),
        )
    )


def waiting_errands(session: Session) -> list[WaitingErrands]:
    """Institutions where the van has something to do for complaints, by name."""
    found = _waiting().subquery()
    query = (
        select(
            Institution.id.label("institution_id"),
            Institution.name,
            func.count().filter(found.c.way == Errand.FETCH.value).label("fetch"),
            func.count().filter(found.c.way == Errand.BRING.value).label("bring"),
        )
        .select_from(found)
        .join(Complaint, Complaint.id == found.c.id)
        .join(Institution, Institution.id == Complaint.institution_id)
        .group_by(Institution.id)
        .order_by(Institution.sort_key, Institution.id)
    )
    return rows.fill(WaitingErrands, session, query)


def waiting_at(session: Session, institution_id: int) -> list[tuple[int, Errand]]:
    """The complaints at an institution that the van has something to do for."""
    query = _waiting().where(Complaint.institution_id == institution_id).order_by(Complaint.id)
    return [(key, Errand(way)) for key, way in session.execute(query)]


def errands_of(session: Session, run_ids: Collection[int]) -> list[StopErrand]:
    """What is fetched and brought back for complaints on runs, in the order of their stops."""
    found = session.execute(_errands_of(), {"runs": sorted(run_ids)})
    return [
        StopErrand(
            *(key, run_id, stop_id, complaint, number, name),
            Errand(way),
            bool(repair),
            bool(done),
            load_of(sums),
        )
        for key, run_id, stop_id, complaint, number, name, way, repair, done, *sums in found
    ]


@functools.cache
def _errands_of() -> Any:
    return (
        select(
            RunErrand.id,
            RunStop.run_id,
            RunErrand.stop_id,
            Complaint.number,
            Unit.number,
            Article.name,
            RunErrand.way,
            Complaint.outcome == Outcome.REPAIR,
            _DONE,
            *sums_of(literal(1)),
        )
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .join(Complaint, Complaint.id == RunErrand.complaint_id)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == Unit.article_id)
        .where(RunStop.run_id.in_(bindparam("runs", expanding=True)))
        .group_by(RunErrand.id, RunStop.id, Complaint.id, Unit.id, Article.id)
        .order_by(RunStop.run_id, RunStop.position, RunErrand.way.desc(), Complaint.id)
    )


def errand_rows(session: Session, stop_id: int) -> list[RunErrand]:
    """The errands of a stop."""
    query = select(RunErrand).where(RunErrand.stop_id == stop_id)
    return list(session.scalars(query.order_by(RunErrand.id)))


def rides_of(session: Session, complaint_id: int) -> list[Ride]:
    """The runs that fetch the piece of a complaint and bring it back."""
    query = (
        select(
            RunStop.run_id,
            Run.number.label("run"),
            Run.driven_on,
            RunErrand.way,
            _DONE.label("done"),
        )
        .join(Complaint, Complaint.id == RunErrand.complaint_id)
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .join(Run, Run.id == RunStop.run_id)
        .where(RunErrand.complaint_id == complaint_id)
        .order_by(RunErrand.id)
    )
    return rows.fill(Ride, session, query)


def astray() -> Select[str, str, int]:
    """Errands of a complaint that nothing is fetched or brought back for, or at another's door.

    Each with the numbers of its run and of its complaint.
    """
    fits = or_(
        and_(RunErrand.way == Errand.FETCH, _COMES), and_(RunErrand.way == Errand.BRING, _MENDED)
    )
    return (
        select(Run.number.label("run"), Complaint.number.label("complaint"), Complaint.id)
        .select_from(RunErrand)
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .join(Run, Run.id == RunStop.run_id)
        .join(Complaint, Complaint.id == RunErrand.complaint_id)
        .where(or_(~fits, RunStop.institution_id.is_distinct_from(Complaint.institution_id)))
        .order_by(Run.id, Complaint.id)
    )


def planned_away(session: Session, complaint_ids: Collection[int]) -> tuple[str, str] | None:
    """A run, and one of these complaints that is on it although nothing is to be driven for it."""
    query = astray().where(Complaint.id.in_(sorted(complaint_ids)))
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1])
