"""What is there of each line of a plan, typed just now or kept, and what new ones would cost."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.orders import fits
from moebelcirkel.domain.purchases import PlannedLine, per_year_ore, read_plan
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Gathered, Member, Query, gather, read
from moebelcirkel.domain.wants import Offer, Wanted, words_of
from moebelcirkel.services import figures, pickups
from moebelcirkel.services.context import Context
from moebelcirkel.services.figures import Factors
from moebelcirkel.services.orders.coming import promise
from moebelcirkel.services.pickups import Coming
from moebelcirkel.services.shop import finding
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import purchases as purchase_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.queries.purchases import Becoming, FreeCard, KeptLine, PlanRow, TypeOnSale
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.queries.shop.rows import CategoryName
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Session, gone, load_parameter


@dataclass(frozen=True, slots=True)
class New:
    """One new piece: price (the plan's, the type's or the category's), levy, CO2e, cost a year."""

    price_ore: int | None
    levy_ore: int
    co2_g: int | None
    year_ore: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What may do instead of having it for good: soonest, on loan, one's own repaired or adapted.

    ``earliest`` is the day by which what is in the shop comes, ``rate_ore`` what a loan costs a
    piece and day, and ``own`` counts alike pieces of the institution's own that show use. So many
    as ``adaptable`` are of the same category, whatever they are like, and ``tasks`` are what the
    workshop does to such. ``fetched_on`` is when the first that stand with givers are fetched.
    """

    earliest: dt.date | None
    rate_ore: int
    own: int
    adaptable: int = 0
    tasks: tuple[str, ...] = ()
    fetched_on: dt.date | None = None
    given_ore: int | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A line of a plan with what is there: in the shop, with givers, and becoming ready.

    ``alike`` are the most of one type in the shop, of ``types`` there; ``gathered`` is the set they
    make.

    ``cheapest_ore`` and ``year_ore`` are of the cheapest piece in the shop. Without a known
    category nothing is said of what new ones cost beyond the plan's own price.
    """

    number: int
    planned: PlannedLine
    shop: int
    alike: int
    types: int
    cheapest_ore: int | None
    year_ore: int | None
    givers: int
    becoming: int
    workshop: int
    category_key: str | None
    new: New
    gathered: Gathered | None
    beside: Beside
    kept: KeptLine | None = None


@dataclass(frozen=True, slots=True)
class PurchasePlan:
    """All lines, and what they come to if everything is bought new."""

    lines: tuple[Looked, ...]
    levy_ore: int
    new_ore: int
    covered: int
    pieces: int


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan that is kept, held against what is there today."""

    row: PlanRow
    plan: PurchasePlan


@dataclass(frozen=True, slots=True)
class _There:
    """All that a plan is held against, read once."""

    free: Sequence[FreeCard]
    coming: Sequence[Coming]
    becoming: Sequence[Becoming]
    categories: Sequence[CategoryName]
    types: Mapping[int, TypeOnSale]
    factors: Factors
    also: Mapping[str, tuple[str, ...]]
    own: Sequence[Becoming]
    owned: Mapping[str, int]
    adapting: Sequence[tuple[str, str | None]]
    promised_on: dt.date | None
    rate_ore: int


#: So many cards are looked at for a line that the shop's filters narrow.
_MOST_CARDS = 500


def look(context: Context, text: str, within: Query | None = None) -> PurchasePlan:
    """What is there of each line that was typed or pasted; ``within`` has filters of the shop."""
    context.require(Action.SHOP)
    planned = read_plan(text)
    coming = pickups.coming(context)
    with context.read() as session:
        own = [each.id for each in order_queries.institutions(session, _reach(context))]
        there = _read(context, session, coming, [line.words for line in planned], own)
    place = own[0] if own else None
    return _plan(
        [
            _look(number, line, _narrowed(context, there, line.words, within, place))
            for number, line in enumerate(planned, 1)
        ]
    )


def _narrowed(
    context: Context, there: _There, words: str, within: Query | None, place: int | None
) -> _There:
    """Of what is free only that which the shop shows for the words with its filters."""
    if within is None:
        return there
    found = finding.search(context, replace(within, text=words), place, limit=_MOST_CARDS)
    room = {card.key: card.free for card in found.cards}
    keys = [CardKey(card.article_id, card.condition, card.price_ore) for card in there.free]
    free = [
        replace(card, pieces=min(card.pieces, room[key]))
        for card, key in zip(there.free, keys, strict=True)
        if room.get(key)
    ]
    return replace(there, free=free)


def kept(context: Context, purchase_id: int) -> KeptPlan:
    """A plan that is kept, line by line, with what is there of it today."""
    context.require(Action.ORDER)
    coming = pickups.coming(context)
    with context.read() as session:
        row = purchase_queries.one(session, purchase_id)
        if row is None:
            raise gone()
        context.require(Action.ORDER, row.institution_id)
        found = purchase_queries.lines_of(session, purchase_id)
        there = _read(
            context, session, coming, [line.words for line in found], [row.institution_id]
        )
    lines = [
        replace(
            _look(number, PlannedLine(line.words, line.pieces, line.price_ore), there), kept=line
        )
        for number, line in enumerate(found, 1)
    ]
    return KeptPlan(row, _plan(lines))


def _plan(lines: Sequence[Looked]) -> PurchasePlan:
    return PurchasePlan(
        tuple(lines),
        sum(line.new.levy_ore * line.planned.pieces for line in lines),
        sum((line.new.price_ore or 0) * line.planned.pieces for line in lines),
        sum(min(line.shop, line.planned.pieces) for line in lines),
        sum(line.planned.pieces for line in lines),
    )


def _wanted(words: str) -> Wanted:
    """A line as a want: any condition will do."""
    return Wanted(words, Condition.D.value)


def _read(
    context: Context,
    session: Session,
    coming: Sequence[Coming],
    lines: Iterable[str],
    own: Sequence[int],
) -> _There:
    """``own`` are the institutions that plan; what comes is promised to the first of them."""
    today = context.today()
    planner = session.get(Institution, own[0]) if own else None
    return _There(
        purchase_queries.free_cards(session, context.now(), own or None),
        coming,
        purchase_queries.becoming(session),
        shop_search.categories(session),
        purchase_queries.on_sale(session),
        figures.load_factors(session, context.today()),
        shop_search.alike(session, words_of(map(_wanted, lines))),
        purchase_queries.worn_out(session, own),
        purchase_queries.owned(session, own),
        [(kind.name, kind.adapt_for) for kind in task_queries.adapting(session)],
        None if planner is None else promise(session, planner, today),
        int(load_parameter(session, "loan_rate_ore")),
    )


def _reach(context: Context) -> Collection[int]:
    """The institutions somebody plans for; who may order for all has none of their own."""
    reach = context.reach(Action.ORDER) if context.allows(Action.ORDER) else None
    return reach or ()


def _look(number: int, planned: PlannedLine, there: _There) -> Looked:
    wanted = _wanted(planned.words)
    wish = wanted.wish(there.also)
    hits = [card for card in there.free if wanted.fits(card, wish)]
    made = [each for each in there.becoming if wanted.fits(_as_offer(each), wish)]
    given = [each for each in there.coming if wanted.fits(pickups.as_offer(each), wish)]
    cheapest = min(hits, key=lambda each: each.price_ore, default=None)
    by_type: Counter[int] = Counter()
    for card in hits:
        by_type[card.article_id] += card.pieces
    category = _category(planned, hits, (*made, *given), there)
    return Looked(
        number,
        planned,
        sum(card.pieces for card in hits),
        max(by_type.values(), default=0),
        len(by_type),
        None if cheapest is None else cheapest.price_ore,
        None if cheapest is None else _reused_year(cheapest, there.factors),
        sum(each.pieces for each in given),
        sum(each.pieces for each in made),
        sum(each.workshop for each in made),
        category,
        _new(planned, category, cheapest, there),
        gather(planned.pieces, _members(hits, there)),
        Beside(
            there.promised_on if hits else None,
            there.rate_ore,
            sum(each.pieces for each in there.own if wanted.fits(_as_offer(each), wish)),
            *_adaptable(category, there),
            min((each.planned_on for each in given if each.planned_on), default=None),
            min((each.price_ore for each in given), default=None),
        ),
    )


def _adaptable(category: str | None, there: _There) -> tuple[int, tuple[str, ...]]:
    """How many of the category are one's own, and what the workshop does to such."""
    known = next((row for row in there.categories if row.key == category), None)
    count = 0 if known is None else there.owned.get(known.key, 0)
    if known is None or not count:
        return 0, ()
    tasks = tuple(name for name, adapt_for in there.adapting if fits(adapt_for, known))
    return (count, tasks) if tasks else (0, ())


def _members(hits: Iterable[FreeCard], there: _There) -> Iterable[Member]:
    for offer in hits:
        if (known := there.types.get(offer.article_id)) is None:
            continue
        yield like(
            Member,
            offer,
            name=known.name,
            colour=known.colour,
            count=offer.pieces,
            height_mm=offer.height_max_mm or offer.height_min_mm,
        )


def _as_offer(each: Becoming) -> Offer:
    """A type of which pieces become ready, seen as a search sees it."""
    return like(Offer, each, unit_id=0, condition=Condition.A.value, price_ore=0)


def _category(
    planned: PlannedLine,
    hits: Sequence[FreeCard],
    ahead: Sequence[Becoming | Coming],
    there: _There,
) -> str | None:
    """The category most of the hits have, else the one that the words name."""
    found: Counter[str] = Counter()
    for each in (*hits, *ahead):
        found[each.category_key] += each.pieces
    if found:
        return found.most_common(1)[0][0]
    named = " ".join(word for word in read(planned.words).words if word.isalpha())
    wanted = _wanted(named)
    wish = wanted.wish(there.also)
    return next(
        (
            row.key
            for row in there.categories
            if wish.words
            and wanted.fits(Offer(0, 0, row.key, "A", 0, f" {fold(row.name_da)} "), wish)
        ),
        None,
    )


def _reused_year(offer: Offer, factors: Factors) -> int | None:
    """Price and transport over the life its condition leaves."""
    factor = factors.by_category.get(offer.category_key)
    if factor is None:
        return None
    left = Condition(offer.condition).base_l * factor.lifetime_years
    return per_year_ore(offer.price_ore + factors.handling_ore, left)


def _new(planned: PlannedLine, category: str | None, like: Offer | None, there: _There) -> New:
    factor = there.factors.by_category.get(category) if category else None
    own = there.types.get(like.article_id) if like is not None else None
    price = planned.price_ore or (None if own is None else own.new_price_ore)
    if factor is None:
        return New(price, 0, None, None)
    price = price or factor.new_price_mid_ore
    return New(
        price,
        there.factors.new_levy_ore(factor.category_key),
        None if factor.co2e_mid_kg is None else round(factor.co2e_mid_kg * 1000),
        None if price is None else per_year_ore(price, Decimal(factor.lifetime_years)),
    )
