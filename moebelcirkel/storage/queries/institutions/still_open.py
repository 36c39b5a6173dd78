"""What an institution still has open: orders, what its basket holds, wants and loans."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.wants import WantState
from moebelcirkel.storage.queries.institutions.merging import family
from moebelcirkel.storage.queries.loans import pieces_out
from moebelcirkel.storage.queries.wants.serving import count_ordered
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.wants import Want

_OPEN = (OrderState.AWAITING, OrderState.APPROVED)


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Numbers of orders, wants and orders on loan, and how many pieces are held."""

    orders: tuple[str, ...]
    held: int
    wants: tuple[str, ...]
    loans: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.orders or self.held or self.wants or self.loans)


def still_open(
    session: Session, institution_id: int, now: dt.datetime, today: dt.date
) -> StillOpen:
    """What has to be ended before nobody answers for it any more."""
    orders = (
        select(Order.number)
        .where(Order.institution_id == institution_id, Order.state.in_(_OPEN))
        .order_by(Order.id)
    )
    wants = (
        select(Want.number)
        .where(
            Want.institution_id == institution_id,
            Want.state == WantState.OPEN,
            Want.use_by >= today,
            Want.pieces > count_ordered(),
        )
        .order_by(Want.id)
    )
    out = pieces_out(session, family(session, institution_id))
    return StillOpen(
        tuple(session.scalars(orders)),
        held_pieces(session, institution_id, now),
        tuple(session.scalars(wants)),
        tuple(dict.fromkeys(piece.order for piece in out)),
    )


def held_pieces(session: Session, institution_id: int, now: dt.datetime) -> int:
    """How many pieces its basket holds."""
    query = (
        select(func.count(Hold.unit_id))
        .join(Basket, Basket.id == Hold.basket_id)
        .where(Basket.institution_id == institution_id, Hold.expires_at > now)
    )
    return session.scalar(query) or 0
