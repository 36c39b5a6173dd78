"""What becomes of an order that was sent: approved, refused, taken back, or given up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import Step, apply
from moebelcirkel.domain.orders import (
    LineState,
    Needs,
    OrderState,
    Party,
    Why,
    state_when_nothing_is_open,
)
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.orders.sending import free_text
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class Decided(Done):
    """The order somebody decided; the pieces a refusal put on sale again."""

    order_id: int
    number: str
    pieces: int = 0


@dataclass(frozen=True, slots=True)
class Cancelled(Done):
    """The order, how many pieces were cancelled, and whether that ended it."""

    order_id: int
    number: str
    pieces: int
    whole: bool


def _awaiting(work: Work, order_id: int, version: int | None) -> Order:
    """The order, if it still waits and the actor may decide it."""
    order = work.get(Order, order_id, version)
    work.require(Action.APPROVE, order.institution_id)
    if order.state != OrderState.AWAITING:
        raise Refused(N_("{number} does not wait for approval any more."), number=order.number)
    if order.needs == Needs.APPROVER:
        _check_approver(work, order)
    return order


def _check_approver(work: Work, order: Order) -> None:
    if order.orderer_id == work.actor_id:
        raise Refused(
            N_(
                "{number} is above the limit, alone or with other recent orders, and your own."
                " Someone else must approve it."
            ),
            number=order.number,
        )
    if not work.allows(Action.APPROVE_ABOVE, order.institution_id):
        raise Refused(
            N_(
                "{number} is above the limit, alone or with other recent orders."
                " Only an approver can decide it."
            ),
            number=order.number,
        )


@writes("order.approve", Action.APPROVE)
def approve(work: Work, order_id: int, version: int | None = None) -> Decided:
    """Let the order be picked."""
    order = _awaiting(work, order_id, version)
    order.state = OrderState.APPROVED
    order.decided_by_id = work.actor_id
    order.decided_at = work.now
    return Decided(order_id=order.id, number=order.number)


@writes("order.refuse", Action.APPROVE)
def refuse(work: Work, order_id: int, reason: str, version: int | None = None) -> Decided:
    """Say no, with the reason; its furniture is on sale again."""
    order = _awaiting(work, order_id, version)
    text = free_text(reason, "reason")
    if not text:
        raise Refused(N_("Write why, so that the sender knows what to do."), field="reason")
    order.state = OrderState.REFUSED
    order.reason = text
    order.decided_by_id = work.actor_id
    order.decided_at = work.now
    lines = order_queries.open_lines(work.session, order.id)
    _give_back(work, lines, LineState.REFUSED)
    return Decided(order_id=order.id, number=order.number, pieces=len(lines))


def _give_back(work: Work, lines: Sequence[OrderLine], state: LineState) -> None:
    """Lines end, and their units are on sale again."""
    units = {unit.id: unit for unit in work.rows(Unit, [line.unit_id for line in lines])}
    for line in lines:
        unit = units[line.unit_id]
        unit.state = apply(Step.RELEASE, unit.state, unit.number)
        line.state = state


@writes("order.cancel", Action.ORDER)
def cancel(
    work: Work,
    order_id: int,
    line_ids: Collection[int] | None = None,
    version: int | None = None,
    why: Why | None = None,
) -> Cancelled:
    """Take the order back, or some of its lines, as long as they are not picked."""
    order = work.get(Order, order_id, version)
    work.require(Action.ORDER, order.institution_id)
    if order.orderer_id != work.actor_id:
        work.require(Action.APPROVE, order.institution_id)
    return _end(work, order, line_ids, _of(why, Party.INSTITUTION))


@writes("order.call_off", Action.PICK)
def call_off(
    work: Work,
    order_id: int,
    why: Why,
    line_ids: Collection[int] | None = None,
    version: int | None = None,
) -> Cancelled:
    """Give up an order, or some of its lines, that the exchange cannot deliver."""
    order = work.get(Order, order_id, version)
    return _end(work, order, line_ids, _of(why, Party.EXCHANGE))


def _of(why: Why | None, party: Party) -> Why | None:
    if why is not None and why.party is not party:
        raise Refused(N_("Choose from the list."), field="why")
    return why


def _end(work: Work, order: Order, line_ids: Collection[int] | None, why: Why | None) -> Cancelled:
    lines = _cancellable(work, order, line_ids)
    _give_back(work, lines, LineState.CANCELLED)
    for line in lines:
        line.ended_why = why
    order.total_ore -= sum(line.price_ore for line in lines)
    work.session.flush()
    ended = state_when_nothing_is_open(order_queries.line_states(work.session, order.id))
    if ended is not None:
        order.state = ended
    return Cancelled(
        order_id=order.id,
        number=order.number,
        pieces=len(lines),
        whole=ended is OrderState.CANCELLED,
    )


def _cancellable(work: Work, order: Order, line_ids: Collection[int] | None) -> list[OrderLine]:
    open_lines = order_queries.open_lines(work.session, order.id)
    chosen = [line for line in open_lines if line_ids is None or line.id in line_ids]
    if not chosen or (line_ids is not None and len(chosen) < len(set(line_ids))):
        raise Refused(N_("{number} has nothing left to cancel there."), number=order.number)
    picked = [line for line in chosen if line.state == LineState.PICKED]
    if picked:
        raise Refused(
            N_("{number} has been picked and can no longer be cancelled. Call the warehouse."),
            number=order.number,
        )
    return chosen
