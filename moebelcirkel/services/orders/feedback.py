"""After the delivery: how it went, by one tap, and furniture given back that is regretted."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import LineState, Rating, back_until
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, day
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.orders.sending import free_text
from moebelcirkel.services.pickups.reporting import (
    PickupReported,
    Report,
    ReportedLine,
    write_report,
)
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.orders import PieceOrdered as OrderedLine
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.work import Session, load_parameter


@writes("order.feedback", Action.ORDER, Kind(others=Action.HAND_OVER))
def give_feedback(work: Work, order_id: int, rating: Rating, text: str = "") -> Done:
    """Say how the order went; said again, the last word counts."""
    order = work.get(Order, order_id)
    work.require(Action.ORDER, order.institution_id)
    if LineState.DELIVERED not in order_queries.line_states(work.session, order.id):
        raise Refused(N_("{number} has not been delivered yet."), number=order.number)
    order.rating = Rating(rating)
    order.feedback = free_text(text, "feedback") or None
    work.refuse_unchanged()
    return Done()


def returnable(
    session: Session, order: Order, lines: Iterable[OrderedLine], today: dt.date
) -> tuple[list[OrderedLine], dt.date | None]:
    """What of an order can still be given back, and until when all of it can."""
    days = int(load_parameter(session, "regret_days"))
    found: list[tuple[OrderedLine, dt.date]] = []
    for line in lines:
        if line.state != LineState.DELIVERED or line.delivered_on is None:
            continue
        until = back_until(line.delivered_on, days)
        if until is not None and today <= until:
            found.append((line, until))
    ids = [line.id for line, _until in found]
    there = order_queries.last_there(session, order.institution_id, ids)
    kept = [(line, until) for line, until in found if line.id in there]
    return [line for line, _until in kept], min((until for _line, until in kept), default=None)


def can_go_back(
    context: Context, session: Session, order: Order, lines: Sequence[OrderedLine]
) -> dt.date | None:
    """Until when what was delivered can be given back as regretted; a loan goes back anyway."""
    may = (context.allows(each, order.institution_id) for each in (Action.ORDER, Action.HAND_IN))
    if order.loan_until is not None or not all(may):
        return None
    if order_queries.task_rows(session, order.id):
        return None  # it was made for them
    if order_queries.given_back(session, order.id) or repair_queries.of_order(session, order.id):
        return None
    return returnable(session, order, lines, context.today())[1]


@writes("pickup.report", Action.HAND_IN)
def give_back(work: Work, order_id: int) -> PickupReported:
    """Report what was delivered and is regretted, so that the warehouse fetches it."""
    order = work.get(Order, order_id)
    work.require(Action.HAND_IN, order.institution_id)
    lines = order_queries.lines(work.session, order.id)
    found, _until = returnable(work.session, order, lines, work.today)
    own = repair_queries.of_order(work.session, order.id) is not None
    made = bool(order_queries.task_rows(work.session, order.id))
    if order.loan_until is not None or own or made or not found:
        raise Refused(
            N_("Nothing of {number} can be given back as regretted any more. Hand it in instead."),
            number=order.number,
        )
    if order_queries.given_back(work.session, order.id):
        raise Refused(N_("{number} is reported as regretted already."), number=order.number)
    alike = Counter((line.article_id, line.category_key, line.condition) for line in found)
    last = max(line.delivered_on for line in found if line.delivered_on)
    return write_report(
        work,
        Report(
            institution_id=order.institution_id,
            lines=[
                ReportedLine(
                    category_key=category, pieces=pieces, condition=grade, article_id=article
                )
                for (article, category, grade), pieces in alike.items()
            ],
            building=order.building or "",
            note=_("{number} is regretted; delivered {day}.").format(
                number=order.number, day=day(last)
            ),
        ),
        order.id,
    )
