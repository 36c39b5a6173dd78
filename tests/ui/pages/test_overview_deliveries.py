"""Leverancens tal on Overblik: figures, and the orders behind each of them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.orders import Why
from moebelcirkel.services import deliveries, orders, runs
from moebelcirkel.services.orders import OrderRow
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.overview.deliveries import DeliveriesDialog
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.services import running
from tests.services.ordering import lines_of, send
from tests.services.test_deliveries_of_run import brought, ordered
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
    assert titles[0] == "1 af 1 bestilling"
    assert said[0] == "Lovet uge holdt: 100 %".replace(" %", "\u00a0%")
    assert [ref.id for ref in behind(dialog)] == [first]
    assert (titles[-1], said[-1]) == ("ved 0 stop", "Brugt emballage taget med")
    waiting = said.index("Ugen er ikke gået")
    dialog.figures.setCurrentIndex(dialog.figures.rows.index(waiting, 0))
    assert [ref.id for ref in behind(dialog)] == [second]
    dialog.figures.setCurrentIndex(dialog.figures.rows.index(0, 0))
    dialog.open_button.click()
    qtbot.waitUntil(lambda: window.page is not page)
    assert isinstance(window.page, OrdersPage)
    assert window.jobs.wait_idle()
    told = [label.text() for label in window.page.card.findChildren(QLabel)]
    assert "ugen blev holdt" in told


def test_every_figure_opens_as_much_as_it_counts(town: World, open_window: OpenWindow) -> None:
    """The first number of a figure is what its list holds: orders, pieces, lines or stops."""
    lager, leader = town.person("lager"), town.person("leader")
    small = ordered(leader, town, town.school, 340, 100)
    dear = ordered(leader, town, town.school, 900, 800)
    run = running.run(town)
    runs.add_delivery(lager, run, town.school)
    runs.add_pickup(lager, run, running.accepted(town))
    brought(town, small, 0, 1)
    orders.cancel(leader, dear, [lines_of(town, dear)[0].id], why=Why.MISTAKE)
    brought(town, dear, 1)
    stops = [stop.id for stop in runs.one(lager, run).stops]
    running.on_van(lager, stops[1])
    runs.close(lager, run, Decimal(12), packaging=stops)
    found = {item.word: item for item in entries.items_for(town.person("controller"))}
    window = open_window("controller", [found["overview"], found["orders"]])
    page = window.page
    assert isinstance(page, OverviewPage)
    assert window.jobs.wait_idle()
    page.kept.click()
    assert window.jobs.wait_idle()
    dialog = page.dialog
    opened = {}
    for at, card in enumerate(dialog.figures.rows.entries):
        dialog.figures.setCurrentIndex(dialog.figures.rows.index(at, 0))
        opened[card.title, card.detail.replace("\u00a0", " ")] = behind(dialog)
    refs = {said: found for (_title, said), found in opened.items()}
    assert [(title, said, len(refs)) for (title, said), refs in opened.items() if refs] == [
        ("2 af 2 bestillinger", "Lovet uge holdt: 100 %", 2),
        ("3 af 4 møbler", "Leverede møbler af de bestilte: 75 %", 2),
        ("1 møbel opgivet", "Institution: Bestilt ved en fejl", 1),
        ("Bestillinger: 1", "Små bestillinger, under 500 kr.", 1),
        ("Linjer: 2", "Linjer på 0 til 500 kr.", 1),
        ("2 ture sparet ved samling", "3 bestillinger og afhentninger på 1 køretur", 3),
        ("ved 2 stop", "Brugt emballage taget med", 2),
    ]
    assert sum(ref.pieces for ref in refs["Leverede møbler af de bestilte: 75 %"]) == 4
    dialog.figures.setCurrentIndex(
        dialog.figures.rows.index(len(dialog.figures.rows.entries) - 1, 0)
    )
    assert [ref.orders for ref in refs["Brugt emballage taget med"]] == [(small, dear), ()]
    dialog.open_button.click()
    assert window.jobs.wait_idle()
    assert isinstance(window.page, OrdersPage)
    assert {row.id for row in rows(window.page)} == {small, dear}


def test_a_pickup_behind_saved_trips_is_opened_by_who_handed_in(
    town: World, open_window: OpenWindow
) -> None:
    lager, leader = town.person("lager"), town.person("leader")
    run, pickup = running.run(town), running.accepted(town)
    ordered(leader, town, town.school, 340)
    runs.add_delivery(lager, run, town.school)
    runs.add_pickup(lager, run, pickup)
    found = {item.word: item for item in entries.items_for(leader)}
    window = open_window("leader", [found["overview"], found["orders"], found["pickups"]])
    page = window.page
    assert isinstance(page, OverviewPage)
    assert window.jobs.wait_idle()
    page.kept.click()
    assert window.jobs.wait_idle()
    dialog = page.dialog
    titles = [card.title for card in dialog.figures.rows.entries]
    at = titles.index("1 tur sparet ved samling")
    dialog.figures.setCurrentIndex(dialog.figures.rows.index(at, 0))
    assert dialog.open_button.text() == "Åbn bestillingen"
    dialog.orders.setCurrentIndex(dialog.orders.rows.index(1, 0))
    assert dialog.open_button.text() == "Åbn afhentningen"
    dialog.open_button.click()
    assert window.jobs.wait_idle()
    assert isinstance(window.page, PickupsPage)
    assert window.page.chosen == pickup


def behind(dialog: DeliveriesDialog) -> list[Any]:
    """What is listed of the chosen figure."""
    return [card.key for card in dialog.orders.rows.entries]


def rows(page: OrdersPage) -> list[OrderRow]:
    return [row for at in range(page.model.rowCount()) if (row := page.model.row_at(at))]
