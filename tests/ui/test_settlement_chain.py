"""Three orders of one school, gathered on one run, to a posting file that balances to the øre.

A leader orders in the window and confirms what came; the hall picks, drives and closes the run;
one controller makes the settlement, another releases it, and the file is what was reckoned by hand.
"""

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import check, orders, parameters, shop, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.users import UserForm
from moebelcirkel.settings import Settings
from moebelcirkel.storage.engine import Database
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from moebelcirkel.ui.pages.receipts.page import ReceiptsPage
from moebelcirkel.ui.pages.runs.dialogs import CloseDialog, RunDialog
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.pages.settlement.dialogs import MakeDialog
from moebelcirkel.ui.pages.settlement.page import SettlementPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.parts.paper_dialog import PaperDialog
from moebelcirkel.ui.window.login import LoginPage
from moebelcirkel.ui.window.program import Program
from tests import templates, trade, world
from tests.clock import Clock
from tests.services import running, settling, shopping
from tests.ui.chain_goods import shown
from tests.ui.chain_hands import ALT, CTRL, LONG, Hands, without_printer
from tests.ui.chain_registers import SECRET
from tests.world import World

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "postings-month.csv"
PEOPLE = {
    "hal": ("Hallen", Role.WAREHOUSE),
    "rektor": ("Marianne Fjord", Role.LEADER),
    "anne": ("Anne Regnskab", Role.CONTROLLER),
    "bo": ("Bo Kasse", Role.CONTROLLER),
}

# --- by hand -------------------------------------------------------------------------------------
#
# Bought for the staff room: 3 pieces at 2.001,99                                 = 6.005,97 kr.
# Lent for 40 days, one piece at 3,33 a day                                       =   133,20 kr.
# Bought in the window: 2 pieces at 1.333,37 = 2.666,74; below 5.000 kr. and wanted now,
#   so that a fee of 75,05 comes on top                                           = 2.741,79 kr.
# The run: 42,5 km at 3,79 kr. = 161,075, to the even øre                          =   161,08 kr.
BOUGHT = 3 * Decimal("2001.99")
LENT_DAYS = 40
LENT = LENT_DAYS * Decimal("3.33")
FEE = Decimal("75.05")
NOW = 2 * Decimal("1333.37") + FEE
TOTAL = BOUGHT + LENT + NOW
COSTS = {"small_order_ore": 500_000, "small_fee_ore": 7_505, "loan_rate_ore": 333}


def test_the_hand_calculation_itself() -> None:
    """The figures above, once more as they would stand on a piece of paper."""
    assert tuple(map(Decimal, ("6005.97", "133.20", "2741.79"))) == (BOUGHT, LENT, NOW)
    assert Decimal("8880.96") == TOTAL


# --- the chain -----------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A municipality with its people, a van, prices in the shop, and two orders of a leader."""
    made = Path(shutil.copy(templates.in_file("world"), tmp_path / "moebler.sqlite"))
    database = Database(made, durable=False)
    try:
        _prepare(world.build(Context(database, SYSTEM, clock=Clock())))
    finally:
        database.close()
    return made


def _prepare(town: World) -> None:
    settling.ready(town, confirmed=True)
    parameters.save(town.person("admin"), dict(COSTS))
    running.van(town)
    for login, (name, role) in PEOPLE.items():
        own = town.school if role is Role.LEADER else None
        grants = frozenset({Grant(role, own)})
        users.save(town.context, UserForm(login, name, grants=grants, password=SECRET))
    town = world.build(town.context)
    for price, count, days in ((200_199, 3, 0), (99_999, 1, LENT_DAYS)):
        trade.put_on_sale(town, count, price_ore=price)
        _order(town, price, count, days)
    trade.put_on_sale(town, 2, price_ore=133_337)


def _order(town: World, price: int, count: int, days: int) -> None:
    leader = town.person("rektor")
    shop.hold(leader, town.school, shopping.key(town, price_ore=price), count)
    shop.set_answer(leader, town.school, Answer.YES)
    shop.set_loan(leader, town.school, leader.today() + dt.timedelta(days=days) if days else None)
    orders.send(leader, town.school)


@pytest.fixture
def hands(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """Somebody at a PC where the program asks who it is."""
    without_printer(monkeypatch)
    settings = Settings(tmp_path / "settings.json")
    program = Program(qapp, settings, str(file), clock=Clock())
    program.start()
    yield Hands(program, qtbot)
    program.end()


def test_three_orders_of_one_school_to_a_posting_file(hands: Hands, tmp_path: Path) -> None:
    hands.qtbot.waitUntil(lambda: hands.program.login_flow.login_page is not None, timeout=LONG)
    page = hands.program.login_flow.login_page
    assert isinstance(page, LoginPage)
    hands.log_in(page.form, "rektor", SECRET)
    order(hands)
    hands.change_user("hal", SECRET)
    numbers = pick(hands)
    plan(hands)
    bring(hands, numbers)
    close(hands)
    hands.change_user("anne", SECRET)
    wait(hands)
    hands.change_user("rektor", SECRET)
    confirm(hands)
    hands.change_user("anne", SECRET)
    settle(hands)
    hands.change_user("bo", SECRET)
    saved = tmp_path / "november.csv"
    release(hands, saved)
    read(saved)
    assert check.run(Context(hands.window.context.database, SYSTEM)).findings == ()


def order(hands: Hands) -> None:
    """The last two chairs, now and not on the day of small orders."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write("2 kontorstol")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    hands.qtbot.waitUntil(lambda: page.grid.settled, timeout=LONG)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)
    field = page.basket.pace.field
    assert field is not None
    assert field.button(1).text().replace("\u00a0", " ") == "Nu · 75,05 kr."
    hands.click(field.button(1))
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def pick(hands: Hands) -> list[str]:
    """Each piece by the scanner."""
    page = hands.page(DeliveriesPage, "deliveries")
    numbers = [label_number("MC", serial) for serial in range(1, 7)]
    for count, number in enumerate(numbers, start=1):
        hands.scan(number)
        said = f"{number} plukket til Søndervangskolen · Kontorstol HÅG SoFi 7200 · {count} af 6"
        hands.qtbot.waitUntil(partial(_says, page, said), timeout=LONG)
    return numbers


def _says(page: DeliveriesPage, text: str) -> bool:
    return page.said.text().replace("\u00a0", " ") == text


def plan(hands: Hands) -> None:
    """One run for all that waits for the school."""
    page = hands.page(RunsPage, "runs")
    hands.press(Qt.Key.Key_N, CTRL)
    hands.click(hands.dialog(RunDialog).verb)
    hands.click(page.on_button)
    (stop,) = page.stops.rows.entries
    assert stop.title == "1. Søndervangskolen"
    assert "3 bestillinger samlet · 6 møbler" in stop.detail


def bring(hands: Hands, numbers: list[str]) -> None:
    """One note for the three orders, signed at the door."""
    page = hands.page(DeliveriesPage, "deliveries")
    hands.click(page.notes_button)
    hands.dialog(PaperDialog)
    hands.press(Qt.Key.Key_Escape)
    hands.scan("F-00001")
    dialog = hands.dialog(HandOverDialog)
    assert dialog.verb.text() == f"Udlevér {len(numbers)} møbler"
    hands.write("Mette Holm", dialog.received_by.line)
    hands.press(Qt.Key.Key_Return)
    assert page.notes_card.isHidden()


def close(hands: Hands) -> None:
    """The kilometres as the van has counted them."""
    page = hands.page(RunsPage, "runs")
    hands.click(page.close_button)
    dialog = hands.dialog(CloseDialog)
    hands.write("42,5", dialog.km.line)
    hands.click(dialog.verb)
    assert "Kørt 42,5 km · 161,08 kr." in shown(page)


def wait(hands: Hands) -> None:
    """What nobody has confirmed is not settled yet."""
    page = hands.page(SettlementPage, "settlement")
    waits = {name: text.replace("\u00a0", " ") for name, text in page.card.facts.facts()}
    assert (waits["Debet"], waits["Ikke bekræftet, eller reklameret over"]) == (
        "0,00 kr.",
        "7 · 8.880,96 kr.",
    )
    assert not page.card.make.isEnabled()


def confirm(hands: Hands) -> None:
    """All of it came."""
    page = hands.page(ReceiptsPage, "receipts")
    hands.click(page.confirm)
    assert not page.confirm.isVisible()


def settle(hands: Hands) -> None:
    """What waits is what was reckoned; who makes it cannot let it go."""
    page = hands.page(SettlementPage, "settlement")
    waits = {name: text.replace("\u00a0", " ") for name, text in page.card.facts.facts()}
    assert waits["Debet"] == waits["Kredit"] == waits["Søndervangskolen"] == "8.880,96 kr."
    assert (waits["Opkrævninger"], waits["Forskel"]) == ("7", "0,00 kr.")
    hands.click(page.card.make)
    hands.click(hands.dialog(MakeDialog).verb)
    assert page.card.heading.text() == "A-2026-001"
    assert not page.card.release.isEnabled()


def release(hands: Hands, saved: Path) -> None:
    """Another lets it go with its file."""
    page = hands.page(SettlementPage, "settlement")
    page.table.setFocus()
    page.table.selectRow(0)
    hands.settle()
    hands.click(page.card.release)
    hands.give_file(saved)
    hands.qtbot.waitUntil(page.card.again.isVisible, timeout=LONG)
    assert page.card.subtitle.text() == "frigivet, låst"


def read(saved: Path) -> None:
    """Line by line as reckoned, in balance, and byte by byte the golden file."""
    with saved.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    seen = [
        (line["Bilagsnr"], line["DebetKredit"], Decimal(line["Beløb"].replace(",", ".")))
        for line in lines
    ]
    assert seen == [
        (str(voucher), side, amount)
        for voucher, amount in enumerate((BOUGHT, LENT, NOW), start=1)
        for side in "DK"
    ]
    for side in "DK":
        assert sum(amount for _voucher, each, amount in seen if each == side) == TOTAL
    accounts = [(line["Artskonto"], line["Kostbærer"]) for line in lines]
    assert accounts == [("22901010", "4300"), ("97001010", "XG-4300001221-00140")] * 3
    assert saved.read_bytes() == GOLDEN.read_bytes()
