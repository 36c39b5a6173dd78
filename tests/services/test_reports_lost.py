"""A row that others name is gone, past the program: what names it is counted and told of still."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import check, overview, reports, tasks
from moebelcirkel.services.reports import sheets
from moebelcirkel.services.stock import lists
from moebelcirkel.storage.tables.figures import FigureLine
from tests import templates
from tests.clock import Clock
from tests.services import reporting
from tests.services.tampering import loosely
from tests.world import World

_GONE = "findes ikke længere: se kontrollen af tallene"


@templates.prepared
def delivered(world: World, clock: Clock) -> None:
    """Pieces handed over, and some in the house."""
    tasks.confirm_rates(world.context)
    reporting.deliver(world, clock, reporting.TODAY)


def _lose(world: World) -> tuple[str, str]:
    """Take away the category and the receiver of what was handed over; their names now."""
    draft = reports.preview(world.person("controller"), *reporting.YEAR)
    assert len(draft.categories) == len(draft.institutions) == 1
    loosely(
        world,
        "DELETE FROM category WHERE key IN (SELECT category_key FROM figure_line)",
        "DELETE FROM institution WHERE id IN (SELECT institution_id FROM figure_line)",
    )
    return draft.categories[0].name, draft.institutions[0].name


def test_figures_of_a_lost_category_and_institution_stay_in_the_report(delivered: World) -> None:
    controller = delivered.person("controller")
    before = reports.preview(controller, *reporting.YEAR)
    _lose(delivered)
    after = reports.preview(controller, *reporting.YEAR)
    assert after.totals == before.totals
    for groups in (after.categories, after.institutions):
        assert [_GONE in group.name for group in groups] == [True]
        assert groups[0].totals == before.totals
    text = sheets.csv(controller, *reporting.YEAR).decode("utf-8-sig")
    assert text.count(_GONE) >= 2
    found = [check.text(each) for each in check.run(controller).findings]
    assert any("som ikke findes i Kategori" in each for each in found), found


def _refused(world: World, institution_id: int | None = None) -> str:
    controller = world.person("controller")
    with pytest.raises(Refused) as refused:
        reports.record(controller, *reporting.YEAR, institution_id)
    assert reports.recorded(controller) == []
    return str(refused.value)


def test_a_report_is_not_recorded_without_the_name_of_an_institution_or_category(
    delivered: World,
) -> None:
    _lose(delivered)
    said = _refused(delivered)
    assert "Restore a copy" in said
    assert "Institution" in said
    assert "Kategori" in said


def test_no_report_is_recorded_for_an_institution_that_is_lost(delivered: World) -> None:
    loosely(
        delivered, "DELETE FROM institution WHERE id IN (SELECT institution_id FROM figure_line)"
    )
    with delivered.context.read() as session:
        (lost,) = set(session.scalars(select(FigureLine.institution_id)))
    assert "Restore a copy" in _refused(delivered, lost)


def test_the_overview_shows_what_was_handed_to_a_lost_institution(delivered: World) -> None:
    controller = delivered.person("controller")
    before = overview.key_figures(controller, *reporting.YEAR)
    _lose(delivered)
    after = overview.key_figures(controller, *reporting.YEAR)
    assert after.totals == before.totals
    assert [(_GONE in row.name, row.key) for row in after.rows] == [(True, before.rows[0].key)]


@pytest.mark.parametrize("states", [frozenset[str](), None])
def test_pieces_of_a_lost_category_are_listed_and_counted(
    delivered: World, states: frozenset[str] | None
) -> None:
    lager = delivered.person("lager")
    wanted = StockFilter() if states is None else StockFilter(states=states)
    before = lists.find(lager, wanted)
    _lose(delivered)
    after = lists.find(lager, wanted)
    assert (after.total, len(after.rows)) == (before.total, len(before.rows))
    assert after.total > 0
