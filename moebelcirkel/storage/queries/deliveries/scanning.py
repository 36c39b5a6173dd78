"""Queries of one scanned piece: whose it is, which line takes it, what it was delivered as."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.deliveries.lines import OPEN_LINE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

_HELD = aliased(Unit)


@dataclass(frozen=True, slots=True)
class Returnable:
    """What a scanned piece is, where it was, and how it looked when it left."""

    unit_id: int
    number: str
    name: str
    condition: str
    institution_id: int | None
    institution: str
    loop: int
    state: str


@dataclass(frozen=True, slots=True)
class ScannedFreePiece:
    """A piece on sale that nobody has in a basket, and where it stands."""

    unit_id: int
    number: str
    place: str


def free_alike(session: Session, unit: Unit, limit: int) -> list[ScannedFreePiece]:
    """Free pieces of the same type, condition and price, the lowest number first."""
    query = (
        select(Unit.id.label("unit_id"), Unit.number, func.coalesce(Place.code, "").label("place"))
        .outerjoin(Place, Place.id == Unit.place_id)
        .outerjoin(Hold, Hold.unit_id == Unit.id)
        .where(
            Unit.article_id == unit.article_id,
            Unit.condition == unit.condition,
            Unit.price_ore == unit.price_ore,
            Unit.state == State.LISTED,
            Hold.unit_id.is_(None),
        )
        .order_by(Unit.serial)
        .limit(limit)
    )
    return rows.fill(ScannedFreePiece, session, query)


def open_line_of(session: Session, unit_id: int) -> OrderLine | None:
    """The unpicked line that holds the piece."""
    query = select(OrderLine).where(OrderLine.unit_id == unit_id, OrderLine.state == LineState.OPEN)
    return session.scalar(query)


def open_lines_of(session: Session, unit_ids: Iterable[int]) -> dict[int, OrderLine]:
    """By piece the unpicked line that holds it."""
    found: dict[int, OrderLine] = {}
    for part in chunks(list(unit_ids)):
        lines = session.scalars(_open_lines(), {"units": part})
        found.update({line.unit_id: line for line in lines})
    return found


@functools.cache
def _open_lines() -> Select[OrderLine]:
    asked = OrderLine.unit_id.in_(bindparam("units", expanding=True))
    return select(OrderLine).where(asked, OrderLine.state == LineState.OPEN)


def order_picked_with(session: Session, unit_id: int) -> Order | None:
    """The order the piece has been picked for."""
    query = (
        select(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.unit_id == unit_id, OrderLine.state == LineState.PICKED)
    )
    return session.scalars(query).first()


def _wanted(order_id: int | None, institution_id: int | None) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [
        OrderLine.state == LineState.OPEN,
        Order.state == OrderState.APPROVED,
    ]
    if order_id is not None:
        clauses.append(Order.id == order_id)
    if institution_id is not None:
        clauses.append(Order.institution_id == institution_id)
    return clauses


def _wanting(unit: Unit, order_id: int | None, institution_id: int | None) -> Select[OrderLine]:
    return (
        select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.article_id == unit.article_id, *_wanted(order_id, institution_id))
        .order_by(Order.sent_at, OrderLine.id)
    )


def wanting(
    session: Session, unit: Unit, order_id: int | None, institution_id: int | None
) -> list[OrderLine]:
    """Some of the approved, unpicked lines for pieces of the same type that are not at work."""
    query = _wanting(unit, order_id, institution_id).join(_HELD, _HELD.id == OrderLine.unit_id)
    return list(session.scalars(query.where(_HELD.state == State.ORDERED).limit(200)))


def to_pick(
    session: Session, order_id: int | None, institution_id: int | None, limit: int
) -> list[tuple[int, str, str]]:
    """How many of what, in which condition, are still to be fetched from the shelves."""
    query = (
        select(func.count(), Article.name, OrderLine.condition)
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .where(Unit.state == State.ORDERED, *_wanted(order_id, institution_id))
        .group_by(Article.name, OrderLine.condition)
        .order_by(Article.name, OrderLine.condition)
        .limit(limit)
    )
    return [(count, name, condition) for count, name, condition in session.execute(query)]


def alike_line(
    session: Session, unit: Unit, order_id: int | None, institution_id: int | None
) -> int | None:
    """The oldest line that takes any piece like this one."""
    # What a loan costs is no price of the piece: there the pieces themselves must be alike.
    same_price = or_(
        and_(Order.loan_until.is_(None), OrderLine.price_ore == unit.price_ore),
        and_(Order.loan_until.is_not(None), _HELD.price_ore == unit.price_ore),
    )
    query = (
        _wanting(unit, order_id, institution_id)
        .join(_HELD, _HELD.id == OrderLine.unit_id)
        .where(OrderLine.condition == unit.condition, same_price, OrderLine.exact.is_(False))
    )
    return session.scalar(query.with_only_columns(OrderLine.id).limit(1))


def alike_counts(session: Session, institution_id: int, line: OrderLine) -> tuple[int, int]:
    """How many pieces like the line's the institution gets, and how many of them are picked."""
    query = (
        select(func.count(OrderLine.id).filter(OrderLine.state == LineState.PICKED), func.count())
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Order.institution_id == institution_id,
            Order.state == OrderState.APPROVED,
            OPEN_LINE,
            OrderLine.article_id == line.article_id,
            OrderLine.condition == line.condition,
        )
    )
    picked, wanted = session.execute(query).one()
    return wanted, picked


def numbers(session: Session, unit_ids: Iterable[int]) -> list[str]:
    """Label numbers, sorted."""
    query = select(Unit.number).where(Unit.id.in_(list(unit_ids))).order_by(Unit.serial)
    return list(session.scalars(query))


# --- returns -------------------------------------------------------------------------------


def piece_out(session: Session, unit_id: int) -> Returnable:
    """A piece with its article and whoever has it."""
    query = (
        rows.query(
            Returnable,
            Unit,
            unit_id=Unit.id,
            name=Article.name,
            institution_id=Unit.holder_id,
            institution=func.coalesce(Institution.name, ""),
        )
        .join(Article, Article.id == Unit.article_id)
        .outerjoin(Institution, Institution.id == Unit.holder_id)
        .where(Unit.id == unit_id)
    )
    return rows.fill(Returnable, session, query)[0]
