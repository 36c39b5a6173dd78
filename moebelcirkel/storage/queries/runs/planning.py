"""Runs by day with their stops and loads, and the deliveries and pickups that are on none."""

import datetime as dt
import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.runs import TWO_PEOPLE_G, Load, RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.articles import LITRES
from moebelcirkel.storage.queries.pickups.pieces import GIVER
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunStop, Vehicle

#: Lines that are delivered still, or were: what was cancelled is on no van.
COUNTS = OrderLine.state.in_((LineState.OPEN, LineState.PICKED, LineState.DELIVERED))
#: A run's lines are found by the run: by state SQLite would look at all that were ever ordered.
BY_RUN = "NOT INDEXED"


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run with its vehicle."""

    id: int
    number: str
    version: int
    driven_on: dt.date
    vehicle_id: int
    vehicle: str
    volume_l: int
    payload_kg: int
    driver: str
    state: RunState
    km: Decimal | None
    cost_ore: int | None
    co2e_g: int | None


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop: whose it is, whom one asks for, how one gets in; a pickup's number where it is one.

    ``house_id`` is the institution that a delivery or a pickup is at. ``contact`` is whom the
    pickup says, ``function`` and ``phone`` whom the institution does.
    """

    id: int
    run_id: int
    institution_id: int | None
    house_id: int | None
    pickup_id: int | None
    name: str
    address: str
    pickup: str
    pickup_state: str
    access: str
    building: str
    contact: str
    function: str
    phone: str
    packaging: bool
    repair: bool


@dataclass(frozen=True, slots=True)
class StopLoad:
    """What is delivered at a stop, and how much of it is picked and handed over.

    ``repairs`` are pieces that their owner gets back repaired.
    """

    stop_id: int
    orders: int
    urgent: int
    picked: int
    delivered: int
    repairs: int
    load: Load


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where an order at a stop is carried to."""

    stop_id: int
    building: str
    floor: str
    way_in: str


def vehicles(session: Session, *, inactive: bool) -> list[Vehicle]:
    """The vehicles by name."""
    query = select(Vehicle).order_by(Vehicle.name, Vehicle.id)
    return list(session.scalars(query if inactive else query.where(Vehicle.active)))


RUN = rows.query(RunRow, Run, Vehicle, vehicle=Vehicle.name).join(
    Vehicle, Vehicle.id == Run.vehicle_id
)


def runs_between(session: Session, first: dt.date, last: dt.date) -> list[RunRow]:
    """The runs of some days that stand, in the order they are driven."""
    days = Run.driven_on.between(first, last)
    query = RUN.where(days, Run.state != RunState.VOID)
    return rows.fill(RunRow, session, query.order_by(Run.driven_on, Run.id))


def one_run(session: Session, run_id: int) -> RunRow | None:
    """One run that stands."""
    query = RUN.where(Run.id == run_id, Run.state != RunState.VOID)
    return rows.first(RunRow, session, query)


def stop_rows(session: Session, run_ids: Collection[int]) -> list[StopRow]:
    """The stops of runs in the order they are driven."""
    return rows.fill(StopRow, session, _stop_rows(), {"runs": sorted(run_ids)})


@functools.cache
def _stop_rows() -> Select[*tuple[Any, ...]]:
    return (
        rows.query(
            StopRow,
            RunStop,
            house_id=Institution.id,
            name=func.coalesce(GIVER, ""),
            address=func.coalesce(Institution.address, ""),
            pickup=func.coalesce(Pickup.number, ""),
            pickup_state=func.coalesce(Pickup.state, ""),
            access=func.coalesce(Pickup.access, ""),
            building=func.coalesce(Pickup.building, ""),
            contact=func.coalesce(Pickup.contact, ""),
            function=func.coalesce(Institution.contact, ""),
            phone=func.coalesce(Institution.phone, ""),
            packaging=func.coalesce(RunStop.packaging, false()),
            repair=Repair.id.is_not(None),
        )
        .select_from(RunStop)
        .outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
        .outerjoin(Repair, Repair.pickup_id == Pickup.id)
        .outerjoin(
            Institution,
            Institution.id == func.coalesce(RunStop.institution_id, Pickup.institution_id),
        )
        .where(RunStop.run_id.in_(bindparam("runs", expanding=True)))
        .order_by(RunStop.run_id, RunStop.position, RunStop.id)
    )


def sums_of(times: ColumnElement[int]) -> tuple[ColumnElement[float], ...]:
    """Pieces, litres, grams, heavy ones and those without a volume, over rows of so many."""
    zero = cast(0, Float)
    return (
        func.coalesce(func.sum(times), 0),
        func.coalesce(func.sum(times * func.coalesce(LITRES, zero)), zero),
        func.coalesce(func.sum(times * func.coalesce(Article.weight_g, 0)), 0),
        func.coalesce(func.sum(case((Article.weight_g >= TWO_PEOPLE_G, times), else_=0)), 0),
        func.coalesce(func.sum(case((LITRES.is_(None), times), else_=0)), 0),
    )


def load_of(values: Sequence[float]) -> Load:
    """What ``sums_of`` came to."""
    return Load(*(round(value) for value in values))


def loads_of_stops(session: Session, run_ids: Collection[int]) -> dict[int, StopLoad]:
    """What is delivered at each stop of runs."""
    return {
        stop: StopLoad(stop, orders, urgent, picked, delivered, repairs, load_of(sums))
        for stop, orders, urgent, picked, delivered, repairs, *sums in session.execute(
            _loads_of_stops(), {"runs": sorted(run_ids)}
        )
    }


@functools.cache
def _loads_of_stops() -> Select[*tuple[Any, ...]]:
    return (
        select(
            RunLine.stop_id,
            func.count(OrderLine.order_id.distinct()),
            func.count(OrderLine.order_id.distinct()).filter(Order.urgent.is_(True)),
            func.count().filter(OrderLine.state == LineState.PICKED),
            func.count().filter(OrderLine.state == LineState.DELIVERED),
            func.count(Repair.id),
            *sums_of(literal(1)),
        )
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Repair, Repair.order_id == Order.id)
        .where(RunStop.run_id.in_(bindparam("runs", expanding=True)), COUNTS)
        .group_by(RunLine.stop_id)
        .with_hint(OrderLine, BY_RUN, "sqlite")
    )


def ways_in(session: Session, run_ids: Collection[int]) -> list[WayIn]:
    """Where what is delivered at the stops of runs is carried to, as the orders say; what is
    driven for a complaint stands where its order went.
    """
    return rows.fill(WayIn, session, _ways_in(), {"runs": sorted(run_ids)})


@functools.cache
def _ways_in() -> Select[*tuple[Any, ...]]:
    at = RunStop.run_id.in_(bindparam("runs", expanding=True))
    of_lines = (
        select(RunLine.stop_id, OrderLine.order_id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(at, COUNTS)
        .with_hint(OrderLine, BY_RUN, "sqlite")
    )
    of_errands = (
        select(RunErrand.stop_id, OrderLine.order_id)
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .join(Complaint, Complaint.id == RunErrand.complaint_id)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .where(at)
    )
    goes = union(of_lines, of_errands).subquery()
    return (
        select(
            goes.c.stop_id,
            func.coalesce(Order.building, "").label("building"),
            func.coalesce(Order.floor, "").label("floor"),
            func.coalesce(Order.way_in, "").label("way_in"),
        )
        .join(Order, Order.id == goes.c.order_id)
        .order_by(goes.c.stop_id, Order.id)
    )


def stops_of(session: Session, run_id: int) -> list[RunStop]:
    """The stops of a run in the order they are driven."""
    query = select(RunStop).where(RunStop.run_id == run_id)
    return list(session.scalars(query.order_by(RunStop.position, RunStop.id)))


def delivered_that_week(
    session: Session, run: Run, institution_id: int
) -> tuple[str, dt.date] | None:
    """Another run of the same week that goes to an institution: its number and day."""
    monday = run.driven_on - dt.timedelta(days=run.driven_on.weekday())
    query = (
        select(Run.number, Run.driven_on)
        .join(RunStop, RunStop.run_id == Run.id)
        .where(
            RunStop.institution_id == institution_id,
            Run.id != run.id,
            Run.driven_on.between(monday, monday + dt.timedelta(days=6)),
        )
        .order_by(Run.driven_on, Run.id)
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1])


def has_pickup(session: Session, pickup_id: int) -> bool:
    """Whether a pickup is on a run."""
    return session.scalar(select(RunStop.id).where(RunStop.pickup_id == pickup_id)) is not None


def fetches_on(session: Session, pickup_id: int) -> tuple[str, dt.date] | None:
    """The run that fetches a pickup: its number and day."""
    query = select(Run.number, Run.driven_on).join(RunStop, RunStop.run_id == Run.id)
    row = session.execute(query.where(RunStop.pickup_id == pickup_id)).first()
    return None if row is None else (row[0], row[1])


def stop_at(session: Session, run_id: int, institution_id: int) -> RunStop | None:
    """Where a run delivers to an institution, if it does."""
    return session.scalar(_STOP_AT, {"run_id": run_id, "institution_id": institution_id})


_ON_RUN = RunStop.run_id == bindparam("run_id")
_STOP_AT = select(RunStop).where(_ON_RUN, RunStop.institution_id == bindparam("institution_id"))


def houses_of(session: Session, run_id: int) -> list[tuple[RunStop, int | None]]:
    """The stops of a run in the order they are driven, each with the institution it is at."""
    return [(stop, house) for stop, house in session.execute(_HOUSES_OF, {"run_id": run_id})]


_HOUSES_OF = (
    select(RunStop, func.coalesce(RunStop.institution_id, Pickup.institution_id))
    .outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
    .where(_ON_RUN)
    .order_by(RunStop.position, RunStop.id)
)


def last_position(session: Session, run_id: int) -> tuple[int, int]:
    """How many stops a run has, and where the last of them stands; 0 where it has none."""
    session.flush()
    many, last = session.connection().execute(_LAST_POSITION, {"run_id": run_id}).one()
    return many, last or 0


_LAST_POSITION = select(func.count(), func.max(RunStop.position)).where(_ON_RUN)


def lines_of_stop(session: Session, stop_id: int) -> list[tuple[RunLine, dt.date | None]]:
    """What is delivered at a stop, each with the day when it was handed over."""
    query = (
        select(RunLine, OrderLine.delivered_on)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(RunLine.stop_id == stop_id)
    )
    return [(line, delivered_on) for line, delivered_on in session.execute(query)]


def picked_at(session: Session, stop_ids: Collection[int]) -> tuple[int, ...]:
    """The lines that wait to be handed over at stops."""
    query = (
        select(OrderLine.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .where(RunLine.stop_id.in_(sorted(stop_ids)), OrderLine.state == LineState.PICKED)
        .order_by(OrderLine.id)
    )
    return tuple(session.scalars(query))


def run_of_stop(session: Session, stop_id: int) -> tuple[int, dt.date] | None:
    """The run that a stop is on, and its day."""
    query = select(Run.id, Run.driven_on).join(RunStop, RunStop.run_id == Run.id)
    row = session.execute(query.where(RunStop.id == stop_id)).first()
    return None if row is None else (row[0], row[1])


def run_of_note(session: Session, number: str) -> tuple[int, dt.date, int] | None:
    """The run that brings what is on a delivery note, its day, and the stop; the latest of more."""
    query = (
        select(Run.id, Run.driven_on, RunStop.id)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Delivery, Delivery.id == OrderLine.delivery_id)
        .where(Delivery.number == number)
        .order_by(Run.driven_on.desc(), Run.id.desc())
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1], row[2])


def open_stop_lines(session: Session, run_id: int) -> list[tuple[str, int]]:
    """Where pieces of a run are still to be handed over, and how many."""
    query = (
        select(Institution.name, func.count())
        .join(RunStop, RunStop.institution_id == Institution.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(RunStop.run_id == run_id, OrderLine.state.in_((LineState.OPEN, LineState.PICKED)))
        .group_by(RunStop.id, RunStop.position, Institution.id, Institution.name)
        .order_by(RunStop.position, RunStop.id)
    )
    return [(name, pieces) for name, pieces in session.execute(query)]


def void_runs_with_stops(session: Session) -> list[str]:
    """The numbers of runs that are undone, although something is on them."""
    query = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .where(Run.state == RunState.VOID)
        .distinct()
    )
    return list(session.scalars(query))
