"""Leverancens tal on a run: each is a button that leads to exactly the orders it counts."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from moebelcirkel.domain.orders import Why
from moebelcirkel.services import deliveries, orders, runs
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.parts.order_words import waiting_chip
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.clock import Clock
from tests.services import running, shopping
from tests.services.ordering import lines_of
from tests.services.test_deliveries_of_run import brought, ordered
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def test_each_figure_opens_its_orders(town: World, open_window: OpenWindow, clock: Clock) -> None:
    lager, leader = town.person("lager"), town.person("leader")
    whole = ordered(leader, town, town.school, 200, 700)
    half = ordered(leader, town, town.school, 300, 501)
    dropped = ordered(leader, town, town.school, 800)
    late = ordered(shopping.neighbour(town), town, town.home, 450, 49)
    clock.advance(days=28)
    run = running.run(town)
    for institution in (town.school, town.home):
        runs.add_delivery(lager, run, institution)
    ordered(leader, town, town.school, 100)
    clock.advance(days=-28)
    brought(town, whole, 0, 1)
    orders.cancel(leader, half, [lines_of(town, half)[1].id], why=Why.NOT_NEEDED)
    brought(town, half, 0)
    orders.call_off(lager, dropped, Why.BROKEN)
    clock.advance(days=28)
    found = {item.word: item for item in entries.items_for(lager)}
    window = open_window("lager", [found["runs"], found["orders"]])
    page = window.page
    assert isinstance(page, RunsPage)
    assert window.jobs.wait_idle()
    opened = {}
    for at, text in enumerate([each.text() for each in page.figures.buttons]):
        page.figures.buttons[at].click()
        assert window.jobs.wait_idle()
        assert isinstance(window.page, OrdersPage)
        assert window.page.every.text() == f"K-00001: {text}"
        opened[text.replace("\u00a0", " ")] = ids(window.page)
        window.go("runs")
        assert window.jobs.wait_idle()
    assert opened == {
        "2 af 3 i den lovede uge": {whole, half},
        "3 af 7 møbler leveret": {whole, half, dropped, late},
        "1 for sent": {late},
        "Institution: Skal ikke bruges alligevel · 1": {half},
        "Møbelbørsen: Møblet er gået i stykker · 1": {dropped},
        "Små bestillinger: 2": {half, late},
        "Linjer på 0 til 500 kr.: 4": {whole, half, late},
        "2 ture sparet ved samling": {whole, half, late},
    }
    window.go("orders")
    assert isinstance(window.page, OrdersPage)
    window.page.every.click()
    assert window.jobs.wait_idle()
    assert len(ids(window.page)) == 5
    assert not window.page.every.isVisible()


def test_packaging_of_a_house_leads_to_its_orders_whatever_was_put_on_first(
    town: World, open_window: OpenWindow
) -> None:
    lager, run = town.person("lager"), running.run(town)
    runs.add_pickup(lager, run, running.accepted(town))
    lines = running.waiting(town, 1)
    runs.add_delivery(lager, run, town.school)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    (fetched, _brought) = sorted(stop.id for stop in runs.one(lager, run).stops)
    running.on_van(lager, fetched)
    found = {item.word: item for item in entries.items_for(lager)}
    window = open_window("lager", [found["runs"], found["orders"]])
    page = window.page
    assert isinstance(page, RunsPage)
    page.close_button.click()
    page.closing.km.line.setText("12")
    page.closing.stops.list.item(0).setCheckState(Qt.CheckState.Checked)
    page.closing.verb.click()
    assert window.jobs.wait_idle()
    (stop,) = deliveries.run_tally(lager, run).packaging
    assert len(stop.orders) == 1


def ids(page: OrdersPage) -> set[int]:
    """The whole list."""
    found = (page.model.row_at(at) for at in range(page.model.rowCount()))
    return {row.id for row in found if row is not None}


def test_a_small_order_says_so_in_the_list_and_on_its_card(
    town: World, open_window: OpenWindow
) -> None:
    leader = town.person("leader")
    small = ordered(leader, town, town.school, 240, 100)
    dear = ordered(leader, town, town.school, 500, 700)
    found = {item.word: item for item in entries.items_for(leader)}
    window = open_window("leader", [found["orders"]])
    page = window.page
    assert isinstance(page, OrdersPage)
    told = {}
    for order in (small, dear):
        page.activate(order)
        assert window.jobs.wait_idle()
        facts = dict(page.card.facts.facts())
        row = page.card.detail.row if page.card.detail else None
        assert row is not None
        names = ("Lille bestilling", "Linjer på 0 til 500 kr.")
        told[order] = [waiting_chip(row).text] + [
            facts.get(name.replace(" kr", "\u00a0kr"), "").replace("\u00a0", " ") for name in names
        ]
    assert told == {small: ["Lille · godkendt", "under 500 kr.", "2"], dear: ["godkendt", "", "1"]}
    orders.cancel(leader, small)
    page.activate(small)
    assert window.jobs.wait_idle()
    assert "Lille bestilling" not in dict(page.card.facts.facts())
