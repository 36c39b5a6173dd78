"""Repairs in the real window: a leader asks, the workshop gives a price, the leader agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.repairs import RepairStage
from moebelcirkel.services import orders, repairs
from moebelcirkel.services.context import Context
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.repairs.dialogs import (
    OfferDialog,
    ReceiveDialog,
    RefuseRepairDialog,
    WishDialog,
)
from moebelcirkel.ui.pages.repairs.page import RepairsPage
from moebelcirkel.ui.pages.repairs.part_dialog import PartDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import repairing
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def asking(at: Opener) -> None:
    at.page("leader", "repairs", RepairsPage).create_new()


def part(at: Opener) -> None:
    at.page("leader", "repairs", RepairsPage).part.click()


def offering(at: Opener) -> None:
    repairing.asked(at.town)
    at.page("bench", "repairs", RepairsPage).offer.click()


def refusing(at: Opener) -> None:
    repairing.asked(at.town)
    at.page("bench", "repairs", RepairsPage).refuse.click()


def receiving(at: Opener) -> None:
    repairing.agreed(at.town)
    at.page("bench", "repairs", RepairsPage).receive.click()


#: How each dialog of the page is opened.
REPAIR_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {
    WishDialog: asking,
    PartDialog: part,
    OfferDialog: offering,
    RefuseRepairDialog: refusing,
    ReceiveDialog: receiving,
}


def items(context: Context) -> list[RailItem]:
    return [item for item in entries.items_for(context) if item.word == "repairs"]


def texts(window: MainWindow) -> list[str]:
    assert window.page is not None
    shown = [label.text() for label in window.page.findChildren(QLabel) if label.isVisible()]
    return [text.replace("\u00a0", " ") for text in shown]


def opened(town: World, open_window: OpenWindow, login: str) -> tuple[MainWindow, RepairsPage]:
    window = open_window(login, items(town.person(login)))
    page = window.page
    assert isinstance(page, RepairsPage)
    return window, page


def dialog_of(page: RepairsPage, qtbot: QtBot) -> Dialog:
    qtbot.waitUntil(lambda: page.asking is not None and page.asking.isVisible())
    assert page.asking is not None
    return page.asking


def stage(town: World, key: int = 1) -> RepairStage:
    return repairs.detail(town.person("leader"), key).row.stage


def test_a_leader_asks_for_a_repair(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    window, page = opened(town, open_window, "leader")
    page.new.click()
    dialog = dialog_of(page, qtbot)
    assert isinstance(dialog, WishDialog)
    assert left_english([label.text() for label in dialog.findChildren(QLabel)]) == []
    dialog.verb.click()
    assert dialog.isVisible()
    dialog.line.name.line.setText("Gæstestole")
    dialog.line.category.set_value("visitor_chair")
    dialog.line.pieces.line.setText("4")
    dialog.note.edit.setPlainText("Betrækket er slidt.")
    dialog.answer.button(0).click()
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.card.detail is not None)
    shown = texts(window)
    assert "venter på en pris" in shown
    assert left_english(shown) == []
    assert page.accept.isHidden()
    assert not page.withdraw.isHidden()


def test_the_workshop_gives_a_price_and_receives(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    repairing.asked(town)
    window, page = opened(town, open_window, "bench")
    qtbot.waitUntil(lambda: page.card.detail is not None)
    page.offer.click()
    dialog = dialog_of(page, qtbot)
    assert isinstance(dialog, OfferDialog)
    task, outside = dialog.tasks[0]
    task.combo.setCurrentIndex(task.combo.findText("Skift gaspatron"))
    qtbot.waitUntil(lambda: "275 kr." in dialog.price.text().replace("\u00a0", " "))
    task.combo.setCurrentIndex(task.combo.findText("Ompolstring, sæde"))
    QTest.keyClicks(outside.line, "268")
    assert "1.072 kr. i alt" in dialog.price.text().replace("\u00a0", " ")
    dialog.verb.click()
    qtbot.waitUntil(lambda: stage(town) is RepairStage.OFFERED)
    repairs.accept(town.person("leader"), 1)
    page.reload()
    qtbot.waitUntil(lambda: not page.receive.isHidden())
    page.receive.click()
    coming = dialog_of(page, qtbot)
    assert isinstance(coming, ReceiveDialog)
    coming.verb.click()
    qtbot.waitUntil(lambda: stage(town) is RepairStage.WORKSHOP)
    assert left_english(texts(window)) == []


def test_a_leader_agrees_to_the_price(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    repairing.offered(town)
    _window, page = opened(town, open_window, "leader")
    qtbot.waitUntil(lambda: not page.accept.isHidden())
    page.accept.click()
    qtbot.waitUntil(lambda: stage(town) is RepairStage.AGREED)
    [row] = orders.listed(town.person("leader")).rows
    assert row.total_ore == 107_200


def test_the_workshop_says_no(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    repairing.asked(town)
    _window, page = opened(town, open_window, "bench")
    qtbot.waitUntil(lambda: not page.refuse.isHidden())
    page.refuse.click()
    dialog = dialog_of(page, qtbot)
    assert isinstance(dialog, RefuseRepairDialog)
    dialog.words.edit.setPlainText("Stellet er knækket.")
    dialog.verb.click()
    qtbot.waitUntil(lambda: stage(town) is RepairStage.REFUSED)
