"""A kind or a role that no program knows is named by the check, and stops nothing that is shown."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import check, pickups, repairs, reports, stock, units, users
from moebelcirkel.services.reports import sheets
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.ui.parts.pickup_words import state_chip
from tests import templates, trade
from tests.clock import Clock
from tests.services import repairing, reporting, wanting
from tests.services import reported as given
from tests.services.tampering import loosely, tamper
from tests.world import World


@templates.prepared
def reported(world: World, clock: Clock) -> None:
    """A delivery that a report can tell of."""
    reporting.deliver(world, clock, reporting.TODAY)


def _forget(world: World, table: str, column: str, *statements: str) -> None:
    free = f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column}"
    loosely(world, *([] if world.context.database.is_sqlite else [free]), *statements)


@pytest.mark.parametrize("word", ["late_costs", "hand_over ", ""])
def test_a_line_of_no_kind(reported: World, word: str) -> None:
    made = "SELECT max(id) FROM figure_line"
    _forget(
        reported,
        "figure_line",
        "kind",
        f"UPDATE figure_line SET kind = '{word}' WHERE id = ({made})",
    )
    asker = reported.person("controller")
    assert not check.run(asker).ok
    told = reports.preview(asker, *reporting.YEAR)
    assert word in {line.kind for line in told.lines}
    assert reports.draft(asker, *reporting.YEAR, all_lines=True).data
    assert sheets.workbook(asker, *reporting.YEAR)
    for key in trade.rows(reported.context, select(Unit.id)):
        units.passport(reported.person("lager"), key)


@pytest.mark.parametrize("word", ["late_costs", ""])
def test_a_role_of_no_kind_allows_nothing(reported: World, word: str) -> None:
    leader = reported.people["leader"].user_id
    _forget(
        reported,
        "user_role",
        "role",
        f"UPDATE user_role SET role = '{word}' WHERE user_id = {leader}",
    )
    assert not check.run(reported.person("controller")).ok
    [row] = [row for row in users.find(reported.person("admin")) if row.id == leader]
    assert row.roles == ()


def test_a_repair_whose_report_has_no_state_does_not_stop_the_list(reported: World) -> None:
    repairing.asked(reported)
    _forget(reported, "pickup", "state", "UPDATE pickup SET state = 'late_costs'")
    assert not check.run(reported.person("controller")).ok
    assert len(repairs.listed(reported.person("bench"))) == 1
    assert repairs.waiting_count(reported.person("bench")) == 1


@pytest.mark.parametrize("within", ["skrald", "[1, 2", '{"a": 1}'])
def test_a_want_with_damaged_filters_stops_nobody(reported: World, within: str) -> None:
    """It finds nothing, and the check names it."""
    wanting.want(reported.person("leader"), reported.school)
    tamper(reported, f"UPDATE want SET within = '{within}'")
    assert not check.run(reported.person("controller")).ok
    [unit] = trade.put_on_sale(reported, 1, state="ready", listed_at=None)
    stock.put_on_sale(reported.person("lager"), [unit])
    assert trade.state(reported.context, unit) == "listed"


@pytest.mark.parametrize("word", ["late_costs", ""])
def test_a_report_of_furniture_in_no_state_is_shown_with_its_word(
    reported: World, word: str
) -> None:
    lager = reported.person("lager")
    made = given.reported(reported)
    _forget(reported, "pickup", "state", f"UPDATE pickup SET state = '{word}'")
    [row] = pickups.listed(lager).rows
    assert state_chip(row).text == (word or "?")
    assert pickups.detail(lager, made).row == row
    with pytest.raises(Refused, match=word or r"\?"):
        pickups.accept(lager, made)
