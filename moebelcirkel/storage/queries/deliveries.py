"""Queries of picking and delivering: the list by place, receivers, notes and their pieces."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import DeliveryState, State
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

_OPEN = OrderLine.state.in_((LineState.OPEN, LineState.PICKED))
#: Pieces without a place come last; every sort key of a place begins with a letter or a digit.
_PLACE = func.coalesce(Place.sort_key, "~")
_MOST_NOTES = 60


@dataclass(frozen=True, slots=True)
class Receiver:
    """An institution with approved orders: how much it gets, and how much is picked."""

    institution_id: int
    name: str
    orders: int
    pieces: int
    picked: int
    without_note: int


@dataclass(frozen=True, slots=True)
class Note:
    """A delivery note and what is on it."""

    id: int
    number: str
    institution: str
    state: str
    created_at: dt.datetime
    pieces: int


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


@dataclass(frozen=True, slots=True)
class NotePiece:
    """What is printed of a piece on a delivery note, with its order and what that says."""

    number: str
    name: str
    condition: str
    code: str
    price_ore: int
    order: str
    note: str


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


def receivers(session: Session) -> list[Receiver]:
    """Institutions with approved orders, in Danish order."""
    picked = OrderLine.state == LineState.PICKED
    query = (
        select(
            Institution.id.label("institution_id"), Institution.name,
            func.count(Order.id.distinct()).label("orders"),
            func.count(OrderLine.id).label("pieces"),
            func.count(OrderLine.id).filter(picked).label("picked"),
            func.count(OrderLine.id)
            .filter(picked, OrderLine.delivery_id.is_(None)).label("without_note"),
        )
        .join(Order, Order.institution_id == Institution.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(_OPEN, Order.state == OrderState.APPROVED)
        .group_by(Institution.id)
        .order_by(Institution.sort_key, Institution.id)
    )  # fmt: skip
    return rows.fill(Receiver, session, query)


def count_receivers(session: Session) -> int:
    """How many institutions wait for something."""
    query = (
        select(func.count(Order.institution_id.distinct()))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(_OPEN, Order.state == OrderState.APPROVED)
    )
    return session.scalar(query) or 0


def lines_by_place(session: Session, institution_id: int | None) -> list[PickLine]:
    """Ordered and approved lines in the order one walks the hall."""
    query = (
        select(
            OrderLine.id, OrderLine.state, OrderLine.exact, OrderLine.condition,
            OrderLine.article_id, Article.name.label("article"), Unit.number,
            func.coalesce(Place.code, "").label("place"),
            func.coalesce(Place.name, "").label("place_name"), Order.institution_id,
            Institution.name.label("institution"), Order.number.label("order"),
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Institution, Institution.id == Order.institution_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(_OPEN, Order.state == OrderState.APPROVED)
        .order_by(
            _PLACE, Article.sort_key, OrderLine.article_id, OrderLine.condition,
            Institution.sort_key, Institution.id, OrderLine.exact, OrderLine.id,
        )
    )  # fmt: skip
    if institution_id is not None:
        query = query.where(Order.institution_id == institution_id)
    return rows.fill(PickLine, session, query)


def line_ids(session: Session, institution_id: int, state: str) -> list[int]:
    """An institution's approved lines in one state."""
    query = (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.state == state, Order.state == OrderState.APPROVED,
            Order.institution_id == institution_id,
        )
        .order_by(OrderLine.id)
    )  # fmt: skip
    return list(session.scalars(query))


def loose_lines(session: Session, institution_id: int | None = None) -> list[int]:
    """Picked lines that are on no delivery note yet."""
    query = (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.state == LineState.PICKED, OrderLine.delivery_id.is_(None))
        .order_by(OrderLine.id)
    )
    if institution_id is not None:
        query = query.where(Order.institution_id == institution_id)
    return list(session.scalars(query))


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


# --- delivery notes ------------------------------------------------------------------------

_NOTE = (
    select(
        Delivery.id, Delivery.number, Institution.name.label("institution"), Delivery.state,
        Delivery.created_at,
        select(func.count(OrderLine.id)).where(OrderLine.delivery_id == Delivery.id)
        .correlate(Delivery).scalar_subquery().label("pieces"),
    )
    .join(Institution, Institution.id == Delivery.institution_id)
    .order_by(Delivery.id.desc())
)  # fmt: skip


def waiting_notes(session: Session, institution_id: int | None) -> list[Note]:
    """The latest delivery notes that wait to be handed over, newest first."""
    query = _NOTE.where(Delivery.state == DeliveryState.PREPARED).limit(_MOST_NOTES)
    if institution_id is not None:
        query = query.where(Delivery.institution_id == institution_id)
    return rows.fill(Note, session, query)


def note_by_number(session: Session, number: str) -> Note | None:
    """The delivery note with this number."""
    return rows.first(Note, session, _NOTE.where(Delivery.number == number))


def note_lines(session: Session, delivery_id: int) -> list[int]:
    """The ids of the lines on a note."""
    return list(session.scalars(select(OrderLine.id).where(OrderLine.delivery_id == delivery_id)))


def note_pieces(session: Session, delivery_id: int) -> list[NotePiece]:
    """What is printed on a note, in the order one walks the hall."""
    query = (
        select(
            Unit.number, Article.name, OrderLine.condition,
            func.coalesce(Place.code, "").label("code"), OrderLine.price_ore,
            Order.number.label("order"), Order.note,
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(OrderLine.delivery_id == delivery_id)
        .order_by(_PLACE, Article.sort_key, Unit.serial)
    )  # fmt: skip
    return rows.fill(NotePiece, session, query)


# --- scanning ------------------------------------------------------------------------------


def open_line_of(session: Session, unit_id: int) -> OrderLine | None:
    """The unpicked line that holds the piece."""
    query = select(OrderLine).where(OrderLine.unit_id == unit_id, OrderLine.state == LineState.OPEN)
    return session.scalar(query)


def order_picked_with(session: Session, unit_id: int) -> Order | None:
    """The order the piece has been picked for."""
    query = (
        select(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.unit_id == unit_id, OrderLine.state == LineState.PICKED)
    )
    return session.scalars(query).first()


def _wanting(unit: Unit, order_id: int | None, institution_id: int | None) -> Select[OrderLine]:
    clauses: list[ColumnElement[bool]] = []
    if order_id is not None:
        clauses.append(Order.id == order_id)
    if institution_id is not None:
        clauses.append(Order.institution_id == institution_id)
    return (
        select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.state == LineState.OPEN, Order.state == OrderState.APPROVED,
            OrderLine.article_id == unit.article_id, *clauses,
        )
        .order_by(Order.sent_at, OrderLine.id)
    )  # fmt: skip


def wanting(
    session: Session, unit: Unit, order_id: int | None, institution_id: int | None
) -> list[OrderLine]:
    """Some of the approved, unpicked lines for pieces of the same type."""
    return list(session.scalars(_wanting(unit, order_id, institution_id).limit(200)))


def alike_line(
    session: Session, unit: Unit, order_id: int | None, institution_id: int | None
) -> int | None:
    """The oldest line that takes any piece like this one."""
    query = _wanting(unit, order_id, institution_id).where(
        OrderLine.condition == unit.condition,
        OrderLine.price_ore == unit.price_ore,
        OrderLine.exact.is_(False),
    )
    return session.scalar(query.with_only_columns(OrderLine.id).limit(1))


def alike_counts(session: Session, institution_id: int, line: OrderLine) -> tuple[int, int]:
    """How many pieces like the line's the institution gets, and how many of them are picked."""
    query = (
        select(func.count(OrderLine.id).filter(OrderLine.state == LineState.PICKED), func.count())
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Order.institution_id == institution_id, Order.state == OrderState.APPROVED, _OPEN,
            OrderLine.article_id == line.article_id, OrderLine.condition == line.condition,
        )
    )  # fmt: skip
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
        select(
            Unit.id.label("unit_id"), Unit.number, Article.name, Unit.condition,
            Unit.holder_id.label("institution_id"),
            func.coalesce(Institution.name, "").label("institution"), Unit.loop, Unit.state,
        )
        .join(Article, Article.id == Unit.article_id)
        .outerjoin(Institution, Institution.id == Unit.holder_id)
        .where(Unit.id == unit_id)
    )  # fmt: skip
    return rows.fill(Returnable, session, query)[0]
