"""Queries about orders: who may approve them, lists by state and reach, and what happened."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState, Needs, OrderState, Rating
from moebelcirkel.domain.pickups import EXPECTED
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.queries.institutions import InstitutionChoice
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import HURRY, Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User

_LATER = aliased(OrderLine)
_REVERSED_CHANGE = aliased(Change)


@dataclass(frozen=True, slots=True)
class OrderReach:
    """Which orders a list shows: institutions (None: all), states, and what to search for.

    ``deciding`` leaves only what the asker can decide. ``only`` is one order's id,
    ``among`` are those of some orders.
    """

    institutions: frozenset[int] | None
    states: frozenset[str] = frozenset()
    deciding: ColumnElement[bool] | None = None
    text: str = ""
    only: int | None = None
    among: frozenset[int] | None = None
    rated: bool = False


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order with the names a list has."""

    id: int
    number: str
    institution_id: int
    state: OrderState
    needs: Needs
    total_ore: int
    cost_ore: int
    limit_ore: int | None
    sent_at: dt.datetime
    orderer_id: int
    version: int
    promised_on: dt.date | None
    institution: str
    orderer: str
    rating: Rating | None
    urgent: bool | None
    over_ore: int | None


@dataclass(frozen=True, slots=True)
class PieceOrdered:
    """One piece of an order, what it is of, and the note it was delivered on."""

    id: int
    unit_id: int
    article_id: int
    condition: str
    price_ore: int
    new_price_ore: int
    net_g: int | None
    answer: str | None
    exact: bool
    state: str
    delivered_on: dt.date | None
    number: str
    name: str
    category_key: str
    delivery: str | None
    ended_why: str | None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """Something that happened to the order; ``undone`` is the kind of change it took back."""

    kind: str
    undone: str
    at: dt.datetime
    actor: str
    pieces: int


@dataclass(frozen=True, slots=True)
class EndedByOthers:
    """A change by somebody else to what a person has ordered."""

    id: int
    kind: str
    order_id: int
    number: str
    state: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Payer:
    """An account that can pay."""

    id: int
    code: str
    name: str


def sent_without_approver(
    session: Session, institution_id: int, since: dt.datetime, but: int | None, sender: int | None
) -> tuple[int, int | None]:
    """What the institution has sent since then, delivered or not, that no approver decided.

    And the limit of who sends now, where that person has one.
    """
    session.flush()
    asked = {"institution_id": institution_id, "since": since, "but": but or 0, "sender": sender}
    ((earlier, limit),) = _SENT_WITHOUT.tuples(session.connection(), asked)
    return int(earlier), limit


_SENT_WITHOUT = rows.Ready(
    select(
        func.coalesce(func.sum(Order.cost_ore), 0),
        select(User.limit_ore).where(User.id == bindparam("sender")).scalar_subquery(),
    ).where(
        Order.institution_id == bindparam("institution_id"),
        Order.state.in_((OrderState.AWAITING, OrderState.APPROVED, OrderState.DELIVERED)),
        Order.needs != "approver",
        Order.sent_at > bindparam("since"),
        Order.id != bindparam("but"),
    )
)


def cost_bearers(session: Session, institution_id: int) -> list[Payer]:
    """The accounts an institution may pay from."""
    return rows.fill(Payer, session, _PAYERS, {"institution_id": institution_id})


_PAYERS = (
    rows.query(Payer, CostBearer)
    .where(CostBearer.institution_id == bindparam("institution_id"), CostBearer.active)
    .order_by(CostBearer.code, CostBearer.id)
)


def institutions(session: Session, ids: Collection[int] | None) -> list[InstitutionChoice]:
    """Active institutions by name; ``None`` means all."""
    query = select(Institution.id, Institution.name).where(Institution.active)
    if ids is not None:
        query = query.where(Institution.id.in_(sorted(ids)))
    return rows.fill(
        InstitutionChoice, session, query.order_by(Institution.sort_key, Institution.id)
    )


def _reached(reach: OrderReach) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Order.state != OrderState.VOID]
    if reach.institutions is not None:
        found.append(Order.institution_id.in_(sorted(reach.institutions)))
    if reach.states:
        found.append(Order.state.in_(sorted(reach.states)))
    if reach.deciding is not None:
        found.append(reach.deciding)
    if reach.rated:
        found.append(Order.rating.is_not(None))
    if reach.only is not None:
        found.append(Order.id == reach.only)
    if reach.among is not None:
        found.append(Order.id.in_(sorted(reach.among)))
    if reach.text:
        found.append(_mentions(reach.text))
    return found


def _mentions(text: str) -> ColumnElement[bool]:
    """The order's number, its institution, or the label number of one of its pieces."""
    of_unit = (
        select(OrderLine.order_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .where(registers.numbered(text, Unit.number))
    )
    of_place = select(Institution.id).where(*registers.matches(Institution.search_text, text))
    return or_(
        registers.numbered(text, Order.number),
        Order.id.in_(of_unit),
        Order.institution_id.in_(of_place),
    )


def count(session: Session, reach: OrderReach) -> int:
    """How many orders a list has."""
    query = select(func.count()).select_from(Order).where(*_reached(reach))
    return session.scalar(query) or 0


def listed(
    session: Session, reach: OrderReach, before_id: int | None, limit: int, offset: int = 0
) -> list[ListedOrder]:
    """Urgent ones under way, then the others, newest first; keyset after a known one."""
    query = _LISTED.where(*_reached(reach)).order_by(HURRY.desc(), Order.id.desc()).limit(limit)
    if before_id is None:
        return rows.fill(ListedOrder, session, query.offset(offset))
    hurry = session.scalar(select(HURRY).where(Order.id == before_id)) or 0
    after = tuple_(HURRY, Order.id) < tuple_(hurry, before_id)
    return rows.fill(ListedOrder, session, query.where(after))


def one(session: Session, order_id: int) -> ListedOrder | None:
    """One order as a list has it."""
    return rows.first(ListedOrder, session, _LISTED.where(Order.id == order_id))


_LISTED = (
    rows.query(
        ListedOrder, Order, cost_ore=Order.cost_ore, institution=Institution.name, orderer=User.name
    )
    .join(Institution, Institution.id == Order.institution_id)
    .join(User, User.id == Order.orderer_id)
)


#: Another line stands in the place of one that is void.
_STANDS = OrderLine.state != LineState.VOID


def pieces_by_state(session: Session, order_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many lines of each order are in each state."""
    query = (
        select(OrderLine.order_id, OrderLine.state, func.count())
        .where(OrderLine.order_id.in_(sorted(set(order_ids))), _STANDS)
        .group_by(OrderLine.order_id, OrderLine.state)
    )
    found: dict[int, dict[str, int]] = {}
    for order_id, state, pieces in session.execute(query):
        found.setdefault(order_id, {})[state] = pieces
    return found


def lines(session: Session, order_id: int) -> list[PieceOrdered]:
    """The lines of an order with what they are of and the note they were delivered on."""
    query = (
        rows.query(PieceOrdered, OrderLine, Article, number=Unit.number, delivery=Delivery.number)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Delivery, Delivery.id == OrderLine.delivery_id)
        .where(OrderLine.order_id == order_id, _STANDS)
        .order_by(
            Article.sort_key,
            OrderLine.article_id,
            OrderLine.condition,
            OrderLine.price_ore,
            OrderLine.id,
        )
    )
    return rows.fill(PieceOrdered, session, query)


def given_back(session: Session, order_id: int) -> bool:
    """Whether an order is reported as regretted, and that is neither refused nor over."""
    return bool(reports_of(session, order_id))


def reports_of(session: Session, order_id: int) -> list[int]:
    """The reports of an order's furniture that are neither refused nor over."""
    query = select(Pickup.id).where(Pickup.order_id == order_id, Pickup.state.in_(EXPECTED))
    return list(session.scalars(query))


def last_there(session: Session, institution_id: int, line_ids: Collection[int]) -> set[int]:
    """Those of these lines whose piece stands with the institution because of them."""
    query = (
        select(OrderLine.id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .where(
            OrderLine.id.in_(line_ids),
            Unit.state == State.DELIVERED,
            Unit.holder_id == institution_id,
            ~exists().where(
                _LATER.unit_id == OrderLine.unit_id,
                _LATER.state == LineState.DELIVERED,
                _LATER.id > OrderLine.id,
            ),
        )
    )
    return set(session.scalars(query))


def open_lines(session: Session, order_id: int) -> list[OrderLine]:
    """Lines that still keep their piece, by id."""
    query = (
        select(OrderLine)
        .where(
            OrderLine.order_id == order_id, OrderLine.state.in_((LineState.OPEN, LineState.PICKED))
        )
        .order_by(OrderLine.id)
    )
    return list(session.scalars(query))


def line_states(session: Session, order_id: int) -> list[str]:
    """The states of all lines."""
    query = select(OrderLine.state).where(OrderLine.order_id == order_id, _STANDS)
    return list(session.scalars(query))


def history(session: Session, order_id: int) -> list[OrderEvent]:
    """Every change of the order, its lines, what they came with and was said of that, in order."""
    own = and_(Event.entity == Order.__tablename__, Event.entity_id == str(order_id))
    found = session.execute(
        select(OrderLine.id, OrderLine.delivery_id).where(OrderLine.order_id == order_id, _STANDS)
    ).all()
    of_lines = and_(
        Event.entity == OrderLine.__tablename__, Event.entity_id.in_(str(row.id) for row in found)
    )
    came = {str(row.delivery_id) for row in found if row.delivery_id is not None}
    of_notes = and_(Event.entity == Delivery.__tablename__, Event.entity_id.in_(sorted(came)))
    said = session.scalars(
        select(Complaint.id).where(Complaint.order_line_id.in_([row.id for row in found]))
    )
    of_said = and_(
        Event.entity == Complaint.__tablename__, Event.entity_id.in_([str(key) for key in said])
    )
    query = (
        select(
            Change.kind,
            Change.at,
            func.coalesce(User.name, "").label("actor"),
            func.coalesce(_REVERSED_CHANGE.kind, "").label("undone"),
            func.sum(case((of_lines, 1), else_=0)).label("pieces"),
        )
        .join(Event, Event.change_id == Change.id)
        .outerjoin(User, User.id == Change.actor_id)
        .outerjoin(_REVERSED_CHANGE, _REVERSED_CHANGE.id == Change.reverses_id)
        .where(or_(own, of_lines, of_notes, of_said))
        .group_by(Change.id, Change.kind, Change.at, User.name, _REVERSED_CHANGE.kind)
        .order_by(Change.id)
    )
    return rows.fill(OrderEvent, session, query)


def ended_by_others(
    session: Session, orderer_id: int, kinds: Collection[str], after: int, since: dt.datetime
) -> list[EndedByOthers]:
    """Changes of these kinds by somebody else to what a person has ordered, still in force."""
    undone = select(Change.reverses_id).where(Change.reverses_id.is_not(None))
    query = (
        rows.query(EndedByOthers, Change, Order, order_id=Order.id, by=func.coalesce(User.name, ""))
        .join(Event, Event.change_id == Change.id)
        .join(
            Order,
            and_(Event.entity == Order.__tablename__, Event.entity_id == cast(Order.id, String)),
        )
        .outerjoin(User, User.id == Change.actor_id)
        .where(
            Change.id > after,
            Change.at >= since,
            Change.kind.in_(kinds),
            Change.id.not_in(undone),
            Order.orderer_id == orderer_id,
            Change.actor_id != orderer_id,
        )
        .distinct()
        .order_by(Change.id)
        .with_hint(Event, "INDEXED BY ix_event_change_id", "sqlite")
    )
    return rows.fill(EndedByOthers, session, query)
