"""Whether a type is what somebody looks for, and how well: by its text and by its measures.

It tells the same as the conditions by which a database finds types, and for the shop's few types
much sooner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from moebelcirkel.domain.fold import RANK_INSIDE, RANK_START, RANK_WORD
from moebelcirkel.domain.shop.query import Span, Wish, needles, stems

#: What is shorter has no trigram.
_SHORTEST = 3

#: For each word the pieces of text of which one must be there.
_Needles = Sequence[Sequence[str]]


class Measured(Protocol):
    """A type, or a piece of it, by its measures."""

    @property
    def width_mm(self) -> int | None: ...
    @property
    def depth_mm(self) -> int | None: ...
    @property
    def height_min_mm(self) -> int | None: ...
    @property
    def height_max_mm(self) -> int | None: ...


class Fitted(Measured, Protocol):
    """A type by its text, the texts of those that became it, and its measures."""

    @property
    def text(self) -> str: ...
    @property
    def former(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Fitting:
    """A wish, worked out to be held against many types.

    Words without trigrams are looked for as they are, but in a former text with what means the
    same: either text has to say all of them.
    """

    spans: Mapping[str, Span]
    long: _Needles
    short: _Needles
    every: _Needles
    #: By word the text around it where it is a whole word, and where one begins so.
    ranks: Sequence[tuple[Sequence[str], str]]

    @classmethod
    def of(cls, wish: Wish) -> Fitting:
        """Work it out."""
        every = {word: needles(wish, word) for word in wish.words}
        return cls(
            wish.spans,
            [pieces for word, pieces in every.items() if len(word) >= _SHORTEST],
            [[word] for word in every if len(word) < _SHORTEST],
            [*every.values()],
            [([f" {form} " for form in (word, *stems(word))], f" {word}") for word in every],
        )

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.spans or self.every)

    def finds(self, kind: Fitted) -> bool:
        """Every word is in its text, or in that of one that became it, and every measure fits."""
        # Few types have become another one, and few wishes have a short word or a measure.
        text, former = kind.text, kind.former
        if not _has(self.long, text) and not (former and _one_has(self.long, former)):
            return False
        if self.short and not _has(self.short, text) and not _one_has(self.every, former):
            return False
        return not self.spans or all(
            fits_measure(kind, name, span) for name, span in self.spans.items()
        )

    def rank(self, text: str) -> int:
        """Lower is better: whole words before starts of words before insides of compounds."""
        total = 0
        for whole, start in self.ranks:
            if _has((whole,), text):
                total += RANK_WORD
            else:
                total += RANK_START if start in text else RANK_INSIDE
        return total


def _has(wanted: _Needles, text: str) -> bool:
    # Asked of every type at every search: loops cost a third of what generators do.
    for pieces in wanted:
        for piece in pieces:
            if piece in text:
                break
        else:
            return False
    return True


def _one_has(wanted: _Needles, texts: Sequence[str]) -> bool:
    return any(_has(wanted, text) for text in texts)


def fits_measure(kind: Measured, name: str, span: Span) -> bool:
    """Whether a measure that is asked for is known, and within the span."""
    if name == "height":
        low = kind.height_max_mm if kind.height_min_mm is None else kind.height_min_mm
        high = kind.height_min_mm if kind.height_max_mm is None else kind.height_max_mm
    else:
        low = high = kind.width_mm if name == "width" else kind.depth_mm
    return low is not None and high is not None and low <= span.high_mm and high >= span.low_mm
