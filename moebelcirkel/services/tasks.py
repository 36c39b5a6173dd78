"""Task types of the workshop and the hour rates of those who do them."""

from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, long_text, whole_number
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.orders import MOST_WEEKS, called
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Done, Saved, Work, writes
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries import tasks as task_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.parameters import ParameterRow
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow

MOST_KG = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class TaskForm:
    """All that can be filled in about a task type; without bounds they are the usual kg."""

    name: str
    minutes: int = 0
    parts_ore: int = 0
    co2e_kg: Decimal = Decimal(0)
    co2e_low_kg: Decimal | None = None
    co2e_high_kg: Decimal | None = None
    renews: bool = False
    note: str = ""
    active: bool = True
    #: Weeks it adds where it can be ordered with a piece; none where it cannot.
    adapt_weeks: int | None = None
    #: Categories or groups it fits, with semicolons between them; all where it is empty.
    adapt_for: str = ""


@dataclass(frozen=True, slots=True)
class RateForm:
    """All that can be filled in about an hour rate."""

    name: str
    rate_ore: int = 0
    active: bool = True


TaskRow = registers.FormRow[TaskForm]
RateRow = registers.FormRow[RateForm]


def task_types(context: Context, *, inactive: bool = False) -> list[TaskRow]:
    """Task types in their order; open to everyone who works with cases."""
    context.require_role()
    with context.read() as session:
        return [
            registers.FormRow(
                row.id, row.version, like(TaskForm, row, adapt_for=row.adapt_for or "")
            )
            for row in task_queries.task_types(session, inactive=inactive)
        ]


def hour_rates(context: Context, *, inactive: bool = False) -> list[RateRow]:
    """Hour rates in their order; open to everyone who works with cases."""
    context.require_role()
    with context.read() as session:
        return [
            registers.FormRow(row.id, row.version, RateForm(row.name, row.rate_ore, row.active))
            for row in task_queries.hour_rates(session, inactive=inactive)
        ]


@writes("task.save", Action.SETTINGS)
def save_task(
    work: Work, form: TaskForm, task_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a task type, or correct one with the version its form was opened with."""
    if task_id is None:
        row = TaskTypeRow(position=task_queries.last_position(work.session, TaskTypeRow) + 1)
    else:
        row = work.get(TaskTypeRow, task_id, version)
    fields = Fields()
    values: dict[str, object] = {"renews": form.renews, "active": form.active}
    with fields.field("name"):
        values["name"] = registers.free_name(work, TaskTypeRow.name, form.name, task_id)
    with fields.field("minutes"):
        values["minutes"] = whole_number(form.minutes, 0, limits.TASK_MINUTES)
    with fields.field("parts_ore"):
        values["parts_ore"] = _amount(form.parts_ore, limits.TASK_PARTS_ORE)
    with fields.field("note"):
        values["note"] = long_text(form.note, limits.REMARK)
    with fields.field("adapt_weeks"):
        values["adapt_weeks"] = (
            None if form.adapt_weeks is None else whole_number(form.adapt_weeks, 0, MOST_WEEKS)
        )
    with fields.field("adapt_for"):
        values["adapt_for"] = _known_names(work, long_text(form.adapt_for, limits.REMARK))
    _check_kg(fields, form)
    fields.finish()
    values |= {
        "co2e_kg": form.co2e_kg,
        "co2e_low_kg": form.co2e_kg if form.co2e_low_kg is None else form.co2e_low_kg,
        "co2e_high_kg": form.co2e_kg if form.co2e_high_kg is None else form.co2e_high_kg,
    }
    return registers.keep(work, row, values)


def _known_names(work: Work, text: str) -> str | None:
    """Names of categories or groups, as they were typed."""
    known = set[str]()
    for row in shop_queries.categories(work.session):
        known |= {fold(name) for name in called(row)}
    names = [name.strip() for name in text.replace("\n", ";").split(";") if name.strip()]
    for name in names:
        if fold(name) not in known:
            raise Refused(N_("There is no category or group called {name}."), name=name)
    return "; ".join(names) or None


def _check_kg(fields: Fields, form: TaskForm) -> None:
    low = form.co2e_kg if form.co2e_low_kg is None else form.co2e_low_kg
    high = form.co2e_kg if form.co2e_high_kg is None else form.co2e_high_kg
    for name, value in (("co2e_kg", form.co2e_kg), ("co2e_low_kg", low), ("co2e_high_kg", high)):
        if not 0 <= value <= MOST_KG or value != round(value, 3):
            fields.wrong(name, Refused(N_("Write kg from 0 to 10,000 with at most 3 decimals.")))
    if low > form.co2e_kg:
        fields.wrong("co2e_low_kg", Refused(N_("The low figure may not be above the middle one.")))
    if high < form.co2e_kg:
        fields.wrong(
            "co2e_high_kg", Refused(N_("The high figure may not be below the middle one."))
        )


@writes("rate.save", Action.SETTINGS)
def save_rate(
    work: Work, form: RateForm, rate_id: int | None = None, version: int | None = None
) -> Saved:
    """Make an hour rate, or correct one with the version its form was opened with."""
    if rate_id is None:
        row = HourRate(position=task_queries.last_position(work.session, HourRate) + 1)
    else:
        row = work.get(HourRate, rate_id, version)
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("name"):
        values["name"] = registers.free_name(work, HourRate.name, form.name, rate_id)
    with fields.field("rate_ore"):
        values["rate_ore"] = _amount(form.rate_ore, limits.RATE_ORE)
    with fields.field("active"):
        if rate_id is not None and not form.active:
            _keep_one_active(work, rate_id)
    fields.finish()
    return registers.keep(work, row, values)


def _keep_one_active(work: Work, rate_id: int) -> None:
    if not task_queries.other_active_rates(work.session, rate_id):
        raise Refused(N_("At least one hour rate must stay active."))


@writes("rate.confirm", Action.RATES)
def confirm_rates(work: Work) -> Done:
    """Say that the hour rates are the municipality's own and no longer suggestions."""
    row = work.session.get(ParameterRow, "rates_confirmed")
    if row is None:
        row = ParameterRow(key="rates_confirmed")
        work.session.add(row)
    row.value = True
    work.session.flush()
    return Done()


@writes("task.delete", Action.SETTINGS)
def delete_task(work: Work, task_id: int, version: int) -> Saved:
    """Delete a task type no case has used."""
    return registers.delete_unused(work, TaskTypeRow, task_id, version)


@writes("rate.delete", Action.SETTINGS)
def delete_rate(work: Work, rate_id: int, version: int) -> Saved:
    """Delete an hour rate no case has used."""
    _keep_one_active(work, rate_id)
    return registers.delete_unused(work, HourRate, rate_id, version)


def _amount(ore: int, most: int) -> int:
    if not 0 <= ore <= most:
        raise Refused(N_("The amount must be from 0 to {most} kroner."), most=most // 100)
    return ore
