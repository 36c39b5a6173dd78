"""Mistakes at intake in the window: one piece never there, wrong type, condition, place; redo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from moebelcirkel.services import articles, changes, intake, stock
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.pages.intake.batch_dialog import BatchDialog
from moebelcirkel.ui.pages.intake.page import IntakePage
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.pages.units.registration import CorrectionDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import ITEMS, settle, toasts
from tests.world import World

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    part = Part("B", 4, "shelf", town.shelf)
    batch = Batch(parts=(part,), article_id=town.chair, giver_id=town.home)
    return list(intake.register(town.person("lager"), batch).unit_ids)


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    items = [RailItem("intake", IntakePage.title, "box", "hall", IntakePage), *ITEMS]
    return open_window("lager", items)


@pytest.fixture
def page(window: MainWindow, units: list[int]) -> Iterator[UnitPage]:
    window.go("units", units[0])
    found = window.page
    assert isinstance(found, UnitPage)
    settle(found)
    yield found
    settle(found)


def press(page: UnitPage, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    # Offscreen nobody makes the window active again when a dialog over it is closed.
    page.window().activateWindow()
    QTest.qWait(10)
    QTest.keyClick(QApplication.focusWidget() or page.window(), key, modifier)
    settle(page)


def confirm(page: UnitPage) -> None:
    question = next(each for each in page.window().findChildren(Question) if each.isVisible())
    question.verb.click()
    settle(page)


def test_a_piece_counted_by_mistake_is_undone_alone_and_comes_back_by_ctrl_z(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    texts = [action.text() for action in page.menu.menu().actions()]
    assert texts[-2:] == ["Ret registreringen", "Fortryd registreringen af dette møbel"]
    page.registration.removal.trigger()
    confirm(page)
    assert trade.state(town.context, units[0]) == "void"
    assert toasts(window)[-1] == "Registreringen af MC-000001-3 er fortrudt"
    assert not page.registration.removal.isEnabled()
    press(page, Qt.Key.Key_Z, CTRL)
    assert trade.state(town.context, units[0]) == "received"
    assert page.registration.removal.isEnabled()


def test_what_stands_in_the_way_is_said_with_what_to_do(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    stock.put_on_sale(town.person("lager"), units[:1])
    trade.order(town, units[:1])
    window.reload()
    settle(page)
    page.registration.removal.trigger()
    confirm(page)
    assert trade.state(town.context, units[0]) == "ordered"
    assert "Annullér bestillingen først" in window.messages.notice.text()


def test_saving_a_correction_that_changes_nothing_says_so_and_records_nothing(
    page: UnitPage, window: MainWindow, town: World
) -> None:
    recorded = changes.count(town.context, ChangeFilter())
    page.registration.correct()
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, CorrectionDialog)
    QTest.keyClick(dialog.type.line, Qt.Key.Key_Return)
    settle(page)
    assert dialog.notice.text() == "Der er intet at rette: sådan er det allerede."
    dialog.reject()
    assert not toasts(window)
    assert changes.count(town.context, ChangeFilter()) == recorded


def test_type_condition_and_place_are_corrected_in_one_dialog(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    lager = town.person("lager")
    values = ArticleValues(name="Skrivebord Linje", category_key="desk_fixed")
    desk = articles.add(lager, values).id
    page.registration.correct()
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, CorrectionDialog)
    line = dialog.type.line
    assert line.text().startswith("Kontorstol")
    line.clear()
    QTest.keyClicks(line, "linje")
    QTest.qWait(170)
    settle(page)
    [offered] = dialog.type.offered()
    dialog.type.pick(offered)
    dialog.condition.set_value("C")
    assert dialog.scanned("V-1")
    dialog.verb.click()
    settle(page)
    row = trade.unit(town, units[0])
    assert (row.article_id, row.condition, row.place_id) == (desk, "C", town.workshop)
    assert page.name.text() == "Skrivebord Linje"
    assert toasts(window)[-1] == "Registreringen af MC-000001-3 er rettet"
    press(page, Qt.Key.Key_Z, CTRL)
    row = trade.unit(town, units[0])
    assert (row.article_id, row.condition, row.place_id) == (town.chair, "B", town.shelf)


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Y, CTRL), (Qt.Key.Key_Z, CTRL | SHIFT)])
def test_ctrl_y_does_again_what_ctrl_z_took_back(
    page: UnitPage,
    window: MainWindow,
    town: World,
    units: list[int],
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    done = stock.move(town.person("lager"), units[:1], town.workshop)
    page.done(done, "flyttet")
    press(page, Qt.Key.Key_Z, CTRL)
    assert trade.unit(town, units[0]).place_id == town.shelf
    press(page, key, modifier)
    assert trade.unit(town, units[0]).place_id == town.workshop
    number = trade.number(town.context, units[0])
    assert toasts(window)[-1] == f"Gentaget: flyttede møbler · {number} · Kontorstol HÅG SoFi 7200"
    press(page, Qt.Key.Key_Z, CTRL)
    assert trade.unit(town, units[0]).place_id == town.shelf
    press(page, key, modifier)
    press(page, key, modifier)
    assert trade.unit(town, units[0]).place_id == town.workshop
    assert "ikke fortrudt noget" in window.messages.notice.text()


def test_something_new_takes_the_place_of_what_was_undone(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    lager = town.person("lager")
    page.done(stock.move(lager, units[:1], town.workshop), "flyttet")
    press(page, Qt.Key.Key_Z, CTRL)
    page.done(stock.set_price(lager, units[:1], 10_000), "pris")
    press(page, Qt.Key.Key_Y, CTRL)
    assert trade.unit(town, units[0]).place_id == town.shelf
    assert "ikke fortrudt noget" in window.messages.notice.text()


def test_a_field_does_its_own_typing_again(
    page: UnitPage, window: MainWindow, town: World, units: list[int]
) -> None:
    page.done(stock.move(town.person("lager"), units[:1], town.workshop), "flyttet")
    press(page, Qt.Key.Key_Z, CTRL)
    field = window.header.field.findChild(QLineEdit) or window.header.field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL | SHIFT)
    assert field.text() == "ab"
    assert trade.unit(town, units[0]).place_id == town.shelf
    press(page, Qt.Key.Key_Y, CTRL)
    assert trade.unit(town, units[0]).place_id == town.workshop


def test_one_piece_of_the_batch_just_registered_is_undone_in_its_list(
    window: MainWindow, town: World, units: list[int]
) -> None:
    window.go("intake")
    page = window.page
    assert isinstance(page, IntakePage)
    settle(page)
    [batch] = intake.batches_today(town.person("lager"))
    page.papers.open_batch(batch.id)
    settle(page)
    [shown] = window.findChildren(BatchDialog)
    assert not shown.remove_button.isEnabled()
    shown.table.select_key(units[2])
    assert shown.remove_button.isEnabled()
    shown.remove_button.click()
    settle(page)
    assert trade.state(town.context, units[2]) == "void"
    rows = page.givers.batches.rows
    assert str(rows.index(0, 0).data()).replace("\u00a0", " ").startswith("3 af 4 × Kontorstol")

    page.papers.open_batch(batch.id)
    settle(page)
    again = [each for each in window.findChildren(BatchDialog) if each.isVisible()][-1]
    assert again.print_button.text() == "Udskriv 3 mærkater"
    again.undo_button.click()
    settle(page)
    assert {trade.state(town.context, key) for key in units} == {"void"}
