"""The overview in the window: cards, charts, table, narrowing, and what a leader sees."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.domain import periods
from moebelcirkel.services import overview, reports, tasks
from moebelcirkel.ui.kit import longwork
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.pictures.charts import BarChartView
from moebelcirkel.ui.pages.overview import words
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.overview.table import OverviewLine
from moebelcirkel.ui.pages.reports.page import ReportsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates
from tests.answers import Made
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import reporting
from tests.world import World

OpenWindow = Callable[..., MainWindow]


@templates.begun
def year(town: World, clock: Clock) -> None:
    """Three chairs for the school, one for the home, one scrapped after work of 150 kr."""
    tasks.confirm_rates(town.context)
    reporting.deliver(town, clock, dt.date(2026, 3, 2), count=3, in_house=9)
    reporting.deliver(town, clock, dt.date(2026, 8, 3), institution=town.home, in_house=20)
    reporting.scrap_after_work(town, clock, dt.date(2026, 9, 1), 15_000, "0.5")
    reporting.at(clock, dt.date(2026, 11, 20))


def opened(open_window: OpenWindow, town: World, who: str) -> tuple[MainWindow, OverviewPage]:
    known = entries.items_for(town.person(who))
    window = open_window(who, [item for item in known if item.word in ("overview", "reports")])
    page = window.page
    assert isinstance(page, OverviewPage)
    return window, page


def cells(page: OverviewPage) -> list[tuple[str, ...]]:
    model = page.sums.model
    return [
        tuple(
            str(model.index(row, column).data()).replace("\u00a0", " ")
            for column in range(model.columnCount())
        )
        for row in range(model.rowCount())
    ]


def line(page: OverviewPage, number: int) -> OverviewLine:
    found = page.sums.model.row_at(number)
    assert found is not None
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_institutions_with_corrections_only_are_counted_apart(town: World, clock: Clock) -> None:
    units, _change = reporting.deliver(town, clock, dt.date(2025, 3, 2))
    reporting.deliver(town, clock, dt.date(2026, 3, 2), institution=town.home)
    reporting.take_back(town, clock, dt.date(2026, 4, 2), units)
    found = overview.key_figures(
        town.person("controller"), dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    )
    assert words.pieces(found)[1].split(" · ")[1] == "til 1 institution, 1 kun med rettelser"


def test_cards_table_and_coverage_say_what_was_delivered(
    open_window: OpenWindow, year: World
) -> None:
    _window, page = opened(open_window, year, "controller")
    # Four chairs gained 3,250 each; 150 went into the scrapped one.
    assert plain(page.gain.figure()) == "12.850 kr."
    assert page.reused.figure() == "4"
    assert plain(page.worth.figure()) == "13.400 kr."
    assert plain(page.co2.figure()) == "174 kg"
    assert plain(page.lifetime.figure()) == "7.490 kr."
    assert plain(page.revenue.figure()) == "5.360 kr."
    assert page.saved.isHidden()
    assert cells(page) == [
        ("Søndervangskolen", "3", "10.050 kr.", "9.750 kr.", "4.020 kr.", "131,1 kg", "76 %"),
        ("Plejecenter Åbo", "1", "3.350 kr.", "3.250 kr.", "1.340 kr.", "43,7 kg", "25 %"),
        ("Uden modtager (kasserede)", "0", "0 kr.", "\u2212150 kr.", "0 kr.", "\u22120,5 kg", ""),
        ("I alt", "4", "13.400 kr.", "12.850 kr.", "5.360 kr.", "174,2 kg", "100 %"),
    ]
    assert plain(page.sums.cover.text()) == (
        "4 af 4 linjer bruger en faktor, der er læst i en kilde"
        " · 100 % af nyprisen er dokumenteret, 0 % er skøn"
        " · 100 % har svaret på, om de ville have købt nyt"
        " · Ved siden af besparelsen og aldrig lagt til den: skyggeværdi af netto undgået CO₂e"
        " 210,84 kr. ved 1.210 kr. pr. ton (2026)"
        " · Hvert tal er afrundet for sig, så en kolonne kan afvige lidt fra sin sum"
    )
    assert page.money_chart.plot.chart.title == "Sparet indkøb er højest i marts"
    assert page.revenue_chart.plot.chart.title == "Omsætning er højest i marts"


def test_a_pressed_row_narrows_and_the_way_back_widens(
    open_window: OpenWindow, year: World
) -> None:
    window, page = opened(open_window, year, "controller")
    view = page.sums.view
    at = view.visualRect(page.sums.model.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.jobs.wait_idle()
    assert page.place.text() == "Plejecenter Åbo"
    assert plain(page.gain.figure()) == "3.250 kr."
    assert plain(page.saved.figure()) == "2.010 kr."
    assert page.worth.isHidden()
    assert cells(page)[0][0] == "Kontorstol (arbejdsstol)"
    page.sums.back.click()
    assert window.jobs.wait_idle()
    assert page.place.text() == "Alle institutioner"
    assert plain(page.gain.figure()) == "12.850 kr."


def test_return_on_a_row_narrows_too(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year, "controller")
    page.sums.view.setFocus()
    page.sums.view.selectRow(0)
    QTest.keyClick(page.sums.view, Qt.Key.Key_Return)
    assert window.jobs.wait_idle()
    assert page.place.text() == "Søndervangskolen"


def test_the_total_stays_last_however_rows_are_ordered(
    open_window: OpenWindow, year: World
) -> None:
    _window, page = opened(open_window, year, "controller")
    for key in ("name", "pieces", "new_value", "cash", "revenue", "co2", "share"):
        for descending in (True, False):
            page.sums.model.order_by(key, descending=descending)
            assert [line(page, 2).kind, line(page, 3).kind] == ["apart", "total"]
    page.sums.model.order_by("cash", descending=False)
    assert line(page, 0).name == "Plejecenter Åbo"


def test_rows_without_room_are_one_until_all_are_asked_for(
    open_window: OpenWindow, town: World, clock: Clock
) -> None:
    from moebelcirkel.services.context import Work
    from moebelcirkel.storage.tables.institutions import Institution

    def more(work: Work) -> Made:
        rows = [Institution(name=f"Institution {number}") for number in range(12)]
        work.session.add_all(rows)
        work.session.flush()
        return Made(ids=tuple(row.id for row in rows))

    for institution in town.context.write("setup", None, more).ids:
        reporting.deliver(town, clock, dt.date(2026, 3, 2), institution=institution)
    reporting.at(clock, dt.date(2026, 11, 20))
    _window, page = opened(open_window, town, "controller")
    shown, count = page.sums.model.counts()
    assert 2 <= shown < count == 12
    rest = line(page, shown)
    assert (rest.kind, rest.name) == ("rest", f"Øvrige {12 - shown} institutioner")
    assert rest.totals.pieces == 12 - shown
    page.sums.every.click()
    assert page.sums.model.counts() == (12, 12)
    page.sums.every.click()
    assert page.sums.model.counts() == (shown, 12)


def test_an_empty_period_says_what_to_do(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year, "controller")
    page.period.choose(periods.month(2026, 1))
    assert window.jobs.wait_idle()
    assert page.period.text() == "januar 2026"
    assert page.sums.stack.currentWidget() is page.sums.empty
    assert plain(page.gain.figure()) == "0 kr."
    assert page.sums.cover.isHidden()
    assert page.money_chart.plot.chart.title == "Sparet indkøb i januar"


def test_a_leader_sees_our_figures(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year, "leader")
    assert window.header.title.text() == "Vores tal"
    assert page.place.isHidden()
    assert plain(page.gain.figure()) == "9.750 kr."
    assert plain(page.saved.figure()) == "6.030 kr."
    assert page.sums.back.isHidden()


def test_a_delivery_made_meanwhile_is_shown(
    open_window: OpenWindow, year: World, clock: Clock
) -> None:
    window, page = opened(open_window, year, "controller")
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    clock.advance(minutes=1)
    window.broadcast(frozenset({"figure_line"}))
    assert window.jobs.wait_idle()
    assert page.reused.figure() == "5"


def test_print_report_opens_the_draft_of_the_same_period(
    open_window: OpenWindow, year: World
) -> None:
    from moebelcirkel.ui.pages.reports.page import ReportsPage

    window, page = opened(open_window, year, "controller")
    page.period.choose(periods.quarter(2026, 3))
    assert window.jobs.wait_idle()
    page.narrow(year.home)
    assert window.jobs.wait_idle()
    page.report.click()
    assert window.jobs.wait_idle()
    reports_page = window.page
    assert isinstance(reports_page, ReportsPage)
    paper = reports_page.shown.paper
    assert paper is not None
    assert (paper.start, paper.end) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert (paper.institution, paper.pieces) == ("Plejecenter Åbo", 1)
    assert reports_page.place.text() == "Plejecenter Åbo"


def test_the_spreadsheet_is_written_whole(
    open_window: OpenWindow, year: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = opened(open_window, year, "controller")
    asked: list[str] = []

    def save(_page: object, title: str, name: str, make: object) -> None:
        asked.append(name)
        longwork.write_file(page, title, tmp_path / name, make)  # type: ignore[arg-type]

    monkeypatch.setattr("moebelcirkel.ui.pages.overview.page.save_file", save)
    page.excel.click()
    assert window.jobs.wait_idle()
    assert asked == ["besparelser-20260101-20261120.xlsx"]
    assert (tmp_path / asked[0]).read_bytes().startswith(b"PK")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_everything_has_a_name_is_danish_and_fits(
    open_window: OpenWindow, year: World, size: tuple[int, int]
) -> None:
    window, page = opened(open_window, year, "controller")
    window.resize(*size)
    texts = [each.text() for each in page.findChildren(QLabel)]
    texts += [each.text() for each in window.findChildren(QPushButton)]
    assert left_english(texts) == []
    assert page.width() <= window.width()
    for named in (page.period, page.place, page.sums.view, page.money_chart.plot):
        assert named.accessibleName()
    assert page.money_chart.plot.accessibleDescription()
    assert not page.findChildren(ChipLabel)


def test_what_a_chart_shows_is_read_in_full(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year, "controller")
    window.resize(1280, 720)
    assert window.jobs.wait_idle()
    QTest.qWait(50)
    charts = page.findChildren(BarChartView)
    assert charts
    for chart in charts:
        label = chart._subtitle
        assert not label.text().endswith("…")
        assert label.heightForWidth(label.width()) <= label.height()


def test_what_records_for_ever_is_not_where_the_draft_was_asked_for(
    open_window: OpenWindow, year: World, qtbot: QtBot
) -> None:
    window, page = opened(open_window, year, "controller")
    asked = page.report.mapTo(window, page.report.rect().center())
    page.report.setFocus()
    QTest.mouseClick(page.report, Qt.MouseButton.LeftButton)
    assert window.jobs.wait_idle()
    reports_page = window.page
    assert isinstance(reports_page, ReportsPage)
    assert reports_page.main.text() == "Gem og udskriv"
    qtbot.waitUntil(lambda: reports_page.main.isVisible() and reports_page.csv.isVisible())
    qtbot.wait(10)
    focus = window.focusWidget()
    assert focus is not None
    assert focus is not reports_page.shown.back
    assert reports_page.isAncestorOf(focus)
    main = reports_page.main
    assert not main.rect().contains(main.mapFrom(window, asked))
    QTest.mouseClick(main, Qt.MouseButton.LeftButton)
    assert window.jobs.wait_idle()
    assert reports.recorded(year.person("controller")) == []
