"""Recorded reports read for the check: as they stand, and what was said when they were made."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import exists, func, not_, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.sums import Selection, chosen
from moebelcirkel.storage.tables.changes import ChangeLink, ChangeResult
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded report; ``answered`` is what its change told whoever recorded it."""

    id: int
    change_id: int
    number: str
    year: int
    serial: int
    start: dt.date
    end: dt.date
    institution_id: int | None
    settled_at: dt.datetime
    parameters: Any
    totals: Any
    line_count: int
    seal: str
    answered: Any

    @property
    def lines(self) -> Selection:
        """The lines it rests on."""
        return self._selection(self.id)

    @property
    def asked(self) -> Selection:
        """The lines of its period and institution, as far as they were booked by then."""
        return replace(self._selection(None), before_change=self.change_id)

    @property
    def corrections(self) -> Selection:
        """The lines it corrects earlier periods with."""
        return replace(self.lines, late=True)

    @property
    def missed(self) -> Selection:
        """The lines of earlier periods that no report before it had told."""
        return replace(self.asked, late=True)

    def _selection(self, report_id: int | None) -> Selection:
        only = None if self.institution_id is None else frozenset({self.institution_id})
        return Selection(self.start, self.end, self.settled_at, only, report_id)


_COLUMNS = (
    ReportRecord.id,
    ReportRecord.change_id,
    ReportRecord.number,
    ReportRecord.year,
    ReportRecord.serial,
    ReportRecord.from_on.label("start"),
    ReportRecord.to_on.label("end"),
    ReportRecord.institution_id,
    ReportRecord.settled_at,
    ReportRecord.parameters,
    ReportRecord.totals,
    ReportRecord.line_count,
    ReportRecord.seal,
    ChangeResult.data.label("answered"),
)


def recorded(session: Session) -> Iterator[Recorded]:
    """All recorded reports, without their documents."""
    query = (
        select(*_COLUMNS)
        .outerjoin(ChangeResult, ChangeResult.change_id == ReportRecord.change_id)
        .order_by(ReportRecord.id)
    )
    yield from rows.fill(Recorded, session, query)


def strangers(session: Session, report: Recorded) -> int:
    """How many of its lines are not of its period and institution."""
    query = (
        select(func.count())
        .select_from(ReportLine)
        .outerjoin(FigureLine, FigureLine.id == ReportLine.line_id)
        .where(ReportLine.report_id == report.id, ReportLine.correction.is_(False))
    )
    fitting = query.where(*chosen(report.asked))
    return (session.scalar(query) or 0) - (session.scalar(fitting) or 0)


def passed_over(session: Session, report: Recorded) -> bool:
    """Whether a line of its period was booked before it, but after the moment it tells."""
    query = select(FigureLine.id).where(
        FigureLine.change_id < report.change_id,
        FigureLine.booked_at > report.settled_at,
        FigureLine.effective_on <= report.end,
    )
    if report.institution_id is not None:
        query = query.where(FigureLine.institution_id == report.institution_id)
    return session.scalar(query.limit(1)) is not None


def link_is_known(session: Session, report: Recorded) -> bool:
    """Whether its link of the chain is that of a change before it; the first reports have none."""
    link = report.parameters.get("chain") if isinstance(report.parameters, dict) else None
    if link is None:
        return True
    known = exists().where(ChangeLink.link == link, ChangeLink.change_id < report.change_id)
    return bool(session.scalar(select(known)))


def left_out(session: Session, report: Recorded) -> int:
    """How many lines of its period and institution were booked before it, but are not in it."""
    noted = select(ReportLine.line_id).where(ReportLine.report_id == report.id)
    query = select(func.count()).where(*chosen(report.asked), not_(FigureLine.id.in_(noted)))
    return session.scalar(query) or 0
