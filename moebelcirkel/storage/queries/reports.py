"""Recorded reports: their list, their documents, their lines, and the next number."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import FIGURE_NAMES
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.sums import Selection, chosen
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.parameters import Counter
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord
from moebelcirkel.storage.tables.tasks import HourRate
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

#: What a seal covers, in this order; the inputs last.
SEALED = (
    "id",
    "kind",
    "corrects_id",
    "unit_id",
    "loop",
    "article_id",
    "category_key",
    "institution_id",
    "order_line_id",
    "factor_set_id",
    "effective_on",
    "booked_at",
    "price_paid_ore",
    "days_in_house",
    "own_factor",
    "own_epd",
    "documented",
    "answered",
    *FIGURE_NAMES,
    "inputs",
)

_NAME = "report-{year}"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A recorded report without its document; ``totals`` and ``parameters`` as recorded.

    ``by`` is who recorded it, None for the program itself.
    """

    id: int
    number: str
    settled_at: dt.datetime
    start: dt.date
    end: dt.date
    institution_id: int | None
    by: str | None
    line_count: int
    seal: str
    totals: dict[str, Any]
    parameters: dict[str, Any]


_LISTED = (
    ReportRecord.id,
    ReportRecord.number,
    ReportRecord.settled_at,
    ReportRecord.from_on.label("start"),
    ReportRecord.to_on.label("end"),
    ReportRecord.institution_id,
    User.name.label("by"),
    ReportRecord.line_count,
    ReportRecord.seal,
    ReportRecord.totals,
    ReportRecord.parameters,
)


def recorded(
    session: Session, institutions: frozenset[int] | None, limit: int, report_id: int | None = None
) -> list[ReportRow]:
    """The latest reports first; ``institutions`` of ``None`` means all."""
    query = (
        select(*_LISTED)
        .join(Change, Change.id == ReportRecord.change_id)
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(ReportRecord.id.desc())
        .limit(limit)
    )
    if institutions is not None:
        query = query.where(ReportRecord.institution_id.in_(sorted(institutions)))
    if report_id is not None:
        query = query.where(ReportRecord.id == report_id)
    return rows.fill(ReportRow, session, query)


def id_of(session: Session, number: str) -> int | None:
    """The report that was recorded under a number."""
    return session.scalar(select(ReportRecord.id).where(ReportRecord.number == number))


def number_of(session: Session, start: dt.date, end: dt.date, since: dt.datetime) -> str | None:
    """The first report over all of exactly this period that was made up since a moment."""
    query = (
        select(ReportRecord.number)
        .where(ReportRecord.from_on == start, ReportRecord.to_on == end)
        .where(ReportRecord.institution_id.is_(None), ReportRecord.settled_at >= since)
        .order_by(ReportRecord.id)
        .limit(1)
    )
    return session.scalar(query)


def first_effective(session: Session) -> dt.date | None:
    """The day of the first figures there are."""
    return session.scalar(select(func.min(FigureLine.effective_on)))


def document(session: Session, report_id: int) -> bytes | None:
    """The very bytes that were recorded."""
    query = select(ReportRecord.document).where(ReportRecord.id == report_id)
    return session.scalar(query)


def short_document(session: Session, report_id: int) -> bytes | None:
    """The bytes that were recorded without the lines, if they were."""
    query = select(ReportRecord.short_document).where(ReportRecord.id == report_id)
    return session.scalar(query)


def line_ids(session: Session, report_id: int, *, late: bool = False) -> list[int]:
    """The lines a report rests on, by id; or those it corrects earlier periods with."""
    query = select(ReportLine.line_id).where(
        ReportLine.report_id == report_id, ReportLine.correction == late
    )
    return list(session.scalars(query.order_by(ReportLine.line_id)))


def add_lines(session: Session, report_id: int, selection: Selection) -> None:
    """Note what a report rests on, or what it corrects earlier periods with."""
    columns = ["report_id", "line_id", "correction"]
    lines = select(literal(report_id), FigureLine.id, literal(selection.late))
    session.execute(insert(ReportLine).from_select(columns, lines.where(*chosen(selection))))


def newest(session: Session) -> int:
    """The id of the figure line that was kept last; 0 before the first."""
    return session.scalar(select(func.max(FigureLine.id))) or 0


def booked_after(session: Session, line_id: int, selection: Selection) -> bool:
    """Whether something newer than a line, whenever booked, stands in a period or before it."""
    query = select(FigureLine.id).where(
        FigureLine.id > line_id, FigureLine.effective_on <= selection.end
    )
    if selection.institutions is not None:
        query = query.where(FigureLine.institution_id.in_(sorted(selection.institutions)))
    return session.scalar(query.limit(1)) is not None


def counter(year: int) -> str:
    """The name of the series of a year's numbers."""
    return _NAME.format(year=year)


def last_serial(session: Session, year: int) -> int:
    """The last number taken in a year; 0 when there is none."""
    return session.scalar(select(Counter.value).where(Counter.name == counter(year))) or 0


def sealed(
    session: Session, line_ids: Sequence[int]
) -> Iterator[tuple[Sequence[int], Sequence[Sequence[object]]]]:
    """Slices of rising ids with their lines, as what a seal covers; there may be more lines."""
    columns = [getattr(FigureLine, name) for name in SEALED]
    for part in chunks(line_ids):
        # Most reports take whole stretches of lines, which need no list of five hundred ids.
        dense = part[-1] - part[0] < 2 * len(part)
        here = FigureLine.id.between(part[0], part[-1]) if dense else FigureLine.id.in_(part)
        yield part, session.execute(select(*columns).where(here)).all()


def hour_rates(session: Session) -> list[tuple[str, int]]:
    """The active hour rates: group and øre."""
    query = select(HourRate.name, HourRate.rate_ore).where(HourRate.active)
    rows = session.execute(query.order_by(HourRate.position, HourRate.id))
    return [(row[0], row[1]) for row in rows]
