"""Ordering with an adaptation: what the workshop offers, what it costs, and sending it.

Such an order is of alike pieces of one card, is agreed to at a shown price and a shown number of
weeks, and needs no basket: what lies there already is taken first.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import (
    Adaptation,
    AdaptationTask,
    Pace,
    ShownPrice,
    Small,
    Wishes,
    check_choice,
    fits,
)
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.domain.roles import Action, leads
from moebelcirkel.services.context import Context, Work, writes
from moebelcirkel.services.orders import rounds as order_rounds
from moebelcirkel.services.orders.coming import small_now
from moebelcirkel.services.orders.offers import DeliveryOffer, offer_for, offers_of
from moebelcirkel.services.orders.sending import (
    NO_WISHES,
    Contents,
    OrderSent,
    free_text,
    payer,
    place,
)
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, gone

MOST_PIECES = 500


@dataclass(frozen=True, slots=True)
class Adaptable:
    """A task that can be ordered with a piece: what it costs and the weeks it adds."""

    id: int
    name: str
    each_ore: int
    weeks: int


@dataclass(frozen=True, slots=True)
class AdaptChoices:
    """What the form of such an order chooses from; ids and names of who can pay."""

    tasks: tuple[Adaptable, ...]
    payers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What so many pieces would cost with these tasks, and the ways in which they can come.

    Of the ``offers`` the usual one is first; ``total_ore`` is without its fee.
    """

    each_ore: int
    weeks: int
    total_ore: int
    offers: tuple[DeliveryOffer, ...]
    small: Small | None = None

    def offer(self, pace: Pace) -> DeliveryOffer:
        """What is offered for a pace; the usual where it is not."""
        return offer_for(self.offers, pace)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptWish:
    """What is ordered, and what it was shown to cost.

    ``exactly`` are the very pieces, where it is not just any of the card; ``fee_ore`` is the fee
    of the pace that was shown.
    """

    institution_id: int
    key: CardKey
    count: int
    agreed: ShownPrice
    answer: Answer | None
    exactly: tuple[int, ...] = ()
    cost_bearer_id: int | None = None
    note: str = ""
    wishes: Wishes = NO_WISHES
    pace: Pace = Pace.USUAL
    fee_ore: int | None = None


def adapt_choices(context: Context, institution_id: int, article_id: int) -> AdaptChoices:
    """The tasks that can be ordered with a type now, and the accounts of the institution."""
    context.require(Action.ORDER, institution_id)
    with context.read() as session:
        category = _category(session, article_id)
        offered = task_queries.adapting(session)
        kinds = [kind for kind in offered if fits(kind.adapt_for, category)]
        rate = _rate_ore(session)
        payers = order_queries.cost_bearers(session, institution_id)
        return AdaptChoices(
            tuple(_adaptable(kind, rate) for kind in kinds),
            tuple((row.id, f"{row.code} {row.name}".strip()) for row in payers),
        )


def _category(session: Session, article_id: int) -> Category:
    article = session.get(Article, article_id)
    if article is None:
        raise gone()
    return session.get_one(Category, article.category_key)


def _adaptable(kind: TaskTypeRow, rate_ore: int) -> Adaptable:
    each = labour_ore(kind.minutes, rate_ore) + kind.parts_ore
    return Adaptable(kind.id, kind.name, each, kind.adapt_weeks or 0)


def _rate_ore(session: Session) -> int:
    rate_id = case_queries.default_rate(session)
    return session.get_one(HourRate, rate_id).rate_ore if rate_id is not None else 0


def quote(
    context: Context, institution_id: int, key: CardKey, count: int, task_type_ids: Sequence[int]
) -> Quote:
    """What is shown before it is sent."""
    context.require(Action.ORDER, institution_id)
    with context.read() as session:
        adaptation = _adaptation(session, key.article_id, task_type_ids)
        institution = session.get_one(Institution, institution_id)
        total = count * (key.price_ore + adaptation.each_ore)
        rounds = order_rounds.waiting(session, [key.article_id], context.today())
        opens = order_rounds.ordered_on(rounds, context.today())
        later = opens + dt.timedelta(weeks=adaptation.weeks)
        group = _category(session, key.article_id).group_key
        own = leads(context.actor.grants, institution_id)
        offers = offers_of(
            session,
            institution,
            context,
            total,
            {group: total},
            later,
            leads=own,
            articles=(key.article_id,),
        )
        small = small_now(session, total, context.today(), later)
    return Quote(adaptation.each_ore, adaptation.weeks, total, offers, small)


def _adaptation(session: Session, article_id: int, task_type_ids: Sequence[int]) -> Adaptation:
    """The tasks as they are now; refused where one of them cannot be ordered any more."""
    rate, category = _rate_ore(session), _category(session, article_id)
    tasks = []
    for key in task_type_ids:
        kind = session.get(TaskTypeRow, key)
        if kind is None or not kind.active or kind.adapt_weeks is None:
            raise Refused(
                N_("An adaptation cannot be ordered any more. Choose again."), field="tasks"
            )
        if not fits(kind.adapt_for, category):
            raise Refused(
                N_("{task} is not done to this kind of furniture. Choose again."),
                field="tasks",
                task=kind.name,
            )
        labour = labour_ore(kind.minutes, rate)
        tasks.append(
            AdaptationTask(kind.id, kind.minutes, labour, kind.parts_ore, kind.adapt_weeks)
        )
    return Adaptation(tuple(tasks))


@writes("order.send", Action.ORDER)
def adapt(work: Work, wish: AdaptWish) -> OrderSent:
    """Order pieces of a card with an adaptation, at the price and the weeks that were shown."""
    work.require(Action.ORDER, wish.institution_id)
    note = free_text(wish.note, "note")
    if wish.answer not in CHOICES:
        raise Refused(
            N_("Answer the question before you send. “Don't know” is an answer."), field="answer"
        )
    check_choice(wish.agreed.task_type_ids)
    _refuse_loan(work, wish.institution_id)
    adaptation = _adaptation(work.session, wish.key.article_id, wish.agreed.task_type_ids)
    _refuse_other_price(wish.agreed, adaptation)
    held = _held(work, wish)
    contents = Contents(
        institution_id=wish.institution_id,
        cost_bearer_id=payer(work, wish.institution_id, wish.cost_bearer_id),
        answer=Answer(wish.answer),
        held=held,
        units={unit.id: unit for unit in work.rows(Unit, [row.unit_id for row in held])},
        wishes=wish.wishes.checked(work.today),
        adaptation=adaptation,
        pace=wish.pace,
        fee_ore=wish.fee_ore,
    )
    return place(work, contents, note)


def _refuse_loan(work: Work, institution_id: int) -> None:
    """A loan of days would bear all that is done for years: what is adapted is had for good."""
    if shop_holds.open_basket(work, institution_id).loan_until is not None:
        raise Refused(
            N_(
                "Your basket is a loan, and what is adapted is not lent: it is made for you. Take"
                " “As a loan” off the basket to have it for good, or borrow it as it stands."
            ),
            field="tasks",
        )


def _refuse_other_price(agreed: ShownPrice, now: Adaptation) -> None:
    if (agreed.each_ore, agreed.weeks) != (now.each_ore, now.weeks):
        raise Refused(
            N_(
                "The adaptation costs {price} kr. a piece and adds {weeks} weeks by now."
                " Look at it, and send it again."
            ),
            field="tasks",
            price=Decimal(now.each_ore) / 100,
            weeks=now.weeks,
        )


def _held(work: Work, wish: AdaptWish) -> list[Hold]:
    """What is ordered as lines of a basket: those of one's own first, then what nobody holds."""
    wanted = len(set(wish.exactly)) if wish.exactly else wish.count
    if not 1 <= wanted <= MOST_PIECES:
        raise Refused(
            N_("Write how many you want, from 1 to {most}."), field="count", most=MOST_PIECES
        )
    basket = shop_holds.open_basket(work, wish.institution_id)
    among = list(wish.exactly) or None
    free = order_queries.in_the_house(
        work.session,
        [
            *_own(work, basket.id, wish),
            *shop_holds.free_units(work, wish.institution_id, wish.key, MOST_PIECES, among),
        ],
    )
    own = {row.unit_id: row for row in shop_holds.of_units(work.session, free)}
    chosen = free[:wanted]
    if len(chosen) < wanted:
        raise Refused(
            N_(
                "Only {count} of these are in the house and free now. Those that still stand"
                " with their giver cannot be adapted yet."
            ),
            field="count",
            count=len(chosen),
        )
    return [
        own[key]
        if key in own and own[key].basket_id == basket.id
        else Hold(unit_id=key, basket_id=basket.id, exact=bool(wish.exactly))
        for key in chosen
    ]


def _own(work: Work, basket_id: int, wish: AdaptWish) -> list[int]:
    """Pieces of the card that one's own basket still holds."""
    rows = shop_holds.holds(work.session, basket_id)
    alive = [row.unit_id for row in rows if row.expires_at > work.now]
    keys = {unit.id for unit in work.rows(Unit, alive) if _is_of(unit, wish.key)}
    return [key for key in alive if key in keys and (not wish.exactly or key in wish.exactly)]


def _is_of(unit: Unit, key: CardKey) -> bool:
    return (unit.article_id, unit.condition, unit.price_ore, unit.state) == (
        *(key.article_id, key.condition, key.price_ore),
        "listed",
    )
