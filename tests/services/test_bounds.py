"""No line and no total lies outside its own extremes, and a life has one waste fee at most."""

import datetime as dt
import json

import pytest
from sqlalchemy import select

from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.services import check, overview, parameters, reports, tasks
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.clock import Clock
from tests.services import reporting
from tests.services.reporting import controller
from tests.services.tampering import tamper
from tests.world import World

_ORDER = ("bound_low_g", "low_g", "net_g", "high_g", "bound_high_g")


def _lines(world: World) -> list[FigureLine]:
    return trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))


def _inside(report: SavingsReport) -> None:
    lowest, highest = report.extremes.span
    least, most = report.extremes.bounds
    assert least <= lowest <= report.totals.net_g <= highest <= most


@pytest.mark.parametrize(("condition", "answer"), [("D", "no"), ("D", "yes"), ("A", "some")])
def test_a_worn_piece_that_replaces_nothing_new_lies_within_its_extremes(
    world: World, clock: Clock, condition: str, answer: str
) -> None:
    parameters.save(world.person("admin"), {"transport_km": 150})
    day = dt.date(2026, 3, 2)
    units, _change = reporting.deliver(world, clock, day, condition=condition, answer=answer)
    why = "misjudged" if condition == "D" else None
    reporting.take_back(world, clock, dt.date(2026, 5, 2), units, why)
    handed, back = ([getattr(line, name) for name in _ORDER] for line in _lines(world))
    assert handed == sorted(handed)
    assert back == sorted(back, reverse=True)
    _inside(reports.preview(controller(world), *reporting.YEAR))
    reporting.at(clock, reporting.TODAY)
    assert check.run(controller(world)).ok


def test_a_period_of_returns_alone_lies_within_its_extremes(world: World, clock: Clock) -> None:
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2), condition="A")
    reporting.take_back(world, clock, dt.date(2026, 8, 3), units)
    autumn = (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
    report = reports.preview(controller(world), *autumn)
    assert report.totals.low_g > report.totals.net_g > report.totals.high_g
    _inside(report)
    found = overview.key_figures(controller(world), *autumn)
    assert found.span == (report.totals.high_g, report.totals.low_g)


def test_a_loop_that_began_and_ended_in_a_period_is_netted(world: World, clock: Clock) -> None:
    """Beside it another chair is delivered: both share a factor, and neither its use."""
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2))
    reporting.take_back(world, clock, dt.date(2026, 5, 2), units)
    reporting.deliver(world, clock, dt.date(2026, 6, 1))
    report = reports.preview(controller(world), *reporting.YEAR)
    _inside(report)
    low, _net, high = (sum(getattr(line, name) for line in _lines(world)) for name in _ORDER[1:4])
    assert report.extremes.span == (low, high)
    rows = [[getattr(line, name) for line in _lines(world)] for name in _ORDER]
    loop = [out + back for out, back, _other in rows]
    other = [row[2] for row in rows]
    assert report.extremes.bounds == (min(loop) + other[0], max(loop) + other[-1])


def test_a_recorded_span_is_checked(world: World, clock: Clock) -> None:
    tasks.confirm_rates(world.context)
    reporting.fill_year(world, clock)
    key = reporting.recorded(world)
    said = reports.get(controller(world), key).totals
    assert said["span"][0] < said["co2"] < said["span"][1]
    assert check.run(controller(world)).ok
    wrong = json.dumps({**said, "span": [said["span"][0] + 1, said["span"][1]]})
    tamper(world, f"UPDATE report_record SET totals = '{wrong}' WHERE id = {key}")
    found = [check.text(finding) for finding in check.run(controller(world)).findings]
    assert "Rapport 2026-001: totalerne er ikke summen af linjerne." in found


def _fees(context: Context) -> list[int]:
    return [line.fee for line in reports.preview(context, *reporting.YEAR).lines]


def test_a_return_takes_the_saved_waste_fee_back(world: World, clock: Clock) -> None:
    parameters.save(world.person("admin"), {"waste_fee_ore": 60_000})
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2))
    assert _fees(controller(world)) == [1_152]
    reporting.take_back(world, clock, dt.date(2026, 5, 4), units)
    assert _fees(controller(world)) == [1_152, -1_152]
    reporting.deliver_again(world, clock, dt.date(2026, 6, 1), units)
    assert _fees(controller(world)) == [1_152, -1_152, 1_152]
    for line in reports.preview(controller(world), *reporting.YEAR).lines:
        gain = line.new_price * line.share * line.left - line.costs + line.fee
        assert abs(gain - line.cash_ore) <= 1
    reporting.at(clock, reporting.TODAY)
    assert check.run(controller(world)).ok
