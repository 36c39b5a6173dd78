"""Who is told of what became of complaints, and what the texts of it name."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """Complaints of one person about pieces of one order, decided alike; ``id`` is the first's."""

    id: int
    number: str
    reporter_id: int
    institution: str
    order: str
    reason: str
    price_ore: int
    pieces: int


def complaints(session: Session, ids: Collection[int]) -> list[ComplaintFacts]:
    """Some complaints that were decided together, by who made them and by order."""
    query = _facts().where(Complaint.id.in_(sorted(ids)))
    return rows.fill(ComplaintFacts, session, query)


def mended(session: Session, case_id: int) -> list[ComplaintFacts]:
    """Those whose pieces were repaired in a case, now that it is finished."""
    return rows.fill(ComplaintFacts, session, _mended(), {"case_id": case_id})


@functools.cache
def _mended() -> Select[*tuple[Any, ...]]:
    done = Complaint.state == ComplaintState.CLOSED, Complaint.outcome == Outcome.REPAIR
    return _facts().where(Complaint.case_id == bindparam("case_id"), *done)


@functools.cache
def _facts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            func.min(Complaint.id).label("id"),
            func.min(Complaint.number).label("number"),
            Complaint.reporter_id,
            Institution.name.label("institution"),
            Order.number.label("order"),
            func.min(Complaint.reason).label("reason"),
            func.coalesce(func.min(Complaint.price_ore), 0).label("price_ore"),
            func.count().label("pieces"),
        )
        .join(Institution, Institution.id == Complaint.institution_id)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .group_by(Complaint.reporter_id, Institution.name, Order.number)
        .order_by(func.min(Complaint.id))
    )
