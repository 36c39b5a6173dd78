"""Repairers in the real window: what is agreed, what is sent from a case, back, and invoiced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moebelcirkel.services import cases, repairers
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.pages.cases.errand_dialogs import (
    BackDialog,
    GiveUpDialog,
    InvoiceDialog,
    SendDialog,
)
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.cases.part_dialogs import UsePartDialog
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.repairers import RepairersSection
from moebelcirkel.ui.parts.piece_dialogs import DismantleDialog
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services import mending, repairing
from tests.ui.pages.warehouse import settle
from tests.world import World

if TYPE_CHECKING:
    from tests.ui.pages.test_unsaved_dialogs import Opener

OpenWindow = Callable[..., MainWindow]


def _asked(at: Opener, case: int) -> None:
    page = at.page("bench", "cases", CasesPage)
    page.panel.open(case)
    settle(page)
    dialog = page.panel.current()
    assert dialog is not None
    dialog.outside.button.click()


def sending(at: Opener) -> None:
    mending.hansen(at.town)
    _asked(at, mending.case(at.town)[0])


def coming_back(at: Opener) -> None:
    case = mending.case(at.town)[0]
    mending.sent(at.town, case, mending.hansen(at.town))
    _asked(at, case)


def paying(at: Opener) -> None:
    case = mending.case(at.town)[0]
    mending.back(at.town, case, mending.hansen(at.town))
    _asked(at, case)


def giving_up(at: Opener) -> None:
    page = at.page("bench", "cases", CasesPage)
    page.panel.open(repairing.at_work(at.town))
    settle(page)
    dialog = page.panel.current()
    assert dialog is not None
    dialog.give_up.click()


def using_part(at: Opener) -> None:
    """Nothing lies in stock, so its number is written."""
    case = mending.case(at.town, 1)[0]
    cases.add_task(at.town.person("bench"), case, repairing.task(at.town, "Rengøring"))
    page = at.page("bench", "cases", CasesPage)
    page.panel.open(case)
    settle(page)
    dialog = page.panel.current()
    assert dialog is not None
    dialog.tasks.lines[0].use.click()
    settle(page)


def taking_apart(at: Opener) -> None:
    at.piece().actions_of.trigger("dismantle")


#: How each dialog of an errand, and of spare parts, is opened.
ERRAND_DIALOGS: dict[type[Dialog], Callable[[Opener], object]] = {
    SendDialog: sending,
    BackDialog: coming_back,
    InvoiceDialog: paying,
    GiveUpDialog: giving_up,
    UsePartDialog: using_part,
    DismantleDialog: taking_apart,
}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_case_goes_out_comes_back_and_is_paid(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    mending.hansen(town)
    case = mending.case(town, 4)[0]
    bench = town.person("bench")
    window = open_window("bench", entries.items_for(bench))
    window.go("cases", case)
    page = window.page
    assert isinstance(page, CasesPage)
    panel = page.panel
    qtbot.waitUntil(lambda: panel.current() is not None)
    dialog = panel.current()
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.tasks.kinds()))

    def form(kind: type[Dialog]) -> Dialog:
        dialog.outside.button.click()
        qtbot.waitUntil(lambda: isinstance(page.asking, kind))
        found = page.asking
        assert found is not None
        assert left_english([label.text() for label in found.findChildren(QLabel)]) == []
        return found

    out = form(SendDialog)
    assert isinstance(out, SendDialog)
    out.task.combo.setCurrentIndex(out.task.combo.findText(mending.TASK))
    assert plain(out.said.text()) == "4 stk. à 268 kr.: 1.072 kr. · som aftalt"
    out.verb.click()
    qtbot.waitUntil(lambda: bool(cases.detail(bench, case).errands))
    qtbot.waitUntil(lambda: "Hos Polstrer Hansen siden" in dialog.outside.words.text())
    assert not dialog.tasks.lines[0].box.isEnabled()
    page.out.click()
    qtbot.waitUntil(lambda: list(page._cards) == [case])
    back = form(BackDialog)
    assert isinstance(back, BackDialog)
    back.verb.click()
    qtbot.waitUntil(lambda: "fakturaen mangler" in dialog.outside.words.text())
    paid = form(InvoiceDialog)
    assert isinstance(paid, InvoiceDialog)
    QTest.keyClicks(paid.number.line, "4711")
    paid.amount.line.setText("1.100")
    paid.amount.line.textEdited.emit("1.100")
    assert plain(paid.said.text()) == "Aftalt: 1.072 kr. · 28 kr. mere end aftalt"
    paid.verb.click()
    qtbot.waitUntil(lambda: "28 kr. mere end aftalt" in plain(dialog.outside.words.text()))
    assert left_english([dialog.outside.words.text(), dialog.outside.button.text()]) == []
    dialog.reject()


def test_a_refusal_is_said_in_the_form(town: World, open_window: OpenWindow, qtbot: QtBot) -> None:
    repairer, bench = mending.hansen(town), town.person("bench")
    first = mending.back(town, mending.case(town)[0], repairer)
    repairers.invoice(bench, first, "4711", 1)
    case = mending.case(town)[0]
    mending.back(town, case, repairer)
    window = open_window("bench", entries.items_for(bench))
    window.go("cases", case)
    page = window.page
    assert isinstance(page, CasesPage)
    qtbot.waitUntil(lambda: page.panel.current() is not None)
    dialog = page.panel.current()
    assert dialog is not None
    dialog.outside.button.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    paid = page.asking
    assert isinstance(paid, InvoiceDialog)
    QTest.keyClicks(paid.number.line, "4711")
    paid.verb.click()
    qtbot.waitUntil(lambda: "4711-2" in paid.number.error.text())
    assert paid.verb.isEnabled()
    paid.reject()
    dialog.reject()


def test_the_administrator_agrees_a_price(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    admin = town.person("admin")
    window = open_window("admin", entries.items_for(admin))
    window.go("settings", "repairers:new")
    page = window.page
    assert isinstance(page, SettingsPage)
    settle(page)
    section = page.section()
    assert isinstance(section, RepairersSection)
    QTest.keyClicks(section.form.field("name").line, "Polstrer Hansen")  # type: ignore[attr-defined]
    prices = section._prices
    prices.add_button.click()
    [row] = prices.rows()
    row.task.combo.setCurrentIndex(row.task.combo.findText(mending.TASK))
    QTest.keyClicks(row.price, "268")
    page.save()
    qtbot.waitUntil(lambda: bool(repairers.repairers(admin)))
    [kept] = repairers.repairers(admin)
    assert [each.price_ore for each in kept.form.prices] == [26_800]
    settle(page)
    assert left_english([label.text() for label in section.findChildren(QLabel)]) == []
