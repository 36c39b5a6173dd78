"""A slow double click does one thing: on Lager, in Pluk, in the workshop, and in dialogs."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.services import cases, places, tasks
from moebelcirkel.ui.kit import second_click
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.intake.footer import Footer
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import Keyboard
from tests.ui.pages.test_cases import ITEMS as CASES
from tests.ui.pages.test_cases import opened, received
from tests.ui.pages.test_deliveries import ITEMS as DELIVERIES
from tests.ui.pages.test_deliveries import choose as choose_receiver
from tests.ui.pages.test_stock import choose, states
from tests.ui.pages.warehouse import ITEMS, settle, toasts
from tests.world import World

LEFT = Qt.MouseButton.LeftButton


def click_at(widget: QWidget) -> None:
    """A click as the system sends it: to the window, which finds what is under the pointer."""
    window = widget.window().windowHandle()
    assert window is not None
    QTest.mouseClick(window, LEFT, pos=widget.mapTo(widget.window(), widget.rect().center()))


def at_rest() -> None:
    """The hand has lain still for a while."""
    second_click.watch().pause.end()


@templates.begun
def chairs(town: World, _clock: Clock) -> list[int]:
    """Four just received."""
    return trade.put_on_sale(town, 4, state="received", listed_at=None, price_ore=12_300)


@pytest.fixture
def window(open_window: OpenWindow, chairs: list[int]) -> MainWindow:
    return open_window("lager", ITEMS)


@pytest.fixture
def stock(window: MainWindow) -> StockPage:
    page = window.page
    assert isinstance(page, StockPage)
    settle(page)
    return page


def click_row(page: StockPage, number: int) -> None:
    """Choose a row with the mouse."""
    spot = page.table.visualRect(page.model.index(number, 1)).center()
    QTest.mouseClick(page.table.viewport(), LEFT, pos=spot)


def test_what_was_chosen_by_hand_is_acted_on_at_once_and_once(
    stock: StockPage, window: MainWindow, town: World, chairs: list[int]
) -> None:
    click_row(stock, 0)
    button = stock.actions_of._buttons["workshop"]
    QTest.mouseClick(button, LEFT)
    QTest.mouseClick(button, LEFT)
    settle(stock)
    assert states(town, chairs).count("workshop") == 1
    number = trade.number(town.context, chairs[states(town, chairs).index("workshop")])
    assert toasts(window) == [f"{number} sendt til værksted"]


def test_what_is_chosen_while_the_button_is_held_down_is_not_acted_on(
    stock: StockPage, town: World, chairs: list[int], qtbot: QtBot
) -> None:
    click_row(stock, 0)
    button = stock.actions_of._buttons["workshop"]
    QTest.mousePress(button, LEFT)
    choose(stock, 1)  # as a scan does, or what others have done
    QTest.mouseRelease(button, LEFT)
    QTest.mouseClick(button, LEFT)
    settle(stock)
    assert states(town, chairs) == ["received"] * 4
    decision = stock.actions_of.decision
    assert decision is not None
    qtbot.waitUntil(lambda: decision.settled)
    QTest.mouseClick(button, LEFT)
    settle(stock)
    assert states(town, chairs).count("workshop") == 1


def test_a_row_and_a_button_are_chosen_by_keyboard_without_a_wait(
    stock: StockPage, town: World, chairs: list[int]
) -> None:
    stock.table.setFocus()
    QTest.keyClick(stock.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(stock.table, Qt.Key.Key_Down)
    button = stock.actions_of._buttons["workshop"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle(stock)
    assert states(town, chairs).count("workshop") == 1


def test_a_menu_acts_on_what_was_chosen_when_it_was_opened(
    stock: StockPage, window: MainWindow
) -> None:
    click_row(stock, 0)
    action = stock.actions_of._actions["condition"]
    menu = action.parent()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    choose(stock, 1)
    action.trigger()
    assert stock.asking is None
    assert "Det valgte er ændret i mellemtiden" in window.messages.notice.text()
    menu.aboutToShow.emit()
    action.trigger()
    assert stock.asking is not None
    stock.asking.cancel.click()


def test_rows_that_others_moved_before_they_were_read_are_not_acted_on(
    open_window: OpenWindow, town: World, chairs: list[int]
) -> None:
    trade.put_on_sale(town, 150)
    stock = open_window("lager", ITEMS).page
    assert isinstance(stock, StockPage)
    settle(stock)
    stock.table.selectAll()
    trade.put_on_sale(town, 1, state="received", listed_at=None, price_ore=100)
    stock.actions_of.trigger("move")
    settle(stock)
    assert stock.asking is None
    assert stock.count.text() == "155 møbler"


def test_a_dialog_takes_no_click_that_was_made_for_what_it_covers(
    stock: StockPage, town: World
) -> None:
    at_rest()
    click_row(stock, 0)
    button = stock.actions_of._buttons["scrap"]
    click_at(button)
    dialog = stock.asking
    assert dialog is not None
    QApplication.processEvents()
    under = button.mapToGlobal(button.rect().center())
    dialog.move(dialog.pos() + under - dialog.verb.mapToGlobal(dialog.verb.rect().center()))
    pressed: list[bool] = []
    dialog.asked.connect(lambda: pressed.append(True))
    dialog.verb.pressed.connect(lambda: pressed.append(True))
    click_at(dialog.verb)
    assert pressed == []
    at_rest()
    click_at(dialog.verb)
    assert pressed == [True]
    dialog.cancel.click()


def test_the_pointer_that_has_moved_on_waits_for_nothing(stock: StockPage) -> None:
    at_rest()
    click_row(stock, 0)
    click_at(stock.actions_of._buttons["scrap"])
    dialog = stock.asking
    assert dialog is not None
    QApplication.processEvents()
    apart = dialog.cancel.mapToGlobal(QPoint()) - stock.actions_of._buttons["scrap"].mapToGlobal(
        QPoint()
    )
    assert apart.manhattanLength() > 20
    click_at(dialog.cancel)
    assert stock.asking is None


# --- Pluk -------------------------------------------------------------------------------------


@templates.begun
def ordered(town: World, _clock: Clock) -> None:
    """Four chairs for the school, three for the home."""
    found = trade.put_on_sale(town, 7)
    trade.order(town, found[:4])
    trade.order(town, found[4:], institution=town.home)


@pytest.fixture
def picking(open_window: OpenWindow, ordered: World) -> DeliveriesPage:
    """The school's on one row, the home's on another."""
    page = open_window("lager", DELIVERIES).page
    assert isinstance(page, DeliveriesPage)
    return page


def picked(page: DeliveriesPage) -> dict[str, int]:
    """How many pieces of each receiver are picked."""
    return {row.institution: row.picked for row in page.model.rows}


def test_rows_that_are_chosen_while_the_button_is_held_down_are_not_picked(
    picking: DeliveriesPage, qtbot: QtBot
) -> None:
    picking.table.selectRow(0)
    qtbot.waitUntil(lambda: picking.picking.decision.settled)
    QTest.mousePress(picking.pick_button, LEFT)
    picking.table.selectRow(1)  # as a scan does
    QTest.mouseRelease(picking.pick_button, LEFT)
    QTest.mouseClick(picking.pick_button, LEFT)
    settle(picking)
    assert sum(picked(picking).values()) == 0


def test_a_row_chosen_by_hand_is_picked_at_once_and_the_toast_says_what_for_whom(
    picking: DeliveriesPage, qtbot: QtBot
) -> None:
    spot = picking.table.visualRect(picking.model.index(0, 1)).center()
    QTest.mouseClick(picking.table.viewport(), LEFT, pos=spot)
    name = picking.model.rows[0].institution
    count = picking.model.rows[0].count
    QTest.mouseClick(picking.pick_button, LEFT)
    QTest.mouseClick(picking.pick_button, LEFT)
    settle(picking)
    assert picked(picking)[name] == count
    assert sum(picked(picking).values()) == count
    window = picking.window()
    assert isinstance(window, MainWindow)
    assert toasts(window) == [f"{count} møbler plukket · Kontorstol HÅG SoFi 7200, B · {name}"]


def test_plus_is_as_fast_as_the_finger(picking: DeliveriesPage) -> None:
    picking.table.selectRow(0)
    picking.table.setFocus()
    settle(picking)
    for _press in range(3):  # before the list was read again even once
        QTest.keyClick(picking.table, Qt.Key.Key_Plus)
    settle(picking)
    assert sum(picked(picking).values()) == 3
    assert picking.shell.messages.notice.isHidden()


def test_what_is_handed_over_is_what_was_picked_when_the_button_was_pressed(
    picking: DeliveriesPage, town: World, qtbot: QtBot
) -> None:
    choose_receiver(picking, 2)
    picking.table.selectRow(0)
    picking.picking.pick(one=True)
    settle(picking)
    qtbot.waitUntil(lambda: picking.handing.settled)
    QTest.mousePress(picking.hand_over_button, LEFT)
    picking.picking.pick(one=True)  # a colleague, or a scan
    settle(picking)
    QTest.mouseRelease(picking.hand_over_button, LEFT)
    assert QApplication.activeModalWidget() is None
    qtbot.waitUntil(lambda: picking.handing.settled)
    QTest.mouseClick(picking.hand_over_button, LEFT)
    assert isinstance(picking.dialog, HandOverDialog)
    assert picking.dialog.verb.text() == "Udlevér 2 møbler"


def test_the_dialog_of_a_hand_over_takes_return_at_once_and_no_second_click(
    picking: DeliveriesPage, town: World, qtbot: QtBot
) -> None:
    choose_receiver(picking, 2)
    picking.table.selectRow(0)
    picking.picking.pick()
    settle(picking)
    qtbot.waitUntil(lambda: picking.handing.settled)
    at_rest()
    click_at(picking.hand_over_button)
    QApplication.processEvents()
    dialog = picking.dialog
    under = picking.hand_over_button.mapToGlobal(picking.hand_over_button.rect().center())
    dialog.move(dialog.pos() + under - dialog.verb.mapToGlobal(dialog.verb.rect().center()))
    click_at(dialog.verb)
    settle(picking)
    assert picking.dialog.isVisible()
    QTest.keyClick(dialog.verb, Qt.Key.Key_Return)
    settle(picking)
    assert [row.institution for row in picking.model.rows] == ["Plejecenter Åbo"]


# --- Værksted ---------------------------------------------------------------------------------


@templates.begun
def case(town: World, _clock: Clock) -> int:
    """Three chairs with two tasks."""
    bench = town.person("bench")
    made = int(cases.send(bench, received(town)).case_id)
    for kind in tasks.task_types(bench)[:2]:
        cases.add_task(bench, made, kind.id)
    return made


@pytest.fixture
def dialog(open_window: OpenWindow, case: int) -> CaseDialog:
    window = open_window("bench", CASES)
    return opened(window, Keyboard(window), case)


def test_the_second_click_on_make_ready_does_not_answer_what_it_asks(
    dialog: CaseDialog, town: World, case: int, qtbot: QtBot
) -> None:
    bench = town.person("bench")
    dialog.place = places.choices(bench)[0].id  # where the last pieces were put
    qtbot.waitUntil(lambda: dialog.deciding.settled)
    QTest.mouseClick(dialog.ready, LEFT)
    assert dialog.right.currentWidget() is dialog.finish
    asked: list[object] = []
    dialog.finish.finished.connect(lambda *answer: asked.append(answer))
    QTest.mouseClick(dialog.finish.ready, LEFT)
    QApplication.processEvents()
    QTest.mouseClick(dialog.finish.ready, LEFT)
    assert asked == []
    qtbot.waitUntil(lambda: dialog.deciding.settled)
    QTest.mouseClick(dialog.finish.ready, LEFT)
    assert len(asked) == 1


def test_ticked_by_hand_they_are_moved_at_once_and_ticked_by_others_they_are_not(
    dialog: CaseDialog, town: World, case: int, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: dialog.deciding.settled)
    ask: list[object] = []
    dialog.split_asked.connect(ask.append)
    spot = dialog.pieces.list.visualItemRect(dialog.pieces.list.item(0)).center()
    QTest.mouseClick(dialog.pieces.list.viewport(), LEFT, pos=spot)
    first = dialog.pieces.ticked()
    QTest.mousePress(dialog.split_off, LEFT)
    dialog.pieces.clear_ticks()
    dialog.pieces.mark(int(dialog.pieces.list.item(1).data(Qt.ItemDataRole.UserRole)), tick=True)
    QTest.mouseRelease(dialog.split_off, LEFT)
    assert ask == []
    dialog.pieces.clear_ticks()
    QTest.mouseClick(dialog.pieces.list.viewport(), LEFT, pos=spot)
    QTest.mouseClick(dialog.split_off, LEFT)
    assert ask == [first]


def test_a_second_click_on_the_bin_does_not_remove_the_next_task(
    dialog: CaseDialog, town: World, case: int, qtbot: QtBot
) -> None:
    bench = town.person("bench")
    first, second = dialog.tasks.lines
    qtbot.waitUntil(lambda: first.guard.settled)
    QTest.mouseClick(first.away, LEFT)
    qtbot.waitUntil(lambda: len(dialog.tasks.lines) == 1)
    (left,) = dialog.tasks.lines
    assert left.task.id == second.task.id
    QTest.mouseClick(left.away, LEFT)
    QApplication.processEvents()
    QTest.mouseClick(left.away, LEFT)
    qtbot.waitUntil(lambda: left.guard.settled)
    assert len(cases.detail(bench, case).tasks) == 1
    QTest.mouseClick(left.away, LEFT)
    qtbot.waitUntil(lambda: not dialog.tasks.lines)


def test_a_case_that_was_just_opened_by_a_scan_is_not_moved_by_a_click_meant_for_another(
    dialog: CaseDialog, town: World, case: int, qtbot: QtBot
) -> None:
    bench = town.person("bench")
    qtbot.waitUntil(lambda: dialog.moving.settled)
    other = cases.send(bench, trade.put_on_sale(town, 1, state="received", listed_at=None))
    moved: list[str] = []
    dialog.moved.connect(moved.append)
    QTest.mousePress(dialog.stage.button(2), LEFT)
    dialog.show_case(cases.detail(bench, int(other.case_id)))
    QTest.mouseRelease(dialog.stage.button(2), LEFT)
    QTest.mouseClick(dialog.stage.button(2), LEFT)
    assert moved == []
    qtbot.waitUntil(lambda: dialog.moving.settled)
    QTest.mouseClick(dialog.stage.button(2), LEFT)
    assert moved == ["working"]


# --- Modtagelse -------------------------------------------------------------------------------


def test_the_last_batch_is_undone_and_not_the_one_before(qtbot: QtBot) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.show()
    asked: list[bool] = []
    footer.undo_asked.connect(lambda: asked.append(True))
    qtbot.waitUntil(lambda: footer.once.settled)
    QTest.mouseClick(footer.undo, LEFT)
    QApplication.processEvents()
    QTest.mouseClick(footer.undo, LEFT)
    assert asked == [True]
