"""Task types of the workshop: usual minutes, parts, kg CO₂e, and whether they give new life."""

from collections.abc import Sequence
from decimal import Decimal

from moebelcirkel.domain import limits
from moebelcirkel.domain.orders import MOST_WEEKS
from moebelcirkel.language import N_, _, decimal, kroner, ngettext, number
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
from moebelcirkel.ui.kit.lists.tables import Column, figure_column
from moebelcirkel.ui.pages.settings.calls import of_few
from moebelcirkel.ui.pages.settings.columns import around
from moebelcirkel.ui.pages.settings.register import Register


class TasksSection(Register[TaskRow]):
    """The register of task types."""

    title = N_("Task types")
    new_text = N_("New task type")
    calls = of_few(tasks.task_types, tasks.save_task, tasks.delete_task, TaskForm(""))
    icon = "wrench"
    empty_text = N_("Task types say what the workshop can do. There are none yet.")
    given_up = ("range", "renews", "adapts", "parts", "co2", "state")

    def columns(self) -> Sequence[Column[TaskRow]]:
        """Name, minutes, parts, kg CO₂e with bounds, fornyer."""
        return around(
            _("Task"),
            figure_column("minutes", _("Minutes"), lambda row: row.form.minutes, number, width=92),
            figure_column(
                "parts", _("Parts"), lambda row: row.form.parts_ore, kroner, tone="money", width=104
            ),
            figure_column(
                "co2", _("kg CO₂e"), lambda row: row.form.co2e_kg, decimal, tone="co2", width=92
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
            Column(
                "adapts",
                _("Adaptation"),
                _adapts,
                lambda row: -1 if row.form.adapt_weeks is None else row.form.adapt_weeks,
                width=104,
            ),
        )

    def make_form(self) -> Form:
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
        helper = _("It can be ordered in the shop. Empty: it cannot.")
        weeks = NumberField(_("As an adaptation: weeks it adds"), helper=helper, maximum=MOST_WEEKS)
        form.add("adapt_weeks", weeks, 2)
        helper = _("Categories or groups with semicolons between them. Empty: all.")
        form.add("adapt_for", LineField(_("The adaptation is for"), helper=helper), 2)
        form.add("note", TextField(_("Note to the workshop"), lines=2, most=limits.REMARK), 2)
        form.add("active", CheckField(_("Active")), 2)
        return form


def _adapts(row: TaskRow) -> str:
    weeks = row.form.adapt_weeks
    if weeks is None:
        return ""
    return ngettext("{count} week", "{count} weeks", weeks).format(count=weeks)


def _range(row: TaskRow) -> str:
    low, high = row.form.co2e_low_kg, row.form.co2e_high_kg
    return "" if low == high else f"{_kg(low)}–{_kg(high)}"


def _kg(value: Decimal | None) -> str:
    return "" if value is None else decimal(value)
