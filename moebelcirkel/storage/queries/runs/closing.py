"""What closing a run reads: hand-overs of its pieces that stand, with the room each takes."""

import functools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.pickups import EXPECTED
from moebelcirkel.domain.runs import RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.articles import LITRES
from moebelcirkel.storage.queries.figures.standing import stands
from moebelcirkel.storage.queries.pickups.pieces import GIVER
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import NOT_BACK, FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupPiece
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunStop
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class BookedTransport:
    """A standing line of a run's transport, with what it keeps of it."""

    id: int
    inputs: Json


@dataclass(frozen=True, slots=True)
class CameBack:
    """A piece of an order or a loan that came back by its label, and the stop that is for it."""

    stop_id: int
    pickup_id: int
    unit_id: int
    article_id: int
    inputs: Json


@dataclass(frozen=True, slots=True)
class Unfetched:
    """A stop of a run whose pickup nobody has fetched yet."""

    stop_id: int
    number: str
    giver: str


#: Not before the day on which the van was to drive.
DRIVEN = FigureLine.effective_on >= Run.driven_on


@functools.cache
def _stands(kind: LineKind) -> tuple[object, ...]:
    return (FigureLine.kind == kind, stands(FigureLine))


def handed_over(session: Session, run_id: int) -> list[tuple[FigureLine, int | None]]:
    """The standing hand-overs of a run's pieces, with the litres each takes up.

    What went home to its owner as it came was driven as well.
    """
    return _with_litres(session.execute(_handed_over(), {"run_id": run_id}))


def _with_litres(found: Iterable[Any]) -> list[tuple[FigureLine, int | None]]:
    return [(line, None if litres is None else round(litres)) for line, litres in found]


@functools.cache
def _handed_over() -> Select[FigureLine, Any]:
    return (
        select(FigureLine, LITRES)
        .join(RunLine, RunLine.order_line_id == FigureLine.order_line_id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(Article, Article.id == FigureLine.article_id)
        .where(
            RunStop.run_id == bindparam("run_id"),
            or_(and_(*_stands("hand_over")), and_(*_stands("late_cost"))),  # type: ignore[arg-type]
        )
        .order_by(FigureLine.id)
    )


def ridden(session: Session, run_id: int) -> list[tuple[FigureLine, int | None]]:
    """The hand-overs of the pieces that ride on a run for a complaint, with the litres of each."""
    return _with_litres(session.execute(_ridden(), {"run_id": run_id}))


@functools.cache
def _ridden() -> Select[FigureLine, Any]:
    theirs = (
        select(Complaint.order_line_id)
        .join(RunErrand, RunErrand.complaint_id == Complaint.id)
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .where(RunStop.run_id == bindparam("run_id"))
    )
    return (
        select(FigureLine, LITRES)
        .join(Article, Article.id == FigureLine.article_id)
        .where(FigureLine.order_line_id.in_(theirs), *_stands("hand_over"))  # type: ignore[arg-type]
        .order_by(FigureLine.id)
    )


def fetched(session: Session, run_id: int) -> list[tuple[Unit, int | None]]:
    """The pieces that came of a run's pickups, with the litres each takes up.

    Those of a report are registered for it; those of a regretted order or of a loan came back by
    their labels, and not what its borrower keeps or has lost.
    """
    reported = (
        select(PickupPiece.unit_id)
        .join(RunStop, RunStop.pickup_id == PickupPiece.pickup_id)
        .where(RunStop.run_id == run_id)
    )
    came = {back.unit_id for back in came_back(session, RunStop.run_id == run_id)}
    query = (
        select(Unit, LITRES)
        .join(Article, Article.id == Unit.article_id)
        .where(or_(Unit.id.in_(reported), Unit.id.in_(sorted(came))), Unit.state != State.VOID)
        .order_by(Unit.id)
    )
    return [
        (unit, None if litres is None else round(litres)) for unit, litres in session.execute(query)
    ]


def came_back(session: Session, *where: ColumnElement[bool]) -> list[CameBack]:
    """What came back by its label of the orders and loans that such stops are for, since that was
    reported.
    """
    found = rows.fill(CameBack, session, _came_back().where(*where))
    return [each for each in found if NOT_BACK not in each.inputs]


@functools.cache
def _came_back() -> Select[Any]:
    return (
        select(
            RunStop.id.label("stop_id"),
            Pickup.id.label("pickup_id"),
            FigureLine.unit_id,
            FigureLine.article_id,
            FigureLine.inputs,
        )
        .join(OrderLine, OrderLine.id == FigureLine.order_line_id)
        .join(Pickup, Pickup.order_id == OrderLine.order_id)
        .join(RunStop, RunStop.pickup_id == Pickup.id)
        .join(Run, Run.id == RunStop.run_id)
        .where(FigureLine.booked_at >= Pickup.reported_at)
        .where(*_stands("adjustment"))  # type: ignore[arg-type]
    )


def unfetched(session: Session, run_ids: Collection[int]) -> list[Unfetched]:
    """The stops of runs whose pickup is still to be fetched, as far as anybody has said.

    What is registered for it and has left its giver was fetched, and so was what came back by its
    label since the run was to be driven.
    """
    found = rows.fill(Unfetched, session, _UNFETCHED, {"runs": sorted(run_ids)})
    if not found:
        return []
    here = RunStop.id.in_([each.stop_id for each in found])
    came = {back.stop_id for back in came_back(session, here, DRIVEN)}
    return [each for each in found if each.stop_id not in came]


#: A piece of a pickup that has left its giver.
_LEFT = (
    select(PickupPiece.id)
    .join(Unit, Unit.id == PickupPiece.unit_id)
    .outerjoin(Place, Place.id == Unit.place_id)
    .where(
        PickupPiece.pickup_id == Pickup.id,
        Unit.state != State.VOID,
        Place.pickup_id.is_distinct_from(Pickup.id),
    )
)
_UNFETCHED = (
    select(RunStop.id.label("stop_id"), Pickup.number, func.coalesce(GIVER, "").label("giver"))
    .join(Pickup, Pickup.id == RunStop.pickup_id)
    .outerjoin(Institution, Institution.id == Pickup.institution_id)
    .where(
        RunStop.run_id.in_(bindparam("runs", expanding=True)),
        RunStop.fetched_on.is_(None),
        Pickup.state.in_(sorted(EXPECTED)),
        ~_LEFT.exists(),
    )
    .order_by(RunStop.position, RunStop.id)
)


def idle_stop(session: Session, pickup_id: int) -> RunStop | None:
    """Where a planned run is to fetch what has its label, if nothing of it has come back."""
    query = select(RunStop).join(Run, Run.id == RunStop.run_id)
    here = RunStop.pickup_id == pickup_id
    stop = session.scalar(query.where(here, Run.state == RunState.PLANNED))
    idle = stop is not None and stop.fetched_on is None and not came_back(session, here)
    return stop if idle else None


def is_on_van(session: Session, stop_id: int) -> bool:
    """Whether a stop's pickup was said to be on the van, and is still to be received."""
    query = select(RunStop.id).join(Pickup, Pickup.id == RunStop.pickup_id)
    fetched = RunStop.fetched_on.is_not(None), Pickup.state.in_(sorted(EXPECTED))
    return session.scalar(query.where(RunStop.id == stop_id, *fetched)) is not None


def unfinished_pickup(session: Session, run_id: int) -> str | None:
    """The number of a pickup on a run that furniture can still be registered for."""
    query = (
        select(Pickup.number)
        .join(RunStop, RunStop.pickup_id == Pickup.id)
        .where(RunStop.run_id == run_id, Pickup.state.in_(sorted(EXPECTED)))
        .order_by(RunStop.position)
        .limit(1)
    )
    return session.scalar(query)


def closed_with_pickups(session: Session, pickup_ids: Collection[int]) -> str | None:
    """The number of a closed run whose cost is borne by what came of one of these pickups."""
    of_it = select(RunLine.id).join(RunStop, RunStop.id == RunLine.stop_id)
    query = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .where(
            Run.state == RunState.CLOSED,
            RunStop.pickup_id.in_(sorted(pickup_ids)),
            ~of_it.where(RunStop.run_id == Run.id).exists(),
        )
        .limit(1)
    )
    return session.scalar(query)


def booked(session: Session) -> list[BookedTransport]:
    """All lines of transport that stand."""
    return rows.fill(BookedTransport, session, _booked())


@functools.cache
def _booked() -> Select[Any]:
    return select(FigureLine.id, FigureLine.inputs).where(*_stands("transport"))  # type: ignore[arg-type]


def closed(session: Session) -> list[Run]:
    """The closed runs."""
    return list(session.scalars(_CLOSED))


_CLOSED = select(Run).where(Run.state == RunState.CLOSED)


def closed_with_open_lines(session: Session, line_ids: Collection[int]) -> str | None:
    """The number of a closed run that one of these lines is on, although it is to be delivered."""
    query = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(
            Run.state == RunState.CLOSED,
            OrderLine.id.in_(sorted(line_ids)),
            OrderLine.state.in_((LineState.OPEN, LineState.PICKED)),
        )
        .limit(1)
    )
    return session.scalar(query)


def closed_with_stops(
    session: Session, run_ids: Collection[int], stop_ids: Collection[int]
) -> str | None:
    """The number of a closed run among these, or that one of these stops is on."""
    theirs = select(RunStop.run_id).where(RunStop.id.in_(sorted(stop_ids)))
    query = select(Run.number).where(
        Run.state == RunState.CLOSED, or_(Run.id.in_(sorted(run_ids)), Run.id.in_(theirs))
    )
    return session.scalar(query.limit(1))
