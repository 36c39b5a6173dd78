"""Complaints against the pieces they are about, and against what was charged for those."""

import functools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage.checks.asking import Question, asks
from moebelcirkel.storage.queries.complaints import kept_for_nothing
from moebelcirkel.storage.tables.cases import CaseUnit
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit

#: Decisions that change what a piece costs.
_PRICED = (Outcome.PRICE, Outcome.RETURN)


@asks
def complaints_fit_pieces() -> Iterator[Question]:
    """A complaint is about what was delivered; a piece is repaired exactly where one says so."""
    about = select(Complaint.number).join(OrderLine, OrderLine.id == Complaint.order_line_id)
    about = about.where(Complaint.state != ComplaintState.VOID)
    astray = about.join(Order, Order.id == OrderLine.order_id).where(
        (OrderLine.state != LineState.DELIVERED)
        | (OrderLine.delivery_id != Complaint.delivery_id)
        | (Order.institution_id != Complaint.institution_id)
    )
    yield astray, N_("Complaint {key} is not about what was delivered there.")
    repaired = (Complaint.state == ComplaintState.AGREED) & (Complaint.outcome == Outcome.REPAIR)
    in_case = exists().where(
        CaseUnit.case_id == Complaint.case_id, CaseUnit.unit_id == Unit.id, CaseUnit.is_open
    )
    unrepaired = about.join(Unit, Unit.id == OrderLine.unit_id).where(
        repaired, (Unit.state != State.MENDING) | ~in_case
    )
    yield unrepaired, N_("Complaint {key}: its piece is not being repaired.")
    message = N_("Complaint {key}: its price was given back, but the piece is there.")
    yield kept_for_nothing(), message
    said = (
        exists()
        .where(repaired, OrderLine.id == Complaint.order_line_id)
        .where(OrderLine.unit_id == Unit.id)
    )
    unsaid = select(Unit.number).where(Unit.state == State.MENDING, ~said)
    yield unsaid, N_("{key} is being repaired, but no complaint says so.")


def complaints_are_charged(session: Session, findings: Findings) -> None:
    """A piece costs what its newest settled complaint says, and else what was ordered."""
    ought: dict[int, tuple[str, int, int]] = {}
    for row in session.execute(_charged()):
        price = ought.get(row.order_line_id, ("", row.ordered, 0))[1]
        if row.state == ComplaintState.CLOSED and row.outcome in _PRICED:
            price = row.price_ore if row.outcome == Outcome.PRICE else 0
        ought[row.order_line_id] = row.number, price, row.paid
    for number, price, charged in ought.values():
        if price != charged:
            findings.add(
                N_("Complaint {key}: what is charged is not what was decided."), key=number
            )


@functools.cache
def _charged() -> Select[Any]:
    """What each complaint says, and what its order line is charged with in all."""
    paid = (
        select(func.coalesce(func.sum(FigureLine.price_paid_ore), 0))
        .where(FigureLine.order_line_id == OrderLine.id)
        .correlate(OrderLine)
        .scalar_subquery()
    )
    return (
        select(
            Complaint.number,
            Complaint.order_line_id,
            Complaint.state,
            Complaint.outcome,
            Complaint.price_ore,
            OrderLine.price_ore.label("ordered"),
            paid.label("paid"),
        )
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .where(Complaint.state != ComplaintState.VOID)
        .order_by(Complaint.id)
    )
