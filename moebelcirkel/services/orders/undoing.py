"""What an undone change of orders and baskets may not bring about."""

from collections.abc import Mapping, Sequence
from typing import Any

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState, Needs, OrderState
from moebelcirkel.services import ceilings
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.storage import shop_holds, undo
from moebelcirkel.storage.queries import ceilings as ceiling_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import ZONE, Work


def _check_orders_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """An order that waits again may not be on its way already, nor one evade the limit."""
    abouts = {int(event.entity_id): event.after or {} for event in events}
    for order in work.rows(Order, abouts):
        _refuse_closed(work, order)
        _refuse_above_limit(work, order, abouts[order.id])
        _refuse_above_ceiling(work, order, abouts[order.id])
        picked = LineState.PICKED in order_queries.line_states(work.session, order.id)
        if order.state == OrderState.AWAITING and picked:
            raise Refused(
                N_("It cannot be undone, because {number} has been picked."), number=order.number
            )


def _refuse_closed(work: Work, order: Order) -> None:
    """An order comes back only to an institution that is in use."""
    if order.state in (OrderState.AWAITING, OrderState.APPROVED):
        order_approval.orderer(work, order.institution_id)


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
        order.cost_ore,
        order.orderer_id,
        leads=True,
        now=work.now,
        but=order.id,
        articles={line.article_id for line in order_queries.open_lines(work.session, order.id)},
    )
    if sending.again:
        raise Refused(
            N_(
                "It cannot be undone, because {by} took {name} out of {number} since. Send it anew."
            ),
            by=sending.again[-1].by,
            name=sending.again[-1].name,
            number=sending.again[-1].number,
        )
    if sending.needs is Needs.APPROVER:
        raise Refused(
            N_(
                "It cannot be undone, because {number} would be above the limit together with"
                " the orders sent since. Send it anew."
            ),
            number=order.number,
        )


def _refuse_above_ceiling(work: Work, order: Order, about: Mapping[str, Any]) -> None:
    """What comes back draws on the ceiling again, which others may have used up meanwhile."""
    ended = (OrderState.CANCELLED, OrderState.REFUSED, OrderState.VOID)
    # What costs nothing draws on nothing.
    if not order.cost_ore or order.state in ended:
        return
    if about.get("state") not in ended and "total_ore" not in about:
        return
    on = order.sent_at.astimezone(ZONE).date()
    articles = {line.article_id for line in order_queries.open_lines(work.session, order.id)}
    drawn = {"", *ceiling_queries.group_of_articles(work.session, articles).values()}
    found = [each.standing for each in ceilings.used(work.session, order.institution_id, on)]
    allowed = order.over_ore or 0  # an approver decides, or has decided, on that
    if any(each.passed_ore > allowed for each in found if each.group in drawn):
        raise Refused(
            N_("It cannot be undone, because the budget ceiling has been used for others since.")
        )


def _check_holds_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
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
