"""Pieces that are out on loan, with the order they are out on."""

import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.standing import stands
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User

_HANDED = aliased(FigureLine)

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class OutPiece:
    """One piece that is out, and the loan it is out on; ``since`` is the day it was handed over."""

    order_id: int
    order: str
    version: int
    institution_id: int
    institution: str
    orderer_id: int
    orderer: str
    until: dt.date
    rate_ore: int
    since: dt.date
    unit_id: int
    number: str
    name: str
    category_key: str
    article_id: int
    condition: str
    price_ore: int


def pieces_out(
    session: Session, reach: Collection[int] | None, order_id: int | None = None
) -> list[OutPiece]:
    """What these institutions have on loan, what is due first; of one order where it is named."""
    query = _pieces_out()
    if reach is not None:
        query = query.where(Order.institution_id.in_(sorted(reach)))
    if order_id is not None:
        query = query.where(Order.id == order_id)
    return rows.fill(OutPiece, session, query)


@functools.cache
def _pieces_out() -> Select[*tuple[object, ...]]:
    """The same of all institutions, put together once."""
    columns = rows.query(
        OutPiece,
        Order,
        Unit,
        Article,
        order_id=Order.id,
        order=Order.number,
        institution=Institution.name,
        orderer=User.name,
        until=Order.loan_until,
        rate_ore=func.coalesce(Order.loan_rate_ore, 0),
        since=FigureLine.effective_on,
        unit_id=Unit.id,
        number=Unit.number,
        price_ore=func.coalesce(Unit.price_ore, 0),
    )
    return (
        _out(columns)
        .join(Article, Article.id == Unit.article_id)
        .join(Institution, Institution.id == Order.institution_id)
        .join(User, User.id == Order.orderer_id)
        .order_by(Order.loan_until, Order.id, Article.sort_key, Unit.id)
    )


def lines_of(session: Session, order_id: int) -> dict[int, OrderLine]:
    """The lines of an order by piece, the latest of each."""
    query = select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)
    return {line.unit_id: line for line in session.scalars(query)}


def overdue(session: Session, reach: Collection[int] | None, today: dt.date) -> int:
    """How many loans ought to have come back before today."""
    query = _loans_out().where(Order.loan_until < today)
    if reach is not None:
        query = query.where(Order.institution_id.in_(sorted(reach)))
    return session.scalars(query).one()


@functools.cache
def _loans_out() -> Select[int]:
    return _out(select(func.count(Order.id.distinct())))


def _out(query: Select[*Ts]) -> Select[*Ts]:
    """The query over lent pieces with the order of the hand-over that stands."""
    newest = (
        select(func.max(_HANDED.id))
        .where(_HANDED.unit_id == Unit.id, _HANDED.kind == LineKind.HANDOVER, stands(_HANDED))
        .correlate(Unit)
        .scalar_subquery()
    )
    return (
        query.select_from(Unit)
        .join(FigureLine, FigureLine.id == newest)
        .join(OrderLine, OrderLine.id == FigureLine.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Unit.state == State.LENT)
    )
