"""Delivery notes, what is on them, and who received at their institution last."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.domain.runs import RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.standing import uncorrected
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop
from moebelcirkel.storage.tables.units import Unit

_LINE = aliased(OrderLine)

#: Pieces without a place come last; every sort key of a place begins with a letter or a digit.
PLACE = func.coalesce(Place.sort_key, "~")
_MOST_NOTES = 60
_BEFORE = aliased(Delivery)
#: The function that received at an institution last.
RECEIVED_BY = func.coalesce(
    select(_BEFORE.received_by)
    .where(
        _BEFORE.institution_id == Institution.id,
        _BEFORE.state == DeliveryState.HANDED,
        _BEFORE.received_by != "",
    )
    .order_by(_BEFORE.id.desc())
    .limit(1)
    .correlate(Institution)
    .scalar_subquery(),
    "",
)


@dataclass(frozen=True, slots=True)
class Note:
    """A delivery note and what is on it; ``received_by`` received there last."""

    id: int
    number: str
    institution: str
    state: str
    created_at: dt.datetime
    pieces: int
    received_by: str = ""


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
class Going:
    """A piece that is handed over, by its order line."""

    line_id: int
    number: str
    name: str
    condition: str
    category_key: str


_NOTE = (
    rows.query(
        Note,
        Delivery,
        institution=Institution.name,
        pieces=select(func.count(OrderLine.id))
        .where(OrderLine.delivery_id == Delivery.id)
        .correlate(Delivery)
        .scalar_subquery(),
        received_by=RECEIVED_BY,
    )
    .join(Institution, Institution.id == Delivery.institution_id)
    .order_by(Delivery.id.desc())
)


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
    return list(session.scalars(_LINES_OF, {"delivery_id": delivery_id}))


_LINES_OF = select(OrderLine.id).where(OrderLine.delivery_id == bindparam("delivery_id"))


def note_pieces(session: Session, delivery_id: int) -> list[NotePiece]:
    """What is printed on a note, in the order one walks the hall."""
    query = (
        select(
            Unit.number,
            Article.name,
            OrderLine.condition,
            func.coalesce(Place.code, "").label("code"),
            OrderLine.price_ore,
            Order.number.label("order"),
            Order.note,
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(OrderLine.delivery_id == delivery_id)
        .order_by(PLACE, Article.sort_key, Unit.serial)
    )
    return rows.fill(NotePiece, session, query)


def note_rides_on(session: Session, delivery_id: int) -> dt.date | None:
    """The day of the run that brings what is on a note, where one is planned."""
    query = (
        select(func.min(Run.driven_on))
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(OrderLine.delivery_id == delivery_id, Run.state == RunState.PLANNED)
    )
    return session.scalar(query)


def note_fees(session: Session, delivery_id: int) -> list[tuple[str, int]]:
    """The fees charged with a note, by the number of their order.

    What is not charged yet stands on the first note of its order.
    """
    of_order = select(_LINE.delivery_id).where(_LINE.order_id == Order.id).correlate(Order)
    charged_on = (
        of_order.join(Charge, Charge.order_line_id == _LINE.id)
        .where(Charge.kind == ChargeKind.FEE, uncorrected())
        .limit(1)
    )
    first = of_order.with_only_columns(func.min(_LINE.delivery_id))
    note = func.coalesce(charged_on.scalar_subquery(), first.scalar_subquery())
    query = select(Order.number, Order.fee_ore).where(Order.fee_ore > 0, note == delivery_id)
    on_it = select(OrderLine.order_id).where(OrderLine.delivery_id == delivery_id)
    query = query.where(Order.id.in_(on_it)).order_by(Order.id)
    return [(number, ore or 0) for number, ore in session.execute(query)]


def going(session: Session, delivery_id: int | None, line_ids: Collection[int]) -> list[Going]:
    """The pieces on a note, or of these lines, by type and label."""
    query = (
        select(
            OrderLine.id.label("line_id"),
            Unit.number,
            Article.name,
            OrderLine.condition,
            Article.category_key,
        )
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .where(
            OrderLine.id.in_(sorted(line_ids))
            if delivery_id is None
            else OrderLine.delivery_id == delivery_id
        )
        .order_by(Article.sort_key, Unit.serial)
    )
    return rows.fill(Going, session, query)
