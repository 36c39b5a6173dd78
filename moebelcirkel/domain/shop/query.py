"""What someone looks for in the shop: words, filters, and wishes written into the search field.

"12 stole, højde 45-47" means at least twelve alike pieces of something called a chair, between
45 and 47 cm high; "h 45-47" says the same in short, and "elevstol str. 5" is one of size mark 5.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile

from moebelcirkel.domain.facts import SHOP_FACTS, ShopFactFilters
from moebelcirkel.domain.fold import MOST_QUERY, MOST_WORDS, fold
from moebelcirkel.domain.shop.colours import COLOURS
from moebelcirkel.domain.shop.marks import marks_of

MOST_ALIKE = 999
"""A larger number in front of a word is a model or a measure, not a count."""

_MEASURES = {
    "hoejde": "height",
    "hoej": "height",
    "height": "height",
    "bredde": "width",
    "bred": "width",
    "width": "width",
    "dybde": "depth",
    "dyb": "depth",
    "depth": "depth",
    "laengde": "width",
    "lang": "width",
    "length": "width",
}
_SHORT = {"h": "height", "b": "width", "l": "width", "d": "depth"}
_FIGURES = r"(\d{1,5}(?:\.\d+)?)(?:-(\d{1,5}(?:\.\d+)?))?(?:cm)?"
_RANGE = re.compile(_FIGURES)
_JOINED = re.compile(rf"({'|'.join((*_MEASURES, *_SHORT))}){_FIGURES}")
#: "45 - 47", and measures as they stand in catalogues: "b80 x d60".
_BETWEEN = re.compile(r"(?<=\d)\s+[-–—]\s+(?=\d)")
_TIMES = re.compile(r"(?<=\d)(?:cm)? ?x ?(?=[hbld] ?\d)")
#: Of a single letter only what furniture measures: "H05" and "B 637" are models.
_LEAST_CM, _MOST_CM = 10, 400
#: What stands apart from its figures.
_NAMES = frozenset((*_MEASURES, *_SHORT, "str", "stoerrelse", "size"))
_SIZES = frozenset({"str", "stoerrelse", "size"})
_MARK = re.compile(r"(?:str|stoerrelse|size)?([0-7])(?:-([0-7]))?")
_PAINTED = frozenset({"farve", "colour", "color"})
_COLOURS = {fold(said): group for group, names in COLOURS.items() for said in (group, *names)}
_DIAMETER = re.compile(r"oe(\d[\d.]*)")
_COUNT = re.compile(r"([1-9]\d{0,2})(?:stk|x)?")
_COUNTED = frozenset({"stk", "ens"})
_ENDINGS = ("erne", "ene", "rne", "er", "e", "r", "s")
_SHORTEST_STEM = 3
_CENTIMETRE = 10


@dataclass(frozen=True, slots=True)
class Span:
    """A measure between two bounds, in millimetres."""

    low_mm: int
    high_mm: int

    @property
    def cm(self) -> str:
        """As it is typed, so that it reads the same again: "45-47"."""
        return f"{self.low_mm / _CENTIMETRE:g}-{self.high_mm / _CENTIMETRE:g}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a typed line asks for, with size marks and groups of colours of which one will do.

    ``also`` has by word what means the same.
    """

    words: tuple[str, ...] = ()
    least: int | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Query(ShopFactFilters):
    """The search field and the filters beside it; an empty filter lets everything through.

    ``type_1`` leaves ecolabels of type 1 alone; ``None`` is as the municipality has said.
    ``hands`` are how many people carry a piece, "1" or "2"; ``weeks`` are those by whose last
    it can be there. ``places`` are where single pieces stand, and some are told apart by what is
    known of each: these narrow what is in a card.
    """

    text: str = ""
    groups: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    ecolabels: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    size_marks: frozenset[str] = frozenset()
    hands: frozenset[str] = frozenset()
    weeks: frozenset[str] = frozenset()
    least: int | None = None
    max_price_ore: int | None = None
    height: Span | None = None
    width: Span | None = None
    depth: Span | None = None
    types: frozenset[int] | None = None
    type_1: bool | None = None
    places: frozenset[str] = frozenset()

    def wish(self) -> Wish:
        """The typed line with the fields' own wishes, which win over what was typed."""
        typed = read(self.text)
        fields = {"height": self.height, "width": self.width, "depth": self.depth}
        spans = typed.spans | {name: span for name, span in fields.items() if span is not None}
        return replace(typed, least=self.least or typed.least, spans=spans)

    def understood(self) -> Query:
        """With size marks and colours that were typed as filters, where none are chosen."""
        typed = read(self.text)
        return replace(
            self, size_marks=self.size_marks or typed.marks, colours=self.colours or typed.colours
        )

    def in_words(self) -> str:
        """The filters that a typed line can say, so that it reads them again."""
        measures = {"højde": self.height, "bredde": self.width, "dybde": self.depth}
        colours = [COLOURS[key][0].lower() for key in sorted(self.colours) if key in COLOURS]
        return " ".join(
            [
                *(f"{name} {span.cm}" for name, span in measures.items() if span is not None),
                *(f"str. {mark}" for mark in sorted(self.size_marks)),
                *(["farve", *colours] if colours else ()),
                *(self.ecolabels if len(self.ecolabels) == 1 else ()),
            ]
        )

    @property
    def filtered(self) -> bool:
        """Whether anything but the words narrows the list."""
        kinds = self.groups, self.categories, self.conditions, self.ecolabels
        looks = self.colours, self.size_marks, self.hands, self.weeks
        bounds = self.least, self.max_price_ore, self.types
        chosen = any((*kinds, *looks, self.type_1, self.single))
        return chosen or any(each is not None for each in bounds)

    @property
    def single(self) -> dict[str, frozenset[str]]:
        """What is asked of single pieces, by filter; nothing where all of a card will do."""
        asked = {name: getattr(self, name) for name in ("places", *SHOP_FACTS)}
        return {name: chosen for name, chosen in asked.items() if chosen}

    def of_pieces(self) -> Query:
        """The same filters of single pieces, and nothing else."""
        return Query(**self.single)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SoughtSet:
    """So many of something as typed, and the shop's filters that narrow it, if any do."""

    text: str
    within: Query | None = None

    @classmethod
    def of(cls, text: str, query: Query) -> SoughtSet:
        """What is looked for by a query of the shop, whose own text is left out."""
        within = replace(query, text="", least=None)
        return cls(text, None if within == Query() else within)


def read(text: str) -> Wish:
    """Understand a typed line: a count in front, measures and size by name, the rest are words."""
    folded = _TIMES.sub(" ", fold(_BETWEEN.sub("-", text[:MOST_QUERY])))
    tokens, least = _counted(folded.split()[:MOST_WORDS])
    tokens, colours = _coloured(tokens)
    words, spans, marks = _measured(tokens)
    return Wish(tuple(dict.fromkeys(words)), least, spans, marks=marks, colours=colours)


def _coloured(tokens: list[str]) -> tuple[list[str], frozenset[str]]:
    """The words without the colours that "farve blå grøn" names; a colour by itself is a word."""
    at = next((at for at, token in enumerate(tokens) if token in _PAINTED), len(tokens))
    named = list(takewhile(_COLOURS.__contains__, tokens[at + 1 :]))
    rest = [*tokens[:at], *tokens[at + 1 + len(named) :]] if named else tokens
    return rest, frozenset(_COLOURS[name] for name in named)


def _counted(tokens: list[str]) -> tuple[list[str], int | None]:
    """The words without how many, which stands first ("12 stole") or last ("stole 12 stk.")."""
    first = _COUNT.fullmatch(tokens[0]) if len(tokens) > 1 else None
    if first is not None and _is_word(tokens[1]):
        rest, least = tokens[1:], int(first[1])
    elif len(tokens) > 2 and tokens[-1] == "stk" and (last := _COUNT.fullmatch(tokens[-2])):
        rest, least = tokens[:-2], int(last[1])
    else:
        return tokens, None
    return [token for token in rest if token not in _COUNTED], least


def _is_word(token: str) -> bool:
    return token[0].isalpha() and token not in _MEASURES and token != "cm"


def _measured(tokens: list[str]) -> tuple[list[str], dict[str, Span], frozenset[str]]:
    words: list[str] = []
    spans: dict[str, Span] = {}
    marks: frozenset[str] = frozenset()
    waiting = list(tokens)
    while waiting:
        token = waiting.pop(0)
        after = waiting[0] if waiting else ""
        if sized := _mark(token, after):
            marks |= sized
        elif measure := _measure(token, after):
            spans.update([measure])
        elif token != "cm" or not words or not _RANGE.fullmatch(words[-1]):
            words.append(token)
            continue
        else:
            continue
        if token in _NAMES:
            waiting.pop(0)
        if waiting and waiting[0] == "cm":
            waiting.pop(0)
    return words, spans, marks


def _mark(token: str, after: str) -> frozenset[str]:
    """The size marks of "str 5", "str5" and "størrelse 3-5"; figures alone are none."""
    found = _MARK.fullmatch(after if token in _SIZES else token)
    if found is None or token[0].isdigit():
        return frozenset()
    return frozenset(marks_of(f"{found[1]}-{found[2] or found[1]}"))


def _measure(token: str, after: str) -> tuple[str, Span] | None:
    """What "højde 45-47", "h 45" and "h45" measure, and how much."""
    found = _JOINED.fullmatch(f"{token}{after}" if token in _NAMES else token)
    if found is None:
        return None
    span = _span(found[2], found[3])
    if found[1] in _MEASURES:
        return _MEASURES[found[1]], span
    figures = [each for each in found.groups()[1:] if each]
    likely = all(
        not each.startswith("0") and _LEAST_CM <= float(each) <= _MOST_CM for each in figures
    )
    return (_SHORT[found[1]], span) if likely else None


def _span(low: str, high: str | None) -> Span:
    """Centimetres as typed; one figure alone means about that much."""
    first = round(float(low) * _CENTIMETRE)
    if high is None:
        return Span(first - _CENTIMETRE, first + _CENTIMETRE)
    second = round(float(high) * _CENTIMETRE)
    return Span(min(first, second), max(first, second))


def stems(word: str) -> tuple[str, ...]:
    """Shorter forms of a plural that may end a word of the text: "stole" also finds "kontorstol".

    Only letters and hyphens ("haeve-saenkeborde"), and never shorter than three, so that "eg" and
    "160x80" stay as they are.
    """
    if not word.replace("-", "").isalpha():
        return ()
    found = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return tuple(dict.fromkeys(stem for stem in found if len(stem) >= _SHORTEST_STEM))


def needles(wish: Wish, word: str) -> tuple[str, ...]:
    """The word anywhere, as the end of another without the ending of a plural, or its like."""
    forms = (word, *stems(word))
    alike = {other for form in forms for other in wish.also.get(form, ())}
    long = sorted(each for each in alike if len(each) >= _SHORTEST_STEM)
    # What is round is also known by being as deep as it is wide.
    found = _DIAMETER.fullmatch(word)
    across = (f" {found[1]}x{found[1]}",) if found is not None else ()
    return word, *(f"{stem} " for stem in forms[1:]), *long, *across
