"""Logging in: by name and password, or as the system's user where an administrator linked it.

Someone unknown, someone inactive and a wrong password get the same answer after the same time.
After five wrong tries in a row the login is closed for a while that doubles with each further one.
"""

import contextlib
import datetime as dt
import hashlib
import math
import os
import sys

from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.services import passwords
from moebelcirkel.services.context import Actor, Context, Work
from moebelcirkel.services.users import PASSWORD_KIND, REHASH_KIND, put_password, system_name
from moebelcirkel.storage import login_queries
from moebelcirkel.storage.users import LoginTry, User
from moebelcirkel.storage.work import Session, load_grants, not_allowed


class NewPasswordNeeded(Refused):
    """The password was right but only good for choosing a new one: ask for it and try again."""


def log_in(
    context: Context, login: str, password: str, *, new_password: str | None = None
) -> Actor:
    """Who logs in, with the roles; ``new_password`` answers ``NewPasswordNeeded``."""
    name = rules.plain_login(login)
    key = _key(name)
    with context.read() as session:
        tries = session.get(LoginTry, key)
        wait = _wait(tries, context.now())
        person = login_queries.person(session, name)
        if person is not None and not person.active:
            person = None
        stored = None if person is None else person.password_hash
    if wait:
        raise Refused(
            N_("Too many wrong tries. Wait {seconds} seconds, and try again."), seconds=wait
        )
    right = passwords.matches(stored, password)
    if person is None or stored is None or not right:
        _count_wrong_try(context, key)
        raise Refused(N_("Login or password is not right. Check both and try again."))
    if tries is not None:
        _forget_tries(context, key)
    if person.password_once:
        _replace_once(context, person.id, new_password)
    elif passwords.outdated(stored):
        _store_anew(context, person.id, stored, password)
    return actor_of(context, person.id)


def actor_of(context: Context, user_id: int) -> Actor:
    """The actor for an active user with the roles as they are now."""
    with context.read() as session:
        person = session.get(User, user_id)
        if person is None or not person.active:
            raise Refused(N_("That user is no longer active. Ask an administrator."))
        return _actor(session, person)


def log_in_by_system(context: Context, system_user: str) -> Actor:
    """The person an administrator linked to the system's user, for the command line."""
    name = system_name(system_user)
    with context.read() as session:
        person = login_queries.linked_person(session, name) if name else None
        if person is None:
            raise Refused(
                N_(
                    "The system's user “{name}” is linked to nobody here. Use --user, or let an "
                    "administrator link it under Users and roles."
                ),
                name=system_user,
            )
        return _actor(session, person)


def system_user() -> str:
    """The name the system itself knows this process by; never taken from the environment."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name


def _actor(session: Session, person: User) -> Actor:
    grants = load_grants(session, person.id)
    if not grants:
        raise Refused(
            N_("You have no role in the program yet. Ask an administrator to give you one.")
        )
    return Actor(person.id, person.name, grants, person.login)


# --- a password that is lost -------------------------------------------------------------------


def reset_password(context: Context, login: str) -> str:
    """Make up a password that lets its owner choose a new one; only on the machine itself."""
    if context.actor.grants is not None:
        raise not_allowed()
    name = rules.plain_login(login)
    fresh = passwords.one_time()

    def body(work: Work) -> dict[str, object]:
        person = login_queries.person(work.session, name)
        if person is None:
            raise Refused(N_("There is no user “{name}”. Check the spelling."), name=login)
        if not person.active:
            raise Refused(
                N_("The user “{name}” is inactive. Let an administrator make it active first."),
                name=login,
            )
        put_password(work, person, fresh, once=True)
        login_queries.forget_tries(work.session, _key(name))
        return {"id": person.id}

    context.write(PASSWORD_KIND, None, body)
    return fresh


def change_own_password(context: Context, old: str, new: str) -> None:
    """Change the asker's own password, knowing the old one."""
    user_id = context.actor.user_id
    if user_id is None:
        raise not_allowed()

    def body(work: Work) -> dict[str, object]:
        person = work.get(User, user_id)
        if not person.active or not passwords.matches(person.password_hash, old):
            raise Refused(N_("The old password is not right."), field="old")
        put_password(work, person, new)
        return {"id": user_id}

    context.write(PASSWORD_KIND, None, body)


def _replace_once(context: Context, user_id: int, new_password: str | None) -> None:
    if new_password is None:
        raise NewPasswordNeeded(N_("This password works only once. Choose a new one."))

    def body(work: Work) -> dict[str, object]:
        person = work.get(User, user_id)
        if passwords.matches(person.password_hash, new_password):
            raise Refused(N_("Choose another password than the old one."), field="password")
        put_password(work, person, new_password)
        return {"id": user_id}

    owner = context.as_actor(actor_of(context, user_id))
    owner.write(PASSWORD_KIND, None, body)


def _store_anew(context: Context, user_id: int, stored: str, password: str) -> None:
    """Hash again with today's cost. The password is the same, so nobody's form grows stale."""
    fresh = passwords.hashed(password)
    owner = context.as_actor(actor_of(context, user_id))
    with contextlib.suppress(Unavailable):
        owner.write(
            REHASH_KIND, None, lambda work: login_queries.store_anew(work, user_id, stored, fresh)
        )


# --- wrong tries -------------------------------------------------------------------------------


def _key(name: str) -> str:
    """A hash, since people type passwords into the wrong field."""
    return hashlib.sha256(f"login {name}".encode()).hexdigest()


def _wait(tries: LoginTry | None, now: dt.datetime) -> int:
    """Whole seconds left of the wait."""
    if tries is None or abs(now - tries.last_at) > rules.TRIES_FORGOTTEN:
        return 0  # also when a clock that went wrong has been put right
    left = tries.last_at + rules.wait_after(tries.failures) - now
    return math.ceil(max(0.0, min(left, rules.LONGEST_WAIT).total_seconds()))


def _count_wrong_try(context: Context, key: str) -> None:
    with context.database.write() as session:
        login_queries.count_wrong_try(session, key, context.now(), rules.TRIES_FORGOTTEN)


def _forget_tries(context: Context, key: str) -> None:
    with contextlib.suppress(Unavailable), context.database.write() as session:
        login_queries.forget_tries(session, key)
