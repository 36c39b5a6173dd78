"""Which pieces fit a want: those that a search for the same words would find.

``Wanted.fits`` reads a line as the shop does (``domain/shop.py``), over the same text;
but a spare part does not fit where the furniture that it is of is asked for by its words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.facts import ShopFacts
from moebelcirkel.domain.shop import Span, colour_group, fits_measure, marks_of, needles, read
from moebelcirkel.domain.wants.filters import is_readable, read_within


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece that is free: its type as it is searched (measures in mm), and what it costs."""

    unit_id: int
    article_id: int
    category_key: str
    condition: str
    price_ore: int
    search_text: str
    width_mm: int | None = None
    depth_mm: int | None = None
    height_min_mm: int | None = None
    height_max_mm: int | None = None
    size_mark: str = ""
    colour: str = ""


#: What all spare parts are called, as it is searched.
_PART = "reservedel"
_NOTHING: Mapping[str, tuple[str, ...]] = {}
#: The same wants are looked at after every change that makes a piece free.
_read = lru_cache(4_096)(read)


@dataclass(frozen=True, slots=True)
class Sought:
    """By word the pieces of text of which one must be there, and the measures that must fit.

    Of ``marks``, where there are any, one must be among the size marks, and of ``colours`` one its
    group of colours.
    """

    words: tuple[tuple[str, ...], ...]
    spans: Mapping[str, Span]
    marks: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether it asks for anything at all."""
        return bool(self.words or self.spans or self.marks or self.colours)

    def finds(self, offer: Offer) -> bool:
        """Whether a piece is of what is asked for, whatever it costs and whoever it is for."""
        if self.marks and self.marks.isdisjoint(marks_of(offer.size_mark)):
            return False
        if self.colours and colour_group(offer.colour) not in self.colours:
            return False
        return _has_words(self.words, offer.search_text) and all(
            fits_measure(offer, name, span) for name, span in self.spans.items()
        )


@dataclass(frozen=True, slots=True)
class Wanted(ShopFacts):
    """What a want asks for; empty fields let everything through.

    ``condition`` is the worst that will do, ``ceiling_ore`` the most that one piece may cost. What
    is known of single pieces is asked where they are, not by ``fits``, which of the filters
    ``within`` looks at category and condition alone.
    """

    words: str
    condition: str
    category_key: str | None = None
    article_id: int | None = None
    ceiling_ore: int | None = None
    within: str | None = None

    def wish(self, also: Mapping[str, tuple[str, ...]] = _NOTHING) -> Sought:
        """Its words and measures, as the shop reads them; ``also`` has what means the same."""
        return sought(self.words, also)

    def _within(self, offer: Offer) -> bool:
        if not is_readable(self.within):  # one damaged want stops nobody who puts on sale
            return False
        within = read_within(self.within)
        kinds = within.get("category_key", (offer.category_key,))
        return offer.category_key in kinds and offer.condition in within.get(
            "condition", (offer.condition,)
        )

    def fits(self, offer: Offer, wish: Sought) -> bool:
        """Whether the piece is one of those; ``wish`` is its own, read once for many pieces."""
        if self.article_id is not None and offer.article_id != self.article_id:
            return False
        if self.category_key is not None and offer.category_key != self.category_key:
            return False
        if offer.condition > self.condition:
            return False
        if not self._within(offer):
            return False
        if self.ceiling_ore is not None and offer.price_ore > self.ceiling_ore:
            return False
        told = self.article_id is not None or self.category_key is not None
        if offer.category_key == SPARE_PART and not told and not _is_called(offer, wish.words):
            return False
        return wish.finds(offer)


def sought(text: str, also: Mapping[str, tuple[str, ...]] = _NOTHING) -> Sought:
    """What a line asks for, as the shop reads it; ``also`` has what means the same."""
    wish = replace(_read(text), also=also)
    words = tuple(needles(wish, word) for word in wish.words)
    return Sought(words, wish.spans, wish.marks, wish.colours)


def _has_words(words: Iterable[tuple[str, ...]], text: str) -> bool:
    return all(any(piece in text for piece in pieces) for pieces in words)


def _is_called(offer: Offer, words: Iterable[tuple[str, ...]]) -> bool:
    """Whether a part itself is looked for, and not what it is a part of, which stands after it."""
    said = {piece.strip() for pieces in words for piece in pieces}
    return not said.isdisjoint((*offer.search_text.split()[:1], _PART))


def words_of(wanted: Iterable[Wanted]) -> frozenset[str]:
    """All the words that are looked for, folded."""
    return frozenset(word for each in wanted for word in words_in(each.words))


def words_in(text: str) -> tuple[str, ...]:
    """The words of one line, folded."""
    return tuple(_read(text).words)
