"""What of a report is of loans: told on paper and in the spreadsheet, whole in the value as new."""

import datetime as dt

from moebelcirkel.services import check, deliveries, reports
from moebelcirkel.services.reports import rates, sheets
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import lending
from tests.services.delivering import back
from tests.services.test_reports import YEAR, controller, sheet
from tests.world import World


def test_a_loan_counts_whole_as_new_and_else_by_its_days(world: World, clock: Clock) -> None:
    lager, asker = world.person("lager"), controller(world)
    rates.confirm_rates(asker)
    bought = trade.order(world, trade.put_on_sale(world, 1, price_ore=trade.PRICE + 1))
    deliveries.pick(lager, bought)
    deliveries.hand_over(lager, line_ids=bought)
    assert reports.preview(asker, *YEAR).loans is None
    assert "Lån:" not in reading.whole_text(reports.draft(asker, *YEAR).data)
    [unit, _other] = lending.lent(world, 2, days=40)
    found = reports.preview(asker, *YEAR)
    assert found.loans is not None
    assert (found.totals.pieces, found.loans.pieces) == (3, 2)
    assert found.loans.new_value_ore * 3 == found.totals.new_value_ore * 2
    assert found.loans.cash_ore < (found.totals.cash_ore - found.loans.cash_ore) * 2
    told = reading.whole_text(reports.draft(asker, *YEAR).data)
    assert "Lån: 2 møbler, nyværdi" in told
    assert "et lån tæller helt i antal og nyværdi" in told
    done = reports.record(asker, *YEAR)
    paper = reports.reprint(asker, done.id)
    clock.advance(days=20)
    back(world, [unit])
    later = reports.preview(asker, YEAR[0], clock().date())
    assert later.loans is not None
    assert (later.loans.pieces, later.loans.new_value_ore) == (2, found.loans.new_value_ore)
    assert later.loans.cash_ore < found.loans.cash_ore
    assert reports.reprint(asker, done.id) == paper
    rows = {row[0]: row[1] for row in sheet(sheets.workbook_of(asker, done.id), "Nøgletal")}
    assert rows["Genbrugte møbler, heraf lån"] == 2
    assert rows["Nyværdi genbrugt, heraf lån"] == found.loans.new_value_ore / 100
    assert check.run(asker).findings == ()


def test_a_year_without_loans_says_nothing_of_them(year: World) -> None:
    found = reports.preview(controller(year), dt.date(2026, 1, 1), dt.date(2026, 11, 20))
    assert found.loans is None
