"""What is asked of single pieces of some categories, each declared once for all rooms.

A new fact is a ``PieceFact``, its field in the two row types, its column, and its migration: forms,
the product pass, filters, lists to import, the history and the check read the declaration.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from moebelcirkel.domain.errors import N_, Refused

#: What a piece keeps of an answer: yes and no, or a key among others; ``None`` is unknown.
Kept = str | bool | None
#: By key what is kept and the English msgid of the answer.
Answers = dict[str, tuple[Kept, str]]
#: After what nobody knows any more: a task that renews the piece, or its return.
Until = Literal["renewed", "returned"]

#: The key of an answer where nobody knows.
UNKNOWN = "unknown"

UPHOLSTERED = frozenset(
    [
        "office_task_chair",
        "conference_swivel_chair",
        "visitor_chair",
        "armchair",
        "sofa_2_seat",
        "sofa_3_seat",
        "sofa_bed",
        "pouf",
    ]
)
TOYS = frozenset(["toys_box"])

_NOBODY_KNOWS: Answers = {UNKNOWN: (None, N_("Unknown"))}
_YES_OR_NO: Answers = {"yes": (True, N_("Yes")), "no": (False, N_("No")), **_NOBODY_KNOWS}
#: By age as institutions are: nursery, kindergarten, the first school years, and older.
AGES: Answers = {
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """What the shop tells single pieces apart by, as a piece keeps it."""

    toy_age: str | None = None
    toy_complete: bool | None = None
    toy_cleaned: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceFacts(ShopFacts):
    """All that is asked of single pieces, as a piece keeps it."""

    fire_tested: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFactFilters:
    """The keys of the answers that the shop shows; an empty set lets everything through."""

    toy_age: frozenset[str] = frozenset()
    toy_complete: frozenset[str] = frozenset()
    toy_cleaned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFilters(ShopFactFilters):
    """The keys of the answers that the stock shows; an empty set lets everything through."""

    fire_tested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PieceFact:
    """What is asked: the column that keeps it, its names, its answers, and of which categories.

    ``title`` is what a form calls it and ``name`` what lists do; ``headers`` are what imported
    lists call it besides, divided by commas. ``in_shop``: orderers choose by it too.
    """

    column: str
    name: str
    title: str = ""
    answers: Answers
    categories: frozenset[str]
    headers: str
    until: Until | None = None
    in_shop: bool = False

    @property
    def question(self) -> str:
        """English msgid of what a form calls it."""
        return self.title or self.name

    def key(self, kept: Kept) -> str:
        """The answer that a piece keeps; what no list knows any more is unknown."""
        return next(
            (key for key, (value, _label) in self.answers.items() if value == kept), UNKNOWN
        )

    def kept(self, key: str) -> Kept:
        """As a piece keeps it."""
        return self.answers[key][0]

    def offered(self, kept: Kept) -> Kept:
        """The answer, if it is one of those that are offered."""
        if kept not in {value for value, _label in self.answers.values()}:
            raise Refused(N_("Choose an answer from the list."))
        return kept

    def label(self, kept: Kept) -> str:
        """English msgid of the answer."""
        return self.answers[self.key(kept)][1]

    def asked(self, kept: Kept, category: str) -> str | None:
        """The answer of a piece of a category; ``None`` where nobody asks and nothing is known."""
        return None if kept is None and category not in self.categories else self.key(kept)


FACTS: Mapping[str, PieceFact] = {
    fact.column: fact
    for fact in (
        # EN 1021-1 is a smouldering cigarette, EN 1021-2 a flame like that of a match. It is what
        # the municipality knows of a piece, never a claim that it complies.
        PieceFact(
            column="fire_tested",
            name=N_("Fire test"),
            title=N_("Fire test (EN 1021-1/-2)"),
            answers=_YES_OR_NO,
            categories=UPHOLSTERED,
            headers="brandtest, brandtestet, en 1021, fire test",
            until="renewed",
        ),
        PieceFact(
            column="toy_age",
            name=N_("Age group"),
            answers=AGES | _NOBODY_KNOWS,
            categories=TOYS,
            headers="aldersgruppe, alderstrin, legealder, age group",
            in_shop=True,
        ),
        PieceFact(
            column="toy_complete",
            name=N_("Complete"),
            answers=_YES_OR_NO,
            categories=TOYS,
            headers="komplet, complete",
            in_shop=True,
        ),
        PieceFact(
            column="toy_cleaned",
            name=N_("Cleaned"),
            answers=_YES_OR_NO,
            categories=TOYS,
            headers="renset, rengjort, cleaned",
            # Whoever had it played with it since.
            until="returned",
            in_shop=True,
        ),
    )
}
SHOP_FACTS = {column: fact for column, fact in FACTS.items() if fact.in_shop}


def of(piece: object) -> dict[str, Any]:
    """By column what is known of whatever has the columns."""
    return {column: getattr(piece, column) for column in FACTS}


def wanted(said: ShopFacts) -> dict[str, Kept]:
    """By column what orderers ask of single pieces; nothing of what they do not care for."""
    asked = {column: getattr(said, column) for column in SHOP_FACTS}
    return {column: kept for column, kept in asked.items() if kept is not None}


def checked(said: PieceFacts) -> dict[str, Any]:
    """By column what will be kept; refuses an answer that nobody offered."""
    for column, fact in FACTS.items():
        try:
            fact.offered(getattr(said, column))
        except Refused as error:
            raise Refused(error.message, field=column) from error
    return of(said)


def keys_of(kept: Sequence[Kept], category: str) -> tuple[str, ...]:
    """The answer to each fact, in their order; nothing where nobody asks."""
    answers = zip(FACTS.values(), kept, strict=True)
    return tuple(fact.asked(value, category) or "" for fact, value in answers)


def corrected(changed: Collection[str], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Of a correction the msgids of each fact and its answer now."""
    for column, fact in FACTS.items():
        if column in changed:
            yield fact.name, fact.label(after.get(column))


def asked_of(piece: object, category: str) -> Iterator[tuple[PieceFact, str]]:
    """Each fact with the key of its answer, for a piece that has the columns."""
    for column, fact in FACTS.items():
        key = fact.asked(getattr(piece, column), category)
        if key is not None:
            yield fact, key


def forget(piece: object, until: Until, category: str) -> None:
    """Take from a piece of a category what nobody knows of it any more."""
    for column, fact in FACTS.items():
        if fact.until == until and category in fact.categories:
            setattr(piece, column, None)
