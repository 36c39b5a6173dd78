"""How much there is of what the first piece needs."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Role
from moebelcirkel.storage.queries import article_left
from moebelcirkel.storage.registers import any_rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User, UserRole


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in use by register; ``receivers`` are people who may receive furniture."""

    institutions: int
    places: int
    users: int
    receivers: int
    articles: int
    units: int


def counts(session: Session) -> Counts:
    """Count what is in use."""
    queries = (
        select(func.count()).select_from(Institution).where(Institution.active),
        select(func.count()).select_from(Place).where(Place.active),
        select(func.count()).select_from(User).where(User.active),
        select(func.count(func.distinct(UserRole.user_id)))
        .join(User, User.id == UserRole.user_id)
        .where(UserRole.role == Role.WAREHOUSE.value, User.active),
        select(func.count()).select_from(Article).where(article_left.shown()),
        select(func.count()).select_from(Unit).where(Unit.state != State.VOID),
    )
    return Counts(*(int(session.scalar(query) or 0) for query in queries))


def any_units(session: Session) -> bool:
    """Whether a piece was ever registered."""
    return any_rows(session, Unit)
