"""Claims of what is done without a person, and the log of it.

Writers queue, so whoever looks whether something is due and claims it in one write is alone at it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from moebelcirkel.domain.routines import REMEMBERED, Last
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.routines import RoutineRun

#: The log as it is shown.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class RunOfRoutine:
    """One time of a routine; ``said`` is an English msgid that ``named`` fills."""

    id: int
    routine: str
    due: dt.datetime
    claimed_at: dt.datetime
    by: str
    finished_at: dt.datetime | None
    failed: bool
    said: str
    named: dict[str, str]

    @property
    def last(self) -> Last:
        """What the rules ask of it."""
        return Last(self.claimed_at, self.finished_at, self.failed)


_ALL = select(*RoutineRun.__table__.columns)


def newest(session: Session) -> dict[str, RunOfRoutine]:
    """Of each routine the run that was begun last."""
    newest_ids = select(func.max(RoutineRun.id)).group_by(RoutineRun.routine)
    found = rows.fill(RunOfRoutine, session, _ALL.where(RoutineRun.id.in_(newest_ids)))
    return {each.routine: each for each in found}


def log(session: Session) -> list[RunOfRoutine]:
    """The runs of all routines, the newest first."""
    return rows.fill(RunOfRoutine, session, _ALL.order_by(RoutineRun.id.desc()).limit(MOST_SHOWN))


def failing_since(session: Session) -> dict[str, dt.datetime]:
    """Of each routine that failed the last time, when it first did since it went well."""
    ended = RoutineRun.finished_at.is_not(None)
    good = select(RoutineRun.routine, func.max(RoutineRun.id).label("id"))
    well = good.where(ended, ~RoutineRun.failed).group_by(RoutineRun.routine).subquery()
    query = (
        select(RoutineRun.routine, func.min(RoutineRun.claimed_at))
        .outerjoin(well, well.c.routine == RoutineRun.routine)
        .where(ended, RoutineRun.failed, RoutineRun.id > func.coalesce(well.c.id, 0))
        .group_by(RoutineRun.routine)
    )
    return dict(iter(session.execute(query)))


def claim(session: Session, routine: str, due: dt.datetime, now: dt.datetime, by: str) -> int:
    """Begin a run; an open one that is there must have been ended before."""
    values = {"routine": routine, "due": due, "claimed_at": now, "by": by}
    made = insert(RoutineRun).values(values).returning(RoutineRun.id)
    return int(session.execute(made).scalar_one())


def finish(
    session: Session,
    key: int,
    now: dt.datetime,
    said: str,
    named: Mapping[str, str],
    *,
    failed: bool,
) -> bool:
    """Say what a run came to; not where somebody took it for dead meanwhile."""
    mine = update(RoutineRun).where(RoutineRun.id == key, RoutineRun.finished_at.is_(None))
    values = {"finished_at": now, "said": said, "named": dict(named), "failed": failed}
    ended = session.connection().execute(mine.values(values))
    return bool(ended.rowcount)


def let_go(session: Session, key: int) -> None:
    """A run that was stopped before it came to anything was none."""
    session.execute(
        delete(RoutineRun).where(RoutineRun.id == key, RoutineRun.finished_at.is_(None))
    )


def forget_old(session: Session, now: dt.datetime, kept: Iterable[int]) -> int:
    """Runs that nobody will ask for any more are forgotten; tells how many."""
    old = RoutineRun.claimed_at < now - REMEMBERED
    gone = delete(RoutineRun).where(
        old, RoutineRun.finished_at.is_not(None), RoutineRun.id.not_in(list(kept))
    )
    return int(session.connection().execute(gone).rowcount)
