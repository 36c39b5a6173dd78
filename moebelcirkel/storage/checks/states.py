"""Pieces, orders, cases and baskets against each other."""

import functools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import ChargeKind, LineKind
from moebelcirkel.domain.lifecycle import (
    AT_WORK,
    GONE,
    HELD,
    OPEN_STAGES,
    OUT,
    DeliveryState,
    State,
)
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.domain.pickups import WITH_PIECES
from moebelcirkel.domain.purchases import PlanState
from moebelcirkel.storage.checks.asking import NOW, Question, asks
from moebelcirkel.storage.queries.figures.costing import is_home
from moebelcirkel.storage.queries.figures.standing import stands as still_stands
from moebelcirkel.storage.queries.figures.standing import uncorrected
from moebelcirkel.storage.queries.orders import in_its_case, is_adapted
from moebelcirkel.storage.queries.pickups.pieces import came
from moebelcirkel.storage.queries.pickups.standing import WITH_GIVER
from moebelcirkel.storage.queries.repairs import goes_home, used
from moebelcirkel.storage.tables.cases import Case, CaseUnit
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.purchases import Purchase, PurchaseLine
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want


def _line(*states: str) -> ColumnElement[bool]:
    return exists().where(OrderLine.unit_id == Unit.id, OrderLine.state.in_(states))


@asks
def units_match_orders() -> Iterator[Question]:
    """Ordered and picked pieces are on exactly the line that says so, and the other way round."""
    number = select(Unit.number)
    yield (
        number.where(Unit.state == State.ORDERED, ~_line(LineState.OPEN)),
        N_("{key} is ordered, but no order has it."),
    )
    yield (
        number.where(Unit.state == State.PICKED, ~_line(LineState.PICKED)),
        N_("{key} is picked, but no order has it."),
    )
    for line_state, unit_state in (
        (LineState.OPEN, State.ORDERED),
        (LineState.PICKED, State.PICKED),
    ):
        # A piece that its owner has repaired is at its place, or in the workshop, until it is done;
        # one that is adapted is there in the case of its order.
        own = exists().where(Repair.order_id == OrderLine.order_id)
        away = or_(
            and_(own, Unit.state.in_((State.OFFERED, State.WORKSHOP))),
            and_(is_adapted(), in_its_case(), Unit.state == State.WORKSHOP),
        )
        astray = number.join(OrderLine, OrderLine.unit_id == Unit.id).where(
            OrderLine.state == line_state,
            Unit.state != unit_state,
            ~and_(away, OrderLine.state == LineState.OPEN),
        )
        yield astray, N_("{key} is on an order, but is somewhere else.")
    out = Unit.state.in_(sorted(OUT))
    yield (
        number.where(out, Unit.place_id.is_not(None)),
        N_("{key} is delivered, but still has a place in the warehouse."),
    )
    yield (
        number.where(Unit.state.in_(sorted(GONE)), Unit.place_id.is_not(None)),
        N_("{key} has left for good, but still has a place in the warehouse."),
    )
    yield (
        number.where(Unit.state.not_in(sorted(HELD)), Unit.holder_id.is_not(None)),
        N_("{key} is not delivered, but someone is said to have it."),
    )


@asks
def units_match_cases() -> Iterator[Question]:
    """A piece is in the workshop exactly while an open case has it."""
    in_case = exists().where(
        CaseUnit.unit_id == Unit.id,
        CaseUnit.is_open,
        CaseUnit.case_id == Case.id,
        Case.state.in_(OPEN_STAGES),
    )
    number = select(Unit.number)
    yield (
        number.where(Unit.state.in_(sorted(AT_WORK)), ~in_case),
        N_("{key} is in the workshop, but in no open case."),
    )
    yield (
        number.where(Unit.state.not_in(sorted(AT_WORK)), in_case),
        N_("{key} is in an open case, but not in the workshop."),
    )


@asks
def parts_are_in_pieces() -> Iterator[Question]:
    """A part that is said to be in furniture is in a piece, put there by a task that is done."""
    yield used.astray(), N_("{key} is a part of furniture, but no finished task has put it there.")


@asks
def units_match_baskets() -> Iterator[Question]:
    """Only what is on sale is in a basket, and what is on sale has a price."""
    held = (
        select(Unit.number)
        .join(Hold, Hold.unit_id == Unit.id)
        .where(Unit.state != State.LISTED, Hold.expires_at > NOW)
    )
    yield held, N_("{key} is in a basket, but not on sale.")
    free = select(Unit.number).where(Unit.state == State.LISTED, Unit.price_ore.is_(None))
    yield free, N_("{key} is on sale, but has no price.")


@asks
def wants_are_kept() -> Iterator[Question]:
    """What is held or ordered for a want is its institution's, and held only while it is open."""
    for row, place in ((Hold, Basket), (OrderLine, Order)):
        astray = (
            select(Want.number)
            .join(row, row.want_id == Want.id)
            .join(place)
            .join(Institution, Institution.id == place.institution_id)
            .where(
                Institution.id != Want.institution_id,
                # What was brought for it stays with the one that the want's was merged with.
                Institution.merged_into_id.is_distinct_from(Want.institution_id),
            )
            .distinct()
        )
        yield astray, N_("{key}: furniture that was found for it is another institution's.")
    held = (
        select(Want.number)
        .join(Hold, Hold.want_id == Want.id)
        .where(Want.state != "open", Hold.expires_at > NOW)
        .distinct()
    )
    yield held, N_("{key} is not open, but furniture is held for it.")


@asks
def plans_have_lines() -> Iterator[Question]:
    """A planned purchase says of something how many."""
    has_lines = exists().where(PurchaseLine.purchase_id == Purchase.id)
    empty = select(Purchase.number).where(Purchase.state != PlanState.VOID, ~has_lines)
    yield empty, N_("{key} is a planned purchase without a line.")


@asks
def orders_add_up() -> Iterator[Question]:
    """An order's total is the sum of its lines, and its state is theirs."""
    counts = OrderLine.state.not_in((LineState.CANCELLED, LineState.VOID))
    total = (
        select(func.coalesce(func.sum(OrderLine.price_ore), 0))
        .where(OrderLine.order_id == Order.id, counts)
        .correlate(Order)
        .scalar_subquery()
    )
    number = select(Order.number).where(Order.state != OrderState.VOID)
    yield (
        number.where(Order.total_ore != total),
        N_("Order {key}: the total is not the sum of its lines."),
    )
    waits = exists().where(
        OrderLine.order_id == Order.id, OrderLine.state.in_((LineState.OPEN, LineState.PICKED))
    )
    alive = Order.state.in_((OrderState.AWAITING, OrderState.APPROVED))
    yield (
        number.where((alive & ~waits) | (~alive & waits)),
        N_("Order {key}: its state does not fit its lines."),
    )
    handed = exists().where(
        Delivery.id == OrderLine.delivery_id, Delivery.state == DeliveryState.HANDED
    )
    delivered = OrderLine.state == LineState.DELIVERED
    lost = (
        select(Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where((delivered & ~handed) | (~delivered & handed))
        .distinct()
    )
    yield lost, N_("Order {key}: a piece and its delivery note do not agree.")


@asks
def fees_are_charged_once() -> Iterator[Question]:
    """An order of which something was delivered has been charged its fee once, others never."""
    charged = (
        select(OrderLine.order_id, func.count().label("times"))
        .join(Charge, Charge.order_line_id == OrderLine.id)
        .where(Charge.kind == ChargeKind.FEE, uncorrected())
        .group_by(OrderLine.order_id)
        .subquery()
    )
    came = exists().where(OrderLine.order_id == Order.id, OrderLine.state == LineState.DELIVERED)
    due = case((and_(Order.fee_ore > 0, came), 1), else_=0)
    wrong = (
        select(Order.number)
        .outerjoin(charged, charged.c.order_id == Order.id)
        .where(func.coalesce(charged.c.times, 0) != due)
    )
    message = N_("Order {key}: its fee is not charged exactly once with what was delivered.")
    yield wrong, message


@asks
def pieces_match_lines() -> Iterator[Question]:
    """A delivered order line has a hand-over that stands, and an order line is of its piece.

    What could not be repaired for its owner has gone home instead.
    """
    stands = exists().where(
        FigureLine.order_line_id == OrderLine.id,
        FigureLine.unit_id == OrderLine.unit_id,
        still_stands(FigureLine),
    )
    handed = or_(
        stands.where(FigureLine.kind == LineKind.HANDOVER) & ~goes_home(),
        stands.where(is_home()) & goes_home(),
    )
    number = select(Unit.number).join(OrderLine, OrderLine.unit_id == Unit.id)
    delivered = OrderLine.state == LineState.DELIVERED
    yield (
        number.where(or_(delivered & ~handed, ~delivered & handed)),
        N_("{key}: its order line and its figure lines do not agree on whether it was delivered."),
    )
    yield (
        number.where(
            OrderLine.state.in_((LineState.OPEN, LineState.PICKED)),
            or_(Unit.article_id != OrderLine.article_id, Unit.condition != OrderLine.condition),
        ),
        N_("{key} is not the type or condition that was ordered."),
    )


@asks
def pieces_match_reports() -> Iterator[Question]:
    """A piece that came of a report stands on it, and a report has what its state says.

    What is offered where it stands is not there a second time.
    """
    astray = (
        select(Unit.number)
        .join(PickupPiece, PickupPiece.unit_id == Unit.id)
        .join(Pickup, Pickup.id == PickupPiece.pickup_id)
        .outerjoin(PickupLine, PickupLine.id == PickupPiece.line_id)
        .where(
            or_(
                (Unit.state != "void") & Pickup.state.not_in(sorted(WITH_PIECES)),
                PickupLine.pickup_id != PickupPiece.pickup_id,
            )
        )
        .order_by(Unit.id)
    )
    yield astray, N_("{key} came of a report that has not received it.")
    has_lines = exists().where(PickupLine.pickup_id == Pickup.id)
    wrong = or_(
        (Pickup.state == "planned") & Pickup.planned_on.is_(None),
        (Pickup.state == "question") & (Pickup.question == ""),
        (Pickup.state == "refused") != (Pickup.reason != ""),
        ~has_lines,
    )
    unfounded = select(Pickup.number).where(Pickup.state != "void", wrong).order_by(Pickup.id)
    yield unfounded, N_("Pickup {key}: its state does not fit what stands in it.")
    offered = _came_of_line(WITH_GIVER)
    beyond = (
        select(Pickup.number)
        .join(PickupLine, PickupLine.pickup_id == Pickup.id)
        .where(
            Pickup.state != "void",
            offered > 0,  # what is fetched may be more than was reported
            offered + _came_of_line(~WITH_GIVER) > PickupLine.pieces,
        )
        .order_by(PickupLine.id)
    )
    yield beyond, N_("Pickup {key}: more pieces came and are offered of a line than it reports.")


def _came_of_line(where: ColumnElement[bool]) -> ScalarSelect[int]:
    return came(PickupPiece.line_id == PickupLine.id, where).correlate(PickupLine).scalar_subquery()


#: The states that each kind of change can leave a piece in; kinds that say nothing are not here.
_LEAVES: dict[str, frozenset[str]] = {
    "case.finish": frozenset({State.READY, State.DELIVERED, State.ORDERED}),
    "case.give_up": frozenset({State.ORDERED}),
    "case.open": frozenset({State.WORKSHOP}),
    "case.part": frozenset({State.FITTED, State.READY}),
    "complaint.repair": frozenset({State.MENDING}),
    "delivery.hand_over": OUT,
    "delivery.pick": frozenset({State.PICKED, State.LISTED, State.ORDERED, State.READY}),
    "delivery.take_back": frozenset({State.RECEIVED}),
    "delivery.unpick": frozenset({State.ORDERED, State.LISTED}),
    "intake.remove": frozenset({State.VOID}),
    "order.adjust": frozenset({State.LISTED, State.VOID}),
    "order.approve": frozenset({State.WORKSHOP}),
    "order.call_off": frozenset({State.LISTED, State.READY, State.VOID}),
    "order.cancel": frozenset({State.LISTED, State.VOID}),
    "order.refuse": frozenset({State.LISTED, State.VOID}),
    "order.send": frozenset({State.ORDERED, State.WORKSHOP}),
    "repair.accept": frozenset({State.OFFERED}),
    "repair.receive": frozenset({State.WORKSHOP, State.VOID}),
    "unit.dismantle": frozenset({State.DISMANTLED, State.RECEIVED, State.LISTED}),
    "unit.list": frozenset({State.LISTED}),
    "unit.scrap": frozenset({State.SCRAPPED}),
    "unit.unlist": frozenset({State.READY}),
}


def changes_explain_states(session: Session, findings: Findings) -> None:
    """The change that last gave a piece its state is one that can."""
    for key, kind, state in session.execute(_last_states()):
        if state not in _LEAVES[kind]:
            findings.add(
                N_("The piece with id {key}: its state is not what its last change makes."), key=key
            )


@functools.cache
def _last_states() -> Select[Any]:
    """The pieces whose newest state is by a kind of change that says something of it."""
    said = Event.after["state"].as_string()
    newest = (
        select(Event.entity_id.label("key"), func.max(Event.id).label("id"))
        .where(Event.entity == Unit.__tablename__, said.is_not(null()))
        .group_by(Event.entity_id)
        .subquery()
    )
    return (
        select(newest.c.key, Change.kind, said)
        .join(Event, Event.id == newest.c.id)
        .join(Change, Change.id == Event.change_id)
        .where(Change.kind.in_(_LEAVES))
    )
