"""Deputies: who decides orders in an approver's stead, as the approver or an administrator says."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.storage.queries import approvals as queries
from moebelcirkel.storage.queries.approvals import DeputyRow
from moebelcirkel.storage.tables.users import Deputy, User
from moebelcirkel.storage.work import not_allowed


@dataclass(frozen=True, slots=True)
class Deputies:
    """Who stands in for somebody, and who else could."""

    user_id: int
    rows: tuple[DeputyRow, ...]
    candidates: tuple[tuple[int, str], ...]


def of(context: Context, user_id: int | None = None) -> Deputies:
    """One's own deputies, or those of somebody else for who gives roles."""
    whose = context.actor.user_id if user_id is None else user_id
    if whose == context.actor.user_id:
        context.require(Action.APPROVE_ABOVE)
    else:
        context.require(Action.USERS)
    if whose is None:
        raise not_allowed()
    with context.read() as session:
        rows = queries.deputies_of(session, whose)
        return Deputies(whose, tuple(rows), tuple(queries.candidates(session, whose)))


@writes("deputy.choose", Action.APPROVE_ABOVE)
def choose(
    work: Work, deputy_id: int, first_on: dt.date | None = None, last_on: dt.date | None = None
) -> Saved:
    """Let somebody decide in one's own stead, from day to day or (without days) always."""
    if work.actor_id is None:
        raise not_allowed()
    return _save(work, work.actor_id, deputy_id, first_on, last_on)


@writes("user.deputy", Action.USERS)
def choose_for(
    work: Work,
    user_id: int,
    deputy_id: int,
    first_on: dt.date | None = None,
    last_on: dt.date | None = None,
) -> Saved:
    """Let somebody decide in the stead of an approver who is away and chose nobody."""
    return _save(work, user_id, deputy_id, first_on, last_on)


@writes("deputy.end", Action.APPROVE_ABOVE)
def end(work: Work, deputy_row_id: int, version: int) -> Saved:
    """Nobody stands in for oneself by this any more."""
    row = work.get(Deputy, deputy_row_id, version)
    if row.user_id != work.actor_id:
        raise not_allowed()
    work.session.delete(row)
    return Saved(id=deputy_row_id)


@writes("user.deputy_end", Action.USERS)
def end_for(work: Work, deputy_row_id: int, version: int) -> Saved:
    """Nobody stands in for somebody else by this any more."""
    work.session.delete(work.get(Deputy, deputy_row_id, version))
    return Saved(id=deputy_row_id)


def _save(
    work: Work, user_id: int, deputy_id: int, first_on: dt.date | None, last_on: dt.date | None
) -> Saved:
    if not queries.is_approver(work.session, user_id):
        raise Refused(N_("Only an approver can have a deputy."))
    if user_id == deputy_id:
        raise Refused(N_("Choose somebody else as deputy."), field="deputy_id")
    if not work.get(User, deputy_id).active:
        raise Refused(N_("That user is no longer active. Choose another."), field="deputy_id")
    _check_days(work.today, first_on, last_on)
    row = queries.deputy(work.session, user_id, deputy_id)
    if row is None:
        row = Deputy(user_id=user_id, deputy_id=deputy_id)
        work.session.add(row)
    row.first_on, row.last_on = first_on, last_on
    work.session.flush()
    return Saved(id=row.id)


def _check_days(today: dt.date, first_on: dt.date | None, last_on: dt.date | None) -> None:
    if (first_on is None) != (last_on is None):
        raise Refused(N_("Write both days, or none for always."), field="last_on")
    if first_on is not None and last_on is not None and last_on < max(first_on, today):
        raise Refused(N_("The last day lies before the first, or is over."), field="last_on")
