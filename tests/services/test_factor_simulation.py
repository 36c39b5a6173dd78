"""What a period would have come to with another factor set: every sum, and nothing written."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import Figures
from moebelcirkel.services import factors
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.factors import simulation as factor_simulation
from moebelcirkel.services.factors.simulation import Simulation
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.figures import FigureLine
from tests.clock import Clock
from tests.services import reporting
from tests.services.reporting import YEAR
from tests.world import World


@pytest.fixture
def desks(world: World, clock: Clock) -> World:
    """The year of the reports, but of sit/stand desks that know nothing but their category."""

    def body(work: Work) -> None:
        article = work.get(Article, world.chair)
        article.category_key = "desk_sit_stand"
        article.new_price_ore, article.new_price_on = None, None
        article.new_price_source = ""

    world.context.write("article.save", None, body)
    reporting.fill_year(world, clock)
    return world


def _id(context: Context, name: str) -> int:
    return next(row.id for row in factors.sets(context) if row.name == name)


def _simulate(world: World, name: str) -> Simulation:
    admin = world.person("admin")
    return factor_simulation.simulate(admin, _id(admin, name), *YEAR)


def test_a_lower_factor_moves_co2_alone_by_what_each_line_counts(desks: World) -> None:
    found = _simulate(desks, "2026.2")
    assert (found.set_name, found.lines, found.changed) == ("2026.2", 7, 6)
    before, after = found.before, found.after
    # 130 kg in place of 160: the desk returned after 73 of 15 x 365 days counts 0.0133 of them
    # (D 1), the one of September D 0.5 x L 0.8; "no" counts nothing, and one was taken back.
    assert after.net_g is not None
    assert before.net_g is not None
    assert abs(after.net_g - before.net_g - -(400 + 12_000)) <= 2
    assert after.gross_g == (before.gross_g or 0) - 3 * 30_000
    for money in ("cash_ore", "lifetime_ore", "new_value_ore", "count"):
        assert getattr(after, money) == getattr(before, money)


def test_the_set_the_lines_were_booked_with_gives_the_same(desks: World) -> None:
    found = _simulate(desks, "2026.1")
    assert (found.changed, found.after) == (0, found.before)
    assert found.before != Figures()


def test_price_weight_and_lifetime_of_a_draft_are_tried_too(desks: World) -> None:
    admin = desks.person("admin")
    factors.copy(admin, _id(admin, "2026.1"), "Prøve", dt.date(2027, 1, 1))
    draft = _id(admin, "Prøve")
    row = next(r for r in factors.factors(admin, draft) if r.category_key == "desk_sit_stand")
    other = replace(
        row.figures,
        new_price_mid_ore=300_000,
        mass_kg=Decimal(50),
        lifetime_years=Decimal(10),
        price_source="Katalog 2027",
    )
    factors.save(admin, row.id, row.version, other)
    found = _simulate(desks, "Prøve")
    assert found.after.new_value_ore - found.before.new_value_ore == -3 * 120_000
    # August and its return: D 1 x (73 / 3,650 of 3,000 - 73 / 5,475 of 4,200), September D 0.5.
    used = round(0.02 * 300_000) - round(0.01333333 * 420_000)
    assert abs(found.after.cash_ore - found.before.cash_ore - (used - 60_000)) <= 1


def test_a_types_own_price_and_weight_stay(year: World) -> None:
    """The chair has a price of its own, and its category is the same in both sets."""
    found = _simulate(year, "2026.2")
    assert (found.changed, found.after) == (0, found.before)


def test_nothing_of_it_is_recorded(desks: World) -> None:
    def counts() -> tuple[int, ...]:
        with desks.context.read() as session:
            queries = (select(func.count()).select_from(model) for model in (Change, FigureLine))
            return tuple(session.scalar(query) or 0 for query in queries)

    before = counts()
    _simulate(desks, "2026.2")
    assert counts() == before


def test_it_asks_for_the_right_to_change_sets_and_for_a_set_that_is_there(world: World) -> None:
    admin = world.person("admin")
    with pytest.raises(Refused, match="right"):
        factor_simulation.simulate(world.person("lager"), _id(admin, "2026.2"), *YEAR)
    with pytest.raises(Refused, match="gone"):
        factor_simulation.simulate(admin, 4711, *YEAR)
    with pytest.raises(Refused, match="ends before"):
        factor_simulation.simulate(admin, _id(admin, "2026.2"), *reversed(YEAR))
