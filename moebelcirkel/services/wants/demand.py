"""Efterspørgsel: what people looked for and the shop did not have, counted without their names.

A search is counted apart from the search itself. It is no change of anybody's: a change says who
and when, and that is what must not be told here.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query, Span, read
from moebelcirkel.domain.wants import WantState
from moebelcirkel.domain.wants import demand as rules
from moebelcirkel.language import current_language
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.wants import demand as queries
from moebelcirkel.storage.queries.wants.demand import Lacked, Searched
from moebelcirkel.storage.work import ZONE, Session, moment, not_allowed

if TYPE_CHECKING:
    from moebelcirkel.documents.demand import DemandRow


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One line of the list: what was asked for, by which criteria, how often and when at last.

    ``what`` is empty where a want's words may tell of somebody. ``condition`` is the best that was
    asked for at least, ``ceiling_ore`` the lowest price that a piece might cost at most.
    """

    key: str
    what: str
    category: str
    spans: dict[str, Span]
    condition: str
    ceiling_ore: int | None
    searches: int
    open: int
    expired: int
    lacking: int
    last_on: dt.date

    @property
    def looked_for(self) -> str:
        """What is searched for to see whether there is any."""
        return self.what or self.category


@dataclass(slots=True)
class _Sum:
    """A line while it is added up."""

    what: str
    category: str
    spans: dict[str, Span]
    conditions: set[str] = field(default_factory=set)
    ceilings: set[int] = field(default_factory=set)
    searches: int = 0
    open: int = 0
    expired: int = 0
    lacking: int = 0
    last_on: dt.date = dt.date.min

    def asked(self, key: str) -> DemandLine:
        condition, ceiling = min(self.conditions, default=""), min(self.ceilings, default=None)
        counts = self.searches, self.open, self.expired, self.lacking
        return DemandLine(
            key, self.what, self.category, self.spans, condition, ceiling, *counts, self.last_on
        )


def note(context: Context, text: str) -> None:
    """Count a search that found nothing, where it may be kept; nobody waits for it or is told.

    Where nothing can be written just now it is dropped.
    """
    context.require(Action.SHOP)
    with contextlib.suppress(Unavailable):
        with context.read() as session:
            kept = _rule(session, [text])(text)
        if kept is None:
            return
        with context.database.write() as session:
            now = moment(session, context.database, context.clock and context.clock())
            queries.count(session, kept, rules.week_of(now.astimezone(ZONE).date()))


def demand_list(context: Context, period: Period, text: str = "") -> tuple[DemandLine, ...]:
    """What was asked for in the weeks of a period, the most often first."""
    context.require(Action.STOCK_VIEW)
    period.check()
    with context.read() as session:
        searched = queries.searched(session, rules.week_of(period.start), period.end)
        lacked = queries.lacked(session, _begins(period.start), _begins(period.end, 1))
        keeps = _rule(session, (*(row.text for row in searched), *(row.words for row in lacked)))
    sums: dict[str, _Sum] = {}
    _add_searches(sums, searched, keeps)
    _add_wants(sums, lacked, keeps, context.today())
    wanted = fold(text)
    rows = (each.asked(key) for key, each in sums.items())
    found = [row for row in rows if wanted in fold(f"{row.what} {row.category}")]
    return tuple(sorted(found, key=lambda row: (-row.searches - row.open - row.expired, row.key)))


def demand_file(context: Context, period: Period, ending: str) -> bytes:
    """The list as ``.csv`` or ``.xlsx``."""
    from moebelcirkel.documents import demand as paper  # loaded when a file is written

    lines = list(_lines(demand_list(context, period)))
    if ending == ".csv":
        return paper.demand_csv(lines)
    author = str(context.parameter("warehouse_name"))
    return paper.demand_workbook(lines, author=author, created=context.now())


def forget_demand(context: Context) -> int:
    """Forget what is too old, and what has come to be somebody's name; tells how much that was."""
    if context.actor.grants is not None:
        raise not_allowed()
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        texts = queries.texts(session)
        keeps = _rule(session, texts)
        gone = [text for text in texts if keeps(text) is None]
        return queries.forget(session, (now - rules.KEPT).date(), gone)


def _rule(session: Session, texts: Iterable[str]) -> Callable[[str], str | None]:
    telling = queries.telling(session)
    words = {word for text in texts for word in read(text).words}
    known = queries.known(session, words)
    # What people are called is never kept, even where a type is called so too.
    return lambda text: rules.kept(text, telling, known - telling)


def _begins(day: dt.date, days: int = 0) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=days), dt.time(), ZONE)


def _add_searches(
    sums: dict[str, _Sum], rows: Iterable[Searched], keeps: Callable[[str], str | None]
) -> None:
    for row in rows:
        if keeps(row.text) is None:
            continue  # somebody has come who is called so
        each = _sum(sums, row.text, "")
        each.searches += row.times
        each.last_on = max(each.last_on, row.week)


def _add_wants(
    sums: dict[str, _Sum],
    rows: Iterable[Lacked],
    keeps: Callable[[str], str | None],
    today: dt.date,
) -> None:
    for row in rows:
        lacking = row.pieces - row.ordered
        if lacking <= 0 or row.state != WantState.OPEN:
            continue
        category = (row.category_en if current_language() == "en" else row.category_da) or ""
        each = _sum(sums, row.article or keeps(row.words) or "", category)
        each.conditions.add(row.condition)
        each.ceilings |= set() if row.ceiling_ore is None else {row.ceiling_ore}
        if row.use_by < today:
            each.expired += 1
        else:
            each.open += 1
        each.lacking += lacking
        each.last_on = max(each.last_on, rules.week_of(row.created_at.astimezone(ZONE).date()))


def _sum(sums: dict[str, _Sum], text: str, category: str) -> _Sum:
    wish = read(text)
    measures = " ".join(f"{name} {span.cm}" for name, span in sorted(wish.spans.items()))
    looks = Query(size_marks=wish.marks, colours=wish.colours).in_words()
    key = f"{' '.join(wish.words)} · {category} · {measures} · {looks}"
    what = f"{rules.written(text)} {looks}".strip()
    return sums.setdefault(key, _Sum(what, category, dict(wish.spans)))


def _lines(rows: Iterable[DemandLine]) -> Iterator["DemandRow"]:
    from moebelcirkel.documents.demand import DemandRow

    for row in rows:
        measures = {name: span.cm for name, span in row.spans.items()}
        yield DemandRow(
            row.what,
            row.category,
            row.condition,
            row.ceiling_ore,
            measures.get("width", ""),
            measures.get("depth", ""),
            measures.get("height", ""),
            row.searches,
            row.open,
            row.expired,
            row.lacking,
            row.last_on,
        )
