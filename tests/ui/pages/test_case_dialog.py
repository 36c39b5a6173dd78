"""The dialog of one case: what is typed stays while the rest is saved."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from moebelcirkel.services import cases, photos, tasks
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade, world
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import CTRL, Keyboard
from tests.ui.pages.test_cases import ITEMS, opened, page_of, received, the_dialog
from tests.ui.pages.test_intake import jpeg


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


def test_a_save_leaves_the_next_field_marked_and_what_is_typed_in_it(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    kind = next(row.id for row in tasks.task_types(bench) if row.form.name == "Rengøring")
    cases.add_task(bench, case, kind)
    dialog = opened(window, keys, case)
    (line,) = dialog.tasks.lines
    line.minutes.setFocus()
    line.minutes.line.selectAll()
    keys.type("35")
    keys.press(Qt.Key.Key_Tab)
    keys.type("121,50")
    keys.press(Qt.Key.Key_Tab)
    (task,) = cases.detail(bench, case).tasks
    assert (task.minutes, task.parts_ore) == (35, 121_50)
    assert dialog.tasks.lines == [line]
    line.minutes.line.setFocus()
    line.minutes.line.selectAll()
    keys.type("7")
    cases.set_task(bench, task.id, version=task.version, minutes=50, parts_ore=90_00)
    window.reload()
    keys.settle()
    assert (line.minutes.line.text(), line.parts.value()) == ("7", 90_00)
    dialog.reject()


def test_a_refused_note_stays_while_the_rest_is_saved_and_shown(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    dialog = opened(window, keys, case)
    dialog.note.setFocus()
    keys.type("ring til 010203-1234")
    keys.press(Qt.Key.Key_Tab)
    keys.type("24.11.2026")
    keys.press(Qt.Key.Key_Tab)
    assert dialog.note.line.text() == "ring til 010203-1234"
    assert "CPR" in dialog.notice.text()
    dialog.expected.line.setText("på mandag")
    dialog.expected.line.editingFinished.emit()
    dialog.note.line.setText("ring til lageret")
    dialog.stage.step(1)
    keys.settle()
    assert dialog.note.line.text() == "ring til lageret"
    assert dialog.expected.line.text() == "på mandag"
    assert dialog.expected.error.text()
    dialog.expected.line.setText("25.11.2026")
    dialog.expected.line.editingFinished.emit()
    keys.settle()
    shown = cases.detail(bench, case)
    assert (shown.note, shown.expected_on) == ("ring til lageret", dt.date(2026, 11, 25))
    dialog.reject()


def test_what_was_done_in_the_dialog_is_undone_in_it(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    dialog = opened(window, keys, case)
    dialog.close_button.setFocus()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert "ikke noget" in dialog.notice.text()
    dialog.stage.step(1)
    keys.settle()
    dialog.pieces.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.split_off.click()
    keys.settle()
    assert len(cases.detail(bench, case).pieces) == 2
    dialog.close_button.setFocus()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert dialog.notice.text() == "Fortrudt"
    assert dialog.heading.text().startswith("3 ×")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert cases.detail(bench, case).state == dialog.stage.value() == "assess"
    moved = cases.detail(bench, case).version
    for _time in range(2):
        keys.press(Qt.Key.Key_Y, CTRL)
    assert dialog.heading.text().startswith("2 ×")
    assert cases.detail(bench, case).state != "assess"
    assert cases.detail(bench, case).version > moved
    assert dialog.notice.text() == "Gentaget"
    keys.press(Qt.Key.Key_Y, CTRL)
    assert "gentage" in dialog.notice.text()
    # What was done again is the latest step, so Ctrl+Z takes just that back.
    keys.press(Qt.Key.Key_Z, CTRL)
    assert dialog.notice.text() == "Fortrudt"
    assert dialog.heading.text().startswith("3 ×")
    assert cases.detail(bench, case).state != "assess"
    keys.press(Qt.Key.Key_Y, CTRL)
    assert dialog.heading.text().startswith("2 ×")
    dialog.reject()


def test_the_dialog_keeps_its_buttons_in_sight_while_pieces_are_chosen(
    window: MainWindow, keys: Keyboard, case: int
) -> None:
    dialog = opened(window, keys, case)
    areas = dialog.findChildren(QScrollArea)
    assert areas
    assert [area.verticalScrollBar().maximum() for area in areas] == [0] * len(areas)
    dialog.reject()


def test_a_click_anywhere_in_a_row_ticks_its_piece(
    window: MainWindow, keys: Keyboard, case: int
) -> None:
    dialog = opened(window, keys, case)
    rows = dialog.pieces.list
    middle = rows.visualItemRect(rows.item(1)).center()
    for expected in (1, 0):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert len(dialog.pieces.ticked()) == expected
    dialog.reject()


def test_a_scanned_shelf_keeps_what_was_answered_already(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    dialog.begin_finish()
    dialog.finish.all.set_value("D")
    assert dialog.scanned("2-14-C")
    assert dialog.finish.place.value() == town.shelf
    assert dialog.finish.all.value() == "D"
    dialog.reject()


def test_what_is_not_answered_gets_the_keyboard(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    """Also where Return on the chosen condition asked to finish."""
    dialog = opened(window, keys, case)
    dialog.begin_finish()
    best = dialog.finish.all.button(0)
    best.setFocus()
    best.click()
    assert dialog.scanned("2-14-C")
    assert dialog.focusWidget() is best
    QTest.keyClick(best, Qt.Key.Key_Return)
    assert not dialog.finish.reason.error.isHidden()
    assert dialog.focusWidget() is dialog.finish.reason.combo
    dialog.finish.reason.combo.setCurrentIndex(0)
    QTest.keyClick(dialog.finish.reason.combo, Qt.Key.Key_Return)
    keys.settle()
    assert cases.detail(town.person("bench"), case).state == "ready"


def test_an_undo_that_is_refused_is_told_in_the_dialog(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    dialog = opened(window, keys, case)
    dialog.stage.step(1)
    keys.settle()
    cases.move(town.person("lager"), case, "testing")
    dialog.close_button.setFocus()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert "kan ikke fortrydes" in dialog.notice.text()
    dialog.reject()


def test_only_the_ticked_pieces_are_made_ready_and_the_dialog_offers_the_way_back(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    bench = town.person("bench")
    dialog = opened(window, keys, case)
    assert dialog.ready.text() == "Gør klar"
    rows = dialog.pieces.list
    for place in (0, 2):
        middle = rows.visualItemRect(rows.item(place)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    chosen = dialog.pieces.ticked()
    assert dialog.ready.text() == "Gør kun disse færdige (2)"
    kind = next(row.id for row in tasks.task_types(bench) if row.form.name == "Rengøring")
    dialog.tasks.added.emit(kind)
    keys.settle()
    dialog.tasks.lines[0].box.click()
    keys.settle()
    assert dialog.pieces.ticked() == chosen
    dialog.ready.click()
    assert dialog.finish.ready.text() == "Gør 2 møbler klar"
    assert list(dialog.finish.each) == chosen
    dialog.finish.all.set_value("A")
    dialog.finish.place.set_value(town.shelf)
    dialog.finish.submit()
    keys.settle()
    states = [trade.state(town.context, key) for key in (1, 2, 3)]
    assert states == ["ready", "workshop", "ready"]
    assert dialog.isVisible()
    assert dialog.pieces.ticked() == []
    assert dialog.heading.text() == "Kontorstol HÅG SoFi 7200"
    assert dialog.notice.text() == "2 møbler er klar"
    dialog.notice.undo_button.click()
    keys.settle()
    assert [trade.state(town.context, key) for key in (1, 2, 3)] == ["workshop"] * 3
    assert dialog.heading.text().startswith("3 ×")
    assert dialog.notice.text() == "Fortrudt"
    dialog.reject()


def test_a_picture_stays_when_a_task_is_added(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    lager, bench = town.person("lager"), town.person("bench")
    photos.add(lager, [photos.prepare(jpeg(), "stol.jpg")], article_id=town.chair)
    dialog = opened(window, keys, case)
    before = dialog.pieces.photo.grab().toImage()
    centre = dialog.pieces.photo.rect().center()
    red = before.pixelColor(centre)
    assert red.red() > 200 > red.green()
    kind = next(row.id for row in tasks.task_types(bench) if row.form.name == "Rengøring")
    dialog.tasks.added.emit(kind)
    keys.settle()
    assert len(dialog.tasks.lines) == 1
    assert dialog.pieces.photo.grab().toImage().pixelColor(centre) == red
    dialog.reject()


def test_a_double_click_opens_a_finished_case_to_be_read(
    window: MainWindow, keys: Keyboard, case: int, town: world.World
) -> None:
    cases.finish(town.person("bench"), case, "A", place_id=town.shelf, reason="misjudged")
    window.reload()
    keys.settle()
    view = page_of(window).board.view("ready")
    spot = view.visualRect(view.cards.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    keys.settle()
    dialog = the_dialog()
    assert dialog.heading.text().startswith("3 ×")
    assert not dialog.ready.isVisible()
    assert dialog.advice.text() == "Sagen er afsluttet. Lageret sætter møblet til salg."
    assert dialog.tasks.nothing.text() == "Ingen opgaver"
    for part in (dialog.tasks.add_field, dialog.note, dialog.expected):
        assert not part.isVisible()
    keys.press(Qt.Key.Key_Return, CTRL)
    assert dialog.right.currentIndex() == 0
    dialog.reject()
