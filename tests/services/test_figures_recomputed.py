"""Every figure of the example worked out anew from its rows, by the formulas on paper alone.

Nothing of the program computes here. What db/reference/METODE.md says is written down a second time
over plain SQL, so that a mistake which the figures share with the check that recomputes them shows.
"""

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import pytest

from tests import templates

Row = sqlite3.Row
Numbers = dict[str, int]
Exact = dict[str, Decimal]

BASE_L = {"A": "0.8", "B": "0.6", "C": "0.4", "D": "0.2"}
SHARE = {"yes": "1", "some": "0.5", "no": "0", "unknown": "0.5"}
KM, KM_NEW, HANDLING_ORE = 30, 800, 10_000
TONNE_KM_NEW, TONNE_KM_REUSE = Decimal("0.10163"), Decimal("0.78225")
AT_SHARES = {"d27": "0.27", "d50": "0.5", "d70": "0.7", "d100": "1"}
SHADOW_ORE = {2023: 100_000, 2024: 107_000, 2025: 114_000, 2026: 121_000}
COLUMNS = (
    "count",
    "new_value_ore",
    "cash_ore",
    "lifetime_ore",
    "net_g",
    "low_g",
    "high_g",
    "gross_g",
    "bound_low_g",
    "bound_high_g",
    *(f"cash_{key}_ore" for key in AT_SHARES),
    *(f"net_{key}_g" for key in AT_SHARES),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one use of a piece is worked out from, in the symbols of the paper."""

    low: Decimal
    mid: Decimal
    high: Decimal
    mass: Decimal
    years: Decimal
    price: Decimal
    share: Decimal
    base: Decimal
    left: Decimal
    task_kg: Decimal
    task_low_kg: Decimal
    task_high_kg: Decimal
    task_ore: Decimal
    lent_days: int | None

    def exact(self, life: Decimal, credited: Decimal, lowest: Decimal, highest: Decimal) -> Exact:
        """Unrounded grams and øre with these shares of life: in CO2e, in cash, at both extremes."""
        freight = self.mass / 1000 * KM_NEW * TONNE_KM_NEW

        def driving(km: int) -> Decimal:
            return self.mass / 1000 * km * TONNE_KM_REUSE

        co2_cost, ore_cost = self.task_kg + driving(KM), self.task_ore + HANDLING_ORE
        kilos = {
            "net_g": self.share * life * (self.mid + freight) - co2_cost,
            "low_g": self.share * life * (self.low + freight) - co2_cost,
            "high_g": self.share * life * (self.high + freight) - co2_cost,
            "gross_g": self.mid + freight - co2_cost,
            "bound_low_g": min(self.share, Decimal("0.27")) * lowest * (self.low + freight)
            - self.task_high_kg
            - driving(100),
            "bound_high_g": highest * (self.high + freight + Decimal("0.45") * self.mass)
            - self.task_low_kg
            - driving(10),
        }
        ore = {
            "cash_ore": self.share * credited * self.price - ore_cost,
            "lifetime_ore": self.share * life * self.price - ore_cost,
        }
        for key, share in AT_SHARES.items():
            kilos[f"net_{key}_g"] = Decimal(share) * life * (self.mid + freight) - co2_cost
            ore[f"cash_{key}_ore"] = Decimal(share) * credited * self.price - ore_cost
        return ore | {name: value * 1000 for name, value in kilos.items()}

    def open(self) -> Exact:
        """While the piece is in use; of a loan only what its planned days use is saved."""
        if self.lent_days is not None:
            lent = self.used(self.lent_days)
            return self.exact(lent, lent, lent, lent)
        least, most = min(self.base, Decimal("0.3")), max(self.base, Decimal(1))
        return self.exact(
            min(self.base, self.left), self.left, min(least, self.left), min(most, self.left)
        )

    def used(self, days: int) -> Decimal:
        """The share of life it took."""
        share = (Decimal(days) / 365 / self.years).quantize(Decimal("1E-12"))
        return min(self.base, self.left, share)


def rounded(exact: Exact) -> Numbers:
    return {name: int(value.quantize(Decimal(1), ROUND_HALF_EVEN)) for name, value in exact.items()}


@pytest.fixture(scope="module")
def example() -> Iterator[sqlite3.Connection]:
    """Three years of a municipality with four hundred pieces."""
    with closing(sqlite3.connect(templates.in_file("example-400"))) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def terms(example: sqlite3.Connection, line: Row, left: Decimal) -> Terms:
    """From the type, the newest set of the day, the order and what was booked on the piece."""
    query = (
        "SELECT article.*, factor.* FROM unit JOIN article ON article.id = unit.article_id"
        " JOIN factor ON factor.category_key = article.category_key"
        " JOIN factor_set ON factor_set.id = factor.set_id"
        " WHERE unit.id = ? AND released AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1"
    )
    piece = example.execute(query, (line["unit_id"], line["effective_on"])).fetchone()
    query = (
        "SELECT condition, coalesce(order_line.answer, shop_order.answer) AS answer, loan_until"
        " FROM order_line"
        " JOIN shop_order ON shop_order.id = order_id WHERE order_line.id = ?"
    )
    ordered = example.execute(query, (line["order_line_id"],)).fetchone()
    query = "SELECT * FROM unit_cost WHERE unit_id = ? AND loop = ? AND change_id <= ?"
    costs = list(example.execute(query, (line["unit_id"], line["loop"], line["change_id"])))
    renewed = sum(cost["count"] for cost in costs if cost["renews"]) > 0

    def booked(name: str) -> Decimal:
        return sum((Decimal(cost[name]) for cost in costs), Decimal(0))

    own_price, own_weight = piece["new_price_ore"], piece["weight_g"]
    return Terms(
        low=Decimal(piece["co2e_low_kg"]),
        mid=Decimal(piece["co2e_mid_kg"]),
        high=Decimal(piece["co2e_high_kg"]),
        mass=Decimal(own_weight) / 1000 if own_weight else Decimal(piece["mass_kg"]),
        years=Decimal(piece["lifetime_years"]),
        price=Decimal(piece["new_price_mid_ore"] if own_price is None else own_price),
        share=Decimal(SHARE[ordered["answer"]] if ordered else 0),
        base=Decimal(1 if renewed else BASE_L[ordered["condition"]] if ordered else 0),
        left=Decimal(1) if renewed else left,
        task_kg=booked("co2e_kg"),
        task_low_kg=booked("co2e_low_kg"),
        task_high_kg=booked("co2e_high_kg"),
        task_ore=booked("labour_ore") + booked("parts_ore"),
        lent_days=lent_days(ordered, line["effective_on"]),
    )


#: Øre per tonne on new office chairs and desks, by the year it begins with, as the example says.
LEVY_ORE = {2025: 114_000, 2026: 121_000}
LEVIED = ("office_task_chair", "conference_swivel_chair", "desk_fixed", "desk_sit_stand")


def levy(line: Row, of: Terms) -> int | None:
    """What a hand-over avoided of it: D x E x the rate of its year."""
    year = int(line["effective_on"][:4])
    if line["category_key"] not in LEVIED or year < min(LEVY_ORE):
        return None
    ore = of.share * of.mid * LEVY_ORE[year] / 1000
    return int(ore.quantize(Decimal(1), ROUND_HALF_EVEN))


def lent_days(ordered: Row | None, handed_over: str) -> int | None:
    if ordered is None or ordered["loan_until"] is None:
        return None
    until = dt.date.fromisoformat(ordered["loan_until"])
    return (until - dt.date.fromisoformat(handed_over)).days


def late_cost(of: Terms) -> Numbers:
    kilos = {"low_g": of.task_kg, "high_g": of.task_kg, "net_g": of.task_kg}
    kilos |= {f"net_{key}_g": of.task_kg for key in AT_SHARES}
    kilos |= {"bound_low_g": of.task_high_kg, "bound_high_g": of.task_low_kg}
    ore = ("cash_ore", "lifetime_ore", *(f"cash_{key}_ore" for key in AT_SHARES))
    return {"gross_g": 0} | rounded(
        {name: -value * 1000 for name, value in kilos.items()} | dict.fromkeys(ore, -of.task_ore)
    )


def spent(ore: int, grams: int) -> Numbers:
    """What driving cost where nothing was gained by it."""
    kilos = ("net_g", "low_g", "high_g", "bound_low_g", "bound_high_g")
    money = ("cash_ore", "lifetime_ore", *(f"cash_{key}_ore" for key in AT_SHARES))
    shares = (f"net_{key}_g" for key in AT_SHARES)
    return dict.fromkeys(money, -ore) | dict.fromkeys((*kilos, *shares), -grams)


def driven(of: Terms, ore: int, grams: int) -> Numbers:
    """What the real driving of a hand-over changes, for the 30 km and 100 kr. reckoned."""
    reckoned, far, near = (of.mass * km * TONNE_KM_REUSE for km in (KM, 100, 10))
    exact = {name: reckoned + less for name, less in spent(0, grams).items() if name[-1] == "g"}
    exact |= {
        "gross_g": reckoned - grams,
        "bound_low_g": far - max(far, Decimal(grams)),
        "bound_high_g": near - min(near, Decimal(grams)),
    }
    return spent(ore - HANDLING_ORE, 0) | rounded(exact)


def transport(line: Row, of: Terms) -> Numbers:
    """A line of a closed run, from its share of the driving."""
    share = json.loads(line["inputs"])
    if line["corrects_id"] is None or "again" in share:
        return spent(share["share_ore"], share["share_g"])
    return driven(of, share["share_ore"], share["share_g"])


def given_back(of: Terms, days: int) -> tuple[Numbers, Decimal]:
    """What a return takes back, and the life it leaves."""
    used = of.used(days)
    now, ended = of.open(), of.exact(used, used, used, used)
    taken = rounded({name: ended[name] - value for name, value in now.items()})
    return taken, max(Decimal(0), of.left - used)


def days_between(line: Row, first: Row) -> int:
    later, sooner = (dt.date.fromisoformat(each["effective_on"]) for each in (line, first))
    return (later - sooner).days


def worked_out(example: sqlite3.Connection) -> Iterator[tuple[Row, Numbers]]:
    """Each line of the example with what the paper makes of it."""
    known: dict[int, tuple[Row, Terms, Numbers]] = {}
    left: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    for line in example.execute("SELECT * FROM figure_line ORDER BY id").fetchall():
        lives = left[line["unit_id"]]
        life = lives[max(lives)] if lives else Decimal(1)
        if line["corrects_id"] is None:
            of = terms(example, line, life)
            if line["kind"] == "late_cost":
                ought = late_cost(of)
            elif line["kind"] == "transport":
                ought = transport(line, of)
            else:
                ought = rounded(of.open()) | {"count": 1, "new_value_ore": int(of.price)}
        else:
            first, of, was = known[line["corrects_id"]]
            if line["kind"] == "reversal":
                ought = {name: -value for name, value in was.items()}
                lives.pop(first["id"], None)
            elif line["kind"] == "transport":
                ought = transport(line, of)
            else:
                ought, lives[line["id"]] = given_back(of, days_between(line, first))
        known[line["id"]] = line, of, ought
        yield line, ought


def test_every_line_is_what_the_paper_makes_of_its_rows(example: sqlite3.Connection) -> None:
    kinds = set()
    with localcontext(prec=50):
        for line, ought in worked_out(example):
            kinds.add(line["kind"])
            assert {name: line[name] for name in COLUMNS} == dict.fromkeys(COLUMNS, 0) | ought
    assert kinds == {"hand_over", "adjustment", "late_cost", "reversal", "transport"}


def test_the_levy_that_a_hand_over_avoided_is_by_its_year(example: sqlite3.Connection) -> None:
    """A reversal takes it back, and no other line has any."""
    was: dict[int, int | None] = {}
    with localcontext(prec=50):
        for line in example.execute("SELECT * FROM figure_line ORDER BY id").fetchall():
            ought = None
            if line["kind"] == "hand_over":
                ought = levy(line, terms(example, line, Decimal(1)))
            elif line["kind"] == "reversal" and was[line["corrects_id"]] is not None:
                ought = -(was[line["corrects_id"]] or 0)
            was[line["id"]] = line["levy_ore"]
            assert line["levy_ore"] == ought
    known = [ore for ore in was.values() if ore is not None]
    assert min(known) < 0 < max(known)
    assert None in was.values()


def test_recorded_prices_of_co2_are_those_of_their_years(example: sqlite3.Connection) -> None:
    """The shadow value is worked out of the net of each year, and no total has it in it."""
    reports = example.execute("SELECT * FROM report_record").fetchall()
    prices = {str(year): ore for year, ore in SHADOW_ORE.items()}
    levies = []
    for report in reports:
        query = (
            "SELECT substr(effective_on, 1, 4), sum(net_g), sum(levy_ore) FROM figure_line"
            " WHERE effective_on BETWEEN ? AND ? AND booked_at <= ? GROUP BY 1"
        )
        period = report["from_on"], report["to_on"], report["settled_at"]
        years = example.execute(query, period).fetchall()
        worth = (Decimal(grams) * prices[year] for year, grams, _levy in years)
        value = sum(worth, Decimal(0)) / 1_000_000
        totals = json.loads(report["totals"])
        assert totals["co2_value"] == int(value.quantize(Decimal(1), ROUND_HALF_EVEN))
        assert totals["levy"] == sum(levy or 0 for _year, _grams, levy in years)
        used = json.loads(report["parameters"])["shadow_prices"]
        assert used == {year: prices[year] for year, _grams, _levy in years}
        levies.append(totals["levy"])
    assert min(levies) == 0 < max(levies)


def test_what_a_run_cost_is_shared_whole_among_what_it_drove(example: sqlite3.Connection) -> None:
    shared: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in example.execute("SELECT inputs FROM figure_line WHERE kind = 'transport'"):
        share = json.loads(line["inputs"])
        shared[share["run"]][0] += share["share_ore"]
        shared[share["run"]][1] += share["share_g"]
    closed = example.execute("SELECT * FROM run WHERE state = 'closed'").fetchall()
    for run in closed:
        km = Decimal(run["km"])
        cost = km * run["ore_per_km"], km * Decimal(run["co2e_kg_per_km"]) * 1000
        whole = [int(each.quantize(Decimal(1), ROUND_HALF_EVEN)) for each in cost]
        assert whole == [run["cost_ore"], run["co2e_g"]]
        assert shared[run["number"]] == whole
    assert len(closed) > 20


def test_what_institutions_paid_is_what_they_were_charged(example: sqlite3.Connection) -> None:
    def by_institution_and_month(table: str, ore: str, but: str = "") -> list[tuple[object, ...]]:
        query = (
            f"SELECT institution_id, substr(effective_on, 1, 7), sum({ore}) FROM {table}"
            f" WHERE institution_id IS NOT NULL AND kind <> '{but}'"
            " GROUP BY 1, 2 HAVING sum({0}) <> 0 ORDER BY 1, 2"
        )
        return [tuple(row) for row in example.execute(query.format(ore))]

    paid = by_institution_and_month("figure_line", "price_paid_ore")
    assert paid == by_institution_and_month("charge", "amount_ore", but="fee")
    assert len(paid) > 20


def test_recorded_totals_are_the_sums_of_their_days(example: sqlite3.Connection) -> None:
    told = {
        "pieces": "count",
        "new_value": "new_value_ore",
        "cash": "cash_ore",
        "co2": "net_g",
        "lifetime": "lifetime_ore",
        "co2_low": "low_g",
        "co2_high": "high_g",
        "co2_gross": "gross_g",
        "revenue": "price_paid_ore",
        "bound_low": "bound_low_g",
        "bound_high": "bound_high_g",
    }
    sums = ", ".join(f"coalesce(sum({column}), 0) AS {name}" for name, column in told.items())
    reports = example.execute("SELECT * FROM report_record").fetchall()
    for report in reports:
        query = (
            f"SELECT {sums} FROM figure_line WHERE effective_on BETWEEN ? AND ? AND booked_at <= ?"
        )
        period = report["from_on"], report["to_on"], report["settled_at"]
        found = dict(example.execute(query, period).fetchone())
        totals = json.loads(report["totals"])
        assert {name: totals[name] for name in told} == found
    assert len(reports) > 3
