"""What every write looks at first, in its own transaction: the schema, the clock and the asker.

A program that runs on while another one updates the database must not write what the new schema
does not know. On PostgreSQL the server's clock decides. On SQLite the PC's own clock does, and one
that cannot be right is asked about before anything is written. Whoever has been made inactive or
got another password since logging in is out.
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Exists,
    bindparam,
    column,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.errors import N_, ClockDoubt, SignedOut, Unavailable
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.storage import chain, migrate
from moebelcirkel.storage.rows import Ready
from moebelcirkel.storage.tables.base import UtcDateTime
from moebelcirkel.storage.tables.changes import Change, ChangeResult, Event
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.users import Deputy, User, UserRole

#: So far a clock may go back, as when it is put right by the network, before anybody is asked.
BACK = dt.timedelta(minutes=1)
#: The day that an example was made for begins at seven, also where it is made at night.
MORNING = dt.timedelta(hours=12)
#: After a longer pause than this it is more likely that the clock is wrong.
PAUSE = dt.timedelta(days=90)
#: The kind of change that says the clock is right; only its place in the row counts from then on.
CLOCK_KIND = "clock.confirm"
PASSWORD_KIND = "user.password"
#: No other role allows anything; only a damaged file can hold one, which its check names.
_ROLES = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, in which session, and the id that makes a repeated request harmless.

    ``now`` is only given where the caller has a clock of its own; ``version`` and ``since`` are
    the asker's version and the last change when logging in.
    """

    request_id: str
    actor_id: int | None
    session: str
    now: dt.datetime | None = None
    version: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class First:
    """The newest step of the schema, the newest change and link, the server's clock, an earlier
    answer, and what of that which was asked also holds.
    """

    schema: str
    newest: dt.datetime | None
    link: str
    server: dt.datetime | None
    answer: tuple[int, str, dict[str, Any]] | None
    holds: Sequence[bool] = ()


class Opening:
    """The same as what a write reads first, and what it found."""

    found: First

    def __init__(self, request_id: str, also: tuple[Exists, ...]) -> None:
        self._asked = (request_id, also)

    def __call__(self, session: Session) -> None:
        self.found = look(session, *self._asked)


def look(session: Session, request_id: str, also: tuple[Exists, ...] = ()) -> First:
    """All of it in one statement; what this program is too old for is refused."""
    connection = session.connection()
    query = _first(also, postgres=connection.dialect.name == "postgresql")
    rows = query.all(connection, {"request_id": request_id})
    if len(rows) != 1:
        raise Unavailable(migrate.UNCLEAR)
    (row,) = rows
    refuse_newer(row.version_num)
    answer = None if row.change_id is None else (row.change_id, row.kinds, row.data)
    return First(row.version_num, row.newest, row.link or "", row.server, answer, row[_ALSO:])


def refuse_newer(schema: str) -> None:
    """Refuse a database that a newer program has brought up to date meanwhile."""
    if schema not in _known_steps():
        raise Unavailable(migrate.NEWER)


@functools.cache
def _known_steps() -> frozenset[str]:
    return frozenset(migrate.revisions())


@functools.cache
def _first(also: tuple[Exists, ...], *, postgres: bool) -> Ready:
    schema = table("alembic_version", column("version_num"))
    newest = select(Change.at).order_by(Change.id.desc()).limit(chain.ONE).scalar_subquery()
    clock = func.clock_timestamp(type_=UtcDateTime()) if postgres else null()
    answered = (
        select(ChangeResult.change_id, ChangeResult.kinds, ChangeResult.data)
        .join(Change, Change.id == ChangeResult.change_id)
        .where(Change.request_id == bindparam("request_id"))
        .subquery()
    )
    query = select(
        schema.c.version_num,
        newest.label("newest"),
        chain.NEWEST.scalar_subquery().label("link"),
        clock.label("server"),
        answered.c.change_id,
        answered.c.kinds,
        answered.c.data,
        *also,
    ).select_from(schema.outerjoin(answered, schema.c.version_num.is_not(None)))
    return Ready(query)


#: Where in it stands what was asked also.
_ALSO = 7


def moment(
    first: First, own: dt.datetime, *, demo: Callable[[], bool], confirmed: bool
) -> dt.datetime:
    """When a change is made: by the server's clock, or by this PC's where it can be right.

    A clock that was put right by seconds turns no change round. Example data has a calendar of
    its own.
    """
    now = first.server or own
    if first.newest is None or confirmed:
        return now
    if first.server is None and doubtful(own, first.newest) and not demo():
        raise clock_doubt(own, first.newest)
    ahead = first.newest - now
    if ahead <= dt.timedelta(0):
        return now
    return first.newest if ahead <= BACK or (ahead <= MORNING and demo()) else now


def doubtful(now: dt.datetime, newest: dt.datetime) -> bool:
    """Whether a clock is more likely wrong than right, seen from the newest change."""
    return now < newest - BACK or now > newest + PAUSE


def clock_doubt(now: dt.datetime, newest: dt.datetime) -> ClockDoubt:
    """What is said of a doubtful clock."""
    return ClockDoubt(
        N_(
            "The clock of this PC says {now}, but the latest change is from {newest}. Put the "
            "clock right. If it is right, say so at log-in; until then nothing can be saved."
        ),
        now=now,
        newest=newest,
    )


def newest_change(session: Session) -> dt.datetime | None:
    """When the change was made that was written last."""
    return session.scalar(select(Change.at).order_by(Change.id.desc()).limit(1))


def newest_id(session: Session) -> int:
    """The last change so far."""
    return session.scalar(select(func.max(Change.id))) or 0


# --- who asks ------------------------------------------------------------------------------------


def grants_of(
    session: Session, user_id: int, version: int | None, since: int | None, own: str, today: dt.date
) -> tuple[int, frozenset[Grant]]:
    """The person's version and roles as they are now; ``SignedOut`` for who may not go on.

    ``version`` and ``since`` are the person's version and the last change when logging in; ``own``
    is the session that asks, which goes on when it gave itself another password.
    """
    session.flush()
    asked = {"user_id": user_id, "today": today}
    rows = _PRESENT.all(session.connection(), asked)
    return _as_they_are(session, rows, user_id, version, since, own)


def begin(
    session: Session, request: Request, today: dt.date, change: Mapping[str, object]
) -> tuple[int, frozenset[Grant] | None]:
    """Write the change's own row; its id, and the roles of who asks for it, as ``grants_of``.

    On a server both are one statement: every change waits for it.
    """
    connection, user_id = session.connection(), request.actor_id
    if user_id is None:
        return _NEW.scalar(connection, change), None
    who = (user_id, request.version, request.since, request.session)
    if connection.dialect.name != "postgresql":
        _version, grants = grants_of(session, *who, today)
        return _NEW.scalar(connection, change), grants
    session.flush()
    values = {f"new_{name}": value for name, value in change.items()}
    rows = _NEW_BY.all(connection, {**values, "user_id": user_id, "today": today})
    _version, grants = _as_they_are(session, rows, *who)
    return rows[0].change_id, grants


def _as_they_are(
    session: Session,
    rows: Sequence[Any],
    user_id: int,
    version: int | None,
    since: int | None,
    own: str,
) -> tuple[int, frozenset[Grant]]:
    if not rows or not rows[0].active:
        raise SignedOut(N_("That user is no longer active. Ask an administrator."))
    changed = since is not None and version != rows[0].version
    if changed and _new_password(session, user_id, since or 0, own):
        raise SignedOut(N_("Your password has been changed. Log in again."))
    roles = frozenset(
        Grant(Role(row.role), row.institution_id, row.for_id) for row in rows if row.role in _ROLES
    )
    return rows[0].version, roles


#: What a deputy may today in somebody's stead: what an approver may, and nothing else.
IN_STEAD = (
    select(UserRole.role, UserRole.institution_id, Deputy.user_id.label("for_id"))
    .join(Deputy, Deputy.user_id == UserRole.user_id)
    .join(User, User.id == Deputy.user_id)
    .where(
        Deputy.deputy_id == bindparam("user_id"),
        User.active,
        UserRole.role == Role.APPROVER.value,
        or_(Deputy.first_on.is_(None), Deputy.first_on <= bindparam("today")),
        or_(Deputy.last_on.is_(None), Deputy.last_on >= bindparam("today")),
    )
)
#: A role of one's own, and with it the same at those that were merged into its institution: what
#: was delivered to them is answered for by who works for the one that stays.
_HELD = union_all(
    select(UserRole.user_id, UserRole.role, UserRole.institution_id),
    select(UserRole.user_id, UserRole.role, Institution.id).join(
        Institution, Institution.merged_into_id == UserRole.institution_id
    ),
).subquery()
_OWN = select(_HELD.c.role, _HELD.c.institution_id, null().label("for_id")).where(
    _HELD.c.user_id == bindparam("user_id")
)
_ALL_ROLES = union_all(_OWN, IN_STEAD).subquery()
_PRESENT = Ready(
    select(User.active, User.version, *_ALL_ROLES.c)
    .outerjoin(_ALL_ROLES, true())
    .where(User.id == bindparam("user_id"))
)
_NEW = Ready(insert(Change).returning(Change.id))
_MADE = (
    insert(Change)
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("request_id", "kind", "actor_id", "session", "at", "reverses_id")
        }
    )
    .returning(Change.id)
    .cte("made")
)
_NEW_BY = Ready(
    select(_MADE.c.id.label("change_id"), User.active, User.version, *_ALL_ROLES.c)
    .select_from(User)
    .outerjoin(_ALL_ROLES, true())
    .join(_MADE, true())
    .where(User.id == bindparam("user_id"))
)


def load_grants(
    session: Session, user_id: int, today: dt.date | None = None
) -> frozenset[Grant] | None:
    """The roles of an active user, with those that are stood in for on a day.

    ``None`` would mean everything, so a missing user has none.
    """
    session.flush()
    connection = session.connection()
    own = connection.execute(_GRANTS, {"user_id": user_id})
    found = {Grant(Role(role), place) for role, place in own if role in _ROLES}
    if today is not None:
        instead = connection.execute(IN_STEAD, {"user_id": user_id, "today": today})
        found |= {Grant(Role(role), place, whose) for role, place, whose in instead}
    return frozenset(found)


_GRANTS = (
    select(_HELD.c.role, _HELD.c.institution_id)
    .join(User, User.id == _HELD.c.user_id)
    .where(_HELD.c.user_id == bindparam("user_id"), User.active)
)


def _new_password(session: Session, user_id: int, since: int, own: str) -> bool:
    """Whether the person was given another password anywhere else."""
    query = exists().where(
        Change.id > since,
        Change.kind == PASSWORD_KIND,
        or_(Change.actor_id.is_distinct_from(user_id), Change.session != own),
        Event.change_id == Change.id,
        Event.entity == User.__tablename__,
        Event.entity_id == str(user_id),
    )
    return bool(session.scalar(select(query)))
