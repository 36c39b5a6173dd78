"""What is asked about outside repairers: the register, prices, and errands."""

import datetime as dt
import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.repairers import AgreedPrice
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.repairs import Repairer, RepairerPrice, RepairErrand
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """An errand with the names of its repairer and its task."""

    id: int
    version: int
    case_id: int
    case_task_id: int
    repairer: str
    task: str
    pieces: int
    price_ore: int
    sent_on: dt.date
    returned_on: dt.date | None
    invoice_number: str
    invoice_ore: int | None
    invoiced_on: dt.date | None


def repairers(session: Session, *, inactive: bool = False) -> Sequence[Repairer]:
    """The repairers, those in use or all of them."""
    query = select(Repairer).order_by(func.lower(Repairer.name), Repairer.id)
    return session.scalars(query if inactive else query.where(Repairer.active)).all()


def price_rows(session: Session, repairer_id: int) -> Sequence[RepairerPrice]:
    """What was agreed with one, by task and the newest first, to change."""
    query = (
        select(RepairerPrice)
        .join(TaskTypeRow, TaskTypeRow.id == RepairerPrice.task_type_id)
        .where(RepairerPrice.repairer_id == repairer_id)
        .order_by(TaskTypeRow.position, TaskTypeRow.id, RepairerPrice.valid_from.desc())
    )
    return session.scalars(query).all()


def agreed(session: Session, repairer_id: int) -> tuple[AgreedPrice, ...]:
    """What was agreed with one."""
    return tuple(
        AgreedPrice(row.task_type_id, row.valid_from, row.price_ore)
        for row in price_rows(session, repairer_id)
    )


_ROWS = (
    rows.query(ErrandRow, RepairErrand, repairer=Repairer.name, task=TaskTypeRow.name)
    .join(Repairer, Repairer.id == RepairErrand.repairer_id)
    .join(CaseTask, CaseTask.id == RepairErrand.case_task_id)
    .join(TaskTypeRow, TaskTypeRow.id == CaseTask.task_type_id)
    .order_by(RepairErrand.case_id, RepairErrand.id)
)


def errands(session: Session, case_ids: Collection[int]) -> list[ErrandRow]:
    """All errands of cases, the oldest first."""
    found: list[ErrandRow] = []
    for part in chunks(sorted(case_ids)):
        found += rows.fill(ErrandRow, session, _ROWS.where(RepairErrand.case_id.in_(part)))
    return found


def of_order(session: Session, order_id: int | None) -> list[ErrandRow]:
    """The errands of the cases that the pieces of an order are or were in since it was sent."""
    sent = (
        select(CaseUnit.case_id)
        .join(OrderLine, OrderLine.unit_id == CaseUnit.unit_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Case, Case.id == CaseUnit.case_id)
        .where(Order.id == order_id, Case.opened_at >= Order.sent_at)
    )
    return rows.fill(ErrandRow, session, _ROWS.where(RepairErrand.case_id.in_(sent)))


def of_task(session: Session, case_task_id: int) -> RepairErrand | None:
    """The errand that a task of a case is done by."""
    return session.scalar(select(RepairErrand).where(RepairErrand.case_task_id == case_task_id))


def unsettled(session: Session, case_id: int) -> ErrandRow | None:
    """The first errand of a case that is out, or that no invoice has come of."""
    return rows.first(ErrandRow, session, _unsettled(), {"case_id": case_id})


@functools.cache
def _unsettled() -> Select[*tuple[Any, ...]]:
    of_case = RepairErrand.case_id == bindparam("case_id")
    return _ROWS.where(of_case, RepairErrand.invoice_ore.is_(None)).limit(1)


def is_out() -> ColumnElement[bool]:
    """Whether the pieces of a case are at a repairer."""
    return exists().where(RepairErrand.case_id == Case.id, RepairErrand.returned_on.is_(None))


def has_invoice(session: Session, errand: RepairErrand, invoice: str) -> bool:
    """Whether another errand to the same repairer has this invoice."""
    query = select(RepairErrand.id).where(
        RepairErrand.repairer_id == errand.repairer_id,
        RepairErrand.invoice_number == invoice,
        RepairErrand.id != errand.id,
    )
    return session.scalar(query) is not None
