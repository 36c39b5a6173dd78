"""Figure lines changed past the program: no report is recorded over them, and each is named."""

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import refusal
from moebelcirkel.services import reports
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.units import Unit
from tests.services.reporting import YEAR
from tests.services.tampering import tamper
from tests.world import World

#: What is changed in a line without another word in the row being wrong by itself.
CHANGES = (
    "cash_ore = cash_ore + 1",
    "net_g = net_g + 1",
    "cash_d27_ore = cash_d27_ore + 1",
    "lifetime_ore = lifetime_ore + 1",
    "levy_ore = coalesce(levy_ore, 0) + 1",
    "price_paid_ore = price_paid_ore + 1",
    "category_key = 'furniture_average'",
    "institution_id = 1 + coalesce(institution_id, 0) % 2",
)


def _lines(world: World, kind: str) -> tuple[int, str]:
    """The first line of a kind, and the label of its piece."""
    query = (
        select(FigureLine.id, Unit.number)
        .join(Unit, Unit.id == FigureLine.unit_id)
        .where(FigureLine.kind == kind)
        .order_by(FigureLine.id)
    )
    with world.context.read() as session:
        key, number = session.execute(query).first() or (0, "")
    return key, number


def _refused(world: World) -> str:
    controller = world.person("controller")
    with pytest.raises(Refused) as refused:
        reports.record(controller, *YEAR)
    assert reports.recorded(controller) == []
    return refusal(refused.value)


@pytest.mark.parametrize("change", CHANGES)
def test_no_report_is_recorded_over_a_changed_line(year: World, change: str) -> None:
    key, number = _lines(year, "hand_over")
    tamper(year, f"UPDATE figure_line SET {change} WHERE id = {key}")
    said = _refused(year)
    assert said == (
        "Rapporten kan ikke gemmes: tal i den er ændret uden om programmet. Effektlinje"
        f" {key} ({number}) er ikke det, der blev skrevet. Se kontrollen af tallene, og gendan en"
        " kopi fra før det."
    )


@pytest.mark.parametrize("kind", ["adjustment", "reversal", "late_cost"])
def test_corrections_and_late_costs_are_proved_too(year: World, kind: str) -> None:
    key, number = _lines(year, kind)
    tamper(year, f"UPDATE figure_line SET cash_ore = cash_ore - 100 WHERE id = {key}")
    assert f"{key} ({number})" in _refused(year)


def test_a_report_over_other_days_is_recorded_still(year: World) -> None:
    controller = year.person("controller")
    key, number = _lines(year, "hand_over")
    with year.context.read() as session:
        last = session.scalar(select(func.max(FigureLine.effective_on)))
    assert last is not None
    tamper(year, f"UPDATE figure_line SET cash_ore = cash_ore - 100 WHERE id = {key}")
    assert number in _refused(year)
    with year.context.read() as session:
        due = session.get_one(FigureLine, key).effective_on
    others = reports.record(controller, last, last)
    assert (due < last, others.lines > 0) == (True, True)


def test_a_line_of_the_first_version_is_computed_again(year: World) -> None:
    controller = year.person("controller")
    key, number = _lines(year, "hand_over")
    empty = "'{}'" if year.context.database.is_sqlite else "CAST('{}' AS JSON)"
    tamper(year, f"UPDATE event SET after = {empty} WHERE entity = 'figure_line'")
    assert reports.record(controller, *YEAR).lines > 0
    tamper(year, f"UPDATE figure_line SET cash_ore = cash_ore + 1 WHERE id = {key}")
    with pytest.raises(Refused) as refused:
        reports.record(controller, *YEAR)
    assert f"{key} ({number}): tallene følger ikke" in refusal(refused.value)
