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

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord


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
    covering = select(ReportRecord.id).where(
        *before,
        ReportRecord.from_on <= FigureLine.effective_on,
        ReportRecord.to_on >= FigureLine.effective_on,
    )
    found = [
        FigureLine.effective_on < start,
        FigureLine.booked_at <= booked_by,
        covering.exists(),
        FigureLine.id.not_in(_told(before, correction=False)),
        FigureLine.id.not_in(_told(reports, correction=True)),
    ]
    if institutions is not None:
        found.append(FigureLine.institution_id.in_(sorted(institutions)))
    if before_change is not None:
        found.append(FigureLine.change_id < before_change)
    return found


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


def told_as_corrections(
    session: Session,
    chosen: Sequence[ColumnElement[bool]],
    institutions: frozenset[int] | None,
    report_id: int | None = None,
) -> list[tuple[str, int]]:
    """Which recorded reports have told lines of a selection as corrections, and how many."""
    query = (
        select(ReportRecord.number, func.count())
        .join(ReportLine, ReportLine.report_id == ReportRecord.id)
        .join(FigureLine, FigureLine.id == ReportLine.line_id)
        .where(ReportLine.correction, *of_scope(institutions, report_id), *chosen)
        .group_by(ReportRecord.id, ReportRecord.number)
        .order_by(ReportRecord.id)
    )
    return [(row[0], int(row[1])) for row in session.execute(query)]
