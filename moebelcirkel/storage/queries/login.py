"""What logging in asks and keeps: who has the login, and the wrong tries so far.

Tries are no change anyone would look for in the history, so they stand outside it.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.events import secret
from moebelcirkel.storage.tables.badges import UserBadge
from moebelcirkel.storage.tables.users import LoginTry, User
from moebelcirkel.storage.work import Work


def person(session: Session, login: str) -> User | None:
    """Who has this login, active or not."""
    return session.scalar(select(User).where(User.login == login))


def linked_person(session: Session, os_login: str) -> User | None:
    """The active person linked to the system's user; nobody to none."""
    return session.scalar(select(User).where(User.os_login == os_login, User.active))


def store_anew(work: Work, user_id: int, stored: str, fresh: str) -> None:
    """Replace a hash by one of the same password; no version is raised, so no form grows stale."""
    mine = update(User).where(User.id == user_id, User.password_hash == stored)
    if work.session.connection().execute(mine.values(password_hash=fresh)).rowcount:
        before, after = ({"password_hash": secret(value)} for value in (stored, fresh))
        work.recorder.note("app_user", user_id, before, after)


def key_of(login: str) -> str:
    """What wrong tries of a login are counted under; a hash, as people type passwords there."""
    return hashlib.sha256(f"login {login}".encode()).hexdigest()[:32]


def wrong_tries(session: Session, people: Sequence[User]) -> dict[int, int]:
    """By person the wrong tries since the last right one, as long as they are remembered."""
    keys = {key_of(person.login): person.id for person in people}
    found = tries(session, list(keys))
    return {keys[key]: row.failures for key, row in found.items()}


def tries(session: Session, keys: Sequence[str]) -> dict[str, LoginTry]:
    """The wrong tries so far, of those keys that have any."""
    query = select(LoginTry).where(LoginTry.key.in_(keys))
    return {row.key: row for row in session.scalars(query)}


def forget_old_tries(session: Session, before: dt.datetime, keys: Sequence[str] = ()) -> None:
    """Tries from before that moment are over: those of the keys, or without any of anybody."""
    query = delete(LoginTry).where(LoginTry.last_at < before)
    session.execute(query.where(LoginTry.key.in_(keys)) if keys else query)


def bring_back_tries(session: Session, now: dt.datetime) -> None:
    """Tries from after now, as the clock went back, begin their wait anew: nobody is closed out."""
    session.execute(update(LoginTry).where(LoginTry.last_at > now).values(last_at=now))


def keep_tries(session: Session, now: dt.datetime) -> None:
    """No try is forgotten, nor a wait over, because the clock has become another."""
    session.execute(update(LoginTry).values(last_at=now))


def count_tries(session: Session, keys: Sequence[str], now: dt.datetime) -> None:
    """One more try for each key, taken as wrong until it proves right."""
    tries = [{"key": key, "failures": 1, "last_at": now} for key in keys]
    first = rows.own_insert(session)(LoginTry).values(tries)
    again = {"failures": LoginTry.failures + 1, "last_at": first.excluded.last_at}
    session.execute(first.on_conflict_do_update(index_elements=["key"], set_=again))


def take_back_try(session: Session, key: str) -> None:
    """The latest try was right after all."""
    session.execute(
        update(LoginTry)
        .where(LoginTry.key == key, LoginTry.failures > 0)
        .values(failures=LoginTry.failures - 1)
    )


def forget_tries(session: Session, beginning: str) -> None:
    """The wrong tries are over for all keys that begin so."""
    session.execute(delete(LoginTry).where(LoginTry.key.startswith(beginning)))


def badge_of(session: Session, secret_digest: str) -> UserBadge | None:
    """The badge with this secret."""
    return session.scalar(select(UserBadge).where(UserBadge.secret_digest == secret_digest))


def with_badges(session: Session, user_ids: Sequence[int]) -> frozenset[int]:
    """Who of these has a badge."""
    found = select(UserBadge.user_id).where(UserBadge.user_id.in_(user_ids))
    return frozenset(session.scalars(found))
