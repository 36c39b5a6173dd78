"""What is looked for in vain in the real window: counted once, listed, looked for in stock."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.periods import this_year
from moebelcirkel.services import wants
from moebelcirkel.ui.pages.demand.page import DemandPage
from moebelcirkel.ui.pages.stock.page import StockPage
from moebelcirkel.ui.window import entries
from tests.ui.pages.customer import Customer, OpenWindow, stock
from tests.ui.pages.warehouse import settle
from tests.world import World


@pytest.fixture
def customer(customer: Customer) -> Customer:
    customer.settle()
    return customer


def searches(town: World) -> list[tuple[str, int]]:
    lager = town.person("lager")
    rows = wants.demand_list(lager, this_year(lager.today()))
    return [(row.what, row.searches) for row in rows]


def typed(customer: Customer, text: str) -> None:
    field = customer.window.header.field
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, text)
    customer.settle()


def test_a_search_counts_once_when_return_is_pressed(customer: Customer, town: World) -> None:
    customer.search("trampolin")
    customer.search("stol")
    customer.search("trampolin")
    assert searches(town) == [("trampolin", 1)]


def test_a_search_counts_when_somebody_paused_and_not_while_they_type(
    customer: Customer, town: World
) -> None:
    pause = customer.page.unmet.pause
    typed(customer, "trampoliner")
    customer.qtbot.waitUntil(pause.isActive)
    assert searches(town) == []
    pause.timeout.emit()
    customer.settle()
    assert searches(town) == [("trampoliner", 1)]
    typed(customer, "stol")
    customer.qtbot.waitUntil(lambda: customer.page.model.rowCount() > 0)
    assert not pause.isActive()


def test_what_a_filter_hides_is_not_counted(customer: Customer, town: World) -> None:
    customer.page.filters.most.set_value(100)
    customer.search("stabelstol")
    assert customer.page.model.rowCount() == 0
    customer.page.filters.clear()
    customer.settle()
    customer.search("500 stabelstole")
    assert customer.page.model.rowCount() == 0
    assert searches(town) == []


def test_the_warehouse_sees_it_looks_in_stock_and_takes_it_along(
    open_window: OpenWindow, town: World, qtbot: QtBot, tmp_path: Path
) -> None:
    wants.note(stock(town).person("leader"), "Bogreoler højde 200-210")
    words = ("stock", "demand")
    rail = [each for each in entries.items_for(town.person("lager")) if each.word in words]
    window = open_window("lager", rail)
    assert isinstance(window.page, StockPage)
    settle(window.page)
    window.page.demand.click()
    settle(window.page)
    page = window.page
    assert isinstance(page, DemandPage)
    cells = [
        str(page.model.index(0, number).data(Qt.ItemDataRole.DisplayRole)) for number in range(3)
    ]
    assert cells == ["bogreoler", "højde 200–210 cm", "1"]
    page.export.menu().actions()[1].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "ud.csv"))
    dialog.reject()
    settle(window.page)
    assert "bogreoler" in (tmp_path / "ud.csv").read_text("utf-8-sig")
    page.to_stock.click()
    settle(window.page)
    assert isinstance(window.page, StockPage)
    assert window.header.field.text() == "bogreoler"
    qtbot.waitUntil(lambda: "14" in window.page.count.text())
