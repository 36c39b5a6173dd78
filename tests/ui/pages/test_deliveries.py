"""Picking and delivery in the window: scan, click, notes, hand-over and return."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from moebelcirkel.services import deliveries, orders
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.deliveries import words
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog
from moebelcirkel.ui.parts.paper_dialog import PaperDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World

ITEMS = [RailItem("deliveries", "Picking and delivery", "truck", "out", DeliveriesPage)]


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    """Twelve chairs for the school and three for the home, ordered and approved."""
    found = trade.put_on_sale(town, 17)
    trade.order(town, found[:12])
    trade.order(town, found[12:15], institution=town.home)
    return found


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    return open_window("lager", ITEMS)


@pytest.fixture
def page(window: MainWindow) -> DeliveriesPage:
    found = window.page
    assert isinstance(found, DeliveriesPage)
    return found


def chips(page: DeliveriesPage) -> list[tuple[str, str]]:
    """Receiver and state of each row."""
    column = len(page.model.columns) - 1
    return [(row.institution, page.model.columns[column].text(row)) for row in page.model.rows]


def choose(page: DeliveriesPage, row: int) -> None:
    """Choose a receiver's card."""
    page.receivers_card.list.setCurrentIndex(page.receivers_card.list.rows.index(row, 0))
    settle(page)


def test_the_list_shows_receivers_and_rows(page: DeliveriesPage) -> None:
    entries = page.receivers_card.list.rows.entries
    assert [entry.title for entry in entries] == [
        "Alle modtagere",
        "Plejecenter Åbo",
        "Søndervangskolen",
    ]
    assert entries[0].detail == "2 modtagere · 15 møbler"
    assert entries[2].detail == "1 bestilling · 12 møbler"
    assert chips(page) == [
        ("Plejecenter Åbo", "ikke plukket"),
        ("Søndervangskolen", "ikke plukket"),
    ]
    assert page.hand_over_button.isHidden()
    choose(page, 2)
    assert chips(page) == [("Søndervangskolen", "ikke plukket")]
    assert page.pick_card.heading.text() == "Pluk til Søndervangskolen"
    assert not page.hand_over_button.isEnabled()


def test_the_heads_of_both_cards_stand_on_one_line(
    page: DeliveriesPage, window: MainWindow
) -> None:
    choose(page, 2)
    page.said.say("MC-000001-3 er plukket til Søndervangskolen", "accent")
    settle(page)
    heads = [card.heading for card in (page.receivers_card, page.pick_card)]
    tops = [head.mapTo(window, QPoint(0, 0)).y() for head in heads]
    assert tops[0] == tops[1]
    under = page.pick_card.subtitle
    assert under.mapTo(window, QPoint(0, 0)).y() - tops[1] == heads[1].height() + 2
    assert under.height() == under.fontMetrics().height()


def test_a_scan_picks_and_marks_the_row(
    page: DeliveriesPage, window: MainWindow, town: World, units: list[int]
) -> None:
    choose(page, 2)
    for unit in (units[0], units[15]):  # its own piece, and a free alike one
        window.scanned(trade.number(town.context, unit))
        settle(page)
    assert chips(page) == [("Søndervangskolen", "2 af 12")]
    assert [row.institution for row in page.table.selected_rows()] == ["Søndervangskolen"]
    assert "plukket til Søndervangskolen" in page.said.text()
    assert page.receivers_card.list.rows.entries[2].progress == "2 af 12 plukket"
    window.scanned(trade.number(town.context, units[0]))
    settle(page)
    assert "er allerede plukket til Søndervangskolen" in page.said.text()
    window.undo()
    settle(page)
    assert chips(page) == [("Søndervangskolen", "1 af 12")]
    assert page.said.isHidden()  # what it told is no longer so


def test_a_scan_for_all_receivers_serves_the_line_of_the_piece(
    page: DeliveriesPage, window: MainWindow, town: World, units: list[int]
) -> None:
    window.scanned(trade.number(town.context, units[13]))
    settle(page)
    assert chips(page)[0] == ("Plejecenter Åbo", "1 af 3")
    window.scanned("MC-009999-0")
    settle(page)
    assert "Intet møbel har koden" in page.said.text()


def test_what_is_said_of_a_scan_moves_no_row_and_goes_with_a_good_one(
    page: DeliveriesPage, window: MainWindow
) -> None:
    QApplication.processEvents()
    before = page.table.mapTo(window, page.table.rect().topLeft())
    window.scanned("MC-009999-0")
    settle(page)
    QApplication.processEvents()
    assert page.said.isVisible()
    assert page.table.mapTo(window, page.table.rect().topLeft()) == before
    window.scanned(page.model.rows[0].place)
    settle(page)
    QApplication.processEvents()
    assert page.said.isHidden()
    assert page.table.mapTo(window, page.table.rect().topLeft()) == before


def test_picking_and_putting_back_by_keyboard(page: DeliveriesPage) -> None:
    choose(page, 2)
    page.table.selectRow(0)
    page.table.setFocus()
    settle(page)  # it has been seen
    QTest.keyClick(page.table, Qt.Key.Key_Plus)
    settle(page)
    assert chips(page) == [("Søndervangskolen", "1 af 12")]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle(page)
    assert chips(page) == [("Søndervangskolen", "12 af 12")]
    QTest.keyClick(page.table, Qt.Key.Key_Minus)
    settle(page)
    assert chips(page) == [("Søndervangskolen", "11 af 12")]
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle(page)
    assert chips(page) == [("Søndervangskolen", "ikke plukket")]


def test_what_was_cancelled_meanwhile_goes_from_the_list_when_its_pick_is_refused(
    page: DeliveriesPage, window: MainWindow, town: World
) -> None:
    choose(page, 2)
    page.table.selectAll()
    for row in orders.listed(town.person("leader")).rows:
        if row.institution == "Søndervangskolen":
            orders.cancel(town.person("leader"), row.id)
    page.pick_button.click()
    settle(page)
    assert window.messages.notice.text() != ""
    assert [name for name, _state in chips(page)] == ["Plejecenter Åbo"]
    assert not page.unpick_button.isEnabled()


def test_search_narrows_the_list(page: DeliveriesPage) -> None:
    page.search("åbo")
    assert [name for name, _state in chips(page)] == ["Plejecenter Åbo"]
    page.search("bogreol")
    assert page.model.rows == []
    assert page.empty.isVisibleTo(page)


def pick_all(page: DeliveriesPage, row: int) -> None:
    choose(page, row)
    page.table.selectAll()
    page.pick_button.click()
    settle(page)


def test_what_is_picked_is_handed_over(
    page: DeliveriesPage, window: MainWindow, town: World, units: list[int]
) -> None:
    pick_all(page, 2)
    page.hand_over_button.click()
    dialog = page.dialog
    assert isinstance(dialog, HandOverDialog)
    assert dialog.verb.text() == "Udlevér 12 møbler"
    dialog.on.line.setText("1.12.2026")
    dialog.verb.click()
    settle(page)
    assert "fremtiden" in dialog.on.error.text()
    dialog.on.line.setText("20.11.2026")
    dialog.received_by.line.setText("Mette Holm")
    dialog.verb.click()
    settle(page)
    assert trade.state(town.context, units[0]) == "delivered"
    # The school is gone from the list, so all receivers are shown again.
    assert [entry.title for entry in page.receivers_card.list.rows.entries] == [
        "Alle modtagere",
        "Plejecenter Åbo",
    ]
    window.undo()
    settle(page)
    assert trade.state(town.context, units[0]) == "picked"


def test_after_a_hand_over_the_keyboard_is_not_on_what_takes_back(
    page: DeliveriesPage, window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    pick_all(page, 2)
    page.hand_over_button.setFocus()
    page.hand_over_button.click()
    assert isinstance(page.dialog, HandOverDialog)
    page.dialog.verb.click()
    settle(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.focusWidget() is page.table


def test_notes_are_made_shown_and_handed_over_by_scan(
    page: DeliveriesPage, window: MainWindow, town: World, units: list[int]
) -> None:
    pick_all(page, 2)
    page.notes_button.click()
    settle(page)
    assert isinstance(page.paper, PaperDialog)
    assert page.paper.preview.page_count() == 1
    page.paper.accept()
    assert [note.number for note in page.notes_card.model.rows] == ["F-00001"]
    assert page.notes_card.isVisibleTo(page)
    window.scanned("F-00001")
    settle(page)
    page.dialog.verb.click()
    settle(page)
    assert trade.state(town.context, units[11]) == "delivered"
    assert page.notes_card.isHidden()
    window.scanned("F-00001")
    settle(page)
    assert "allerede" in page.said.text()
    window.scanned("F-77777")
    settle(page)
    assert "Der er ingen følgeseddel med det nummer" in page.said.text()


def test_the_pick_list_is_printed(page: DeliveriesPage, window: MainWindow) -> None:
    page.list_button.click()
    settle(page)
    assert page.paper.preview.page_count() == 1
    page.paper.accept()
    page.notes_button.click()
    settle(page)
    assert "Der er ikke plukket noget" in window.messages.notice.text()


def delivered(town: World, count: int) -> list[str]:
    lager = town.person("lager")
    units = trade.put_on_sale(town, count)
    lines = trade.order(town, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    return [trade.number(town.context, unit) for unit in units]


def open_take_back(page: DeliveriesPage) -> TakeBackDialog:
    page.back_button.click()
    settle(page)
    return page.take_back


def test_returns_are_scanned_corrected_and_taken_back(
    page: DeliveriesPage, window: MainWindow, town: World
) -> None:
    first, second, third = delivered(town, 3)
    dialog = open_take_back(page)
    for code in (first, second, second, third):
        window.scanned(code)  # the window hands codes to the open dialog
        settle(page)
    assert [piece.number for piece in dialog.model.rows] == [first, second, third]
    dialog.table.select_key(third)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    dialog.table.select_key(second)
    QTest.keyClick(dialog.table, Qt.Key.Key_D)
    assert [piece.condition for piece in dialog.model.rows] == ["B", "D"]
    dialog.scanned("MC-009999-0")
    settle(page)
    assert "Intet møbel har koden" in dialog.notice.text()
    dialog.verb.click()
    assert dialog.place.error.text()
    dialog.place.set_value(town.shelf)
    assert dialog.reason.isHidden()
    dialog.table.select_key(first)
    QTest.keyClick(dialog.table, Qt.Key.Key_A)
    dialog.verb.click()
    assert dialog.reason.error.text()
    dialog.reason.set_value("user_mended")
    dialog.verb.click()
    settle(page)
    found = trade.rows(town.context, _returned())
    assert [(unit.number, unit.condition, unit.condition_reason) for unit in found] == [
        (first, "A", "user_mended"),
        (second, "D", None),
    ]
    window.undo()
    settle(page)
    assert trade.rows(town.context, _returned()) == []


def _returned() -> object:
    from sqlalchemy import select

    from moebelcirkel.storage.tables.units import Unit

    return select(Unit).where(Unit.state == "received").order_by(Unit.id)


def test_scans_that_were_not_sent_survive(
    page: DeliveriesPage, window: MainWindow, town: World
) -> None:
    numbers = delivered(town, 2)
    dialog = open_take_back(page)
    for code in numbers:
        dialog.scanned(code)
        settle(page)
    dialog.done(0)  # closed without an answer, as when the program dies
    window.drafts.flush()
    again = open_take_back(page)
    assert [piece.number for piece in again.model.rows] == numbers
    again.cancel.click()
    assert open_take_back(page).model.rows == []


def test_nothing_to_pick_says_what_comes_next(open_window: OpenWindow, town: World) -> None:
    page = open_window("lager", ITEMS).page
    assert isinstance(page, DeliveriesPage)
    assert page.empty.isVisibleTo(page)
    assert "Der er intet at plukke" in page.empty.accessibleName()
    assert page.notes_card.isHidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_it_fits_the_window(
    open_window: OpenWindow,
    units: list[int],
    qtbot: QtBot,
    tmp_path: Path,
    scheme: str,
    size: tuple[int, int],
) -> None:
    from moebelcirkel.ui.kit import theme

    window = open_window("lager", ITEMS, size=size)
    theme.apply(QApplication.instance(), scheme)  # type: ignore[arg-type]
    page = window.page
    assert isinstance(page, DeliveriesPage)
    pick_all(page, 1)
    page.notes_button.click()
    settle(page)
    page.paper.accept()
    QApplication.processEvents()
    assert page.hand_over_button.visibleRegion().boundingRect().height() > 20
    assert page.notes_card.hand_button.visibleRegion().boundingRect().height() > 20
    assert not page.table.horizontalScrollBar().isVisible()
    view = window.stack.currentWidget()
    assert isinstance(view, QScrollArea)
    assert view.verticalScrollBar().maximum() == 0


def test_a_note_made_late_in_the_evening_has_the_day_of_the_hall() -> None:
    late = dt.datetime(2026, 7, 20, 22, 30, tzinfo=dt.UTC)
    note = deliveries.Note(1, "F-00001", "Åskolen", "open", late, 3)
    made = next(column for column in words.note_columns() if column.key == "made")
    assert made.text(note) == "21.07.2026"
