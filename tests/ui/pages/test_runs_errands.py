"""What is complained of on a run, in the real window: decided, put on, seen to by tick and scan."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moebelcirkel.services import cases, complaints, runs
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.complaints.dialogs import RepairDialog, ReturnDialog
from moebelcirkel.ui.pages.complaints.page import ComplaintsPage
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services import repairing, running
from tests.services.complaining import complained
from tests.ui.pages.customer import texts
from tests.ui.pages.test_complaints_page import opened
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def runs_page(window: MainWindow) -> RunsPage:
    window.go("runs")
    page = window.page
    assert isinstance(page, RunsPage)
    assert page.shell.jobs.wait_idle()
    return page


def window_of(town: World, open_window: OpenWindow) -> MainWindow:
    found = {item.word: item for item in entries.items_for(town.person("lager"))}
    items: list[RailItem] = [found["complaints"], found["runs"]]
    return open_window("lager", items)


def test_a_return_is_agreed_to_and_fetched_by_scan(town: World, open_window: OpenWindow) -> None:
    running.run(town)
    said, _lines, units = complained(town, 2)
    window = window_of(town, open_window)
    window.go("complaints", said.ids[0])
    complaint = window.page
    assert isinstance(complaint, ComplaintsPage)
    assert complaint.shell.jobs.wait_idle()
    complaint.back.click()
    dialog = opened(ReturnDialog)
    assert dialog.is_fetched()
    dialog.alike.set_value(True)
    QTest.keyClick(dialog.fetch.button(0), Qt.Key.Key_Return)  # agrees, and changes nothing
    page = runs_page(window)
    (card,) = page.waiting.rows.entries
    assert (card.title, card.detail) == ("Reklamation: Søndervangskolen", "2 skal hentes")
    page.on_button.click()
    assert page.shell.jobs.wait_idle()
    (stop,) = page.stops.rows.entries
    assert (stop.title, stop.detail) == ("1. Hent: Søndervangskolen", "2 retur til os")
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    assert page.door.button.isVisible()
    first, second = (trade.number(town.context, unit) for unit in units)
    assert page.scanned(first)
    door = page.door.dialog
    assert len(door.pieces.ticked()) == 1
    shown = door.pieces.list
    assert (shown.horizontalScrollBar().maximum(), shown.verticalScrollBar().maximum()) == (0, 0)
    assert shown.item(0).text().startswith(f"{first} · ")
    door.scanned("MC-999999-9")
    assert f"MC-999999-9 er ikke en af dem her: {first}, {second}." in door.notice.text()
    door.scanned(second)
    door.verb.click()
    assert page.shell.jobs.wait_idle()
    assert page.stops.rows.entries[0].detail == "2 retur til os · 2 klaret"
    assert not page.door.button.isVisible()
    assert not page.scanned(first)
    assert left_english(texts(window).splitlines()) == []
    window.go("complaints", said.ids[0])
    assert complaint.shell.jobs.wait_idle()
    assert complaint.card.detail is not None
    assert [ride.done for ride in complaint.card.detail.rides] == [True]


def test_what_they_bring_to_be_repaired_is_driven_home(
    town: World, open_window: OpenWindow
) -> None:
    said, _lines, _units = complained(town, 1)
    window = window_of(town, open_window)
    window.go("complaints", said.ids[0])
    complaint = window.page
    assert isinstance(complaint, ComplaintsPage)
    assert complaint.shell.jobs.wait_idle()
    complaint.repair.click()
    dialog = opened(RepairDialog)
    assert dialog.fetch.label.text() == "Hvordan kommer det hertil og hjem igen?"
    QTest.mouseClick(dialog.fetch.button(1), Qt.MouseButton.LeftButton)
    dialog.verb.click()
    assert complaint.shell.jobs.wait_idle()
    case = complaints.detail(town.person("lager"), said.ids[0]).row.case_id
    cases.finish(town.person("bench"), case or 0, "B")
    (card,) = runs_page(window).waiting.rows.entries
    assert (card.title, card.detail) == ("Reklamation: Søndervangskolen", "1 repareret retur")


def test_furniture_of_their_own_reads_as_on_its_way_to_and_from_its_repair(
    town: World, open_window: OpenWindow
) -> None:
    lager, vehicle = town.person("lager"), running.van(town)
    first = running.run(town, vehicle)
    key = repairing.agreed(town)
    runs.add_pickup(lager, first, trade.row(town.context, Repair, key).pickup_id)
    page = runs_page(window_of(town, open_window))
    assert page.stops.rows.entries[0].detail.endswith("4 møbler · 4 til reparation")


def test_a_label_is_seen_to_at_its_stop_whichever_is_chosen(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    said, _lines, (unit,) = complained(town, 1)
    running.waiting(town, 1, town.home)
    runs.add_delivery(lager, run, town.home)
    complaints.agree_return(lager, said.ids[0], fetch=True)
    repair = repairing.agreed(town)
    runs.add_pickup(lager, run, trade.row(town.context, Repair, repair).pickup_id)
    runs.add_errands(lager, run, town.school)
    page = runs_page(window_of(town, open_window))
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    assert page.scanned(trade.number(town.context, unit))
    assert page.stops.currentIndex().row() == 1
    assert len(page.door.dialog.pieces.ticked()) == 1
    page.door.dialog.verb.click()
    assert page.shell.jobs.wait_idle()
    assert "1 klaret" in page.stops.rows.entries[1].detail


def test_a_pickup_is_said_to_be_on_the_van_at_the_door(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    runs.add_pickup(lager, run, running.accepted(town))
    page = runs_page(window_of(town, open_window))
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    assert page.stops.rows.entries[0].detail == "A-000001 · 62 møbler"
    page.door.button.click()
    door = page.door.dialog
    assert door.pieces.list.item(0).text() == "A-000001 · 62 møbler"
    QTest.keyClick(door.pieces.list, Qt.Key.Key_Space)  # it was ticked already
    door.verb.click()
    assert page.shell.jobs.wait_idle()
    assert "Sæt hak ved eller scan" in door.notice.text()
    door.scanned("MC-000001-8")
    assert door.notice.text() == "MC-000001-8 er ikke en af dem her: A-000001."
    door.scanned("A-000001")
    assert len(door.pieces.ticked()) == 1
    door.verb.click()
    assert page.shell.jobs.wait_idle()
    assert page.stops.rows.entries[0].detail == "A-000001 · 62 møbler · hentet"
    assert not page.door.button.isVisible()
