"""Mail that waits: claimed by one sender, and what came of it.

Writers queue, so whoever looks what waits and claims it in one write is alone at it.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from moebelcirkel.domain.messages import CLAIMED_FOR, LONGEST_WAIT, TRIED_FOR, Mail, next_try
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.tables.users import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message whose mail waits, with who gets it."""

    id: int
    recipient_id: int
    email: str
    active: bool
    subject: str
    body: str
    tries: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many mails wait, and since when."""

    count: int
    since: dt.datetime | None


def _due(now: dt.datetime) -> ColumnElement[bool]:
    """Neither a claim nor a next try counts that a clock wrote which was far ahead."""
    free = or_(
        Message.claimed_at.is_(None),
        Message.claimed_at < now - CLAIMED_FOR,
        Message.claimed_at > now + CLAIMED_FOR,
    )
    due = or_(
        Message.next_at.is_(None),
        Message.next_at <= now,
        Message.next_at > now + LONGEST_WAIT + CLAIMED_FOR,
    )
    return and_(Message.mail == Mail.WAITING, free, due)


def is_due(session: Session, now: dt.datetime) -> bool:
    """Whether any mail is to be tried now."""
    return session.scalar(select(Message.id).where(_due(now)).limit(1)) is not None


def claim(session: Session, now: dt.datetime, by: str, most: int) -> list[Waiting]:
    """Take all that is due for at most so many people, those first who have waited longest."""
    first = (
        select(Message.recipient_id)
        .where(_due(now))
        .group_by(Message.recipient_id)
        .order_by(func.min(Message.id))
        .limit(most)
    )
    people = list(session.scalars(first))
    query = (
        rows.query(Waiting, Message, User)
        .join(User, User.id == Message.recipient_id)
        .where(_due(now), Message.recipient_id.in_(people))
        .order_by(Message.id)
    )
    found = rows.fill(Waiting, session, query)
    _set(session, [each.id for each in found], claimed_at=now, claimed_by=by)
    return found


def sent(session: Session, ids: Collection[int], now: dt.datetime) -> None:
    """The server took it."""
    _set(session, ids, mail=Mail.SENT, sent_at=now, claimed_at=None, error="")


def not_sent(
    session: Session, some: Collection[Waiting], now: dt.datetime, error: str, *, final: bool
) -> None:
    """It did not: tried again later, or never."""
    for each in some:
        _set(
            session,
            [each.id],
            tries=each.tries + 1,
            next_at=next_try(each.tries + 1, now),
            claimed_at=None,
            error=error,
            mail=Mail.FAILED if final else Mail.WAITING,
        )


def let_go(session: Session, ids: Collection[int], claimed_at: dt.datetime) -> None:
    """Whoever comes next may send them; what somebody else has claimed since stays theirs."""
    mine = update(Message).where(Message.id.in_(sorted(ids)), Message.claimed_at == claimed_at)
    session.connection().execute(mine.values(claimed_at=None))


def keep(session: Session, ids: Collection[int]) -> None:
    """Nobody can be mailed any more: it stands in the program alone."""
    _set(session, ids, mail=Mail.KEPT, claimed_at=None)


def give_up(session: Session, now: dt.datetime) -> int:
    """What was tried for too long is tried no more; tells how many."""
    old = update(Message).where(Message.mail == Mail.WAITING, Message.created_at < now - TRIED_FOR)
    return int(session.connection().execute(old.values(mail=Mail.FAILED)).rowcount)


def backlog(session: Session) -> Backlog:
    """What waits."""
    waiting = select(func.count(Message.id), func.min(Message.created_at))
    count, since = session.execute(waiting.where(Message.mail == Mail.WAITING)).one()
    return Backlog(count, since)


def written_once(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these reminders were written already."""
    query = select(Message.once).where(Message.once.in_(sorted(keys)))
    return {key for key in session.scalars(query) if key}


def _set(session: Session, ids: Collection[int], **values: object) -> None:
    if ids:
        some = update(Message).where(Message.id.in_(sorted(ids)), Message.mail == Mail.WAITING)
        session.connection().execute(some.values(values))
