"""Lists of wants, and one of them with what is held and ordered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.facts import ShopFacts
from moebelcirkel.domain.fold import like_pattern, words
from moebelcirkel.domain.wants import WantState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.queries.wants.serving import count_held, count_ordered, live
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.tables.wants import Want


@dataclass(frozen=True, slots=True)
class WantRow(ShopFacts):
    """A want with its names; ``ordered`` and ``held`` count pieces, ``until`` ends a first hold."""

    id: int
    number: str
    version: int
    institution_id: int
    institution: str
    asker_id: int
    asker: str
    words: str
    category_key: str | None
    category_da: str | None
    category_en: str | None
    article_id: int | None
    article: str | None
    condition: str
    pieces: int
    ceiling_ore: int | None
    use_by: dt.date
    state: str
    created_at: dt.datetime
    ordered: int
    held: int
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class HeldPiece:
    """A piece that is held for a want."""

    unit_id: int
    number: str
    article_id: int
    name: str
    category_key: str
    condition: str
    price_ore: int
    expires_at: dt.datetime


def _listed(now: dt.datetime) -> Select[*tuple[object, ...]]:
    until = select(func.min(Hold.expires_at)).where(live(now)).correlate(Want).scalar_subquery()
    return (
        rows.query(
            WantRow,
            Want,
            institution=Institution.name,
            asker=User.name,
            category_da=Category.name_da,
            category_en=Category.name_en,
            article=Article.name,
            ordered=count_ordered(),
            held=count_held(now),
            until=until,
        )
        .join(Institution, Institution.id == Want.institution_id)
        .join(User, User.id == Want.asker_id)
        .outerjoin(Category, Category.key == Want.category_key)
        .outerjoin(Article, Article.id == Want.article_id)
        .where(Want.state != WantState.VOID)
    )


def listed(
    session: Session,
    now: dt.datetime,
    institutions: frozenset[int] | None,
    *,
    text: str = "",
    limit: int | None = None,
) -> list[WantRow]:
    """Wants within reach, newest first."""
    query = _listed(now).order_by(Want.id.desc())
    if institutions is not None:
        query = query.where(Want.institution_id.in_(sorted(institutions)))
    for word in words(text):
        pattern = f"%{like_pattern(word)}%"
        query = query.where(
            or_(
                func.lower(Want.number).like(pattern, escape="\\"),
                func.lower(Want.words).like(pattern, escape="\\"),
                Article.search_text.like(pattern, escape="\\"),
                Institution.search_text.like(pattern, escape="\\"),
            )
        )
    return rows.fill(WantRow, session, query if limit is None else query.limit(limit))


def one(session: Session, now: dt.datetime, want_id: int) -> WantRow | None:
    """One want with its names."""
    return rows.first(WantRow, session, _listed(now).where(Want.id == want_id))


def held_pieces(session: Session, now: dt.datetime, want_id: int) -> list[HeldPiece]:
    """The pieces that are held for a want now."""
    query = (
        rows.query(HeldPiece, Unit, Article, unit_id=Unit.id, expires_at=Hold.expires_at)
        .join(Unit, Unit.id == Hold.unit_id)
        .join(Article, Article.id == Unit.article_id)
        .where(Hold.want_id == want_id, Hold.expires_at > now, ON_SALE)
        .order_by(Article.sort_key, Unit.condition, Unit.price_ore, Unit.id)
    )
    return rows.fill(HeldPiece, session, query)


def orders_of(session: Session, want_id: int) -> list[tuple[int, str]]:
    """Ids and numbers of the orders that were sent for a want."""
    query = (
        select(Order.id, Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.want_id == want_id, Order.state != "void")
        .distinct()
        .order_by(Order.id)
    )
    return [(key, number) for key, number in session.execute(query)]


def numbers_of_holds(session: Session, unit_ids: Sequence[int]) -> dict[int, str]:
    """By piece the number of the want it is held for."""
    query = (
        select(Hold.unit_id, Want.number)
        .join(Want, Want.id == Hold.want_id)
        .where(Hold.unit_id.in_(unit_ids))
    )
    return {row.unit_id: row.number for row in session.execute(query)}


def found(session: Session, now: dt.datetime, institutions: frozenset[int] | None) -> int:
    """How many wants have something held for them."""
    query = select(func.count(Want.id)).where(Want.state == WantState.OPEN, count_held(now) > 0)
    if institutions is not None:
        query = query.where(Want.institution_id.in_(sorted(institutions)))
    return session.scalar(query) or 0
