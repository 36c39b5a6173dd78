"""The shop handed out from its page, by whoever sees the whole stock."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.window.main_window import MainWindow
from tests.ui.pages.customer import Customer, OpenWindow, items, stock
from tests.world import World


def buttons(window: MainWindow) -> list[QPushButton]:
    found = window.header.findChildren(QPushButton)
    return [each for each in found if each.text() == "Eksportér butikken"]


def test_the_shop_is_exported_to_the_place_that_was_chosen(
    open_window: OpenWindow, town: World, qtbot: QtBot, tmp_path: Path
) -> None:
    customer = Customer(open_window("lager", items(stock(town).person("lager"))), qtbot)
    customer.settle()
    (button,) = buttons(customer.window)
    texts = [action.text() for action in button.menu().actions()]
    assert texts == ["Regneark (*.xlsx)", "CSV (*.csv)", "Zip-fil med tabeller og billeder (*.zip)"]
    button.menu().actions()[1].trigger()
    (dialog,) = customer.window.findChildren(QFileDialog)
    path = tmp_path / "ud.csv"
    dialog.filesSelected.emit([str(path)])
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    customer.settle()
    assert "Lænestol læder" in path.read_text("utf-8-sig")
    assert customer.toast() == "Eksporteret til ud.csv: 75 møbler med 0 billeder"
    customer.window.drafts.flush()
    button.menu().actions()[0].trigger()
    again = customer.window.findChildren(QFileDialog)[-1]
    assert Path(again.directory().absolutePath()) == tmp_path
    again.reject()


def test_customers_are_not_offered_it(open_window: OpenWindow, town: World, qtbot: QtBot) -> None:
    customer = Customer(open_window("leader", items(stock(town).person("leader"))), qtbot)
    customer.settle()
    assert buttons(customer.window) == []
