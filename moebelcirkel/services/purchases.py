"""Before buying new: what is there of each line of a plan, and what new ones would cost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.purchases import Planned, levy_ore, per_year_ore, read_plan
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Gathered, Member, gather
from moebelcirkel.domain.wants import Offer, Wanted
from moebelcirkel.services import figures, pickups
from moebelcirkel.services.context import Context
from moebelcirkel.services.figures import Factors
from moebelcirkel.services.pickups import Coming
from moebelcirkel.storage.queries import purchases as purchase_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries import wants as want_queries
from moebelcirkel.storage.queries.purchases import Becoming, OnSale
from moebelcirkel.storage.queries.shop.rows import CategoryName
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class New:
    """One new piece: price (the plan's, the type's or the category's), levy, CO2e, cost a year."""

    price_ore: int | None
    levy_ore: int
    co2_g: int | None
    year_ore: int | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A line of a plan with what is there: in the shop, with givers, and becoming ready.

    ``alike`` are the most of one type in the shop, of ``types`` there; ``gathered`` is the set they
    make.

    ``cheapest_ore`` and ``year_ore`` are of the cheapest piece in the shop. Without a known
    category nothing is said of what new ones cost beyond the plan's own price.
    """

    number: int
    planned: Planned
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


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines, and what they come to if everything is bought new."""

    lines: tuple[Looked, ...]
    levy_ore: int
    new_ore: int
    covered: int
    pieces: int


@dataclass(frozen=True, slots=True)
class _There:
    """All that a plan is held against, read once."""

    free: Sequence[tuple[Offer, int]]
    coming: Sequence[Coming]
    becoming: Sequence[Becoming]
    categories: Sequence[CategoryName]
    types: Mapping[int, OnSale]
    factors: Factors
    rate_ore: int
    levied: frozenset[str]


def look(context: Context, text: str) -> Plan:
    """What is there of each line that was typed or pasted."""
    context.require(Action.SHOP)
    planned = read_plan(text)
    coming = pickups.coming(context)
    with context.read() as session:
        there = _read(context, session, coming)
    lines = tuple(_look(number, line, there) for number, line in enumerate(planned, 1))
    return Plan(
        lines,
        sum(line.new.levy_ore * line.planned.pieces for line in lines),
        sum((line.new.price_ore or 0) * line.planned.pieces for line in lines),
        sum(min(line.shop, line.planned.pieces) for line in lines),
        sum(line.planned.pieces for line in lines),
    )


def _read(context: Context, session: Session, coming: Sequence[Coming]) -> _There:
    free = _gathered(want_queries.free(session, context.now(), None))
    keys = str(load_parameter(session, "levy_categories"))
    return _There(
        free,
        coming,
        purchase_queries.becoming(session),
        shop_search.categories(session),
        purchase_queries.on_sale(session),
        figures.load_factors(session, context.today()),
        int(load_parameter(session, "levy_ore")),
        frozenset(fold(name) for name in keys.split(";") if name.strip()),
    )


def _gathered(offers: Iterable[Offer]) -> list[tuple[Offer, int]]:
    """One of each alike offer with how many there are, so that a line is held against few."""
    counted: Counter[tuple[int, str, int]] = Counter()
    first: dict[tuple[int, str, int], Offer] = {}
    for offer in offers:
        key = (offer.article_id, offer.condition, offer.price_ore)
        counted[key] += 1
        first.setdefault(key, offer)
    return [(first[key], count) for key, count in counted.items()]


def _look(number: int, planned: Planned, there: _There) -> Looked:
    wanted = Wanted(planned.words, Condition.D.value)
    wish = wanted.wish()
    hits = [(offer, count) for offer, count in there.free if wanted.fits(offer, wish)]
    made = [each for each in there.becoming if wanted.fits(_as_offer(each), wish)]
    given = [each for each in there.coming if wanted.fits(_named(each), wish)]
    cheapest = min((offer for offer, _count in hits), key=lambda each: each.price_ore, default=None)
    by_type: Counter[int] = Counter()
    for offer, count in hits:
        by_type[offer.article_id] += count
    category = _category(planned, hits, (*made, *given), there.categories)
    return Looked(
        number,
        planned,
        sum(count for _offer, count in hits),
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
    )


def _members(hits: Iterable[tuple[Offer, int]], there: _There) -> Iterable[Member]:
    for offer, count in hits:
        if (known := there.types.get(offer.article_id)) is None:
            continue
        yield Member(
            offer.article_id,
            known.name,
            offer.category_key,
            known.colour,
            offer.condition,
            offer.price_ore,
            count,
            offer.width_mm,
            offer.depth_mm,
            offer.height_max_mm or offer.height_min_mm,
        )


def _as_offer(each: Becoming) -> Offer:
    """A type of which pieces become ready, seen as a search sees it."""
    measures = each.width_mm, each.depth_mm, each.height_min_mm, each.height_max_mm
    return Offer(
        0, each.article_id, each.category_key, Condition.A.value, 0, each.search_text, *measures
    )


def _named(each: Coming) -> Offer:
    """What was reported has no more than its name and category."""
    words = f" {fold(each.name)} "
    return Offer(0, 0, each.category_key, each.condition, 0, words)


def _category(
    planned: Planned,
    hits: Sequence[tuple[Offer, int]],
    ahead: Sequence[Becoming | Coming],
    known: Sequence[CategoryName],
) -> str | None:
    """The category most of the hits have, else the one that the words name."""
    found: Counter[str] = Counter()
    for offer, count in hits:
        found[offer.category_key] += count
    for each in ahead:
        found[each.category_key] += each.pieces
    if found:
        return found.most_common(1)[0][0]
    named = " ".join(word for word in planned.words.split() if not any(map(str.isdigit, word)))
    wanted = Wanted(named, Condition.D.value)
    wish = wanted.wish()
    return next(
        (
            row.key
            for row in known
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


def _new(planned: Planned, category: str | None, like: Offer | None, there: _There) -> New:
    factor = there.factors.by_category.get(category) if category else None
    own = there.types.get(like.article_id) if like is not None else None
    price = planned.price_ore or (None if own is None else own.new_price_ore)
    if factor is None:
        return New(price, 0, None, None)
    price = price or factor.new_price_mid_ore
    names = {fold(row.name_da) for row in there.categories if row.key == category} | {category}
    levied = not there.levied or bool(there.levied & names)
    return New(
        price,
        levy_ore(factor.co2e_mid_kg, there.rate_ore) if levied else 0,
        None if factor.co2e_mid_kg is None else round(factor.co2e_mid_kg * 1000),
        None if price is None else per_year_ore(price, Decimal(factor.lifetime_years)),
    )
