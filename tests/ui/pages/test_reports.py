"""Reports in the window: drafts, recording, reprints, hour rates, stopping."""

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.domain import periods
from moebelcirkel.domain.errors import Interrupted
from moebelcirkel.services import reports, tasks
from moebelcirkel.ui.kit import longwork
from moebelcirkel.ui.kit.longwork import LongWork
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.reports.page import ReportsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services import reporting
from tests.world import World

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without one, so that no dialog of the system opens."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))


@templates.begun
def year(town: World, clock: Clock) -> None:
    tasks.confirm_rates(town.context)
    reporting.deliver(town, clock, dt.date(2026, 3, 2), count=2)
    reporting.deliver(town, clock, dt.date(2026, 8, 3), institution=town.home)
    reporting.at(clock, dt.date(2026, 11, 20))


def opened(
    open_window: OpenWindow, town: World, who: str = "controller"
) -> tuple[MainWindow, ReportsPage]:
    known = entries.items_for(town.person(who))
    window = open_window(who, [item for item in known if item.word == "reports"])
    page = window.page
    assert isinstance(page, ReportsPage)
    return window, page


def draft(window: MainWindow, page: ReportsPage) -> reports.Paper:
    page.create_new()
    assert window.jobs.wait_idle()
    assert page.shown.paper is not None
    return page.shown.paper


def test_the_list_is_empty_at_first_and_offers_a_draft(
    open_window: OpenWindow, year: World
) -> None:
    window, page = opened(open_window, year)
    assert page.model.rowCount() == 0
    assert page.period.isHidden()
    page.empty.pressed.emit()
    assert window.jobs.wait_idle()
    paper = page.shown.paper
    assert paper is not None
    assert (paper.number, paper.pieces, paper.cash_ore) == (None, 3, 3 * 325_000)
    assert page.shown.state.text() == "Kladde"
    assert page.shown.preview.page_count() >= 4
    assert page.shown.preview.save_button.isHidden()
    assert not page.period.isHidden()
    assert page.main.text() == "Gem og udskriv"
    assert reports.recorded(year.person("controller")) == []


def test_another_period_or_institution_makes_another_draft(
    open_window: OpenWindow, year: World
) -> None:
    window, page = opened(open_window, year)
    draft(window, page)
    page.period.choose(periods.quarter(2026, 1))
    assert window.jobs.wait_idle()
    assert page.shown.paper is not None
    assert page.shown.paper.pieces == 2
    page.place.show_key(year.home)
    page.place.chosen.emit(year.home)
    assert window.jobs.wait_idle()
    assert (page.shown.paper.institution, page.shown.paper.pieces) == ("Plejecenter Åbo", 0)


def test_save_and_print_records_and_keeps_the_very_bytes(
    open_window: OpenWindow, year: World
) -> None:
    window, page = opened(open_window, year)
    draft(window, page)
    page.main.click()
    assert window.jobs.wait_idle()
    (row,) = reports.recorded(year.person("controller"))
    assert (row.number, row.by) == ("2026-001", "Controller")
    paper = page.shown.paper
    assert paper is not None
    assert paper.number == "2026-001"
    assert paper.data == reports.reprint(year.person("controller"), row.id, all_lines=False)
    assert page.shown.state.text() == "Nr. 2026-001"
    assert not page.shown.preview.save_button.isHidden()
    assert page.period.isHidden()
    assert "ingen printer" in page.shown.preview._note.text()
    page.shown.back.click()
    assert page.stack.currentWidget() is page.list_card
    assert page.model.rowCount() == 1


def test_the_lines_are_printed_when_they_are_ticked(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year)
    draft(window, page)
    pages = page.shown.preview.page_count()
    assert not page.shown.lines.isChecked()
    page.shown.lines.click()
    assert window.jobs.wait_idle()
    assert page.shown.preview.page_count() == pages + 1
    page.main.click()
    assert window.jobs.wait_idle()
    paper = page.shown.paper
    assert paper is not None
    assert paper.report_id is not None
    assert paper.data == reports.reprint(year.person("controller"), paper.report_id)
    page.shown.lines.click()
    assert window.jobs.wait_idle()
    assert page.shown.preview.page_count() == pages


def test_a_recorded_report_opens_from_the_list_by_keyboard(
    open_window: OpenWindow, year: World, clock: Clock
) -> None:
    done = reports.record(year.person("controller"), dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    clock.advance(hours=1)
    reporting.deliver(year, clock, dt.date(2026, 5, 1))
    window, page = opened(open_window, year)
    page.view.setFocus()
    page.view.selectRow(0)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert window.jobs.wait_idle()
    paper = page.shown.paper
    assert paper is not None
    assert (paper.report_id, paper.pieces) == (done.id, 2)
    assert page.main.text() == "Udskriv …"
    facts = dict(page.shown.facts.facts())
    assert facts["Segl"] == f"{done.seal[:4]} {done.seal[4:8]}"


def test_hour_rates_are_confirmed_before_the_first_report(
    open_window: OpenWindow, town: World, clock: Clock
) -> None:
    window, page = opened(open_window, town)
    draft(window, page)
    page.main.click()
    assert window.jobs.wait_idle()
    question = window.findChild(Question)
    assert question is not None
    said = " ".join(label.text() for label in question.findChildren(QLabel))
    assert "Personale 300\u00a0kr." in said
    assert reports.recorded(town.person("controller")) == []
    question.verb.click()
    assert window.jobs.wait_idle()
    assert [row.number for row in reports.recorded(town.person("controller"))] == ["2026-001"]


def test_a_leader_is_told_who_confirms_the_rates(open_window: OpenWindow, town: World) -> None:
    window, page = opened(open_window, town, "leader")
    draft(window, page)
    page.main.click()
    assert window.jobs.wait_idle()
    assert window.findChild(Question) is None
    assert "skal bekræfte dem" in window.messages.notice.text()


def test_a_leader_makes_reports_of_the_own_institution(
    open_window: OpenWindow, year: World
) -> None:
    window, page = opened(open_window, year, "leader")
    paper = draft(window, page)
    assert (paper.institution, paper.pieces) == ("Søndervangskolen", 2)
    assert page.place.isHidden()


def test_long_work_is_shown_and_can_be_stopped(
    open_window: OpenWindow, year: World, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(longwork, "_SHOW_AFTER_MS", 0)
    going = threading.Event()

    def endless(*values: object) -> None:
        progress = values[-1]
        assert callable(progress)
        pause = threading.Event()
        for step in range(2_000):
            progress(step % 100, 100)
            going.set()
            pause.wait(0.005)

    window, page = opened(open_window, year)
    draft(window, page)
    monkeypatch.setattr(reports, "record", endless)
    page.record()
    work = window.findChildren(LongWork)[-1]
    qtbot.waitUntil(lambda: going.is_set() and work.isVisible() and work.line.value() > 0)
    work.stop_button.click()
    assert window.jobs.wait_idle()
    assert reports.recorded(year.person("controller")) == []
    assert page.shown.state.text() == "Kladde"


@pytest.mark.parametrize(("button", "start"), [("excel", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_spreadsheets_of_drafts_and_recorded_reports(
    open_window: OpenWindow,
    year: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    button: str,
    start: bytes,
) -> None:
    names: list[str] = []

    def save(page: ReportsPage, title: str, name: str, make: object) -> None:
        names.append(name)
        longwork.write_file(page, title, tmp_path / name, make)  # type: ignore[arg-type]

    monkeypatch.setattr("moebelcirkel.ui.pages.reports.page.save_file", save)
    window, page = opened(open_window, year)
    draft(window, page)
    getattr(page, button).click()
    assert window.jobs.wait_idle()
    page.record()
    assert window.jobs.wait_idle()
    getattr(page, button).click()
    assert window.jobs.wait_idle()
    ending = {"excel": "xlsx", "csv": "csv"}[button]
    assert names == [
        f"besparelsesrapport-20260101-20261120.{ending}",
        f"besparelsesrapport-2026-001.{ending}",
    ]
    assert all((tmp_path / name).read_bytes().startswith(start) for name in names)


def test_a_file_that_cannot_be_written_is_said(
    open_window: OpenWindow, year: World, tmp_path: Path
) -> None:
    window, page = opened(open_window, year)
    path = tmp_path / "nowhere" / "linjer.csv"
    longwork.write_file(page, "CSV", path, lambda _context, _progress: b"x")
    assert window.jobs.wait_idle()
    assert "linjer.csv kunne ikke gemmes" in window.messages.notice.text()


def test_a_spreadsheet_that_is_stopped_or_finds_no_room_leaves_nothing(
    open_window: OpenWindow, year: World, tmp_path: Path
) -> None:
    window, page = opened(open_window, year)

    def stopped(_context: object, _progress: object) -> bytes:
        raise Interrupted

    folder = tmp_path / "ark"
    (folder / "mappe.xlsx").mkdir(parents=True)
    longwork.write_file(page, "XLSX", folder / "linjer.xlsx", stopped)
    assert window.jobs.wait_idle()
    longwork.write_file(page, "XLSX", folder / "mappe.xlsx", lambda _context, _progress: b"x")
    assert window.jobs.wait_idle()
    assert "mappe.xlsx kunne ikke gemmes" in window.messages.notice.text()
    assert [each.name for each in folder.iterdir()] == ["mappe.xlsx"]


def test_all_is_danish(open_window: OpenWindow, year: World) -> None:
    window, page = opened(open_window, year)
    draft(window, page)
    texts = [each.text() for each in page.findChildren(QLabel)]
    texts += [each.text() for each in window.findChildren(QPushButton)]
    assert left_english(texts) == []
