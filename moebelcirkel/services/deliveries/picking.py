"""Picking: fetching what was ordered, by a click on the list or by scanning any alike piece.

An order line holds one piece from the start. Unless exactly that piece was asked for, the scanned
one takes its place: a free one replaces it, one held by another unpicked line trades places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import DeliveryState, State, Step, apply
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import codes
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.deliveries.picking_refusals import (
    PickedFor,
    already_picked,
    cancelled,
    in_basket,
    institution_name,
    no_line,
    not_free,
    not_picked,
    ordered_by,
)
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit


class Swap(StrEnum):
    """How the scanned piece came onto its line."""

    NONE = "none"
    FREE = "free"
    TRADED = "traded"


@dataclass(frozen=True, slots=True)
class Lines:
    """Order lines with their pieces and orders."""

    lines: list[OrderLine]
    units: dict[int, Unit]
    orders: dict[int, Order]

    def unit(self, line: OrderLine) -> Unit:
        """The piece of a line."""
        return self.units[line.unit_id]

    def order(self, line: OrderLine) -> Order:
        """The order of a line."""
        return self.orders[line.order_id]


def lines_of(work: Work, line_ids: Sequence[int]) -> Lines:
    """Lines by id with their pieces and orders; ``Stale`` when one is gone."""
    lines = work.rows(OrderLine, line_ids)
    units = {unit.id: unit for unit in work.rows(Unit, {line.unit_id for line in lines})}
    orders = {order.id: order for order in work.rows(Order, {line.order_id for line in lines})}
    return Lines(lines, units, orders)


@dataclass(frozen=True, slots=True)
class LinesChanged(Done):
    """How many pieces were picked or put back; the notes that must be printed again."""

    pieces: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PickedByScan(Done):
    """What the picker sees and hears: which row it was, and how far that row is."""

    line_id: int
    unit_id: int
    number: str
    swap: str
    article_id: int
    condition: str
    name: str
    institution_id: int
    order: str
    institution: str
    picked: int
    wanted: int


@writes("delivery.pick", Action.PICK)
def pick(work: Work, line_ids: Sequence[int]) -> LinesChanged:
    """Pick the very pieces the lines hold."""
    found = lines_of(work, line_ids)
    for line in found.lines:
        take(work, line, found.unit(line), found.order(line))
    return LinesChanged(pieces=len(found.lines))


@writes("delivery.unpick", Action.PICK)
def unpick(work: Work, line_ids: Sequence[int]) -> LinesChanged:
    """Put pieces back; they leave their delivery note, and a note left empty is void."""
    found = lines_of(work, line_ids)
    notes = {line.delivery_id for line in found.lines if line.delivery_id is not None}
    for line in found.lines:
        unit = found.unit(line)
        if line.state != LineState.PICKED:
            raise not_picked(work, line, unit, found.order(line))
        unit.state = apply(Step.UNPICK, unit.state, unit.number)
        line.state, line.picked_at, line.delivery_id = LineState.OPEN, None, None
    work.session.flush()
    return LinesChanged(pieces=len(found.lines), notes=_void_empty(work, notes))


def _void_empty(work: Work, delivery_ids: set[int]) -> tuple[str, ...]:
    """The numbers of the notes that must be printed again; empty ones become void."""
    printed = []
    for delivery in work.rows(Delivery, delivery_ids):
        if delivery_queries.note_lines(work.session, delivery.id):
            printed.append(delivery.number)
        else:
            delivery.state = DeliveryState.VOID
    return tuple(printed)


@writes("delivery.pick", Action.PICK)
def pick_by_scan(
    work: Work, code: str, order_id: int | None = None, institution_id: int | None = None
) -> PickedByScan:
    """Pick the scanned piece for its own line, or for any line that wants one like it."""
    scope = PickedFor(order_id, institution_id)
    unit_id = codes.need_unit_id(work.session, code)
    unit = work.session.get_one(Unit, unit_id)
    own = delivery_queries.open_line_of(work.session, unit_id)
    target = work.session.get_one(OrderLine, _target(work, unit, own, scope))
    order = work.session.get_one(Order, target.order_id)
    swap = put_on(work, target, unit, own, order)
    take(work, target, unit, order)
    work.session.flush()
    return _answer(work, target, unit, order, swap)


def _target(work: Work, unit: Unit, own: OrderLine | None, scope: PickedFor) -> int:
    """The line the piece is picked for; refuses in plain words when there is none."""
    if own is not None:
        order = work.session.get_one(Order, own.order_id)
        if order.state == OrderState.APPROVED and scope.covers(order):
            return own.id
        if own.exact:
            raise ordered_by(work, unit, order)
    elif unit.state != State.LISTED:
        raise not_free(work, unit)
    found = delivery_queries.alike_line(work.session, unit, *scope.ids)
    if found is None:
        raise no_line(work, unit, own, scope)
    return found


def put_on(work: Work, target: OrderLine, unit: Unit, own: OrderLine | None, order: Order) -> Swap:
    """Bring the piece onto the line."""
    if target.unit_id == unit.id:
        return Swap.NONE
    if own is not None:
        _trade(work, target, own)
        _take_up_elsewhere(work, target, own)
        return Swap.TRADED
    held = work.session.get_one(Unit, target.unit_id)
    _pass_hold(work, unit, held, order.institution_id)
    held.state = apply(Step.RELEASE, held.state, held.number)
    unit.state = apply(Step.ORDER, unit.state, unit.number)
    target.unit_id = unit.id
    work.session.flush()
    _take_up_elsewhere(work, target)
    return Swap.FREE


def _take_up_elsewhere(work: Work, *lines: OrderLine) -> None:
    """A line whose piece has changed is no longer fetched where the other one stood."""
    for line in lines:
        on_run = run_queries.on_run(work.session, line.id)
        if on_run is not None:
            on_run.from_stop_id = None


def _trade(work: Work, target: OrderLine, other: OrderLine) -> None:
    """Two lines change pieces in three steps: at no moment is a piece on two open lines."""
    wanted, given = other.unit_id, target.unit_id
    other.state = LineState.VOID
    work.session.flush()
    target.unit_id = wanted
    work.session.flush()
    other.state, other.unit_id = LineState.OPEN, given
    work.session.flush()


def _pass_hold(work: Work, unit: Unit, freed: Unit, institution_id: int) -> None:
    """A piece in someone else's basket stays there; other holds pass to the piece that is freed.

    One that has run out on exactly this piece ends, and its basket is told.
    """
    hold = work.session.get(Hold, unit.id)
    if hold is None:
        return
    live = hold.expires_at > work.now
    basket = work.session.get_one(Basket, hold.basket_id)
    if live and basket.institution_id != institution_id:
        raise in_basket(work, unit, basket)
    if live or not hold.exact:
        work.session.add(
            Hold(
                unit_id=freed.id,
                basket_id=basket.id,
                answer=hold.answer,
                expires_at=hold.expires_at,
                want_id=hold.want_id,
            )
        )
    else:
        shop_holds.note_loss(work, basket.id, unit.id)
    work.session.delete(hold)


def take(work: Work, line: OrderLine, unit: Unit, order: Order) -> None:
    """The piece is picked for its line."""
    if line.state == LineState.PICKED:
        raise already_picked(work, unit, order)
    if line.state == LineState.CANCELLED:
        raise cancelled(work, line, unit, order)
    if order.state != OrderState.APPROVED:
        raise Refused(
            N_("Order {order} cannot be picked, because it has not been approved."),
            order=order.number,
        )
    unit.state = apply(Step.PICK, unit.state, unit.number)
    line.state, line.picked_at = LineState.PICKED, work.now


def _answer(work: Work, line: OrderLine, unit: Unit, order: Order, swap: Swap) -> PickedByScan:
    """What the picker sees and hears: which row it was, and how far that row is."""
    wanted, picked = delivery_queries.alike_counts(work.session, order.institution_id, line)
    return PickedByScan(
        line_id=line.id,
        unit_id=unit.id,
        number=unit.number,
        swap=swap.value,
        article_id=line.article_id,
        condition=line.condition,
        name=work.session.get_one(Article, line.article_id).name,
        institution_id=order.institution_id,
        order=order.number,
        institution=institution_name(work, order.institution_id),
        picked=picked,
        wanted=wanted,
    )
