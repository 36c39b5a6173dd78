"""What is asked about task types and hour rates."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow


def task_types(session: Session, *, inactive: bool) -> list[TaskTypeRow]:
    """Task types in their order."""
    query = select(TaskTypeRow).order_by(TaskTypeRow.position, TaskTypeRow.id)
    return list(session.scalars(query if inactive else query.where(TaskTypeRow.active)))


def hour_rates(session: Session, *, inactive: bool) -> list[HourRate]:
    """Hour rates in their order."""
    query = select(HourRate).order_by(HourRate.position, HourRate.id)
    return list(session.scalars(query if inactive else query.where(HourRate.active)))


def other_active_rates(session: Session, rate_id: int) -> int:
    """How many hour rates are active beside this one."""
    query = select(func.count(HourRate.id)).where(HourRate.active, HourRate.id != rate_id)
    return session.scalar(query) or 0


def last_position(session: Session, model: type[TaskTypeRow] | type[HourRate]) -> int:
    """Where the last row of the list stands."""
    return session.scalar(select(func.max(model.position))) or 0


def adapting(session: Session) -> list[TaskTypeRow]:
    """The task types that can be ordered with a piece, in their order."""
    offered = TaskTypeRow.active, TaskTypeRow.adapt_weeks.is_not(None)
    return list(
        session.scalars(
            select(TaskTypeRow).where(*offered).order_by(TaskTypeRow.position, TaskTypeRow.id)
        )
    )
