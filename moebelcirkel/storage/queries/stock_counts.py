"""How many pieces there are, by what the filters of the table of all pieces tell apart.

To count them reads every piece there ever was. So what was counted is remembered by type; of what
changes write, only the types concerned are counted again, and words ask for types and places alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import FACTS, keys_of
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.storage import remembered, rows
from moebelcirkel.storage.queries import units
from moebelcirkel.storage.queries.stock import Search
from moebelcirkel.storage.queries.stock_filters import only_in_house
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

#: State, condition, category and what is kept of each fact.
_Key = tuple[str, str, str, tuple[Any, ...]]
#: By type how many pieces of a key there are, and at what place.
_OfTypes = Mapping[int, Sequence[tuple[_Key, int | None, int]]]

#: Where the answer of each fact stands among those of a count.
_FACT_AT = {column: at for at, column in enumerate(FACTS)}
#: Filters that nothing but words can be added to, where what is remembered answers.
_EVERYTHING = (StockFilter(), StockFilter(states=frozenset(IN_STOCK)))
_UNITS, _TYPES = Unit.__tablename__, Article.__tablename__


@dataclass(frozen=True, slots=True)
class Count:
    """How many pieces there are that no facet tells apart."""

    pieces: int
    state: str
    condition: str
    group: str
    facts: tuple[str, ...]

    def key(self, told_by: str) -> str:
        """What it is told apart by, as one of ``domain.stock.FACETS`` says it."""
        found: str = (
            self.facts[_FACT_AT[told_by]] if told_by in _FACT_AT else getattr(self, told_by)
        )
        return found


@dataclass(frozen=True, slots=True)
class _Pieces:
    """All pieces that are not void: of each type, and together."""

    of_types: _OfTypes = field(default_factory=dict)
    together: Counter[_Key] = field(default_factory=Counter)

    def renewed(self, read: _OfTypes) -> "_Pieces":
        """The same with these types as they are now."""
        together = Counter(self.together)
        for key in read:
            for told, _place, pieces in self.of_types.get(key, ()):
                together[told] -= pieces
            for told, _place, pieces in read[key]:
                together[told] += pieces
        return _Pieces({**self.of_types, **read}, together)


def counts(session: Session, search: Search) -> list[Count]:
    """Pieces by what the facets tell apart, for the figures beside the filters."""
    groups = dict(map(tuple[str, str], session.execute(_GROUPS)))
    known = replace(search.wanted, text="") in _EVERYTHING and not search.labelled
    pieces = _remembered(session, search) if known else _asked(session, search)
    found: Counter[tuple[str, str, str, tuple[str, ...]]] = Counter()
    for (state, condition, category, kept), number in pieces:
        # Pieces of a category that has lost its row are in no group, and are counted all the same.
        group = groups.get(category, "")
        found[state, condition, group, _answers(kept, category)] += number
    told = [Count(number, *key) for key, number in found.items()]
    return rows.proved(told, state=State, condition=Condition)


#: There are few different ones, and working them out takes longer than to count.
_answers = cache(keys_of)
_GROUPS = select(Category.key, Category.group_key)


def _asked(session: Session, search: Search, first: int = 0) -> Iterator[tuple[_Key, int]]:
    """Counted now, from one of the ways of the search on."""
    for way in search.each_way(_ALIKE)[first:]:
        yield from _keyed(session.execute(_by_category(way.subquery())))


def _keyed(counted: Iterable[Any]) -> Iterator[tuple[_Key, int]]:
    for state, condition, category, *kept, number in counted:
        yield (state, condition, category, tuple(kept)), int(number)


_ASKED = tuple(getattr(Unit, column) for column in FACTS)
#: In the order of the index, so that nothing is sorted.
_TOLD = (Unit.article_id, Unit.condition, Unit.state, *_ASKED)
_ALIKE = select(*_TOLD, func.count().label("pieces")).select_from(Unit).group_by(*_TOLD)
_PLACED = _ALIKE.add_columns(Unit.place_id).group_by(Unit.place_id)


def _by_category(alike: Subquery) -> Select[Any]:
    kept = (alike.c[column] for column in FACTS)
    by = (alike.c.state, alike.c.condition, Article.category_key, *kept)
    joined = select(*by, func.sum(alike.c.pieces)).select_from(alike)
    return joined.join(Article, Article.id == alike.c.article_id).group_by(*by)


# --- what is remembered ----------------------------------------------------------------------


def _remembered(session: Session, search: Search) -> Iterator[tuple[_Key, int]]:
    """What is known of the types that the words find, and what is found on other ways."""
    known = remembered.of(
        session,
        "pieces",
        {_UNITS, _TYPES},
        lambda: _Pieces().renewed(_read(session)),
        partial(_renewed, session),
    )
    in_house = only_in_house(search.wanted)
    for key, number in _found(session, search, known):
        if number and (not in_house or key[0] in IN_STOCK):
            yield key, number
    if search.types is not None and search.words is None:
        yield from _asked(session, search, first=1)


def _found(session: Session, search: Search, known: _Pieces) -> Iterable[tuple[_Key, int]]:
    if search.types is None:
        return known.together.items()
    types = _ids(session, search.types)
    words = search.words or ()
    if all(word.places is None for word in words):
        return ((key, n) for each in types for key, _at, n in known.of_types.get(each, ()))
    has = [(_ids(session, word.types), _ids(session, word.places)) for word in words]
    return _of_places(known.of_types, types, has)


def _ids(session: Session, query: Select[int] | None) -> frozenset[int]:
    return frozenset(() if query is None else session.connection().execute(query).scalars())


def _of_places(
    of_types: _OfTypes, types: Collection[int], has: Sequence[tuple[Collection[int], ...]]
) -> Iterator[tuple[_Key, int]]:
    """Pieces of these types, and of others at the places that have each word their type has not."""
    for article, pieces in of_types.items():
        lacked = [places for known, places in has if article not in known]
        if article in types:
            yield from ((key, number) for key, _place, number in pieces)
        elif lacked and all(lacked):
            for key, place, number in pieces:
                if all(place in places for places in lacked):
                    yield key, number


def _renewed(session: Session, known: _Pieces, since: int) -> _Pieces | None:
    """With the types that changes have written since, or whose pieces they have."""
    types = units.types_written(session, since)
    if types is None:
        return None
    none: _OfTypes = dict.fromkeys(types, ())
    return known.renewed({**none, **_read(session, types)})


def _read(session: Session, types: Collection[int] | None = None) -> _OfTypes:
    """The pieces of these types, or of all, counted now."""
    found: dict[int, list[tuple[_Key, int | None, int]]] = {}
    same: dict[_Key, _Key] = {}
    parts = [None] if types is None else chunks(sorted(types))
    for part in parts:
        pieces = _PLACED.where(Unit.state != State.VOID)
        if part is None:
            pieces = pieces.with_hint(Unit, "INDEXED BY ix_unit_article", "sqlite")
        else:
            pieces = pieces.where(Unit.article_id.in_(part))
        alike = pieces.subquery()
        columns = alike.c.article_id, Article.category_key, alike.c.state, alike.c.condition
        kept = [alike.c[column] for column in FACTS]
        query = select(*columns, *kept, alike.c.place_id, alike.c.pieces)
        query = query.join(Article, Article.id == alike.c.article_id)
        for read in session.connection().execute(query):
            key, category, state, condition, *facts, place, number = read
            told = state, condition, category, tuple(facts)
            found.setdefault(key, []).append((same.setdefault(told, told), place, number))
    return found
