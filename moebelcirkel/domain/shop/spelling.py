"""The word somebody meant: the known one nearest to what was typed, if any is near enough."""

import functools
from collections.abc import Iterable

from moebelcirkel.domain.fold import fold

#: Shorter words have too many neighbours.
_SHORTEST = 4
#: One slip for every so many letters, and the share of trigrams that must agree.
_LETTERS_A_SLIP, _ALIKE = 4, 0.25


def spoken(names: Iterable[str]) -> dict[str, str]:
    """The words of names, folded and as they are written.

    Thousands of names are made of some hundred words: each of these is folded, and kept, once.
    """
    words = dict.fromkeys(word for name in names for word in name.split())
    return dict(pair for word in words for pair in _said(word))


@functools.lru_cache(maxsize=8192)
def _said(word: str) -> tuple[tuple[str, str], ...]:
    """One with a hyphen is also said in one, and by its parts."""
    written = word.strip(".,;:()").lower()
    parts = [(fold(part), part) for part in written.split("-")]
    found = [(fold(written), written)]
    if len(parts) > 1:
        found += [("".join(folded for folded, _part in parts), written), *parts]
    return tuple(found)


@functools.lru_cache(maxsize=16_384)
def trigrams(word: str) -> frozenset[str]:
    """The parts of three signs, with the edges of the word among them."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(one: str, other: str) -> float:
    """How much of their trigrams two words share, from 0 to 1."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / len(first | second)


def slips(one: str, other: str) -> int:
    """Letters left out, put in, changed, or two that changed places."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for place, sign in enumerate(other, 1):
            least = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign))
            swapped = at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == sign
            row.append(min(least, earlier[place - 2] + 1) if swapped else least)
    return row[-1]


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that was meant; all are folded."""
    if len(word) < _SHORTEST or not word.replace("-", "").isalpha():
        return None
    most = max(1, len(word) // _LETTERS_A_SLIP)
    near = (each for each in known if abs(len(each) - len(word)) <= most and each != word)
    ranked = sorted((-likeness(word, each), each) for each in near)
    fits = (each for alike, each in ranked if -alike >= _ALIKE and slips(word, each) <= most)
    return next(fits, None)
