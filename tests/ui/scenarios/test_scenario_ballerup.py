"""Ballerup's way of working in the real window: is it needed, is it here, and what was agreed.

A leader needs six boxes of toys: four are here, the rest is wanted; another need is no need. The
four are delivered, settled as agreed, and the year's report names the goals that it serves.

The figures by hand, as METODE.md has them, with D = 1 and condition B (L = 0.6), E = 22.5:
  agreed, and charged       4 × 160                                                =   640.00 kr.
  cleaned by trainees (no hour rate), means of cleaning 5 kr. each                 =    20 kr.
  saved                     4 × (400 − 5 − 100)                                    = 1,180 kr.
  CO2e of each: 0.6 × (22.5 + 0.005 × 800 × 0.10163) − 0.5 (cleaning) − 0.005 × 30 × 0.78225
  four of them                                                                      = 52.5 kg
"""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.services import (
    cases,
    check,
    intake,
    parameters,
    reports,
    settlement,
    stock,
    tasks,
)
from moebelcirkel.storage.tables.settlement import SettlementBatch
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.purchases.answer_dialog import AnswerDialog
from moebelcirkel.ui.pages.purchases.gather_dialog import GatherDialog
from moebelcirkel.ui.pages.purchases.page import PurchasesPage
from moebelcirkel.ui.pages.settlement.dialogs import MakeDialog
from moebelcirkel.ui.pages.settlement.page import SettlementPage
from moebelcirkel.ui.pages.shop.page import ShopPage
from tests import trade, world
from tests.documents.reading import whole_text
from tests.services import settling, shopping
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

BOX = "Byggeklodser, kasse"
YEAR = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def stocked(town: world.World) -> None:
    """Four boxes, cleaned by trainees and on sale at the rule's price; goals and accounts."""
    admin, lager = town.person("admin"), town.person("lager")
    settling.ready(town)
    parameters.save(admin, {"world_goals": "13, 7; 8 11"})
    tasks.confirm_rates(admin)
    box = shopping.article(town, BOX, "toys_box", new_price_ore=400_00)
    parts = (intake.Part("C", 4, "shelf", town.shelf),)
    made = intake.register(lager, intake.Batch(parts=parts, article_id=box))
    case = int(cases.send(town.person("bench"), made.unit_ids).case_id)
    kind = next(row.id for row in tasks.task_types(admin) if row.form.name == "Rengøring")
    trainees = next(row.id for row in tasks.hour_rates(admin) if row.form.name == "Kursister")
    bench = town.person("bench")
    cases.add_task(bench, case, kind, hour_rate_id=trainees, minutes=40, parts_ore=20_00, done=True)
    cases.finish(bench, case, Condition.B.value, place_id=town.shelf)
    stock.put_on_sale(lager, made.unit_ids)


def test_what_is_needed_is_found_and_what_is_not_is_counted(
    town: world.World, hands: Hands
) -> None:
    stocked(town)
    hands.change_user("leader", SECRET)
    ask(hands)
    send(hands)
    hands.change_user("lager", SECRET)
    deliver(hands, 4)
    hands.change_user("controller", SECRET)
    settle(hands, town)
    look_at_the_figures(hands, town)
    assert check.run(town.person("controller")).findings == ()


def ask(hands: Hands) -> None:
    """Four of six are taken and two wanted; the other line is not necessary after all."""
    page = hands.page(PurchasesPage, "purchases")
    hands.write("6 byggeklodser", page.field.edit)
    hands.press(Qt.Key.Key_Return)
    hands.write("1 skrivebord")
    hands.click(page.look)
    hands.click(page.keep)
    hands.click(page.gather)
    dialog = hands.dialog(GatherDialog)
    assert dialog.verb.text() == "Reservér 4 møbler og efterlys 2"
    hands.click(dialog.question.button(0))
    hands.click(dialog.verb)
    rows = [page.model.peek(row) for row in range(page.model.rowCount())]
    ended = [(row.kept.ending, row.kept.pieces) for row in rows if row and row.kept]
    assert ended == [("taken", 4), ("wanted", 2), (None, 1)]
    page.table.selectRow(2)
    hands.settle()
    hands.click(page.answer)
    said = hands.dialog(AnswerDialog)
    hands.choose(said.ending.combo, "Ikke nødvendigt")
    hands.click(said.verb)


def send(hands: Hands) -> None:
    """What was reserved lies in the basket."""
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_1, ALT)
    assert "640 kr." in shown(page)
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(page)


def settle(hands: Hands, town: world.World) -> None:
    """The voucher says what was agreed, what is charged, and that they do not differ."""
    page = hands.page(SettlementPage, "settlement")
    hands.click(page.card.make)
    hands.click(hands.dialog(MakeDialog).verb)
    facts = {name: text.replace("\u00a0", " ") for name, text in page.card.facts.facts()}
    assert facts["Debet"] == facts["Kredit"] == "640,00 kr."
    [batch] = trade.rows(town.context, select(SettlementBatch))
    paper = plain(whole_text(settlement.vouchers_pdf(town.person("controller"), batch.id)))
    assert "640,00 kr. 640,00 kr. 0,00 kr." in paper


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def look_at_the_figures(hands: Hands, town: world.World) -> None:
    """On the screen, and in the report of the year."""
    page = hands.page(OverviewPage, "overview")
    cards = [card.figure().replace("\u00a0", " ") for card in (page.gain, page.co2, page.revenue)]
    assert cards == ["1.180 kr.", "53 kg", "640 kr."]
    assert page.figures is not None
    assert round(page.figures.totals.net_g / 1000, 1) == 52.5
    steps = [(figure.text(), words.text()) for figure, words in page.funnel.steps]
    assert steps[0] == ("1", "Behov bortfaldt, 1 linje")
    controller = town.person("controller")
    key = int(reports.record(controller, *YEAR).id)
    paper = plain(whole_text(reports.reprint(controller, key)))
    assert "1.180 kr." in paper
    assert "Behov bortfaldt: 1 stk." in paper
    goals = (
        "7 Bæredygtig energi",
        "8 Anstændige jobs og økonomisk vækst",
        "11 Bæredygtige byer og lokalsamfund",
        "13 Klimaindsats",
    )
    assert f"Verdensmål: {' · '.join(goals)}" in paper
