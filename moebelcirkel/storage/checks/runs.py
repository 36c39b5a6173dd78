"""Runs against orders and pickups: what is on a run belongs to its stop."""

from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.runs import RunState
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop


def runs_are_kept(session: Session, findings: Findings) -> None:
    """A stop has pieces of its own institution alone, and a run that is undone has none."""
    strangers = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(RunStop.institution_id.is_distinct_from(Order.institution_id))
        .distinct()
    )
    _tell(session, findings, strangers, N_("Run {key}: a piece is for another institution."))
    undone = select(Run.number).where(
        Run.state == RunState.VOID, exists().where(RunStop.run_id == Run.id)
    )
    _tell(session, findings, undone, N_("Run {key} is undone, but something is on it."))


def _tell(session: Session, findings: Findings, query: Select[Any], message: str) -> None:
    for key in session.scalars(query):
        findings.add(message, key=key)
