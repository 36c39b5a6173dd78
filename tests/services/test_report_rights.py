"""Who may make, record and read savings reports, and who confirms the hour rates before."""

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.services import overview, reports
from moebelcirkel.services.reports import RatesNotConfirmed
from moebelcirkel.services.reports import sheets as report_sheets
from tests.services.reporting import YEAR
from tests.world import World


def test_leaders_get_their_own_institution_only(year: World) -> None:
    leader = year.person("leader")
    report = reports.preview(leader, *YEAR)
    assert report.institution == "Søndervangskolen"
    # One chair handed over for 3,250.00, and 3,305.33 taken back when it was returned.
    assert report.totals.cash_ore == 325_000 - 330_533
    with pytest.raises(Refused):
        reports.preview(leader, *YEAR, year.home)
    controller = year.person("controller")
    whole = int(reports.record(controller, *YEAR).id)
    home = int(reports.record(controller, *YEAR, year.home).id)
    mine = reports.record(leader, *YEAR).id
    assert [row.id for row in reports.recorded(leader)] == [mine]
    for foreign in (whole, home):
        with pytest.raises(Stale):
            reports.reprint(leader, foreign)
        with pytest.raises(Stale):
            report_sheets.workbook_of(leader, foreign)
    assert reports.reprint(leader, mine)


@pytest.mark.parametrize("name", ["lager", "bench", "employee", "approver", "admin"])
def test_others_make_no_reports(world: World, name: str) -> None:
    someone = world.person(name)
    for call in (reports.preview, reports.record, report_sheets.workbook, report_sheets.csv):
        with pytest.raises(Refused):
            call(someone, *YEAR)
    with pytest.raises(Refused):
        reports.recorded(someone)
    with pytest.raises(Refused):
        overview.key_figures(someone, *YEAR)


def test_the_first_report_waits_for_confirmed_hour_rates(world: World) -> None:
    asker = world.person("controller")
    with pytest.raises(RatesNotConfirmed, match=r"\(Personale 300.*\) are estimates"):
        reports.record(asker, *YEAR)
    with pytest.raises(Refused):
        reports.confirm_rates(world.person("leader"))
    reports.confirm_rates(asker)
    assert reports.record(asker, *YEAR).number == "2026-001"
