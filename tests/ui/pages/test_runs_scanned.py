"""The code of a stop, scanned on any page: its run is opened there, with what is next."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from moebelcirkel.domain.runs import read_stop_code, stop_code
from moebelcirkel.services import deliveries, institutions, intake, pickups, runs
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.parts.codes import Codes, leads_to
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.services import reported, running
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(town: World, open_window: OpenWindow, *words: str) -> MainWindow:
    found = {item.word: item for item in entries.items_for(town.person("lager"))}
    return open_window("lager", [found[word] for word in words])


def shown(window: MainWindow) -> Page:
    assert window.page is not None
    assert window.jobs.wait_idle()
    return window.page


def texts(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def planned(town: World, days: int = 0) -> runs.Planned:
    """The school gets two of three pieces that are picked, and has something to be fetched."""
    lager, run = town.person("lager"), running.run(town, days=days)
    running.waiting(town, 1, town.home)
    runs.add_delivery(lager, run, town.home)
    lines = running.waiting(town, 3)
    runs.add_delivery(lager, run, town.school)
    runs.add_pickup(lager, run, running.accepted(town))
    deliveries.pick(lager, lines[:2])
    return runs.one(lager, run)


def test_a_stop_is_opened_from_any_page_and_what_is_picked_is_handed_over(
    town: World, open_window: OpenWindow
) -> None:
    run = planned(town)
    window = opened(town, open_window, "deliveries", "runs", "pickups")
    shown(window)
    # No note is printed yet.
    window.scanned(run.halts[1].code)
    page = shown(window)
    assert isinstance(page, RunsPage)
    assert page.stops.currentIndex().row() == 1
    assert page.lead.button.text() == "Udlevér …"
    assert page.lead.button.hasFocus()
    page.lead.button.click()
    assert window.jobs.wait_idle()
    handing = shown(window)
    assert isinstance(handing, DeliveriesPage)
    assert handing.dialog.verb.text() == "Udlevér 2 møbler"
    dialog = handing.dialog
    dialog.verb.click()
    assert window.jobs.wait_idle()
    lager = town.person("lager")
    assert runs.one(lager, run.id).halts[1].delivered == 2
    # It opens once: whoever comes back to the page hands over by its own button.
    handing.reload()
    shown(window)
    assert handing.dialog is dialog
    assert window.back()
    assert shown(window) is page
    page.stops.setCurrentIndex(page.stops.rows.index(1, 0))
    assert page.lead.button.text() == "Åbn afhentningen"
    QTest.keyClick(page.stops, Qt.Key.Key_Return)
    fetched = shown(window)
    assert isinstance(fetched, PickupsPage)
    assert "A-000001" in texts(fetched)


def test_a_stop_of_another_week_is_found_too(town: World, open_window: OpenWindow) -> None:
    run = planned(town, days=15)
    window = opened(town, open_window, "runs")
    page = shown(window)
    assert isinstance(page, RunsPage)
    assert page.runs.rows.entries == []
    window.scanned(run.halts[1].code.lower())
    shown(window)
    assert page.run_card.heading.text().endswith("Kassevogn")
    assert page.stops.currentIndex().row() == 1
    runs.remove(town.person("lager"), *run.halts[0].ids)
    window.scanned(run.halts[0].code)
    shown(window)
    assert f"Stoppet {run.halts[0].code} er ikke længere på en køretur" in texts(page)


def test_a_note_opens_the_stop_that_it_is_for(town: World, open_window: OpenWindow) -> None:
    run, lager = planned(town, days=15), town.person("lager")
    deliveries.prepare_note(lager, town.school)
    [note] = deliveries.notes(lager)
    window = opened(town, open_window, "runs")
    page = shown(window)
    assert isinstance(page, RunsPage)
    window.scanned(note.number.lower())
    shown(window)
    assert page.run_card.heading.text().endswith("Kassevogn")
    assert page.stops.currentIndex().row() == 1
    assert page.lead.button.hasFocus()
    runs.remove(lager, *run.halts[1].ids)
    window.scanned(note.number)
    shown(window)
    assert f"Følgesedlen {note.number} er ikke på en køretur" in texts(page)


def test_who_takes_a_stop_off_is_led_to_the_list(town: World, open_window: OpenWindow) -> None:
    run = planned(town, days=1)
    window = opened(town, open_window, "runs")
    page = shown(window)
    assert isinstance(page, RunsPage)
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.off_button.setFocus()
    page.off_button.click()
    assert window.jobs.wait_idle()
    assert page.stops.hasFocus()
    QTest.keyClick(page.stops, Qt.Key.Key_Return)
    assert window.jobs.wait_idle()
    assert len(runs.one(town.person("lager"), run.id).halts) == 1


def test_a_run_is_not_moved_to_a_day_that_does_not_suit_unasked(
    town: World, open_window: OpenWindow
) -> None:
    run, lager = planned(town), town.person("lager")
    admin = town.person("admin")
    school = institutions.get(admin, town.school)
    assert school is not None
    later = lager.today() + dt.timedelta(days=14)
    week = later.isocalendar().week
    closed = replace(school.form, closed_weeks=str(week))
    institutions.save(admin, closed, school.id, school.version)
    window = opened(town, open_window, "runs")
    page = shown(window)
    assert isinstance(page, RunsPage)
    page.change_button.click()
    dialog = page.dialog
    assert not dialog.again.isVisible()
    dialog.day.set_value(later)
    dialog.verb.click()
    assert window.jobs.wait_idle()
    assert dialog.again.isVisible()
    assert f"Den dag passer ikke til: {school.form.name}" in dialog.again.error.text()
    assert runs.one(lager, run.id).driven_on == run.driven_on
    dialog.again.set_value(True)
    dialog.verb.click()
    assert window.jobs.wait_idle()
    assert runs.one(lager, run.id).driven_on == later


def test_a_stop_with_nothing_to_do_leads_nowhere(town: World, open_window: OpenWindow) -> None:
    lager, run = town.person("lager"), running.run(town)
    running.waiting(town, 1)
    runs.add_delivery(lager, run, town.school)
    window = opened(town, open_window, "runs")
    window.scanned(runs.one(lager, run).halts[0].code)
    page = shown(window)
    assert isinstance(page, RunsPage)
    assert page.stops.currentIndex().row() == 0
    assert not page.lead.button.isVisible()


def test_of_two_pickups_the_one_that_waits_is_opened(town: World, open_window: OpenWindow) -> None:
    lager, run = town.person("lager"), running.run(town)
    first = running.accepted(town)
    runs.add_pickup(lager, run, first)
    runs.add_pickup(lager, run, running.accepted(town))
    intake.register(lager, reported.batch_for(town, 1, first, reported.line_of(lager, first)))
    pickups.close(lager, first)
    window = opened(town, open_window, "runs", "pickups")
    window.scanned(runs.one(lager, run).halts[0].code)
    page = shown(window)
    assert isinstance(page, RunsPage)
    page.lead.button.click()
    assert "A-000002" in texts(shown(window))


@pytest.mark.parametrize("code", ["S-00017", " s-00017 ", "S-123456"])
def test_a_code_of_a_stop_is_known(code: str) -> None:
    key = read_stop_code(code)
    assert key is not None
    assert read_stop_code(stop_code(key)) == key
    assert leads_to(code) == ("runs", code)


@pytest.mark.parametrize("code", ["S-1", "F-00017", "K-00017", "MC-000017-4", "S-0001x", "2-14-C"])
def test_other_codes_open_no_stop(code: str) -> None:
    assert read_stop_code(code) is None
    assert leads_to(code) is None


def test_the_scanner_knows_it(town: World, open_window: OpenWindow) -> None:
    window = opened(town, open_window, "runs")
    codes = Codes(window.jobs, window)
    assert codes.is_code("S-00017")
    assert codes.looks_like("s-00017")
    assert not codes.is_code("S-17")
