"""What is on sale gathered into the cards of one search, as its asker may have them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.facts import SHOP_FACTS
from moebelcirkel.domain.shop import Fitting
from moebelcirkel.services.shop import facets
from moebelcirkel.services.shop.facets import Lots, ResolvedQuery
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop import Apart, Lot, Pile, Shelf, Stack, Told
from moebelcirkel.storage.queries.shop.rows import CardFound, Counted
from moebelcirkel.storage.work import Session

#: More than the words of any search add up to: an arm rest is no chair.
_AFTER_FURNITURE = 1_000
#: What a card is told by, as ``Told`` has it.
_TOLD = ("category_key", "ecolabel", "colour", "size_mark", "hands", "condition")
_CATEGORY, _ECOLABEL = _TOLD.index("category_key"), _TOLD.index("ecolabel")
#: How many pieces of a card there are, whether all are refurbished, and the first one's id.
_Free = tuple[int, bool, int]
_NONE: _Free = (0, False, 0)


@dataclass(frozen=True, slots=True)
class GatheredCards:
    """The cards that the filters let through, what filters count, and single pieces.

    ``counted`` is what there is before the filters, and ``lots`` before those of single pieces.
    ``spoiled`` says that something was left out which was changed past the program.
    """

    cards: Sequence[tuple[int, Shelf, Stack, _Free]]
    counted: list[Counted]
    lots: Lots
    spoiled: bool = False

    def page(self, offset: int, limit: int) -> list[CardFound]:
        """Cards in order of relevance, then of the Danish alphabet."""
        return [
            CardFound(shelf.article_id, stack.condition, stack.price_ore, *free)
            for _rank, shelf, stack, free in self.cards[offset : offset + limit]
        ]


def gather(session: Session, asked: ResolvedQuery) -> GatheredCards:
    """All that a query finds."""
    fitting = Fitting.of(asked.wish)
    search, known = _Search(session, asked, fitting), shop_search.shelves(session)
    shelves = _shelves(known.by_type, asked)
    for shelf in filter(fitting.finds, shelves) if fitting.asks else shelves:
        search.look(shelf)
    found = search.found(shop_search.sites(session))
    return replace(found, spoiled=bool(known.spoiled))


def _shelves(known: Mapping[int, Shelf], asked: ResolvedQuery) -> Iterable[Shelf]:
    """The types that can be asked for, whatever they are called."""
    types, only = asked.query.types, asked.only
    if only is not None:
        shelf = known.get(only.article_id)
        return [shelf] if shelf and (types is None or only.article_id in types) else []
    if types is None:
        return known.values()
    return [shelf for key, shelf in known.items() if key in types]


class _Search:
    """One search over all shelves; what it has found so far."""

    def __init__(self, session: Session, asked: ResolvedQuery, fitting: Fitting) -> None:
        self._fitting, self._filters = fitting, _Filters(session, asked)
        self._held, self._kept_back = shop_search.held(session, asked.asker), asked.asker.kept_back
        self._only, self._most = asked.only, asked.query.max_price_ore
        self._least = asked.wish.least or 1
        # Whether a piece may be left out of a card of which others are in it.
        self._apart = bool(self._kept_back or self._filters.single)
        self._cards: list[tuple[int, Shelf, Stack, _Free]] = []
        self._counted: dict[Told, list[int]] = {}
        self._lots: Counter[Apart] = Counter()

    def look(self, shelf: Shelf) -> None:
        """Put in what is asked for of one type that fits."""
        rank = self._fitting.rank(shelf.text)
        rank += _AFTER_FURNITURE if shelf.category_key == SPARE_PART else 0
        held = self._held.get(shelf.article_id, ())
        for stack in shelf.stacks:
            if (self._most is None and self._only is None) or self._is_asked(stack):
                self._put(rank, shelf, stack, held)

    def _is_asked(self, stack: Stack) -> bool:
        most, only, price = self._most, self._only, stack.price_ore
        if most is not None and (price is None or price > most):
            return False
        return only is None or (stack.condition, price) == (only.condition, only.price_ore)

    def _put(self, rank: int, shelf: Shelf, stack: Stack, held: Collection[int]) -> None:
        shown, least = self._filters.let_card(stack.told), self._least
        if held or self._apart:
            piles = self._free(stack, held)
            if shown and sum(len(ids) for _pile, ids in piles) >= least:
                for pile, ids in piles:
                    self._lots[pile.apart] += len(ids)
            free = _together([each for each in piles if self._filters.let_piece(each[0])])
        else:
            free = stack.pieces, stack.refurbished, stack.first_unit_id
            if shown and stack.pieces >= least:
                for pile in stack.piles:
                    self._lots[pile.apart] += pile.pieces
        if free[0] < least:
            return
        sums = self._counted.get(stack.told)
        if sums is None:
            sums = self._counted[stack.told] = [0, 0]
        sums[0] += 1
        sums[1] += free[0]
        if shown:
            self._cards.append((rank, shelf, stack, free))

    def _free(self, stack: Stack, held: Collection[int]) -> list[tuple[Pile, Sequence[int]]]:
        """What lies in nobody else's basket, and of which nobody else has first refusal."""
        piles = (pile for pile in stack.piles if pile.apart[0] not in self._kept_back)
        free = ((pile, [each for each in pile.ids if each not in held]) for pile in piles)
        return [(pile, ids) for pile, ids in free if ids]

    def found(self, sites: Mapping[int, str]) -> GatheredCards:
        """All of it, in order."""
        # Types come in the order of their names, which stays so among those of one rank.
        self._cards.sort(key=itemgetter(0))
        counted = [Counted(*told, *sums) for told, sums in self._counted.items()]
        # In the order of the places, so that of two with as many pieces the same one comes first.
        lots = sorted(self._lots.items(), key=lambda lot: lot[0][0] or 0)
        return GatheredCards(self._cards, counted, Lots([_lot(*each) for each in lots], sites))


def _together(piles: Sequence[tuple[Pile, Sequence[int]]]) -> _Free:
    if not piles:
        return _NONE
    return (
        sum(len(ids) for _pile, ids in piles),
        all(pile.refurbished for pile, _ids in piles),
        min(ids[0] for _pile, ids in piles),
    )


def _lot(apart: Apart, pieces: int) -> Lot:
    place_id, *facts = apart
    known: dict[str, Any] = dict(zip(SHOP_FACTS, facts, strict=True))
    return Lot(place_id=place_id, pieces=pieces, **known)


class _Filters:
    """The filters of cards and types, and those of single pieces."""

    def __init__(self, session: Session, asked: ResolvedQuery) -> None:
        chosen = facets.conditions_of(session, asked)
        self._chosen = [
            (at, frozenset(chosen[name])) for at, name in enumerate(_TOLD) if name in chosen
        ]
        #: These categories pass whatever ecolabel is asked for.
        self._unlabelled = facets.pass_unlabelled(asked)
        #: Many cards are told by the same.
        self._known: dict[Told, bool] = {}
        #: By where ``Apart`` has it, what is let through.
        self.single = [_single(session, name, keys) for name, keys in asked.query.single.items()]

    def let_card(self, told: Told) -> bool:
        """Whether cards that are told by this pass."""
        known = self._known.get(told)
        if known is None:
            stopped = [at for at, values in self._chosen if told[at] not in values]
            unlabelled = stopped == [_ECOLABEL] and told[_CATEGORY] in self._unlabelled
            known = self._known[told] = not stopped or unlabelled
        return known

    def let_piece(self, pile: Pile) -> bool:
        """Whether the pieces of a pile pass the filters of single ones."""
        return all(pile.apart[at] in values for at, values in self.single)


def _single(session: Session, name: str, keys: Collection[str]) -> tuple[int, Collection[Any]]:
    if name == "places":
        sites = shop_search.sites(session)
        return 0, {key for key, site in sites.items() if site in keys}
    # What nobody knows is no answer.
    kept = {SHOP_FACTS[name].kept(key) for key in keys} - {None}
    return 1 + list(SHOP_FACTS).index(name), kept
