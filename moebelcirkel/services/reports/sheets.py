"""Savings reports as spreadsheets, drafts and recorded ones, with every line behind every total."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from moebelcirkel.documents.reports.savings import Assumption, FigureRow, InHouse, SavingsReport
from moebelcirkel.documents.reports.workbook import savings_csv, savings_workbook
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.reports import beside
from moebelcirkel.services.reports import data as report_data
from moebelcirkel.services.reports import lines as report_lines
from moebelcirkel.services.reports import recording as reports
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.services.reports.recording import Progress, quiet
from moebelcirkel.storage.work import Session

#: A report, and all its lines as they are read: there may be more than anybody holds at once.
Whole = tuple[SavingsReport, Iterator[FigureRow]]


def workbook(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> bytes:
    """A draft as XLSX with every line behind every total."""
    with _draft(context, start, end, institution_id, quiet) as (report, lines):
        return savings_workbook(report, progress, lines)


def csv(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> bytes:
    """The lines of a draft as CSV."""
    with _draft(context, start, end, institution_id, progress) as (report, lines):
        return savings_csv(report, lines)


def workbook_of(context: Context, report_id: int, progress: Progress = quiet) -> bytes:
    """A recorded report as XLSX, from the very lines it rests on."""
    with recorded_whole(context, report_id, quiet) as (report, lines):
        return savings_workbook(report, progress, lines)


def csv_of(context: Context, report_id: int, progress: Progress = quiet) -> bytes:
    """The lines of a recorded report as CSV."""
    with recorded_whole(context, report_id, progress) as (report, lines):
        return savings_csv(report, lines)


@contextlib.contextmanager
def _draft(
    context: Context, start: dt.date, end: dt.date, institution_id: int | None, progress: Progress
) -> Iterator[Whole]:
    asked = reports.asked_for(context, start, end, institution_id)
    with context.read() as session:
        yield _whole(session, asked, context.now(), progress)


def _whole(
    session: Session, asked: ReportScope, booked_by: dt.datetime, progress: Progress
) -> Whole:
    report = reports.with_late(session, asked, report_data.gather(session, asked, booked_by))
    selection = asked.selection(booked_by)
    return report, report_lines.rows(session, selection, report.line_count, progress)


@contextlib.contextmanager
def recorded_whole(context: Context, report_id: int, progress: Progress) -> Iterator[Whole]:
    """A recorded report from the very lines it rests on, in the words it was recorded with."""
    context.require(Action.REPORT)
    with context.read() as session:
        row = reports.within_reach(context, session, report_id)
        asked = ReportScope(Period(row.start, row.end), row.institution_id, None, row.id)
        report, lines = _whole(session, asked, row.settled_at, progress)
        kept = row.parameters
        in_its_words = replace(
            report,
            number=row.number,
            seal=row.seal,
            municipality=kept["municipality"],
            institution=kept["institution"],
            told=tuple(Assumption(**each) for each in kept.get("told", ())),
            climate=beside.recorded(row.totals, kept),
            chain=kept.get("chain", ""),
            in_house=InHouse(**kept["in_house"]) if kept.get("in_house") else None,
            assumptions=tuple(Assumption(**each) for each in kept["assumptions"]),
        )
        yield in_its_words, lines
