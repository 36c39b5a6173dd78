"""History and undo: what was done, by whom, and taking it back."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import factors, users  # noqa: F401 - they check after an undo
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage import undo as storage_undo
from moebelcirkel.storage.changes import Change, Event
from moebelcirkel.storage.users import User

#: Kinds of change that only answer another or set the program up; they are not undone.
NOT_UNDOABLE = frozenset({"undo", "setup", "user.password", "report.record", "shop.hold"})


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the history."""

    id: int
    kind: str
    at: dt.datetime
    actor: str
    rows: int
    reverses_id: int | None
    undone: bool


def history(
    context: Context, *, before_id: int | None = None, limit: int = 60, own: bool = False
) -> list[ChangeRow]:
    """The latest changes, newest first; ``before_id`` continues where a page ended."""
    context.require(Action.HISTORY)
    reversing = aliased(Change)
    query = (
        select(
            Change.id, Change.kind, Change.at, User.name, Change.reverses_id,
            select(func.count(Event.id)).where(Event.change_id == Change.id)
            .correlate(Change).scalar_subquery().label("rows"),
            exists().where(reversing.reverses_id == Change.id).label("undone"),
        )
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(Change.id.desc())
        .limit(limit)
    )  # fmt: skip
    if before_id is not None:
        query = query.where(Change.id < before_id)
    if own:
        query = query.where(Change.actor_id == context.actor.user_id)
    with context.read() as session:
        return [
            ChangeRow(
                row.id, row.kind, row.at, row.name or "", row.rows, row.reverses_id, row.undone
            )
            for row in session.execute(query)
        ]


def undo(context: Context, change_id: int) -> Done:
    """Take a change back: one's own, or anyone's with the right to see the history."""

    def body(work: Work) -> dict[str, object]:
        change = work.session.get(Change, change_id)
        if change is None:
            raise Stale(N_("It no longer exists. Reload the page."))
        _check(work, change)
        storage_undo.undo(work, change)
        return {"kind": change.kind}

    try:
        return context.write("undo", None, body, reverses_id=change_id)
    except IntegrityError as error:
        # Two people undo the same change at once: the unique column lets one of them.
        raise _already_undone() from error


def _check(work: Work, change: Change) -> None:
    if change.kind in NOT_UNDOABLE or change.reverses_id is not None:
        raise Refused(N_("This cannot be undone."))
    if change.actor_id != work.actor_id:
        work.require(Action.HISTORY)
    earlier = select(Change.id).where(Change.reverses_id == change.id, Change.id != work.change_id)
    if work.session.scalar(earlier) is not None:
        raise _already_undone()


def _already_undone() -> Refused:
    return Refused(N_("It has already been undone."))
