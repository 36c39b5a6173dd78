"""Who decides orders: the roles of people, and those of the deputies that stand in for them."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    false,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import Needs, Stand
from moebelcirkel.domain.roles import MATRIX, Action, Role
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.users import Deputy, User, UserRole

_ROLES = [role for role in Role if Action.APPROVE in MATRIX[role]]
_PRINCIPAL = aliased(User)


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Who stands in for somebody, and when."""

    id: int
    version: int
    deputy_id: int
    name: str
    first_on: dt.date | None
    last_on: dt.date | None


def stands(session: Session, today: dt.date, user_id: int | None = None) -> list[Stand]:
    """By which roles active people decide orders today, of everybody or of one, by name."""
    own, instead = _stands(of_one=user_id is not None)
    one = {} if user_id is None else {"user_id": user_id}
    found = rows.fill(Stand, session, own, one)
    found += rows.fill(Stand, session, instead, {**one, "today": today})
    return sorted(found, key=lambda stand: (stand.name, stand.id, stand.for_id or 0))


@functools.cache
def _stands(*, of_one: bool) -> tuple[Select[*tuple[object, ...]], Select[*tuple[object, ...]]]:
    one = User.id == bindparam("user_id") if of_one else true()
    own = (
        rows.query(
            Stand, User, UserRole, most_ore=User.limit_ore, for_id=null(), standing=literal(False)
        )
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.active, UserRole.role.in_(_ROLES), one)
    )
    instead = (
        rows.query(
            Stand,
            User,
            UserRole,
            most_ore=_PRINCIPAL.limit_ore,
            for_id=_PRINCIPAL.id,
            standing=Deputy.first_on.is_(None),
        )
        .join(Deputy, Deputy.deputy_id == User.id)
        .join(_PRINCIPAL, _PRINCIPAL.id == Deputy.user_id)
        .join(UserRole, UserRole.user_id == _PRINCIPAL.id)
        .where(
            User.active,
            _PRINCIPAL.active,
            UserRole.role == Role.APPROVER.value,
            in_force(bindparam("today", type_=Date())),
            one,
        )
    )
    return own, instead


def in_force(today: dt.date | ColumnElement[dt.date]) -> ColumnElement[bool]:
    """A deputy without days stands in always."""
    return and_(
        or_(Deputy.first_on.is_(None), Deputy.first_on <= today),
        or_(Deputy.last_on.is_(None), Deputy.last_on >= today),
    )


def decidable(mine: Sequence[Stand], user_id: int | None) -> ColumnElement[bool]:
    """Orders that somebody with these roles may decide; the same as ``decides`` says of each."""
    found = []
    for stand in mine:
        where: list[ColumnElement[bool]] = []
        if stand.institution_id is not None:
            where.append(Order.institution_id == stand.institution_id)
        if stand.most_ore is not None:
            where.append(Order.cost_ore <= stand.most_ore)
        above: ColumnElement[bool] = Order.orderer_id.not_in([user_id or 0, stand.for_id or 0])
        if stand.for_id is not None:
            where.append(above)
        if Action.APPROVE_ABOVE not in MATRIX[Role(stand.role)]:
            above = false()
        found.append(and_(*where, or_(Order.needs != Needs.APPROVER.value, above)))
    return or_(false(), *found)


def deputies_of(session: Session, user_id: int) -> list[DeputyRow]:
    """Who stands in for somebody, by name."""
    query = (
        rows.query(DeputyRow, Deputy, name=User.name)
        .join(User, User.id == Deputy.deputy_id)
        .where(Deputy.user_id == user_id)
        .order_by(User.sort_key, User.id)
    )
    return rows.fill(DeputyRow, session, query)


def candidates(session: Session, user_id: int) -> list[tuple[int, str]]:
    """The active people who could stand in for somebody, by name."""
    query = (
        select(User.id, User.name)
        .where(User.active, User.id != user_id)
        .order_by(User.sort_key, User.id)
    )
    return [(row.id, row.name) for row in session.execute(query)]


def deputy(session: Session, user_id: int, deputy_id: int) -> Deputy | None:
    """The row of the two, if there is one."""
    return session.scalar(
        select(Deputy).where(Deputy.user_id == user_id, Deputy.deputy_id == deputy_id)
    )


def is_approver(session: Session, user_id: int) -> bool:
    """Whether somebody has the role that can be stood in for."""
    query = select(UserRole.id).where(
        UserRole.user_id == user_id, UserRole.role == Role.APPROVER.value
    )
    return session.scalar(query.limit(1)) is not None


def rows_about(session: Session, user_id: int) -> list[Deputy]:
    """Those in which somebody is stood in for, or stands in."""
    about = or_(Deputy.user_id == user_id, Deputy.deputy_id == user_id)
    return list(session.scalars(select(Deputy).where(about)))


def people_who_may(
    session: Session, action: Action, institution_id: int | None, but: int | None
) -> list[str]:
    """Names of the active people whose role lets them do it there, without the asker."""
    roles = [role for role in Role if action in MATRIX[role]]
    there = or_(UserRole.institution_id.is_(None), UserRole.institution_id == institution_id)
    query = (
        select(User.name)
        .where(
            User.active,
            User.id != (0 if but is None else but),
            User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(roles), there)),
        )
        .order_by(User.name, User.id)
    )
    return list(session.scalars(query))
