"""Orders of a period by what was promised, what came, and what was given up; trips saved."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.domain.runs import SMALL_ORE, Errand, RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.runs import COUNTS
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunStop
from moebelcirkel.storage.work import ZONE

Institutions = frozenset[int] | None
#: Whose a stop is: who is delivered to, or who gives.
_WHERE = func.coalesce(RunStop.institution_id, Pickup.institution_id)


@dataclass(frozen=True, slots=True)
class Promised:
    """An order with the day it was promised, and what became of its pieces."""

    id: int
    number: str
    institution: str
    promised_on: dt.date
    total_ore: int
    pieces: int
    delivered: int
    left: int
    last_delivered_on: dt.date | None
    urgent: bool | None
    cheap: int
    """Lines of at most ``SMALL_ORE`` that came or are to come."""


@dataclass(frozen=True, slots=True)
class Ridden:
    """An order with its pieces that ride on runs."""

    id: int
    number: str
    institution: str
    promised_on: dt.date | None
    last_delivered_on: dt.date | None
    pieces: int


@dataclass(frozen=True, slots=True)
class GivenUpCount:
    """Pieces of an order that were given up for one reason."""

    id: int
    number: str
    institution: str
    why: str
    pieces: int


def _sent(start: dt.date, end: dt.date) -> tuple[ColumnElement[bool], ...]:
    first = dt.datetime.combine(start, dt.time(), ZONE)
    after = dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), ZONE)
    return Order.sent_at >= first, Order.sent_at < after


def promised(
    session: Session, start: dt.date, end: dt.date, institutions: Institutions
) -> list[Promised]:
    """The orders sent on some days that were promised one, by that day."""
    left = OrderLine.state.in_((LineState.OPEN, LineState.PICKED))
    query = (
        rows.query(
            Promised,
            Order,
            institution=Institution.name,
            pieces=func.count(OrderLine.id),
            delivered=func.count(OrderLine.id).filter(OrderLine.state == LineState.DELIVERED),
            left=func.count(OrderLine.id).filter(left),
            last_delivered_on=func.max(OrderLine.delivered_on).filter(
                OrderLine.state == LineState.DELIVERED
            ),
            cheap=func.count(OrderLine.id).filter(OrderLine.price_ore <= SMALL_ORE, COUNTS),
        )
        .join(Institution, Institution.id == Order.institution_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            *_sent(start, end),
            Order.promised_on.is_not(None),
            Order.state.not_in((OrderState.VOID, OrderState.REFUSED, OrderState.AWAITING)),
        )
        .group_by(Order.id, Institution.name)
        .order_by(Order.promised_on, Order.id)
    )
    if institutions is not None:
        query = query.where(Order.institution_id.in_(sorted(institutions)))
    return rows.fill(Promised, session, query)


def given_up(
    session: Session, start: dt.date, end: dt.date, institutions: Institutions
) -> list[GivenUpCount]:
    """What was given up of orders that were sent on some days, by reason."""
    query = (
        select(
            Order.id,
            Order.number,
            Institution.name.label("institution"),
            OrderLine.ended_why.label("why"),
            func.count().label("pieces"),
        )
        .join(Institution, Institution.id == Order.institution_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(*_sent(start, end), OrderLine.ended_why.is_not(None))
        .group_by(Order.id, Order.number, Institution.name, OrderLine.ended_why)
        .order_by(OrderLine.ended_why, Order.id)
    )
    if institutions is not None:
        query = query.where(Order.institution_id.in_(sorted(institutions)))
    return rows.fill(GivenUpCount, session, query)


def driven(
    session: Session, start: dt.date, end: dt.date, institutions: Institutions
) -> list[tuple[int, int, int]]:
    """By run of some days: its id, and how many orders and pickups or errands ride on it."""
    query = (
        select(
            Run.id,
            func.count(OrderLine.order_id.distinct()),
            func.count(RunStop.pickup_id.distinct())
            + func.count(RunStop.id.distinct()).filter(RunErrand.way == Errand.FETCH)
            + func.count(RunStop.id.distinct()).filter(RunErrand.way == Errand.BRING),
        )
        .join(RunStop, RunStop.run_id == Run.id)
        .outerjoin(RunLine, RunLine.stop_id == RunStop.id)
        .outerjoin(OrderLine, (OrderLine.id == RunLine.order_line_id) & COUNTS)
        .outerjoin(RunErrand, RunErrand.stop_id == RunStop.id)
        .where(Run.driven_on.between(start, end), Run.state != RunState.VOID)
        .group_by(Run.id)
        .order_by(Run.id)
    )
    if institutions is not None:
        query = query.outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
        query = query.where(_WHERE.in_(sorted(institutions)))
    return [(run, orders, pickups) for run, orders, pickups in session.execute(query)]


def gathered(
    session: Session, start: dt.date, end: dt.date, institutions: Institutions
) -> list[Ridden]:
    """The orders that ride on the runs of some days, by number."""
    query = (
        rows.query(
            Ridden,
            Order,
            institution=Institution.name,
            last_delivered_on=func.max(OrderLine.delivered_on),
            pieces=func.count(OrderLine.id),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(Run, Run.id == RunStop.run_id)
        .join(Institution, Institution.id == Order.institution_id)
        .where(Run.driven_on.between(start, end), Run.state != RunState.VOID, COUNTS)
        .group_by(Order.id, Institution.name)
        .order_by(Order.id)
    )
    if institutions is not None:
        query = query.where(Order.institution_id.in_(sorted(institutions)))
    return rows.fill(Ridden, session, query)


def packaging(session: Session, start: dt.date, end: dt.date, institutions: Institutions) -> int:
    """At how many stops of the runs of some days used packaging was taken along."""
    query = (
        select(func.count())
        .select_from(RunStop)
        .join(Run, Run.id == RunStop.run_id)
        .outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
        .where(
            RunStop.packaging.is_(True),
            Run.driven_on.between(start, end),
            Run.state == RunState.CLOSED,
        )
    )
    if institutions is not None:
        query = query.where(_WHERE.in_(sorted(institutions)))
    return session.scalar(query) or 0
