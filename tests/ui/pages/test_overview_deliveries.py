"""Leverancens tal on Overblik: figures, and the orders behind each of them."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import deliveries
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.services.ordering import lines_of, send
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def test_each_figure_shows_its_orders_and_opens_one(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    lager, leader = town.person("lager"), town.person("leader")
    first, second = send(leader, town), send(leader, town)
    lines = [line.id for line in lines_of(town, first)]
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    found = {item.word: item for item in entries.items_for(town.person("controller"))}
    window = open_window("controller", [found["overview"], found["orders"]])
    page = window.page
    assert isinstance(page, OverviewPage)
    assert window.jobs.wait_idle()
    page.kept.click()
    assert window.jobs.wait_idle()
    dialog = page.dialog
    said = [card.spoken for card in dialog.figures.rows.entries]
    titles = [card.title for card in dialog.figures.rows.entries]
    assert titles[0] == "1 af 1 bestillinger"
    assert said[0] == "Lovet uge holdt: 100 %".replace(" %", "\u00a0%")
    assert [card.key for card in dialog.orders.rows.entries] == [first]
    assert (titles[-1], said[-1]) == ("ved 0 stop", "Brugt emballage taget med")
    waiting = said.index("Ugen er ikke gået")
    dialog.figures.setCurrentIndex(dialog.figures.rows.index(waiting, 0))
    assert [card.key for card in dialog.orders.rows.entries] == [second]
    dialog.figures.setCurrentIndex(dialog.figures.rows.index(0, 0))
    dialog.open_button.click()
    qtbot.waitUntil(lambda: window.page is not page)
    assert isinstance(window.page, OrdersPage)
    assert window.jobs.wait_idle()
    told = [label.text() for label in window.page.card.findChildren(QLabel)]
    assert "ugen blev holdt" in told
