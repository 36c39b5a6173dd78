"""Whose order pieces were adapted for in a case of the workshop, and what could not be done."""

import functools

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage.queries.orders import is_adapted
from moebelcirkel.storage.tables.cases import Case, CaseUnit
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.repairs import Repair


def adapted(session: Session, case_id: int) -> list[tuple[int, int]]:
    """The order that a case was opened for, where it is adapted, and how many pieces of it."""
    found = session.execute(_adapted(), {"case_id": case_id})
    return [(order_id, pieces) for order_id, pieces in found]


@functools.cache
def _adapted() -> Select[int, int]:
    return (
        select(OrderLine.order_id, func.count())
        .join(Case, Case.order_id == OrderLine.order_id)
        .join(CaseUnit, (CaseUnit.case_id == Case.id) & (CaseUnit.unit_id == OrderLine.unit_id))
        .where(Case.id == bindparam("case_id"), OrderLine.state == LineState.OPEN, is_adapted())
        .group_by(OrderLine.order_id)
    )


def given_up(session: Session, case_id: int) -> tuple[str, int | None]:
    """Why a case was given up, and the repair that it was of, if of any."""
    query = (
        select(Case.given_up, Repair.id)
        .outerjoin(Repair, Repair.order_id == Case.order_id)
        .where(Case.id == case_id)
    )
    reason, repair_id = session.execute(query).one()
    return reason or "", repair_id
