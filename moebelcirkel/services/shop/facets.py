"""What a search is narrowed by, and how many pieces each choice of a filter would show."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.facts import SHOP_FACTS, UNKNOWN, PieceFact
from moebelcirkel.domain.runs import Week
from moebelcirkel.domain.shop import COLOURS, MARKS, Query, Wish, colour_group, marks_of
from moebelcirkel.services.shop.weeks import key_of
from moebelcirkel.storage.queries import shop as shop_search
from moebelcirkel.storage.queries.shop import WITH_GIVER, Asker, CardKey, Lot
from moebelcirkel.storage.queries.shop.rows import CategoryName, Counted
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter and how many pieces it would show."""

    key: str
    name_da: str
    name_en: str
    units: int


@dataclass(frozen=True, slots=True)
class ShopFacets:
    """The filters with their counts, each counted as if it were not set itself.

    ``hands`` are how many people carry a piece, where its weight is known. ``places`` are the
    houses and halls where pieces stand, and ``facts`` has by fact what is known of pieces.
    """

    groups: tuple[Facet, ...]
    conditions: tuple[Facet, ...]
    ecolabels: tuple[Facet, ...]
    type_1: int = 0
    colours: tuple[Facet, ...] = ()
    size_marks: tuple[Facet, ...] = ()
    hands: tuple[Facet, ...] = ()
    weeks: tuple[Facet, ...] = ()
    places: tuple[Facet, ...] = ()
    facts: Mapping[str, tuple[Facet, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Facet, ...]:
        """The choices of a filter, as the query calls it."""
        found: tuple[Facet, ...] = self.facts[name] if name in self.facts else getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Lots:
    """Pieces by what only filters of single ones tell apart, and the site of each place."""

    found: Sequence[Lot]
    sites: Mapping[int, str]

    def _choice(self, kept: Any, name: str) -> str:
        """What a filter of single pieces tells them apart by; nothing where nobody knows."""
        if name == "places":
            return self.sites.get(kept or 0, "")
        key = SHOP_FACTS[name].key(kept)
        return "" if key == UNKNOWN else key

    def units(self, name: str, others: Mapping[str, Collection[str]]) -> Counter[str]:
        """Pieces by the choices of a filter of single ones that these others let through."""
        kept = Counter[Any]()
        for lot in self.found:
            if all(self._choice(_kept(lot, other), other) in others[other] for other in others):
                kept[_kept(lot, name)] += lot.pieces
        found = Counter[str]()
        for value, pieces in kept.items():
            found[self._choice(value, name)] += pieces
        return found


@dataclass(frozen=True, slots=True)
class Labelled:
    """The piece whose label or code was typed, and whether it can be had."""

    number: str
    state: str
    article_id: int
    article: str


@dataclass(frozen=True, slots=True)
class ResolvedQuery:
    """A query worked out: the category keys it means, the one card a label points to.

    ``type_1`` are all ecolabels of that type, ``only_type_1`` whether others are left out, and
    ``wish`` is the query's, with what means the same. ``weeks`` are those in which it comes, by
    category.
    """

    query: Query
    asker: Asker
    category_keys: frozenset[str] | None
    only: CardKey | None
    labelled: Labelled | None
    type_1: frozenset[str] = frozenset()
    only_type_1: bool = False
    wish: Wish = field(default_factory=Wish)
    weeks: Mapping[str, Week] = field(default_factory=dict)

    def keys_let_through(self) -> frozenset[str] | None:
        """The categories that are asked for and come by the week that is."""
        if not self.query.weeks:
            return self.category_keys
        last = max(self.query.weeks)
        found = {key for key, week in self.weeks.items() if key_of(week) <= last}
        return frozenset(found if self.category_keys is None else found & self.category_keys)


_Found = Mapping[str, Counter[str]]
_NONE: tuple[str, ...] = ()
_TYPE_1 = ("1",)

#: So many places can be chosen among.
_MOST_PLACES = 12

#: The choices that a value belongs to.
_Choices = Callable[[str], Sequence[str]]
#: By filter what counts are told apart by, the choices of each value, and those that were made;
#: categories and type 1 stand apart.
_FILTERS: Mapping[str, tuple[str, _Choices, Callable[[Query], frozenset[str]]]] = {
    "condition": ("condition", lambda value: (value,), lambda query: query.conditions),
    "ecolabel": (
        "ecolabel",
        lambda value: (value,) if value else _NONE,
        lambda query: query.ecolabels,
    ),
    "colour": ("colour", lambda value: (colour_group(value),), lambda query: query.colours),
    "size_mark": ("size_mark", marks_of, lambda query: query.size_marks),
    "hands": ("hands", lambda value: (value,), lambda query: query.hands),
}


def conditions_of(session: Session, asked: ResolvedQuery) -> dict[str, Collection[str]]:
    """By the name of a column the values that the filters let through."""
    query, found = asked.query, dict[str, Collection[str]]()
    if (keys := asked.keys_let_through()) is not None:
        found["category_key"] = keys
    for name, chosen in (("condition", query.conditions), ("hands", query.hands)):
        if chosen:
            found[name] = chosen
    if query.ecolabels or asked.only_type_1:
        labels = query.ecolabels or asked.type_1
        found["ecolabel"] = labels & asked.type_1 if asked.only_type_1 else labels
    if query.colours:
        written = shop_search.colours(session)
        found["colour"] = [each for each in written if colour_group(each) in query.colours]
    if query.size_marks:
        marks = shop_search.size_marks(session)
        found["size_mark"] = [each for each in marks if query.size_marks & set(marks_of(each))]
    return found


def pass_unlabelled(asked: ResolvedQuery) -> Collection[str]:
    """Categories that are shown beside what is labelled: no spare part is, and it mends."""
    return (SPARE_PART,) if asked.only_type_1 and not asked.query.ecolabels else ()


def _passing(
    counted: Sequence[Counted], asked: ResolvedQuery
) -> Iterator[tuple[Counted, Sequence[str]]]:
    """Each count with the filters that leave it out; those that are not set are not looked at."""
    chosen = [
        (name, _of_value(told_by, choices), of(asked.query))
        for name, (told_by, choices, of) in _FILTERS.items()
    ]
    if asked.category_keys is not None:
        chosen.append(("group", lambda row: (row.category_key,), asked.category_keys))
    weeks = _weeks_of(asked) if asked.query.weeks else {}
    chosen.append(("week", lambda row: weeks.get(row.category_key, _NONE), asked.query.weeks))
    if asked.only_type_1:
        chosen.append(("type_1", lambda row: _passes(row, asked), frozenset(_TYPE_1)))
    kept = ("group", "type_1")
    set_ones = [each for each in chosen if each[2] or each[0] in kept]
    for row in counted:
        yield row, [name for name, of, wanted in set_ones if wanted.isdisjoint(of(row))]


def _of_value(told_by: str, choices: _Choices) -> Callable[[Counted], Sequence[str]]:
    value = attrgetter(told_by)
    return lambda row: choices(value(row))


def totals(counted: Sequence[Counted], asked: ResolvedQuery) -> tuple[int, int, int]:
    """How many cards and pieces the filters let through, and how many of these are spare parts."""
    shown = [row for row, stopped in _passing(counted, asked) if not stopped]
    parts = sum(row.available for row in shown if row.category_key == SPARE_PART)
    return sum(row.cards for row in shown), sum(row.available for row in shown), parts


def facets(
    counted: Sequence[Counted], lots: Lots, asked: ResolvedQuery, known: list[CategoryName]
) -> ShopFacets:
    """Each filter's choices with what they would show beside the other filters."""
    found = _count(counted, asked, {row.key: row.group_key for row in known})
    query = asked.query
    groups = {row.group_key: (row.group_da, row.group_en) for row in known}
    grades = {grade.value: (grade.label, grade.label) for grade in Condition}
    labels = set(found["ecolabel"]) | query.ecolabels
    by_count = sorted(labels, key=lambda name: (-found["ecolabel"][name], name))
    return ShopFacets(
        _named(groups, found["group"], query.groups),
        _named(grades, found["condition"], query.conditions),
        _named({name: (name, name) for name in by_count}, found["ecolabel"], labels),
        found["type_1"]["1"],
        _named(COLOURS, found["colour"], query.colours),
        _named({mark: (mark, mark) for mark in MARKS}, found["size_mark"], query.size_marks),
        _named(_HANDS, found["hands"], query.hands),
        _named(_weeks(asked), found["week"], query.weeks),
        _places(_single(lots, query, "places"), query.places),
        {
            name: _named(_answers(fact), _single(lots, query, name), getattr(query, name))
            for name, fact in SHOP_FACTS.items()
        },
    )


def _passes(row: Counted, asked: ResolvedQuery) -> Sequence[str]:
    """What is labelled, and what is shown beside it without being counted as labelled."""
    passes = row.ecolabel in asked.type_1 or row.category_key == SPARE_PART
    return _TYPE_1 if passes else _NONE


def _single(lots: Lots, query: Query, name: str) -> Counter[str]:
    """Pieces by choice of one filter of single ones, as all the others let them through."""
    return lots.units(
        name, {other: chosen for other, chosen in query.single.items() if other != name}
    )


def _kept(lot: Lot, name: str) -> Any:
    return lot.place_id if name == "places" else getattr(lot, name)


def _places(found: Counter[str], chosen: Collection[str]) -> tuple[Facet, ...]:
    """Where pieces stand, most first and not too many; one place alone is no choice."""
    kept = [key for key, _units in found.most_common(_MOST_PLACES) if key]
    shown = sorted({*kept, *chosen}, key=lambda key: (key == WITH_GIVER, len(key), key))
    if len(shown) < 2 and not chosen:
        return ()
    names = {WITH_GIVER: ("Hos afgiver", "With its giver")}
    return tuple(Facet(key, *names.get(key, (key, key)), found[key]) for key in shown)


def _answers(fact: PieceFact) -> dict[str, tuple[str, str]]:
    return {key: (label, label) for key, (kept, label) in fact.answers.items() if kept is not None}


def _weeks(asked: ResolvedQuery) -> dict[str, tuple[str, str]]:
    """The weeks in their order; one that is over while it is chosen stays to be lifted."""
    known = {key_of(week): str(week.number) for week in set(asked.weeks.values())}
    known |= {key: str(int(key[-2:])) for key in asked.query.weeks - known.keys()}
    return {key: (f"Senest uge {known[key]}", f"By week {known[key]}") for key in sorted(known)}


def _weeks_of(asked: ResolvedQuery) -> Mapping[str, Sequence[str]]:
    """By category the weeks by which it can be there: its own, and all that follow."""
    comes = {key: key_of(week) for key, week in asked.weeks.items()}
    offered = set(comes.values()) | asked.query.weeks
    since = {first: [key for key in offered if key >= first] for first in set(comes.values())}
    return {key: since[first] for key, first in comes.items()}


_HANDS = {"1": ("Én person", "One person"), "2": ("To personer", "Two people")}


def _count(counted: Sequence[Counted], asked: ResolvedQuery, group_of: Mapping[str, str]) -> _Found:
    """Pieces by filter and choice; a filter does not count itself."""
    passing = list(_passing(counted, asked))
    found = {}
    for name, (told_by, choices) in _told(asked, group_of).items():
        value, units = attrgetter(told_by), Counter[str]()
        for row, stopped in passing:
            if not stopped or stopped == [name]:
                units[value(row)] += row.available
        found[name] = Counter[str]()
        for each, pieces in units.items():
            for key in choices(each):
                found[name][key] += pieces
    return found


def _told(asked: ResolvedQuery, group_of: Mapping[str, str]) -> Mapping[str, tuple[str, _Choices]]:
    """By filter what counts are told apart by, and the choices of each value."""
    weeks = _weeks_of(asked)
    return {
        **{name: (told_by, choices) for name, (told_by, choices, _of) in _FILTERS.items()},
        "group": ("category_key", lambda key: (group_of[key],)),
        "week": ("category_key", lambda key: weeks.get(key, _NONE)),
        "type_1": ("ecolabel", lambda label: _TYPE_1 if label in asked.type_1 else _NONE),
    }


def _named(
    names: Mapping[str, tuple[str, str]], found: Counter[str], chosen: Iterable[str]
) -> tuple[Facet, ...]:
    """Choices in the order of their names; what would show nothing is left out unless chosen."""
    kept = frozenset(chosen)
    return tuple(
        Facet(key, danish, english, found[key])
        for key, (danish, english) in names.items()
        if found[key] or key in kept
    )
