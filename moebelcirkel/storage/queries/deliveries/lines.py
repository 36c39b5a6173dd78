"""Queries of picking and delivering: the list by place, and who receives."""

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import DeliveryState, State
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.deliveries.notes import PLACE, RECEIVED_BY
from moebelcirkel.storage.queries.repairs import away
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import RunLine, RunStop
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

#: Lines that still want something done here: not those whose piece is in the workshop.
OPEN_LINE = and_(OrderLine.state.in_((LineState.OPEN, LineState.PICKED)), ~away())
#: Nothing said is that it is not.
URGENT = func.coalesce(Order.urgent, false())
#: The order one walks the hall in, with what is urgent first.
_WALK = (
    case((URGENT, 0), else_=1),
    PLACE,
    Article.sort_key,
    OrderLine.article_id,
    OrderLine.condition,
    Institution.sort_key,
    Institution.id,
    OrderLine.exact,
    OrderLine.id,
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """An institution with approved orders: how much it gets, and how much is picked.

    ``received_by`` is the function that received there last.
    """

    institution_id: int
    name: str
    orders: int
    pieces: int
    picked: int
    without_note: int
    urgent: int
    received_by: str


@dataclass(frozen=True, slots=True)
class PickLine:
    """An ordered and approved line, and where its piece stands."""

    id: int
    state: str
    exact: bool
    condition: str
    article_id: int
    article: str
    number: str
    place: str
    place_name: str
    institution_id: int
    institution: str
    order: str
    urgent: bool


def near(until: dt.date | None) -> ColumnElement[bool]:
    """Lines that are picked, urgent, or promised by that day or none; ``None`` is all of them."""
    if until is None:
        return true()
    soon = or_(Order.promised_on.is_(None), Order.promised_on <= until)
    return or_(OrderLine.state == LineState.PICKED, URGENT, soon)


def held_back(session: Session, until: dt.date) -> int:
    """How many approved orders have pieces that are not near yet."""
    query = (
        select(func.count(Order.id.distinct()))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OPEN_LINE, Order.state == OrderState.APPROVED, not_(near(until)))
    )
    return session.scalar(query) or 0


def receivers(session: Session, until: dt.date | None = None) -> list[Receiver]:
    """Institutions with approved orders, those with urgent ones first, in Danish order."""
    picked = OrderLine.state == LineState.PICKED
    urgent = func.count(Order.id.distinct()).filter(URGENT)
    query = (
        select(
            Institution.id.label("institution_id"),
            Institution.name,
            func.count(Order.id.distinct()).label("orders"),
            func.count(OrderLine.id).label("pieces"),
            func.count(OrderLine.id).filter(picked).label("picked"),
            func.count(OrderLine.id)
            .filter(picked, OrderLine.delivery_id.is_(None))
            .label("without_note"),
            urgent.label("urgent"),
            RECEIVED_BY.label("received_by"),
        )
        .join(Order, Order.institution_id == Institution.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OPEN_LINE, Order.state == OrderState.APPROVED, near(until))
        .group_by(Institution.id)
        .order_by(case((urgent > 0, 0), else_=1), Institution.sort_key, Institution.id)
    )
    return rows.fill(Receiver, session, query)


def count_receivers(session: Session, until: dt.date | None = None) -> int:
    """How many institutions wait for something."""
    query = (
        select(func.count(Order.institution_id.distinct()))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OPEN_LINE, Order.state == OrderState.APPROVED, near(until))
    )
    return session.scalar(query) or 0


def lines_by_place(
    session: Session,
    institution_id: int | None,
    run_id: int | None = None,
    until: dt.date | None = None,
) -> list[PickLine]:
    """Ordered and approved lines in the order one walks the hall, urgent ones first."""
    query = (
        rows.query(
            PickLine,
            OrderLine,
            article=Article.name,
            number=Unit.number,
            place=func.coalesce(Place.code, ""),
            place_name=func.coalesce(Place.name, ""),
            institution_id=Order.institution_id,
            institution=Institution.name,
            order=Order.number,
            urgent=URGENT,
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Institution, Institution.id == Order.institution_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(OPEN_LINE, Order.state == OrderState.APPROVED, near(until))
        .order_by(*_WALK)
    )
    if institution_id is not None:
        query = query.where(Order.institution_id == institution_id)
    if run_id is not None:
        on_run = (
            select(RunLine.order_line_id)
            .join(RunStop, RunStop.id == RunLine.stop_id)
            .where(RunStop.run_id == run_id)
        )
        query = query.where(OrderLine.id.in_(on_run))
    return rows.fill(PickLine, session, query)


def line_ids(session: Session, institution_id: int, state: str) -> list[int]:
    """An institution's approved lines in one state."""
    return list(session.scalars(_line_ids(), {"institution_id": institution_id, "state": state}))


@functools.cache
def _line_ids() -> Select[int]:
    return (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.state == bindparam("state"),
            ~away(),
            Order.state == OrderState.APPROVED,
            Order.institution_id == bindparam("institution_id"),
        )
        .order_by(OrderLine.id)
    )


def loose_lines(session: Session, institution_id: int | None = None) -> list[int]:
    """Picked lines that are on no delivery note yet."""
    if institution_id is None:
        return list(session.scalars(_LOOSE))
    return list(session.scalars(_LOOSE.where(Order.institution_id == institution_id)))


_LOOSE = (
    select(OrderLine.id)
    .join(Order, Order.id == OrderLine.order_id)
    .where(OrderLine.state == LineState.PICKED, OrderLine.delivery_id.is_(None))
    .order_by(OrderLine.id)
)


def order_ids_of(session: Session, line_ids: Iterable[int]) -> set[int]:
    """The orders the lines belong to."""
    found: set[int] = set()
    for part in chunks(sorted(set(line_ids))):
        query = select(OrderLine.order_id).where(OrderLine.id.in_(part))
        found.update(session.scalars(query))
    return found


def note_moved_on(session: Session, line_ids: Iterable[int]) -> str | None:
    """The number of a note that waits no more although a line on it is still to be handed over."""
    for part in chunks(sorted(set(line_ids))):
        found = session.scalar(
            select(Delivery.number)
            .join(OrderLine, OrderLine.delivery_id == Delivery.id)
            .where(
                OrderLine.id.in_(part),
                OrderLine.state == LineState.PICKED,
                Delivery.state != DeliveryState.PREPARED,
            )
            .order_by(Delivery.id)
            .limit(1)
        )
        if found is not None:
            return found
    return None


def line_states(session: Session, order_ids: Iterable[int]) -> dict[int, set[str]]:
    """The states that occur among the lines of each order."""
    found: dict[int, set[str]] = {}
    for part in chunks(sorted(set(order_ids))):
        query = select(OrderLine.order_id, OrderLine.state).where(OrderLine.order_id.in_(part))
        for order_id, state in session.execute(query.distinct()):
            found.setdefault(order_id, set()).add(state)
    return found


def holds_off_sale(session: Session, unit_ids: Iterable[int]) -> list[tuple[Hold, str]]:
    """Holds on those of the pieces that are not on sale, with their label numbers."""
    found: list[tuple[Hold, str]] = []
    for part in chunks(sorted(set(unit_ids))):
        query = (
            select(Hold, Unit.number)
            .join(Unit, Unit.id == Hold.unit_id)
            .where(Hold.unit_id.in_(part), Unit.state != State.LISTED)
        )
        found.extend((hold, number) for hold, number in session.execute(query))
    return found
