"""What somebody is reminded of, with a key that is never written twice."""

import datetime as dt
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.messages import Cause
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.storage.messages.telling import approvers, day_words, order_values, want_values
from moebelcirkel.storage.messages.writing import Draft
from moebelcirkel.storage.queries import loans as loan_queries
from moebelcirkel.storage.queries import messages as queries
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.work import ZONE


def of_orders(session: Session, now: dt.datetime, days: int) -> list[Draft]:
    """Orders that have waited so many working days, or twice as many, and so on.

    From the second time on, deputies without days are asked too.
    """
    today = now.astimezone(ZONE).date()
    old = select(Order.id).where(
        Order.state == OrderState.AWAITING, Order.sent_at <= now - dt.timedelta(days=days)
    )
    drafts = []
    for order_id in list(session.scalars(old.order_by(Order.id))):
        order = queries.order(session, order_id)
        turn = _turn(order.sent_at.astimezone(ZONE).date(), today, days)
        values = {**order_values(order), "dato": day_words(order.sent_at.astimezone(ZONE).date())}
        drafts += [
            Draft(
                each,
                Cause.ORDER_REMINDER,
                values,
                "shop_order",
                order.id,
                f"order {order.id} {turn} {each}",
            )
            for each in (approvers(session, order, today, long=turn > 1) if turn else ())
        ]
    return drafts


def _turn(sent: dt.date, today: dt.date, days: int) -> int:
    """How often so many working days have gone by."""
    turn, until = 0, working_day_after(sent, days)
    while until <= today:
        turn, until = turn + 1, working_day_after(until, days)
    return turn


#: What is overdue is told of again after so many days.
_LATE_AGAIN = 7


def of_loans(session: Session, now: dt.datetime, days: int) -> list[Draft]:
    """Loans to be returned within so many days, and those overdue: at once, then each week."""
    today = now.astimezone(ZONE).date()
    drafts = []
    out = loan_queries.pieces_out(session, None)
    for order_id, some in groupby(out, key=lambda piece: piece.order_id):
        pieces = list(some)
        first, left = pieces[0], (pieces[0].until - today).days
        if left > days:
            continue
        cause = Cause.LOAN_DUE if left >= 0 else Cause.LOAN_LATE
        turn = 0 if left >= 0 else (-left - 1) // _LATE_AGAIN
        values = order_values(queries.order(session, order_id), len(pieces))
        values |= {"dato": day_words(first.until)}
        once = f"{cause} {order_id} {first.until.isoformat()} {turn}"
        drafts.append(Draft(first.orderer_id, cause, values, "shop_order", order_id, once))
    return drafts


def of_wants(session: Session, now: dt.datetime, soon: dt.timedelta) -> list[Draft]:
    """Wants whose furniture is held for less than that, and for more than nothing."""
    ending = Hold.expires_at.between(now, now + soon)
    return [
        Draft(
            want.asker_id,
            Cause.WANT_ENDING,
            want_values(want),
            "want",
            want.id,
            f"want {want.id} {want.until.isoformat()}",
        )
        for want in queries.wants(session, ending)
    ]
