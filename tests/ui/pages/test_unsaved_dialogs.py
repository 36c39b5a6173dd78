"""Every dialog with something to type in: Esc and the cross throw nothing typed away unasked.

Where one asks for a place, a scanned shelf is taken, wherever the keyboard is.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from moebelcirkel import ui
from moebelcirkel.services import cases, deliveries, places, runs, settlement
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog, WordsDialog
from moebelcirkel.ui.kit.forms.period import PeriodChip, PeriodDialog
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.approvals.adjust_dialog import AdjustDialog
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.approvals.refuse_dialog import RefuseOrderDialog
from moebelcirkel.ui.pages.articles.merge_dialog import MergeDialog
from moebelcirkel.ui.pages.cases.dialog import CaseDialog
from moebelcirkel.ui.pages.cases.page import CasesPage
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.deliveries.short import ShortDialog
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog
from moebelcirkel.ui.pages.loans.end_dialog import EndDialog
from moebelcirkel.ui.pages.orders.cancel_dialog import CancelDialog
from moebelcirkel.ui.pages.overview.deliveries import DeliveriesDialog
from moebelcirkel.ui.pages.pickups.offer_dialogs import OnSaleDialog
from moebelcirkel.ui.pages.runs.dialogs import CloseDialog, OffDialog, RunDialog
from moebelcirkel.ui.pages.runs.door import DoorDialog
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.pages.settings.badges import BadgeDialog
from moebelcirkel.ui.pages.settings.factor_sets import SetDialog
from moebelcirkel.ui.pages.settings.institutions.merge_dialog import MergeInstitutionDialog
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.passwords import PasswordDialog
from moebelcirkel.ui.pages.settings.series import SeriesDialog
from moebelcirkel.ui.pages.settings.users import UsersSection
from moebelcirkel.ui.pages.settlement.dialogs import BookDialog, ChargesDialog, MakeDialog
from moebelcirkel.ui.pages.settlement.extract import ExtractDialog
from moebelcirkel.ui.pages.settlement.page import SettlementPage
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog
from moebelcirkel.ui.pages.shop.compare import CompareDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.units.edit_dialog import EditDialog
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.pages.units.registration import CorrectionDialog
from moebelcirkel.ui.pages.wants.dialog import WantDialog
from moebelcirkel.ui.pages.wants.page import WantsPage
from moebelcirkel.ui.parts.deputies_dialog import DeputiesDialog
from moebelcirkel.ui.parts.person_paper import NameDialog
from moebelcirkel.ui.parts.piece_dialogs import (
    ConditionDialog,
    PlaceDialog,
    PriceDialog,
    ScrapDialog,
)
from moebelcirkel.ui.parts.place_field import PlaceField
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.badges import PinDialog
from moebelcirkel.ui.window.help import HelpDialog
from moebelcirkel.ui.window.login import ChangeUser
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.new_password import NewPassword
from tests import trade
from tests.services import running, settling
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.test_complaints_page import COMPLAINT_DIALOGS, YES_OR_NO
from tests.ui.pages.test_loans import LOAN_DIALOGS
from tests.ui.pages.test_orders_adapted import ADAPT_DIALOGS
from tests.ui.pages.test_orders_page import send
from tests.ui.pages.test_pickups_offered import PICKUP_DIALOGS
from tests.ui.pages.test_purchases_page import PLAN_DIALOGS
from tests.ui.pages.test_repairers_page import ERRAND_DIALOGS
from tests.ui.pages.test_repairs_page import REPAIR_DIALOGS
from tests.ui.pages.test_shop_lists import LIST_DIALOGS
from tests.ui.pages.warehouse import press, settle
from tests.world import World

P = TypeVar("P")


class Opener:
    """Opens the pages of a person, and dialogs on them as that person does."""

    def __init__(self, town: World, open_window: OpenWindow) -> None:
        self.town = town
        self._open_window = open_window

    def page(self, login: str, word: str, kind: type[P], argument: object = None) -> P:
        items = entries.items_for(self.town.person(login))
        self.window: MainWindow = self._open_window(login, items)
        self.window.go(word, argument)
        page = self.window.page
        assert isinstance(page, kind)
        settle(page)  # type: ignore[arg-type]
        return page

    def piece(self) -> UnitPage:
        return self.page("lager", "units", UnitPage, trade.put_on_sale(self.town, 1)[0])

    def part(self, word: str) -> SettingsPage:
        page = self.page("admin", "settings", SettingsPage)
        page.show_part(word)
        settle(page)
        return page


def place(at: Opener) -> None:
    places.create_series(at.town.person("admin"), "Hal 3, Reol 1-8, hylde A-D")
    at.piece().actions_of.trigger("move")


def price(at: Opener) -> None:
    page = at.piece()
    page.actions_of.trigger("price")
    settle(page)
    dialog = page.asking
    assert isinstance(dialog, PriceDialog)
    dialog.way.button(1).click()


def details(at: Opener) -> None:
    at.piece().edit_button.click()


def correction(at: Opener) -> None:
    at.piece().registration.correct()


def case(at: Opener) -> None:
    units = trade.put_on_sale(at.town, 1, state="received", listed_at=None)
    key = int(cases.send(at.town.person("bench"), units).case_id)
    at.page("bench", "cases", CasesPage).panel.open(key)


def refusal(at: Opener) -> None:
    send(at.town.person("employee"), at.town, 8)
    at.page("approver", "approvals", ApprovalsPage).refuse.click()


def changing(at: Opener) -> None:
    send(at.town.person("employee"), at.town, 8)
    at.page("approver", "approvals", ApprovalsPage).change.click()


def deputies(at: Opener) -> None:
    at.page("approver", "approvals", ApprovalsPage).header_buttons()[0].click()


def hand_over(at: Opener) -> None:
    lines = trade.order(at.town, trade.put_on_sale(at.town, 1))
    deliveries.pick(at.town.person("lager"), lines)
    page = at.page("lager", "deliveries", DeliveriesPage)
    page.receivers_card.list.setCurrentIndex(page.receivers_card.list.rows.index(1, 0))
    settle(page)
    page.hand_over_button.click()


def take_back(at: Opener) -> None:
    at.page("lager", "deliveries", DeliveriesPage).back_button.click()


def card(at: Opener) -> None:
    trade.put_on_sale(at.town, 3)
    page = at.page("leader", "shop", ShopPage)
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def factor_set(at: Opener) -> None:
    page = at.part("factors")
    press(page, page.new_button)


def series(at: Opener) -> None:
    page = at.part("places")
    press(page, page.extra_button)


def name(at: Opener) -> None:
    page = at.part("users")
    press(page, page.extra_button)


def password(at: Opener) -> None:
    page = at.part("users")
    section = page.section()
    assert isinstance(section, UsersSection)
    section.table.selectRow(0)
    settle(page)
    section._ask_password()


def badge(at: Opener) -> None:
    page = at.part("users")
    section = page.section()
    assert isinstance(section, UsersSection)
    section.table.selectRow(0)
    settle(page)
    section._ask_badge()


def want(at: Opener) -> None:
    at.page("leader", "wants", WantsPage).create_new()


def run(at: Opener) -> None:
    running.van(at.town)
    at.page("lager", "runs", RunsPage).create_new()


def taking_off(at: Opener) -> None:
    running.waiting(at.town, 1)
    runs.add_delivery(at.town.person("lager"), running.run(at.town), at.town.school)
    page = at.page("lager", "runs", RunsPage)
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    page.off_button.click()


def closing(at: Opener) -> None:
    running.run(at.town)
    at.page("lager", "runs", RunsPage).close_button.click()


def period(at: Opener) -> None:
    window = at.page("controller", "overview", QWidget).window()
    window.findChildren(PeriodChip)[0].ask()


def settling_made(at: Opener) -> None:
    settling.ready(at.town)
    settling.hand_over(at.town)
    at.page("controller", "settlement", SettlementPage).card.make.click()


def settling_booked(at: Opener) -> None:
    settling.ready(at.town)
    settling.hand_over(at.town)
    done = settling.made(at.town)
    settlement.release(settling.second(at.town), done.id, done.file_sha256)
    page = at.page("controller", "settlement", SettlementPage)
    page.table.selectRow(0)
    settle(page)
    page.card.book.click()


def own_password(at: Opener) -> None:
    NewPassword(at.piece().window(), "Vælg en ny", asks_old=True).open()


def change_user(at: Opener) -> None:
    ChangeUser(at.piece().window()).open()


OPENERS: dict[type[Dialog], Callable[[Opener], object]] = {
    PlaceDialog: place,
    PriceDialog: price,
    EditDialog: details,
    CorrectionDialog: correction,
    CaseDialog: case,
    RefuseOrderDialog: refusal,
    AdjustDialog: changing,
    DeputiesDialog: deputies,
    HandOverDialog: hand_over,
    TakeBackDialog: take_back,
    CardDialog: card,
    SetDialog: factor_set,
    SeriesDialog: series,
    PasswordDialog: password,
    PeriodDialog: period,
    MakeDialog: settling_made,
    BookDialog: settling_booked,
    NewPassword: own_password,
    ChangeUser: change_user,
    BadgeDialog: badge,
    WantDialog: want,
    **(PLAN_DIALOGS | COMPLAINT_DIALOGS | REPAIR_DIALOGS | ERRAND_DIALOGS | ADAPT_DIALOGS),
    RunDialog: run,
    CloseDialog: closing,
    OffDialog: taking_off,
    **(LOAN_DIALOGS | LIST_DIALOGS | PICKUP_DIALOGS),
    NameDialog: name,
}
#: One chooses in these; what is typed in the help only finds, and a badge's digits are not kept.
WITHOUT_TEXT = {ExtractDialog, DeliveriesDialog, WordsDialog, ShortDialog, HelpDialog, ActionDialog}
WITHOUT_TEXT |= {PinDialog, EndDialog, CompareDialog, DoorDialog, MergeInstitutionDialog}
WITHOUT_TEXT |= {OnSaleDialog}
WITHOUT_TEXT |= {MergeDialog, ScrapDialog, CancelDialog, ChargesDialog, ConditionDialog, *YES_OR_NO}


@pytest.fixture
def at(town: World, open_window: OpenWindow) -> Iterator[Opener]:
    yield Opener(town, open_window)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Dialog | Question):
            widget.reject()


def first_text(dialog: QWidget) -> QLineEdit | QPlainTextEdit | QComboBox:
    """Where a person would type first."""
    for widget in dialog.findChildren(QWidget):
        shown = widget.isVisible() and widget.isEnabled()
        if isinstance(widget, QComboBox) and widget.isEditable() and shown:
            return widget
        if isinstance(widget, QLineEdit | QPlainTextEdit) and shown and not widget.isReadOnly():
            return widget
    raise AssertionError("nothing to type in")


def text_of(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()  # type: ignore[attr-defined]


def shown(kind: type[Dialog]) -> list[Dialog]:
    every = [each for each in QApplication.topLevelWidgets() if isinstance(each, Dialog)]
    return [each for each in every if type(each) is kind and each.isVisible()]


def opened(kind: type[Dialog], at: Opener) -> Dialog:
    OPENERS[kind](at)
    settle(at.window.page)  # type: ignore[arg-type]
    (dialog,) = shown(kind)
    dialog.activateWindow()
    QTest.qWait(20)
    return dialog


def scan_a_shelf(dialog: Dialog, at: Opener) -> None:
    """It is the place; nothing else that is filled in changes by it."""
    places = [field for field in dialog.findChildren(PlaceField) if field.isVisible()]
    if not places:
        return
    others = [each for each in dialog.findChildren(QLineEdit) if not places[0].isAncestorOf(each)]
    before = [each.text() for each in others]
    at.window.scanned("2-14-C")
    assert places[0].value() == at.town.shelf
    assert [each.text() for each in others] == before


def questions(dialog: Dialog) -> list[Question]:
    return [each for each in dialog.findChildren(Question) if each.isVisible()]


@pytest.mark.parametrize("kind", OPENERS, ids=lambda kind: kind.__name__)
def test_esc_asks_before_it_throws_away_what_was_typed(kind: type[Dialog], at: Opener) -> None:
    dialog = opened(kind, at)
    scan_a_shelf(dialog, at)
    editor = first_text(dialog)
    editor.setFocus()
    QTest.keyClicks(editor, "9")
    typed = text_of(editor)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    (question,) = questions(dialog)
    assert dialog.isVisible()
    assert question.cancel.isDefault()
    question.cancel.click()
    assert text_of(editor).startswith(typed)  # an amount is written out when it is left
    dialog.close()
    (again,) = questions(dialog)
    assert dialog.isVisible()
    again.verb.click()
    QTest.qWait(20)
    assert shown(kind) == []


def test_every_dialog_of_the_program_is_tried() -> None:
    for module in pkgutil.walk_packages(ui.__path__, "moebelcirkel.ui."):
        importlib.import_module(module.name)

    def below(kind: type[QDialog]) -> set[type[QDialog]]:
        found = set(kind.__subclasses__())
        return found.union(*(below(each) for each in found))

    assert below(Dialog) == set(OPENERS) | WITHOUT_TEXT
    others = {kind.__name__ for kind in below(QDialog) - below(Dialog)}
    assert {each for each in others if each.endswith("Dialog") and not each.startswith("Q")} == {
        "AboutDialog",
        "BatchDialog",
        "CrashDialog",
        "Dialog",
        "DifferencesDialog",
        "LabelSheetDialog",
        "PaperDialog",
        "PhotoDialog",
        "PlaceLabelDialog",
    }
