"""The institution's basket as it stands: what is held for how long, what it costs and saves."""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import Figures, total
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import Pace, Small
from moebelcirkel.domain.roles import Action, leads
from moebelcirkel.services import ceilings, figures
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import rounds as order_rounds
from moebelcirkel.services.orders.coming import small_now
from moebelcirkel.services.orders.offers import DeliveryOffer, offer_for, offers_of
from moebelcirkel.services.orders.rounds import Round
from moebelcirkel.services.shop import gone as shop_gone
from moebelcirkel.services.shop.finding import asker_of
from moebelcirkel.services.shop.gone import Gone
from moebelcirkel.services.shop.lending import Loan, loan_of
from moebelcirkel.services.shop.standing import stays
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.institutions import InstitutionChoice
from moebelcirkel.storage.queries.orders import Payer
from moebelcirkel.storage.queries.shop import Asker, CardKey
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class Held:
    """One piece in the basket; ``want`` is the number of what it was found for."""

    unit_id: int
    number: str
    exact: bool
    expires_at: dt.datetime
    want: str = ""


@dataclass(frozen=True, slots=True)
class BasketLine:
    """Alike pieces in the basket; ``available`` counts them too ("12 af 24")."""

    key: CardKey
    name: str
    category_key: str
    thumb: str | None
    held: tuple[Held, ...]
    available: int
    new_price_ore: int
    new_price_known: bool
    answer: Answer | None
    net_g: int | None
    loan_ore: int | None = None

    @property
    def total_ore(self) -> int:
        """What the line costs; ``loan_ore`` is what a piece costs for the days of a loan."""
        price = self.key.price_ore if self.loan_ore is None else self.loan_ore
        return price * len(self.held)


@dataclass(frozen=True, slots=True)
class BasketView:
    """Everything the basket shows; figures are estimates, empty where no line has a factor.

    ``expires_at`` leaves out what was found for a want; ``delivery`` is what the municipality says
    of when and how it delivers. Both are empty if there is nothing. ``total_ore`` is what the
    pieces cost; of the ``offers`` the usual one is first. ``own`` says what of it stands with the
    institution itself, which cannot be sent.
    """

    institution: str
    payers: tuple[Payer, ...]
    payer_id: int | None
    answer: Answer | None
    lines: tuple[BasketLine, ...]
    gone: tuple[Gone, ...]
    expires_at: dt.datetime | None
    total_ore: int
    new_price_ore: int
    new_price_known: bool
    net_g: int | None
    low_g: int | None
    high_g: int | None
    offers: tuple[DeliveryOffer, ...]
    delivery: str
    loan: Loan | None = None
    rounds: tuple[Round, ...] = ()
    small: Small | None = None
    own: Refused | None = None

    @property
    def pieces(self) -> int:
        """How many pieces lie in it."""
        return sum(len(line.held) for line in self.lines)

    @property
    def saved_ore(self) -> int:
        """New price less price."""
        return self.new_price_ore - self.total_ore

    def offer(self, pace: Pace) -> DeliveryOffer:
        """What is offered for a pace; the usual where it is not."""
        return offer_for(self.offers, pace)


def institutions(context: Context) -> list[InstitutionChoice]:
    """Where the asker may order; empty for those who only look."""
    if not context.allows(Action.ORDER):
        return []
    with context.read() as session:
        return order_queries.institutions(session, context.reach(Action.ORDER))


def basket(context: Context, institution_id: int) -> BasketView:
    """The basket as it stands now."""
    context.require(Action.ORDER, institution_id)
    with context.read() as session:
        institution = session.get_one(Institution, institution_id)
        own = leads(context.actor.grants, institution_id)
        return _view(session, institution, context, leads=own)


def _view(
    session: Session, institution: Institution, context: Context, *, leads: bool
) -> BasketView:
    basket_id = shop_holds.basket_id(session, institution.id)
    row = None if basket_id is None else session.get(Basket, basket_id)
    held = [] if row is None else shop_holds.holds(session, row.id)
    units = shop_holds.units(session, (hold.unit_id for hold in held))
    here = [hold for hold in held if units[hold.unit_id].state == State.LISTED]
    answer = Answer(row.answer) if row is not None and row.answer and held else None
    loan = loan_of(session, row, context.today()) if row is not None and here else None
    asker = asker_of(context, session, institution.id)
    lines, sums = _lines(session, here, units, answer, asker, context, loan)
    price = sum(line.total_ore for line in lines)
    pieces = [units[hold.unit_id] for hold in here]
    articles = [unit.article_id for unit in pieces]
    until = None if loan is None else loan.until
    rounds = order_rounds.waiting(session, articles, context.today(), until)
    opens = order_rounds.ordered_on(rounds, context.today())
    payers = order_queries.cost_bearers(session, institution.id)
    prices = [(unit, (unit.price_ore or 0) if loan is None else loan.price_ore) for unit in pieces]
    adds = ceilings.adds(session, prices)
    return BasketView(
        institution=institution.name,
        payers=tuple(payers),
        payer_id=payer_of(row, payers),
        answer=answer,
        lines=lines,
        gone=shop_gone.of(session, basket_id, held, units, context.now()),
        expires_at=min((hold.expires_at for hold in here if not hold.want_id), default=None),
        total_ore=price,
        new_price_ore=sums.new_value_ore,
        new_price_known=all(line.new_price_known for line in lines),
        net_g=sums.net_g,
        low_g=sums.low_g,
        high_g=sums.high_g,
        offers=offers_of(
            session, institution, context, price, adds, opens, leads=leads, articles=articles
        ),
        delivery=str(load_parameter(session, "delivery_words")),
        loan=loan,
        small=small_now(session, price, context.today(), opens) if lines else None,
        rounds=rounds,
        own=stays(session, institution.id, pieces),
    )


def payer_of(row: Basket | None, payers: Sequence[Payer]) -> int | None:
    """The account chosen, or the institution's first; none where it has none."""
    known = [payer.id for payer in payers]
    if row is not None and row.cost_bearer_id in known:
        return row.cost_bearer_id
    return known[0] if known else None


def card_key(unit: Unit) -> CardKey:
    """The card a unit lies on."""
    return CardKey(unit.article_id, unit.condition, unit.price_ore or 0)


def _lines(
    session: Session,
    held: Sequence[Hold],
    units: dict[int, Unit],
    answer: Answer | None,
    asker: Asker,
    context: Context,
    loan: Loan | None,
) -> tuple[tuple[BasketLine, ...], Figures]:
    if not held:
        return (), Figures()
    articles = shop_holds.articles(session, (units[hold.unit_id].article_id for hold in held))
    photos = photo_queries.first_of_articles(session, articles)
    values = estimates(session, held, units, answer, context.today(), loan)

    def place(hold: Hold) -> tuple[str, int, str, int]:
        key = card_key(units[hold.unit_id])
        return articles[key.article_id].sort_key, key.article_id, key.condition, key.price_ore

    counts = shop_holds.available(session, {card_key(units[hold.unit_id]) for hold in held}, asker)
    wanted = want_queries.numbers_of_holds(session, [hold.unit_id for hold in held])
    lines = []
    for (_sort, *parts), group in groupby(sorted(held, key=place), key=place):
        some = list(group)
        key = CardKey(*parts)  # type: ignore[arg-type]
        article = articles[key.article_id]
        lines.append(
            BasketLine(
                key=key,
                name=article.name,
                category_key=article.category_key,
                thumb=photos.get(article.id),
                held=tuple(_held(hold, units, wanted) for hold in some),
                available=counts.get(key, len(some)),
                new_price_ore=values[some[0].unit_id].new_value_ore,
                new_price_known=article.new_price_ore is not None,
                answer=Answer(some[0].answer) if some[0].answer else None,
                net_g=total(values[hold.unit_id] for hold in some).net_g,
                loan_ore=None if loan is None else loan.price_ore,
            )
        )
    return tuple(lines), total(values.values())


def _held(hold: Hold, units: dict[int, Unit], wanted: dict[int, str]) -> Held:
    number, want = units[hold.unit_id].number, wanted.get(hold.unit_id, "")
    return Held(hold.unit_id, number, hold.exact, hold.expires_at, want)


def estimates(
    session: Session,
    held: Sequence[Hold],
    units: dict[int, Unit],
    answer: Answer | None,
    on: dt.date,
    loan: Loan | None = None,
    planned: figures.Refurbishment | None = None,
) -> dict[int, Figures]:
    """What each piece would be worth if handed over now, with its own answer or the basket's.

    ``planned`` is what is done to it before that.
    """
    articles = shop_holds.articles(session, (unit.article_id for unit in units.values()))
    categories = {article.category_key for article in articles.values()}
    factors = figures.load_factors(session, on, categories)
    booked = figures.refurbishments(session, units.values())
    more = planned or figures.Refurbishment()

    @functools.cache
    def alike(
        article_id: int, condition: str, said: Answer, cost: figures.Refurbishment, left: Decimal
    ) -> Figures:
        return figures.estimate(
            factors,
            articles[article_id],
            condition,
            said,
            refurbishment=cost + more,
            life_left=left,
            loan_days=None if loan is None else loan.days,
        )

    nothing, found = figures.Refurbishment(), {}
    for hold in held:
        unit = units[hold.unit_id]
        said = Answer(hold.answer) if hold.answer else answer or Answer.UNANSWERED
        cost = booked.get(unit.id, nothing)
        found[unit.id] = alike(unit.article_id, unit.condition, said, cost, unit.life_left)
    return found
