"""Køreture in the real window: planned, filled with what waits, put in order, taken back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.services import deliveries, institutions, runs
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.runs.dialogs import TickList
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import running
from tests.services import test_runs_straight as straight
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(town: World, open_window: OpenWindow) -> RunsPage:
    found = {item.word: item for item in entries.items_for(town.person("lager"))}
    items: list[RailItem] = [found["runs"], found["deliveries"]]
    page = open_window("lager", items).page
    assert isinstance(page, RunsPage)
    return page


def settled(page: RunsPage) -> None:
    assert page.shell.jobs.wait_idle()


def titles(page: RunsPage) -> list[str]:
    return [card.title for card in page.stops.rows.entries]


def texts(page: RunsPage) -> str:
    shown = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown).replace("\u00a0", " ")


def test_what_waits_is_put_on_a_new_run_and_driven_in_the_order_it_is_dragged_to(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    running.van(town)
    running.waiting(town, 3)
    running.waiting(town, 1)
    running.waiting(town, 2, town.home)
    running.accepted(town)
    page = opened(town, open_window)
    assert "Ingen køretur er planlagt" in texts(page)
    assert not page.on_button.isEnabled()
    page.create_new()
    page.dialog.driver.line.setText("Chauffør")
    page.dialog.verb.click()
    settled(page)
    for _each in range(3):
        qtbot.waitUntil(lambda: page.guards.waiting.settled)
        QTest.mouseClick(page.on_button, Qt.MouseButton.LeftButton)
        settled(page)
    assert page.waiting.rows.entries == []
    # What is brought to the school and what is fetched there is one stop.
    first = ["1. Plejecenter Åbo", "2. Søndervangskolen"]
    assert titles(page) == first
    detail = "2 bestillinger samlet · 4 møbler · 4 ikke plukket · hent 62 møbler (A-000001)"
    assert page.stops.rows.entries[1].detail == detail
    assert [each.text() for each in page.figures.buttons] == ["3 ture sparet ved samling"]
    assert "2 stop" in page.runs.rows.entries[0].detail
    # It is dragged to the top with all that is done there.
    dragged = page.stops.rows.mimeData([page.stops.rows.index(1, 0)])
    drop(page, dragged, 0)
    qtbot.waitUntil(lambda: titles(page)[0] == "1. Søndervangskolen")
    assert page.stops.rows.entries[0].detail == detail
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    QTest.keyClick(page.stops, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settled(page)
    assert titles(page) == first
    assert page.stops.currentIndex().row() == 1
    page.cancel_button.click()
    settled(page)
    assert page.runs.rows.entries == []
    assert len(page.waiting.rows.entries) == 3
    assert left_english(texts(page).splitlines()) == []


def test_there_is_fetched_at_the_end_where_the_van_has_no_room_before(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, run = town.person("lager"), running.run(town)
    running.waiting(town, 3)
    running.waiting(town, 2, town.home)
    runs.add_delivery(lager, run, town.school)
    runs.add_delivery(lager, run, town.home)
    runs.add_pickup(lager, run, running.accepted(town))
    page = opened(town, open_window)
    assert titles(page) == ["1. Søndervangskolen", "2. Plejecenter Åbo"]
    page.stops.setCurrentIndex(page.stops.rows.index(1, 0))
    assert not page.order.last_button.isVisible()
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.order.last_button.click()
    settled(page)
    apart = ["1. Søndervangskolen", "2. Plejecenter Åbo", "3. Hent: Søndervangskolen"]
    assert titles(page) == apart
    # Dragged to where the van is anyway, it is one stop again.
    drop(page, page.stops.rows.mimeData([page.stops.rows.index(2, 0)]), 1)
    qtbot.waitUntil(lambda: titles(page) == ["1. Søndervangskolen", "2. Plejecenter Åbo"])
    settled(page)


def test_of_what_is_done_at_one_stop_a_part_is_taken_off(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    running.waiting(town, 3)
    runs.add_delivery(lager, run, town.school)
    runs.add_pickup(lager, run, running.accepted(town))
    page = opened(town, open_window)
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.off_button.click()
    dialog = page.order.dialog
    assert len(dialog.parts.ticked()) == 2
    rows = [dialog.parts.list.item(row) for row in range(2)]
    assert [row.text() for row in rows] == [
        "1 bestilling · 3 møbler · 3 ikke plukket",
        "hent 62 møbler (A-000001)",
    ]
    for row in rows:
        row.setCheckState(Qt.CheckState.Unchecked)
    dialog.verb.click()
    assert dialog.why.error.isVisible()
    dialog.why.set_value("nobody")
    dialog.said.set_value("Porten var låst")
    dialog.verb.click()
    assert any("Sæt kryds ved det, der skal vente igen." in each for each in said(dialog))
    rows[1].setCheckState(Qt.CheckState.Checked)
    dialog.verb.click()
    settled(page)
    missed = "ikke nået: A-000001 Søndervangskolen (Der var ingen: Porten var låst)"
    assert missed in texts(page)
    assert [card.detail for card in page.stops.rows.entries] == [
        "1 bestilling · 3 møbler · 3 ikke plukket"
    ]
    assert [card.title for card in page.waiting.rows.entries] == ["Hent: Søndervangskolen"]
    runs.add_pickup(lager, run, runs.planned_week(lager, lager.today()).pickups[0].id)
    page.reload()
    settled(page)
    page.off_button.click()
    page.order.dialog.why.set_value("planned")
    page.order.dialog.verb.click()
    settled(page)
    assert page.stops.rows.entries == []
    page.shell.undo()
    settled(page)
    assert titles(page) == ["1. Søndervangskolen"]


def said(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def drop(page: RunsPage, data: QMimeData, row: int) -> None:
    """Let go between two cards, as Qt tells the model of it."""
    page.stops.rows.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, QModelIndex())


def test_what_was_handed_over_is_not_ticked_when_the_rest_of_a_stop_is_taken_off(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    lines = running.waiting(town, 3)
    runs.add_delivery(lager, run, town.school)
    runs.add_pickup(lager, run, running.accepted(town))
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    page = opened(town, open_window)
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.off_button.click()
    dialog = page.order.dialog
    rows = [dialog.parts.list.item(row) for row in range(2)]
    assert [row.checkState() is Qt.CheckState.Checked for row in rows] == [False, True]
    dialog.why.set_value("nobody")
    dialog.said.set_value("Porten var låst. " * 24)
    dialog.verb.click()
    settled(page)
    assert [card.detail for card in page.stops.rows.entries] == [
        "1 bestilling · 3 møbler · 3 udleveret"
    ]
    assert len(page.notes.text()) > 400
    assert len(page.notes.label.text()) < 250  # and the buttons below it stay where they are
    page.notes.more.click()
    assert page.notes.label.text() == page.notes.text()


def test_who_waits_for_another_day_is_driven_to_once_that_is_said(
    town: World, open_window: OpenWindow
) -> None:
    admin = town.person("admin")
    found = institutions.get(admin, town.school)
    assert found is not None
    institutions.save(admin, replace(found.form, weekday=2), found.id, found.version)
    running.run(town)
    running.waiting(town, 1)
    page = opened(town, open_window)
    page.on_button.click()
    question = page.findChild(Question)
    assert question is not None
    # The full stop of the day is that of the sentence.
    assert "Søndervangskolen får sin næste levering tirsdag 24.11." in said(question)
    question.accept()
    settled(page)
    assert titles(page) == ["1. Søndervangskolen"]


def test_what_a_colleague_has_taken_meanwhile_is_said_and_the_page_is_fresh(
    town: World, open_window: OpenWindow
) -> None:
    vehicle = running.van(town)
    running.run(town, vehicle)
    other = running.run(town, vehicle)
    running.waiting(town, 2)
    page = opened(town, open_window)
    assert page.on_button.isEnabled()
    runs.add_delivery(town.person("lager"), other, town.school)
    page.on_button.click()
    settled(page)
    assert "Der venter ikke længere noget til Søndervangskolen" in texts(page)
    assert page.waiting.rows.entries == []


def test_a_run_is_closed_with_its_kilometres_and_says_what_it_cost(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    lines = running.waiting(town, 2)
    runs.add_delivery(lager, run, town.school)
    page = opened(town, open_window)
    page.close_button.click()
    page.closing.km.line.setText("42,5")
    page.closing.verb.click()
    settled(page)
    said = [label.text() for label in page.closing.findChildren(QLabel)]
    assert any("2 af møblerne på K-00001 er ikke udleveret" in text for text in said)
    wide = page.closing.width()
    assert page.closing.height() >= page.closing.column.totalHeightForWidth(wide)
    page.closing.cancel.click()
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    page.reload()
    settled(page)
    assert "transport er foreløbig, til køreturen er lukket" in texts(page)
    page.close_button.click()
    page.closing.km.line.setText("42,5")
    stops = page.closing.stops.list
    assert stops.item(0).text() == "1. Søndervangskolen"
    middle = stops.visualItemRect(stops.item(0)).center()
    QTest.mouseClick(stops.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    page.closing.verb.click()
    settled(page)
    assert "Kørt 42,5 km · 161,08 kr. · 13 kg CO₂e · emballage med fra 1 stop" in texts(page)
    assert page.stops.rows.entries[0].detail.endswith("emballage taget med")
    assert not page.close_button.isEnabled()
    assert not page.on_button.isEnabled()


def test_what_is_driven_straight_on_is_said_at_both_of_its_stops(
    town: World, open_window: OpenWindow
) -> None:
    run = running.run(town, days=1)
    _pickup, units = straight.offered(town)
    straight.ordered(town, units)
    page = opened(town, open_window)
    page.on_button.click()
    settled(page)
    assert titles(page) == ["1. Hent: Søndervangskolen", "2. Plejecenter Åbo"]
    taken, set_down = (card.detail for card in page.stops.rows.entries)
    assert taken == "A-000001 · 62 møbler · 2 køres direkte videre"
    assert set_down.endswith("2 direkte fra afgiver")
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.off_button.click()
    settled(page)
    assert "Tag Plejecenter Åbo af først" in texts(page)
    assert len(titles(page)) == len(runs.one(town.person("lager"), run).stops) == 2


def test_the_papers_of_a_run_are_shown(town: World, open_window: OpenWindow) -> None:
    lager, run = town.person("lager"), running.run(town)
    lines = running.waiting(town, 2)
    runs.add_delivery(lager, run, town.school)
    page = opened(town, open_window)
    names = [action.text() for action in page.papers.menu().actions()]
    assert names == ["Køreseddel", "Plukliste", "Følgesedler"]
    page.print_out()
    settled(page)
    assert page.papers.paper.windowTitle().startswith("Køreseddel")
    page.papers.paper.reject()
    page.papers.notes()
    settled(page)
    assert "Pluk først" in texts(page)
    deliveries.pick(lager, lines)
    page.papers.notes()
    settled(page)
    assert page.papers.paper.windowTitle().startswith("Følgesedler")
    page.papers.paper.reject()


def test_without_a_vehicle_it_is_said_who_makes_one(town: World, open_window: OpenWindow) -> None:
    page = opened(town, open_window)
    assert "Der er intet køretøj endnu" in texts(page)
    assert not page.new_button.isEnabled()


def test_a_row_of_two_lines_is_ticked_without_scrolling(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    long = "3 bestillinger samlet · 18 møbler · 1 udleveret · 17 ikke plukket · reparation"
    ticks = TickList("Sæt kryds", [(1, long), (2, "hent 12 møbler (A-000002)")])
    QVBoxLayout(dialog).addWidget(ticks)
    dialog.resize(300, 200)
    dialog.show()
    qtbot.waitUntil(lambda: ticks.list.visualItemRect(ticks.list.item(0)).height() > 30)
    qtbot.waitUntil(lambda: not ticks.list.verticalScrollBar().isVisible())
