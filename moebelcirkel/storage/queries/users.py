"""What is asked about people: the register with everyone's roles, and who administers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.roles import Role
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import login as login_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.users import User, UserRole


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of someone, with the name of the institution it is for."""

    role: Role
    institution_id: int | None
    institution: str


@dataclass(frozen=True, slots=True)
class UserRow:
    """One line of the register; also what the form shows."""

    id: int
    version: int
    login: str
    name: str
    email: str
    os_login: str
    active: bool
    has_password: bool
    has_badge: bool
    wrong_tries: int
    roles: tuple[RoleRow, ...]
    sort_key: str
    limit_ore: int | None


def institution_name(session: Session, institution_id: int) -> str:
    """The name of one institution; empty when it is gone."""
    query = select(Institution.name).where(Institution.id == institution_id)
    return session.scalar(query) or ""


def name_of_one(session: Session, institution_ids: Collection[int | None]) -> str:
    """The name of the one that is left when merged ones are counted with what they became."""
    query = select(Institution.name).where(
        Institution.id.in_(institution_ids), Institution.merged_into_id.is_(None)
    )
    names = session.scalars(query.limit(2)).all()
    return names[0] if len(names) == 1 else ""


def find(session: Session, text: str, *, inactive: bool) -> list[UserRow]:
    """The register in the order of the names."""
    query = (
        select(User)
        .where(*registers.matches(User.search_text, text))
        .order_by(User.sort_key, User.id)
        .limit(registers.MOST_ROWS)
    )
    if not inactive:
        query = query.where(User.active)
    return rows(session, list(session.scalars(query)))


def rows(session: Session, people: Sequence[User]) -> list[UserRow]:
    """These people with their roles, in the order of the role table."""
    query = (
        select(UserRole.user_id, UserRole.role, UserRole.institution_id, Institution.name)
        .outerjoin(Institution, Institution.id == UserRole.institution_id)
        .where(UserRole.user_id.in_([person.id for person in people]))
        .order_by(Institution.sort_key, UserRole.id)
    )
    order = list(Role)
    roles: dict[int, list[RoleRow]] = {}
    for user_id, role, institution_id, institution in session.execute(query):
        if role in order:  # no other one allows anything, and only a damaged file can hold it
            roles.setdefault(user_id, []).append(RoleRow(role, institution_id, institution or ""))
    badges = login_queries.with_badges(session, [person.id for person in people])
    tries = login_queries.wrong_tries(session, people)
    return [
        like(
            UserRow,
            person,
            os_login=person.os_login or "",
            has_password=person.password_hash is not None,
            has_badge=person.id in badges,
            wrong_tries=tries.get(person.id, 0),
            roles=tuple(sorted(roles.get(person.id, ()), key=lambda row: order.index(row.role))),
        )
        for person in people
    ]


def roles_of(session: Session, user_id: int) -> list[UserRole]:
    """The role rows of one person."""
    return list(session.scalars(select(UserRole).where(UserRole.user_id == user_id)))


def roles_at(session: Session, institution_id: int) -> list[UserRole]:
    """The role rows of one institution."""
    query = select(UserRole).where(UserRole.institution_id == institution_id)
    return list(session.scalars(query.order_by(UserRole.id)))


def linked_to(session: Session, os_login: str) -> int | None:
    """Whom the system's user is linked to."""
    return session.scalar(select(User.id).where(User.os_login == os_login))


def has_acted(session: Session, user_id: int) -> bool:
    """Whether the person has ever changed anything."""
    return bool(session.scalar(select(exists().where(Change.actor_id == user_id))))


def administrators(session: Session) -> list[int]:
    """The active people with the administrator's role."""
    query = (
        select(UserRole.user_id)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == Role.ADMINISTRATOR.value, User.active)
        .distinct()
    )
    return list(session.scalars(query))
