"""Who changed a row last, and what is said to who may not change it, or comes too late."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.users import User

ZONE = ZoneInfo("Europe/Copenhagen")


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


def not_allowed() -> Refused:
    """The refusal for someone without the right."""
    return Refused(N_("You do not have the right to do this. Ask an administrator."))


def gone() -> Stale:
    """The refusal where a row is there no more."""
    return Stale(N_("It no longer exists. Reload the page."))


def stale(session: Session, entity: str, key: object) -> Stale:
    """The refusal that names who changed the row and when."""
    found = last_touched(session, entity, key)
    if found is None:
        return Stale(N_("It has just been changed by someone else. Reload and try again."))
    name, at = found
    return Stale(
        N_("It was changed by {name} at {time}. Reload and try again."),
        name=name,
        time=at.astimezone(ZONE).strftime("%H.%M"),
    )
