"""A recorded report that was changed behind the program's back is found, whatever was changed."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.services import check, reports
from moebelcirkel.services.check import reports as check_reports
from moebelcirkel.services.reports.seal import MARK, SealedReport, lines_digest, seal_of
from moebelcirkel.storage.checks import reports as stored
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.tables.changes import ChangeResult
from moebelcirkel.storage.tables.reports import ReportRecord
from tests import templates, trade
from tests.clock import Clock
from tests.services import reporting
from tests.services.reporting import YEAR
from tests.services.tampering import found_after, tamper
from tests.world import World

TOTALS = "Report {key}: its totals are not the sums of its lines."
PERIOD = "Report {key}: its lines are not those of its period and institution."
SEAL = "Report {key} does not agree with its seal."
TOLD = "Report {key} is not what was told when it was recorded."
LINK = "Report {key}: the link printed on it is not in the chain of changes."
PAPER = "Report {key}: the document kept is not the one that was recorded."


@templates.prepared
def reported(world: World, clock: Clock) -> None:
    """Reports over a year, over a month without lines, and over one institution's year."""
    reporting.a_year(world, clock)
    controller = world.person("controller")
    reports.record(controller, *YEAR)
    clock.advance(minutes=1)
    reports.record(controller, dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    clock.advance(minutes=1)
    reports.record(controller, *YEAR, world.school)


def unmarked(reported: World) -> World:
    """Give the reports seals over their lines only, and forget the SHA-256 of their papers."""
    for row in trade.rows(reported.context, select(ReportRecord)):
        with reported.context.read() as session:
            seal = lines_digest(session, report_queries.line_ids(session, row.id))
        (told,) = trade.rows(
            reported.context, select(ChangeResult).where(ChangeResult.change_id == row.change_id)
        )
        parameters = {key: value for key, value in row.parameters.items() if key != MARK}
        kept = ("document", "short")
        answer = {key: value for key, value in told.data.items() if key not in kept}
        set_json(reported, "report_record", "parameters", row.id, parameters)
        set_json(reported, "change_result", "data", row.change_id, answer | {"seal": seal})
        change = f"seal = '{seal}', short_document = NULL"
        tamper(reported, f"UPDATE report_record SET {change} WHERE id = {row.id}")
    return reported


def set_json(world: World, table: str, column: str, key: int, value: object) -> None:
    """Put another JSON value in a row that is written once."""
    identity = "change_id" if table == "change_result" else "id"
    statement = f"UPDATE {table} SET {column} = :json WHERE {identity} = {key}"
    tamper(world, statement, json=json.dumps(value))


def found(world: World) -> set[tuple[str, object]]:
    """What the check says, and of which report."""
    report = check.run(world.person("controller"))
    return {(finding.message, finding.values.get("key")) for finding in report.findings}


def test_recorded_reports_hold(reported: World) -> None:
    report = check.run(reported.person("controller"))
    assert report.findings == ()
    assert report.counts["report_record"] == 3


def test_no_two_reports_share_a_seal(reported: World, clock: Clock) -> None:
    clock.advance(minutes=1)
    for month in (1, 2):
        reports.record(
            reported.person("controller"), dt.date(2026, month, 1), dt.date(2026, month, 28)
        )
    seals = [row.seal for row in reports.recorded(reported.person("controller"))]
    assert len(set(seals)) == len(seals) == 5


def test_a_report_whose_number_was_taken_is_sealed_with_the_next(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_queries, "last_serial", lambda *_: 7)
    assert reports.record(year.person("controller"), *YEAR).number == "2026-001"
    assert found(year) == set()


def test_reports_of_the_first_version_hold(reported: World) -> None:
    unmarked(reported)
    assert broken_for_once(reported, NOTHING) == set()


NOTHING = "UPDATE counter SET value = value"
_FIRST = "WHERE number = '2026-001'"
_EMPTY = "WHERE number = '2026-002'"
_SCHOOL = "WHERE number = '2026-003'"
_OTHER = f"FROM report_record AS other {_SCHOOL}"

#: What is changed by hand in the row of a report, and what the check must say, in each version.
BREAKS: dict[str, tuple[str, set[str], set[str]]] = {
    "garbage for a paper": (
        f"UPDATE report_record SET document = CAST('%PDF-1.4' AS :blob) {_FIRST}",
        {PAPER},
        {PAPER},
    ),
    "garbage for the pages without lines": (
        f"UPDATE report_record SET short_document = CAST('%PDF-1.4' AS :blob) {_FIRST}",
        {PAPER},
        {PAPER},
    ),
    "pages without lines where there were none": (
        f"UPDATE report_record SET short_document = document {_EMPTY}",
        {PAPER},
        {PAPER},
    ),
    "another report's paper": (
        f"UPDATE report_record SET document = (SELECT document {_OTHER}) {_FIRST}",
        {PAPER},
        {PAPER},
    ),
    "first day": (
        f"UPDATE report_record SET from_on = '2026-03-03' {_FIRST}",
        {PERIOD, SEAL},
        {PERIOD},
    ),
    "last day": (
        f"UPDATE report_record SET to_on = '2026-10-01' {_FIRST}",
        {PERIOD, SEAL},
        {PERIOD},
    ),
    "period of an empty report": (
        f"UPDATE report_record SET to_on = '2026-12-31' {_EMPTY}",
        {SEAL},
        {PERIOD},
    ),
    "a period that ends before it begins": (
        f"UPDATE report_record SET from_on = '2026-02-01' {_EMPTY}",
        {PERIOD, SEAL},
        {PERIOD},
    ),
    "institution": (
        f"UPDATE report_record SET institution_id = 1 + institution_id % 2 {_SCHOOL}",
        {PERIOD, SEAL},
        {PERIOD},
    ),
    "institution gone": (
        f"UPDATE report_record SET institution_id = NULL {_SCHOOL}",
        {SEAL, TOTALS},
        {PERIOD, TOTALS},
    ),
    "moment": (
        f"UPDATE report_record SET settled_at = '2026-11-19 00:00:00+00' {_FIRST}",
        {SEAL},
        {PAPER},
    ),
    "number": (
        f"UPDATE report_record SET number = '2026-009' {_FIRST}",
        {SEAL, TOLD},
        {PAPER, TOLD},
    ),
    "count of lines": (
        f"UPDATE report_record SET line_count = 6 {_FIRST}",
        {SEAL, TOLD, TOTALS},
        {TOLD, TOTALS},
    ),
    "seal": (f"UPDATE report_record SET seal = 'x' {_FIRST}", {SEAL, TOLD}, {SEAL, TOLD}),
    "a line": (
        "UPDATE figure_line SET price_paid_ore = price_paid_ore + 1 WHERE kind = 'adjustment'",
        {SEAL, TOTALS},
        {SEAL, TOTALS},
    ),
    "a line left out": (
        "DELETE FROM report_line WHERE line_id = 2",
        {SEAL, TOTALS},
        {SEAL, TOTALS, PERIOD},
    ),
}


@pytest.mark.parametrize("version", [1, 2])
def test_a_report_changed_by_hand_is_found(reported: World, version: int) -> None:
    world = unmarked(reported) if version == 1 else reported
    blob = "BLOB" if world.context.database.is_sqlite else "BYTEA"
    tamper(world)
    for name, (statement, now, before) in BREAKS.items():
        expected = before if version == 1 else now
        assert expected <= broken_for_once(world, statement.replace(":blob", blob)), name


def broken_for_once(
    world: World,
    statement: str,
    part: Callable[[Session, Findings], None] = check_reports.reports_hold,
    **values: object,
) -> set[str]:
    """The messages about reports after a statement that is rolled back again."""
    return {finding.message for finding in found_after(world, part, statement, **values)}


def last_holds(session: Session, findings: Findings) -> None:
    """Look at the newest report alone."""
    check_reports.holds(session, findings, list(stored.recorded(session))[-1])


#: What reports of older versions do not tell.
LATER = frozenset(
    {"revenue", "since_start", "late", "span", "bounds", "elsewhere", "levy", "co2_value"}
)


@pytest.mark.parametrize("version", [1, 2])
def test_each_total_changed_by_hand_is_found(reported: World, version: int) -> None:
    world = unmarked(reported) if version == 1 else reported
    tamper(world)
    (row,) = trade.rows(world.context, select(ReportRecord).where(ReportRecord.serial == 3))
    assert len(row.totals) == 20
    expected = {TOTALS} if version == 1 else {TOTALS, SEAL}
    statement = f"UPDATE report_record SET totals = :totals {_SCHOOL}"
    for total in row.totals:
        # What older reports do not tell may be missing; that it was told here, the seal knows.
        missing = expected - {TOTALS} if total in LATER else expected
        without = {key: value for key, value in row.totals.items() if key != total}
        for totals, said in ((row.totals | {total: 7}, expected), (without, missing)):
            assert (
                broken_for_once(world, statement, last_holds, totals=json.dumps(totals)) == said
            ), total
    assert broken_for_once(world, statement, last_holds, totals="[1]") == expected


def test_what_a_report_assumed_is_sealed(reported: World) -> None:
    (row,) = trade.rows(reported.context, select(ReportRecord).where(ReportRecord.serial == 1))
    others: list[object] = [row.parameters | {"municipality": "X"}, row.parameters | {MARK: 3}, []]
    for parameters in others:
        set_json(reported, "report_record", "parameters", row.id, parameters)
        assert (SEAL, "2026-001") in found(reported)


def test_a_report_changed_with_its_seal_and_its_answer_differs_from_its_paper(
    reported: World,
) -> None:
    (row,) = trade.rows(reported.context, select(ReportRecord).where(ReportRecord.serial == 1))
    (told,) = trade.rows(
        reported.context, select(ChangeResult).where(ChangeResult.change_id == row.change_id)
    )
    parameters = row.parameters | {"municipality": "Anden Kommune"}
    with reported.context.read() as session:
        digest = lines_digest(session, report_queries.line_ids(session, row.id))
    sealed = SealedReport(
        row.number,
        row.from_on,
        row.to_on,
        row.institution_id,
        row.settled_at,
        row.line_count,
        row.totals,
        parameters,
        digest,
    )
    seal = seal_of(sealed)
    set_json(reported, "report_record", "parameters", row.id, parameters)
    set_json(reported, "change_result", "data", row.change_id, told.data | {"seal": seal})
    tamper(reported, f"UPDATE report_record SET seal = '{seal}' {_FIRST}")
    assert broken_for_once(reported, NOTHING) == {PAPER}


def test_a_link_that_is_not_in_the_chain_is_found(reported: World) -> None:
    (row,) = trade.rows(reported.context, select(ReportRecord).where(ReportRecord.serial == 1))
    assert len(row.parameters["chain"]) == 64
    set_json(reported, "report_record", "parameters", row.id, row.parameters | {"chain": "0" * 64})
    assert broken_for_once(reported, NOTHING) == {SEAL, PAPER, LINK}


def test_a_new_report_does_not_pass_for_one_of_the_first_version(reported: World) -> None:
    (row,) = trade.rows(reported.context, select(ReportRecord).where(ReportRecord.serial == 1))
    with reported.context.read() as session:
        seal = lines_digest(session, report_queries.line_ids(session, row.id))
    parameters = {key: value for key, value in row.parameters.items() if key != MARK}
    set_json(reported, "report_record", "parameters", row.id, parameters)
    assert (SEAL, "2026-001") in found(reported)
    tamper(reported, f"UPDATE report_record SET seal = '{seal}' WHERE id = {row.id}")
    assert broken_for_once(reported, NOTHING) == {TOLD, PAPER}


def test_lines_too_large_to_be_added_up_are_named_and_end_no_check(reported: World) -> None:
    tamper(
        reported,
        "UPDATE figure_line SET net_g = 9100000000000000123, net_d27_g = 9100000000000000123,"
        " bound_low_g = 9100000000000000123, low_g = 9100000000000000123,"
        " high_g = 9100000000000000123, cash_ore = 9100000000000000123",
    )
    said = [check.text(each) for each in check.run(reported.person("controller")).findings]
    assert any("Effektlinje 1 er ikke det, der blev skrevet" in each for each in said)
