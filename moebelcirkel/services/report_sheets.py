"""Savings reports as spreadsheets, drafts and recorded ones, with every line behind every total."""

import datetime as dt
from dataclasses import replace

from moebelcirkel.documents.savings_workbook import savings_csv, savings_workbook
from moebelcirkel.documents.savingsreport import Assumption, InHouse, SavingsReport
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import reports
from moebelcirkel.services.context import Context
from moebelcirkel.services.report_data import Asked
from moebelcirkel.services.reports import Progress, quiet


def workbook(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> bytes:
    """A draft as XLSX with every line behind every total."""
    return savings_workbook(_whole(context, start, end, institution_id, progress), progress)


def csv(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None = None,
    progress: Progress = quiet,
) -> bytes:
    """The lines of a draft as CSV."""
    return savings_csv(_whole(context, start, end, institution_id, progress))


def workbook_of(context: Context, report_id: int, progress: Progress = quiet) -> bytes:
    """A recorded report as XLSX, from the very lines it rests on."""
    return savings_workbook(recorded_whole(context, report_id, progress), progress)


def csv_of(context: Context, report_id: int, progress: Progress = quiet) -> bytes:
    """The lines of a recorded report as CSV."""
    return savings_csv(recorded_whole(context, report_id, progress))


def _whole(
    context: Context,
    start: dt.date,
    end: dt.date,
    institution_id: int | None,
    progress: Progress,
) -> SavingsReport:
    asked = reports.asked_for(context, start, end, institution_id)
    with context.read() as session:
        return reports.with_lines(session, asked, context.now(), None, progress)


def recorded_whole(context: Context, report_id: int, progress: Progress) -> SavingsReport:
    """A recorded report from the very lines it rests on, in the words it was recorded with."""
    context.require(Action.REPORT)
    with context.read() as session:
        row = reports.within_reach(context, session, report_id)
        asked = Asked(Period(row.start, row.end), row.institution_id, None, row.id)
        report = reports.with_lines(session, asked, row.settled_at, None, progress)
    kept = row.parameters
    return replace(
        report,
        number=row.number,
        seal=row.seal,
        municipality=kept["municipality"],
        institution=kept["institution"],
        chain=kept.get("chain", ""),
        in_house=InHouse(**kept["in_house"]) if kept.get("in_house") else None,
        assumptions=tuple(Assumption(**each) for each in kept["assumptions"]),
    )
