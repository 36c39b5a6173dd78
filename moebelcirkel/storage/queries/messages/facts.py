"""Who is told of a change, and what the text of it names."""

import datetime as dt
import functools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.messages import Cause
from moebelcirkel.domain.orders import OPEN_LINES, LineState
from moebelcirkel.domain.roles import Role
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.users import User, UserRole
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import chunks

_OWNER = aliased(Institution)

_NOT_COUNTED = (LineState.CANCELLED, LineState.VOID)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody active who is told something."""

    id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as a text names it; ``pieces`` are those that were not cancelled."""

    id: int
    number: str
    orderer_id: int
    institution_id: int
    institution: str
    needs: str
    state: str
    cost_ore: int
    fee_ore: int
    urgent: bool | None
    over_ore: int | None
    sent_at: dt.datetime
    reason: str
    pieces: int


@dataclass(frozen=True, slots=True)
class DeliveredPart:
    """So many pieces of an order on one delivery note."""

    order_id: int
    note: str
    pieces: int


@dataclass(frozen=True, slots=True)
class OnRun:
    """So many pieces of an order that a run brings, and when they were promised."""

    order_id: int
    driven_on: dt.date
    promised_on: dt.date
    pieces: int


@dataclass(frozen=True, slots=True)
class HomeFound:
    """So many pieces of a report of furniture that went to an institution."""

    pickup_id: int
    institution: str
    pieces: int


@dataclass(frozen=True, slots=True)
class WantFacts:
    """A want as a text names it, with what is held for it."""

    id: int
    number: str
    asker_id: int
    institution: str
    pieces: int
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class PickupFacts:
    """A report of furniture as a text names it."""

    id: int
    number: str
    reporter_id: int
    giver: str
    planned_on: dt.date | None
    question: str
    reason: str
    pieces: int


def people(session: Session, ids: Iterable[int]) -> dict[int, Recipient]:
    """The active ones of some people, by id."""
    found = rows.fill(Recipient, session, _PEOPLE, {"ids": sorted(ids)})
    return {person.id: person for person in found}


_PEOPLE = select(User.id, User.name, User.email).where(
    User.id.in_(bindparam("ids", expanding=True)), User.active
)


def on_run(session: Session, run_id: int) -> list[OnRun]:
    """The orders that a run brings something of, where a day was promised."""
    return rows.fill(OnRun, session, _ON_RUN, {"run_id": run_id})


# Built once: it is asked after each stop that is put on.
_ON_RUN = (
    select(
        Order.id.label("order_id"),
        Run.driven_on,
        Order.promised_on,
        func.count(OrderLine.id).label("pieces"),
    )
    .join(OrderLine, OrderLine.order_id == Order.id)
    .join(RunLine, RunLine.order_line_id == OrderLine.id)
    .join(RunStop, RunStop.id == RunLine.stop_id)
    .join(Run, Run.id == RunStop.run_id)
    .where(
        Run.id == bindparam("run_id"),
        OrderLine.state.in_(sorted(OPEN_LINES)),
        Order.promised_on.is_not(None),
    )
    .group_by(Order.id, Run.driven_on, Order.promised_on)
    .order_by(Order.id)
    .with_hint(OrderLine, "NOT INDEXED", "sqlite")
)


def institution_name(session: Session, institution_id: int) -> str:
    """What an institution is called."""
    return session.scalar(select(Institution.name).where(Institution.id == institution_id)) or ""


def leaders_and_administrators(session: Session, institution_id: int) -> list[int]:
    """The active people who lead an institution, and the administrators."""
    there = or_(UserRole.institution_id.is_(None), UserRole.institution_id == institution_id)
    query = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(User.active, UserRole.role.in_((Role.LEADER, Role.ADMINISTRATOR)), there)
        .distinct()
        .order_by(User.id)
    )
    return list(session.scalars(query))


def told_moved(session: Session, order_ids: Sequence[int]) -> dict[int, list[str]]:
    """By order the keys of what was told of its other weeks, newest first."""
    found: dict[int, list[str]] = {}
    for part in chunks(order_ids):
        for order_id, key in _TOLD_MOVED.tuples(session.connection(), {"ids": list(part)}):
            if key and order_id is not None:
                found.setdefault(order_id, []).append(key)
    return found


_TOLD_MOVED = rows.Ready(
    select(Message.entity_id, Message.once)
    .where(
        Message.entity == Order.__tablename__,
        Message.entity_id.in_(bindparam("ids", expanding=True)),
        Message.cause == Cause.ORDER_MOVED,
        ~Message.undone,
    )
    .order_by(Message.id.desc())
)


def runs_of(session: Session, order_id: int) -> set[int]:
    """The runs that bring an order, or brought some of it."""
    query = (
        select(RunStop.run_id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(OrderLine.order_id == order_id, OrderLine.state.not_in(_NOT_COUNTED))
    )
    return set(session.scalars(query.distinct()))


def first_change(session: Session, change_id: int) -> tuple[int, bool]:
    """What an undoing or doing again is about, and whether that is undone by it."""
    undone = True
    before = session.scalar(select(Change.reverses_id).where(Change.id == change_id))
    while before is not None:
        change_id, undone = before, not undone
        before = session.scalar(select(Change.reverses_id).where(Change.id == change_id))
    return change_id, undone


def order(session: Session, order_id: int) -> OrderFacts:
    """One order."""
    return rows.fill(OrderFacts, session, _ORDER, {"order_id": order_id})[0]


_PIECES = (
    select(func.count(OrderLine.id))
    .where(OrderLine.order_id == Order.id, OrderLine.state.not_in(_NOT_COUNTED))
    .scalar_subquery()
)
_ORDER = (
    rows.query(
        OrderFacts,
        Order,
        institution=Institution.name,
        cost_ore=Order.cost_ore,
        fee_ore=Order.cost_ore - Order.total_ore,
        pieces=_PIECES,
    )
    .join(Institution, Institution.id == Order.institution_id)
    .where(Order.id == bindparam("order_id"))
)


def noted(session: Session, delivery_ids: Collection[int]) -> list[DeliveredPart]:
    """What the delivery notes hold, by order."""
    return rows.fill(DeliveredPart, session, _parts(Delivery.id.in_(sorted(delivery_ids))))


def delivered(session: Session, numbers: Collection[str]) -> list[DeliveredPart]:
    """What was handed over on the delivery notes, by order."""
    handed = OrderLine.state == LineState.DELIVERED
    return rows.fill(DeliveredPart, session, _parts(Delivery.number.in_(sorted(numbers)) & handed))


def _parts(which: ColumnElement[bool]) -> Executable:
    return (
        select(
            OrderLine.order_id,
            Delivery.number.label("note"),
            func.count(OrderLine.id).label("pieces"),
        )
        .join(Delivery, Delivery.id == OrderLine.delivery_id)
        .where(which)
        .group_by(OrderLine.order_id, Delivery.number)
        .order_by(OrderLine.order_id, Delivery.number)
    )


def homes(session: Session, numbers: Collection[str]) -> list[HomeFound]:
    """What was handed over on the delivery notes, by the report that it came with."""
    return rows.fill(HomeFound, session, _homes(), {"numbers": sorted(numbers)})


@functools.cache
def _homes() -> Select[*tuple[Any, ...]]:
    return (
        select(
            PickupPiece.pickup_id,
            Institution.name.label("institution"),
            func.count(PickupPiece.id).label("pieces"),
        )
        .join(OrderLine, OrderLine.unit_id == PickupPiece.unit_id)
        .join(Delivery, Delivery.id == OrderLine.delivery_id)
        .join(Institution, Institution.id == Delivery.institution_id)
        .where(
            Delivery.number.in_(bindparam("numbers", expanding=True)),
            OrderLine.state == LineState.DELIVERED,
        )
        # What was repaired for its owner found no new home.
        .where(~exists().where(Repair.order_id == OrderLine.order_id))
        .group_by(PickupPiece.pickup_id, Institution.name)
        .order_by(PickupPiece.pickup_id, Institution.name)
    )


def wants(session: Session, which: ColumnElement[bool]) -> list[WantFacts]:
    """Wants that pieces are held for."""
    query = (
        select(
            Want.id,
            Want.number,
            Want.asker_id,
            Institution.name.label("institution"),
            func.count(Hold.unit_id).label("pieces"),
            func.max(Hold.expires_at).label("until"),
        )
        .join(Institution, Institution.id == Want.institution_id)
        .join(Hold, Hold.want_id == Want.id)
        .where(which)
        .group_by(Want.id, Want.number, Want.asker_id, Institution.name)
        .order_by(Want.id)
    )
    return rows.fill(WantFacts, session, query)


def pickup(session: Session, pickup_id: int) -> PickupFacts:
    """One report of furniture."""
    pieces = (
        select(func.coalesce(func.sum(PickupLine.pieces), 0))
        .where(PickupLine.pickup_id == Pickup.id)
        .scalar_subquery()
    )
    query = (
        rows.query(
            PickupFacts, Pickup, giver=func.coalesce(_OWNER.name, Pickup.firm), pieces=pieces
        )
        .outerjoin(_OWNER, _OWNER.id == Pickup.institution_id)
        .where(Pickup.id == pickup_id)
    )
    return rows.fill(PickupFacts, session, query)[0]


def planned_by(session: Session, change_id: int) -> list[int]:
    """The reports whose day of being fetched a change has set."""
    query = select(Event.entity_id, Event.before, Event.after).where(
        Event.change_id == change_id, Event.entity == Pickup.__tablename__
    )
    days = (
        (int(key), (before or {}).get("planned_on"), (after or {}).get("planned_on"))
        for key, before, after in session.execute(query)
    )
    return sorted(key for key, before, after in days if after and after != before)
