"""Savings reports: drafts, recorded ones with number and seal, and reprints.

A report rests on the lines effective in its period and booked by the moment it was made up. A
recorded one keeps its finished document, so that printing it again gives the same bytes.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from moebelcirkel.documents.reports import drawn
from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action, institutions
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.services.reports import data as report_data
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.services.reports import lines as report_lines
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.services.reports.recordable import need_recordable
from moebelcirkel.services.reports.seal import (
    SealedReport,
    lines_digest,
    parameters_of,
    seal_of,
    totals_of,
)
from moebelcirkel.storage import beginning
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.queries.reports import ReportRow
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.work import ZONE, Session, gone, not_allowed

#: Measured: reading and printing that many lines takes about two seconds. Beyond it the paper
#: refers to the spreadsheet, which holds every line.
MOST_PRINTED_LINES = 10_000
MOST_LISTED = 500

Progress = Callable[[int, int], object]
"""Hears how many of how many steps are done; raises ``Interrupted`` to stop."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report on paper: its bytes, a name for its file, and what it says in short.

    Without a number it is a draft; ``institution`` is None for a report over all. ``printed_lines``
    are those of the whole document, which ``can_be_short``: be printed without them.
    """

    data: bytes
    name: str
    start: dt.date
    end: dt.date
    institution: str | None
    settled_at: dt.datetime
    pieces: int
    cash_ore: int
    lifetime_ore: int
    net_g: int
    lines: int
    printed_lines: int
    number: str | None = None
    seal: str | None = None
    by: str | None = None
    report_id: int | None = None
    can_be_short: bool = False


@dataclass(frozen=True, slots=True)
class _Papers:
    """A report as it is kept: with all its lines, and without them where there are any."""

    whole: bytes
    short: bytes | None


@dataclass(frozen=True, slots=True)
class _Made:
    """A report ready to be recorded under the number expected for it.

    ``digest`` is the SHA-256 of its lines; ``newest`` the last line there was when they were read.
    """

    asked: ReportScope
    report: SavingsReport
    line_ids: list[int]
    late_ids: list[int]
    digest: str
    newest: int
    papers: _Papers


def quiet(_done: int, _total: int) -> None:
    """Nobody listens."""


# --- drafts ----------------------------------------------------------------------------------


def preview(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> SavingsReport:
    """A draft as it would be printed now; nothing is recorded."""
    asked = asked_for(context, start, end, institution_id)
    with context.read() as session:
        return _with_lines(session, asked, context.now(), progress)


def draft(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
    *,
    all_lines: bool = False,
) -> Paper:
    """A draft on paper; every page says that it is one, and where lines are left out, so."""
    return _paper(preview(context, start, end, institution_id, progress), all_lines=all_lines)


def asked_for(
    context: Context, start: dt.date, end: dt.date, institution_id: int | None
) -> ReportScope:
    """Period and reach, checked; who reaches one institution only means that one."""
    context.require(Action.REPORT, institution_id)
    period = Period(start, end).check()
    reach = context.reach(Action.REPORT)
    if institution_id is None and reach is not None:
        if len(reach) != 1:
            raise Refused(N_("Choose an institution."), field="institution_id")
        institution_id = next(iter(reach))
    return ReportScope(period, institution_id)


def _with_lines(
    session: Session, asked: ReportScope, booked_by: dt.datetime, progress: Progress
) -> SavingsReport:
    """What can be printed: beyond a number of lines the report has none."""
    report = report_data.gather(session, asked, booked_by)
    if report.line_count > MOST_PRINTED_LINES:
        return report
    selection = asked.selection(booked_by)
    rows = tuple(report_lines.rows(session, selection, report.line_count, progress))
    report = with_late(session, asked, report)
    return replace(report, lines=rows, sensitivity=report_lines.with_life(report.sensitivity, rows))


def with_late(session: Session, asked: ReportScope, report: SavingsReport) -> SavingsReport:
    """The report with the lines of its corrections to earlier periods."""
    late = report_lines.rows(session, asked.late(report.settled_at), 0, quiet)
    return replace(report, late=replace(report.late, rows=tuple(late)))


def _paper(report: SavingsReport, *, all_lines: bool) -> Paper:
    return Paper(
        data=drawn(report, with_lines=all_lines),
        name=f"{file_name(report)}.pdf",
        start=report.start,
        end=report.end,
        institution=report.institution,
        settled_at=report.settled_at,
        pieces=report.totals.pieces,
        cash_ore=report.totals.cash_ore,
        lifetime_ore=report.totals.lifetime_ore,
        net_g=report.totals.net_g,
        lines=report.line_count,
        printed_lines=len(report.lines),
        can_be_short=bool(report.lines),
    )


def file_name(report: SavingsReport) -> str:
    """A name for the draft's files, without the ending."""
    return f"besparelsesrapport-{report.start:%Y%m%d}-{report.end:%Y%m%d}"


declare("report.record", Kind(Action.REPORT, stays="a recorded report is never changed"))

# --- recording -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportRecorded(Done):
    """The report, its seal, how many lines it has, and the SHA-256 of its long and short paper."""

    id: int
    number: str
    seal: str
    lines: int
    document: str
    short: str | None


def record(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> ReportRecorded:
    """Record a report made up now.

    Paper and seal are made before the write begins, so that no other write waits for them.
    """
    asked = asked_for(context, start, end, institution_id)
    made = _make(context, asked, progress)

    def body(work: Work) -> ReportRecorded:
        return _store(work, made)

    return context.write("report.record", Action.REPORT, body)


def _make(context: Context, asked: ReportScope, progress: Progress) -> _Made:
    if context.clock is None:
        context.database.ask_clock()  # a PC whose clock was put right meanwhile knows it only so
    with context.read() as session:
        newest = report_queries.newest(session)
        # Only now: whatever this snapshot shows was booked before the moment of the report, also
        # where the clock was set back since.
        now = context.now()
        settled_at = max(now, beginning.newest_change(session) or now)
        need_recordable(session, asked, settled_at, progress)
        year = settled_at.astimezone(ZONE).year
        report = _with_lines(session, asked, settled_at, progress)
        ids = line_queries.line_ids(session, asked.selection(settled_at))
        digest = lines_digest(session, ids, progress)
        late_ids = line_queries.line_ids(session, asked.late(settled_at))
        late = replace(report.late, digest=lines_digest(session, late_ids))
        expected = report_queries.last_serial(session, year) + 1
    report = _numbered(replace(report, late=late), asked, _number(year, expected), digest)
    return _Made(asked, report, ids, late_ids, digest, newest, _papers(report))


def _papers(report: SavingsReport) -> _Papers:
    short = drawn(report, with_lines=False) if report.lines else None
    return _Papers(drawn(report), short)


def _numbered(report: SavingsReport, asked: ReportScope, number: str, digest: str) -> SavingsReport:
    """The report with its number, and the seal over both."""
    sealed = SealedReport(
        number,
        report.start,
        report.end,
        asked.institution_id,
        report.settled_at,
        report.line_count,
        totals_of(report),
        parameters_of(report),
        digest,
    )
    return replace(report, number=number, seal=seal_of(sealed))


def _number(year: int, serial: int) -> str:
    return f"{year}-{serial:03d}"


def _store(work: Work, made: _Made) -> ReportRecorded:
    _require(work, made.asked.institution_id)
    report, papers = made.report, made.papers
    own, late = made.asked.selection(report.settled_at), made.asked.late(report.settled_at)
    _refuse_overtaken(work, made, own, late)
    year = report.settled_at.astimezone(ZONE).year
    serial = work.next_number(report_queries.counter(year))
    if report.number != _number(year, serial):
        # Somebody else took the number meanwhile.
        report = _numbered(report, made.asked, _number(year, serial), made.digest)
        papers = _papers(report)
    row = ReportRecord(
        change_id=work.change_id,
        number=report.number,
        year=year,
        serial=serial,
        from_on=report.start,
        to_on=report.end,
        institution_id=made.asked.institution_id,
        settled_at=report.settled_at,
        parameters=parameters_of(report),
        totals=totals_of(report),
        line_count=len(made.line_ids),
        seal=report.seal,
        document=papers.whole,
        short_document=papers.short,
    )
    work.session.add(row)
    work.session.flush()
    for selection in (own, late):
        report_queries.add_lines(work.session, row.id, selection)
    return ReportRecorded(
        id=row.id,
        number=row.number,
        seal=row.seal,
        lines=len(made.line_ids),
        document=hashlib.sha256(papers.whole).hexdigest(),
        short=None if papers.short is None else hashlib.sha256(papers.short).hexdigest(),
    )


def _refuse_overtaken(work: Work, made: _Made, own: Selection, late: Selection) -> None:
    """What was booked, or told by another report, while the paper was made is not on it."""
    # Another report recorded meanwhile may have taken the corrections, or the clock was set back.
    taken = (
        line_queries.line_ids(work.session, late) != made.late_ids
        or report_late.elsewhere(work.session, late) != made.report.late.elsewhere
        or made.report.settled_at > work.now
    )
    if taken or report_queries.booked_after(work.session, made.newest, own):
        raise Stale(N_("Something was booked at this very moment. Try again."))


def _require(work: Work, institution_id: int | None) -> None:
    """The rights as they stand now: a report over all needs a role that reaches all."""
    work.require(Action.REPORT, institution_id)
    tied = work.grants is not None and institutions(work.grants, Action.REPORT) is not None
    if institution_id is None and tied:
        raise not_allowed()


# --- recorded ones ---------------------------------------------------------------------------


def recorded(context: Context) -> list[ReportRow]:
    """Recorded reports within reach, newest first."""
    context.require(Action.REPORT)
    with context.read() as session:
        return report_queries.recorded(session, context.reach(Action.REPORT), MOST_LISTED)


def get(context: Context, report_id: int) -> ReportRow:
    """One recorded report; refuses one of another institution."""
    context.require(Action.REPORT)
    with context.read() as session:
        return within_reach(context, session, report_id)


def id_of(context: Context, number: str) -> int:
    """The recorded report with this number; refuses one of another institution."""
    context.require(Action.REPORT)
    with context.read() as session:
        found = report_queries.id_of(session, number.strip())
        reach = context.reach(Action.REPORT)
        if found is None or not report_queries.recorded(session, reach, 1, found):
            raise Refused(N_("There is no report {number} that you may see."), number=number)
    return found


def within_reach(context: Context, session: Session, report_id: int) -> ReportRow:
    """One recorded report; refuses one of another institution."""
    reach = context.reach(Action.REPORT)
    found = report_queries.recorded(session, reach, 1, report_id)
    if not found:
        raise gone()
    return found[0]


def reprint(context: Context, report_id: int, *, all_lines: bool = True) -> bytes:
    """The very bytes that were recorded, with all lines or without where that was kept too."""
    context.require(Action.REPORT)
    with context.read() as session:
        within_reach(context, session, report_id)
        document = None if all_lines else report_queries.short_document(session, report_id)
        document = document or report_queries.document(session, report_id)
    assert document is not None
    return document


def paper_of(context: Context, report_id: int, *, all_lines: bool = False) -> Paper:
    """A recorded report as it is printed."""
    row = get(context, report_id)
    with context.read() as session:
        can_be_short = report_queries.short_document(session, report_id) is not None
    return like(
        Paper,
        row,
        data=reprint(context, report_id, all_lines=all_lines),
        name=f"besparelsesrapport-{row.number}.pdf",
        institution=row.parameters["institution"],
        pieces=row.totals["pieces"],
        cash_ore=row.totals["cash"],
        lifetime_ore=row.totals["lifetime"],
        net_g=row.totals["co2"],
        lines=row.line_count,
        printed_lines=row.parameters["printed_lines"],
        report_id=row.id,
        can_be_short=can_be_short,
    )
