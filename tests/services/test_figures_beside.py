"""The avoided levy and the shadow value of a year: by themselves on paper, screen and in sheets.

Five hand-overs of chairs (E 72): in March C "Nej" (D 0), in August B "Ja" (D 1), in September A
"Ved ikke" (D 0.5), and one in October that is undone the same day.
"""

import datetime as dt
import json
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.language import kroner
from moebelcirkel.services import check, overview, parameters, reports, units
from moebelcirkel.services.reports import sheets
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportRecord
from tests import trade
from tests.clock import Clock
from tests.documents.reading import whole_text
from tests.services import reporting
from tests.services.reporting import controller
from tests.services.tampering import tamper
from tests.world import World

LEVY = {"levy_categories": "Kontorstole 2025 = 1.140; Kontorstole 2026 = 1.210"}


@pytest.fixture
def levied(world: World, clock: Clock) -> World:
    """With the levy on office chairs."""
    parameters.save(world.person("admin"), LEVY)
    reporting.a_year(world, clock)
    return world


def _lines(world: World) -> list[FigureLine]:
    return trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))


def test_each_hand_over_keeps_the_levy_it_avoided(levied: World) -> None:
    """72 kg at 1,210 kr. are 87.12 kr. x D; what is undone takes it back, a return does not."""
    found = [(line.kind, line.levy_ore) for line in _lines(levied)]
    assert found == [
        ("hand_over", 87_12),
        ("hand_over", 0),
        ("hand_over", 43_56),
        ("hand_over", 87_12),
        ("reversal", -87_12),
        ("adjustment", None),
        ("late_cost", None),
    ]
    assert check.run(controller(levied)).findings == ()
    parameters.save(levied.person("admin"), {"levy_categories": ""})
    assert [(line.kind, line.levy_ore) for line in _lines(levied)] == found
    assert check.run(controller(levied)).findings == ()


def test_a_report_tells_both_by_themselves(levied: World) -> None:
    before = reporting.preview(levied)
    climate = before.climate
    assert climate is not None
    assert climate.value is not None
    assert climate.levy == 87_12 + 43_56
    assert climate.prices == ((2026, 121_000),)
    assert climate.value == round(before.totals.net_g * 121_000 / 1_000_000)
    found = overview.key_figures(controller(levied), *reporting.YEAR)
    for told in (
        " ".join(found.notes),
        whole_text(reports.draft(controller(levied), *reporting.YEAR).data),
    ):
        plain = " ".join(told.replace("\u00a0", " ").split())
        for ore in (climate.levy, climate.value):
            assert kroner(ore).replace("\u00a0", " ") in plain
        assert "Ved siden af besparelsen og aldrig lagt til den" in plain
    parameters.save(levied.person("admin"), {"shadow_prices": ""})
    without = reporting.preview(levied)
    assert without.totals == before.totals
    assert without.climate is not None
    assert (without.climate.levy, without.climate.value) == (climate.levy, None)
    with pytest.raises(Refused):
        parameters.save(levied.person("admin"), {"shadow_prices": "2026: meget"})


def test_a_recorded_report_keeps_the_prices_it_was_made_up_with(levied: World) -> None:
    key = reporting.recorded(levied)
    (row,) = trade.rows(levied.context, select(ReportRecord))
    assert row.totals["levy"] == 130_68
    assert row.parameters["shadow_prices"] == {"2026": 121_000}
    parameters.save(levied.person("admin"), {"shadow_prices": "2026 = 1"})
    book = load_workbook(BytesIO(sheets.workbook_of(controller(levied), key)))
    rows = {line[0].value: line[1].value for line in book["Nøgletal"].iter_rows()}
    value = row.totals["co2_value"]
    assert rows["Skyggeværdi af netto undgået CO₂e"] == pytest.approx(value / 100)
    assert check.run(controller(levied)).findings == ()
    totals = {**row.totals, "co2_value": value + 1}
    statement = f"UPDATE report_record SET totals = :totals WHERE id = {key}"
    tamper(levied, statement, totals=json.dumps(totals))
    assert "totalerne er ikke summen" in " ".join(
        map(check.text, check.run(controller(levied)).findings)
    )


def test_a_recorded_report_keeps_the_goals_it_named(levied: World) -> None:
    admin = levied.person("admin")
    parameters.save(admin, {"world_goals": "13; 7, 8 11 7"})
    key = reporting.recorded(levied)
    parameters.save(admin, {"world_goals": "1"})
    book = load_workbook(BytesIO(sheets.workbook_of(controller(levied), key)))
    rows = {line[0].value: line[1].value for line in book["Nøgletal"].iter_rows()}
    named = [each.split("\u00a0")[0] for each in str(rows["Verdensmål"]).split(" · ")]
    assert named == ["7", "8", "11", "13"]
    assert check.run(controller(levied)).findings == ()
    for wrong in ("0", "18", "klima", "7-8"):
        with pytest.raises(Refused):
            parameters.save(admin, {"world_goals": wrong})


@pytest.mark.parametrize(
    "rate", ["meget", "1210 øre", "-5", "1.210 2027", "1210.50", "1.21", "1,210", "1.2100"]
)
def test_a_levy_that_is_no_amount_is_refused(world: World, rate: str) -> None:
    """It would be counted with the common rate, which is none as a rule."""
    said = {"levy_categories": f"Kontorstole 2026 = {rate}; Borde"}
    with pytest.raises(Invalid) as wrong:
        parameters.save(world.person("admin"), said)
    assert set(wrong.value.errors) == set(said)


def test_a_misspelt_category_is_refused_with_those_that_are_spelt_like_it(world: World) -> None:
    admin = world.person("admin")
    for table in ("Kontorstoele 2026 = 1.210; Kontrostole = 5", "Borde = 5; Reol: 6"):
        with pytest.raises(Invalid):
            parameters.save(admin, {"levy_categories": table})
    with pytest.raises(Invalid) as wrong:
        parameters.save(admin, {"levy_categories": "Skriveborde 2026 = 1.210,50"})
    assert "Skrivebord" in str(wrong.value.errors["levy_categories"].values["names"])
    with pytest.raises(Invalid) as wrong:
        parameters.save(admin, {"levy_categories": "bets"})
    assert "beds" not in str(wrong.value.errors["levy_categories"].values["names"]).split(", ")
    parameters.save(admin, {"levy_categories": "Skrivebord 2026 = 1210,50; desk_sit_stand; borde;"})


@pytest.mark.parametrize("table", ["2026 = 1.210", "Borde; = 900"])
def test_a_levy_of_no_category_is_refused(world: World, table: str) -> None:
    """It would be left out, and without any other all have the common rate."""
    with pytest.raises(Invalid) as wrong:
        parameters.save(world.person("admin"), {"levy_categories": table})
    assert set(wrong.value.errors) == {"levy_categories"}


def test_a_changed_levy_is_named(levied: World) -> None:
    line = _lines(levied)[0]
    tamper(levied, f"UPDATE figure_line SET levy_ore = 1 WHERE id = {line.id}")
    found = [check.text(each) for each in check.run(controller(levied)).findings]
    assert any("Klimaafgift" in text for text in found)


def test_the_passport_shows_both_under_the_money(levied: World) -> None:
    line = next(each for each in _lines(levied) if each.levy_ore == 43_56)
    rows = units.passport(levied.person("lager"), line.unit_id).figures.money
    value = round((line.net_g or 0) * 121_000 / 1_000_000)
    assert [(row.label, row.value) for row in rows[-2:]] == [
        ("For sig: undgået klimaafgift på nyt", kroner(43_56)),
        ("For sig: skyggeværdi af netto undgået CO₂e", kroner(value)),
    ]


def test_what_was_handed_over_before_there_was_a_levy_has_none(world: World, clock: Clock) -> None:
    reporting.deliver(world, clock, dt.date(2026, 3, 2))
    parameters.save(world.person("admin"), LEVY)
    reporting.deliver(world, clock, dt.date(2026, 3, 9))
    reporting.at(clock, reporting.TODAY)
    assert [line.levy_ore for line in _lines(world)] == [None, 87_12]
    assert check.run(controller(world)).findings == ()
