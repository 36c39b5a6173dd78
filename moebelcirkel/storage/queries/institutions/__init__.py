"""What is asked about institutions: the register, those to choose from, and who is responsible."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.roles import Role
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.users import User, UserRole


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One line of the register; ``bearers`` counts the active cost bearers."""

    id: int
    name: str
    department: str
    kind: str
    ean: str
    limit_ore: int | None
    bearers: int
    active: bool
    merged: bool
    sort_key: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Someone who leads or approves for the institution."""

    user_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class InstitutionChoice:
    """An institution to choose from."""

    id: int
    name: str


def find(session: Session, text: str) -> list[InstitutionRow]:
    """The register in Danish order."""
    bearers = (
        select(func.count(CostBearer.id))
        .where(CostBearer.institution_id == Institution.id, CostBearer.active)
        .correlate(Institution)
        .scalar_subquery()
    )
    query = (
        rows.query(
            InstitutionRow,
            Institution,
            bearers=bearers,
            merged=Institution.merged_into_id.is_not(None),
        )
        .where(*registers.matches(Institution.search_text, text))
        .order_by(Institution.sort_key, Institution.id)
        .limit(registers.MOST_ROWS)
    )
    return rows.fill(InstitutionRow, session, query)


def choices(session: Session) -> list[InstitutionChoice]:
    """The active institutions in Danish order."""
    query = (
        select(Institution.id, Institution.name)
        .where(Institution.active)
        .order_by(Institution.sort_key, Institution.id)
    )
    return rows.fill(InstitutionChoice, session, query)


def bearers(session: Session, institution_id: int) -> list[CostBearer]:
    """The cost bearers of an institution in the order they were made."""
    query = (
        select(CostBearer)
        .where(CostBearer.institution_id == institution_id)
        .order_by(CostBearer.id)
    )
    return list(session.scalars(query))


def responsible(session: Session, institution_id: int) -> tuple[Responsible, ...]:
    """Leaders first, then approvers."""
    roles = (Role.LEADER.value, Role.APPROVER.value)
    query = (
        select(User.id, User.name, UserRole.role)
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.institution_id == institution_id, UserRole.role.in_(roles), User.active)
        .order_by(UserRole.role.desc(), User.sort_key)
    )
    return tuple(
        Responsible(user_id, name, Role(role)) for user_id, name, role in session.execute(query)
    )
