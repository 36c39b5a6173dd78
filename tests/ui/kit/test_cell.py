"""What a cell paints and tells: shares as they are, and texts that have no room."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel

LONG = "Skrivebord med hæve-sænkefunktion og kabelbakke, lys eg"


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> TableView:
    theme.apply(qapp, "light")
    columns = (
        Column[float]("name", "Møbel", lambda _share: LONG, width=120),
        Column[float]("wide", "Møbel", lambda _share: "Stol", width=120),
        Column[float]("share", "Andel", lambda share: f"{share}", share=lambda s: s, width=200),
    )
    model = TableModel[float](columns, lambda share: share)
    view = TableView("Møbler")
    qtbot.addWidget(view)
    view.show_model(model)
    model.set_rows([1.0, 0.04, 0.07])
    view.resize(500, 300)
    view.show()
    return view


def green(image: QImage, row: int, view: TableView) -> int:
    """Points of the row's middle line that are green."""
    y = view.rowViewportPosition(row) + view.rowHeight(row) // 2
    wanted = QColor(theme.current().colours.accent)
    return sum(image.pixelColor(x, y) == wanted for x in range(image.width()))


def test_a_bar_is_as_long_as_its_share(view: TableView) -> None:
    image = view.viewport().grab().toImage()
    whole, little, more = (green(image, row, view) for row in range(3))
    assert 0 < little < more < whole
    assert abs(more / whole - 0.07) < 0.02


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_text_without_room_is_told_in_full(view: TableView) -> None:
    for column, told in ((1, ""), (0, LONG)):
        where = view.visualRect(view.model().index(0, column)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
        QApplication.sendEvent(view.viewport(), event)
        assert QToolTip.text() == told
    QToolTip.hideText()


def test_what_tells_rows_apart_at_their_end_is_not_cut(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    for keeps_end in (True, False):
        column = Column[str](
            "name", "Møbel", lambda end: LONG + end, width=120, keeps_end=keeps_end
        )
        model = TableModel[str]((column,), lambda end: end)
        view = TableView("Møbler")
        qtbot.addWidget(view)
        view.show_model(model)
        model.set_rows([", A", ", C"])
        view.resize(130, 200)
        view.show()
        image = view.viewport().grab().toImage()
        rows = [image.copy(view.visualRect(model.index(row, 0))) for row in range(2)]
        assert (rows[0] != rows[1]) is keeps_end


def test_the_ring_of_the_keyboard_is_round_the_row(view: TableView, qtbot: QtBot) -> None:
    with qtbot.waitActive(view):
        view.activateWindow()
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0))
    image = view.viewport().grab().toImage()
    ring = QColor(theme.current().colours.accent)
    cells = [view.visualRect(view.model().index(1, column)) for column in range(3)]
    tops = [image.pixelColor(cell.center().x(), cell.top() + 2) == ring for cell in cells]
    inner = image.pixelColor(cells[0].right() - 2, cells[0].center().y())
    assert (tops, inner == ring) == ([True] * 3, False)
