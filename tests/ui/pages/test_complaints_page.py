"""Complaints in the real window: made under Deliveries, decided by the warehouse, seen again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.language import day
from moebelcirkel.services import complaints, orders
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.pages.complaints.dialogs import (
    ComplaintPriceDialog,
    DecideDialog,
    RefuseComplaintDialog,
    RepairDialog,
    ReturnDialog,
)
from moebelcirkel.ui.pages.complaints.page import ComplaintsPage
from moebelcirkel.ui.pages.orders.page import OrdersPage
from moebelcirkel.ui.pages.receipts.complain_dialog import ComplainDialog
from moebelcirkel.ui.pages.receipts.page import ReceiptsPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.catalogues import left_english
from tests.clock import Clock
from tests.services.complaining import complained, handed, row
from tests.services.sound import assert_whole
from tests.services.working_day import picture
from tests.ui.pages.customer import texts
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(kind: type[Dialog]) -> Any:
    found = [each for each in QApplication.topLevelWidgets() if type(each) is kind]
    [dialog] = [each for each in found if each.isVisible()]
    return dialog


def complaining(at: Any) -> None:
    delivery, _lines, _units = handed(at.town, 2)
    at.page("leader", "receipts", ReceiptsPage, delivery).complain.click()


def deciding(name: str) -> Callable[[Any], None]:
    def ask(at: Any) -> None:
        complained(at.town)
        getattr(at.page("lager", "complaints", ComplaintsPage), name).click()

    return ask


#: Those with something to type in, and how they are opened; the others only ask yes or no.
COMPLAINT_DIALOGS: dict[type[Dialog], Callable[[Any], object]] = {
    ComplainDialog: complaining,
    RefuseComplaintDialog: deciding("refuse"),
    ComplaintPriceDialog: deciding("price"),
}
YES_OR_NO: set[type[Dialog]] = {DecideDialog, ReturnDialog, RepairDialog}


def _complain(window: MainWindow, delivery: int, qtbot: QtBot) -> None:
    window.go("receipts", delivery)
    page = window.page
    assert isinstance(page, ReceiptsPage)
    qtbot.waitUntil(page.complain.isVisible)
    page.complain.click()
    dialog = opened(ComplainDialog)
    for each in dialog.items.rows:
        each.box.setChecked(True)
    dialog.wrong.set_value("Sædet er <b>revnet</b>")
    dialog.pictures.strip.offered.emit(picture("revne").jpeg, "revne.jpg")
    dialog.verb.click()  # waits until the picture is ready
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: len(dialog.pictures.value()) == 1)
    dialog.verb.click()


def test_a_complaint_goes_from_the_delivery_to_the_warehouse_and_back(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    delivery, lines, _units = handed(town, 2)
    leader, lager = town.person("leader"), town.person("lager")
    window = open_window("leader", entries.items_for(leader))
    _complain(window, delivery, qtbot)
    qtbot.waitUntil(lambda: complaints.open_count(lager) == 2)
    qtbot.waitUntil(lambda: "R-00001 (" in texts(window))
    assert "ikke afgjort" in texts(window)

    window = open_window("lager", entries.items_for(lager))
    window.go("complaints")
    page = window.page
    assert isinstance(page, ComplaintsPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    qtbot.waitUntil(page.card.isVisible)
    assert "<b>revnet</b>" in texts(window)  # as it was written
    qtbot.waitUntil(lambda: len(page.card.pictures.keys()) == 1)
    assert page.card.pictures.isVisible()
    page.card.pictures.opened.emit(page.card.pictures.keys()[0])
    large = page.card.pictures.dialog
    assert large is not None
    qtbot.waitUntil(lambda: large.view.accessibleName().startswith("R-0000"))
    large.shut.click()
    assert left_english(texts(window).splitlines()) == []
    page.price.click()
    dialog = opened(ComplaintPriceDialog)
    dialog.price.set_value(200_00)
    dialog.alike.box.setChecked(True)
    dialog.verb.click()
    qtbot.waitUntil(lambda: complaints.open_count(lager) == 0)
    qtbot.waitUntil(lambda: not page.card.isVisible())
    page.states.set_value("all")
    page.reload()
    qtbot.waitUntil(page.card.isVisible)
    assert {"Pris efter reklamationen", "200 kr.", "ny pris"} <= set(texts(window).splitlines())
    assert not page.price.isVisible()
    page.delivery.click()
    qtbot.waitUntil(lambda: isinstance(window.page, ReceiptsPage))
    assert_whole(town)

    order_id = trade.row(town.context, OrderLine, lines[0]).order_id
    assert orders.detail(leader, order_id).receipts[0].complaints[0].outcome is Outcome.PRICE
    window = open_window("leader", entries.items_for(leader))
    window.go("orders", order_id)
    assert isinstance(window.page, OrdersPage)
    qtbot.waitUntil(lambda: "R-00001 (" in texts(window))
    assert ": ny pris" in texts(window)


def test_what_is_agreed_to_waits_for_the_piece(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    done, _lines, _units = complained(town)
    window = open_window("lager", entries.items_for(town.person("lager")))
    window.go("complaints", done.ids[0])
    page = window.page
    assert isinstance(page, ComplaintsPage)
    qtbot.waitUntil(page.back.isVisible)
    page.back.click()
    opened(ReturnDialog).verb.click()
    qtbot.waitUntil(page.take_back.isVisible)
    assert row(town, done.ids[0]).state is ComplaintState.AGREED
    page.table.select_key(done.ids[1])
    qtbot.waitUntil(page.repair.isVisible)
    page.repair.click()
    opened(RepairDialog).verb.click()
    qtbot.waitUntil(lambda: row(town, done.ids[1]).outcome is Outcome.REPAIR)
    qtbot.waitUntil(lambda: "til reparation" in texts(window) or not page.repair.isVisible())


def test_after_the_deadline_only_the_warehouse_has_the_button(
    town: World, open_window: OpenWindow, qtbot: QtBot, clock: Clock
) -> None:
    delivery, _lines, _units = handed(town, 1)
    last = day(town.context.today() + dt.timedelta(days=14))
    clock.advance(days=15)
    for person, shown in (("leader", False), ("lager", True)):
        window = open_window(person, entries.items_for(town.person(person)))
        window.go("receipts", delivery)
        page = window.page
        assert isinstance(page, ReceiptsPage)
        qtbot.waitUntil(page.card.isVisible)
        assert {"Reklamation senest", last} <= set(texts(window).splitlines())
        assert page.complain.isVisible() is shown
