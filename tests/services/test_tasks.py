"""Task types and hour rates: fields, two writers, use, undo."""

from dataclasses import replace
from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import tasks
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.tasks import RateForm, TaskForm
from moebelcirkel.storage.tables.cases import Case, CaseTask
from tests.services.undoing import assert_undone
from tests.world import World

TASK = TaskForm(
    "Vask", 20, 1_500, Decimal("0.7"), Decimal("0.5"), Decimal("1.2"), renews=False, note="Tør af."
)


def _use_first(world: World) -> None:
    task, rate = tasks.task_types(world.context)[0], tasks.hour_rates(world.context)[0]

    def body(work: Work) -> None:
        case = Case(opened_at=work.now)
        work.session.add(case)
        work.session.flush()
        work.session.add(CaseTask(case_id=case.id, task_type_id=task.id, hour_rate_id=rate.id))

    world.context.write("setup", None, body)


def test_a_new_task_type_stands_last(admin: Context) -> None:
    tasks.save_task(admin, TASK)
    assert tasks.task_types(admin)[-1].form == TASK


def test_without_bounds_they_are_the_usual_kg(admin: Context) -> None:
    tasks.save_task(admin, TaskForm("Andet", co2e_kg=Decimal(3)))
    form = tasks.task_types(admin)[-1].form
    assert (form.co2e_low_kg, form.co2e_high_kg) == (Decimal(3), Decimal(3))


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "RENGØRING"}),
        ("minutes", {"minutes": -1}),
        ("minutes", {"minutes": 10_001}),
        ("parts_ore", {"parts_ore": -1}),
        ("co2e_low_kg", {"co2e_low_kg": Decimal("0.8")}),
        ("co2e_high_kg", {"co2e_high_kg": Decimal("0.6")}),
        ("co2e_kg", {"co2e_kg": Decimal("0.7001")}),
        ("note", {"note": "x" * 1001}),
    ],
)
def test_a_wrong_field_of_a_task_is_named(
    admin: Context, field: str, change: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as caught:
        tasks.save_task(admin, replace(TASK, **change))  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize(
    ("field", "form"),
    [
        ("name", RateForm(" ")),
        ("name", RateForm("personale")),
        ("rate_ore", RateForm("X", -1)),
        ("rate_ore", RateForm("X", 1_000_001)),
    ],
)
def test_a_wrong_field_of_a_rate_is_named(admin: Context, field: str, form: RateForm) -> None:
    with pytest.raises(Invalid) as caught:
        tasks.save_rate(admin, form)
    assert list(caught.value.errors) == [field]


def test_the_second_writer_is_told(admin: Context) -> None:
    row = tasks.task_types(admin)[0]
    tasks.save_task(admin, replace(row.form, minutes=11), row.id, row.version)
    with pytest.raises(Stale, match="changed by Admin"):
        tasks.save_task(admin, replace(row.form, minutes=12), row.id, row.version)


def test_one_rate_stays_active(admin: Context) -> None:
    staff, trainees = tasks.hour_rates(admin)
    tasks.save_rate(admin, replace(trainees.form, active=False), trainees.id, trainees.version)
    with pytest.raises(Invalid) as caught:
        tasks.save_rate(admin, replace(staff.form, active=False), staff.id, staff.version)
    assert "active" in caught.value.errors
    with pytest.raises(Refused, match="At least one"):
        tasks.delete_rate(admin, staff.id, staff.version)


def test_what_a_case_has_used_is_not_deleted(world: World, admin: Context) -> None:
    _use_first(world)
    task, rate = tasks.task_types(admin)[0], tasks.hour_rates(admin)[0]
    with pytest.raises(Refused, match="Make it inactive"):
        tasks.delete_task(admin, task.id, task.version)
    with pytest.raises(Refused, match="Make it inactive"):
        tasks.delete_rate(admin, rate.id, rate.version)


def test_rates_are_confirmed(admin: Context) -> None:
    assert admin.parameter("rates_confirmed") is False
    assert_undone(admin, lambda: tasks.confirm_rates(admin))
    tasks.confirm_rates(admin)
    assert admin.parameter("rates_confirmed") is True


def test_each_change_is_undone(admin: Context) -> None:
    assert_undone(admin, lambda: tasks.save_task(admin, TASK))
    row = tasks.task_types(admin)[0]
    changed = replace(TASK, active=False, renews=True)
    assert_undone(admin, lambda: tasks.save_task(admin, changed, row.id, row.version))
    row = tasks.task_types(admin)[0]
    assert_undone(admin, lambda: tasks.delete_task(admin, row.id, row.version))
    assert_undone(admin, lambda: tasks.save_rate(admin, RateForm("Vikar", 25_000)))
    rate = tasks.hour_rates(admin)[1]
    form = RateForm("Andet", 1, active=False)
    assert_undone(admin, lambda: tasks.save_rate(admin, form, rate.id, rate.version))
    rate = tasks.hour_rates(admin)[1]
    assert_undone(admin, lambda: tasks.delete_rate(admin, rate.id, rate.version))
