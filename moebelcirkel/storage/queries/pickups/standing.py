"""Pieces of reports that stand with their giver still: which, and who has first refusal of them."""

import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.pickups import GiftKind
from moebelcirkel.storage.rows import Ready
from moebelcirkel.storage.session_rows import ask_before, asked_before
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupPiece
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks, load_parameter

_GIVERS_PLACE = exists().where(Place.id == Unit.place_id, Place.pickup_id.is_not(None))
#: The piece is registered, and nobody has fetched it.
WITH_GIVER: ColumnElement[bool] = and_(Unit.state.in_(sorted(IN_STOCK)), _GIVERS_PLACE)
_ON_ORDER = (LineState.OPEN.value, LineState.PICKED.value)
#: The piece is neither on an order nor picked for one.
LOOSE = frozenset({State.RECEIVED, State.READY, State.LISTED})


def standing(session: Session, pickup_id: int) -> int:
    """How many pieces of a report are registered and still stand with its giver."""
    query = (
        select(func.count(Unit.id))
        .join(Place, Place.id == Unit.place_id)
        .where(Place.pickup_id == pickup_id, Unit.state.in_(sorted(IN_STOCK)))
    )
    return session.scalar(query) or 0


def standing_units(session: Session, pickup_id: int, line_id: int | None = None) -> list[Unit]:
    """Those pieces, of all lines or of one, in the order of their numbers."""
    query = (
        select(Unit)
        .join(PickupPiece, PickupPiece.unit_id == Unit.id)
        .where(PickupPiece.pickup_id == pickup_id, WITH_GIVER)
        .order_by(Unit.id)
    )
    if line_id is not None:
        query = query.where(PickupPiece.line_id == line_id)
    return list(session.scalars(query))


def standing_of(session: Session, unit_ids: Collection[int]) -> list[tuple[Unit, Pickup]]:
    """Those of some pieces that stand with a giver, with the report they are of."""
    query = (
        select(Unit, Pickup)
        .join(Place, Place.id == Unit.place_id)
        .join(Pickup, Pickup.id == Place.pickup_id)
        .where(Unit.id.in_(sorted(unit_ids)), Unit.state.in_(sorted(IN_STOCK)))
    )
    return [(unit, pickup) for unit, pickup in session.execute(query)]


def pickups_of(session: Session, unit_ids: Collection[int]) -> set[int]:
    """The reports that some pieces were registered for."""
    query = select(PickupPiece.pickup_id).distinct()
    return {
        key
        for part in chunks(sorted(unit_ids))
        for key in session.scalars(query.where(PickupPiece.unit_id.in_(part)))
    }


def orders_of(session: Session, unit_ids: Collection[int]) -> list[str]:
    """The numbers of the orders that some pieces are on."""
    query = (
        select(Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.unit_id.in_(sorted(unit_ids)), OrderLine.state.in_(_ON_ORDER))
        .distinct()
        .order_by(Order.number)
    )
    return list(session.scalars(query))


def material(session: Session, unit_ids: Collection[int]) -> set[int]:
    """Those of some pieces that are no furniture: material that a firm gave."""
    session.flush()
    return {
        key
        for part in chunks(sorted(set(unit_ids)))
        for (key,) in asked_before(session, _MATERIAL, {"units": part})
    }


def expect_material(session: Session, unit_ids: Collection[int]) -> None:
    """Ask for it together with the pieces themselves."""
    for part in chunks(sorted(set(unit_ids))):
        ask_before(session, _MATERIAL, {"units": part})


_MATERIAL = Ready(
    select(PickupPiece.unit_id)
    .join(Pickup, Pickup.id == PickupPiece.pickup_id)
    .where(
        Pickup.gift == GiftKind.MATERIAL.value,
        PickupPiece.unit_id.in_(bindparam("units", expanding=True)),
    )
)


def first_for_others(own: Iterable[int], since: dt.datetime) -> ColumnElement[bool]:
    """A report made after ``since`` by neither these institutions nor their departments.

    A firm has no department, and its gift is there for all.
    """
    ids = sorted(own)
    alike = select(Institution.department).where(
        Institution.id.in_(ids), Institution.department != ""
    )
    theirs = select(Institution.id).where(
        or_(Institution.id.in_(ids), Institution.department.in_(alike))
    )
    return and_(
        Pickup.reported_at > since,
        Pickup.institution_id.is_not(None),
        not_(Pickup.institution_id.in_(theirs)),
    )


def kept_back(session: Session, own: Collection[int] | None, now: dt.datetime) -> frozenset[int]:
    """The givers' places of which others have first refusal now; ``None`` sees all."""
    days = 0 if own is None else int(load_parameter(session, "pickup_own_days"))
    if own is None or not days:
        return frozenset()
    query = (
        select(Place.id)
        .join(Pickup, Pickup.id == Place.pickup_id)
        .where(first_for_others(own, now - dt.timedelta(days=days)))
    )
    return frozenset(session.scalars(query))


def not_at(places: Collection[int]) -> list[ColumnElement[bool]]:
    """The piece stands at none of some places; no condition where there are none."""
    if not places:
        return []
    return [or_(Unit.place_id.is_(None), Unit.place_id.not_in(sorted(places)))]


def pieces_kept_back(session: Session, own: Collection[int], now: dt.datetime) -> set[int]:
    """The pieces on sale at such places."""
    places = kept_back(session, own, now)
    if not places:
        return set()
    query = select(Unit.id).where(Unit.state == State.LISTED, Unit.place_id.in_(sorted(places)))
    return set(session.scalars(query))
