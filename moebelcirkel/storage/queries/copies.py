"""What is asked of the database beside its copies."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User


def since(session: Session, change_id: int) -> tuple[int, int, tuple[dt.datetime, str] | None]:
    """The changes after one, the pieces there are, and the last change: when and by whom."""
    newer = select(func.count()).where(Change.id > change_id)
    pieces = select(func.count()).select_from(Unit).where(Unit.state != State.VOID)
    last = (
        select(Change.at, func.coalesce(User.name, ""))
        .outerjoin(User, User.id == Change.actor_id)
        .where(Change.id > change_id)
        .order_by(Change.id.desc())
        .limit(1)
    )
    row = session.execute(last).first()
    return (
        session.scalar(newer) or 0,
        session.scalar(pieces) or 0,
        None if row is None else (row[0], row[1]),
    )


def erased_since(session: Session, change_id: int) -> int:
    """The changes after one that erased what is kept about people, and that an older copy has."""
    kinds = Change.kind.in_(("person.anonymise", "person.retain", "photo.erase"))
    query = select(func.count()).where(Change.id > change_id, kinds)
    return session.scalar(query) or 0
