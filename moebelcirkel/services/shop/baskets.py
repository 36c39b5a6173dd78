"""Writes of the institution's basket: held, extended, given back, answered, and who pays."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query
from moebelcirkel.services.context import Done, Pieces, Work, writes
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.shop import Basket, Hold

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Taken(Done):
    """How many of the pieces asked for are in the basket now, and which."""

    taken: int
    asked: int
    unit_ids: tuple[int, ...]
    institution_id: int


def put_back(work: Work, change: Change) -> None:
    """Undo of a ``hold`` by what it answered: what still lies in the basket is taken out.

    When somebody else does it, the basket is told: those who shop would only see a line vanish.
    """
    answer = change_queries.answer(work.session, change.id, Taken)
    if answer is None:
        raise Refused(N_("This cannot be undone."))
    take_out_again(work, change, answer.institution_id, answer.unit_ids)


def take_out_again(
    work: Work, change: Change, institution_id: int, unit_ids: Sequence[int]
) -> None:
    """What still lies in the basket of what a change put there is taken out."""
    released = _take_out(work, institution_id, unit_ids)
    if not released:
        raise Refused(N_("It cannot be undone, because it is no longer in the basket."))
    if change.actor_id != work.actor_id:
        for row in released:
            shop_holds.note_loss(work, row.basket_id, row.unit_id)


#: Holds are renewed and taken over all the time, so only what still lies there is put back.
HOLD = Kind(own_rule=put_back)


@writes("shop.hold", Action.ORDER, HOLD)
def hold(
    work: Work,
    institution_id: int,
    key: CardKey,
    count: int,
    exact_unit_ids: Sequence[int] | None = None,
    within: Query | None = None,
) -> Taken:
    """Put up to ``count`` free pieces of a card into the basket, or exactly the named ones.

    ``within`` has the filters of single pieces that they were found by.
    ``taken`` says how many it became; fewer than asked are taken when there are no more.
    """
    work.require(Action.ORDER, institution_id)
    wanted = count if exact_unit_ids is None else len(set(exact_unit_ids))
    if not 1 <= wanted <= MOST_AT_ONCE:
        raise Refused(
            N_("Write how many you want, from 1 to {most}."), field="count", most=MOST_AT_ONCE
        )
    single = shop_queries.wanted(work.session, within) if within is not None else ()
    free = shop_holds.free_units(work, institution_id, key, wanted, exact_unit_ids, single)
    taken = put(work, institution_id, free, exact=exact_unit_ids is not None)
    if not taken:
        raise Refused(N_("There are no more of these. Others hold the rest, or it has been sold."))
    return Taken(
        taken=len(taken), asked=wanted, unit_ids=tuple(sorted(taken)), institution_id=institution_id
    )


@writes("shop.hold", Action.ORDER, HOLD)
def again(work: Work, order_id: int) -> Taken:
    """Put what was once ordered into the basket again, as many alike pieces as are on sale."""
    order = work.get(Order, order_id)
    work.require(Action.ORDER, order.institution_id)
    lines = order_queries.lines(work.session, order_id)
    wanted = Counter(CardKey(row.article_id, row.condition, row.price_ore) for row in lines)
    ordered_by = work.get(Institution, order.institution_id)
    place = ordered_by.merged_into_id or ordered_by.id
    free: list[int] = []
    for key, count in wanted.items():
        free += shop_holds.free_units(work, place, key, count, None)
    taken = put(work, place, free[:MOST_AT_ONCE])
    if not taken:
        raise Refused(N_("None of it is on sale right now. Say in the wants what you need."))
    return Taken(
        taken=len(taken), asked=len(lines), unit_ids=tuple(sorted(taken)), institution_id=place
    )


def put(
    work: Work, institution_id: int, unit_ids: Sequence[int], *, exact: bool = False
) -> list[int]:
    """Hold what can be held of these pieces, and all that lies in the basket anew."""
    order_approval.orderer(work, institution_id)
    basket_row = shop_holds.open_basket(work, institution_id)
    before = shop_holds.holds(work.session, basket_row.id)
    if not before:
        # What was answered for something else is no answer for this.
        basket_row.answer, basket_row.loan_until = None, None
    taken = shop_holds.take(work, basket_row, unit_ids, _until(work), exact=exact)
    if taken and before:
        _prolong(work, basket_row)
    return taken


def _until(work: Work) -> dt.datetime:
    return work.now + dt.timedelta(minutes=int(work.parameter("hold_minutes")))


def _prolong(work: Work, basket_row: Basket) -> int:
    """Hold all that still lies in the basket anew; what others took meanwhile stays theirs."""
    until = _until(work)
    held = shop_holds.holds(work.session, basket_row.id)
    listed = shop_holds.listed(work.session, (row.unit_id for row in held))
    kept = 0
    for row in held:
        if row.unit_id in listed:
            # What was found for a want is held for days already.
            row.expires_at = until if row.want_id is None else max(row.expires_at, until)
            kept += 1
    work.session.flush()
    return kept


@writes("shop.hold", Action.ORDER, HOLD)
def extend(work: Work, institution_id: int) -> Pieces:
    """Hold the whole basket anew for the full time."""
    work.require(Action.ORDER, institution_id)
    basket_row = shop_holds.open_basket(work, institution_id)
    return Pieces(pieces=_prolong(work, basket_row))


@writes("shop.release", Action.ORDER)
def release(work: Work, institution_id: int, unit_ids: Sequence[int]) -> Pieces:
    """Take pieces out of the basket; what is not in it any more is left alone."""
    work.require(Action.ORDER, institution_id)
    return Pieces(pieces=len(_take_out(work, institution_id, unit_ids)))


def _take_out(work: Work, institution_id: int, unit_ids: Sequence[int]) -> list[Hold]:
    basket_row = shop_holds.open_basket(work, institution_id)
    wanted = set(unit_ids)
    released = [
        row for row in shop_holds.holds(work.session, basket_row.id) if row.unit_id in wanted
    ]
    for row in released:
        work.session.delete(row)
    return released


@writes("shop.hold", Action.ORDER, HOLD)
def forget_gone(work: Work, institution_id: int) -> Done:
    """Go on without what is no longer to be had."""
    work.require(Action.ORDER, institution_id)
    basket_row = shop_holds.open_basket(work, institution_id)
    shop_holds.forget_losses(work.session, basket_row.id)
    held = shop_holds.holds(work.session, basket_row.id)
    listed = shop_holds.listed(work.session, (row.unit_id for row in held))
    for row in held:
        if row.unit_id not in listed:
            work.session.delete(row)
    return Done()


@writes("shop.answer", Action.ORDER)
def set_answer(
    work: Work, institution_id: int, answer: Answer | None, unit_ids: Sequence[int] | None = None
) -> Done:
    """Answer the order's one question, for all or as an exception for some pieces."""
    work.require(Action.ORDER, institution_id)
    if answer is not None and answer not in CHOICES:
        raise Refused(N_("Choose one of the answers."), field="answer")
    basket_row = shop_holds.open_basket(work, institution_id)
    if unit_ids is None:
        basket_row.answer = answer
        return Done()
    for row in shop_holds.holds(work.session, basket_row.id):
        if row.unit_id in set(unit_ids):
            row.answer = answer
    return Done()


@writes("shop.payer", Action.ORDER)
def set_cost_bearer(work: Work, institution_id: int, cost_bearer_id: int) -> Done:
    """Choose the account that pays."""
    work.require(Action.ORDER, institution_id)
    known = [row.id for row in order_queries.cost_bearers(work.session, institution_id)]
    if cost_bearer_id not in known:
        raise Refused(N_("This account does not belong to the institution."), field="payer")
    shop_holds.open_basket(work, institution_id).cost_bearer_id = cost_bearer_id
    return Done()
