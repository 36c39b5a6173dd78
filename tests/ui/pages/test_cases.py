"""The workshop in a real window: board, drag, keyboard, one case from scan to sale, and undo."""

import datetime as dt

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import select

from moebelcirkel.language import N_
from moebelcirkel.services import cases, intake, tasks
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade, world
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import CTRL, Keyboard

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ITEMS = [RailItem("cases", N_("Workshop"), "wrench", "hall", CasesPage, cases.waiting_count)]


def page_of(window: MainWindow) -> CasesPage:
    page = window.page
    assert isinstance(page, CasesPage)
    return page


def received(town: world.World, count: int = 3) -> list[int]:
    batch = Batch(
        parts=(Part("C", count, "shelf", town.shelf),), giver_id=town.home, article_id=town.chair
    )
    return list(intake.register(town.person("lager"), batch).unit_ids)


@templates.begun
def case(town: world.World, _clock: Clock) -> int:
    """Three chairs that are being assessed."""
    return int(cases.send(town.person("bench"), received(town)).case_id)


@pytest.fixture
def window(open_window: OpenWindow, case: int) -> MainWindow:
    return open_window("bench", ITEMS)


@pytest.fixture
def keys(window: MainWindow) -> Keyboard:
    return Keyboard(window)


def column_of(window: MainWindow, case: int) -> str | None:
    return page_of(window).board.column_of(case)


def opened(window: MainWindow, keys: Keyboard, case: int) -> CaseDialog:
    page_of(window).panel.open(case)
    keys.settle()
    return the_dialog()


def the_dialog() -> CaseDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, CaseDialog)
    return found


def unit(town: world.World, key: int) -> Unit:
    found: Unit = trade.row(town.context, Unit, key)
    return found


# --- the board ----------------------------------------------------------------------------------


def test_the_board_shows_what_waits_and_moves_by_keyboard(
    window: MainWindow, keys: Keyboard, case: int
) -> None:
    page = page_of(window)
    card = page.board.view("assess").cards.entries[0]
    assert (card.title, card.number) == ("3 × Kontorstol HÅG SoFi 7200", "MC-000001-3")
    assert card.detail.replace("\xa0", " ") == "Plejecenter Åbo · i dag"
    assert window.rail.buttons["cases"].accessibleName()
    page.board.focus_card(case)
    for column in ("waiting", "working", "testing"):
        keys.press(Qt.Key.Key_Right, CTRL)
        assert column_of(window, case) == column
        assert page.board.view(column).hasFocus()
    keys.press(Qt.Key.Key_Left, CTRL)
    assert column_of(window, case) == "working"
    keys.press(Qt.Key.Key_Z, CTRL)
    assert column_of(window, case) == "testing"


def test_a_card_is_dragged_to_another_column(window: MainWindow, keys: Keyboard, case: int) -> None:
    board = page_of(window).board
    source, target = board.view("assess").cards, board.view("working").cards
    data = source.mimeData([source.index(0, 0)])
    assert target.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    keys.settle()
    assert column_of(window, case) == "working"


def test_words_and_numbers_find_a_card_and_an_empty_board_says_what_to_do(
    window: MainWindow, keys: Keyboard, case: int
) -> None:
    page = page_of(window)
    page.search("sofa")
    keys.settle()
    assert page.stack.currentWidget() is page.empty
    assert "sofa" in page.empty.accessibleName()
    page.search("MC-000002")
    keys.settle()
    assert column_of(window, case) == "assess"


def test_an_empty_workshop_asks_for_a_label(open_window: OpenWindow) -> None:
    page = page_of(open_window("bench", ITEMS))
    assert page.stack.currentWidget() is page.empty
    assert page.empty.accessibleName().startswith("Værkstedet er tomt")


def test_someone_else_moved_it_first_and_that_is_said(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    cases.move(town.person("lager"), case, "testing")
    page = page_of(window)
    page.board.focus_card(case)
    keys.press(Qt.Key.Key_Right, CTRL)
    assert "Lager" in window.messages.notice.text()
    assert column_of(window, case) == "testing"


# --- one case -----------------------------------------------------------------------------------


def test_a_case_from_task_to_ready_by_keyboard(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    page = page_of(window)
    page.board.focus_card(case)
    keys.press(Qt.Key.Key_Return)
    dialog = the_dialog()
    assert dialog.heading.text() == "3 × Kontorstol HÅG SoFi 7200"
    assert dialog.tasks.add_field.line.hasFocus()

    keys.type("gas")
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    (line,) = dialog.tasks.lines
    assert line.box.text() == "Skift gaspatron"
    assert line.minutes.value() == 60
    assert "825" in dialog.advice.text()
    line.minutes.setFocus()
    line.minutes.line.selectAll()
    keys.type("45")
    keys.press(Qt.Key.Key_Return)
    (line,) = dialog.tasks.lines
    assert line.task.minutes == 45
    line.box.setFocus()
    keys.press(Qt.Key.Key_Space)
    (line,) = dialog.tasks.lines
    assert line.task.done

    keys.press(Qt.Key.Key_Return, CTRL)
    assert dialog.right.currentWidget() is dialog.finish
    dialog.finish.all.set_value("B")
    dialog.finish.place.set_value(town.shelf)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert column_of(window, case) == "ready"
    costs = trade.rows(town.context, select(UnitCost))
    assert [cost.minutes for cost in costs] == [15, 15, 15]
    assert page.board.view("ready").cards.entries[0].detail == "venter på lageret"

    keys.press(Qt.Key.Key_Z, CTRL)
    assert column_of(window, case) == "assess"


def test_return_moves_nothing_and_answers_only_the_last_question(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    dialog.note.line.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert column_of(window, case) == "assess"
    assert dialog.right.currentWidget() is not dialog.finish
    dialog.ready.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert dialog.right.currentWidget() is dialog.finish
    dialog.finish.all.set_value("C")
    dialog.finish.place.set_value(town.shelf)
    dialog.finish.back.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert dialog.right.currentWidget() is not dialog.finish
    dialog.begin_finish()
    dialog.finish.place.set_value(town.shelf)
    dialog.finish.place.combo.setFocus()
    keys.press(Qt.Key.Key_Return)
    assert column_of(window, case) == "ready"


def test_each_piece_gets_its_own_condition(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    dialog.begin_finish()
    dialog.finish.submit()
    assert dialog.finish.place.error.text()
    dialog.finish.apart.setChecked(True)
    units = list(dialog.finish.each)
    dialog.finish.each[units[0]].set_value("A")
    dialog.finish.each[units[2]].set_value("D")
    dialog.finish.place.set_value(town.shelf)
    dialog.finish.submit()
    assert dialog.finish.reason.error.text()
    dialog.finish.reason.set_value("mended_outside")
    dialog.finish.submit()
    keys.settle()
    assert [unit(town, key).condition for key in units] == ["A", "C", "D"]
    kept = [unit(town, key).condition_reason for key in units]
    assert kept == ["mended_outside", None, None]
    again = opened(window, keys, int(cases.send(town.person("bench"), received(town)).case_id))
    again.begin_finish()
    assert again.finish.place.value() == town.shelf


def test_a_case_is_split_by_ticking_or_scanning(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    assert not dialog.split_off.isEnabled()
    window.scanned("MC-000002-1")
    keys.settle()
    assert dialog.pieces.ticked() == [2]
    dialog.split_off.click()
    keys.settle()
    assert len(dialog.pieces.ticked()) == 0
    assert dialog.heading.text() == "2 × Kontorstol HÅG SoFi 7200"
    assert len(page_of(window).board.view("assess").cards.entries) == 2
    dialog.reject()


def test_note_and_day_are_kept_and_a_wrong_one_is_said_by_its_field(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    dialog.note.setFocus()
    keys.type("bestilt")
    keys.press(Qt.Key.Key_Tab)
    keys.type("24.11.2026")
    keys.press(Qt.Key.Key_Tab)
    shown = cases.detail(town.person("bench"), case)
    assert (shown.note, shown.expected_on) == ("bestilt", dt.date(2026, 11, 24))
    dialog.expected.line.setText("på mandag")
    dialog.expected.line.editingFinished.emit()
    assert dialog.expected.error.text()
    dialog.expected.restore("")
    dialog.note.line.setText("ring til 010203-1234")
    dialog.note.line.editingFinished.emit()
    keys.settle()
    assert "CPR" in dialog.notice.text()
    dialog.reject()


def test_a_removed_task_comes_back_by_undo(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    kind = next(row.id for row in tasks.task_types(bench) if row.form.name == "Rengøring")
    cases.add_task(bench, case, kind)
    dialog = opened(window, keys, case)
    dialog.tasks.lines[0].away.click()
    keys.settle()
    assert dialog.tasks.lines == []
    window.undo()
    keys.settle()
    assert [line.box.text() for line in dialog.tasks.lines] == ["Rengøring"]
    dialog.reject()


# --- scanning and sale --------------------------------------------------------------------------


def test_a_scan_opens_the_case_or_takes_the_piece_in(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    window.scanned("MC-000003-7")
    keys.settle()
    dialog = the_dialog()
    assert dialog.case is not None
    assert dialog.case.id == case
    assert dialog.pieces.list.currentItem().text().startswith("MC-000003-7")
    dialog.reject()

    (loose,) = received(town, 1)
    window.scanned(trade.number(town.context, loose))
    keys.settle()
    dialog = the_dialog()
    assert unit(town, loose).state == "workshop"
    assert dialog.heading.text() == "Kontorstol HÅG SoFi 7200"
    dialog.reject()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert unit(town, loose).state == "received"


def test_a_piece_on_sale_is_only_taken_in_after_a_question(
    window: MainWindow, keys: Keyboard, town: world.World
) -> None:
    (listed,) = trade.put_on_sale(town, 1)
    window.scanned(trade.number(town.context, listed))
    keys.settle()
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    assert unit(town, listed).state == "listed"
    question.verb.click()
    keys.settle()
    assert unit(town, listed).state == "workshop"
    the_dialog().reject()


def test_an_unknown_label_is_refused_with_what_to_do(window: MainWindow, keys: Keyboard) -> None:
    window.scanned("MC-009999-2")
    keys.settle()
    assert "MC-009999-2" in window.messages.notice.text()


def test_the_warehouse_puts_ready_pieces_on_sale(
    open_window: OpenWindow, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    done = cases.finish(bench, case, "A", place_id=town.shelf, reason="misjudged")
    units = done.unit_ids
    window = open_window("lager", ITEMS)
    keys = Keyboard(window)
    page = page_of(window)
    page.board.focus_card(case)
    keys.press(Qt.Key.Key_Return)
    dialog = the_dialog()
    assert dialog.ready.text() == "Sæt 3 møbler til salg"
    assert not dialog.tasks.isEnabled()
    assert not dialog.stage.isVisible()
    window.reload()
    keys.settle()
    assert dialog.isVisible()
    dialog.ready.click()
    question = QApplication.activeModalWidget()
    assert isinstance(question, Question)
    assert question.verb.text() == "Sæt 3 møbler til salg"
    question.verb.click()
    keys.settle()
    assert {unit(town, key).state for key in units} == {"listed"}
    assert column_of(window, case) is None
    keys.press(Qt.Key.Key_Z, CTRL)
    assert column_of(window, case) == "ready"


# --- the look -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_board_and_panel_fit_and_everything_has_a_name(
    open_window: OpenWindow, case: int, size: tuple[int, int]
) -> None:
    window = open_window("bench", ITEMS, size=size)
    keys = Keyboard(window)
    page = page_of(window)
    assert page.mapTo(window, page.rect().topRight()).x() <= size[0]
    dialog = opened(window, keys, case)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    for line in dialog.findChildren(QLineEdit):
        owner = line.parentWidget()
        assert line.accessibleName() or (owner is not None and owner.accessibleName())
    dialog.reject()
    QTest.qWait(10)
