"""What is asked of the history: the latest changes, and whether one has been answered."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.storage.changes import Change, Event
from moebelcirkel.storage.users import User


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history; ``rows`` is how many events the change has."""

    id: int
    kind: str
    at: dt.datetime
    actor: str
    rows: int
    reverses_id: int | None
    undone: bool


def latest(
    session: Session, *, before_id: int | None, limit: int, actor_id: int | None
) -> list[ChangeRow]:
    """Changes newest first, before an id, of everybody or of one person."""
    reversing = aliased(Change)
    events = select(func.count(Event.id)).where(Event.change_id == Change.id)
    query = (
        select(
            Change.id,
            Change.kind,
            Change.at,
            func.coalesce(User.name, ""),
            events.correlate(Change).scalar_subquery(),
            Change.reverses_id,
            exists().where(reversing.reverses_id == Change.id),
        )
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(Change.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Change.id < before_id)
    if actor_id is not None:
        query = query.where(Change.actor_id == actor_id)
    return [ChangeRow(*row) for row in session.execute(query)]


def is_answered(session: Session, change_id: int, *, but_by: int) -> bool:
    """Whether another change than ``but_by`` has reversed this one."""
    query = select(Change.id).where(Change.reverses_id == change_id, Change.id != but_by)
    return session.scalar(query) is not None
