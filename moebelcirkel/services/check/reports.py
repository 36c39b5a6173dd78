"""A recorded report is what was recorded: its totals, period, lines, seal and document.

What the seal covers is written in ``report_seal``. It is printed in the document, so it cannot
cover that; the change that recorded the report has kept the document's own SHA-256.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from moebelcirkel.documents import paper
from moebelcirkel.documents.reports.words import digits
from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import SEALED_NAMES
from moebelcirkel.services.reports import beside
from moebelcirkel.services.reports import data as report_data
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.services.reports.seal import MARK, RULE, SealedReport, lines_digest, seal_of
from moebelcirkel.storage.checks import reports as check_reports
from moebelcirkel.storage.checks.reports import Recorded
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.queries.figures import basis as figure_basis
from moebelcirkel.storage.queries.figures import extremes as figure_extremes
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures import sums as figure_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.work import Session

#: What the totals of every version have told.
_ALWAYS = frozenset(SEALED_NAMES) - {"revenue"} | {"paid", "bound_low", "bound_high", "coverage"}
_COVERAGE = frozenset(
    {"lines", "own_factor", "without_factor", "answered", "new_value", "documented"}
)


def reports_hold(session: Session, findings: Findings) -> None:
    """A recorded report still says and rests on what it did when it was sealed."""
    for report in check_reports.recorded(session):
        findings.counts["report_record"] += 1
        holds(session, findings, report)


def holds(session: Session, findings: Findings, report: Recorded) -> None:
    """One of them does."""
    for message in _faults(session, report):
        findings.add(message, key=report.number)


def _faults(session: Session, report: Recorded) -> Iterator[str]:
    first_version = MARK not in _dict(report.parameters)
    digest = lines_digest(session, report_queries.line_ids(session, report.id))
    if not _adds_up(session, report):
        yield N_("Report {key}: its totals are not the sums of its lines.")
    if not _of_its_period(session, report, first_version=first_version):
        yield N_("Report {key}: its lines are not those of its period and institution.")
    if _sealed(report, digest) != report.seal:
        yield N_("Report {key} does not agree with its seal.")
    if not check_reports.link_is_known(session, report):
        yield N_("Report {key}: the link printed on it is not in the chain of changes.")
    if not _as_answered(report):
        yield N_("Report {key} is not what was told when it was recorded.")
    if not _kept(session, report, first_version=first_version):
        yield N_("Report {key}: the document kept is not the one that was recorded.")


def _dict(value: Any) -> dict[str, Any]:
    """JSON that was tampered with need not be a table any more."""
    return value if isinstance(value, dict) else {}


def _adds_up(session: Session, report: Recorded) -> bool:
    """Every total is what the lines come to; a later version may tell more of them."""
    said = _dict(report.totals)
    known = _known(session, report, said)
    agrees = all(known.get(name) == value for name, value in said.items())
    return agrees and said.keys() >= _ALWAYS and report.line_count == known["lines"]


def _known(session: Session, report: Recorded, said: dict[str, Any]) -> dict[str, Any]:
    """What the lines come to, as far as it was told: what was not known yet is not asked for."""
    lines = report.lines
    sums = figure_queries.total(session, lines)
    bounds = figure_extremes.scenarios(session, lines)
    cover = asdict(figure_basis.coverage(session, lines))
    told = _dict(said.get("coverage")).keys() | _COVERAGE
    known: dict[str, Any] = {
        **sums.sealed(),
        "paid": None if report.institution_id is None else sums.paid_ore,
        "bound_low": bounds.bound_low_g,
        "bound_high": bounds.bound_high_g,
        "coverage": {name: cover.get(name) for name in told},
        "lines": sums.lines,
    }
    if {"span", "bounds"} & said.keys():
        found = figure_extremes.extremes(session, lines)
        known |= {"span": list(found.span), "bounds": list(found.bounds)}
    if {"levy", "co2_value"} & said.keys():
        late = report.corrections if beside.LATE in said else None
        again = beside.again(session, lines, late, _dict(report.parameters))
        known |= beside.totals_of(again)
    if "late" in said:
        known["late"] = _late(session, report)
    if "elsewhere" in said:
        others = report_late.elsewhere(session, report.corrections)
        known["elsewhere"] = report_late.elsewhere_as_rows(others)
    if "since_start" in said:
        days = report_data.history(session, report.asked)
        since = report_data.since_start(report.asked, days)
        known["since_start"] = report_data.since_as_dict(since)
    return known


def _late(session: Session, report: Recorded) -> dict[str, Any]:
    """What its corrections to earlier periods come to, with the SHA-256 of their lines."""
    sums = figure_queries.total(session, report.corrections)
    digest = lines_digest(session, report_queries.line_ids(session, report.id, late=True))
    return {"lines": sums.lines, "digest": digest, **sums.sealed()}


def _corrects(session: Session, report: Recorded) -> bool:
    """Its corrections are all that no report before it had told of earlier periods."""
    noted = report_queries.line_ids(session, report.id, late=True)
    if "late" not in _dict(report.totals):
        return not noted
    return noted == line_queries.line_ids(session, report.missed)


def _of_its_period(session: Session, report: Recorded, *, first_version: bool) -> bool:
    if report.start > report.end or check_reports.strangers(session, report):
        return False
    if not _corrects(session, report):
        return False
    # The seal of the first version did not cover the period, so no line may be missing from it.
    if first_version:
        return not check_reports.left_out(session, report)
    return not check_reports.passed_over(session, report)


def _sealed(report: Recorded, digest: str) -> str | None:
    """The seal it ought to have; none where no rule is known."""
    rule = _dict(report.parameters).get(MARK, 1)
    if rule == 1:
        return digest
    sealed = like(
        SealedReport,
        report,
        totals=_dict(report.totals),
        parameters=_dict(report.parameters),
        lines=digest,
    )
    return seal_of(sealed) if rule == RULE else None


def _as_answered(report: Recorded) -> bool:
    answered = _dict(report.answered)
    said = [answered.get(name) for name in ("id", "number", "seal", "lines")]
    serial = f"{report.year}-{report.serial:03d}"
    return report.number == serial and said == [
        report.id,
        report.number,
        report.seal,
        report.line_count,
    ]


def _printed(report: Recorded) -> tuple[str, ...]:
    """Seal and link as the paper shows them.

    A report without lines once had the beginning of its seal in its foot alone.
    """
    chain = _dict(report.parameters).get("chain")
    if chain is None and not report.line_count:
        return (f"{report.seal[:4]} {report.seal[4:8]}",)
    return digits(report.seal), digits(str(chain or ""))


def _kept(session: Session, report: Recorded, *, first_version: bool) -> bool:
    """Whether the documents are those recorded.

    The first version kept no SHA-256, and none without lines; the file tells number and moment.
    Seal and link are compared as they are printed, so that a row changed together with its seal is
    found.
    """
    document = report_queries.document(session, report.id) or b""
    short = report_queries.short_document(session, report.id)
    if first_version:
        return short is None and paper.tells(document, report.number, report.settled_at)
    answered = _dict(report.answered)
    for kept, name in ((document, "document"), (short, "short")):
        digest = None if kept is None else hashlib.sha256(kept).hexdigest()
        if digest != answered.get(name):
            return False
        if kept is not None and not all(paper.shows(kept, text) for text in _printed(report)):
            return False
    return True
