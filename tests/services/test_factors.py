"""Factor sets: copy, edit, release, read only, comparison, undo."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.factors import checked_figures
from moebelcirkel.services import changes, check, factors, figures
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.factors import FactorRow, SetRow
from moebelcirkel.services.start import setup
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.factors import FactorSet
from tests.services.undoing import assert_undone
from tests.world import World

#: Some days after the newest set of ours came: the clock of the tests stands on 20 November.
DAY = dt.date(2026, 12, 1)


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


@pytest.mark.parametrize(("name", "in_force"), [("2026.1", False), ("2026.2", True)])
def test_the_sets_we_ship_have_every_source_and_stand_their_own_checks(
    admin: Context, name: str, in_force: bool
) -> None:
    shipped = _set(admin, name)
    assert (shipped.released, shipped.in_force) == (True, in_force)
    rows = factors.factors(admin, shipped.id)
    assert len(rows) == 57
    for row in rows:
        checked_figures(row.figures, admin.today())


#: Category: (what was, what is), kg CO2e; the middle figure but for the two that say high.
CHANGED = {
    "conference_swivel_chair": (66, 47),
    "desk_fixed": (90, 55),
    "desk_sit_stand": (160, 130),
    "cupboard_steel": (142, 95),
    "filing_cabinet_steel": (151, 101),
    "shelving_steel": (95, 63),
    "lockers": (110, 74),
    "coat_stand": (19, 13),
    "mattress_single": (114, 60),
    "mattress_double": (210, 112),
    "monitor_arm": (25, 17),
    "trolley": (47, 32),
}
RAISED = {"stacking_chair": ("30", "50"), "school_chair": ("34.6", "50")}


def test_the_newest_set_changes_fourteen_categories_each_with_its_reason(admin: Context) -> None:
    newest = _set(admin, "2026.2")
    assert newest.based_on == "2026.1"
    rows = {row.category: row for row in factors.factors(admin, newest.id)}
    found = {
        (rows[each.category].category_key, each.figure): (each.before, each.after)
        for each in factors.compare(admin, newest.id)
        if each.figure.endswith("_kg")
    }
    lowered = {(key, "co2e_mid_kg"): (Decimal(a), Decimal(b)) for key, (a, b) in CHANGED.items()}
    raised = {(key, "co2e_high_kg"): (Decimal(a), Decimal(b)) for key, (a, b) in RAISED.items()}
    assert found == lowered | raised
    changed = {key for key, _figure in found}
    for row in rows.values():
        detail = row.figures.source_detail
        assert ("Før (2026.1):" in detail) is (row.category_key in changed), row.category
    for name, co2 in (("2026.1", 18), ("2026.2", 15)):
        figures_of = [row.figures for row in factors.factors(admin, _set(admin, name).id)]
        assert sum(each.co2e_verified for each in figures_of) == co2
        assert sum(each.price_verified for each in figures_of) == 3


# --- how a database of before gets the newest set ----------------------------------------------


@pytest.fixture
def earlier(context: Context) -> Context:
    """A database that a version with only the first set has filled."""
    setup.begin_as_first_version(context)
    return context


def _bring(context: Context, at: dt.datetime) -> None:
    setup.load_reference(replace(context, clock=lambda: at))


def test_a_database_of_before_gets_the_newest_set_once_from_that_day_on(earlier: Context) -> None:
    on = dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC)
    for _start in range(2):
        _bring(earlier, on)
    newest, first = factors.sets(earlier)
    assert (newest.name, newest.valid_from, newest.released) == ("2026.2", on.date(), True)
    assert (first.name, first.valid_from) == ("2026.1", dt.date(2000, 1, 1))
    with earlier.read() as session:
        names = [
            figures.load_factors(session, on.date() + dt.timedelta(days=days)).set_name
            for days in (-1, 0)
        ]
        kinds = session.scalars(select(Change.kind)).all()
    assert names == ["2026.1", "2026.2"]
    assert kinds.count("factor.bring") == 1
    assert check.run(replace(earlier, clock=lambda: on)).findings == ()


def test_a_municipality_with_figures_of_its_own_keeps_them_in_force(earlier: Context) -> None:
    factors.copy(earlier, _set(earlier, "2026.1").id, "Egne tal", dt.date(2026, 11, 1))
    own = _set(earlier, "Egne tal")
    factors.release(earlier, own.id, own.version)
    _bring(earlier, dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC))
    newest = _set(earlier, "2026.2")
    assert (newest.released, newest.in_force) == (False, False)
    assert "eget faktorsæt gælder stadig" in newest.note
    assert _set(earlier, "Egne tal").in_force


def test_a_set_of_the_municipality_by_the_same_name_is_left_alone(earlier: Context) -> None:
    factors.copy(earlier, _set(earlier, "2026.1").id, "2026.2", dt.date(2026, 11, 1), "Vores")
    _bring(earlier, dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC))
    sets = [(row.name, row.note, row.released) for row in factors.sets(earlier)]
    assert sets == [("2026.2", "Vores", False), ("2026.1", "", True)]


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


def test_a_figure_is_seen_only_where_the_middle_itself_was_read(admin: Context) -> None:
    row = _chair(admin, _draft(admin).id)
    assert row.figures.co2e_verified
    other = replace(row.figures, co2e_mid_kg=Decimal(65))
    with pytest.raises(Invalid) as caught:
        factors.save(admin, row.id, row.version, other)
    assert list(caught.value.errors) == ["co2e_verified"]
    factors.save(admin, row.id, row.version, replace(other, co2e_verified=False))
    row = _chair(admin, _set(admin, "2027.1").id)
    price = replace(row.figures, new_price_mid_ore=400_000, price_verified=True)
    with pytest.raises(Invalid) as caught:
        factors.save(admin, row.id, row.version, price)
    assert list(caught.value.errors) == ["price_verified"]
    factors.save(admin, row.id, row.version, replace(price, price_source="Katalog 2026"))


def test_any_two_sets_are_compared_with_the_reason_of_each_figure(admin: Context) -> None:
    newest, first = _set(admin, "2026.2").id, _set(admin, "2026.1").id
    found = {(each.category, each.figure): each for each in factors.compare(admin, newest, first)}
    desk = found["Hæve-sænkebord", "co2e_mid_kg"]
    assert (desk.before, desk.after) == (Decimal(160), Decimal(130))
    assert desk.reason.startswith("midt sænket fra 160")
    back = factors.compare(admin, first, newest)
    assert {(each.category, each.figure): (each.after, each.before) for each in back} == {
        key: (each.before, each.after) for key, each in found.items()
    }


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
    admin = replace(admin, clock=lambda: dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC))
    assert _set(admin, "2027.1").in_force
    with world.context.read() as session:
        before = figures.load_factors(session, DAY - dt.timedelta(days=1))
        after = figures.load_factors(session, DAY)
    assert before.set_name == "2026.2"
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
