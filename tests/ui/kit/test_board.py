"""The board asks for moves by drag and by key, and follows the card when it has moved."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.board import BoardCard, BoardWidget
from moebelcirkel.ui.kit.lists.board_card import CardLayout
from moebelcirkel.ui.kit.lists.chips import Chip, column_width
from moebelcirkel.ui.kit.pictures import paint

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
CTRL = Qt.KeyboardModifier.ControlModifier


def card(key: int) -> BoardCard:
    chip, letter = Chip("gaspatron", "warning"), Chip("C", "warning")
    return BoardCard(key, f"MC-00{key}", f"Stol {key}", "Åbo · i dag", chip, letter, None, "chair")


STATE = {"assess": [card(1), card(2)], "doing": [card(3)], "ready": []}


@pytest.fixture
def board(qtbot: QtBot) -> BoardWidget:
    found = BoardWidget([("assess", "Vurderes"), ("doing", "I gang"), ("ready", "Klar")])
    qtbot.addWidget(found)
    found.show_cards(STATE)
    found.resize(900, 500)
    found.show()
    return found


def test_the_models_keep_qts_rules(board: BoardWidget) -> None:
    for key in board.keys:
        QAbstractItemModelTester(board.view(key).cards, FATAL)
    board.show_cards({"ready": [card(9)]})


def test_control_and_arrow_asks_for_a_move_and_follows_the_card(
    board: BoardWidget, qtbot: QtBot
) -> None:
    board.focus_card(2)
    with qtbot.waitSignal(board.move_requested) as asked:
        QTest.keyClick(board.view("assess"), Qt.Key.Key_Right, CTRL)
    assert asked.args == [2, "doing"]
    assert board.column_of(2) == "assess"
    board.show_cards({"assess": [card(1)], "doing": [card(3), card(2)]})
    assert board.view("doing").current_key() == 2
    assert board.view("doing").hasFocus()


def test_the_outer_columns_have_no_further_neighbour(board: BoardWidget, qtbot: QtBot) -> None:
    board.focus_card(1)
    with qtbot.assertNotEmitted(board.move_requested):
        QTest.keyClick(board.view("assess"), Qt.Key.Key_Left, CTRL)


def test_arrows_change_column(board: BoardWidget, qtbot: QtBot) -> None:
    board.focus_card(2)
    QTest.keyClick(board.view("assess"), Qt.Key.Key_Right)
    assert board.view("doing").hasFocus()
    assert board.view("doing").current_key() == 3
    QTest.keyClick(board.view("doing"), Qt.Key.Key_Left)
    assert board.view("assess").current_key() == 2


def test_enter_opens(board: BoardWidget, qtbot: QtBot) -> None:
    board.focus_card(3)
    with qtbot.waitSignal(board.opened) as opened:
        QTest.keyClick(board.view("doing"), Qt.Key.Key_Return)
    assert opened.args == [3]


def test_a_dropped_card_asks_for_its_move_after_the_drag(board: BoardWidget, qtbot: QtBot) -> None:
    source, target = board.view("assess").cards, board.view("ready").cards
    data = source.mimeData([source.index(0, 0)])
    move = Qt.DropAction.MoveAction
    with qtbot.waitSignal(board.move_requested) as asked:
        assert target.dropMimeData(data, move, -1, -1, QModelIndex())
        assert asked.args is None
    assert asked.args == [1, "ready"]
    assert source.rowCount() == 2
    assert target.rowCount() == 0


def test_what_is_not_a_card_of_another_column_is_not_taken(
    board: BoardWidget, qtbot: QtBot
) -> None:
    model = board.view("assess").cards
    move = Qt.DropAction.MoveAction
    own = model.mimeData([model.index(0, 0)])
    words = QMimeData()
    words.setText("1")
    with qtbot.assertNotEmitted(board.move_requested, wait=20):
        assert not model.dropMimeData(own, move, -1, -1, QModelIndex())
        assert not model.dropMimeData(words, move, -1, -1, QModelIndex())


def test_the_column_a_card_would_go_to_is_lit(board: BoardWidget) -> None:
    data = board.view("assess").cards.mimeData([board.view("assess").cards.index(0, 0)])
    target = board.view("doing")
    moves, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier

    def lit() -> bool:
        frame = target.parentWidget()
        assert frame is not None
        return bool(frame.property("card") == "target")

    def enter() -> None:
        target.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), moves, data, left, plain))

    assert not lit()
    enter()
    assert lit()
    target.dragLeaveEvent(QDragLeaveEvent())
    assert not lit()
    enter()
    target.dropEvent(QDropEvent(QPointF(5, 5), moves, data, left, plain))
    assert not lit()


def test_columns_and_cards_are_heard(board: BoardWidget) -> None:
    seen = QAccessible.queryAccessibleInterface(board.view("assess"))
    assert seen.text(QAccessible.Text.Name) == "Vurderes, 2 kort"
    assert seen.child(0).text(QAccessible.Text.Name) == "Stol 1, MC-001"
    assert "gaspatron" in seen.child(0).text(QAccessible.Text.Description)


def test_cards_grow_with_their_texts(board: BoardWidget) -> None:
    view = board.view("assess")
    long = BoardCard(7, "MC-7", "Hæve-sænkebord med meget lang plade", "tages fra MC-003711-7")
    board.show_cards({"assess": [long, BoardCard(8, "MC-8", "Bord", "")]})
    view.grab()
    tall, low = (view.visualRect(view.cards.index(n, 0)).height() for n in (0, 1))
    assert tall > low


def test_five_columns_fit_beside_the_widest_rail_of_a_small_window(qtbot: QtBot) -> None:
    found = BoardWidget([(str(n), f"Kolonne {n}") for n in range(5)])
    qtbot.addWidget(found)
    found.resize(1000, 500)
    found.show()
    bars = [area.horizontalScrollBar().maximum() for area in found.findChildren(QScrollArea)]
    assert bars
    assert max(bars) == 0


def test_many_columns_are_scrolled_sideways_to_the_keyboard(
    board: BoardWidget, qtbot: QtBot
) -> None:
    board.resize(400, 300)
    board.show_cards({"assess": [card(1)], "ready": [card(4)]})
    qtbot.wait(10)
    board.focus_card(4)
    qtbot.wait(10)
    last = board.view("ready")
    assert last.width() > 100
    assert board.rect().contains(last.mapTo(board, last.rect().center()))


@pytest.mark.parametrize("wide", [146, 170, 198, 360])
@pytest.mark.parametrize("task", ["Rens af betræk", "Motor/styring, hæve-sænkebord"])
def test_no_text_of_a_card_is_cut(qapp: QApplication, wide: int, task: str) -> None:
    theme.apply(qapp, "light")
    chip = Chip(task, "money")
    shown = BoardCard(1, "MC-002985-7", "2 × Skuffekassette 3 skuffer, hvid", "20 min.", chip)
    layout = CardLayout(shown, wide)
    words = {"title": "", "chip": ""}
    bottom = 0.0
    for part in layout.parts:
        assert part.box.top() >= bottom - 1
        bottom = part.box.bottom()
        assert part.box.left() in (0, layout.side + 10)
        if part.box.left() == 0:
            assert part.box.top() >= layout.side
        if part.kind in words:
            words[part.kind] += f"{part.words} "
        if part.kind == "chip":
            lines = paint.tall_chip_lines(part.words, part.box.width())
            assert part.box.height() == 22 + (len(lines) - 1) * 17
            face = paint.font("small", 600)
            widest = max(paint.width_of(line, face) for line in lines)
            assert widest <= part.box.width() - 17
    assert words["chip"].strip() == task
    assert words["title"].split() == shown.title.split()
    assert layout.height >= bottom


def test_a_column_of_pills_is_as_wide_as_its_widest(qapp: QApplication) -> None:
    for scale in (1.0, 1.5, 2.0):
        theme.apply(qapp, "light", scale=scale)
        wide = paint.px(column_width(("godkendt", "afventer godkendelse")))
        assert paint.chip_width("afventer godkendelse") <= wide - 2 * paint.px(10)
    theme.apply(qapp, "light")
