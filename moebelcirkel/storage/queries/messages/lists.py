"""Somebody's messages, what was told of a change, and what is old enough to be forgotten."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from moebelcirkel.domain.messages import Cause, Mail
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.messages import Message

#: The list as it is shown.
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """One message as its recipient sees it."""

    id: int
    cause: str
    subject: str
    body: str
    entity: str
    entity_id: int | None
    created_at: dt.datetime
    read_at: dt.datetime | None
    undone: bool
    mail: str
    sent_at: dt.datetime | None


def _shown(user_id: int) -> ColumnElement[bool]:
    """What was undone before anybody read it is no news."""
    there = or_(Message.undone.is_(False), Message.read_at.is_not(None))
    return (Message.recipient_id == user_id) & there


def listed(session: Session, user_id: int) -> list[ListedMessage]:
    """The newest messages of a person, the newest first."""
    query = rows.query(ListedMessage, Message)
    newest = query.where(_shown(user_id)).order_by(Message.id.desc()).limit(MOST_SHOWN)
    return rows.fill(ListedMessage, session, newest)


def unread(session: Session, user_id: int) -> int:
    """How many messages a person has not read."""
    query = select(func.count(Message.id)).where(_shown(user_id), Message.read_at.is_(None))
    return int(session.scalar(query) or 0)


def mark_read(session: Session, user_id: int, now: dt.datetime, ids: Collection[int] | None) -> int:
    """Note that a person has read these of their own messages, or all; tells how many were new."""
    mine = update(Message).where(Message.recipient_id == user_id, Message.read_at.is_(None))
    if ids is not None:
        mine = mine.where(Message.id.in_(sorted(ids)))
    return int(session.connection().execute(mine.values(read_at=now)).rowcount)


def of_change(session: Session, change_id: int) -> list[Message]:
    """What was told of a change."""
    query = select(Message).where(Message.change_id == change_id).order_by(Message.id)
    return list(session.scalars(query))


def no_longer_waits(session: Session, order_id: int, now: dt.datetime) -> None:
    """An order is decided: nobody has to be asked for it any more."""
    connection = session.connection()
    _NOT_SENT.run(connection, {"order_id": order_id})
    _READ.run(connection, {"order_id": order_id, "now": now})


_ASKED = update(Message).where(
    Message.entity == "shop_order",
    Message.entity_id == bindparam("order_id"),
    Message.cause.in_((Cause.ORDER_WAITS, Cause.ORDER_REMINDER)),
)
_NOT_SENT = rows.Ready(
    _ASKED.where(Message.mail == Mail.WAITING, Message.claimed_at.is_(None)).values(
        mail=Mail.WITHDRAWN
    )
)
_READ = rows.Ready(_ASKED.where(Message.read_at.is_(None)).values(read_at=bindparam("now")))


def forget_old(session: Session, before: dt.datetime) -> int:
    """Remove messages written before then, whose mail is not still to be sent; tells how many."""
    old = delete(Message).where(Message.created_at < before, Message.mail != Mail.WAITING)
    return int(session.connection().execute(old).rowcount)
