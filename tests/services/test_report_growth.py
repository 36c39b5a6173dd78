"""Revenue beside value as new and saved purchases: by institution, by month and since the start.

The year and the chair of ``test_reports``; every chair was sold at ``trade.PRICE``.
"""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from moebelcirkel.services import changes, check, overview, reports
from moebelcirkel.storage.tables.charges import Charge
from tests import templates, trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import reporting
from tests.services.reporting import YEAR, controller, preview, recorded
from tests.world import World

FIRST = dt.date(2023, 11, 20)


def plain(text: object) -> str:
    return " ".join(str(text).replace("\u00a0", " ").split())


def explained(found: overview.KeyFigures) -> list[str]:
    """The notes, less the one of what stands beside the savings."""
    return [note for note in found.notes if not note.startswith("Ved siden af besparelsen")]


@templates.prepared
def years(world: World, clock: Clock) -> None:
    """One chair in the first year, two in the second, three in the third; two of them back."""
    reporting.deliver(world, clock, FIRST)
    reporting.deliver(world, clock, dt.date(2024, 11, 20), count=2, institution=world.home)
    units, _change = reporting.deliver(world, clock, dt.date(2026, 2, 2), count=3)
    reporting.take_back(world, clock, dt.date(2026, 6, 1), units[:2])
    reporting.at(clock, dt.date(2026, 11, 20))
    reports.confirm_rates(controller(world))


def test_revenue_is_the_charges_of_the_period_less_what_was_reversed(year: World) -> None:
    report = preview(year)
    by_place: Counter[int] = Counter()
    by_month: Counter[int] = Counter()
    for charge in trade.rows(year.context, select(Charge)):
        by_place[charge.institution_id] += charge.amount_ore
        by_month[charge.effective_on.month] += charge.amount_ore
    assert report.totals.paid_ore == by_place.total() == 3 * trade.PRICE
    groups = {group.name: group.totals.paid_ore for group in report.institutions}
    assert groups["Søndervangskolen"] == by_place[year.school] == trade.PRICE
    assert groups["Plejecenter Åbo"] == by_place[year.home] == 2 * trade.PRICE
    assert {month.month: month.totals.paid_ore for month in report.months} == {
        month: by_month[month] for month in range(1, 13)
    }
    # Handed over and undone on the same day; a return gives no money back.
    assert by_month[10] == 0


def test_all_three_are_cumulated_since_the_first_line(years: World) -> None:
    since = preview(years).since
    assert since is not None
    assert (since.start, since.totals.pieces) == (FIRST, 6)
    assert since.totals.paid_ore == 6 * trade.PRICE
    assert since.totals.new_value_ore == 6 * 335_000
    found = [
        reports.preview(controller(years), dt.date(year, 1, 1), dt.date(year, 12, 31)).totals
        for year in (2023, 2024, 2025, 2026)
    ]
    assert since.totals.cash_ore == sum(each.cash_ore for each in found)


def test_the_first_twelve_months_are_compared_with_the_last(years: World) -> None:
    since = preview(years).since
    assert since is not None
    assert since.first_year is not None
    assert since.last_year is not None
    # The year goes on, so the last twelve months end today.
    assert since.first_year.paid_ore == trade.PRICE
    assert since.last_year.paid_ore == 3 * trade.PRICE
    paper = plain(reading.whole_text(reports.draft(controller(years), *YEAR).data))
    assert "Siden starten, 20.11.2023" in paper
    assert "omsætning +200 %." in paper


def test_twelve_months_that_share_days_are_not_compared(world: World, clock: Clock) -> None:
    reporting.deliver(world, clock, dt.date(2024, 11, 22))
    reporting.deliver(world, clock, dt.date(2026, 2, 2))
    reporting.at(clock, dt.date(2026, 11, 20))
    since = preview(world).since
    assert since is not None
    assert (since.totals.pieces, since.first_year, since.last_year) == (2, None, None)


def test_an_institution_has_a_start_of_its_own(years: World) -> None:
    since = preview(years, institution_id=years.home).since
    assert since is not None
    assert (since.start, since.totals.paid_ore) == (dt.date(2024, 11, 20), 2 * trade.PRICE)


def test_a_recorded_report_holds_what_had_come_together_by_then(years: World, clock: Clock) -> None:
    row = reports.get(controller(years), recorded(years))
    assert row.totals["revenue"] == 3 * trade.PRICE
    assert row.totals["since_start"]["start"] == "2023-11-20"
    assert row.totals["since_start"]["totals"]["revenue"] == 6 * trade.PRICE
    clock.advance(hours=1)
    reporting.deliver(years, clock, dt.date(2026, 11, 20))
    assert check.run(controller(years)).findings == ()


def test_the_overview_tells_the_same(years: World) -> None:
    report = preview(years)
    found = overview.key_figures(controller(years), *YEAR)
    assert (found.totals, found.since) == (report.totals, report.since)
    assert found.different == report.different == 3
    assert explained(found) == []
    assert found.revenue.title == "Omsætning er højest i februar"
    assert sum(int(bar.value) for bar in found.revenue.bars) == report.totals.paid_ore
    assert sum(int(bar.value) for bar in found.value.bars) == report.totals.new_value_ore


# --- what looks odd is explained where it shows -----------------------------------------------


def test_a_hand_over_undone_after_new_year_is_explained(world: World, clock: Clock) -> None:
    _units, change = reporting.deliver(world, clock, dt.date(2025, 12, 30))
    reporting.at(clock, dt.date(2026, 1, 4))
    changes.undo(world.person("lager"), change)
    report = preview(world)
    assert (report.totals.pieces, report.totals.paid_ore) == (-1, -trade.PRICE)
    assert (report.undone_before, report.different) == (1, 0)
    first = plain(reading.texts(reports.draft(controller(world), *YEAR).data)[0])
    assert "1 udlevering fra før perioden er fortrudt i den: Den tæller −1 her" in first
    (note,) = explained(overview.key_figures(controller(world), *YEAR))
    assert "tæller −1 her" in note
    before = reports.preview(controller(world), dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert (before.totals.pieces, before.undone_before) == (1, 0)


def test_an_undo_inside_the_period_needs_no_explanation(year: World) -> None:
    assert preview(year).undone_before == 0


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (dt.date(2025, 2, 1), dt.date(2025, 2, 28), "29. februar 2024 er ikke med i nogen af"),
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29), "29. februar 2024 er kun med i den ene af"),
        (dt.date(2025, 1, 1), dt.date(2025, 12, 31), "29. februar 2024 er kun med i den ene af"),
    ],
)
def test_a_february_beside_a_leap_february_is_explained(
    world: World, clock: Clock, start: dt.date, end: dt.date, said: str
) -> None:
    reporting.deliver(world, clock, dt.date(start.year - 1, 2, 2))
    reporting.deliver(world, clock, dt.date(start.year, 2, 2))
    reporting.at(clock, dt.date(2026, 11, 20))
    paper = plain(reading.whole_text(reports.draft(controller(world), start, end).data))
    assert f"{said} de to perioder." in paper
    (note,) = explained(overview.key_figures(controller(world), start, end))
    assert said in note
