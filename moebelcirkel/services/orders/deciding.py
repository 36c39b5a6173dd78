"""What becomes of an order that was sent: approved, refused, taken back, or given up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import (
    ApprovalAsked,
    LineState,
    Needs,
    OrderState,
    Party,
    Stand,
    Why,
    decides,
    reaches,
    refused_for,
    state_when_nothing_is_open,
)
from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.orders import adapted
from moebelcirkel.services.orders.sending import free_text
from moebelcirkel.storage.queries import approvals as approval_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class OrderDecided(Done):
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


def _deciding(work: Work, order_id: int, version: int | None) -> Order:
    """The order, if the actor may decide it, who is then who decided it."""
    order = work.get(Order, order_id, version)
    order.decided_for_id = _awaiting(work, order)
    order.decided_by_id = work.actor_id
    order.decided_at = work.now
    return order


def _awaiting(work: Work, order: Order) -> int | None:
    """Refused where it does not wait, or for who may not decide it; else in whose stead."""
    work.require(Action.APPROVE, order.institution_id)
    if order.state != OrderState.AWAITING:
        raise Refused(N_("{number} does not wait for approval any more."), number=order.number)
    return _in_whose_stead(work, order)


def _in_whose_stead(work: Work, order: Order) -> int | None:
    """Refused for who may not decide it; else whom a deputy stands in for."""
    if order.needs == Needs.APPROVER:
        _check_approver(work, order)
    asked = ApprovalAsked(
        order.institution_id, order.orderer_id, Needs(order.needs), order.cost_ore
    )
    if work.actor_id is None:
        return None
    mine = approval_queries.stands(work.session, work.today, work.actor_id)
    right = [stand for stand in mine if decides(stand, asked)]
    if not right:
        _refuse_stands([stand for stand in mine if reaches(stand, asked)], order)
    own = any(stand.for_id is None for stand in right)
    return None if own else right[0].for_id


def _refuse_stands(mine: Sequence[Stand], order: Order) -> None:
    """The role is there, but not for so much, or only in the orderer's own stead or for oneself."""
    if any(stand.for_id == order.orderer_id for stand in mine):
        raise Refused(
            N_("{number} was sent by the one you stand in for. Someone else must decide it."),
            number=order.number,
        )
    if any(stand.id == order.orderer_id and stand.for_id is not None for stand in mine):
        raise Refused(N_("{number} is your own. Someone else must decide it."), number=order.number)
    most = max((stand.most_ore or 0 for stand in mine), default=0)
    raise Refused(
        N_("{number} is {amount} kr., and you decide up to {most} kr. Ask somebody else."),
        number=order.number,
        amount=Decimal(order.cost_ore) / 100,
        most=Decimal(most) / 100,
    )


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
def approve(work: Work, order_id: int, version: int | None = None) -> OrderDecided:
    """Let the order be picked."""
    order = _deciding(work, order_id, version)
    order.state = OrderState.APPROVED
    _tell_repair(work, order, PickupState.ACCEPTED)
    adapted.begin(work, order)
    return OrderDecided(order_id=order.id, number=order.number)


@dataclass(frozen=True, slots=True)
class Adjusted(Done):
    """The order as it waits now, and how many pieces were taken out."""

    order_id: int
    number: str
    pieces: int
    total_ore: int


@writes("order.adjust", Action.APPROVE)
def adjust(
    work: Work,
    order_id: int,
    line_ids: Collection[int] = (),
    cost_bearer_id: int | None = None,
    version: int | None = None,
    reason: str = "",
) -> Adjusted:
    """Take pieces out of an order that waits, or let another account pay, before it is approved.

    Who has to decide it stays: what was above the limit is no matter for its sender afterwards.
    The sender reads why, and so does who decides when the same is ordered again.
    """
    order = work.get(Order, order_id, version)
    _awaiting(work, order)
    if cost_bearer_id is not None:
        known = order_queries.cost_bearers(work.session, order.institution_id)
        if cost_bearer_id not in [row.id for row in known]:
            raise Refused(
                N_("This account does not belong to the institution."), field="cost_bearer_id"
            )
        order.cost_bearer_id = cost_bearer_id
    out = _cancellable(work, order, line_ids) if line_ids else []
    if out and len(out) == len(order_queries.open_lines(work.session, order.id)):
        raise Refused(N_("Nothing would be left. Refuse the order and say why."))
    if out:
        order.reason = "\n".join(filter(None, (order.reason, _why(reason))))
    _give_back(work, out, LineState.CANCELLED)
    order.total_ore -= sum(line.price_ore for line in out)
    work.refuse_unchanged()
    return Adjusted(
        order_id=order.id, number=order.number, pieces=len(out), total_ore=order.cost_ore
    )


@writes("order.refuse", Action.APPROVE)
def refuse(work: Work, order_id: int, reason: str, version: int | None = None) -> OrderDecided:
    """Say no, with the reason; its furniture is on sale again.

    Why some was left out of it before stays, and is read after it.
    """
    order = _deciding(work, order_id, version)
    why = _why(reason)
    order.reason = refused_for(why, order.reason)
    order.state = OrderState.REFUSED
    lines = order_queries.open_lines(work.session, order.id)
    _give_back(work, lines, LineState.REFUSED)
    _tell_repair(work, order, PickupState.REFUSED, why)
    return OrderDecided(order_id=order.id, number=order.number, pieces=len(lines))


def _why(reason: str) -> str:
    text = free_text(reason, "reason")
    if not text:
        raise Refused(N_("Write why, so that the sender knows what to do."), field="reason")
    return text


def _give_back(work: Work, lines: Sequence[OrderLine], state: LineState) -> None:
    """Lines end, and their units are on sale again."""
    units = work.rows(Unit, [line.unit_id for line in lines])
    own = bool(lines) and repair_queries.of_order(work.session, lines[0].order_id) is not None
    for unit in units if own else adapted.call_back(work, units):
        unit.state = apply(Step.CALL_OFF if own else Step.RELEASE, unit.state, unit.number)
    for line in lines:
        line.state = state


def _tell_repair(work: Work, order: Order, state: PickupState, why: str = "") -> None:
    """What is decided of a repair's order is decided of its furniture: fetched, or left there."""
    repair = repair_queries.of_order(work.session, order.id)
    if repair is not None:
        pickup = work.get(Pickup, repair.pickup_id)
        pickup.state = state
        pickup.reason = why


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
    adapted.refuse_begun(work, order, _cancellable(work, order, line_ids))
    return _end(work, order, line_ids, _of(why, Party.INSTITUTION))


#: Reasons that lie in the piece: nobody else can have it either.
_NOT_THERE = frozenset({Why.BROKEN, Why.NOT_FOUND})


@writes("order.call_off", Action.PICK)
def call_off(
    work: Work,
    order_id: int,
    why: Why,
    line_ids: Collection[int] | None = None,
    version: int | None = None,
) -> Cancelled:
    """Give up an order, or some of its lines, that the exchange cannot deliver.

    A piece that is broken or not to be found is not put on sale again.
    """
    order = work.get(Order, order_id, version)
    open_lines = order_queries.open_lines(work.session, order.id)
    units = {line.unit_id for line in open_lines if line_ids is None or line.id in line_ids}
    done = _end(work, order, line_ids, _of(why, Party.EXCHANGE))
    if why in _NOT_THERE and repair_queries.of_order(work.session, order.id) is None:
        for unit in work.rows(Unit, units):
            if unit.state is State.WORKSHOP:  # what was begun is finished or scrapped there
                continue
            unit.state = apply(Step.UNLIST, unit.state, unit.number)
            unit.listed_at = None
    return done


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
        if ended is OrderState.CANCELLED:
            _tell_repair(work, order, PickupState.WITHDRAWN)
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
