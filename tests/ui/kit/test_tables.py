"""Tables: order, selection over reloads, pages that are read when seen, copying."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPaintEvent, QRegion
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import SORT_ROLE, Column, PagedTableModel, TableModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a made-up table."""

    name: str
    count: int | None


COLUMNS = (
    Column[Line]("name", "Institution", lambda row: row.name, lambda row: row.name, strong=True),
    Column[Line](
        "count",
        "Møbler",
        lambda row: "" if row.count is None else str(row.count),
        lambda row: row.count,
        align="right",
        width=100,
    ),
    Column[Line]("state", "Stand", lambda _row: "B", chip=lambda _row: Chip("B", "accent")),
    Column[Line]("share", "Andel", lambda _row: "50 %", share=lambda _row: 0.5, hidden=True),
)
ROWS = [Line("Rådhuset", 188), Line("Åbo", None), Line("Skolen", 214), Line("I alt", 402)]


def total(row: Line) -> bool:
    return row.name == "I alt"


def make(qtbot: QtBot) -> tuple[TableModel[Line], TableView]:
    model = TableModel[Line](COLUMNS, lambda row: row.name, total)
    view = TableView("Institutioner")
    qtbot.addWidget(view)
    view.show_model(model)
    model.set_rows(ROWS)
    view.resize(700, 400)
    view.show()
    return model, view


class Drawn(QObject):
    """What of a viewport is drawn anew."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self.region = QRegion()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_the_ring_leaves_the_whole_of_a_row_that_stays_chosen(qtbot: QtBot) -> None:
    """Qt draws the cell anew that the keyboard left; the ring lies round all of them."""
    _model, view = make(qtbot)
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    view.selectRow(0)
    QApplication.processEvents()
    view.repaint()
    drawn = Drawn(view)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_numbers() == [0, 1]
    row = view.visualRect(view.model().index(0, 0)).united(
        view.visualRect(view.model().index(0, 2))
    )
    QApplication.processEvents()
    assert not drawn.region.isEmpty()
    assert QRegion(row).subtracted(drawn.region).isEmpty()


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model, view = make(qtbot)
    QAbstractItemModelTester(model, FATAL)
    view.show_order("count", descending=True)
    model.set_rows(ROWS[:2])
    model.set_rows([])


def test_sorting_puts_gaps_and_totals_last(qtbot: QtBot) -> None:
    model, view = make(qtbot)
    view.show_order("count", descending=True)
    assert [row.name for row in model.rows] == ["Skolen", "Rådhuset", "Åbo", "I alt"]
    view.show_order("count", descending=False)
    assert [row.name for row in model.rows] == ["Rådhuset", "Skolen", "Åbo", "I alt"]
    assert model.data(model.index(0, 1), SORT_ROLE) == 188


def test_a_click_on_a_header_asks_for_the_order_and_then_the_other_way(qtbot: QtBot) -> None:
    _model, view = make(qtbot)
    asked: list[tuple[str, bool]] = []
    view.sort_requested.connect(lambda key, descending: asked.append((key, descending)))
    for _time in range(2):
        view.horizontalHeader().sectionClicked.emit(1)
    view.horizontalHeader().sectionClicked.emit(2)
    assert asked == [("count", False), ("count", True)]


def test_selection_survives_a_reload(qtbot: QtBot) -> None:
    model, view = make(qtbot)
    view.select_key("Skolen")
    model.set_rows([Line("Ny", 1), *ROWS])
    assert [row.name for row in view.selected_rows()] == ["Skolen"]
    assert view.current_row() == Line("Skolen", 214)


def test_enter_opens_and_control_c_copies_with_headers(qtbot: QtBot) -> None:
    _model, view = make(qtbot)
    view.select_key("Rådhuset")
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [Line("Rådhuset", 188)]
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.all_selected()
    with qtbot.waitSignal(view.copied) as copied:
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [4, 0]
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[:2] == ["Institution\tMøbler\tStand", "Rådhuset\t188\tB"]


def test_columns_are_chosen_in_a_menu_and_remembered(qtbot: QtBot) -> None:
    _model, view = make(qtbot)
    assert view.visible_columns() == ("name", "count", "state")
    kept: list[tuple[str, ...]] = []
    view.keep_columns((), kept.append)
    menu = QMenu()
    qtbot.addWidget(menu)
    actions = view.column_actions(menu)
    actions[3].setChecked(True)
    actions[1].setChecked(False)
    assert kept[-1] == ("name", "state", "share")
    view.show_columns(["gone"])
    assert len(view.visible_columns()) == 4


def test_headers_lie_over_their_figures(qtbot: QtBot) -> None:
    model, view = make(qtbot)
    role = Qt.ItemDataRole.TextAlignmentRole
    header = model.headerData(1, Qt.Orientation.Horizontal, role)
    assert header == model.data(model.index(0, 1), role)
    assert header & Qt.AlignmentFlag.AlignRight
    assert view.verticalHeader().defaultSectionSize() == 38
    view.grab()


def test_cells_say_what_they_are(qtbot: QtBot) -> None:
    model, view = make(qtbot)
    spoken = model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Møbler: 188"
    name = QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name)
    assert name == "Institutioner"


class Source:
    """Answers requests when the test says so."""

    def __init__(self, count: int) -> None:
        self.rows = [Line(f"nr. {n}", n) for n in range(count)]
        self.requests: list[PageRequest[Line]] = []

    def answer(self, model: PagedTableModel[Line]) -> None:
        request = self.requests.pop(0)
        model.deliver(request, self.rows[request.first : request.first + request.count])


def paged(qtbot: QtBot, count: int = 10_000) -> tuple[Source, PagedTableModel[Line], TableView]:
    source = Source(count)
    model = PagedTableModel[Line](COLUMNS, lambda row: row.name, source.requests.append)
    view = TableView("Møbler")
    qtbot.addWidget(view)
    view.show_model(model)
    model.reset(count, source.rows[:60])
    view.resize(700, 400)
    view.show()
    return source, model, view


def test_a_paged_model_keeps_qts_rules(qtbot: QtBot) -> None:
    source, model, _view = paged(qtbot, 130)
    QAbstractItemModelTester(model, FATAL)
    model.data(model.index(129, 0))
    qtbot.waitUntil(lambda: bool(source.requests))
    while source.requests:
        source.answer(model)
    model.reset(0)


def test_only_what_is_seen_is_read_one_page_at_a_time(qtbot: QtBot) -> None:
    source, model, view = paged(qtbot)
    view.scrollToBottom()
    qtbot.waitUntil(lambda: bool(source.requests))
    assert [request.page for request in source.requests] == [166]
    assert source.requests[0].count == 40
    source.answer(model)
    assert model.peek(9_999) == Line("nr. 9999", 9_999)
    qtbot.wait(20)
    assert len(model._sparse.loaded()) <= 60 * 4


def test_typing_a_letter_and_control_a_read_nothing(qtbot: QtBot) -> None:
    source, _model, view = paged(qtbot)
    view.keyboardSearch("x")
    view.selectAll()
    assert view.all_selected()
    assert len(view.selected_numbers()) == 10_000
    assert len(view.selected_rows()) == 60
    qtbot.wait(10)
    assert source.requests == []


def test_answers_to_an_older_search_are_dropped(qtbot: QtBot) -> None:
    source, model, _view = paged(qtbot)
    model.row_at(300)
    qtbot.waitUntil(lambda: bool(source.requests))
    old = source.requests.pop()
    model.reset(500, source.rows[:60])
    model.deliver(old, [Line("gammel", 0)] * 60)
    assert model.peek(300) is None


def test_the_next_page_knows_the_row_before_it(qtbot: QtBot) -> None:
    source, model, _view = paged(qtbot)
    model.row_at(60)
    qtbot.waitUntil(lambda: bool(source.requests))
    assert source.requests[0].after == Line("nr. 59", 59)


@pytest.mark.parametrize("answered", [True, False])
def test_a_request_without_answer_is_asked_again_when_seen(qtbot: QtBot, answered: bool) -> None:
    source, model, _view = paged(qtbot)
    model.row_at(120)
    qtbot.waitUntil(lambda: bool(source.requests))
    request = source.requests.pop()
    if answered:
        model.deliver(request, source.rows[120:180])
    else:
        model.failed(request)
    model.row_at(120)
    qtbot.wait(10)
    assert bool(source.requests) != answered


def test_columns_share_what_is_left_and_never_vanish(qtbot: QtBot) -> None:
    _model, view = make(qtbot)
    assert view.columnWidth(1) == 100
    assert sum(view.columnWidth(n) for n in range(3)) <= view.viewport().width()
    assert view.columnWidth(0) > 200
    view.resize(200, 300)
    qtbot.wait(10)
    assert view.columnWidth(0) >= 200  # it scrolls in any case, so names can be read


def _yielding(qtbot: QtBot) -> TableView:
    columns = [
        Column[Line]("photo", "Billede", lambda _row: "", width=60, yields=True),
        Column[Line]("name", "Navn", lambda row: row.name),
        Column[Line]("number", "Nummer", lambda row: row.name, width=100),
        Column[Line]("by", "Af", lambda row: row.name, width=110, yields=True),
    ]
    view = TableView("Møbler")
    qtbot.addWidget(view)
    view.show_model(TableModel[Line](columns, lambda row: row.name, parent=view))
    view.show()
    return view


def _on_screen(view: TableView, width: int) -> list[int]:
    view.resize(width, 300)
    return [n for n in range(4) if not view.isColumnHidden(n)]


def test_what_yields_is_left_out_while_there_is_no_room_for_all(qtbot: QtBot) -> None:
    view = _yielding(qtbot)
    assert _on_screen(view, 700) == [0, 1, 2, 3]
    assert _on_screen(view, 330) == [0, 1, 2]
    assert _on_screen(view, 270) == [1, 2]
    assert view.visible_columns() == ("photo", "name", "number", "by")
    assert _on_screen(view, 100) == [0, 1, 2, 3]  # it scrolls in any case
    assert _on_screen(view, 700) == [0, 1, 2, 3]


def test_what_somebody_chose_never_yields(qtbot: QtBot) -> None:
    view = _yielding(qtbot)
    assert _on_screen(view, 270) == [1, 2]
    menu = QMenu(view)
    photo = view.column_actions(menu)[0]
    assert photo.isChecked()
    photo.setChecked(False)
    assert _on_screen(view, 270) == [1, 2, 3]
    assert view.visible_columns() == ("name", "number", "by")


def test_what_is_left_is_shared_by_weight(qtbot: QtBot) -> None:
    columns = [
        Column[Line]("name", "Navn", lambda row: row.name, weight=3),
        Column[Line]("number", "Nummer", lambda row: row.name, width=100),
        Column[Line]("place", "Sted", lambda row: row.name, weight=2),
    ]
    view = TableView("Møbler")
    qtbot.addWidget(view)
    model = TableModel[Line](columns, lambda row: row.name)
    view.show_model(model)
    view.resize(700, 300)
    view.show()
    wide, narrow = view.columnWidth(0), view.columnWidth(2)
    assert abs(2 * wide - 3 * narrow) <= 6
    assert wide + narrow + 100 <= view.viewport().width()


def test_a_row_selected_by_the_program_is_alone_also_while_ctrl_is_held(qtbot: QtBot) -> None:
    _model, view = make(qtbot)
    QTest.keyPress(view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    for name in ("Rådhuset", "Skolen"):
        assert view.select_key(name)
    assert [row.name for row in view.selected_rows()] == ["Skolen"]
    view.selectRow(0)
    assert len(view.selected_rows()) == 1
    QTest.keyRelease(view, Qt.Key.Key_Control)
