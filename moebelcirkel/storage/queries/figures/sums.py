"""Sums over figure lines: by month, institution and category, with what they rest on.

Everything is added up in the database; only the lines of an appendix are read one by one.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import LineKind, Sums
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures import late as late_lines
from moebelcirkel.storage.queries.figures.server import none_of
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.reports import ReportLine
from moebelcirkel.storage.work import CHUNK

KeyT = TypeVar("KeyT")
GroupT = TypeVar("GroupT")
AddT = TypeVar("AddT", "Sums", "OfFactor")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which lines: effective in a period and booked by a moment, or those of a recorded report.

    ``institutions`` of ``None`` means all, also what has no receiver.
    """

    start: dt.date
    end: dt.date
    booked_by: dt.datetime
    institutions: frozenset[int] | None = None
    report_id: int | None = None
    before_change: int | None = None
    """Only lines of changes before this one, whatever the clock said."""
    late: bool = False
    """What came too late for the recorded reports of earlier periods, instead."""


def total_of(
    column: SQLColumnExpression[int] | SQLColumnExpression[int | None],
) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def listed(key: SQLColumnExpression[int] | SQLColumnExpression[int | None]) -> ColumnElement[str]:
    """All values of a group in one text; empty ones are left out."""
    return func.aggregate_strings(cast(key, Text), ",")


def each_of(text: str | None) -> list[str]:
    """What ``listed`` has put together, as it is written: few of them are needed as numbers."""
    return text.split(",") if text else []


#: The line's CO2e is by its category's factor.
_BY_FACTOR = (FigureLine.net_g.is_not(None), ~FigureLine.own_epd)

#: The columns that come to ``Sums``.
SUMS = (
    total_of(FigureLine.count),
    total_of(FigureLine.new_value_ore),
    total_of(FigureLine.cash_ore),
    total_of(FigureLine.lifetime_ore),
    total_of(FigureLine.net_g),
    total_of(FigureLine.low_g),
    total_of(FigureLine.high_g),
    total_of(FigureLine.gross_g),
    total_of(FigureLine.price_paid_ore),
    func.count(),
)


def chosen(selection: Selection) -> list[ColumnElement[bool]]:
    """The conditions that pick the lines of a selection."""
    if selection.report_id is not None:
        of_report = select(ReportLine.line_id).where(
            ReportLine.report_id == selection.report_id, ReportLine.correction == selection.late
        )
        return [FigureLine.id.in_(of_report)]
    if selection.late:
        return late_lines.missed(
            selection.start, selection.booked_by, selection.institutions, selection.before_change
        )
    found = [
        FigureLine.effective_on >= selection.start,
        FigureLine.effective_on <= selection.end,
        FigureLine.booked_at <= selection.booked_by,
    ]
    if selection.institutions is not None:
        found.append(FigureLine.institution_id.in_(sorted(selection.institutions)))
    if selection.before_change is not None:
        found.append(FigureLine.change_id < selection.before_change)
    return found


def whole(value: Decimal | float) -> int:
    """A sum of whole numbers, of which PostgreSQL makes a Decimal.

    SQLite makes a fraction of it where one of them is none: that is the sum of the others.
    """
    if isinstance(value, float):
        raise TypeError("a sum of something that is no whole number")
    return int(value)


def sums_of(values: Iterable[int]) -> Sums:
    """What ``SUMS`` come to."""
    return Sums(*map(whole, values))


def total(session: Session, selection: Selection) -> Sums:
    """All lines of the selection together."""
    return sums_of(session.execute(select(*SUMS).where(*chosen(selection))).one())


def levied(session: Session, selection: Selection) -> int:
    """The climate levy that all lines of the selection together have avoided."""
    query = select(total_of(FigureLine.levy_ore)).where(
        *chosen(selection), FigureLine.levy_ore.is_not(None)
    )
    return whole(session.execute(query).scalar_one())


def of_loans(session: Session, selection: Selection) -> Sums:
    """Those of the lines that are of loans: hand-overs until a day, and what corrects them."""
    # From the few loans to their lines: most lines of a period are of none.
    loans = select(Order.id).where(Order.loan_until.is_not(None))
    lent = select(OrderLine.id).where(OrderLine.order_id.in_(loans))
    query = select(*SUMS).where(*chosen(selection), FigureLine.order_line_id.in_(lent))
    return sums_of(session.execute(query).one())


def month_of(day: dt.date) -> tuple[int, int]:
    """The (year, month) of a day."""
    return day.year, day.month


def folded(found: Mapping[KeyT, AddT], key: Callable[[KeyT], GroupT]) -> dict[GroupT, AddT]:
    """Sums by a coarser key."""
    groups: dict[GroupT, list[AddT]] = {}
    for fine, sums in found.items():
        groups.setdefault(key(fine), []).append(sums)
    return {coarse: parts[0].together(parts) for coarse, parts in groups.items()}


def _by(session: Session, selection: Selection, key: SQLColumnExpression[KeyT]) -> dict[KeyT, Sums]:
    rows = session.execute(select(key, *SUMS).where(*chosen(selection)).group_by(key))
    return {value: sums_of(sums) for value, *sums in rows}


def by_day(session: Session, selection: Selection) -> dict[dt.date, Sums]:
    """Sums by the day the lines are due to."""
    return _by(session, selection, FigureLine.effective_on)


def by_institution(session: Session, selection: Selection) -> dict[int | None, Sums]:
    """Sums by receiver; ``None`` is what left without one."""
    return _by(session, selection, FigureLine.institution_id)


def by_category(session: Session, selection: Selection) -> dict[str, Sums]:
    """Sums by category key."""
    return _by(session, selection, FigureLine.category_key)


@dataclass(frozen=True, slots=True)
class OfFactor:
    """What lines of one category and factor set come to, and how many have CO2e by its factor."""

    sums: Sums
    by_factor: int

    @classmethod
    def together(cls, parts: Sequence["OfFactor"]) -> "OfFactor":
        """All of them together."""
        sums = Sums.together(each.sums for each in parts)
        return cls(sums, sum(each.by_factor for each in parts))


#: A receiver, the id of a factor set and a category key.
Receiving = tuple[int | None, int | None, str]


def by_receiver_and_factor(session: Session, selection: Selection) -> dict[Receiving, OfFactor]:
    """Lines by receiver, the id of the factor set and the category key."""
    keys = FigureLine.institution_id, FigureLine.factor_set_id, FigureLine.category_key
    by_factor = total_of(case((and_(*_BY_FACTOR), 1), else_=0))
    query = select(*keys, by_factor, *SUMS).where(*chosen(selection)).group_by(*keys)
    rows = session.execute(query)
    return {
        (receiver, at, key): OfFactor(sums_of(sums), int(used))
        for receiver, at, key, used, *sums in rows
    }


def named(session: Session, selection: Selection) -> list[tuple[int | None, str]]:
    """Each receiver and category that the lines name together."""
    keys = FigureLine.institution_id, FigureLine.category_key
    found = session.execute(select(*keys).where(*chosen(selection)).distinct())
    return [(receiver, category) for receiver, category in found]


@dataclass(frozen=True, slots=True)
class Corrected:
    """The lines that a selection corrects in any way, and those of them that it takes back.

    ``every`` are ids as they are written. ``ends`` are the first and the last id of the selection's
    own lines.
    """

    every: Sequence[str]
    taken_back: Sequence[int]
    ends: tuple[int, int] | None = None


def standing(
    session: Session, selection: Selection, taken_back: Sequence[int] | None = None
) -> list[ColumnElement[bool]]:
    """Hand-overs that no line of the same selection reverses; ``taken_back`` where it is known."""
    picked = [*chosen(selection), FigureLine.kind == LineKind.HANDOVER]
    if taken_back is None or len(taken_back) > CHUNK:
        return [*picked, FigureLine.id.not_in(reversed_in(selection))]
    return [*picked, none_of(session, FigureLine.id, taken_back)]


def reversed_in(selection: Selection) -> Select[int | None]:
    """The ids of the lines that are reversed in a selection."""
    return select(FigureLine.corrects_id).where(
        *chosen(selection),
        FigureLine.kind == LineKind.REVERSAL,
        FigureLine.corrects_id.is_not(None),
    )


def days_in_house(session: Session, selection: Selection) -> list[tuple[int, int]]:
    """How many pieces were handed over after so many days, by days."""
    days = FigureLine.days_in_house
    query = (
        select(days, func.count())
        .where(*standing(session, selection), days.is_not(None))
        .group_by(days)
        .order_by(days)
    )
    return [(row[0] or 0, row[1]) for row in session.execute(query)]


# --- names -----------------------------------------------------------------------------------


def institution_names(session: Session) -> dict[int, str]:
    """Every institution's name, in Danish order."""
    query = select(Institution.id, Institution.name).order_by(Institution.sort_key, Institution.id)
    return {row[0]: row[1] for row in session.execute(query)}


def category_names(session: Session) -> dict[str, tuple[str, str]]:
    """Every category's Danish and English name."""
    query = select(Category.key, Category.name_da, Category.name_en)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


# --- what the lines rest on ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactorUse:
    """A factor, its set, and how many lines have its CO2e and its price."""

    factor: Factor
    factor_set: str
    lines: int
    priced: int


@dataclass(frozen=True, slots=True)
class Apart:
    """A type that no category's factor was used for: how many lines, and the newest of them.

    They are ``empty``, without any CO2e, or the type has a declared value of its own.
    """

    name: str
    category_key: str
    lines: int
    newest: int
    empty: bool


@dataclass(frozen=True, slots=True)
class SetQuality:
    """A factor set, its CO2e figures, and how many of these were read in a source."""

    name: str
    figures: int
    seen: int


def factors_used(
    session: Session, selection: Selection, found: Mapping[tuple[int | None, str], OfFactor]
) -> list[FactorUse]:
    """The factors of a selection, the most used first."""
    lines = {key: each.by_factor for key, each in found.items() if each.by_factor}
    priced = _at_price(session, selection)
    query = (
        select(Factor, FactorSet.name)
        .join(FactorSet, FactorSet.id == Factor.set_id)
        .where(Factor.set_id.in_(sorted({key[0] for key in lines if key[0] is not None})))
    )
    used = [
        FactorUse(factor, name, lines[key], priced.get(key, 0))
        for factor, name in session.execute(query)
        if (key := (factor.set_id, factor.category_key)) in lines
    ]
    return sorted(used, key=lambda each: (-each.lines, each.factor.category_key, each.factor_set))


def _at_price(session: Session, selection: Selection) -> dict[tuple[int, str], int]:
    """How many lines have the new price of their category, by factor set and category."""
    keys = Factor.set_id, Factor.category_key
    query = (
        select(*keys, func.count())
        .join(
            FigureLine,
            (Factor.set_id == FigureLine.factor_set_id)
            & (Factor.category_key == FigureLine.category_key)
            & (Factor.new_price_mid_ore == FigureLine.new_value_ore),
        )
        .where(*chosen(selection), *_BY_FACTOR, ~FigureLine.documented)
        .group_by(*keys)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def apart(session: Session, selection: Selection) -> list[Apart]:
    """Types that no category's factor was used for, those with most lines first."""
    lines, empty = func.count(), FigureLine.net_g.is_(None)
    query = (
        select(
            Article.name,
            FigureLine.category_key,
            lines.label("lines"),
            func.max(FigureLine.id).label("newest"),
            empty.label("empty"),
        )
        .join(Article, Article.id == FigureLine.article_id)
        .where(*chosen(selection), or_(FigureLine.own_epd, empty))
        .group_by(FigureLine.article_id, Article.name, FigureLine.category_key, empty)
        .order_by(lines.desc(), Article.name)
    )
    return rows.fill(Apart, session, query)


def factor_sets(session: Session, ids: Iterable[int]) -> list[SetQuality]:
    """What some sets rest on, in the order of their dates."""
    read = Factor.co2e_verified & Factor.co2e_mid_kg.is_not(None)
    query = (
        select(
            FactorSet.name,
            func.count(Factor.co2e_mid_kg).label("figures"),
            total_of(case((read, 1), else_=0)).label("seen"),
        )
        .join(Factor, Factor.set_id == FactorSet.id)
        .where(FactorSet.id.in_(sorted(ids)))
        .group_by(FactorSet.id, FactorSet.name)
        .order_by(FactorSet.valid_from, FactorSet.id)
    )
    return rows.fill(SetQuality, session, query)
