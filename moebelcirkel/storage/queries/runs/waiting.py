"""What is on no run yet: deliveries by institution with the run that can take them, and pickups."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.domain.pickups import RECEIVING
from moebelcirkel.domain.runs import RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.pickups.pieces import GIVER, came
from moebelcirkel.storage.queries.pickups.standing import WITH_GIVER
from moebelcirkel.storage.queries.repairs import away
from moebelcirkel.storage.queries.runs.planning import RUN, RunRow
from moebelcirkel.storage.queries.runs.riding import loads_of_pickups
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupPiece
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop


@dataclass(frozen=True, slots=True)
class WaitingInstitution:
    """Approved lines of an institution that are on no run.

    ``urgent_by`` is the first day that an urgent one of them was promised.
    """

    institution_id: int
    name: str
    weekday: int | None
    closed_weeks: str
    promised_on: dt.date | None
    urgent_by: dt.date | None
    orders: int
    pieces: int


@dataclass(frozen=True, slots=True)
class WaitingPickup:
    """An accepted pickup that is on no run."""

    id: int
    number: str
    name: str
    planned_on: dt.date | None
    latest_on: dt.date | None
    pieces: int


def _waiting() -> Select[Any]:
    return (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(RunLine, RunLine.order_line_id == OrderLine.id)
        .where(
            OrderLine.state.in_((LineState.OPEN, LineState.PICKED)),
            ~away(),
            Order.state == OrderState.APPROVED,
            RunLine.id.is_(None),
        )
    )


def waiting_lines(session: Session, institution_id: int) -> list[int]:
    """Approved lines of an institution that are on no run."""
    session.flush()
    asked = {"institution_id": institution_id}
    return [key for (key,) in _WAITING_LINES.tuples(session.connection(), asked)]


_WAITING_LINES = rows.Ready(
    _waiting().where(Order.institution_id == bindparam("institution_id")).order_by(OrderLine.id)
)


def waiting_deliveries(session: Session) -> list[WaitingInstitution]:
    """Institutions with approved lines that are on no run: urgent ones, then as promised."""
    urgent_by = func.min(Order.promised_on).filter(Order.urgent.is_(True))
    query = (
        _waiting()
        .with_only_columns(
            Institution.id.label("institution_id"),
            Institution.name,
            Institution.weekday,
            func.coalesce(Institution.closed_weeks, "").label("closed_weeks"),
            func.min(Order.promised_on).label("promised_on"),
            urgent_by.label("urgent_by"),
            func.count(Order.id.distinct()).label("orders"),
            func.count(OrderLine.id).label("pieces"),
        )
        .join(Institution, Institution.id == Order.institution_id)
        .group_by(Institution.id)
        .order_by(
            urgent_by.is_(None),
            urgent_by,
            func.min(Order.promised_on),
            Institution.sort_key,
            Institution.id,
        )
    )
    return rows.fill(WaitingInstitution, session, query)


def waiting_pickups(session: Session) -> list[WaitingPickup]:
    """Accepted pickups that are on no run, those with a day first; what came is not waited for."""
    # Of an order that comes back, what has come does not ride any more in any case.
    asked = PickupPiece.line_id.is_not(None), Pickup.order_id.is_(None)
    here = came(PickupPiece.pickup_id == Pickup.id, *asked, ~WITH_GIVER)
    gone = here.correlate(Pickup).scalar_subquery()
    query = (
        rows.query(WaitingPickup, Pickup, name=func.coalesce(GIVER, ""), pieces=gone)
        .outerjoin(Institution, Institution.id == Pickup.institution_id)
        .outerjoin(RunStop, RunStop.pickup_id == Pickup.id)
        .where(Pickup.state.in_(sorted(RECEIVING)), RunStop.id.is_(None))
        .order_by(Pickup.planned_on.is_(None), Pickup.planned_on, Pickup.id)
    )
    found = rows.fill(WaitingPickup, session, query)
    loads = loads_of_pickups(session, [each.id for each in found])
    return [replace(each, pieces=max(0, loads[each.id].pieces - each.pieces)) for each in found]


def is_urgent(session: Session, line_ids: Collection[int]) -> bool:
    """Whether any of these lines is of an urgent order."""
    return session.scalar(_URGENT, {"lines": sorted(line_ids)}) is not None


_URGENT = (
    select(OrderLine.id)
    .join(Order, Order.id == OrderLine.order_id)
    .where(OrderLine.id.in_(bindparam("lines", expanding=True)), Order.urgent.is_(True))
    .limit(1)
)


def ride(session: Session, institution_id: int, first: dt.date, last: dt.date) -> RunRow | None:
    """The planned run of some days that goes to an institution, or else the nearest one."""
    goes_there = (
        select(RunStop.id)
        .where(RunStop.run_id == Run.id, RunStop.institution_id == institution_id)
        .exists()
    )
    query = RUN.where(Run.driven_on.between(first, last), Run.state == RunState.PLANNED)
    query = query.order_by(case((goes_there, 0), else_=1), Run.driven_on, Run.id)
    return rows.first(RunRow, session, query.limit(1))
