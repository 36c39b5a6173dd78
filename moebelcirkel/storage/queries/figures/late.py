"""Figure lines that came too late for the recorded report of their day.

A report takes those of the periods before its own that no report has told yet. An earlier period
is one that a recorded report of the same institution (or of all) covers and that ended before the
new one begins. A line is told when a report of an earlier period rests on it, or when any report
has taken it as a correction; so each is taken once, whatever periods overlap.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord

_LACKED = aliased(FigureLine)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A recorded report of an earlier period."""

    id: int
    number: str
    start: dt.date
    end: dt.date


def _of_scope(institutions: frozenset[int] | None) -> ColumnElement[bool]:
    """Reports of the same institution, or those of all."""
    if institutions is None:
        return ReportRecord.institution_id.is_(None)
    return ReportRecord.institution_id.in_(sorted(institutions))


def of_scope(
    institutions: frozenset[int] | None, before_report: int | None
) -> list[ColumnElement[bool]]:
    """Reports of the same institution, or those of all; those before a report when given."""
    found = [_of_scope(institutions)]
    if before_report is not None:
        found.append(ReportRecord.id < before_report)
    return found


def missed(
    start: dt.date,
    booked_by: dt.datetime,
    institutions: frozenset[int] | None,
    before_change: int | None = None,
) -> list[ColumnElement[bool]]:
    """The conditions that pick what a report from ``start`` on has to correct.

    ``before_change`` looks only at the reports and lines that were there before that change.
    """
    reports = [_of_scope(institutions)]
    if before_change is not None:
        reports.append(ReportRecord.change_id < before_change)
    before = [*reports, ReportRecord.to_on < start]
    # What is looked at as it was then is proved: there nothing is taken for granted.
    covered = _covered(before, booked_by)
    if before_change is None:
        covered = covered.where(_cannot_rest_on())
    lacked = covered.offset(0).subquery()
    untold = select(lacked.c.id).where(
        lacked.c.id.not_in(_told(before, correction=False)),
        lacked.c.id.not_in(_told(reports, correction=True)),
    )
    found = [
        FigureLine.effective_on < start,
        FigureLine.booked_at <= booked_by,
        FigureLine.id.in_(untold),
    ]
    if institutions is not None:
        found.append(FigureLine.institution_id.in_(sorted(institutions)))
    if before_change is not None:
        found.append(FigureLine.change_id < before_change)
    return found


def _covered(reports: Sequence[ColumnElement[bool]], booked_by: dt.datetime) -> Select[int]:
    """The lines of the days that any of the reports covers."""
    covers = _LACKED.effective_on.between(ReportRecord.from_on, ReportRecord.to_on)
    query = select(_LACKED.id).join(ReportRecord, covers)
    return query.where(*reports, _LACKED.booked_at <= booked_by)


def _cannot_rest_on() -> ColumnElement[bool]:
    """Whether a line came after the report, or is of somebody else: the others are in it.

    So what was told need be looked up only for few lines.
    """
    return or_(
        _LACKED.change_id > ReportRecord.change_id,
        _LACKED.booked_at > ReportRecord.settled_at,
        and_(
            ReportRecord.institution_id.is_not(None),
            ReportRecord.institution_id.is_distinct_from(_LACKED.institution_id),
        ),
    )


def _told(reports: Sequence[ColumnElement[bool]], *, correction: bool) -> Any:
    return (
        select(ReportLine.line_id)
        .join(ReportRecord, ReportRecord.id == ReportLine.report_id)
        .where(ReportLine.correction == correction, *reports)
    )


def earlier(
    session: Session,
    start: dt.date,
    institutions: frozenset[int] | None,
    report_id: int | None = None,
) -> list[Earlier]:
    """The recorded reports of earlier periods, newest first; those before a report when given."""
    query = (
        select(
            ReportRecord.id,
            ReportRecord.number,
            ReportRecord.from_on.label("start"),
            ReportRecord.to_on.label("end"),
        )
        .where(*of_scope(institutions, report_id), ReportRecord.to_on < start)
        .order_by(ReportRecord.id.desc())
    )
    return rows.fill(Earlier, session, query)


def correcting(session: Session) -> list[int]:
    """The reports that tell corrections at all."""
    query = select(ReportLine.report_id).where(ReportLine.correction).distinct()
    return list(session.scalars(query))


def told_as_corrections(
    session: Session,
    reports: Sequence[int],
    chosen: Sequence[ColumnElement[bool]],
    institutions: frozenset[int] | None,
    report_id: int | None = None,
) -> list[tuple[str, int]]:
    """Which of these recorded reports have told lines of a selection as corrections, and how many.

    It is asked of few: a report seldom tells any, and the lines of all together are many.
    """
    if not reports:
        return []
    query = (
        select(ReportRecord.number, func.count())
        .join(ReportLine, ReportLine.report_id == ReportRecord.id)
        .join(FigureLine, FigureLine.id == ReportLine.line_id)
        .where(
            ReportLine.report_id.in_(reports),
            ReportLine.correction,
            *of_scope(institutions, report_id),
            *chosen,
        )
        .group_by(ReportRecord.id, ReportRecord.number)
        .order_by(ReportRecord.id)
    )
    return [(row[0], int(row[1])) for row in session.execute(query)]
