"""Which category a name points to, so that a form or an import can suggest one.

Danish, Norwegian and Swedish say what a thing is at the end of a word ("kontorstol", "stoleryg"),
English at the end of a phrase ("chair cover"). So a word points to a category by its end, in any
number and form, and a name by what stands before "til", "med" and their like.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.categories.words import (
    ALONE,
    FURTHER,
    OTHER_PHRASES,
    OTHERS,
    PARTS,
    PLAIN,
    WORDS,
)
from moebelcirkel.domain.fold import fold

_SEGMENTS = re.compile(r"[,;(·|]|\s[-\u2013\u2014]\s")
_FOR = re.compile(r"(?:^|\s)(?:til|for|till|t/)\s", re.IGNORECASE)
_WITH = re.compile(
    r"\s(?:med|uden|with|without|w/?|m/|u/|inkl\.?|incl\.?|i|in|af|av|of|på|on|fra|from|utan|uten)\s",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:&|og|och|and)\s|\s?\+\s?", re.IGNORECASE)
_JOINING = frozenset(
    ("til", "for", "till", "med", "with", "og", "och", "and", "to", "i", "in", "of", "af", "av")
)
_ENDINGS = (
    "",
    "e",
    "r",
    "n",
    "s",
    "a",
    "en",
    "et",
    "er",
    "es",
    "ar",
    "or",
    "an",
    "ne",
    "na",
    "ene",
    "erne",
    "arna",
    "orna",
    "erna",
    "ens",
    "ers",
    "rne",
)
_OF_A = frozenset(("or", "orna"))
"""What Swedish puts in the place of an -a: soffa, soffor."""
_LEAST = 3
"""A word in its basic form has so many letters at least."""


@dataclass(frozen=True, slots=True)
class ReferenceCategory:
    """A category of the reference data, with its filter group and the words that point to it."""

    key: str
    name_da: str
    name_en: str
    group_key: str
    group_da: str
    group_en: str
    sort: int
    keywords: tuple[str, ...]


def split_keywords(text: str) -> tuple[str, ...]:
    """The keywords of a category as stored, separated by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


class CategoryWords:
    """Finds categories by all words that point to them; each word is looked up only once."""

    def __init__(self, categories: Iterable[ReferenceCategory]) -> None:
        self._whole: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._known: dict[str, _Hit | None] = {}
        self._ended: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.looked_up = 0
        """How many different words were worked out."""
        rows = list(categories)
        for category in rows:
            self._learn(category.key, category.keywords)
        for category in rows:
            self._learn(category.key, split_keywords(WORDS.get(category.key, "")))
        self._keys = {category.key for category in rows}

    def _learn(self, key: str, words: Iterable[str]) -> None:
        for word in words:
            tokens = tuple(_tokens(word))
            if len(tokens) == 1:
                self._whole.setdefault(tokens[0], key)
            elif tokens:
                self._phrases.setdefault(tokens[-1], []).append((tokens, key))

    def guess(self, text: str) -> str | None:
        """Key of the category a name points to, or None; parts and covers point to none."""
        found = self.look(text)
        return found if found != PART else None

    def look(self, text: str) -> str | None:
        """The same, but ``PART`` for parts and covers."""
        tokens = _tokens(text)
        if not tokens or _OTHER_PHRASES.search(" ".join(tokens)):
            return None
        if not _JOINING.isdisjoint(tokens) and (joined := self._joined(tokens)):
            return joined
        for segment in _SEGMENTS.split(text):
            purpose = _FOR.split(segment, maxsplit=1)
            head = _WITH.split(purpose[0], maxsplit=1)[0]
            found = self._of_head(head)
            if found is not None:
                if found in _SHELVES and self._of_head(" ".join(purpose[1:])) in self._keys:
                    return PART
                return None if found == _OTHER else self._further(found, tokens)
            if len(purpose) > 1:
                return None
        return None

    def _joined(self, tokens: list[str]) -> str | None:
        """A phrase of the whole name that holds words at which names are cut otherwise."""
        hits = [
            hit
            for at in range(len(tokens))
            for hit in self._phrases_at(tokens, at)
            if not _JOINING.isdisjoint(tokens[at + 1 - hit.words : at + 1])
        ]
        return max(hits, key=lambda hit: hit.length).key if hits else None

    def _of_head(self, head: str) -> str | None:
        """What the words before a "til" or "med" say; with two things in it neither is said."""
        sides = [(side, self._of_words(_tokens(side))) for side in _AND.split(head)]
        said = [(side, key) for side, key in sides if key is not None]
        if len({key for _side, key in said}) < 2:
            return said[0][1] if said else None
        return said[0][1] if re.search(r"\d", said[1][0]) else _OTHER

    def _of_words(self, tokens: list[str]) -> str | None:
        hits: list[tuple[int, _Hit]] = []
        for at, token in enumerate(tokens):
            if self._ending_in(token):
                hits += ((at, hit) for hit in self._phrases_at(tokens, at))
            if (hit := self._hit(token)) and not _is_of_its_own(tokens, at):
                hits.append((at, hit))
        covered = {at - back for at, hit in hits if hit.words > 1 for back in range(hit.words)}
        hits = [(at, hit) for at, hit in hits if hit.words > 1 or at not in covered]
        if any(hit.key == _OTHER for _at, hit in hits):
            return _OTHER
        parts = [at for at, hit in hits if hit.key == PART]
        things = [(at, hit) for at, hit in hits if hit.key != PART]
        if not things:
            return PART if parts else None
        places = [at for at, _hit in things]
        if any(at < places[0] or at - 1 in places for at in parts):
            return PART
        return max(things, key=lambda each: (each[1].length, -each[0]))[1].key

    def _phrases_at(self, tokens: list[str], at: int) -> Iterable[_Hit]:
        for phrase, key in self._ending_in(tokens[at]):
            start = at + 1 - len(phrase)
            if start >= 0 and all(
                word in _stems(token)
                for word, token in zip(phrase[:-1], tokens[start:at], strict=True)
            ):
                yield _Hit(key, sum(map(len, phrase)), len(phrase))

    def _ending_in(self, token: str) -> list[tuple[tuple[str, ...], str]]:
        if token not in self._ended:
            stems = _stems(token)
            self._ended[token] = [each for stem in stems for each in self._phrases.get(stem, ())]
        return self._ended[token]

    def _hit(self, token: str) -> _Hit | None:
        if token not in self._known:
            self.looked_up += 1
            self._known[token] = self._worked_out(token)
        return self._known[token]

    def _worked_out(self, token: str) -> _Hit | None:
        """What a word says by itself, else by its longest end that is a word."""
        for start in range(max(1, len(token) - _LEAST + 1)):
            for stem in _stems(token[start:]):
                if stem in _OTHERS:
                    return _Hit(_OTHER, len(stem), 1)
                if start and stem in _ALONE:
                    continue
                if key := self._whole.get(stem):
                    return _Hit(key, len(stem), 1)
                if stem in _PARTS:
                    return _Hit(PART, len(stem), 1)
        return None

    def _further(self, key: str, tokens: list[str]) -> str:
        """The category that other words of the name make of one."""
        text = f" {' '.join(tokens)} "
        for before, after, beginnings in _FURTHER:
            if key == before and after in self._keys and any(each in text for each in beginnings):
                key = after
        return key


@dataclass(frozen=True, slots=True)
class _Hit:
    """What a word or phrase points to, with its length in letters and words."""

    key: str
    length: int
    words: int


def _is_of_its_own(tokens: Sequence[str], at: int) -> bool:
    """Whether the word before makes another thing of a word: "dressing table", "shoe bench"."""
    before = tokens[at - 1] if at else "the"
    return tokens[at] in _GENERAL and before not in _PLAIN and not before[0].isdigit()


def guess_category(text: str, categories: Iterable[ReferenceCategory]) -> str | None:
    """Key of the category a name suggests, or None; covers, cushions and legs suggest none."""
    return _words_of(tuple(categories)).guess(text)


@functools.lru_cache(maxsize=2)
def _words_of(categories: tuple[ReferenceCategory, ...]) -> CategoryWords:
    return CategoryWords(categories)


def _tokens(text: str) -> list[str]:
    return fold(text).replace("-", " ").split()


@functools.lru_cache(maxsize=8192)
def _stems(word: str) -> tuple[str, ...]:
    """The basic forms a word may be of, the longest first: "stolene" is of "stol"."""
    found = [word]
    for ending in _ENDINGS[1:]:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            stem = word[: -len(ending)]
            found.append(stem)
            if ending in _OF_A:
                found.append(f"{stem}a")
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
            if stem.endswith("ml"):
                found.append(f"{stem[:-2]}mmel")
    return tuple(dict.fromkeys(sorted(found, key=len, reverse=True)))


PART = "#part"
"""What ``CategoryWords.look`` answers for parts and covers."""
_OTHER = "#other"
_GENERAL = frozenset(("table", "tables", "bench", "benches"))
_PLAIN = frozenset(PLAIN)
_SHELVES = frozenset(("bookcase_wood",))
_PARTS = frozenset(map(fold, PARTS))
_OTHERS = frozenset(map(fold, OTHERS))
_ALONE = frozenset(map(fold, ALONE))
_OTHER_PHRASES = re.compile(rf"\b(?:{'|'.join(map(fold, OTHER_PHRASES))})\b")


def _beginning(word: str) -> str:
    """How a beginning is looked for in a text; short words and those with "!" stand whole."""
    plain = " ".join(_tokens(word))
    return f" {plain} " if len(plain) <= _LEAST or word.endswith("!") else f" {plain}"


_FURTHER: Sequence[tuple[str, str, tuple[str, ...]]] = tuple(
    (before, after, tuple(map(_beginning, words))) for before, after, words in FURTHER
)
