"""Recorded reports: number, seal and paper stay, whatever is done or tried afterwards."""

import datetime as dt
import json

import pytest
from sqlalchemy import select, text

from moebelcirkel.domain.errors import Interrupted, Refused, Stale
from moebelcirkel.services import changes, check, deliveries, reports
from moebelcirkel.services.context import Work
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.services.reports.seal import lines_digest
from moebelcirkel.storage.queries import reports as report_queries
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.reports import ReportRecord
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import delivering, reporting
from tests.services.reporting import YEAR, controller, preview, recorded
from tests.services.tampering import tamper
from tests.world import World


def test_a_recorded_report_has_number_seal_totals_and_lines(year: World) -> None:
    done = reports.record(controller(year), *YEAR)
    assert done.number == "2026-001"
    assert reports.record(controller(year), *YEAR).number == "2026-002"
    second, first = reports.recorded(controller(year))
    assert (first.number, second.number, first.by) == ("2026-001", "2026-002", "Controller")
    assert first.totals["cash"] == 126_967
    assert first.line_count == done.lines == 7
    with year.context.read() as session:
        assert len(report_queries.line_ids(session, first.id)) == 7
    assert first.seal == done.seal != second.seal
    paper = " ".join(reading.texts(reports.reprint(controller(year), first.id)))
    assert "Besparelsesrapport nr. 2026-001" in paper
    assert f"Segl {first.seal[:4]} {first.seal[4:8]}" in paper


def test_the_numbers_begin_anew_each_year(world: World, clock: Clock) -> None:
    reports.confirm_rates(controller(world))
    recorded(world)
    reporting.at(clock, dt.date(2027, 1, 4))
    recorded(world)
    assert [row.number for row in reports.recorded(controller(world))] == ["2027-001", "2026-001"]


def test_a_reprint_is_the_same_bytes_whatever_happens(year: World, clock: Clock) -> None:
    report_id = recorded(year)
    before = reports.reprint(controller(year), report_id)

    def rename(work: Work) -> None:
        work.get(Institution, year.school).name = "Nordskolen"

    year.context.write("institution.save", None, rename)
    clock.advance(hours=1)
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    assert reports.reprint(controller(year), report_id) == before
    assert "Søndervangskolen" in " ".join(reading.texts(before))
    assert "Nordskolen" in " ".join(reading.texts(reports.draft(controller(year), *YEAR).data))


def test_a_changed_line_and_a_missing_one_have_another_digest(year: World) -> None:
    report_id = recorded(year)
    with year.context.read() as session:
        ids = report_queries.line_ids(session, report_id)
        right = lines_digest(session, ids)
        assert lines_digest(session, [*ids[:-1], ids[-1] + 1_000]) != right
        assert lines_digest(session, list(reversed(ids))) == right
    for change, same in (
        ("cash_ore = cash_ore + 1", False),
        ("cash_ore = cash_ore - 1", True),
        ("inputs = replace(CAST(inputs AS TEXT), 'katalog 2025', 'katalog 2026')", False),
    ):
        _tamper(year, change, ids[0])
        with year.context.read() as session:
            assert (lines_digest(session, ids) == right) is same


def _tamper(world: World, change: str, line_id: int) -> None:
    """As someone would who takes the triggers away first."""
    sqlite = world.context.database.is_sqlite
    off = (
        "DROP TRIGGER IF EXISTS figure_line_no_update"
        if sqlite
        else "ALTER TABLE figure_line DISABLE TRIGGER ALL"
    )
    if not sqlite:
        change = change.replace("'katalog 2026')", "'katalog 2026')::json")
    with world.context.database.engine.begin() as connection:
        connection.execute(text(off))
        connection.execute(text(f"UPDATE figure_line SET {change} WHERE id = {line_id}"))


def test_a_report_is_kept_with_its_lines_and_printed_without_them(
    year: World, clock: Clock
) -> None:
    report_id = recorded(year)
    whole = reports.reprint(controller(year), report_id)
    short = reports.reprint(controller(year), report_id, all_lines=False)
    every, some = reading.texts(whole), reading.texts(short)
    assert len(some) < len(every)
    assert all("uden bilag C" in page for page in some)
    assert not any("uden bilag C" in page for page in every)
    assert "De 7 linjer bag summerne er ikke trykt her. De står i den gemte rapport" in some[-1]
    assert f"Side {len(some)} af {len(some)}" in some[-1]
    # The same number and seal, and the same first page.
    assert some[0].replace(" · uden bilag C", "").split("Side 1")[0] in every[0]
    numbers = [line.number for line in preview(year).lines]
    assert all(number in " ".join(every) and number not in " ".join(some) for number in numbers)
    clock.advance(hours=1)
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    assert reports.reprint(controller(year), report_id, all_lines=False) == short
    assert reports.paper_of(controller(year), report_id).data == short
    assert reports.paper_of(controller(year), report_id, all_lines=True).data == whole


def test_a_report_with_no_lines_to_leave_out_has_one_document(world: World) -> None:
    reports.confirm_rates(controller(world))
    report_id = recorded(world)
    paper = reports.paper_of(controller(world), report_id)
    assert (paper.can_be_short, paper.data) == (
        False,
        reports.reprint(controller(world), report_id),
    )
    assert not reports.draft(controller(world), *YEAR).can_be_short


def test_a_report_record_cannot_be_changed_or_undone(year: World) -> None:
    done = reports.record(controller(year), *YEAR)
    assert done.change_id is not None
    with pytest.raises(Refused):
        changes.undo(controller(year), done.change_id)
    assert done.kinds == frozenset({"report_record"})


def test_the_same_request_records_once(year: World) -> None:
    asker = controller(year).with_request("once")
    first = reports.record(asker, *YEAR)
    assert reports.record(asker, *YEAR) == first
    assert len(reports.recorded(asker)) == 1


def test_a_number_taken_meanwhile_gives_the_next_and_the_paper_says_so(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(year)
    monkeypatch.setattr(report_queries, "last_serial", lambda *_: 0)
    done = reports.record(controller(year), *YEAR)
    assert done.number == "2026-002"
    paper = reading.texts(reports.reprint(controller(year), done.id))
    assert "2026-002" in paper[0]
    assert "2026-001" not in paper[0]


def test_nothing_is_recorded_when_somebody_stops_it(year: World) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        reports.record(controller(year), *YEAR, progress=stop)
    assert reports.recorded(controller(year)) == []
    assert recorded(year)


def test_records_are_whole_rows(year: World) -> None:
    row = trade.row(year.context, ReportRecord, recorded(year, year.home))
    assert row.parameters["institution"] == "Plejecenter Åbo"
    assert row.parameters["factor_sets"] == ["2026.1"]
    assert row.totals["paid"] == 2 * trade.PRICE
    assert row.document.startswith(b"%PDF")


def test_what_is_handed_over_while_a_report_is_made_sends_it_back(year: World) -> None:
    lines = delivering.picked(year, 1)[1]

    def hand_over(_done: int, _total: int) -> None:
        if lines:
            deliveries.hand_over(year.person("lager"), line_ids=[lines.pop()])

    with pytest.raises(Stale, match="very moment"):
        reports.record(controller(year), *YEAR, progress=hand_over)
    assert reports.recorded(controller(year)) == []
    done = reports.record(controller(year), *YEAR)
    assert (done.number, done.lines) == ("2026-001", 8)


def test_what_another_institution_gets_meanwhile_does_not_disturb(year: World) -> None:
    lines = delivering.picked(year, 1)[1]

    def hand_over(_done: int, _total: int) -> None:
        if lines:
            deliveries.hand_over(year.person("lager"), line_ids=[lines.pop()])

    reports.record(controller(year), *YEAR, year.home, progress=hand_over)
    assert lines == []


@pytest.mark.parametrize(
    "written",
    [
        {"l": None},
        {"km": "thirty"},
        {"mass_kg": "heavy"},
        {"new_price_ore": "much"},
        {"transport_ore": "100"},
        {"lifetime_years": "0"},
    ],
)
def test_what_was_written_into_a_line_ends_no_report_in_a_fault(
    year: World, written: dict[str, str | None]
) -> None:
    query = select(FigureLine).where(FigureLine.kind == "hand_over").order_by(FigureLine.id)
    line = trade.rows(year.context, query)[0]
    inputs = {name: value for name, value in {**line.inputs, **written}.items() if value}
    cast = "CAST(:inputs AS TEXT)" if year.context.database.is_sqlite else "CAST(:inputs AS JSON)"
    statement = f"UPDATE figure_line SET inputs = {cast} WHERE id = {line.id}"
    tamper(year, statement, inputs=json.dumps(inputs))
    for make in (reports.preview, report_sheets.csv):
        with pytest.raises(Refused, match="is not what the program wrote"):
            make(controller(year), *YEAR)
    assert f"figure_line {line.id}" in said_by_check(year)


def said_by_check(world: World) -> str:
    """What the check says, row by row."""
    found = check.run(controller(world)).findings
    return " ".join(each.message.format(**each.values) for each in found)
