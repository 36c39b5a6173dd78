"""What is to be picked and delivered: receivers, the list by place, and delivery notes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.articles import Article
from moebelcirkel.storage.deliveries import Delivery
from moebelcirkel.storage.institutions import Institution
from moebelcirkel.storage.orders import Order, OrderLine
from moebelcirkel.storage.places import Place
from moebelcirkel.storage.units import Unit

_OPEN = OrderLine.state.in_(("open", "picked"))


@dataclass(frozen=True, slots=True)
class PickRow:
    """Alike pieces on one place for one receiver, and how many of them are picked."""

    place: str
    place_name: str
    article_id: int
    name: str
    condition: str
    institution_id: int
    institution: str
    count: int
    picked: int
    open_ids: tuple[int, ...]
    picked_ids: tuple[int, ...]
    orders: tuple[str, ...]
    numbers: tuple[str, ...]
    """Label numbers where exactly these pieces are ordered, else empty."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """An institution with approved orders: how much it gets, and how much is picked."""

    institution_id: int
    name: str
    department: str
    orders: int
    pieces: int
    picked: int
    without_note: int


@dataclass(frozen=True, slots=True)
class Note:
    """A delivery note and what is on it."""

    id: int
    number: str
    institution_id: int
    institution: str
    state: str
    created_at: dt.datetime
    handed_on: dt.date | None
    pieces: int


def receivers(context: Context) -> list[Receiver]:
    """The institutions something is to be delivered to, in Danish order of names."""
    context.require(Action.PICK)
    picked = OrderLine.state == "picked"
    query = (
        select(
            Institution.id, Institution.name, Institution.department,
            func.count(Order.id.distinct()), func.count(OrderLine.id),
            func.count(OrderLine.id).filter(picked),
            func.count(OrderLine.id).filter(picked, OrderLine.delivery_id.is_(None)),
        )
        .join(Order, Order.institution_id == Institution.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(_OPEN, Order.state == "approved")
        .group_by(Institution.id)
        .order_by(Institution.sort_key, Institution.id)
    )  # fmt: skip
    with context.read() as session:
        return [Receiver(*row) for row in session.execute(query)]


def count_open(context: Context) -> int:
    """How many institutions wait for something: the number beside the page's name."""
    query = (
        select(func.count(Order.institution_id.distinct()))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(_OPEN, Order.state == "approved")
    )
    with context.read() as session:
        return session.scalar(query) or 0


def _lines(institution_id: int | None) -> Select[Any]:
    query = (
        select(
            OrderLine.id, OrderLine.state, OrderLine.exact, OrderLine.condition,
            OrderLine.article_id, Article.name.label("article"), Unit.number,
            Place.code.label("place"), Place.name.label("place_name"), Order.institution_id,
            Institution.name.label("institution"), Order.number.label("order"),
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Institution, Institution.id == Order.institution_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(_OPEN, Order.state == "approved")
        .order_by(
            func.coalesce(Place.sort_key, "~"), Article.sort_key, OrderLine.article_id,
            OrderLine.condition, Institution.sort_key, Institution.id, OrderLine.exact,
            OrderLine.id,
        )
    )  # fmt: skip
    if institution_id is not None:
        query = query.where(Order.institution_id == institution_id)
    return query


def pick_list(context: Context, institution_id: int | None = None) -> list[PickRow]:
    """Everything ordered and approved, by place; picked pieces stay until they are handed over."""
    context.require(Action.PICK)
    groups: dict[tuple[object, ...], list[Row[Any]]] = {}
    with context.read() as session:
        for row in session.execute(_lines(institution_id)):
            key = (row.place, row.article_id, row.condition, row.institution_id, row.exact)
            groups.setdefault(key, []).append(row)
    return [_grouped(rows) for rows in groups.values()]


def _grouped(rows: list[Row[Any]]) -> PickRow:
    first = rows[0]
    picked = tuple(row.id for row in rows if row.state == "picked")
    return PickRow(
        place=first.place or "", place_name=first.place_name or "",
        article_id=first.article_id, name=first.article, condition=first.condition,
        institution_id=first.institution_id, institution=first.institution,
        count=len(rows), picked=len(picked), picked_ids=picked,
        open_ids=tuple(row.id for row in rows if row.state == "open"),
        orders=tuple(sorted({row.order for row in rows})),
        numbers=tuple(row.number for row in rows) if first.exact else (),
    )  # fmt: skip


def line_ids(context: Context, institution_id: int, *, picked: bool) -> list[int]:
    """An institution's lines that are picked, or that still are not."""
    context.require(Action.PICK)
    query = (
        select(OrderLine.id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.state == ("picked" if picked else "open"), Order.state == "approved",
            Order.institution_id == institution_id,
        )
        .order_by(OrderLine.id)
    )  # fmt: skip
    with context.read() as session:
        return list(session.scalars(query))


_NOTE = (
    select(
        Delivery.id, Delivery.number, Delivery.institution_id, Institution.name, Delivery.state,
        Delivery.created_at, Delivery.handed_on,
        select(func.count(OrderLine.id)).where(OrderLine.delivery_id == Delivery.id)
        .correlate(Delivery).scalar_subquery(),
    )
    .join(Institution, Institution.id == Delivery.institution_id)
    .order_by(Delivery.id.desc())
)  # fmt: skip


def notes(
    context: Context, institution_id: int | None = None, *, state: str = "prepared", limit: int = 60
) -> list[Note]:
    """Delivery notes, newest first: those waiting to be handed over, or another state."""
    context.require(Action.PICK)
    query = _NOTE.where(Delivery.state == state).limit(limit)
    if institution_id is not None:
        query = query.where(Delivery.institution_id == institution_id)
    with context.read() as session:
        return [Note(*row) for row in session.execute(query)]


def find_note(context: Context, number: str) -> Note | None:
    """The delivery note with this number, as scanned from its paper."""
    context.require(Action.PICK)
    query = _NOTE.where(Delivery.number == number.strip().upper().replace("+", "-"))
    with context.read() as session:
        row = session.execute(query).first()
    return None if row is None else Note(*row)
