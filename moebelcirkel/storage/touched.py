"""Who changed a row last: what a refusal names."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.users import User


def last_touched(session: Session, entity: str, key: object) -> tuple[str, dt.datetime] | None:
    """Who changed a row last, and when, as far as it is known."""
    query = (
        select(Change.at, User.name)
        .join(Event, Event.change_id == Change.id)
        .outerjoin(User, User.id == Change.actor_id)
        .where(Event.entity == entity, Event.entity_id == str(key))
        .order_by(Event.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None or found.name is None else (found.name, found.at)
