"""What is asked of the history: changes by page and filter, and whether one was answered."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.changes.kinds import CREATED
from moebelcirkel.storage import rows
from moebelcirkel.storage.done import DoneT, again
from moebelcirkel.storage.tables.changes import Change, ChangeResult, Event
from moebelcirkel.storage.tables.users import User

_REVERSED_ONE = aliased(Change)
_REVERSING = aliased(Change)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history; ``rows`` is how many events the change has.

    ``created`` says that it made what its kind is about, and ``reverses_created`` that what it
    reverses did.
    """

    id: int
    kind: str
    at: dt.datetime
    actor_id: int | None
    actor: str
    rows: int
    reverses_id: int | None
    undone: bool
    reverses_kind: str
    created: bool = False
    reverses_created: bool = False


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Whose changes and of which group of kinds; ``None`` and "" mean all."""

    actor_id: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class OthersChanges:
    """The newest change there is, and the kinds of rows that others have touched meanwhile."""

    newest: int
    kinds: frozenset[str]


def elsewhere(session: Session, seen: int | None, own: str) -> OthersChanges:
    """What has come since the change ``seen``, but for what the asker's ``own`` session did.

    Writers come one at a time, so no change with a lower number is committed later.
    """
    newest = session.scalar(select(func.max(Change.id))) or 0
    if seen is None or newest <= seen:
        return OthersChanges(newest, frozenset())
    query = (
        select(ChangeResult.kinds)
        .join(Change, Change.id == ChangeResult.change_id)
        .where(Change.id > seen, Change.session != own)
        .distinct()
    )
    found = (kind for kinds in session.scalars(query) for kind in kinds.split())
    return OthersChanges(newest, frozenset(found))


def _conditions(wanted: ChangeFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor_id is not None:
        found.append(Change.actor_id == wanted.actor_id)
    if wanted.group:
        found.append(or_(Change.kind == wanted.group, Change.kind.like(f"{wanted.group}.%")))
    return found


def count(session: Session, wanted: ChangeFilter) -> int:
    """How many changes the filter leaves."""
    query = select(func.count()).select_from(Change).where(*_conditions(wanted))
    return session.scalar(query) or 0


def actors(session: Session) -> list[tuple[int, str]]:
    """Everybody who has changed something, in Danish order."""
    acted = exists().where(Change.actor_id == User.id)
    query = select(User.id, User.name).where(acted).order_by(User.sort_key, User.id)
    return [(row.id, row.name) for row in session.execute(query)]


def latest(
    session: Session, wanted: ChangeFilter, *, before_id: int | None, limit: int, offset: int = 0
) -> list[ChangeRow]:
    """Changes newest first: before an id, or (when someone jumped) from an offset."""
    events = select(func.count(Event.id)).where(Event.change_id == Change.id)
    query = (
        rows.query(
            ChangeRow,
            Change,
            actor=func.coalesce(User.name, ""),
            rows=events.correlate(Change).scalar_subquery(),
            undone=exists().where(_REVERSING.reverses_id == Change.id),
            reverses_kind=func.coalesce(_REVERSED_ONE.kind, ""),
            created=_created(Change),
            reverses_created=_created(_REVERSED_ONE),
        )
        .outerjoin(User, User.id == Change.actor_id)
        .outerjoin(_REVERSED_ONE, _REVERSED_ONE.id == Change.reverses_id)
        .where(*_conditions(wanted))
        .order_by(Change.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Change.id < before_id)
    elif offset:
        query = query.offset(offset)
    return rows.fill(ChangeRow, session, query)


def _created(change: type[Change]) -> ColumnElement[bool]:
    """Whether a change made a row of the table that its kind is about."""
    pairs = ((change.kind == kind, Event.entity == about[0]) for kind, about in CREATED.items())
    return exists().where(
        Event.change_id == change.id, Event.before.is_(None), or_(*(and_(*each) for each in pairs))
    )


def has_created(session: Session, change_id: int) -> bool:
    """Whether a change made what its kind is about."""
    query = select(Change.id).where(Change.id == change_id, _created(Change))
    return session.scalar(query) is not None


def is_answered(session: Session, change_id: int, *, but_by: int) -> bool:
    """Whether another change than ``but_by`` has reversed this one."""
    query = select(Change.id).where(Change.reverses_id == change_id, Change.id != but_by)
    return session.scalar(query) is not None


def entities(session: Session, change_id: int) -> set[str]:
    """The tables a change wrote to."""
    query = select(Event.entity).where(Event.change_id == change_id).distinct()
    return set(session.scalars(query))


def touched(session: Session, change_id: int) -> dict[str, int]:
    """How many rows of each table a change wrote to, the first written first."""
    query = (
        select(Event.entity, func.count(Event.entity_id.distinct()))
        .where(Event.change_id == change_id)
        .group_by(Event.entity)
        .order_by(func.min(Event.id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def keys(session: Session, change_id: int, entity: str) -> list[int]:
    """The rows of a table that a change wrote to."""
    query = select(Event.entity_id).where(Event.change_id == change_id, Event.entity == entity)
    return sorted({int(key) for key in session.scalars(query)})


def answer(session: Session, change_id: int, kind: type[DoneT]) -> DoneT | None:
    """What a change answered; nothing where that is of another kind, as from an older program."""
    found = session.get_one(ChangeResult, change_id)
    return again(kind, change_id, found.kinds, found.data)


def answered(session: Session, request_id: str, kind: type[DoneT]) -> DoneT | None:
    """What a request came to, if it ever arrived."""
    query = (
        select(ChangeResult)
        .join(Change, Change.id == ChangeResult.change_id)
        .where(Change.request_id == request_id)
    )
    found = session.scalar(query)
    return None if found is None else again(kind, found.change_id, found.kinds, found.data)
