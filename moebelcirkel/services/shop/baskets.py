"""The institution's basket: what is held for how long, what it costs and saves, where it leads."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import Figures, total
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import figures
from moebelcirkel.services.context import Context, Done, Pieces, Work, writes
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.services.orders.approval import Sending
from moebelcirkel.services.shop import gone as shop_gone
from moebelcirkel.services.shop.gone import Gone
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.institutions import Choice
from moebelcirkel.storage.queries.shop import Asker, CardKey
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, load_parameter

MOST_AT_ONCE = 500


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

    @property
    def total_ore(self) -> int:
        """What the line costs."""
        return self.key.price_ore * len(self.held)


@dataclass(frozen=True, slots=True)
class Payer:
    """An account that can pay."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class BasketView:
    """Everything the basket shows; figures are estimates, empty where no line has a factor.

    ``expires_at`` leaves out what was found for a want; ``delivery`` is what the municipality says
    of when and how it delivers. Both are empty if there is nothing.
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
    sending: Sending
    delivery: str

    @property
    def pieces(self) -> int:
        """How many pieces lie in it."""
        return sum(len(line.held) for line in self.lines)

    @property
    def saved_ore(self) -> int:
        """New price less price."""
        return self.new_price_ore - self.total_ore


def institutions(context: Context) -> list[Choice]:
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
        leads = context.allows(Action.APPROVE, institution_id)
        return _view(session, institution, context, leads=leads)


def _view(
    session: Session, institution: Institution, context: Context, *, leads: bool
) -> BasketView:
    basket_id = shop_holds.basket_id(session, institution.id)
    row = None if basket_id is None else session.get(Basket, basket_id)
    held = [] if row is None else shop_holds.holds(session, row.id)
    units = shop_holds.units(session, (hold.unit_id for hold in held))
    here = [hold for hold in held if units[hold.unit_id].state == State.LISTED]
    answer = Answer(row.answer) if row is not None and row.answer and held else None
    lines, sums = _lines(session, here, units, answer, Asker(basket_id, context.now()), context)
    price = sum(line.total_ore for line in lines)
    payers = order_queries.cost_bearers(session, institution.id)
    return BasketView(
        institution=institution.name,
        payers=tuple(Payer(each.id, each.code, each.name) for each in payers),
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
        sending=order_approval.sending(
            session, institution, price, context.actor.user_id, leads=leads, now=context.now()
        ),
        delivery=str(load_parameter(session, "delivery_words")),
    )


def payer_of(row: Basket | None, payers: Sequence[CostBearer]) -> int | None:
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
) -> tuple[tuple[BasketLine, ...], Figures]:
    if not held:
        return (), Figures()
    articles = shop_holds.articles(session, (units[hold.unit_id].article_id for hold in held))
    photos = shop_search.first_photos(session, articles)
    values = estimates(session, held, units, answer, context.today())

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
                key=key, name=article.name, category_key=article.category_key,
                thumb=photos.get(article.id),
                held=tuple(
                    Held(
                        hold.unit_id, units[hold.unit_id].number, hold.exact, hold.expires_at,
                        wanted.get(hold.unit_id, ""),
                    )
                    for hold in some
                ),
                available=counts.get(key, len(some)),
                new_price_ore=values[some[0].unit_id].new_value_ore,
                new_price_known=article.new_price_ore is not None,
                answer=Answer(some[0].answer) if some[0].answer else None,
                net_g=total(values[hold.unit_id] for hold in some).net_g,
            )
        )  # fmt: skip
    return tuple(lines), total(values.values())


def estimates(
    session: Session,
    held: Sequence[Hold],
    units: dict[int, Unit],
    answer: Answer | None,
    on: dt.date,
) -> dict[int, Figures]:
    """What each piece would be worth if handed over now, with its own answer or the basket's."""
    factors = figures.load_factors(session, on)
    articles = shop_holds.articles(session, (unit.article_id for unit in units.values()))
    booked = figures.refurbishments(session, units.values())
    return {
        hold.unit_id: figures.estimate(
            factors, articles[units[hold.unit_id].article_id], units[hold.unit_id].condition,
            Answer(hold.answer) if hold.answer else answer or Answer.UNANSWERED,
            refurbishment=booked.get(hold.unit_id, figures.Refurbishment()),
            life_left=units[hold.unit_id].life_left,
        )
        for hold in held
    }  # fmt: skip


# --- writing -------------------------------------------------------------------------------------


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
    released = _take_out(work, answer.institution_id, answer.unit_ids)
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
) -> Taken:
    """Put up to ``count`` free pieces of a card into the basket, or exactly the named ones.

    ``taken`` says how many it became; fewer than asked are taken when there are no more.
    """
    work.require(Action.ORDER, institution_id)
    wanted = count if exact_unit_ids is None else len(set(exact_unit_ids))
    if not 1 <= wanted <= MOST_AT_ONCE:
        raise Refused(
            N_("Write how many you want, from 1 to {most}."), field="count", most=MOST_AT_ONCE
        )
    order_approval.orderer(work, institution_id)
    basket_row = shop_holds.open_basket(work, institution_id)
    if not shop_holds.holds(work.session, basket_row.id):
        basket_row.answer = None  # What was answered for something else is no answer for this.
    free = shop_holds.free_units(work, key, wanted, exact_unit_ids)
    until = _until(work)
    taken = shop_holds.take(work, basket_row, free, until, exact=exact_unit_ids is not None)
    if not taken:
        raise Refused(N_("There are no more of these. Others hold the rest, or it has been sold."))
    _prolong(work, basket_row)
    return Taken(
        taken=len(taken),
        asked=wanted,
        unit_ids=tuple(sorted(taken)),
        institution_id=institution_id,
    )


def _until(work: Work) -> dt.datetime:
    return work.now + dt.timedelta(minutes=int(work.parameter("hold_minutes")))


def _prolong(work: Work, basket_row: Basket) -> int:
    """Hold all that still lies in the basket anew; what others took meanwhile stays theirs."""
    until = _until(work)
    held = shop_holds.holds(work.session, basket_row.id)
    units = shop_holds.units(work.session, (row.unit_id for row in held))
    kept = 0
    for row in held:
        if units[row.unit_id].state == State.LISTED:
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
    units = shop_holds.units(work.session, (row.unit_id for row in held))
    for row in held:
        if units[row.unit_id].state != State.LISTED:
            work.session.delete(row)
    return Done()


@writes("shop.answer", Action.ORDER)
def set_answer(
    work: Work,
    institution_id: int,
    answer: Answer | None,
    unit_ids: Sequence[int] | None = None,
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
