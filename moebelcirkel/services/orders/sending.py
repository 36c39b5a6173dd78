"""A basket becomes an order with one line per piece, and a day by which it comes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import Figures
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import (
    Adaptation,
    LineState,
    Needs,
    OrderState,
    Pace,
    Way,
    Wishes,
    order_number,
    way_of,
)
from moebelcirkel.domain.roles import Action, leads
from moebelcirkel.services import ceilings
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.orders import adapted
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.services.orders import rounds as order_rounds
from moebelcirkel.services.orders.approval import Sending
from moebelcirkel.services.orders.coming import ways
from moebelcirkel.services.shop import basket_view as shop_basket
from moebelcirkel.services.shop.lending import Loan, take_loan
from moebelcirkel.services.shop.standing import stays
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import not_allowed

_NAMED = 5
NO_WISHES = Wishes()
_AS_IT_IS = Adaptation(())


@dataclass(frozen=True, slots=True)
class OrderSent(Done):
    """The order a basket became."""

    order_id: int
    number: str
    state: str
    needs: str
    pieces: int
    total_ore: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What is sent, for whom, at whose cost, and with which answer to the one question."""

    institution_id: int
    cost_bearer_id: int | None
    answer: Answer
    held: Sequence[Hold]
    units: dict[int, Unit]
    wishes: Wishes = NO_WISHES
    loan: Loan | None = None
    pace: Pace = Pace.USUAL
    #: The fee that whoever orders was shown.
    fee_ore: int | None = None
    #: What each piece costs where that is no price of the piece itself.
    each_ore: int | None = None
    #: What is done to each piece before it comes.
    adaptation: Adaptation = _AS_IT_IS

    @property
    def total_ore(self) -> int:
        """What its pieces cost."""
        return sum(map(self.price_of, self.units.values()))

    def price_of(self, unit: Unit) -> int:
        """What a piece costs, for good or for the days of the loan."""
        if self.each_ore is not None:
            return self.each_ore
        price = (unit.price_ore or 0) if self.loan is None else self.loan.price_ore
        return price + self.adaptation.each_ore


@writes("order.send", Action.ORDER)
def send(
    work: Work,
    institution_id: int,
    note: str = "",
    wishes: Wishes = NO_WISHES,
    pace: Pace = Pace.USUAL,
    fee_ore: int | None = None,
) -> OrderSent:
    """Turn the basket into an order; all of it or, naming what is gone, nothing.

    A small one waits for the day on which small ones go, or goes now for a fee; an urgent one
    does not wait for the institution's day. Refused where the fee is not ``fee_ore`` any more.
    """
    work.require(Action.ORDER, institution_id)
    note = free_text(note, "note")
    contents = _contents(work, institution_id)
    wishes = wishes.checked(work.today)
    return place(work, replace(contents, wishes=wishes, pace=pace, fee_ore=fee_ore), note)


def place(work: Work, contents: Contents, note: str) -> OrderSent:
    """Make an order of what is held; refused where nobody could approve it."""
    institution = order_approval.orderer(work, contents.institution_id)
    articles = [unit.article_id for unit in contents.units.values()]
    until = contents.loan.until if contents.loan else None
    rounds = order_rounds.waiting(work.session, articles, work.today, until)
    opens = order_rounds.ordered_on(rounds, work.today)
    opens += dt.timedelta(weeks=contents.adaptation.weeks)
    offered = ways(work.session, institution, contents.total_ore, work.today, opens)
    way = way_of(offered, contents.pace)
    if contents.fee_ore not in (None, way.fee_ore):
        raise Refused(
            N_("The fee is {fee} kr. by now. Look at the basket, and send it again."),
            fee=Decimal(way.fee_ore) / 100,
        )
    _institution, sending = stand(work, contents, way.fee_ore)
    order_rounds.refuse_closed(rounds)
    order = order_of(work, contents, sending, note, way)
    _add_lines(work, order, contents)
    for held in contents.held:
        if held in work.session:
            work.session.delete(held)
    if contents.adaptation.tasks:
        adapted.keep(work, order, contents.adaptation)
    return OrderSent(
        order_id=order.id,
        number=order.number,
        state=order.state,
        needs=order.needs,
        pieces=len(contents.units),
        total_ore=order.cost_ore,
    )


def stand(work: Work, contents: Contents, fee_ore: int = 0) -> tuple[Institution, Sending]:
    """Who has to approve it, beyond a budget ceiling an approver; refused where nobody could.

    A write waits for the one before it, so that two orders at once cannot both take what is left.
    """
    if work.actor_id is None:
        raise not_allowed()
    institution_id = contents.institution_id
    institution = order_approval.orderer(work, institution_id)
    prices = [(unit, contents.price_of(unit)) for unit in contents.units.values()]
    found = ceilings.used_with(work.session, institution_id, work.today, prices, fee_ore)
    sending = order_approval.sending(
        work.session,
        institution,
        contents.total_ore + fee_ore,
        work.actor_id,
        leads=leads(work.grants, institution_id),
        now=work.now,
        over_ore=ceilings.over_ore(found),
        articles={unit.article_id for unit in contents.units.values()},
    )
    if not sending.possible:
        ceilings.refuse_passed(institution, found)
    order_approval.refuse_impossible(sending, institution)
    return institution, sending


def payer(work: Work, institution_id: int, chosen: int | None) -> int | None:
    """The account that is to pay: the one chosen, else the institution's first."""
    known = [row.id for row in order_queries.cost_bearers(work.session, institution_id)]
    if chosen is None:
        return known[0] if known else None
    if chosen not in known:
        raise Refused(
            N_("This account does not belong to the institution."), field="cost_bearer_id"
        )
    return chosen


def free_text(text: str, field: str) -> str:
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
    own = stays(work.session, institution_id, units.values())
    if own is not None:
        raise own
    if not held:
        raise Refused(N_("The basket is empty. Put furniture into it first."))
    if basket.answer is None:
        raise Refused(
            N_("Answer the question before you send. “Don't know” is an answer."), field="answer"
        )
    payers = order_queries.cost_bearers(work.session, institution_id)
    payer = shop_basket.payer_of(basket, payers)
    loan = take_loan(work, basket)
    return Contents(institution_id, payer, Answer(basket.answer), held, units, loan=loan)


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


def order_of(work: Work, contents: Contents, sending: Sending, note: str, way: Way) -> Order:
    """The order of what is sent, without its lines."""
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
        needed_on=contents.wishes.needed_on,
        promised_on=way.promised_on,
        fee_ore=way.fee_ore or None,
        urgent=way.pace is Pace.URGENT or None,
        over_ore=sending.over_ore or None,
        building=contents.wishes.building or None,
        floor=contents.wishes.floor or None,
        way_in=contents.wishes.way_in,
        loan_until=contents.loan.until if contents.loan else None,
        loan_rate_ore=contents.loan.rate_ore if contents.loan else None,
    )
    work.session.add(order)
    work.session.flush()
    return order


def _add_lines(work: Work, order: Order, contents: Contents) -> None:
    values = shop_basket.estimates(
        work.session,
        contents.held,
        contents.units,
        contents.answer,
        work.today,
        contents.loan,
        adapted.planned(work, contents.adaptation),
    )
    lines = []
    for held in contents.held:
        unit = contents.units[held.unit_id]
        unit.state = apply(Step.ORDER, unit.state, unit.number)
        line = _line(order, held, unit, contents.price_of(unit), values[unit.id])
        # Once it is another one than its likes, no other is picked in its place.
        line["exact"] = held.exact or bool(contents.adaptation.tasks)
        lines.append(line)
    work.bulk_insert(OrderLine, lines)


def _line(order: Order, held: Hold, unit: Unit, price_ore: int, values: Figures) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "unit_id": unit.id,
        "article_id": unit.article_id,
        "condition": unit.condition,
        "price_ore": price_ore,
        "new_price_ore": values.new_value_ore,
        "net_g": values.net_g,
        "answer": held.answer,
        "exact": held.exact,
        "state": LineState.OPEN,
        "want_id": held.want_id,
    }
