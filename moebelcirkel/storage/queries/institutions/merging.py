"""What goes on with the institution that another one became, what stays, and what is in the way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.complaints import LIVE
from moebelcirkel.domain.lifecycle import HELD, DeliveryState
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.pickups import EXPECTED
from moebelcirkel.domain.purchases import PlanState
from moebelcirkel.domain.runs import RunState
from moebelcirkel.domain.settlement import SettlementState
from moebelcirkel.domain.wants import WantState
from moebelcirkel.storage.queries.loans import pieces_out
from moebelcirkel.storage.queries.settlement import dues
from moebelcirkel.storage.queries.settlement.waiting import has_step
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution, InstitutionCeiling
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.purchases import Purchase, PurchaseLine
from moebelcirkel.storage.tables.runs import Run, RunErrand, RunLine, RunStop
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementPosting
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want

_OTHER = aliased(RunStop)

#: What goes on with another institution when its own becomes that.
MayMove = Order | Delivery | RunStop | Want | Pickup | Purchase

_GOES_ON = Order.state.in_((OrderState.AWAITING, OrderState.APPROVED))


def _brings(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a stop is for a piece of such an order."""
    return exists().where(
        RunLine.stop_id == RunStop.id,
        OrderLine.id == RunLine.order_line_id,
        Order.id == OrderLine.order_id,
        *conditions,
    )


#: What is open of each table, and so goes on with the other institution. A pickup of what an order
#: brought goes with that order, which stays; so does a stop where all was handed over.
OPEN: dict[type[MayMove], ColumnElement[bool]] = {
    Order: _GOES_ON,
    Delivery: Delivery.state == DeliveryState.PREPARED,
    RunStop: _brings(_GOES_ON)
    & exists().where(Run.id == RunStop.run_id, Run.state == RunState.PLANNED),
    Want: Want.state == WantState.OPEN,
    Pickup: Pickup.state.in_(sorted(EXPECTED)) & Pickup.order_id.is_(None),
    Purchase: (Purchase.state == PlanState.OPEN)
    & exists().where(PurchaseLine.purchase_id == Purchase.id, PurchaseLine.ending.is_(None)),
}


def open_rows(model: type[MayMove], institution_id: int) -> Select[MayMove]:
    """What an institution has open of a table, by id."""
    here = model.institution_id == institution_id
    found: Select[Any] = select(model).where(here, OPEN[model]).order_by(model.id)
    return found


def count_open(session: Session, institution_id: int) -> dict[type[MayMove], int]:
    """How many rows of each table an institution has open."""
    return {
        model: session.scalar(
            select(func.count()).select_from(open_rows(model, institution_id).subquery())
        )
        or 0
        for model in OPEN
    }


def still_merged(session: Session) -> list[Institution]:
    """Institutions that became another one, yet have something open."""
    speaks = [
        exists().where(model.institution_id == Institution.id, condition)
        for model, condition in OPEN.items()
    ]
    merged = select(Institution).where(Institution.merged_into_id.is_not(None))
    found: list[Institution] = []
    for condition in speaks:
        found.extend(session.scalars(merged.where(condition)))
    return sorted(set(found), key=lambda each: each.id)


def begun_orders(session: Session, institution_id: int) -> list[str]:
    """Open orders of which something has been handed over: their figures are the institution's."""
    begun = exists().where(OrderLine.order_id == Order.id, FigureLine.order_line_id == OrderLine.id)
    driven = exists().where(
        OrderLine.order_id == Order.id,
        RunLine.order_line_id == OrderLine.id,
        RunStop.id == RunLine.stop_id,
        Run.id == RunStop.run_id,
        Run.state != RunState.PLANNED,
    )
    query = open_rows(Order, institution_id).where(begun | driven)
    return list(session.scalars(query.with_only_columns(Order.number)))


def shared_runs(session: Session, institution_id: int, into_id: int) -> list[str]:
    """Planned runs whose stop there cannot become the other one's: something is fetched there for
    a complaint, another order was handed over there, or the run goes to both.
    """
    errand = exists().where(RunErrand.stop_id == RunStop.id)
    both = exists().where(_OTHER.run_id == RunStop.run_id, _OTHER.institution_id == into_id)
    stops = open_rows(RunStop, institution_id).where(errand | both | _brings(~_GOES_ON)).subquery()
    query = select(Run.number).where(Run.id.in_(select(stops.c.run_id))).order_by(Run.id)
    return list(session.scalars(query))


def unreleased(session: Session, institution_id: int) -> list[str]:
    """Settlements with its postings whose file is written, but that nobody has released."""
    posted = exists().where(
        SettlementPosting.batch_id == SettlementBatch.id,
        SettlementPosting.institution_id == institution_id,
    )
    steps = SettlementState.RELEASED, SettlementState.WITHDRAWN
    left = and_(*(~has_step(SettlementBatch, step) for step in steps))
    query = select(SettlementBatch.number).where(posted, left).order_by(SettlementBatch.id)
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Staying:
    """What stays with the institution that is merged: how much there is of each."""

    orders: int
    loans: int
    pieces: int
    complaints: int
    charges: int
    charges_ore: int
    ceilings: int


def staying(session: Session, institution: Institution, today: dt.date) -> Staying:
    """What was, and what goes on under the name it was agreed with."""
    key = institution.id
    gone = (OrderState.AWAITING, OrderState.APPROVED, OrderState.VOID)
    waits = [due for due in dues(session, today, institution.legal) if due.institution_id == key]

    def count(model: type[Base], *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    return Staying(
        orders=count(Order, Order.institution_id == key, Order.state.not_in(gone)),
        loans=len(pieces_out(session, {key})),
        pieces=count(Unit, Unit.holder_id == key, Unit.state.in_(sorted(HELD))),
        complaints=count(Complaint, Complaint.institution_id == key, Complaint.state.in_(LIVE)),
        charges=len(waits),
        charges_ore=sum(due.amount_ore for due in waits),
        ceilings=count(InstitutionCeiling, InstitutionCeiling.institution_id == key),
    )


def merged_into(session: Session, institution_id: int) -> list[Institution]:
    """The institutions that became this one, by name."""
    query = select(Institution).where(Institution.merged_into_id == institution_id)
    return list(session.scalars(query.order_by(Institution.sort_key, Institution.id)))


def family(session: Session, institution_id: int) -> set[int]:
    """The institution and those that became it."""
    return {institution_id, *(each.id for each in merged_into(session, institution_id))}


#: What an order line leads to that is of its order's institution, and how it leads there.
_OF_LINES: dict[type[Base], ColumnElement[bool]] = {
    FigureLine: FigureLine.order_line_id == OrderLine.id,
    Delivery: (Delivery.id == OrderLine.delivery_id) & OPEN[Delivery],
    RunStop: exists().where(RunLine.order_line_id == OrderLine.id, RunLine.stop_id == RunStop.id),
    Want: Want.id == OrderLine.want_id,
}


def torn(session: Session, model: type[MayMove], keys: Sequence[int]) -> str | None:
    """An order of which something is another institution's; of these rows, or that leads to one."""
    for other, leads in _OF_LINES.items():
        if model not in (Order, other):
            continue
        place: Any = other.__table__.columns["institution_id"]
        query = (
            select(Order.number)
            .join(OrderLine, OrderLine.order_id == Order.id)
            .join(Institution, Institution.id == Order.institution_id)
            .join(other, leads)
            .where(
                model.id.in_(keys),
                Institution.id != place,
                # What was brought for a want stays with the one that the want's was merged with.
                Institution.merged_into_id.is_distinct_from(place),
            )
        )
        found = session.scalar(query.order_by(Order.id).limit(1))
        if found is not None:
            return found
    return None
