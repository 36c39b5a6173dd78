"""What is asked of the database beside its copies."""

import datetime as dt
import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage.copies.erased import Erased
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.photos import PhotoBlob
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


def house(session: Session) -> str:
    """Tells one municipality's database from another's, also after it was restored; or empty."""
    first = session.scalar(select(Change.request_id).order_by(Change.id).limit(1))
    return hashlib.sha256(first.encode()).hexdigest() if first else ""


def erased_since(session: Session, change_id: int) -> int:
    """The changes after one that erased what is kept about people, and that an older copy has."""
    kinds = Change.kind.in_(("person.anonymise", "person.retain", "photo.erase"))
    query = select(func.count()).where(Change.id > change_id, kinds)
    return session.scalar(query) or 0


def erased(session: Session, former: str) -> Erased:
    """The accounts that are anonymised, whose log-in begins so, and pictures erased for a cause."""
    accounts = select(User.id, User.created_at).where(
        User.login.startswith(former, autoescape=True), ~User.active
    )
    pictures = select(Event.entity_id, Event.after).where(
        Event.entity == PhotoBlob.__tablename__, Event.after.is_not(None)
    )
    causes = {
        row.entity_id: str(row.after["cause"])
        for row in session.execute(pictures.order_by(Event.id))
        if (row.after or {}).get("cause")
    }
    made = {row.id: row.created_at.isoformat() for row in session.execute(accounts)}
    return Erased(made, causes)


def come_back(session: Session, told: Erased, former: str) -> Erased:
    """What was erased and is here again; an account only where it is the same one."""
    here = erased(session, former)
    people = {
        key: told.accounts[key]
        for key, made in session.execute(
            select(User.id, User.created_at).where(User.id.in_(sorted(told.accounts)))
        )
        if key not in here.accounts and made.isoformat() == told.accounts[key]
    }
    there = select(PhotoBlob.sha256).where(
        PhotoBlob.sha256.in_(sorted(told.pictures)), PhotoBlob.jpeg.is_not(None)
    )
    lost = set(photo_queries.lost(session))
    pictures = {*session.scalars(there), *(lost & set(told.pictures))}
    return Erased(people, {key: told.pictures[key] for key in sorted(pictures)})
