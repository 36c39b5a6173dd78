"""Finding furniture: cards with price and estimate, and how many there are beside each filter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query, read_synonyms
from moebelcirkel.services import figures
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop import facets, weeks
from moebelcirkel.services.shop.facets import Labelled, ResolvedQuery, ShopFacets
from moebelcirkel.services.shop.gathering import gather
from moebelcirkel.services.shop.spelling import respelled
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop import Asker, CardKey
from moebelcirkel.storage.queries.shop.rows import CardFound, CategoryName, Named, NotOnSale
from moebelcirkel.storage.work import Session, load_parameter

PAGE = 60
#: So long what came to the shop is new.
NEW = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Card:
    """Alike pieces on sale: same type, condition and price.

    ``available`` counts those in one's own basket too, ``mine`` says how many these are. The
    estimate is for one piece, the one that would be taken next, and empty without a factor.
    """

    key: CardKey
    name: str
    maker: str
    model: str
    colour: str
    ecolabel: str
    category_key: str
    available: int
    mine: int
    refurbished: bool
    new_price_ore: int
    new_price_known: bool
    net_g: int | None
    low_g: int | None
    high_g: int | None
    thumb: str | None
    at_giver: int
    """How many of them still stand with whoever gives them."""

    @property
    def free(self) -> int:
        """How many more can be taken."""
        return self.available - self.mine


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search; totals and facets come with the first page.

    ``instead`` is told where nothing was found, ``spelled`` where other words were looked for, and
    ``type_1`` says whether ecolabels of type 1 are looked for alone; ``parts`` of the pieces are
    spare parts. ``spoiled`` names what was left out as it was changed past the program.
    """

    cards: tuple[Card, ...]
    total_cards: int
    total_units: int
    facets: ShopFacets | None
    labelled: Labelled | None
    instead: NotOnSale | None = None
    spelled: str = ""
    type_1: bool = False
    parts: int = 0
    spoiled: Refused | None = None


def asker_of(context: Context, session: Session, institution_id: int | None) -> Asker:
    """Who looks into the shop: an institution, or somebody for all that are theirs."""
    own = context.reach(Action.SHOP) if institution_id is None else {institution_id}
    if institution_id is None and context.allows(Action.STOCK_VIEW):
        own = None
    kept_back = pickup_queries.kept_back(session, own, context.now())
    return Asker(shop_holds.basket_id(session, institution_id), context.now(), kept_back)


def search(
    context: Context,
    query: Query,
    institution_id: int | None = None,
    *,
    offset: int = 0,
    limit: int = PAGE,
) -> Found:
    """Cards for a query; from ``offset`` 0 with totals and the counts beside the filters."""
    context.require(Action.SHOP, institution_id)
    query = query.understood()
    with context.read() as session:
        asker = asker_of(context, session, institution_id)
        known = shop_search.categories(session)
        asked = _understand(session, query, asker, known)
        coming = weeks.by_category(session, institution_id, known, context.today())
        asked = replace(asked, weeks=coming)
        found, spelled = gather(session, asked), ""
        totals = facets.totals(found.counted, asked)
        if not found.cards and not totals[0] and asked.labelled is None:
            meant = respelled(session, query, known)
            if meant is not None:
                again = replace(
                    asked, query=meant, wish=replace(meant.wish(), also=asked.wish.also)
                )
                found_again = gather(session, again)
                if found_again.cards:
                    asked, found, spelled = again, found_again, meant.text
                    totals = facets.totals(found.counted, asked)
        page = found.page(offset, limit)
        cards = tuple(_cards(context, session, page, asker, asked.query))
        first = offset == 0
        instead = _instead(session, asked) if first and not totals[0] else None
        told = facets.facets(found.counted, found.lots, asked, known) if first else None
    # Looked for through the whole database, but only where the shelves met something of it.
    spoiled = context.spoiled() if first and found.spoiled else None
    return Found(
        cards,
        total_cards=totals[0] if first else 0,
        total_units=totals[1] if first else 0,
        facets=told,
        labelled=asked.labelled,
        instead=instead,
        spelled=spelled,
        type_1=asked.only_type_1,
        parts=totals[2] if first else 0,
        spoiled=spoiled,
    )


def newest(context: Context) -> tuple[int, ...]:
    """Ids of the types that came to the shop lately, the newest first."""
    context.require(Action.SHOP)
    with context.read() as session:
        return tuple(shop_search.newest(session, context.now() - NEW, PAGE))


def _instead(session: Session, asked: ResolvedQuery) -> NotOnSale | None:
    if asked.labelled is not None:
        return None
    query, keys = asked.query, asked.category_keys
    return shop_search.not_on_sale(session, asked.asker, query, asked.wish, keys)


def _understand(
    session: Session, query: Query, asker: Asker, known: list[CategoryName]
) -> ResolvedQuery:
    keys = _category_keys(query, known)
    unit = _unit_named(session, query.text)
    if unit is None:
        labels = frozenset(name for name, yes in shop_search.type_1_of(session).items() if yes)
        green = query.type_1
        if green is None:
            green = bool(load_parameter(session, "only_green"))
        also = read_synonyms(str(load_parameter(session, "synonyms")))
        wish = replace(query.wish(), also=also)
        return ResolvedQuery(query, asker, keys, None, None, labels, green, wish)
    # A piece without a price was never on sale; -1 is a card that does not exist.
    price = -1 if unit.price_ore is None else unit.price_ore
    only = CardKey(unit.article_id, unit.condition, price)
    return ResolvedQuery(
        Query(), asker, None, only, Labelled(unit.number, unit.state, unit.article_id, unit.article)
    )


def _category_keys(query: Query, known: list[CategoryName]) -> frozenset[str] | None:
    if not query.groups and not query.categories:
        return None
    grouped = {row.key for row in known if row.group_key in query.groups}
    return frozenset(grouped | query.categories)


def _unit_named(session: Session, text: str) -> Named | None:
    """The piece a scanned or typed code belongs to; ordinary words are not looked up."""
    code = text.strip()
    if not any(char.isdigit() for char in code) or " " in code:
        return None
    number = parse_label(code, str(load_parameter(session, "label_prefix")))
    return shop_search.unit_by_code(session, number, code)


def _cards(
    context: Context, session: Session, found: list[CardFound], asker: Asker, query: Query
) -> Iterable[Card]:
    if not found:
        return
    factors = figures.load_factors(session, context.today())
    rows = shop_search.card_rows(session, [each.first_unit_id for each in found])
    photos = photo_queries.first_of_articles(session, (each.article_id for each in found))
    booked = figures.refurbishments_in(session, {key: row.loop for key, row in rows.items()})
    mine = shop_holds.held_by_card(session, asker, shop_search.wanted(session, query))
    elsewhere = shop_search.standing_with_givers(session)
    for each in found:
        key = CardKey(each.article_id, each.condition, each.price_ore or 0)
        row = rows[each.first_unit_id]
        figure = figures.at_a_glance(
            factors,
            row,
            each.condition,
            life_left=row.life_left,
            refurbishment=booked.get(each.first_unit_id, figures.Refurbishment()),
        )
        yield Card(
            key=key,
            name=row.name,
            maker=row.maker,
            model=row.model,
            colour=row.colour,
            ecolabel=row.ecolabel,
            category_key=row.category_key,
            available=each.available,
            mine=mine.get(key, 0),
            refurbished=each.refurbished,
            new_price_ore=figure.new_value_ore,
            new_price_known=row.new_price_ore is not None,
            net_g=figure.net_g,
            low_g=figure.low_g,
            high_g=figure.high_g,
            thumb=photos.get(each.article_id),
            at_giver=min(each.available, len(elsewhere.get(key, ()))),
        )


def one_card(
    context: Context, session: Session, key: CardKey, asker: Asker, within: Query | None = None
) -> Card | None:
    """A single card as the list shows it; none when nothing of it is left."""
    query = Query() if within is None else within.of_pieces()
    found = gather(session, ResolvedQuery(query, asker, None, key, None)).page(0, 1)
    return next(iter(_cards(context, session, found, asker, query)), None)
