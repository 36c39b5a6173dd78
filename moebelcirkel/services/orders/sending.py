"""Orders: sent from a basket, approved, refused or cancelled, with one line per piece."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import Figures
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import (
    LineState,
    Needs,
    OrderState,
    order_number,
    state_when_nothing_is_open,
)
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.services.orders.approval import Sending
from moebelcirkel.services.shop import basket_view as shop_basket
from moebelcirkel.storage import shop_holds, undo
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import not_allowed

_NAMED = 5


# --- sending -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent(Done):
    """The order a basket became."""

    order_id: int
    number: str
    state: str
    needs: str
    pieces: int
    total_ore: int


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


@dataclass(frozen=True, slots=True)
class Contents:
    """What is sent, for whom, at whose cost, and with which answer to the one question."""

    institution_id: int
    cost_bearer_id: int | None
    answer: Answer
    held: Sequence[Hold]
    units: dict[int, Unit]

    @property
    def total_ore(self) -> int:
        """What it costs."""
        return sum(unit.price_ore or 0 for unit in self.units.values())


@writes("order.send", Action.ORDER)
def send(work: Work, institution_id: int, note: str = "") -> Sent:
    """Turn the basket into an order; all of it or, naming what is gone, nothing."""
    work.require(Action.ORDER, institution_id)
    note = _free_text(note, "note")
    return place(work, _contents(work, institution_id), note)


def place(work: Work, contents: Contents, note: str) -> Sent:
    """Make an order of what is held; refused where nobody could approve it."""
    if work.actor_id is None:
        raise not_allowed()
    institution_id = contents.institution_id
    institution = order_approval.orderer(work, institution_id)
    sending = order_approval.sending(
        work.session,
        institution,
        contents.total_ore,
        work.actor_id,
        leads=work.allows(Action.APPROVE, institution_id),
        now=work.now,
    )
    order_approval.refuse_impossible(sending, institution)
    order = _order(work, contents, sending, note)
    _add_lines(work, order, contents)
    for held in contents.held:
        work.session.delete(held)
    return Sent(
        order_id=order.id,
        number=order.number,
        state=order.state,
        needs=order.needs,
        pieces=len(contents.units),
        total_ore=order.total_ore,
    )


def _free_text(text: str, field: str) -> str:
    clean = text.strip()
    if len(clean) > limits.NOTE:
        raise Refused(
            N_("The text is too long. Use at most {most} characters."),
            field=field,
            most=limits.NOTE,
        )
    return clean


def _contents(work: Work, institution_id: int) -> Contents:
    basket = shop_holds.open_basket(work, institution_id)
    held = shop_holds.holds(work.session, basket.id)
    units = {unit.id: unit for unit in work.rows(Unit, [row.unit_id for row in held])}
    refuse_gone(work, basket, held, units)
    if not held:
        raise Refused(N_("The basket is empty. Put furniture into it first."))
    if basket.answer is None:
        raise Refused(
            N_("Answer the question before you send. “Don't know” is an answer."), field="answer"
        )
    payers = order_queries.cost_bearers(work.session, institution_id)
    payer = shop_basket.payer_of(basket, payers)
    return Contents(institution_id, payer, Answer(basket.answer), held, units)


def refuse_gone(work: Work, basket: Basket, held: Sequence[Hold], units: dict[int, Unit]) -> None:
    """Name what others have taken, and what is no longer on sale; then nothing is sent."""
    left = [units[row.unit_id] for row in held if units[row.unit_id].state != State.LISTED]
    names = shop_holds.articles(work.session, (unit.article_id for unit in left))
    lost = shop_holds.losses(work.session, basket.id, work.now)
    gone = [f"{row.name} {row.number}" for row in lost]
    gone += [f"{names[unit.article_id].name} {unit.number}" for unit in left]
    if not gone:
        return
    if len(gone) > _NAMED:
        raise Refused(
            N_("Others were faster: {names} and {more} more are gone. Nothing has been sent."),
            names=", ".join(gone[:_NAMED]),
            more=len(gone) - _NAMED,
        )
    raise Refused(
        N_("Others were faster: {names} is gone. Nothing has been sent."), names=", ".join(gone)
    )


def _order(work: Work, contents: Contents, sending: Sending, note: str) -> Order:
    approved = sending.needs is Needs.NOTHING
    order = Order(
        number=order_number(work.next_number("order")),
        institution_id=contents.institution_id,
        cost_bearer_id=contents.cost_bearer_id,
        orderer_id=work.actor_id,
        state=OrderState.APPROVED if approved else OrderState.AWAITING,
        answer=contents.answer,
        needs=sending.needs,
        limit_ore=sending.limit_ore,
        total_ore=contents.total_ore,
        note=note,
        sent_at=work.now,
        decided_by_id=work.actor_id if approved else None,
        decided_at=work.now if approved else None,
    )
    work.session.add(order)
    work.session.flush()
    return order


def _add_lines(work: Work, order: Order, contents: Contents) -> None:
    values = shop_basket.estimates(
        work.session, contents.held, contents.units, contents.answer, work.today
    )
    lines = []
    for held in contents.held:
        unit = contents.units[held.unit_id]
        unit.state = apply(Step.ORDER, unit.state, unit.number)
        lines.append(_line(order, held, unit, values[unit.id]))
    work.bulk_insert(OrderLine, lines)


def _line(order: Order, held: Hold, unit: Unit, values: Figures) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "unit_id": unit.id,
        "article_id": unit.article_id,
        "condition": unit.condition,
        "price_ore": unit.price_ore or 0,
        "new_price_ore": values.new_value_ore,
        "net_g": values.net_g,
        "answer": held.answer,
        "exact": held.exact,
        "state": LineState.OPEN,
        "want_id": held.want_id,
    }


# --- deciding ------------------------------------------------------------------------------------


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
    text = _free_text(reason, "reason")
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
    work: Work, order_id: int, line_ids: Collection[int] | None = None, version: int | None = None
) -> Cancelled:
    """Take the order back, or some of its lines, as long as they are not picked."""
    order = work.get(Order, order_id, version)
    work.require(Action.ORDER, order.institution_id)
    if order.orderer_id != work.actor_id:
        work.require(Action.APPROVE, order.institution_id)
    lines = _cancellable(work, order, line_ids)
    _give_back(work, lines, LineState.CANCELLED)
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


# --- undo ----------------------------------------------------------------------------------------


def _check_orders_after_undo(work: Work, events: Sequence[Event]) -> None:
    """An order that waits again may not be on its way already, nor one evade the limit."""
    abouts = {int(event.entity_id): event.after or {} for event in events}
    for order in work.rows(Order, abouts):
        _refuse_above_limit(work, order, abouts[order.id])
        picked = LineState.PICKED in order_queries.line_states(work.session, order.id)
        if order.state == OrderState.AWAITING and picked:
            raise Refused(
                N_("It cannot be undone, because {number} has been picked."), number=order.number
            )


def _refuse_above_limit(work: Work, order: Order, about: Mapping[str, Any]) -> None:
    """What was cancelled counts again, together with what was sent in its place."""
    less = about.get("state") in (OrderState.CANCELLED, OrderState.REFUSED) or "total_ore" in about
    counts = order.state in (OrderState.AWAITING, OrderState.APPROVED)
    if not less or not counts or order.needs == Needs.APPROVER:
        return
    institution = work.session.get_one(Institution, order.institution_id)
    sending = order_approval.sending(
        work.session,
        institution,
        order.total_ore,
        order.orderer_id,
        leads=True,
        now=work.now,
        but=order.id,
    )
    if sending.needs is Needs.APPROVER:
        raise Refused(
            N_(
                "It cannot be undone, because {number} would be above the limit together with"
                " the orders sent since. Send it anew."
            ),
            number=order.number,
        )


def _check_holds_after_undo(work: Work, events: Sequence[Event]) -> None:
    """What comes back into a basket must still be on sale, and not lie in another one."""
    baskets = {int(event.entity_id): event.before for event in events if event.after is None}
    units = {unit.id: unit for unit in work.rows(Unit, baskets)}
    for row in shop_holds.of_units(work.session, baskets):
        unit, was = units[row.unit_id], baskets[row.unit_id] or {}
        if unit.state != State.LISTED:
            raise Refused(
                N_("It cannot be undone, because {number} has been changed since."),
                number=unit.number,
            )
        if row.basket_id == was["basket_id"]:
            continue
        if row.expires_at > work.now:
            raise Refused(
                N_("It cannot be undone, because {number} is in a basket now."), number=unit.number
            )
        shop_holds.note_loss(work, row.basket_id, row.unit_id)
        row.basket_id = was["basket_id"]


undo.AFTERWARDS[Order.__tablename__].append(_check_orders_after_undo)
undo.AFTERWARDS[Hold.__tablename__].append(_check_holds_after_undo)
