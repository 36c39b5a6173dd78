"""Deliveries that were handed over, with what is on them and whether they are confirmed."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import HANDED_KINDS
from moebelcirkel.domain.fold import like_pattern, words
from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import ZONE


@dataclass(frozen=True, slots=True)
class ReceiptReach:
    """Which deliveries a list shows: institutions (None: all), how they stand, what is searched.

    What was registered from ``since`` on is not confirmed by time; ``only`` is one's id.
    """

    institutions: frozenset[int] | None
    since: dt.date
    standing: Standing | None = None
    text: str = ""
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """A delivery that was handed over, and when that was registered: it may be dated back."""

    id: int
    number: str
    version: int
    institution_id: int
    institution: str
    handed_on: dt.date
    booked_at: dt.datetime | None
    received_by: str
    confirmed_on: dt.date | None
    confirmed_by: str
    pieces: int


@dataclass(frozen=True, slots=True)
class HandedPiece:
    """One piece on a delivery, with the order it was handed over for."""

    line_id: int
    number: str
    name: str
    category_key: str
    article_id: int
    condition: str
    price_ore: int
    order_id: int
    order: str


@dataclass(frozen=True, slots=True)
class OfOrder:
    """A delivery with pieces of an order."""

    order_id: int
    id: int
    number: str
    handed_on: dt.date
    booked_at: dt.datetime | None
    confirmed_on: dt.date | None
    confirmed_by: str


_PIECES = (
    select(func.count(OrderLine.id))
    .where(OrderLine.delivery_id == Delivery.id, OrderLine.state == LineState.DELIVERED)
    .correlate(Delivery)
    # By their state SQLite would look at all that were ever delivered.
    .with_hint(OrderLine, "INDEXED BY ix_order_line_delivery_id", "sqlite")
    .scalar_subquery()
)
#: Every hand-over is charged, also at 0 kr., in the change that registers it.
_BOOKED = (
    select(func.max(Charge.booked_at))
    .join(OrderLine, OrderLine.id == Charge.order_line_id)
    .where(OrderLine.delivery_id == Delivery.id, Charge.kind.in_(HANDED_KINDS))
    .correlate(Delivery)
    .scalar_subquery()
)
_HANDED = (
    rows.query(
        Handed,
        Delivery,
        institution=Institution.name,
        booked_at=_BOOKED,
        confirmed_by=func.coalesce(User.name, ""),
        pieces=_PIECES,
    )
    .join(Institution, Institution.id == Delivery.institution_id)
    .outerjoin(User, User.id == Delivery.confirmed_by_id)
)


def registered_on(row: Handed | OfOrder) -> dt.date:
    """The day from which the receiver could see a hand-over."""
    booked = row.booked_at.astimezone(ZONE).date() if row.booked_at else row.handed_on
    return max(booked, row.handed_on)


def listed(
    session: Session, reach: ReceiptReach, before_id: int | None, limit: int, offset: int = 0
) -> list[Handed]:
    """Deliveries, newest first; keyset by id where the one before the page is known."""
    query = _HANDED.where(*_reached(reach)).order_by(Delivery.id.desc()).limit(limit)
    query = query.offset(offset) if before_id is None else query.where(Delivery.id < before_id)
    return rows.fill(Handed, session, query)


def count(session: Session, reach: ReceiptReach) -> int:
    """How many a list has."""
    query = select(func.count()).select_from(Delivery).where(*_reached(reach))
    return session.scalar(query) or 0


def unconfirmed(since: dt.date) -> Select[int]:
    """The deliveries that are confirmed neither by their receiver nor by time."""
    reach = ReceiptReach(None, since, Standing.WAITING)
    return select(Delivery.id).where(*_reached(reach))


def one(session: Session, delivery_id: int) -> Handed | None:
    """One of them as a list has it."""
    handed = Delivery.state == DeliveryState.HANDED
    return rows.first(Handed, session, _HANDED.where(Delivery.id == delivery_id, handed))


def pieces(session: Session, delivery_id: int) -> list[HandedPiece]:
    """What was handed over with it."""
    query = (
        rows.query(
            HandedPiece,
            OrderLine,
            Article,
            line_id=OrderLine.id,
            number=Unit.number,
            order=Order.number,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .where(OrderLine.delivery_id == delivery_id, OrderLine.state == LineState.DELIVERED)
        .order_by(Article.sort_key, OrderLine.article_id, OrderLine.condition, Unit.serial)
        .with_hint(OrderLine, "INDEXED BY ix_order_line_delivery_id", "sqlite")
    )
    return rows.fill(HandedPiece, session, query)


def of_orders(session: Session, order_ids: Collection[int]) -> list[OfOrder]:
    """The deliveries that pieces of these orders came with."""
    query = (
        rows.query(
            OfOrder,
            Delivery,
            order_id=OrderLine.order_id,
            booked_at=_BOOKED,
            confirmed_by=func.coalesce(User.name, ""),
        )
        .join(Delivery, Delivery.id == OrderLine.delivery_id)
        .outerjoin(User, User.id == Delivery.confirmed_by_id)
        .where(
            OrderLine.order_id.in_(sorted(order_ids)),
            OrderLine.state == LineState.DELIVERED,
            Delivery.state == DeliveryState.HANDED,
        )
        .distinct()
        .order_by(OrderLine.order_id, Delivery.id)
        .with_hint(OrderLine, "INDEXED BY ix_order_line_order_id", "sqlite")
    )
    return rows.fill(OfOrder, session, query)


def _reached(reach: ReceiptReach) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Delivery.state == DeliveryState.HANDED]
    if reach.institutions is not None:
        found.append(Delivery.institution_id.in_(sorted(reach.institutions)))
    if reach.standing is Standing.CONFIRMED:
        found.append(Delivery.confirmed_on.is_not(None))
    elif reach.standing is not None:
        found.append(Delivery.confirmed_on.is_(None))
        waits = or_(Delivery.handed_on >= reach.since, Delivery.id.in_(_registered(reach.since)))
        found.append(waits if reach.standing is Standing.WAITING else ~waits)
    if reach.only is not None:
        found.append(Delivery.id == reach.only)
    if reach.text:
        found.append(_mentions(reach.text))
    return found


def _registered(since: dt.date) -> Select[int | None]:
    """The deliveries that were registered on the day or later."""
    return (
        select(OrderLine.delivery_id)
        .join(Charge, Charge.order_line_id == OrderLine.id)
        .join(Change, Change.id == Charge.change_id)
        .where(
            Charge.kind.in_(HANDED_KINDS),
            Change.at >= dt.datetime.combine(since, dt.time(), ZONE),
            OrderLine.delivery_id.is_not(None),
        )
        # By kind SQLite would look at all that was ever charged.
        .with_hint(Change, "INDEXED BY ix_change_at", "sqlite")
        .with_hint(Charge, "INDEXED BY ix_charge_change_id", "sqlite")
    )


def _mentions(text: str) -> ColumnElement[bool]:
    """The note's or the order's number, the institution, or the label number of a piece."""
    of_lines = (
        select(OrderLine.delivery_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.delivery_id.is_not(None), registers.numbered(text, Unit.number, Order.number)
        )
    )
    of_place = select(Institution.id).where(*registers.matches(Institution.search_text, text))
    return or_(
        registers.numbered(text, Delivery.number),
        Delivery.id.in_(of_lines),
        Delivery.institution_id.in_(of_place),
    )
