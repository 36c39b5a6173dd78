"""What stands where in the example's shop, so that the story knows what can be ordered."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.prices import suggested_price
from moebelcirkel.storage.queries.shop import CardKey

_LETTERS = "ABCD"


@dataclass(slots=True)
class DemoPiece:
    """One piece as the story follows it."""

    id: int
    number: str
    kind: DemoArticle
    condition: str
    had_by: frozenset[int] = frozenset()
    """Institutions that gave it away, at first or since: none of them wants it back."""
    loop: int = 1

    @property
    def key(self) -> CardKey:
        """The card of the shop it lies on while it is on sale."""
        price = suggested_price(self.kind.new_price_ore, Condition(self.condition))
        return CardKey(self.kind.id, self.condition, price)

    def improved(self) -> str:
        """Its condition after the workshop."""
        return _LETTERS[max(0, _LETTERS.index(self.condition) - 1)]

    def worn(self, chance: random.Random) -> str:
        """Its condition after some time in use: never better than before."""
        now = _LETTERS.index(self.condition)
        return _LETTERS[max(now, min(2, now + (chance.random() < 0.5)))]


@dataclass
class Shelves:
    """Pieces on sale by card, and when something was last put there."""

    pieces: dict[int, DemoPiece] = field(default_factory=dict)
    cards: dict[CardKey, set[int]] = field(default_factory=dict)
    listed: dict[CardKey, dt.date] = field(default_factory=dict)
    _keys: list[CardKey] = field(default_factory=list)

    def add(self, pieces: Iterable[DemoPiece], day: dt.date) -> None:
        """These are on sale from now on."""
        for piece in pieces:
            key = piece.key
            self.pieces[piece.id] = piece
            if key not in self.cards:
                self.cards[key] = set()
                self._keys.append(key)
            self.cards[key].add(piece.id)
            self.listed[key] = day

    def take(self, key: CardKey, ids: Iterable[int]) -> list[DemoPiece]:
        """These are in a basket now."""
        card = self.cards[key]
        card.difference_update(ids)
        return [self.pieces[piece_id] for piece_id in ids]

    def for_institution(self, key: CardKey, institution_id: int) -> list[int]:
        """Ids of the pieces on a card that the institution has not had, in the shop's order."""
        ids = sorted(self.cards.get(key, ()))
        return [each for each in ids if institution_id not in self.pieces[each].had_by]

    def some(self, chance: random.Random, count: int) -> list[CardKey]:
        """So many different cards at random that have something left."""
        found: dict[CardKey, None] = {}
        for _try in range(4 * count):
            if not self._keys or len(found) == count:
                break
            at = chance.randrange(len(self._keys))
            key = self._keys[at]
            if self.cards[key]:
                found[key] = None
                continue
            del self.cards[key]
            self._keys[at] = self._keys[-1]
            self._keys.pop()
        return list(found)

    def largest(self, count: int) -> list[CardKey]:
        """The fullest cards, in the same order in every run."""

        def place(key: CardKey) -> tuple[int, int, str]:
            return -len(self.cards[key]), key.article_id, key.condition

        return sorted((key for key in self._keys if self.cards[key]), key=place)[:count]
