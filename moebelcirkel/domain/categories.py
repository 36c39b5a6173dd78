"""Which category a name points to, so that a form or an import can suggest one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.fold import fold

_WHOLE_WORD_LENGTH = 4
"""Keywords up to this length must stand alone or end a word, or "seng" would find "passengers"."""


_ACCESSORY_FIRST = frozenset({"cover", "leg", "legs", "betraek", "hynde", "hynder", "reservedel"})
_ACCESSORY_LAST = frozenset({"cover", "covers", "cushion", "cushions", "pad", "pads", "hynde"})
_HEAD_END = re.compile(r"[,;(]|\s(?:with|w|med)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Category:
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


def guess_category(text: str, categories: Iterable[Category]) -> str | None:
    """Key of the category a name suggests, or None.

    The longest keyword found wins, since it says most ("sofabord" over "sofa"); among equally long
    ones the first to appear in the text, as in "Bar table and 2 bar stools". Covers, cushions and
    legs for a piece are not the piece.
    """
    if is_accessory(text):
        return None
    tokens = _tokens(text)
    found = [
        (len(keyword), -at, -category.sort, category.key)
        for category in categories
        for keyword in category.keywords
        if (at := _position(_tokens(keyword), tokens)) is not None
    ]
    return max(found)[3] if found else None


def is_accessory(text: str) -> bool:
    """Whether a name is that of a cover, a cushion or a leg for a piece, not of a piece."""
    head = _tokens(_HEAD_END.split(text, maxsplit=1)[0])
    return bool(head) and (head[0] in _ACCESSORY_FIRST or head[-1] in _ACCESSORY_LAST)


def _tokens(text: str) -> list[str]:
    return fold(text).replace("-", " ").split()


def _position(keyword: Sequence[str], tokens: Sequence[str]) -> int | None:
    """Where the words of a keyword stand in a row, or None."""
    for start in range(len(tokens) - len(keyword) + 1):
        window = tokens[start : start + len(keyword)]
        if keyword and all(map(_word_fits, keyword, window)):
            return start
    return None


def _word_fits(keyword: str, word: str) -> bool:
    """Whole word, English plural, or the end or inside of a Danish compound for longer words."""
    if word in {keyword, f"{keyword}s"}:
        return True
    if len(keyword) <= _WHOLE_WORD_LENGTH:
        return len(keyword) == _WHOLE_WORD_LENGTH and word.endswith(keyword)
    return keyword in word
