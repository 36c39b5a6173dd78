"""The whole chain in the real window: from an empty database to the report on paper.

One product of a real price list is received, repaired, put on sale, found, ordered, approved,
picked, handed over, partly returned and reported; the report agrees with a calculation by hand.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.ui.pages.overview.page import OverviewPage
from moebelcirkel.ui.pages.reports.page import ReportsPage
from moebelcirkel.ui.window.program import Program
from tests.clock import Clock
from tests.documents import reading
from tests.ui.chain_goods import (
    approve,
    hand_over,
    order,
    pick,
    put_on_sale,
    receive,
    repair,
    take_back,
)
from tests.ui.chain_hands import Hands, without_printer
from tests.ui.chain_registers import SCHOOL, SECRET, fill_registers, start_empty, take_in_prices

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
MINUS = "−"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

COLUMNS = {
    "Sparet indkøb": "cash",
    "Levetidskorrigeret": "lifetime",
    "Undgået CO₂e, netto": "net",
    "CO₂e ved laveste faktor": "low",
    "CO₂e ved højeste faktor": "high",
    "CO₂e, brutto": "gross",
}
WHOLE = {"net": "Undgået CO₂e, netto (skøn)", "low": "CO₂e, lavest", "high": "CO₂e, højest"}
OWN = f"{SECRET} helt min egen"
HANDED_OVER = dt.datetime(2026, 4, 20, 7, 5, tzinfo=dt.UTC)
DAYS_IN_USE = 73

# --- by hand (db/reference/METODE.md, sections 2 to 4) ------------------------------------------
#
# New price: the price list says 795,0 SAR; the test assumes 5 % VAT and 1.82 kr. for one SAR.
#   P = 795 × 1.82 / 1.05                                                        = 1,378.00 kr.
# Price in the shop in condition B: 40 % of it = 551.20, in whole tens            =   550.00 kr.
# Factor of an office chair: 36 / 72 / 120 kg, mass 19.2 kg, 15 years.
#   freight of a new one   19.2/1000 × 800 km × 0.10163                           = 1.5610368 kg
#   driving the reused one 19.2/1000 ×  30 km × 0.78225                           = 0.450576  kg
# The leader answers Ja: D = 1. Condition B: L = 0.6. First time handed over: life left = 1.
# Handling and transport without a run: 100 kr. a piece.
# The piece from the workshop: Skift gaspatron 25 min., 175 kr., 3 kg; Rengøring 10 min., 5 kr.,
# 0.5 kg; staff 300 kr. an hour: (25 + 10)/60 × 300 + 175 + 5                     =   355.00 kr.
P = Decimal(795) * Decimal("1.82") / Decimal("1.05")
E_LOW, E_MID, E_HIGH = Decimal(36), Decimal(72), Decimal(120)
T_NEW = Decimal("19.2") / 1000 * 800 * Decimal("0.10163")
T_REUSE = Decimal("19.2") / 1000 * 30 * Decimal("0.78225")
D, L, LIFE_LEFT = Decimal(1), Decimal("0.6"), Decimal(1)
HANDLING = Decimal(100)
R = Decimal(3) + Decimal("0.5")
REPAIR = Decimal(25 + 10) / 60 * 300 + Decimal(175 + 5)
#   used of its life after 73 days: 73/365/15, kept to twelve decimals           = 0.013333333333
USED = (Decimal(DAYS_IN_USE) / 365 / 15).quantize(Decimal("1E-12"))
#   all extremes at once: D 0.27 / 1, L 0.3 / 1, driving 100 / 10 km, burning avoided 0 / 0.45 kg/kg
D_LOW, L_LOW = Decimal("0.27"), Decimal("0.3")
T_FAR, T_NEAR = T_REUSE / 30 * 100, T_REUSE / 30 * 10
WASTE = Decimal("0.45") * Decimal("19.2")


@dataclass(frozen=True)
class Sum:
    """Kroner with two decimals and kilograms with three, rounded half-even once per line."""

    cash: Decimal
    lifetime: Decimal
    net: Decimal
    low: Decimal
    high: Decimal
    gross: Decimal
    cash_if_27: Decimal
    bound_low: Decimal
    bound_high: Decimal

    def __add__(self, other: "Sum") -> "Sum":
        mine, theirs = vars(self), vars(other)
        return Sum(**{name: mine[name] + theirs[name] for name in mine})

    def __neg__(self) -> "Sum":
        return Sum(**{name: -value for name, value in vars(self).items()})


def kr(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def kg(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.001"), ROUND_HALF_EVEN)


def handed_over(cost: Decimal, r: Decimal) -> Sum:
    """cash = D × life left × P − cost − transport; net = D × L × (E + T_new) − R − T_reuse."""
    return Sum(
        cash=kr(D * LIFE_LEFT * P - cost - HANDLING),
        lifetime=kr(D * L * P - cost - HANDLING),
        net=kg(D * L * (E_MID + T_NEW) - r - T_REUSE),
        low=kg(D * L * (E_LOW + T_NEW) - r - T_REUSE),
        high=kg(D * L * (E_HIGH + T_NEW) - r - T_REUSE),
        gross=kg(E_MID + T_NEW - r - T_REUSE),
        cash_if_27=kr(D_LOW * LIFE_LEFT * P - cost - HANDLING),
        bound_low=kg(D_LOW * L_LOW * (E_LOW + T_NEW) - r - T_FAR),
        bound_high=kg(E_HIGH + T_NEW + WASTE - r - T_NEAR),
    )


PLAIN = handed_over(Decimal(0), Decimal(0))
REPAIRED = handed_over(REPAIR, R)
# The return takes back what was credited beyond the life used; costs and gross stay.
RETURNED = Sum(
    cash=kr(D * (USED - LIFE_LEFT) * P),
    lifetime=kr(D * (USED - L) * P),
    net=kg(D * (USED - L) * (E_MID + T_NEW)),
    low=kg(D * (USED - L) * (E_LOW + T_NEW)),
    high=kg(D * (USED - L) * (E_HIGH + T_NEW)),
    gross=Decimal(0),
    cash_if_27=kr(D_LOW * (USED - LIFE_LEFT) * P),
    bound_low=kg(D_LOW * (USED - L_LOW) * (E_LOW + T_NEW)),
    bound_high=kg((USED - 1) * (E_HIGH + T_NEW + WASTE)),
)
TOTAL = PLAIN + REPAIRED + RETURNED


def test_the_hand_calculation_itself() -> None:
    """The figures above, once more as they would stand on a piece of paper."""
    assert (Decimal(1378), Decimal(355)) == (P, REPAIR)
    assert (kg(T_NEW), kg(T_REUSE)) == (Decimal("1.561"), Decimal("0.451"))
    assert (PLAIN.cash, PLAIN.lifetime) == (Decimal("1278.00"), Decimal("726.80"))
    assert (PLAIN.low, PLAIN.net, PLAIN.high) == tuple(map(Decimal, ("22.086", "43.686", "72.486")))
    assert (REPAIRED.cash, REPAIRED.net) == (Decimal("923.00"), Decimal("40.186"))
    assert (RETURNED.cash, RETURNED.net) == (Decimal("-1359.63"), Decimal("-43.156"))
    assert (TOTAL.cash, TOTAL.net) == (Decimal("841.37"), Decimal("40.716"))


# --- the chain -----------------------------------------------------------------------------------


@pytest.fixture
def clock() -> Clock:
    return Clock(HANDED_OVER)


@pytest.fixture
def hands(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hands]:
    """Somebody at a PC where the program has never been started."""
    without_printer(monkeypatch)
    program = Program(qapp, Settings(tmp_path / "settings.json"), clock=clock)
    program.start()
    yield Hands(program, qtbot)
    program.end()


def test_from_an_empty_database_to_the_report(hands: Hands, clock: Clock, tmp_path: Path) -> None:
    start_empty(hands)
    fill_registers(hands)
    take_in_prices(hands)

    hands.change_user("lager", SECRET)
    good, also_good, worn = receive(hands)
    repair(hands, worn)
    put_on_sale(hands)

    hands.change_user("leder", SECRET)
    order(hands)
    hands.change_user("godkender", SECRET)
    approve(hands)

    hands.change_user("lager", OWN)
    pick(hands, [worn, good], left=also_good)
    hand_over(hands, [worn, good])
    clock.advance(days=DAYS_IN_USE)
    take_back(hands, good)

    hands.change_user("økonomi", SECRET)
    look_at_the_overview(hands)
    report(hands, worn, good, tmp_path / "besparelse.xlsx")
    # By the machine's own clock, which the first start has written by.
    assert check.run(Context(hands.window.context.database, SYSTEM)).findings == ()


def danish(value: Decimal, places: int = 0) -> str:
    """A number as Danish paper has it."""
    english = f"{value:,.{places}f}"
    return english.translate(str.maketrans(",.", ".,"))


def look_at_the_overview(hands: Hands) -> None:
    page = hands.page(OverviewPage)
    figures = [card.figure().replace("\u00a0", " ") for card in (page.gain, page.co2, page.worth)]
    assert figures == [
        f"{danish(TOTAL.cash)} kr.",
        f"{danish(TOTAL.net)} kg",
        f"{danish(2 * P)} kr.",
    ]
    assert page.reused.figure() == "2"


def report(hands: Hands, worn: str, good: str, sheet: Path) -> None:
    """A new one for this year, recorded with its number, read back from paper and spreadsheet."""
    page = hands.page(ReportsPage, "reports")
    hands.click(page.main)
    assert page.shown.state.text() == "Kladde"
    assert page.main.text() == "Gem og udskriv"
    hands.click(page.main)
    assert page.shown.state.text() == "Nr. 2026-001"
    hands.click(page.shown.lines)
    read_paper(reading.texts(page.shown.preview._data), worn, good)
    hands.click(page.excel)
    hands.give_file(sheet)
    read_spreadsheet(sheet, worn, good)


def read_paper(pages: list[str], worn: str, good: str) -> None:
    """Number, kroner and CO2e on the first page and in the appendices."""
    money, mass = danish(TOTAL.cash), danish(TOTAL.net)
    for expected in (
        "Besparelsesrapport nr. 2026-001",
        "1. januar – 2. juli 2026 · alle institutioner",
        "Genbrugte møbler sparede indkøb for ca. 840 kr. og undgik ca. 41 kg CO₂e (skøn)",
        f"Sparet indkøb (skøn), før drift {money} kr.",
        f"{mass} kg {danish(TOTAL.low)}–{danish(TOTAL.high)} kg",
        f"{SCHOOL} 2 {danish(2 * P)} {money} 1.100 {mass}",
        "100 % af nyprisen er dokumenteret",
        "Erstatter genbrug nykøb i kun 27 % af tilfældene, er sparet indkøb "
        + danish(TOTAL.cash_if_27).replace("-", MINUS),
        "3 rettelser er regnet med",
    ):
        assert expected in pages[0]
    text = " ".join(pages)
    assert "72 (36–120)" in text
    bounds = f"{danish(TOTAL.bound_low, 1)} til {danish(TOTAL.bound_high)} kg"
    assert bounds.replace("-", MINUS) in text
    costs = REPAIR + 2 * HANDLING
    assert f"I alt 2 {danish(costs)} {money} {danish(TOTAL.net, 1)}" in pages[-1]
    assert (pages[-1].count(worn), pages[-1].count(good)) == (3, 4)


def read_spreadsheet(sheet: Path, worn: str, good: str) -> None:
    """Every line is as calculated, and every total is the sum of its lines."""
    book = openpyxl.load_workbook(sheet, data_only=True)
    head, *lines, total = list(book["Linjer"].iter_rows(values_only=True))
    seen: list[tuple[Any, ...]] = [
        (
            line[head.index("Mærkat")],
            line[head.index("Art")],
            *(Decimal(str(line[head.index(name)])) for name in COLUMNS),
        )
        for line in lines
    ]
    counted = [
        (worn, "udlevering", REPAIRED),
        (good, "udlevering", PLAIN),
        # Taken back by Ctrl+Z, and handed over again.
        (worn, "tilbageførsel", -REPAIRED),
        (good, "tilbageførsel", -PLAIN),
        (worn, "udlevering", REPAIRED),
        (good, "udlevering", PLAIN),
        (good, "efterregulering", RETURNED),
    ]
    expected: list[tuple[Any, ...]] = [
        (number, kind, *(getattr(each, name) for name in COLUMNS.values()))
        for number, kind, each in counted
    ]
    assert sorted(seen) == sorted(expected)
    figures = {row[0]: row[1] for row in book["Nøgletal"].iter_rows(values_only=True)}
    for place, (name, field) in enumerate(COLUMNS.items(), start=2):
        summed = sum(line[place] for line in seen)
        assert summed == getattr(TOTAL, field)
        assert Decimal(str(total[head.index(name)])) == summed
        assert Decimal(str(figures[WHOLE.get(field, name)])) == summed
    letter = get_column_letter(head.index("Sparet indkøb") + 1)
    formulas = openpyxl.load_workbook(sheet)["Nøgletal"].iter_rows(values_only=True)
    assert [row[1] for row in formulas if row[0] == "Sparet indkøb"] == [
        f"=SUM('Linjer'!{letter}2:{letter}8)"
    ]
