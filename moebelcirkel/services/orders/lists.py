"""Reading orders: lists within one's reach, one order with its lines and history, and counts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import (
    OPEN_LINES,
    ApprovalAsked,
    LineState,
    Needs,
    OrderState,
    Rating,
    Stand,
    Wishes,
    deciders,
    decides,
    parts_of_refusal,
)
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import SMALL_ORE, Kept, is_small, kept
from moebelcirkel.services import ceilings
from moebelcirkel.services.ceilings import Used
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders.approval import left_out_of_late
from moebelcirkel.services.orders.feedback import can_go_back
from moebelcirkel.services.orders.groups import OrderGroup, groups_of, in_all
from moebelcirkel.services.receipts.lists import OrderReceipt
from moebelcirkel.services.receipts.lists import of_orders as receipts_of
from moebelcirkel.storage.queries import approvals as approval_queries
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries.cases import NotDone
from moebelcirkel.storage.queries.orders import (
    ListedOrder,
    OrderedTask,
    OrderEvent,
    OrderReach,
    PieceOrdered,
    TakenOut,
)
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import Session, gone, load_parameter

PAGE = 60
#: What came or is to come of an order.
_STANDING = OPEN_LINES | {LineState.DELIVERED}
#: States in which an order still keeps somebody busy.
OPEN = frozenset({OrderState.AWAITING, OrderState.APPROVED})


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list; ``pieces`` counts what is not cancelled or refused.

    ``approvers`` names who can decide an order that waits; empty where nobody has the role.
    ``unconfirmed`` says that something of it came and waits to be confirmed. ``small`` is one below
    500 kr., without its fee.
    """

    id: int
    number: str
    version: int
    institution: str
    orderer: str
    own: bool
    state: OrderState
    needs: Needs
    pieces: int
    picked: int
    delivered: int
    total_ore: int
    limit_ore: int | None
    sent_at: dt.datetime
    approvers: tuple[str, ...]
    promised_on: dt.date | None
    rating: Rating | None
    unconfirmed: bool
    urgent: bool
    over_ore: int | None
    small: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of a list, newest first; the next one begins before ``rows[-1].id``.

    ``holds`` says whether the order asked about is anywhere in the list.
    """

    rows: tuple[OrderRow, ...]
    total: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """Everything about one order; ``delivery`` is what is said of when and how it comes.

    ``again`` is what an approver had left out of the sender's orders shortly before.

    ``fee_ore`` is a part of the row's total. What the pieces are ``adapted`` by is in the price of
    each; ``case_ids`` are the open cases of the workshop, for who works there; ``at_work``: there
    are some. ``cheap`` counts the lines of 0 to 500 kr. that came or are to come.
    """

    row: OrderRow
    payer: str
    answer: Answer
    note: str
    reason: str
    left_out_for: str
    decided_by: str
    new_price_ore: int
    net_g: int | None
    groups: tuple[OrderGroup, ...]
    history: tuple[OrderEvent, ...]
    may_decide: bool
    may_cancel: bool
    delivery: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    promised_on: dt.date | None = None
    kept: Kept | None = None
    may_call_off: bool = False
    may_repeat: bool = False
    decided_for: str = ""
    payer_id: int | None = None
    payers: tuple[tuple[int, str], ...] = ()
    loan_until: dt.date | None = None
    loan_rate_ore: int | None = None
    ceilings: tuple[Used, ...] = ()
    fee_ore: int = 0
    feedback: str = ""
    may_rate: bool = False
    back_until: dt.date | None = None
    receipts: tuple[OrderReceipt, ...] = ()
    adapted: tuple[OrderedTask, ...] = ()
    case_ids: tuple[int, ...] = ()
    at_work: bool = False
    cheap: int = 0
    not_done: tuple[NotDone, ...] = ()
    again: tuple[TakenOut, ...] = ()


def listed(
    context: Context,
    *,
    states: frozenset[OrderState] = frozenset(),
    text: str = "",
    before_id: int | None = None,
    offset: int = 0,
    limit: int = PAGE,
    holding: int | None = None,
    rated: bool = False,
    among: frozenset[int] | None = None,
) -> OrderPage:
    """Orders within reach, newest first; ``offset`` where the order before is not known.

    ``holding`` is the id of an order that is shown beside the list; ``among`` leaves only those.
    """
    context.require(Action.ORDER_VIEW)
    reach = OrderReach(
        context.reach(Action.ORDER_VIEW), frozenset(map(str, states)), text=text.strip()
    )
    reach = replace(reach, rated=rated, among=among)
    page = _page(context, reach, before_id, limit, offset)
    if holding is None:
        return page
    with context.read() as session:
        return replace(page, holds=order_queries.count(session, replace(reach, only=holding)) > 0)


def waiting(context: Context, *, limit: int = PAGE) -> OrderPage:
    """Orders the asker can decide."""
    context.require(Action.APPROVE)
    with context.read() as session:
        reach = _mine_to_decide(context, session)
    return _page(context, reach, None, limit)


def _mine_to_decide(context: Context, session: Session) -> OrderReach:
    return OrderReach(
        context.reach(Action.APPROVE),
        frozenset({OrderState.AWAITING}),
        deciding=approval_queries.decidable(_stands(context, session), context.actor.user_id),
    )


def _stands(context: Context, session: Session) -> list[Stand]:
    """By which roles the asker decides."""
    if context.actor.user_id is None:
        return []
    return approval_queries.stands(session, context.today(), context.actor.user_id)


def open_count(context: Context) -> int:
    """Orders within reach that still keep somebody busy, for the badge in the rail."""
    if not context.allows(Action.ORDER_VIEW):
        return 0
    reach = OrderReach(context.reach(Action.ORDER_VIEW), frozenset(map(str, OPEN)))
    with context.read() as session:
        return order_queries.count(session, reach)


def approval_count(context: Context) -> int:
    """Orders that wait for the asker's decision, for the badge in the rail."""
    if not context.allows(Action.APPROVE):
        return 0
    with context.read() as session:
        return order_queries.count(session, _mine_to_decide(context, session))


def _page(
    context: Context, reach: OrderReach, before_id: int | None, limit: int, offset: int = 0
) -> OrderPage:
    with context.read() as session:
        found = order_queries.listed(session, reach, before_id, limit, offset)
        pieces = order_queries.pieces_by_state(session, (row.id for row in found))
        who = _approvers(session, found, context.today())
        came = receipts_of(session, [row.id for row in found], context.today())
        rows = tuple(
            _row(row, pieces.get(row.id, {}), context, who.get(row.id, ()), came.get(row.id, ()))
            for row in found
        )
        return OrderPage(rows, order_queries.count(session, reach))


def _approvers(
    session: Session, rows: Iterable[ListedOrder], today: dt.date
) -> dict[int, tuple[str, ...]]:
    """Who can decide each of the orders that wait, by name; never the sender."""
    waiting = [row for row in rows if row.state == OrderState.AWAITING]
    people = approval_queries.stands(session, today) if waiting else []
    return {row.id: tuple(stand.name for stand in deciders(people, _asked(row))) for row in waiting}


def _asked(order: ListedOrder | Order) -> ApprovalAsked:
    return ApprovalAsked(order.institution_id, order.orderer_id, Needs(order.needs), order.cost_ore)


def _row(
    row: ListedOrder,
    pieces: dict[str, int],
    context: Context,
    approvers: tuple[str, ...] = (),
    came: tuple[OrderReceipt, ...] = (),
) -> OrderRow:
    standing = sum(pieces.get(state, 0) for state in _STANDING)
    return like(
        OrderRow,
        row,
        own=row.orderer_id == context.actor.user_id,
        pieces=standing or sum(pieces.values()),
        picked=pieces.get(LineState.PICKED, 0),
        delivered=pieces.get(LineState.DELIVERED, 0),
        total_ore=row.cost_ore,
        approvers=approvers,
        urgent=bool(row.urgent),
        small=is_small(row.total_ore, standing),
        unconfirmed=any(receipt.standing is Standing.WAITING for receipt in came),
    )


def detail(context: Context, order_id: int) -> OrderDetail:
    """One order with its lines and its history."""
    with context.read() as session:
        order = session.get(Order, order_id)
        if order is None or order.state == OrderState.VOID:
            raise gone()
        context.require(Action.ORDER_VIEW, order.institution_id)
        in_cases = tuple(order_queries.open_cases(session, order.id))
        return replace(
            _detail(context, session, order),
            adapted=tuple(order_queries.tasks(session, order.id)),
            case_ids=in_cases if context.allows(Action.CASE) else (),
            at_work=bool(in_cases),
            not_done=tuple(case_queries.not_done(session, order.id)),
            again=_left_out(session, order),
        )


def _detail(context: Context, session: Session, order: Order) -> OrderDetail:
    row = order_queries.one(session, order.id)
    if row is None:
        raise gone()
    lines = order_queries.lines(session, order.id)
    pieces = order_queries.pieces_by_state(session, [order.id]).get(order.id, {})
    payer = session.get(CostBearer, order.cost_bearer_id) if order.cost_bearer_id else None
    standing = [
        line
        for line in lines
        if line.state not in (LineState.CANCELLED, LineState.REFUSED, LineState.VOID)
    ] or lines
    who = _approvers(session, [row], context.today()).get(order.id, ())
    came = receipts_of(session, [order.id], context.today()).get(order.id, ())
    history = tuple(order_queries.history(session, order.id))
    why, left_out_for = _why(order, history)
    return OrderDetail(
        row=_row(row, pieces, context, who, came),
        cheap=sum(line.price_ore <= SMALL_ORE and line.state in _STANDING for line in lines),
        payer=f"{payer.code} {payer.name}".strip() if payer else "",
        answer=Answer(order.answer),
        note=order.note,
        reason=why,
        left_out_for=left_out_for,
        decided_by=_name(session, order.decided_by_id),
        payer_id=order.cost_bearer_id,
        payers=_payers(session, order.institution_id),
        decided_for=_name(session, order.decided_for_id),
        new_price_ore=sum(line.new_price_ore for line in standing),
        net_g=in_all(line.net_g for line in standing),
        groups=groups_of(session, lines),
        history=history,
        may_decide=_may_decide(context, session, order),
        may_cancel=_may_cancel(context, order, pieces),
        delivery=str(load_parameter(session, "delivery_words")),
        wishes=_wishes(order),
        promised_on=order.promised_on,
        kept=_kept(order, lines, context.today()),
        may_repeat=context.allows(Action.ORDER, order.institution_id),
        may_call_off=bool(pieces.get(LineState.OPEN)) and context.allows(Action.PICK),
        loan_until=order.loan_until,
        loan_rate_ore=order.loan_rate_ore,
        ceilings=ceilings.while_it_waits(session, order),
        fee_ore=order.cost_ore - order.total_ore,
        feedback=order.feedback or "",
        may_rate=bool(pieces.get(LineState.DELIVERED))
        and context.allows(Action.ORDER, order.institution_id),
        back_until=can_go_back(context, session, order, lines),
        receipts=came,
    )


def _payers(session: Session, institution_id: int) -> tuple[tuple[int, str], ...]:
    bearers = order_queries.cost_bearers(session, institution_id)
    return tuple((each.id, f"{each.code} {each.name}".strip()) for each in bearers)


def _why(order: Order, history: Iterable[OrderEvent]) -> tuple[str, str]:
    """Why it was refused or some left out, and why some was left out of what was refused."""
    if order.state == OrderState.REFUSED and any(each.kind == "order.adjust" for each in history):
        return parts_of_refusal(order.reason)
    return order.reason, ""


def _left_out(session: Session, order: Order) -> tuple[TakenOut, ...]:
    """What an approver had left out when it was sent."""
    articles = {line.article_id for line in order_queries.lines(session, order.id)}
    return left_out_of_late(
        session, order.institution_id, order.orderer_id, articles, order.sent_at
    )


def _kept(order: Order, lines: Sequence[PieceOrdered], today: dt.date) -> Kept | None:
    """Whether the week it was promised for was kept; nothing of what was never on its way."""
    if order.promised_on is None or order.state not in (OrderState.APPROVED, OrderState.DELIVERED):
        return None
    left = sum(line.state in (LineState.OPEN, LineState.PICKED) for line in lines)
    came = [line.delivered_on for line in lines if line.state == LineState.DELIVERED]
    return kept(order.promised_on, max(filter(None, came), default=None), left, today)


def _wishes(order: Order) -> Wishes:
    return Wishes(
        order.needed_on, order.building or "", order.floor or "", order.way_in or Access.UNKNOWN
    )


def _name(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id is not None else None
    return user.name if user is not None else ""


def _may_decide(context: Context, session: Session, order: Order) -> bool:
    if order.state != OrderState.AWAITING:
        return False
    return any(decides(stand, _asked(order)) for stand in _stands(context, session))


def _may_cancel(context: Context, order: Order, pieces: dict[str, int]) -> bool:
    if not pieces.get(LineState.OPEN) or not context.allows(Action.ORDER, order.institution_id):
        return False
    own = order.orderer_id == context.actor.user_id
    return own or context.allows(Action.APPROVE, order.institution_id)
