"""Logging in: by name and password, or as the system's user where an administrator linked it.

Someone unknown, someone inactive and a wrong password get the same answer after the same time.
A try is counted before it is tested, so that many at once are no more than one after the other.
After some wrong tries in a row one has to wait, twice as long after each further one: for a login
at this workstation, for all logins at this workstation, and shortly for a login anywhere.
"""

import contextlib
import datetime as dt
import hashlib
import math
import platform
from collections.abc import Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.domain.users import badges as badge_rules
from moebelcirkel.services.context import Actor, Context, Saved, Work
from moebelcirkel.services.start import passwords
from moebelcirkel.services.users import PASSWORD_KIND, REHASH_KIND, put_password, system_name
from moebelcirkel.storage import beginning
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.server import connecting, persons
from moebelcirkel.storage.tables.users import LoginTry, User
from moebelcirkel.storage.work import Session, load_grants, moment, not_allowed, stale


class NewPasswordNeeded(Refused):
    """The password was right but only good for choosing a new one: ask for it and try again."""


def log_in(
    context: Context, login: str, password: str, *, new_password: str | None = None
) -> Actor:
    """Who logs in, with the roles; ``new_password`` answers ``NewPasswordNeeded``."""
    name = rules.plain_login(login)
    _count_try(context, name)
    with context.read() as session:
        person = login_queries.person(session, name)
        if person is not None and not person.active:
            person = None
        stored = None if person is None else person.password_hash
    right = passwords.matches(stored, password)
    if person is None or stored is None or not right:
        raise Refused(N_("Login or password is not right. Check both and try again."))
    _take_back_try(context, name)
    _refuse_another(context, person.id)
    if person.password_once:
        _replace_once(context, person.id, new_password)
    elif passwords.outdated(stored):
        _store_anew(context, person.id, stored, password)
    return actor_of(context, person.id)


class PinNeeded(Refused):
    """The badge is known, and asks for its PIN."""


_ANOTHER = N_("You are connected to the server as {name}. Log in as yourself.")
#: What a badge is told where each person has an account of the server's.
BADGE_IS_NO_ACCOUNT = N_(
    "Here everybody has an account of their own on the server, and a badge does not open it. Choose"
    " Change user, and log in with your password."
)


def log_in_by_badge(context: Context, code: str, pin: str | None = None) -> Actor:
    """Who takes over by a badge; ``pin`` answers ``PinNeeded``.

    A badge nobody has counts as a wrong try at this workstation, a wrong PIN as a wrong password.
    """
    secret = badge_rules.secret_of(code)
    known = digest(secret or "")
    with context.read() as session:
        badge = login_queries.badge_of(session, known)
        person = None if badge is None else session.get(User, badge.user_id)
    if secret is None or badge is None or person is None or not person.active:
        _count_try(context, f"badge {known}")
        raise Refused(N_("That badge is not in use. Log in with your name, or ask for a new one."))
    if badge.pin_hash is not None:
        if pin is None:
            raise PinNeeded(N_("Write the PIN of your badge."))
        _count_try(context, person.login)
        if not passwords.matches(badge.pin_hash, pin):
            raise Refused(N_("The PIN is not right. Try again."), field="pin")
        _take_back_try(context, person.login)
    _refuse_another(context, person.id, BADGE_IS_NO_ACCOUNT)
    return actor_of(context, person.id)


def actor_of(context: Context, user_id: int) -> Actor:
    """The actor for an active user with the roles as they are now."""
    with context.read() as session:
        person = session.get(User, user_id)
        if person is None or not person.active:
            raise Refused(N_("That user is no longer active. Ask an administrator."))
        return _actor(session, person, context.today())


def still_there(context: Context) -> Actor:
    """The asker as of now, with new roles where they have changed; ``SignedOut`` for who is out.

    An open window asks at each reading and once a second; a write asks by itself.
    """
    actor = context.actor
    if actor.user_id is None or actor.grants is None:
        return actor
    with context.read() as session:
        version, grants = beginning.grants_of(
            session, actor.user_id, actor.version, actor.since, context.session, context.today()
        )
    return replace(actor, version=version, grants=grants)


def log_in_by_system(context: Context, names: Sequence[str]) -> Actor:
    """The person an administrator linked to the system's user, by any form of that user's name."""
    with context.read() as session:
        found = [login_queries.linked_person(session, system_name(name)) for name in names]
        person = next((each for each in found if each is not None), None)
        if person is None:
            raise Refused(
                N_(
                    "The system's user “{name}” is linked to nobody here. Use --user, or let an "
                    "administrator link it under Users and roles."
                ),
                name=next(iter(names), "?"),
            )
        actor = _actor(session, person, context.today())
    _refuse_another(context, person.id)
    return actor


def log_in_by_server(context: Context) -> Actor | None:
    """Whose account on the server this is, where each person has one."""
    with context.read() as session:
        key = persons.user_of(session.connection())
        person = None if key is None else session.get(User, key)
        if person is None or not person.active:
            return None
        return _actor(session, person, context.today())


def has_accounts(context: Context) -> bool:
    """Whether each person is an account of the server's."""
    with context.read() as session:
        return persons.are_accounts(session.connection())


def log_in_by_account(context: Context) -> Actor:
    """Whoever the server let in by name and password, which is proof enough."""
    actor = log_in_by_server(context)
    if actor is None:
        raise Refused(N_("That account on the server is nobody's in the program."))
    return actor


def confirm_by_account(context: Context, password: str) -> None:
    """As ``confirm``, where the server knows the password of whoever is at work."""
    context.require_role()
    still_there(context)
    _count_try(context, context.actor.login)
    fresh = Database(context.database.url.set(password=password))
    try:
        with fresh.read() as session:
            persons.user_of(session.connection())
    except Unavailable as error:
        if error.message != connecting.NOT_LET_IN:
            raise
        raise _Wrong(N_("The password is not right. Try again."), field="password") from error
    finally:
        fresh.close()
    _take_back_try(context, context.actor.login)


def _refuse_another(context: Context, user_id: int, said: str = _ANOTHER) -> None:
    """The server would refuse each change in another's name; so it is said at once."""
    with context.read() as session:
        key = persons.user_of(session.connection())
        mine = None if key is None else session.get(User, key)
        if mine is not None and key != user_id:
            raise Refused(said, name=mine.name)


@dataclass(frozen=True, slots=True)
class Known:
    """Who may come in without a password, and the name they are known by."""

    actor: Actor
    account: str


def known(context: Context, names: Sequence[str] = ()) -> Known | None:
    """Who is there, as the server knows by its account, or by the names of the system's user.

    ``names`` are given where whoever runs the machine has switched that on.
    """
    try:
        if (actor := log_in_by_server(context)) is not None:
            with context.read() as session:
                return Known(actor, persons.account_of(session.connection()))
        return Known(log_in_by_system(context, names), names[0]) if names else None
    except Refused:
        return None


def _actor(session: Session, person: User, today: dt.date) -> Actor:
    grants = load_grants(session, person.id, today)
    if not grants:
        raise Refused(
            N_("You have no role in the program yet. Ask an administrator to give you one.")
        )
    since = beginning.newest_id(session)
    return Actor(person.id, person.name, grants, person.login, person.version, since)


# --- a password that is lost -------------------------------------------------------------------


def reset_password(context: Context, login: str) -> str:
    """Make up a password that lets its owner choose a new one; only on the machine itself."""
    if context.actor.grants is not None:
        raise not_allowed()
    name = rules.plain_login(login)
    fresh = passwords.one_time()

    def body(work: Work) -> Saved:
        person = login_queries.person(work.session, name)
        if person is None:
            raise Refused(N_("There is no user “{name}”. Check the spelling."), name=login)
        if not person.active:
            raise Refused(
                N_("The user “{name}” is inactive. Let an administrator make it active first."),
                name=login,
            )
        put_password(work, person, fresh, once=True)
        login_queries.forget_tries(work.session, _keys(name)[0])
        return Saved(id=person.id)

    context.write(PASSWORD_KIND, None, body)
    return fresh


def change_own_password(context: Context, old: str, new: str) -> None:
    """Change the asker's own password, knowing the old one."""
    try:
        user_id, stored = confirm(context, old)
    except _Wrong as error:
        raise Refused(N_("The old password is not right."), field="old") from error

    def body(work: Work) -> Saved:
        person = work.get(User, user_id)
        if person.password_hash != stored:
            raise stale(work.session, User.__tablename__, user_id)
        put_password(work, person, new)
        return Saved(id=user_id)

    context.write(PASSWORD_KIND, None, body)


class _Wrong(Refused):
    """Not the password of whoever is at work."""


def confirm(context: Context, password: str) -> tuple[int, str | None]:
    """Prove that whoever is at work is there; answers who it is, and the hash that was right.

    A wrong password counts, and makes wait, as at the log-in.
    """
    user_id = context.actor.user_id
    if user_id is None:
        raise not_allowed()
    context.require_role()
    still_there(context)
    _count_try(context, context.actor.login)
    with context.read() as session:
        known = session.get(User, user_id)
        stored = None if known is None else known.password_hash
    if not passwords.matches(stored, password):
        raise _Wrong(N_("The password is not right. Try again."), field="password")
    _take_back_try(context, context.actor.login)
    return user_id, stored


def _replace_once(context: Context, user_id: int, new_password: str | None) -> None:
    if new_password is None:
        raise NewPasswordNeeded(N_("This password works only once. Choose a new one."))

    def body(work: Work) -> Saved:
        person = work.get(User, user_id)
        if passwords.matches(person.password_hash, new_password):
            raise Refused(N_("Choose another password than the old one."), field="password")
        put_password(work, person, new_password)
        return Saved(id=user_id)

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


_PATIENCE = (rules.OF_A_NAME, rules.OF_A_LOGIN, rules.OF_A_STATION)


def _keys(name: str) -> tuple[str, str, str]:
    """What tries are counted for: the login anywhere, the login here, and this workstation.

    Hashes, since people type passwords into the wrong field. The first two begin alike.
    """
    login = login_queries.key_of(name)
    station = hashlib.sha256(f"station {platform.node()}".encode()).hexdigest()[:32]
    return login, f"{login}{station}", f"station {station}"


def _count_try(context: Context, name: str) -> None:
    """Count the try before its password is tested; refused while one has to wait.

    One writer at a time: of many tries at once each sees those that were counted before it. A clock
    that cannot be right is asked about first (``ClockDoubt``): it would count, and forget, wrong.
    """
    asked = dict(zip(_keys(name), _PATIENCE, strict=True))
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        login_queries.bring_back_tries(session, now)
        for key, patience in asked.items():
            login_queries.forget_old_tries(session, now - patience.forgotten, [key])
        login_queries.forget_old_tries(session, now - max(each.forgotten for each in _PATIENCE))
        known = login_queries.tries(session, list(asked))
        wait = max(_wait(known.get(key), now, own) for key, own in asked.items())
        if not wait:
            login_queries.count_tries(session, list(asked), now)
    if wait:
        raise Refused(
            N_("Too many wrong tries. Wait {seconds} seconds, and try again."), seconds=wait
        )


def _wait(tries: LoginTry | None, now: dt.datetime, patience: rules.Patience) -> int:
    """Whole seconds left of the wait."""
    if tries is None:
        return 0
    left = tries.last_at + rules.wait_after(tries.failures, patience) - now
    return math.ceil(max(0.0, left.total_seconds()))


def _take_back_try(context: Context, name: str) -> None:
    """The password was right: the login starts anew, and this try was none of a guesser's.

    Wrong tries at this workstation under other names stay counted.
    """
    login, _here, station = _keys(name)
    with contextlib.suppress(Unavailable), context.database.write() as session:
        login_queries.forget_tries(session, login)
        login_queries.take_back_try(session, station)
