"""Ordering with an adaptation in the real window: from the card to the case, and to the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import cases, orders, parameters
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.shop.adapt_dialog import AdaptDialog
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.services import adapting
from tests.ui.pages.customer import Customer
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def asking(at: Opener) -> None:
    """The form over the shop."""
    trade.put_on_sale(at.town, 3)
    page = at.page("leader", "shop", ShopPage)
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.shell.jobs.wait_idle()
    card = page.findChild(CardDialog)
    assert card is not None
    card.adapt.click()


#: How the form is opened.
ADAPT_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {AdaptDialog: asking}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_leader_orders_with_an_adaptation(customer: Customer, stocked: World) -> None:
    leader = stocked.person("leader")
    customer.search("3 stabelstol")
    QTest.keyClick(customer.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    card = customer.page.findChild(CardDialog)
    assert card is not None
    assert card.adapt.isVisible()
    card.adapt.click()
    customer.settle()
    dialog = customer.page.asking
    assert isinstance(dialog, AdaptDialog)
    assert dialog.count.value() == 3
    assert dialog.height() < customer.window.height()
    assert left_english([label.text() for label in dialog.findChildren(QLabel)]) == []
    assert dialog.price.text() == "Sæt kryds ved det, der skal gøres."
    dialog.answer.button(0).click()
    dialog.verb.click()
    assert dialog.notice.isVisible()
    task = next(field for field in dialog.tasks.values() if "Ny højde" in field.box.text())
    assert plain(task.box.text()) == "Ny højde på ben eller stel · 300 kr. · 1 uge ekstra"
    task.box.click()
    customer.settle()
    said = plain(dialog.price.text())
    assert "140 kr. + tilpasning 300 kr. = 440 kr. pr. møbel, i alt 1.320 kr." in said
    dialog.count.line.selectAll()
    QTest.keyClicks(dialog.count.line, "2")
    customer.settle()
    assert "i alt 880 kr." in plain(dialog.price.text())
    dialog.note.edit.setPlainText("5 cm højere.")
    dialog.verb.click()
    customer.settle()
    assert customer.page.asking is None
    assert customer.toast() == "B-000001 er sendt, og værkstedet kan gå i gang."
    found = orders.detail(leader, orders.listed(leader).rows[0].id)
    assert (found.row.pieces, found.row.total_ore, found.at_work) == (2, 88_000, True)
    case_id = adapting.case_of(stocked, found.row.id)
    assert cases.detail(stocked.person("bench"), case_id).note == "5 cm højere."


def test_the_form_asks_how_soon_and_where_to(customer: Customer, stocked: World) -> None:
    leader = stocked.person("leader")
    parameters.save(stocked.person("admin"), {"urgent_days": 2})
    customer.search("1 stabelstol")
    QTest.keyClick(customer.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    customer.settle()
    card = customer.page.findChild(CardDialog)
    assert card is not None
    card.adapt.click()
    customer.settle()
    dialog = customer.page.asking
    assert isinstance(dialog, AdaptDialog)
    assert dialog.pace.isHidden()
    next(field for field in dialog.tasks.values() if "Ny højde" in field.box.text()).box.click()
    customer.settle()
    assert dialog.pace.field is not None
    assert "inden 2 hverdage efter værkstedet, gebyr 150 kr." in plain(
        dialog.pace.field.helper.text()
    )
    before = dialog.wishes.promise.text()
    dialog.pace.field.button(1).click()
    assert "i alt 590 kr. Heraf 150 kr. i gebyr. Kommer i uge" in plain(dialog.price.text())
    assert dialog.wishes.promise.text() != before
    dialog.answer.button(0).click()
    dialog.wishes.needed.line.setText("i går")
    dialog.verb.click()
    assert dialog.wishes.needed.error.isVisible()
    dialog.wishes.needed.line.setText("")
    dialog.wishes.more.click()
    dialog.wishes.building.line.setText("Bygning C, lokale 2.14")
    dialog.wishes.floor.line.setText("x" * 500)
    dialog.verb.click()
    assert dialog.wishes.floor.error.isVisible()
    dialog.wishes.floor.line.setText("2. sal")
    assert left_english([label.text() for label in dialog.findChildren(QLabel)]) == []
    dialog.verb.click()
    customer.settle()
    found = orders.detail(leader, orders.listed(leader).rows[0].id)
    assert (found.row.urgent, found.fee_ore, found.wishes.floor) == (True, 15_000, "2. sal")


def test_the_order_opens_its_case_and_the_case_its_order(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    sent = adapting.sent(town, 2)
    lager = town.person("lager")
    items = [item for item in entries.items_for(lager) if item.word in ("orders", "cases")]
    window = open_window("lager", items)
    window.go("orders", sent.order_id)
    assert isinstance(window.page, OrdersPage)
    page = window.page
    qtbot.waitUntil(lambda: page.card.detail is not None and page.work.isVisible())

    def shown() -> list[str]:
        return [plain(label.text()) for label in page.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: "300 kr. pr. møbel, en del af prisen · på værksted" in shown())
    assert ("Tilpasset", adapting.HIGHER) in page.card.facts.facts()
    assert left_english([text for text in shown() if text != "Leader"]) == []
    page.work.click()
    qtbot.waitUntil(lambda: isinstance(window.page, CasesPage))
    work = window.page
    assert isinstance(work, CasesPage)
    qtbot.waitUntil(lambda: work.panel.current() is not None)
    dialog = work.panel.current()
    assert dialog is not None
    assert dialog.order.text() == f"Åbn bestilling {sent.number}"
    dialog.order.click()
    qtbot.waitUntil(lambda: isinstance(window.page, OrdersPage))
    adapting.finish(town, sent.order_id)
    page.reload()
    qtbot.waitUntil(page.work.isHidden)


def test_the_workshop_alone_sees_no_way_to_the_order(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    sent = adapting.sent(town, 1)
    bench = town.person("bench")
    items = [item for item in entries.items_for(bench) if item.word == "cases"]
    window = open_window("bench", items)
    window.go("cases", adapting.case_of(town, sent.order_id))
    work = window.page
    assert isinstance(work, CasesPage)
    qtbot.waitUntil(lambda: work.panel.current() is not None)
    dialog = work.panel.current()
    assert dialog is not None
    assert dialog.order.isHidden()
    assert sent.number in dialog.pieces.facts.text()
