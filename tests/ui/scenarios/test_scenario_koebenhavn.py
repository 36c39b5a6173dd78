"""Copenhagen's way of working in the real window: a levy on new desks, a ceiling, and shared trips.

Set 2026.2 has 130 kg for a new sit/stand desk; the town has put 160 kg (110-180), as set 2026.1
has them, into a set of its own.

The figures by hand, as METODE.md has them, with D = 1, condition B (L = 0.6) and no work:
  levy on a new one         160 kg × 1,210 kr. a tonne                             = 193.60 kr.
  price of ten              10 × 1,680                                             = 16,800 kr.
  above the ceiling         12 × 1,680 − 20,000                                    =    160 kr.
  saved by ten              10 × (4,200 − 100)                                     = 41,000 kr.
  CO2e of each: 0.6 × (E + 0.06 × 800 × 0.10163) − 0.06 × 30 × 0.78225, E = 110 / 160 / 180
  ten of them                                                   = 675.2 / 975.2 / 1,095.2 kg
  levy avoided by ten       10 × 193.60                                            = 1,936.00 kr.
  shadow value              975.19 kg × 1,210 kr. a tonne                          = 1,179.98 kr.
  trips                     a delivery and a pickup at one stop                    = 1 saved
"""

import datetime as dt
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.services import check, factors, overview, parameters
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.pages.approvals.page import ApprovalsPage
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.runs.dialogs import RunDialog
from moebelcirkel.ui.pages.runs.door import DoorDialog
from moebelcirkel.ui.pages.runs.page import RunsPage
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.parts.piece_dialogs import DismantleDialog
from tests import trade, world
from tests.clock import Clock
from tests.services import running, shopping
from tests.services.test_ceilings import set_ceilings
from tests.ui.chain_goods import deliver, shown
from tests.ui.chain_hands import ALT, CTRL, Hands
from tests.ui.chain_registers import SECRET

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DESK = "Hæve-sænkebord 160x80"


@pytest.fixture(autouse=True)
def _monday(clock: Clock) -> None:
    """The first day of a week, and of the town's own factor set."""
    clock.advance(days=3)


def prepared(town: world.World) -> int:
    """Levy, ceiling and set are as above; twelve desks B are on sale, and one D stands there."""
    admin = town.person("admin")
    oldest = next(row for row in factors.sets(admin) if row.name == "2026.1")
    own = int(factors.copy(admin, oldest.id, "Egne tal", town.context.today()).id)
    draft = next(row for row in factors.sets(admin) if row.id == own)
    factors.release(admin, own, draft.version)
    parameters.save(admin, {"levy_categories": "Hæve-sænkebord 2026 = 1.210; Skrivebord = 1.210"})
    shopping.limit(town, town.school, 50_000_00)
    set_ceilings(town, town.school, Ceiling(2026, "", 20_000_00))
    desk = shopping.article(town, DESK, "desk_sit_stand", new_price_ore=4_200_00)
    trade.put_on_sale(town, 12, article_id=desk, price_ore=1_680_00)
    [old] = trade.put_on_sale(
        town, 1, condition="D", article_id=desk, state="received", listed_at=None
    )
    running.van(town)
    running.accepted(town)
    return old


def test_ten_desks_a_ceiling_and_one_trip(town: world.World, hands: Hands) -> None:
    old = prepared(town)
    hands.change_user("leader", SECRET)
    see_the_levy(hands)
    order(hands, 10)
    assert "16.800 kr." in shown(hands.page(ShopPage))
    send(hands)
    hands.change_user("lager", SECRET)
    harvest(hands, town, old)
    plan(hands)
    deliver(hands, 10)
    fetch(hands)
    hands.change_user("leader", SECRET)
    order(hands, 2)
    assert "160 kr. over budgetloftet" in shown(hands.page(ShopPage))
    send(hands)
    hands.change_user("approver", SECRET)
    page = hands.page(ApprovalsPage)
    assert "160 kr. over" in shown(page)
    hands.click(page.approve)
    hands.change_user("controller", SECRET)
    look_at_the_figures(hands, town)
    assert check.run(town.person("controller")).findings == ()


def found(hands: Hands, text: str) -> ShopPage:
    page = hands.page(ShopPage, "shop")
    hands.press(Qt.Key.Key_F, CTRL)
    hands.write(text)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down)
    return page


def see_the_levy(hands: Hands) -> None:
    """The opened card says what a new one would pay."""
    found(hands, "hæve-sænkebord")
    hands.press(Qt.Key.Key_Return, CTRL)
    said = shown(hands.dialog(CardDialog)).splitlines()
    assert said[said.index("Klimaafgift ved nyt") + 1] == "193,60 kr."
    hands.press(Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def order(hands: Hands, pieces: int) -> None:
    """Into the basket, instead of new ones."""
    found(hands, f"{pieces} hæve-sænkebord")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1, ALT)


def send(hands: Hands) -> None:
    hands.press(Qt.Key.Key_S, CTRL)
    assert "Kurven er tom" in shown(hands.page(ShopPage))


def harvest(hands: Hands, town: world.World, old: int) -> None:
    """The worn desk gives a lifting column and a table top."""
    hands.window.go("units", old)
    page = hands.page(UnitPage)
    page.actions_of.trigger("dismantle")
    dialog = hands.dialog(DismantleDialog)
    hands.write("Løftesøjle til hæve-sænkebord", dialog.rows[0][0].line)
    hands.retype(dialog.rows[0][1].line, "2")
    hands.retype(dialog.rows[0][2].line, "150")
    hands.choose(dialog.place.combo, "2-14-C · Hal 2 · Reol 14 · C")
    hands.click(dialog.verb)
    assert hands.dialog(LabelSheetDialog).windowTitle().startswith("2 mærkater")
    hands.press(Qt.Key.Key_Escape)
    hands.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    parts = trade.rows(town.context, select(Unit).where(Unit.price_ore == 150_00))
    assert len(parts) == 2


def plan(hands: Hands) -> None:
    """What is brought to the school and what is fetched there is one stop."""
    page = hands.page(RunsPage, "runs")
    hands.click(page.new_button)
    hands.click(hands.dialog(RunDialog).verb)
    for _each in range(2):
        hands.click(page.on_button)
    [stop] = page.stops.rows.entries
    assert "10 møbler" in stop.detail
    assert "hent 62 møbler" in stop.detail
    assert "1 tur sparet ved samling" in [each.text() for each in page.figures.buttons]


def fetch(hands: Hands) -> None:
    """What is fetched at the same door is on the van."""
    page = hands.page(RunsPage, "runs")
    page.stops.setCurrentIndex(page.stops.rows.index(0, 0))
    hands.click(page.door.button)
    hands.click(hands.dialog(DoorDialog).verb)
    assert not page.door.button.isVisible()
    assert "1 tur sparet ved samling" in [each.text() for each in page.figures.buttons]


def look_at_the_figures(hands: Hands, town: world.World) -> None:
    """As calculated above, while the run is open; levy and shadow price stand by themselves."""
    page = hands.page(OverviewPage)
    cards = [card.figure().replace("\u00a0", " ") for card in (page.gain, page.co2, page.revenue)]
    assert cards == ["41.000 kr.", "975 kg", "16.800 kr."]
    told = page.sums.cover.text().replace("\u00a0", " ")
    assert "undgået klimaafgift på nye møbler 1.936 kr." in told
    assert "skyggeværdi af netto undgået CO₂e 1.179,98 kr. ved 1.210 kr. pr. ton (2026)" in told
    year = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    figures = overview.key_figures(town.person("controller"), *year)
    kilos = [round(Decimal(each) / 1000, 1) for each in (*figures.span, figures.totals.net_g)]
    assert kilos == [Decimal("675.2"), Decimal("1095.2"), Decimal("975.2")]
    lines = trade.rows(town.context, select(FigureLine))
    assert {line.levy_ore for line in lines} == {193_60}
    assert sum(line.cash_ore for line in lines) == 41_000_00
