"""What is asked about factor sets: the sets, the figures of one, and whether any rest on it."""

import datetime as dt

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.factors import SPARE_PART, WITHOUT_FACTOR
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet
from moebelcirkel.storage.tables.figures import FigureLine


def sets(session: Session) -> list[FactorSet]:
    """All sets, newest first."""
    query = select(FactorSet).order_by(FactorSet.valid_from.desc(), FactorSet.id.desc())
    return list(session.scalars(query))


def with_categories(session: Session, set_id: int) -> list[tuple[Factor, Category]]:
    """The figures of a set by group and category."""
    query = (
        select(Factor, Category)
        .join(Category, Category.key == Factor.category_key)
        .where(Factor.set_id == set_id)
        .order_by(Category.group_order, Category.sort_key)
    )
    return [(factor, category) for factor, category in session.execute(query)]


def of_set(session: Session, set_id: int) -> list[Factor]:
    """The figures of a set in the order they were made."""
    return list(session.scalars(select(Factor).where(Factor.set_id == set_id).order_by(Factor.id)))


def categories(session: Session) -> int:
    """How many categories need figures."""
    query = select(func.count(Category.key)).where(
        Category.key.not_in((WITHOUT_FACTOR, SPARE_PART))
    )
    return session.scalar(query) or 0


def released_on(session: Session, day: dt.date, *, but: int) -> str | None:
    """The name of another released set that is in force from this day."""
    query = select(FactorSet.name).where(
        FactorSet.released, FactorSet.valid_from == day, FactorSet.id != but
    )
    return session.scalar(query)


def any_released(session: Session) -> bool:
    """Whether any set is released."""
    return bool(session.scalar(select(exists().where(FactorSet.released))))


def base_of(session: Session, set_id: int) -> int | None:
    """The set this one was copied from."""
    return session.scalar(select(FactorSet.based_on_id).where(FactorSet.id == set_id))


def carries_figures(session: Session, set_id: int) -> bool:
    """Whether a figure line was computed with this set."""
    return bool(session.scalar(select(exists().where(FigureLine.factor_set_id == set_id))))
