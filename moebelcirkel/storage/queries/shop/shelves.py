"""What is on sale, type by type, kept by the program until a change touches it.

To gather every piece on sale into cards reads them all, at every search. So what there is of each
type is remembered; of what changes write, only the types concerned are read again. What is kept for
whom, and until when, is asked each time.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import IMPOSSIBLE
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import SHOP_FACTS, Kept
from moebelcirkel.domain.runs import TWO_PEOPLE_G
from moebelcirkel.storage import remembered, rows
from moebelcirkel.storage.queries import units
from moebelcirkel.storage.queries.shop.cards import Asker
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

#: What filters of single pieces tell them apart by: the place, and what is known of each.
Apart = tuple[int | None, *tuple[Kept, ...]]
#: What filters count cards by: category, ecolabel, colour, size mark, how many carry it, condition.
Told = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Pile:
    """Pieces of a card that no filter of single ones tells apart, by their ids in order."""

    apart: Apart
    refurbished: bool
    ids: Sequence[int]
    pieces: int


@dataclass(frozen=True, slots=True)
class Stack:
    """Pieces of a type that are alike in condition and price, pile by pile and all together."""

    told: Told
    condition: str
    price_ore: int | None
    piles: tuple[Pile, ...]
    pieces: int
    refurbished: bool
    first_unit_id: int

    @classmethod
    def of(
        cls, told: Told, condition: str, price_ore: int | None, piles: tuple[Pile, ...]
    ) -> "Stack":
        """Of at least one pile."""
        return cls(
            told,
            condition,
            price_ore,
            piles,
            sum(pile.pieces for pile in piles),
            all(pile.refurbished for pile in piles),
            min(pile.ids[0] for pile in piles),
        )


@dataclass(frozen=True, slots=True)
class _Type:
    """What the shop looks for a type by."""

    id: int
    category_key: str
    ecolabel: str
    colour: str
    size_mark: str
    weight_g: int | None
    sort_key: str
    search_text: str
    width_mm: int | None
    depth_mm: int | None
    height_min_mm: int | None
    height_max_mm: int | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of one type that is on sale; ``former`` are the texts of types that became it."""

    article_id: int
    category_key: str
    sort_key: str
    text: str
    former: tuple[str, ...]
    width_mm: int | None
    depth_mm: int | None
    height_min_mm: int | None
    height_max_mm: int | None
    stacks: tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class ShopShelves:
    """What is on sale, by the id of its type, in the order of their names.

    Of the ``spoiled`` types something is left out that was changed past the program: a piece or
    all that is told of the type cannot be used, or there is no such type any more.
    """

    by_type: Mapping[int, Shelf]
    spoiled: frozenset[int] = frozenset()


def shelves(session: Session) -> ShopShelves:
    """What is on sale, and whether anything of it had to be left out."""
    found: ShopShelves = remembered.of(
        session, "shelves", _KINDS, lambda: _read(session), partial(_renewed, session)
    )
    return found


def held(session: Session, asker: Asker) -> Mapping[int, Collection[int]]:
    """The pieces that are kept for other baskets right now, by the id of their type."""
    of = {"now": asker.now, "own": asker.basket_id or 0}
    found: dict[int, set[int]] = {}
    for article_id, unit_id in session.connection().execute(_HELD, of):
        found.setdefault(article_id, set()).add(unit_id)
    return found


_HELD = (
    select(Unit.article_id, Unit.id)
    .join(Hold, Hold.unit_id == Unit.id)
    .where(Hold.expires_at > bindparam("now"), Hold.basket_id != bindparam("own"))
)

#: Words of a category are in the text of its types, of which their own changes do not tell.
_CATEGORY = Category.__tablename__
_KINDS = frozenset({Unit.__tablename__, Article.__tablename__, _CATEGORY})


def _renewed(session: Session, known: ShopShelves, since: int) -> ShopShelves | None:
    """With the types that changes have written since, or whose pieces they have."""
    types = units.types_written(session, since, unless=_CATEGORY)
    if types is None:
        return None
    kept = {key: shelf for key, shelf in known.by_type.items() if key not in types}
    spoiled = set(known.spoiled - types)
    for part in chunks(sorted(types)):
        read = _read(session, part)
        kept.update(read.by_type)
        spoiled |= read.spoiled
    return ShopShelves(_in_order(kept.values()), frozenset(spoiled))


def _read(session: Session, types: Sequence[int] | None = None) -> ShopShelves:
    """What is on sale of these types, or of all."""
    piles, spoiled = _piles(session, types)
    found: list[_Type] = []
    former: dict[int | None, list[str]] = {}
    for part in chunks(sorted(piles)):
        found += _types(session, part)
        for into, text in session.connection().execute(_FORMER, {"ids": part}):
            former.setdefault(into, []).append(text)
    told: dict[Told, Told] = {}
    by_type = _in_order(_shelf(row, former.get(row.id, ()), piles[row.id], told) for row in found)
    return ShopShelves(by_type, frozenset(spoiled | (piles.keys() - by_type.keys())))


def _types(session: Session, ids: Sequence[int]) -> list[_Type]:
    """What these are looked for by; without those that are gone or cannot be used."""
    try:
        return rows.proved(rows.fill(_Type, session, _TYPES, {"ids": ids}))
    except IMPOSSIBLE:
        if len(ids) == 1:
            return []
        half = len(ids) // 2
        return _types(session, ids[:half]) + _types(session, ids[half:])


def _in_order(found: Iterable[Shelf]) -> dict[int, Shelf]:
    by_name = sorted(found, key=lambda shelf: (shelf.sort_key, shelf.article_id))
    return {shelf.article_id: shelf for shelf in by_name}


_AMONG: Any = bindparam("ids", expanding=True)
_TYPES = rows.query(_Type, Article).where(Article.id.in_(_AMONG))
_FORMER = select(Article.merged_into_id, Article.search_text).where(
    Article.merged_into_id.in_(_AMONG)
)


#: Pieces alike in condition and price.
_Alike = Mapping[tuple[str, int | None], Sequence[Pile]]


def _shelf(row: _Type, former: Iterable[str], alike: _Alike, known: dict[Told, Told]) -> Shelf:
    weight = row.weight_g or 0
    hands = "2" if weight >= TWO_PEOPLE_G else "1" if weight > 0 else ""
    told = row.category_key, row.ecolabel, row.colour, row.size_mark, hands
    in_order = sorted(alike, key=lambda of: (of[0], of[1] is not None, of[1] or 0))
    # Many cards are told by the same, which is one object: each search looks at all of them.
    stacks = [(known.setdefault((*told, of[0]), (*told, of[0])), of) for of in in_order]
    return Shelf(
        row.id,
        row.category_key,
        row.sort_key,
        row.search_text,
        tuple(former),
        row.width_mm,
        row.depth_mm,
        row.height_min_mm,
        row.height_max_mm,
        tuple(Stack.of(each, *of, tuple(alike[of])) for each, of in stacks),
    )


_CARD = (Unit.article_id, Unit.condition, Unit.price_ore)
_PILE = (Unit.place_id, *(getattr(Unit, column) for column in SHOP_FACTS), Unit.refurbished)
_PILES: Select[Any] = (
    select(*_CARD, *_PILE, func.aggregate_strings(cast(Unit.id, Text), ",").label("ids"))
    .with_hint(Unit, "INDEXED BY ix_unit_shop", "sqlite")
    .where(ON_SALE)
    .group_by(*_CARD, *_PILE)
)


def _piles(session: Session, types: Sequence[int] | None) -> tuple[dict[int, _Alike], set[int]]:
    """By type what is on sale, and the types of what cannot be used."""
    query = _PILES if types is None else _PILES.where(Unit.article_id.in_(types))
    found: dict[int, dict[tuple[str, int | None], list[Pile]]] = {}
    known: dict[Apart, Apart] = {}
    spoiled: set[int] = set()
    for row in session.connection().execute(query):
        article_id, condition, price_ore, place_id, *facts, refurbished, written = row
        if not (isinstance(condition, Condition) and isinstance(price_ore, int | None)):
            spoiled.add(article_id)
            continue
        ids = array("q", sorted(map(int, written.split(","))))
        apart = (place_id, *facts)
        pile = Pile(known.setdefault(apart, apart), bool(refurbished), ids, len(ids))
        found.setdefault(article_id, {}).setdefault((condition, price_ore), []).append(pile)
    return dict(found), spoiled
