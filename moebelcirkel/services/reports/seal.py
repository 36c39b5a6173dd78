"""The seal of a recorded report: SHA-256 over what it says and its lines, alike on every database.

The form is UTF-8 text: a first line ``moebelcirkel report 2``, then, each on a line of its own and
ended by a line feed, number, first day, last day, the institution's id, the moment it was made up,
the count of its lines, its totals, what it was asked and assumed, and the SHA-256 of its lines.

The lines' own form begins with ``moebelcirkel figure lines 1``, then comes one line per figure
line by rising id, each ended by a line feed. A figure line is its columns in the order of
``storage.report_queries.SEALED``, parted by ``|``: nothing for null, ``1`` and ``0`` for yes and
no, whole numbers plain, days and moments (UTC, microseconds) in ISO 8601, and JSON with sorted
keys and no spaces. A line that is gone leaves its id alone on its line.

A report of the first version was sealed over its lines only: its parameters bear no ``MARK``, and
its seal is the SHA-256 of its lines.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.services.reports import beside
from moebelcirkel.services.reports import data as report_data
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.storage.chain import sealed_line
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import Session

HEAD = "moebelcirkel report 2\n"
LINES_HEAD = "moebelcirkel figure lines 1\n"
#: By which rule a report is sealed is told among its parameters.
MARK = "seal_rule"
RULE = 2


@dataclass(frozen=True, slots=True)
class SealedReport:
    """What a seal covers, in this order; the last is the SHA-256 of the lines."""

    number: str
    start: dt.date
    end: dt.date
    institution_id: int | None
    settled_at: dt.datetime
    line_count: int
    totals: Mapping[str, Any]
    parameters: Mapping[str, Any]
    lines: str


def seal_of(report: SealedReport) -> str:
    """The seal of a report, as 64 hexadecimal digits."""
    said = "".join(sealed_line(value) for value in astuple(report))
    return hashlib.sha256((HEAD + said).encode()).hexdigest()


def parameters_of(report: SavingsReport) -> Json:
    """What the report was asked and what it assumed, in the words it was printed with."""
    return {
        "municipality": report.municipality,
        "institution": report.institution,
        "factor_sets": list(report.factor_sets),
        "printed_lines": len(report.lines),
        "assumptions": [asdict(each) for each in report.assumptions],
        "in_house": asdict(report.in_house) if report.in_house else None,
        "chain": report.chain,
        **beside.parameters_of(report.climate),
        "told": [asdict(each) for each in report.told],
        MARK: RULE,
    }


def totals_of(report: SavingsReport) -> Json:
    """What the lines come to; the corrections to earlier periods with the SHA-256 of theirs."""
    return {
        **report.totals.sealed(),
        "paid": report.paid_ore,
        **beside.totals_of(report.climate),
        "bound_low": report.bounding.low,
        "bound_high": report.bounding.high,
        "span": list(report.extremes.span),
        "bounds": list(report.extremes.bounds),
        "coverage": asdict(report.coverage),
        "since_start": report_data.since_as_dict(report.since),
        "late": report_late.as_dict(report.late),
        "elsewhere": report_late.elsewhere_as_rows(report.late.elsewhere),
    }


def lines_digest(
    session: Session, line_ids: Sequence[int], progress: Callable[[int, int], object] | None = None
) -> str:
    """The SHA-256 of these lines in hexadecimal; the order of the ids does not matter."""
    digest = hashlib.sha256(LINES_HEAD.encode())
    done = 0
    for ids, rows in report_queries.sealed(session, sorted(line_ids)):
        found = {row[0]: row for row in rows}
        for key in ids:
            row = found.get(key, (key,))
            digest.update(sealed_line(*row).encode())
        done += len(ids)
        if progress is not None:
            progress(done, len(line_ids))
    return digest.hexdigest()
