"""Deliveries within reach, each with whether it is confirmed, and until when it can be."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from moebelcirkel.domain.complaints import LIVE, deadline
from moebelcirkel.domain.receipts import Standing, first_open, last_day, standing
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.complaints import LineComplaint
from moebelcirkel.services.complaints import lists as complaints
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import receipts as receipt_queries
from moebelcirkel.storage.queries.receipts import Handed, HandedPiece, ReceiptReach, registered_on
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.work import Session, gone, load_parameter

PAGE = 60


@dataclass(frozen=True, slots=True)
class Receipt(Handed):
    """A delivery that was handed over; ``last_on`` is the last day to say something of it."""

    standing: Standing
    last_on: dt.date
    own: bool


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """One page of a list, newest first; ``holds`` tells of the one that was asked about."""

    rows: tuple[Receipt, ...]
    total: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptDetail:
    """One delivery with its pieces; ``orders`` are those it was for, as (id, number).

    ``complain_until`` is the last day on which its receiver can complain, none without a deadline.
    """

    row: Receipt
    pieces: tuple[HandedPiece, ...]
    orders: tuple[tuple[int, str], ...]
    may_confirm: bool
    complaints: tuple[LineComplaint, ...]
    may_complain: bool
    complain_until: dt.date | None


@dataclass(frozen=True, slots=True)
class OrderReceipt:
    """How a delivery with pieces of an order stands."""

    delivery_id: int
    number: str
    standing: Standing
    last_on: dt.date
    confirmed_on: dt.date | None
    confirmed_by: str
    complaints: tuple[LineComplaint, ...] = ()


def listed(
    context: Context,
    *,
    standing: Standing | None = None,
    text: str = "",
    before_id: int | None = None,
    offset: int = 0,
    limit: int = PAGE,
    holding: int | None = None,
) -> ReceiptPage:
    """What was handed over within reach, newest first; ``holding`` is shown beside the list."""
    context.require(Action.ORDER_VIEW)
    with context.read() as session:
        reach = replace(_reach(context, session), standing=standing, text=text.strip())
        days = _days(session)
        found = receipt_queries.listed(session, reach, before_id, limit, offset)
        holds = holding is not None and bool(
            receipt_queries.count(session, replace(reach, only=holding))
        )
        total = receipt_queries.count(session, reach)
    return ReceiptPage(tuple(_row(context, row, days) for row in found), total, holds)


def waiting_count(context: Context) -> int:
    """How many are not confirmed, for the badge in the rail."""
    if not context.allows(Action.ORDER_VIEW):
        return 0
    with context.read() as session:
        reach = replace(_reach(context, session), standing=Standing.WAITING)
        return receipt_queries.count(session, reach)


def detail(context: Context, delivery_id: int) -> ReceiptDetail:
    """One delivery; gone where its hand-over was undone."""
    with context.read() as session:
        found = receipt_queries.one(session, delivery_id)
        if found is None:
            raise gone()
        context.require(Action.ORDER_VIEW, found.institution_id)
        row = _row(context, found, _days(session))
        pieces = tuple(receipt_queries.pieces(session, delivery_id))
        said = tuple(complaints.of_deliveries(session, [delivery_id]))
        until = deadline(registered_on(found), int(load_parameter(session, "complain_days")))
    orders = tuple(dict.fromkeys((piece.order_id, piece.order) for piece in pieces))
    may = row.own and row.standing is Standing.WAITING
    live = {each.order_line_id for each in said if each.state in LIVE}
    in_time = until is None or context.today() <= until or context.allows(Action.RETURN)
    complain = context.allows(Action.HAND_IN, found.institution_id) and any(
        piece.line_id not in live for piece in pieces
    )
    return ReceiptDetail(row, pieces, orders, may, said, complain and in_time, until)


def of_orders(
    session: Session, order_ids: Collection[int], today: dt.date
) -> dict[int, tuple[OrderReceipt, ...]]:
    """The deliveries of orders that somebody reads, by order."""
    days = _days(session)
    said = complaints.of_orders(session, order_ids)
    found: dict[int, tuple[OrderReceipt, ...]] = {}
    for row in receipt_queries.of_orders(session, order_ids):
        receipt = OrderReceipt(
            row.id,
            row.number,
            standing(registered_on(row), row.confirmed_on, days, today),
            last_day(registered_on(row), days),
            row.confirmed_on,
            row.confirmed_by,
            tuple(
                each for each in said if (each.order_id, each.delivery_id) == (row.order_id, row.id)
            ),
        )
        found[row.order_id] = (*found.get(row.order_id, ()), receipt)
    return found


def _days(session: Session) -> int:
    return int(load_parameter(session, "confirm_days"))


def _reach(context: Context, session: Session) -> ReceiptReach:
    since = first_open(context.today(), _days(session))
    return ReceiptReach(context.reach(Action.ORDER_VIEW), since)


def _row(context: Context, row: Handed, days: int) -> Receipt:
    return like(
        Receipt,
        row,
        standing=standing(registered_on(row), row.confirmed_on, days, context.today()),
        last_on=last_day(registered_on(row), days),
        own=context.allows(Action.ORDER, row.institution_id),
    )
