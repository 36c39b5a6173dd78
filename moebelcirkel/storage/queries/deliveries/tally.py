"""Orders of a period or a run by what was promised, came, and was given up; rides and stops."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SQLColumnExpression, false, func, select, true
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.domain.runs import SMALL_ORE, Errand, RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.pickups.pieces import GIVER
from moebelcirkel.storage.queries.repairs.single import goes_home
from moebelcirkel.storage.queries.runs import BY_RUN, COUNTS
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunStop
from moebelcirkel.storage.work import ZONE

#: Whose a stop is: who is delivered to, or who gives.
_WHERE = func.coalesce(RunStop.institution_id, Pickup.institution_id)


@dataclass(frozen=True, slots=True)
class TallyScope:
    """Which orders are counted, the rides and stops of which runs, and of whom (None: of all)."""

    orders: ColumnElement[bool]
    runs: ColumnElement[bool]
    institutions: frozenset[int] | None = None

    def whose(self, column: SQLColumnExpression[int]) -> ColumnElement[bool]:
        """Whether it is of one of them."""
        return true() if self.institutions is None else column.in_(sorted(self.institutions))


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
    """An order with its pieces that are brought at a stop."""

    id: int
    number: str
    institution: str
    promised_on: dt.date | None
    last_delivered_on: dt.date | None
    pieces: int
    run_id: int
    run: str
    stop_id: int


@dataclass(frozen=True, slots=True)
class Visited:
    """A stop on a run; the pickup where it is one."""

    id: int
    run_id: int
    run: str
    driven_on: dt.date
    name: str
    pickup_id: int | None
    pickup: str
    packaging: bool


@dataclass(frozen=True, slots=True)
class DrivenFor:
    """The order whose complaint has a piece fetched at a stop, or brought back there."""

    stop_id: int
    way: Errand
    order_id: int


@dataclass(frozen=True, slots=True)
class GivenUpCount:
    """Pieces of an order that were given up for one reason."""

    id: int
    number: str
    institution: str
    why: str
    pieces: int


def of_days(start: dt.date, end: dt.date, institutions: frozenset[int] | None) -> TallyScope:
    """The orders sent and the runs driven on some days."""
    first = dt.datetime.combine(start, dt.time(), ZONE)
    after = dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), ZONE)
    sent = (Order.sent_at >= first) & (Order.sent_at < after)
    return TallyScope(sent, Run.driven_on.between(start, end), institutions)


def of_run(run_id: int) -> TallyScope:
    """One run and the orders it has something of, also where that was given up."""
    its = (
        select(OrderLine.order_id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .where(RunStop.run_id == run_id)
    )
    return TallyScope(Order.id.in_(its), Run.id == run_id)


def promised(session: Session, counted: TallyScope) -> list[Promised]:
    """The orders that were promised for a day, by that day.

    What goes home because it could not be repaired was asked for, and is not what came.
    """
    as_asked = ~goes_home()
    left = OrderLine.state.in_((LineState.OPEN, LineState.PICKED)) & as_asked
    came = (OrderLine.state == LineState.DELIVERED) & as_asked
    query = (
        rows.query(
            Promised,
            Order,
            institution=Institution.name,
            pieces=func.count(OrderLine.id),
            delivered=func.count(OrderLine.id).filter(came),
            left=func.count(OrderLine.id).filter(left),
            last_delivered_on=func.max(OrderLine.delivered_on).filter(came),
            cheap=func.count(OrderLine.id).filter(
                OrderLine.price_ore <= SMALL_ORE, COUNTS, as_asked
            ),
        )
        .join(Institution, Institution.id == Order.institution_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            counted.orders,
            counted.whose(Order.institution_id),
            Order.promised_on.is_not(None),
            Order.state.not_in((OrderState.VOID, OrderState.REFUSED, OrderState.AWAITING)),
            OrderLine.state != LineState.VOID,
        )
        .group_by(Order.id, Institution.name)
        .order_by(Order.promised_on, Order.id)
    )
    return rows.fill(Promised, session, query)


def given_up(session: Session, counted: TallyScope) -> list[GivenUpCount]:
    """What was given up of the orders, by reason."""
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
        .where(
            counted.orders, counted.whose(Order.institution_id), OrderLine.ended_why.is_not(None)
        )
        .group_by(Order.id, Order.number, Institution.name, OrderLine.ended_why)
        .order_by(OrderLine.ended_why, Order.id)
    )
    return rows.fill(GivenUpCount, session, query)


def gathered(session: Session, counted: TallyScope) -> list[Ridden]:
    """The orders that ride on the runs, by number; one that rides twice is there twice."""
    query = (
        rows.query(
            Ridden,
            Order,
            RunStop,
            institution=Institution.name,
            last_delivered_on=func.max(OrderLine.delivered_on),
            pieces=func.count(OrderLine.id),
            run=Run.number,
            stop_id=RunStop.id,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(Run, Run.id == RunStop.run_id)
        .join(Institution, Institution.id == Order.institution_id)
        .where(
            counted.runs, counted.whose(Order.institution_id), Run.state != RunState.VOID, COUNTS
        )
        .group_by(Order.id, RunStop.id, Run.id, Institution.name)
        .order_by(Order.id, Run.id)
        .with_hint(OrderLine, BY_RUN, "sqlite")
    )
    return rows.fill(Ridden, session, query)


def visited(session: Session, counted: TallyScope) -> list[Visited]:
    """The stops of the runs, in the order they are driven."""
    query = (
        rows.query(
            Visited,
            RunStop,
            Run,
            run=Run.number,
            name=GIVER,
            pickup=func.coalesce(Pickup.number, ""),
            packaging=func.coalesce(RunStop.packaging, false()),
        )
        .select_from(RunStop)
        .join(Run, Run.id == RunStop.run_id)
        .outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
        .outerjoin(Institution, Institution.id == _WHERE)
        .where(counted.runs, counted.whose(_WHERE), Run.state != RunState.VOID)
        .order_by(Run.driven_on, Run.id, RunStop.position, RunStop.id)
    )
    return rows.fill(Visited, session, query)


def driven_for(session: Session, counted: TallyScope) -> list[DrivenFor]:
    """What complaints have driven at the stops of the runs, by stop and way."""
    query = (
        select(RunErrand.stop_id, RunErrand.way, OrderLine.order_id)
        .join(RunStop, RunStop.id == RunErrand.stop_id)
        .join(Run, Run.id == RunStop.run_id)
        .join(Complaint, Complaint.id == RunErrand.complaint_id)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .outerjoin(Pickup, Pickup.id == RunStop.pickup_id)
        .where(counted.runs, counted.whose(_WHERE), Run.state != RunState.VOID)
        .order_by(RunErrand.stop_id, RunErrand.way, OrderLine.order_id)
        .distinct()
    )
    return rows.fill(DrivenFor, session, query)
