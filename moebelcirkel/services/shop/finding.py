"""Finding furniture: cards with price and estimate, and how many there are beside each filter."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query, Wish, is_type_1, read_synonyms
from moebelcirkel.services import figures
from moebelcirkel.services.context import Context
from moebelcirkel.services.shop.spelling import respelled
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop import Asker, CardKey
from moebelcirkel.storage.queries.shop_rows import CardRow, CategoryName, Counted, Named, NotOnSale
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

    @property
    def free(self) -> int:
        """How many more can be taken."""
        return self.available - self.mine


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter and how many pieces it would show."""

    key: str
    name_da: str
    name_en: str
    units: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The filters with their counts, each counted as if it were not set itself."""

    groups: tuple[Facet, ...]
    conditions: tuple[Facet, ...]
    ecolabels: tuple[Facet, ...]
    type_1: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """The piece whose label or code was typed, and whether it can be had."""

    number: str
    state: str
    article_id: int
    article: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search; totals and facets come with the first page.

    ``instead`` is told where nothing was found, ``spelled`` where other words were looked for, and
    ``type_1`` says whether ecolabels of type 1 are looked for alone.
    """

    cards: tuple[Card, ...]
    total_cards: int
    total_units: int
    facets: Facets | None
    labelled: Labelled | None
    instead: NotOnSale | None = None
    spelled: str = ""
    type_1: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query worked out: the category keys it means, the one card a label points to.

    ``type_1`` are all ecolabels of that type, ``only_type_1`` whether others are left out, and
    ``wish`` is the query's, with what means the same.
    """

    query: Query
    asker: Asker
    category_keys: frozenset[str] | None
    only: CardKey | None
    labelled: Labelled | None
    type_1: frozenset[str] = frozenset()
    only_type_1: bool = False
    wish: Wish = field(default_factory=Wish)


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
    with context.read() as session:
        basket_id = shop_holds.basket_id(session, institution_id)
        asker = Asker(basket_id, context.now())
        known = shop_search.categories(session)
        asked = _understand(session, query, asker, known)
        first = offset == 0
        rows, counted = _read(session, asked, offset, limit, first=first)
        spelled = ""
        if not rows and not _totals(counted, asked)[0] and asked.labelled is None:
            meant = respelled(session, query, known)
            if meant is not None:
                again = _understand(session, meant, asker, known)
                rows, counted_again = _read(session, again, offset, limit, first=first)
                if rows:
                    asked, counted, spelled = again, counted_again, meant.text
        cards = tuple(_cards(context, session, rows, asker))
        cards_found, units_found = _totals(counted, asked)
        instead = _instead(session, asked) if first and not cards_found else None
    facets = _facets(counted, asked, known) if first else None
    return Found(
        cards, cards_found, units_found, facets, asked.labelled, instead, spelled, asked.only_type_1
    )


def newest(context: Context) -> tuple[int, ...]:
    """Ids of the types that came to the shop lately, the newest first."""
    context.require(Action.SHOP)
    with context.read() as session:
        return tuple(shop_search.newest(session, context.now() - NEW, PAGE))


def _instead(session: Session, asked: _Asked) -> NotOnSale | None:
    if asked.labelled is not None:
        return None
    query, keys = asked.query, asked.category_keys
    return shop_search.not_on_sale(session, asked.asker, query, asked.wish, keys)


def _understand(session: Session, query: Query, asker: Asker, known: list[CategoryName]) -> _Asked:
    keys = _category_keys(query, known)
    unit = _unit_named(session, query.text)
    if unit is None:
        names = str(load_parameter(session, "type_1_labels"))
        labels = frozenset(
            label for label in shop_search.ecolabels(session) if is_type_1(label, names)
        )
        green = query.type_1
        if green is None:
            green = bool(load_parameter(session, "only_green"))
        also = read_synonyms(str(load_parameter(session, "synonyms")))
        wish = replace(query.wish(), also=also)
        return _Asked(query, asker, keys, None, None, labels, green, wish)
    # A piece without a price was never on sale; -1 is a card that does not exist.
    price = -1 if unit.price_ore is None else unit.price_ore
    only = CardKey(unit.article_id, unit.condition, price)
    return _Asked(
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


def _read(
    session: Session, asked: _Asked, offset: int, limit: int, *, first: bool
) -> tuple[list[CardRow], list[Counted]]:
    cards = shop_search.groups(session, asked.asker, asked.query, asked.wish, asked.only)
    found = shop_search.matching(cards, asked.wish)
    type_1 = asked.type_1 if asked.only_type_1 else None
    filters = shop_search.facet_filters(found, asked.query, asked.category_keys, type_1)
    return shop_search.page(session, found, filters, offset, limit, counted=first)


def _cards(context: Context, session: Session, rows: list[CardRow], asker: Asker) -> Iterable[Card]:
    if not rows:
        return
    factors = figures.load_factors(session, context.today())
    photos = photo_queries.first_of_articles(session, (row.article_id for row in rows))
    booked = figures.refurbishments_in(session, {row.first_unit_id: row.loop for row in rows})
    mine = shop_holds.held_by_card(session, asker)
    for row in rows:
        key = CardKey(row.article_id, row.condition, row.price_ore)
        figure = figures.at_a_glance(
            factors,
            row,
            row.condition,
            life_left=row.life_left,
            refurbishment=booked.get(row.first_unit_id, figures.Refurbishment()),
        )
        yield Card(
            key=key,
            name=row.name,
            maker=row.maker,
            model=row.model,
            colour=row.colour,
            ecolabel=row.ecolabel,
            category_key=row.category_key,
            available=row.available,
            mine=mine.get(key, 0),
            refurbished=bool(row.refurbished),
            new_price_ore=figure.new_value_ore,
            new_price_known=row.new_price_ore is not None,
            net_g=figure.net_g,
            low_g=figure.low_g,
            high_g=figure.high_g,
            thumb=photos.get(row.article_id),
        )


def one_card(context: Context, session: Session, key: CardKey, asker: Asker) -> Card | None:
    """A single card as the list shows it; none when nothing of it is left."""
    asked = _Asked(Query(), asker, None, key, None)
    rows, _counted = _read(session, asked, 0, 1, first=False)
    return next(iter(_cards(context, session, rows, asker)), None)


def _passes(row: Counted, asked: _Asked, *, without: str = "") -> bool:
    """Whether a count belongs to what the filters let through, leaving out one of them."""
    query, keys = asked.query, asked.category_keys
    if without != "group" and keys is not None and row.category_key not in keys:
        return False
    if without != "type_1" and asked.only_type_1 and row.ecolabel not in asked.type_1:
        return False
    if without != "condition" and query.conditions and row.condition not in query.conditions:
        return False
    return without == "ecolabel" or not query.ecolabels or row.ecolabel in query.ecolabels


def _totals(counted: Sequence[Counted], asked: _Asked) -> tuple[int, int]:
    shown = [row for row in counted if _passes(row, asked)]
    return sum(row.cards for row in shown), sum(row.available for row in shown)


def _facets(counted: Sequence[Counted], asked: _Asked, known: list[CategoryName]) -> Facets:
    group_of = {row.key: row.group_key for row in known}
    groups: Counter[str] = Counter()
    conditions: Counter[str] = Counter()
    ecolabels: Counter[str] = Counter()
    type_1 = 0
    for row in counted:
        units = row.available
        if _passes(row, asked, without="group"):
            groups[group_of[row.category_key]] += units
        if _passes(row, asked, without="condition"):
            conditions[row.condition] += units
        if row.ecolabel in asked.type_1 and _passes(row, asked, without="type_1"):
            type_1 += units
        if row.ecolabel and _passes(row, asked, without="ecolabel"):
            ecolabels[row.ecolabel] += units
    return Facets(
        _group_facets(groups, asked.query, known),
        tuple(
            Facet(grade.value, grade.label, grade.label, conditions[grade.value])
            for grade in Condition
            if conditions[grade.value] or grade.value in asked.query.conditions
        ),
        tuple(
            Facet(label, label, label, ecolabels[label])
            for label in sorted(
                set(ecolabels) | asked.query.ecolabels, key=lambda name: (-ecolabels[name], name)
            )
        ),
        type_1,
    )


def _group_facets(
    found: Counter[str], query: Query, known: list[CategoryName]
) -> tuple[Facet, ...]:
    names = {row.group_key: (row.group_da, row.group_en) for row in known}
    return tuple(
        Facet(key, da, en, found[key])
        for key, (da, en) in names.items()
        if found[key] or key in query.groups
    )
