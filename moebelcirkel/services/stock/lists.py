"""The table of all pieces as pages of frozen rows, with what the filters count."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain.facts import FACTS
from moebelcirkel.domain.lifecycle import IN_STOCK
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.stock import FACETS, MOST_AT_ONCE, StockFilter, StockOrder
from moebelcirkel.language import current_language
from moebelcirkel.services import codes
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries import stock as stock_queries
from moebelcirkel.storage.queries import stock_counts
from moebelcirkel.storage.queries.stock import After, Search, StockRow
from moebelcirkel.storage.queries.stock_counts import Count
from moebelcirkel.storage.work import Session

PAGE = 60
NEWEST_FIRST = StockOrder()


@dataclass(frozen=True, slots=True)
class StockFacets:
    """Pieces by the choices of each of ``FACETS``, counted before its own filter.

    Where only what is in stock is asked for, what has left it is not counted.
    """

    states: dict[str, int]
    conditions: dict[str, int]
    groups: dict[str, int]
    facts: Mapping[str, dict[str, int]]

    def of(self, name: str) -> dict[str, int]:
        """The figures of one of ``FACETS``."""
        found: dict[str, int] = self.facts[name] if name in self.facts else getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class StockListing:
    """The first page of a search, how many pieces it found, and the figures of the filters.

    ``elsewhere`` is how many fit that have left the stock, where none in it does.
    """

    total: int
    rows: tuple[StockRow, ...]
    facets: StockFacets
    elsewhere: int


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A group of categories, as a filter."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class ChosenPieces:
    """The pieces of a choice, at most ``MOST_AT_ONCE`` of ``total``."""

    unit_ids: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing carries the scanned code."""

    code: str


def find(
    context: Context, wanted: StockFilter, order: StockOrder = NEWEST_FIRST, limit: int = PAGE
) -> StockListing:
    """The first page, the number of pieces, and the figures beside the filters."""
    context.require(Action.STOCK_VIEW)
    today = context.today()
    with context.read() as session:
        search = Search.of(session, wanted)
        counted = _passing(_counted(session, search), wanted)
        total = sum(row.pieces for row, stopped in counted if not stopped)
        lines = (
            stock_queries.page(session, search, order, today=today, limit=limit, total=total)
            if total
            else []
        )
        elsewhere = 0 if total else _elsewhere(session, search)
    return StockListing(total, tuple(lines), _facets(counted), elsewhere)


def page(
    context: Context,
    wanted: StockFilter,
    order: StockOrder,
    *,
    first: int,
    limit: int = PAGE,
    after: StockRow | None = None,
) -> list[StockRow]:
    """More rows: behind a row that is known, else from a number counted from 0."""
    context.require(Action.STOCK_VIEW)
    today = context.today()
    start = None if after is None else After(after.sort, after.id)
    with context.read() as session:
        search = Search.of(session, wanted)
        return stock_queries.page(
            session, search, order, today=today, limit=limit, offset=first, after=start
        )


def _counted(session: Session, search: Search) -> list[Count]:
    """All counts that the page may show, also of what its boxes leave out."""
    boxes: dict[str, frozenset[str]] = dict.fromkeys(FACETS, frozenset())
    states = search.wanted.states
    if states and states <= IN_STOCK:
        boxes["states"] = frozenset(IN_STOCK)
    return stock_counts.counts(session, search.but(search.wanted.with_boxes(boxes)))


def _elsewhere(session: Session, search: Search) -> int:
    states = search.wanted.states
    if not states or not states <= IN_STOCK:
        return 0
    everywhere = stock_counts.counts(
        session, search.but(replace(search.wanted, states=frozenset()))
    )
    return sum(row.pieces for row in everywhere if row.state not in IN_STOCK)


def _passing(counted: Iterable[Count], wanted: StockFilter) -> list[tuple[Count, list[str]]]:
    """Each count with the kinds of boxes that leave it out."""
    kept = [(name, by, wanted.box(name)) for name, by in FACETS.items() if wanted.box(name)]
    return [(row, [name for name, by, box in kept if row.key(by) not in box]) for row in counted]


def _facets(counted: Sequence[tuple[Count, list[str]]]) -> StockFacets:
    sums = {name: _by(counted, name) for name in FACETS}
    facts = {name: sums.pop(name) for name in FACTS}
    return StockFacets(**sums, facts=facts)


def _by(counted: Sequence[tuple[Count, list[str]]], name: str) -> dict[str, int]:
    """Pieces by one kind of boxes, as all others let them through."""
    told_by, sums = FACETS[name], Counter[str]()
    for row, stopped in counted:
        if not stopped or stopped == [name]:
            sums[row.key(told_by)] += row.pieces
    return dict(sums)


def groups(context: Context) -> list[CategoryGroup]:
    """The groups of categories in the order of the reference data."""
    context.require(Action.STOCK_VIEW)
    danish = current_language() == "da"
    with context.read() as session:
        found = {
            row.group_key: row.group_da if danish else row.group_en
            for row in article_queries.categories(session)
        }
    return [CategoryGroup(key, name) for key, name in found.items()]


def chosen(
    context: Context, wanted: StockFilter, order: StockOrder, stretches: Iterable[tuple[int, int]]
) -> ChosenPieces:
    """The pieces in stretches (first and last row number) of the table, as it stands now."""
    context.require(Action.STOCK_VIEW)
    found: dict[int, None] = {}
    total = 0
    with context.read() as session:
        search = Search.of(session, wanted)
        for first, last in stretches:
            total += last - first + 1
            room = MOST_AT_ONCE - len(found)
            if room > 0:
                limit = min(room, last - first + 1)
                ids = stock_queries.ids(session, search, order, limit=limit, offset=first)
                found.update(dict.fromkeys(ids))
    return ChosenPieces(tuple(found), max(total, len(found)))


def number_of(context: Context, wanted: StockFilter, order: StockOrder, unit_id: int) -> int | None:
    """The row number of a piece in the table, if it is there."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        search = Search.of(session, wanted)
        return stock_queries.place_in_order(session, search, order, unit_id)


def scan(context: Context, code: str) -> int | Unknown:
    """The piece that carries a scanned or typed code."""
    context.require(Action.STOCK_VIEW)
    with context.read() as session:
        return _scan(session, code)


def _scan(session: Session, code: str) -> int | Unknown:
    found = codes.unit_id(session, code)
    return Unknown(code.strip()) if found is None else found
