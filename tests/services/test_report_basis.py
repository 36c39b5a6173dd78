"""What a report says it rests on: what its lines really used, also after settings have changed.

The year and the chair of ``test_reports``: B 0.6, C 0.4 and A 0.8 of 3,350 kr., 100 kr. handling.
"""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.services import changes, parameters, reports
from moebelcirkel.services.context import Work
from moebelcirkel.services.reports import recording
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.storage.tables.institutions import Institution
from tests.clock import Clock
from tests.documents import reading
from tests.services import delivering, reporting
from tests.services.reporting import YEAR, controller, preview
from tests.world import World

HANDLING = "Håndtering og transport pr. møbel"


def told(report: SavingsReport, name: str) -> list[tuple[str, str]]:
    rows = [row for row in report.assumptions if row.name == name]
    return [(plain(row.value), plain(row.source)) for row in rows]


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def lifetimes(report: SavingsReport) -> dict[str, int | None]:
    return {str(row.share): row.lifetime_ore for row in report.sensitivity}


# --- the table of shares ---------------------------------------------------------------------


def test_the_gain_adjusted_for_life_at_other_shares(year: World) -> None:
    found = lifetimes(preview(year))
    # D 1: 1,910.00 + 1,240.00 + 2,580.00, the return (0.0133 - 0.6) x 3350 = -1,965.33, and the
    # scrapped piece's 150.00.
    assert found["1"] == 191_000 + 124_000 + 258_000 - 196_533 - 15_000
    # D 0.27: 442.70 + 261.80 + 623.60 - 530.64 - 150.00.
    assert found["0.27"] == 44_270 + 26_180 + 62_360 - 53_064 - 15_000


def test_at_its_own_share_a_line_is_what_it_was_booked_as(year: World) -> None:
    places = {Decimal("0.5"): 1, Decimal(1): 3}
    lines = [line for line in preview(year).lines if line.share in places]
    assert len(lines) >= 4
    assert all(line.lifetime_at[places[line.share]] == line.lifetime_ore for line in lines)


def test_a_return_that_is_taken_back_cancels_out(world: World, clock: Clock) -> None:
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2))
    before = lifetimes(preview(world))
    reporting.at(clock, dt.date(2026, 6, 2))
    back = delivering.back(world, units)
    assert lifetimes(preview(world)) != before
    changes.undo(world.person("lager"), back)
    report = preview(world)
    assert lifetimes(report) == before
    assert [str(line.life)[:6] for line in report.lines] == ["0.6", "-0.583", "0.5831"]


def test_without_its_lines_a_report_does_not_tell_it(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_PRINTED_LINES", 5)
    assert set(lifetimes(preview(year)).values()) == {None}
    paper = reading.whole_text(reports.draft(controller(year), *YEAR).data)
    assert "Andel, der erstatter nykøb Sparet indkøb Undgået CO₂e (skøn)" in paper
    assert "Levetidskorrigeret ved andre andele regnes linje for linje" in paper


# --- assumptions -----------------------------------------------------------------------------


def test_a_setting_all_lines_used_is_told_once(year: World) -> None:
    report = preview(year)
    assert told(report, HANDLING) == [("100 kr.", "indstilling")]
    ((km, source),) = told(report, "Kørsel af et genbrugt møbel")
    assert (km, source[:26]) == ("30 km", "indstilling; 0,78225 kg CO")


def test_a_setting_changed_meanwhile_is_told_as_the_lines_used_it(
    year: World, clock: Clock
) -> None:
    parameters.save(year.person("admin"), {"handling_ore": 12_500})
    assert told(preview(year), HANDLING) == [
        ("100 kr.", "indstilling på deres dag, brugt af 6 linjer"),
        ("125 kr.", "indstilling ved opgørelsen, ikke brugt af nogen linje"),
    ]
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    report = preview(year)
    assert told(report, HANDLING) == [
        ("100 kr.", "indstilling på deres dag, brugt af 6 linjer"),
        ("125 kr.", "indstilling ved opgørelsen, brugt af 1 linje"),
    ]
    paper = reading.whole_text(reports.draft(controller(year), *YEAR).data)
    assert "Hver linje beholder de værdier, den blev regnet med på sin dag." in paper
    assert "brugt af 6 linjer" in paper


def test_corrections_alone_tell_the_setting_of_the_hand_overs_they_answer(
    world: World, clock: Clock
) -> None:
    _units, undone = reporting.deliver(world, clock, dt.date(2025, 10, 5))
    back, _change = reporting.deliver(world, clock, dt.date(2025, 10, 6))
    parameters.save(world.person("admin"), {"handling_ore": 15_000})
    reporting.at(clock, dt.date(2026, 2, 2))
    changes.undo(world.person("lager"), undone)
    reporting.take_back(world, clock, dt.date(2026, 2, 3), back)
    report = preview(world)
    assert [line.pieces for line in report.lines] == [-1, 0]
    assert told(report, HANDLING) == [
        ("100 kr.", "indstilling på deres dag, brugt af 2 linjer"),
        ("150 kr.", "indstilling ved opgørelsen, ikke brugt af nogen linje"),
    ]


def test_many_values_of_a_setting_are_a_range(world: World, clock: Clock) -> None:
    for month, ore in enumerate((10_000, 11_000, 12_000, 13_000), start=1):
        parameters.save(world.person("admin"), {"handling_ore": ore})
        reporting.deliver(world, clock, dt.date(2026, month, 2))
    assert told(preview(world), HANDLING) == [
        ("100 kr. – 130 kr.", "4 værdier brugt af linjerne; indstilling ved opgørelsen 130 kr.")
    ]


def test_an_empty_period_tells_the_settings(world: World) -> None:
    assert told(preview(world), HANDLING) == [("100 kr.", "indstilling")]


def test_the_hours_of_the_workshop_are_told_as_they_were_booked(world: World, clock: Clock) -> None:
    reporting.deliver(world, clock, dt.date(2026, 3, 2), work_ore=15_000)
    assert told(preview(world), "Værkstedets timer i disse linjer, i gennemsnit pr. time") == [
        ("300 kr.", "0,5 timer bogført, hver opgave med den sats, den blev afsluttet med")
    ]


# --- recorded ones ---------------------------------------------------------------------------


def test_the_sheet_of_a_recorded_report_keeps_what_was_assumed_and_says_whose_names_it_has(
    year: World,
) -> None:
    report_id = int(reports.record(controller(year), *YEAR).id)
    admin = year.person("admin")
    parameters.save(admin, {"handling_ore": 12_500, "municipality": "Ny Kommune"})

    def rename(work: Work) -> None:
        work.get(Institution, year.school).name = "Ny Skole"

    year.context.write("institution.save", None, rename)
    book = load_workbook(
        BytesIO(report_sheets.workbook_of(controller(year), report_id)), data_only=True
    )
    method = {row[0]: row[1] for row in book["Metode"].iter_rows(values_only=True)}
    assert plain(method[HANDLING]) == "100 kr."
    keys = {row[0]: row[1:] for row in book["Nøgletal"].iter_rows(values_only=True)}
    assert keys["Kommune"][0] != "Ny Kommune"
    assert keys["Navne"][0] == "som de er i dag"
    assert "den gemte rapport beholder dem fra sin egen dag" in str(keys["Navne"][1])
    lines = book["Linjer"].iter_rows(values_only=True)
    assert "Ny Skole" in {cell for row in lines for cell in row}
    assert "Ny Skole" not in reading.whole_text(reports.reprint(controller(year), report_id))
