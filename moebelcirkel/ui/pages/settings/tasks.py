"""Task types of the workshop: usual minutes, parts, kg CO₂e, and whether they give new life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.fold import fold, matches_rank, sort_key, words
from moebelcirkel.language import N_, _, decimal, kroner, number
from moebelcirkel.services import tasks
from moebelcirkel.services.tasks import TaskForm, TaskRow
from moebelcirkel.ui.kit.forms.fields import (
    CheckField,
    DecimalField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
)
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.pages.settings.columns import state_column, tone
from moebelcirkel.ui.pages.settings.register import Opened, Register

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Saved


class TasksSection(Register[TaskRow]):
    """The register of task types."""

    title = N_("Task types")
    new_text = N_("New task type")
    icon = "wrench"
    empty_text = N_("Task types say what the workshop can do. There are none yet.")
    given_up = ("range", "renews", "parts", "co2", "state")

    def columns(self) -> Sequence[Column[TaskRow]]:
        """Name, minutes, parts, kg CO₂e with bounds, fornyer."""
        return [
            Column(
                "name",
                _("Task"),
                lambda row: row.form.name,
                _name,
                strong=True,
                tone=lambda row: tone(active=row.form.active),
            ),
            Column(
                "minutes",
                _("Minutes"),
                lambda row: number(row.form.minutes),
                lambda row: row.form.minutes,
                "right",
                width=92,
            ),
            Column(
                "parts",
                _("Parts"),
                lambda row: kroner(row.form.parts_ore),
                lambda row: row.form.parts_ore,
                "right",
                "money",
                width=104,
            ),
            Column(
                "co2",
                _("kg CO₂e"),
                lambda row: decimal(row.form.co2e_kg),
                lambda row: row.form.co2e_kg,
                "right",
                "co2",
                width=92,
            ),
            Column("range", _("Low–high"), _range, align="right", tone="muted", width=100),
            Column(
                "renews",
                _("Gives new life"),
                lambda row: _("Renews") if row.form.renews else "",
                lambda row: 0 if row.form.renews else 1,
                width=112,
                chip=lambda row: Chip(_("Renews"), "accent") if row.form.renews else None,
            ),
            state_column(lambda row: row.form.active),
        ]

    def key(self, row: TaskRow) -> int:
        """The task type's id."""
        return row.id

    def make_form(self) -> Form:
        """Everything about a task type."""
        form = Form(columns=2)
        form.add("name", LineField(_("Task"), required=True), 2)
        form.add("minutes", NumberField(_("Minutes"), required=True, maximum=limits.TASK_MINUTES))
        parts = MoneyField(_("Parts, kr."), required=True, maximum=limits.TASK_PARTS_ORE)
        form.add("parts_ore", parts)
        helper = _("What the task itself emits: parts, cloth, transport of them.")
        kg = DecimalField(_("kg CO₂e"), helper=helper, required=True, maximum=tasks.MOST_KG)
        form.add("co2e_kg", kg, 2)
        empty = _("Empty: the same.")
        form.add("co2e_low_kg", DecimalField(_("Low"), helper=empty, maximum=tasks.MOST_KG))
        form.add("co2e_high_kg", DecimalField(_("High"), helper=empty, maximum=tasks.MOST_KG))
        helper = _("The furniture counts as new again, as with new cover or table top.")
        form.add("renews", CheckField(_("Gives new life (renews)"), helper=helper), 2)
        form.add("note", TextField(_("Note to the workshop"), lines=2, most=limits.REMARK), 2)
        form.add("active", CheckField(_("Active")), 2)
        return form

    def read_rows(self, context: Context, text: str) -> Sequence[TaskRow]:
        """All task types with these words."""
        wanted = words(text)
        rows = tasks.task_types(context, inactive=True)
        return [row for row in rows if matches_rank(wanted, fold(row.form.name)) is not None]

    def read_one(self, context: Context, key: int) -> Opened | None:
        """One task type."""
        rows = tasks.task_types(context, inactive=True)
        row = next((row for row in rows if row.id == key), None)
        return Opened(row.id, row.version, row.form.name, _values(row.form)) if row else None

    def fresh(self) -> Opened:
        """A new task type."""
        return Opened(None, None, _("New task type"), _values(TaskForm("")))

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save it."""
        return tasks.save_task(context, TaskForm(**values), opened.id, opened.version)

    def remove(self, context: Context, opened: Opened) -> Saved:
        """Delete one that no case has used."""
        assert opened.id is not None
        assert opened.version is not None
        return tasks.delete_task(context, opened.id, opened.version)


def _name(row: TaskRow) -> str:
    return sort_key(row.form.name)


def _range(row: TaskRow) -> str:
    low, high = row.form.co2e_low_kg, row.form.co2e_high_kg
    return "" if low == high else f"{_kg(low)}–{_kg(high)}"


def _kg(value: Decimal | None) -> str:
    return "" if value is None else decimal(value)


def _values(form: TaskForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in TaskForm.__dataclass_fields__}
