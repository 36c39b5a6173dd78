"""Lines too late for an earlier report that another recorded report has told already.

Whoever adds that earlier report up needs them, and a new report must not tell them again: it
names where they stand. Together with what ``late_lines`` finds they are all that the earlier
report lacks.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import Sums
from moebelcirkel.storage.queries.figures import late as late_lines
from moebelcirkel.storage.queries.figures import sums as figure_queries
from moebelcirkel.storage.queries.figures.late import Earlier
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord

#: A report names what periods lack that ended so long before its own, or later.
_LOOKS_BACK = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class FoundElsewhere:
    """What an earlier report lacks and the report with this number has."""

    lacking: Earlier
    number: str
    sums: Sums


def told_elsewhere(
    session: Session, late: Selection, correcting: Sequence[int]
) -> list[FoundElsewhere]:
    """By the report that lacks them, and by the first that told them; ``late`` is whose asking.

    ``correcting`` are the reports that tell corrections at all.
    """
    newest: dict[tuple[dt.date, dt.date], Earlier] = {}
    for each in late_lines.earlier(session, late.start, late.institutions, late.report_id):
        if each.end >= late.start - _LOOKS_BACK:
            newest.setdefault((each.start, each.end), each)
    found = sorted(newest.values(), key=lambda each: each.id)
    return [told for each in found for told in _told(session, late, each, correcting)]


def _told(
    session: Session, late: Selection, lacking: Earlier, correcting: Sequence[int]
) -> list[FoundElsewhere]:
    its_own = select(ReportLine.line_id).where(
        ReportLine.report_id == lacking.id, ~ReportLine.correction
    )
    # A report's own lines lie in its period, so that most reports need not be read line by line.
    beside = and_(
        ReportRecord.id != lacking.id,
        ReportRecord.to_on < late.start,
        ReportRecord.to_on >= lacking.start,
        ReportRecord.from_on <= lacking.end,
    )
    telling = select(ReportRecord.id).where(
        *late_lines.of_scope(late.institutions, late.report_id),
        or_(ReportRecord.id.in_(correcting), beside),
    )
    if not (reports := session.scalars(telling).all()):
        return []
    told = (
        select(ReportLine.line_id, func.min(ReportRecord.id).label("report_id"))
        .join(ReportRecord, ReportRecord.id == ReportLine.report_id)
        .join(FigureLine, FigureLine.id == ReportLine.line_id)
        .where(
            ReportLine.report_id.in_(reports),
            or_(ReportLine.correction, beside),
            FigureLine.effective_on.between(lacking.start, lacking.end),
            FigureLine.id.not_in(its_own),
        )
        .group_by(ReportLine.line_id)
        .subquery()
    )
    query = (
        select(ReportRecord.number, *figure_queries.SUMS)
        .join(told, told.c.report_id == ReportRecord.id)
        .join(FigureLine, FigureLine.id == told.c.line_id)
        .group_by(ReportRecord.id, ReportRecord.number)
        .order_by(ReportRecord.id)
    )
    return [
        FoundElsewhere(lacking, row[0], figure_queries.sums_of(row[1:]))
        for row in session.execute(query)
    ]
