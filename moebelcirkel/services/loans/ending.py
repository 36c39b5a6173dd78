"""Loans that never come back: what is lost, and what its borrower keeps for its price.

Either way the loan's figures and its charge are put right by the real days, as by a return, and
its daily price stops. What is kept is an order like any other from that day on: a hand-over of
the life that is left, without the handling and the driving that the loan has had already.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import Figures
from moebelcirkel.domain.lifecycle import DeliveryState, Step, apply
from moebelcirkel.domain.orders import LineState, Needs, OrderState, order_number
from moebelcirkel.domain.pickups import RECEIVING, PickupState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import inputs as figures
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.services.runs.planning import leave_out
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import loans as loan_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class LoanEnded(Done):
    """The loan, and how many of its pieces do not come back."""

    order_id: int
    number: str
    pieces: int


@dataclass(frozen=True, slots=True)
class LoanKept(LoanEnded):
    """The order that what is kept became, and what it costs in øre."""

    kept_order_id: int
    kept_number: str
    amount_ore: int


@writes("loan.lose", Action.RETURN)
def lose(
    work: Work, order_id: int, unit_ids: Collection[int] = (), version: int | None = None
) -> LoanEnded:
    """End the loan of pieces that are lost; of all that are out where none are named."""
    order, units = _out(work, order_id, unit_ids, version)
    for unit in units:
        _end(work, unit, Step.LOSE)
        unit.holder_id = None
    work.session.flush()
    _nothing_to_fetch(work, order)
    return LoanEnded(order_id=order.id, number=order.number, pieces=len(units))


@writes("loan.keep", Action.RETURN)
def keep(
    work: Work, order_id: int, unit_ids: Collection[int] = (), version: int | None = None
) -> LoanKept:
    """End the loan of pieces that its borrower keeps, and charge their prices."""
    loan, units = _out(work, order_id, unit_ids, version)
    for unit in units:
        _end(work, unit, Step.KEEP)
    work.session.flush()
    _nothing_to_fetch(work, loan)
    order = _order(work, loan, sum(unit.price_ore or 0 for unit in units))
    lines = _lines(work, loan, order, units, _note(work, order))
    by_id = {unit.id: unit for unit in units}
    figure_lines.book_hand_overs(work, order, lines, by_id, work.today, stay=True)
    return LoanKept(
        order_id=loan.id,
        number=loan.number,
        pieces=len(units),
        kept_order_id=order.id,
        kept_number=order.number,
        amount_ore=order.total_ore,
    )


def _out(
    work: Work, order_id: int, unit_ids: Collection[int], version: int | None
) -> tuple[Order, list[Unit]]:
    order = work.get(Order, order_id, version)
    out = {piece.unit_id for piece in loan_queries.pieces_out(work.session, None, order_id)}
    if not out or not out.issuperset(unit_ids):
        raise Refused(N_("Nothing of {number} is out on loan any more."), number=order.number)
    return order, work.rows(Unit, set(unit_ids) or out)


def _end(work: Work, unit: Unit, step: Step) -> None:
    figure_lines.end_use(work, unit, work.today, back=False)
    unit.state = apply(step, unit.state, unit.number)
    unit.giver_id, unit.received_on = unit.holder_id, work.today


def _nothing_to_fetch(work: Work, loan: Order) -> None:
    """What was reported to be fetched is over with the last piece that was out.

    What nobody has accepted is taken back; what was accepted is finished, with what came of it.
    """
    if loan_queries.pieces_out(work.session, None, loan.id):
        return
    for pickup in work.rows(Pickup, order_queries.reports_of(work.session, loan.id)):
        over = PickupState.CLOSED if pickup.state in RECEIVING else PickupState.WITHDRAWN
        pickup.state = over
        work.session.flush()
        leave_out(work, pickup.id)


def _order(work: Work, loan: Order, total_ore: int) -> Order:
    """An order that is delivered as soon as it is made; nobody is asked to approve it."""
    order = Order(
        number=order_number(work.next_number("order")),
        institution_id=loan.institution_id,
        cost_bearer_id=loan.cost_bearer_id,
        orderer_id=loan.orderer_id,
        state=OrderState.DELIVERED,
        answer=loan.answer,
        needs=Needs.NOTHING,
        total_ore=total_ore,
        sent_at=work.now,
        decided_by_id=work.actor_id,
        decided_at=work.now,
        building=loan.building,
        floor=loan.floor,
        way_in=loan.way_in,
    )
    work.session.add(order)
    work.session.flush()
    return order


def _note(work: Work, order: Order) -> int:
    """The delivery note that the receiver confirms, as of what was brought."""
    note = Delivery(
        number=f"F-{work.next_number('delivery'):05d}",
        institution_id=order.institution_id,
        state=DeliveryState.HANDED,
        created_at=work.now,
        handed_on=work.today,
    )
    work.session.add(note)
    work.session.flush()
    return note.id


def _lines(
    work: Work, loan: Order, order: Order, units: Sequence[Unit], note_id: int
) -> list[OrderLine]:
    factors = figures.load_factors(work.session, work.today)
    articles = shop_holds.articles(work.session, (unit.article_id for unit in units))
    said = loan_queries.lines_of(work.session, loan.id)
    rows = []
    for unit in units:
        lent = said[unit.id]
        article = articles[unit.article_id]
        answer = lent.answer or loan.answer
        worth = figures.estimate(
            factors, article, unit.condition, answer, life_left=unit.life_left, stays=True
        )
        line = _line(order, unit, lent, worth)
        rows.append({**line, "delivered_on": work.today, "delivery_id": note_id})
    work.bulk_insert(OrderLine, rows)
    return list(loan_queries.lines_of(work.session, order.id).values())


def _line(order: Order, unit: Unit, lent: OrderLine, worth: Figures) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "unit_id": unit.id,
        "article_id": unit.article_id,
        "condition": unit.condition,
        "price_ore": unit.price_ore or 0,
        "new_price_ore": worth.new_value_ore,
        "net_g": worth.net_g,
        "answer": lent.answer,
        "exact": lent.exact,
        "state": LineState.DELIVERED,
    }
