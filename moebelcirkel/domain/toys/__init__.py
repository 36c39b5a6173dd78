"""Toys: what is asked of a piece, for which age, whether complete, whether cleaned."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain.errors import N_, Refused

#: Categories whose pieces are toys, so that it is asked at intake.
TOYS = frozenset(["toys_box"])

#: The key of an answer where nobody knows.
UNKNOWN = "unknown"

#: What a piece keeps of an answer: the key of an age, or yes and no; ``None`` is unknown.
Kept = str | bool | None


@dataclass(frozen=True, slots=True)
class ToyFact:
    """What is asked of a toy: the column that keeps it, its name, and by key the answers."""

    column: str
    title: str
    answers: Mapping[str, tuple[Kept, str]]

    def key(self, kept: Kept) -> str:
        """The answer that a piece keeps; what no list knows any more is unknown."""
        return next(
            (key for key, (value, _label) in self.answers.items() if value == kept), UNKNOWN
        )

    def kept(self, key: str) -> Kept:
        """As a piece keeps it."""
        return self.answers[key][0]

    def label(self, kept: Kept) -> str:
        """English msgid of the answer."""
        return self.answers[self.key(kept)][1]

    def asked(self, kept: Kept, category: str) -> str | None:
        """The answer of a piece of a category; ``None`` where nobody asks and nothing is known."""
        return None if kept is None and category not in TOYS else self.key(kept)


_NOBODY_KNOWS: dict[str, tuple[Kept, str]] = {UNKNOWN: (None, N_("Unknown"))}
_YES_OR_NO: dict[str, tuple[Kept, str]] = {"yes": (True, N_("Yes")), "no": (False, N_("No"))}

#: By age as institutions are: nursery, kindergarten, the first school years, and older.
AGES: dict[str, tuple[Kept, str]] = {
    "0-2": ("0-2", N_("0–2 years")),
    "3-5": ("3-5", N_("3–5 years")),
    "6-9": ("6-9", N_("6–9 years")),
    "10+": ("10+", N_("10 years and older")),
}

#: By key what lists write besides, in Danish.
WRITTEN = {
    "0-2": ("0-2 år",),
    "3-5": ("3-5 år",),
    "6-9": ("6-9 år",),
    "10+": ("10 år og ældre", "10 år", "10", "fra 10 år"),
    "yes": ("ja", "x"),
    "no": ("nej",),
    UNKNOWN: ("ukendt", "?"),
}

FACTS: Mapping[str, ToyFact] = {
    fact.column: fact
    for fact in (
        ToyFact("toy_age", N_("Age group"), AGES | _NOBODY_KNOWS),
        ToyFact("toy_complete", N_("Complete"), _YES_OR_NO | _NOBODY_KNOWS),
        ToyFact("toy_cleaned", N_("Cleaned"), _YES_OR_NO | _NOBODY_KNOWS),
    )
}


def known_age(age: str | None) -> str | None:
    """The age as it is kept; refuses one that nobody offered."""
    if age is not None and age not in AGES:
        raise Refused(N_("Choose an age from the list."), field="toy_age")
    return age


def keys_of(kept: Sequence[Kept], category: str) -> tuple[str, ...]:
    """The answer to each fact, in their order; nothing where nobody asks."""
    answers = zip(FACTS.values(), kept, strict=True)
    return tuple(fact.asked(value, category) or "" for fact, value in answers)


def corrected(changed: Collection[str], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of a correction the msgids of each fact and its answer now."""
    for column, fact in FACTS.items():
        if column in changed:
            yield fact.title, fact.label(after.get(column))


def asked_of(piece: object, category: str) -> Iterator[tuple[ToyFact, str]]:
    """Each fact with the msgid of its answer, for a piece that has the columns."""
    for column, fact in FACTS.items():
        key = fact.asked(getattr(piece, column), category)
        if key is not None:
            yield fact, fact.answers[key][1]
