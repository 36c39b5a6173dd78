"""Factor sets: copy, edit, release, read only, comparison, undo."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.factors import checked_figures
from moebelcirkel.services import changes, factors, figures
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.factors import FactorRow, SetRow
from moebelcirkel.storage.factors import FactorSet
from tests.services.undoing import assert_undone
from tests.world import World

DAY = dt.date(2026, 11, 1)


def _set(admin: Context, name: str) -> SetRow:
    return next(row for row in factors.sets(admin) if row.name == name)


def _draft(admin: Context) -> SetRow:
    factors.copy(admin, _set(admin, "2026.1").id, "2027.1", DAY, "Egne tal")
    return _set(admin, "2027.1")


def _chair(admin: Context, set_id: int) -> FactorRow:
    return next(
        row for row in factors.factors(admin, set_id) if row.category_key == "office_task_chair"
    )


def _edit(admin: Context, row: FactorRow) -> None:
    better = replace(row.figures, co2e_mid_kg=Decimal(65), source="EPD 2026", source_year=2026)
    factors.save(admin, row.id, row.version, better)


def test_the_set_we_ship_has_every_source_and_stands_its_own_checks(admin: Context) -> None:
    shipped = _set(admin, "2026.1")
    assert (shipped.released, shipped.in_force) == (True, True)
    rows = factors.factors(admin, shipped.id)
    assert len(rows) == 57
    for row in rows:
        checked_figures(row.figures, admin.today())


def test_search_finds_category_group_and_source(admin: Context) -> None:
    shipped = _set(admin, "2026.1")
    assert "Kontorstol (arbejdsstol)" in [
        row.category for row in factors.factors(admin, shipped.id, "kontorst fira")
    ]
    assert factors.factors(admin, shipped.id, "findes slet ikke") == []


def test_a_copy_is_a_draft_with_the_same_figures(admin: Context) -> None:
    draft = _draft(admin)
    shipped = _set(admin, "2026.1")
    assert (draft.released, draft.in_force, draft.based_on) == (False, False, "2026.1")
    assert [row.figures for row in factors.factors(admin, draft.id)] == [
        row.figures for row in factors.factors(admin, shipped.id)
    ]
    assert factors.compare(admin, draft.id) == []


def test_the_comparison_names_each_figure_that_differs(admin: Context) -> None:
    draft = _draft(admin)
    _edit(admin, _chair(admin, draft.id))
    found = {each.figure: (each.before, each.after) for each in factors.compare(admin, draft.id)}
    assert found["co2e_mid_kg"] == (Decimal(72), Decimal(65))
    assert set(found) == {"co2e_mid_kg", "source", "source_year"}


def test_a_figure_needs_its_source(admin: Context) -> None:
    row = _chair(admin, _draft(admin).id)
    with pytest.raises(Invalid) as caught:
        factors.save(admin, row.id, row.version, replace(row.figures, source=""))
    assert list(caught.value.errors) == ["source"]


def test_a_released_set_is_read_only(world: World, admin: Context) -> None:
    shipped = _set(admin, "2026.1")
    row = _chair(admin, shipped.id)
    with pytest.raises(Refused, match="released"):
        factors.save(admin, row.id, row.version, replace(row.figures, mass_kg=Decimal(1)))
    with pytest.raises(Refused, match="released"):
        factors.save_set(admin, shipped.id, shipped.version, "X", DAY)
    with pytest.raises(Refused, match="released"):
        factors.release(admin, shipped.id, shipped.version)
    with pytest.raises(Refused, match="released"):
        factors.delete(admin, shipped.id, shipped.version)


def test_a_released_draft_counts_from_its_first_day(world: World, admin: Context) -> None:
    draft = _draft(admin)
    _edit(admin, _chair(admin, draft.id))
    factors.release(admin, draft.id, draft.version)
    assert _set(admin, "2027.1").in_force
    with world.context.read() as session:
        before = figures.load_factors(session, DAY - dt.timedelta(days=1))
        after = figures.load_factors(session, DAY)
    assert before.set_name == "2026.1"
    assert after.set_name == "2027.1"
    assert after.by_category["office_task_chair"].co2e_mid_kg == Decimal(65)


def test_two_sets_cannot_start_on_the_same_day(admin: Context) -> None:
    draft = _draft(admin)
    factors.release(admin, draft.id, draft.version)
    factors.copy(admin, draft.id, "2027.2", DAY)
    second = _set(admin, "2027.2")
    with pytest.raises(Refused, match="same day"):
        factors.release(admin, second.id, second.version)
    factors.save_set(admin, second.id, second.version, "2027.2", DAY + dt.timedelta(days=1))
    with pytest.raises(Stale):
        factors.release(admin, second.id, second.version)


@pytest.mark.parametrize(
    ("field", "name", "day"),
    [("name", "", DAY), ("name", "2026.1", DAY), ("valid_from", "2027.1", dt.date(1900, 1, 1))],
)
def test_a_copy_with_a_wrong_field(admin: Context, field: str, name: str, day: dt.date) -> None:
    with pytest.raises(Invalid) as caught:
        factors.copy(admin, _set(admin, "2026.1").id, name, day)
    assert list(caught.value.errors) == [field]


def test_a_set_another_is_based_on_stays(admin: Context) -> None:
    draft = _draft(admin)
    factors.copy(admin, draft.id, "2027.2", DAY)
    with pytest.raises(Refused, match="based on this one"):
        factors.delete(admin, draft.id, draft.version)


def test_each_change_is_undone(admin: Context) -> None:
    shipped = _set(admin, "2026.1")
    assert_undone(admin, lambda: factors.copy(admin, shipped.id, "2027.1", DAY))
    draft = _draft(admin)
    later = DAY + dt.timedelta(days=3)
    assert_undone(
        admin, lambda: factors.save_set(admin, draft.id, draft.version, "2027.9", later, "Ny")
    )
    row = _chair(admin, draft.id)
    better = replace(row.figures, mass_kg=Decimal("18.5"), lifetime_years=Decimal("12.5"))
    assert_undone(admin, lambda: factors.save(admin, row.id, row.version, better))
    draft = _set(admin, "2027.1")
    assert_undone(admin, lambda: factors.release(admin, draft.id, draft.version))
    draft = _set(admin, "2027.1")
    assert_undone(admin, lambda: factors.delete(admin, draft.id, draft.version))


def test_undo_never_changes_a_released_set(admin: Context) -> None:
    draft = _draft(admin)
    row = _chair(admin, draft.id)
    better = replace(row.figures, mass_kg=Decimal("18.5"))
    edit = factors.save(admin, row.id, row.version, better)
    factors.release(admin, draft.id, draft.version)
    with pytest.raises(Refused, match="released"):
        changes.undo(admin, edit.change_id or 0)


def test_the_only_released_set_stays_released(world: World, admin: Context) -> None:
    def body(work: Work) -> None:
        for row in work.session.query(FactorSet):
            row.released = False

    world.context.write("setup", None, body)
    only = _set(admin, "2026.1")
    done = factors.release(admin, only.id, only.version)
    with pytest.raises(Refused, match="in force"):
        changes.undo(admin, done.change_id or 0)
