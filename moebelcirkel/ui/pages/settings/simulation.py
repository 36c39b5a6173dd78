"""What a past period would have come to with another factor set; it is shown, never recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from moebelcirkel.domain import periods
from moebelcirkel.language import _, co2, co2_span, day, kroner, number, refusal
from moebelcirkel.services.factors import SetRow
from moebelcirkel.services.factors import simulation as factor_simulation
from moebelcirkel.services.factors.simulation import Simulation
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.ui.kit.shell import Shell


#: Height of the sums, which are always all to be seen.
_TABLE = 224


@dataclass(frozen=True, slots=True)
class SimulatedSum:
    """One sum of the period: as booked, with the other set, and how much that is more."""

    name: str
    before: str
    after: str
    difference: str


class SimulationCard(QWidget):
    """Two days to choose, and the sums between them; it says what it is."""

    def __init__(self, shell: Shell, chosen: SetRow) -> None:
        super().__init__()
        self._shell = shell
        self._chosen = chosen
        self.form = Form(columns=2)
        self.form.add("first", DateField(_("From"), required=True))
        self.form.add("last", DateField(_("To"), required=True))
        self.button = push_button(_("Simulate"), self.simulate)
        self.told = Label(tone="small", wrap=True)
        self.notice = Notice()
        self.model: TableModel[SimulatedSum] = TableModel(_columns(), lambda each: each.name)
        self.table = TableView(_("Simulation"))
        self.table.show_model(self.model)
        self.table.setFixedHeight(theme.current().px(_TABLE))
        self.table.setVisible(False)
        card = CardFrame()
        card.show_title(_("A past period with {name}").format(name=chosen.name))
        card.beside_title(ChipLabel((_("Simulation"), "warning")))
        card.body.addLayout(row(self.form, self.button, gap=12))
        for widget in (self.told, self.table, self.notice):
            card.add(widget)
        layout = row(card)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self._explain()
        year = periods.last_year(shell.context.today())
        self.form.set_values({"first": year.start, "last": year.end})

    def _explain(self) -> None:
        text = _(
            "Each line of the period is computed again from its own frozen inputs. Nothing is "
            "recorded, and no line or report changes."
        )
        self.told.setText(text)

    def simulate(self) -> None:
        """Compute the period again; a long one may take a while."""
        self.notice.hide()
        if not self.form.check():
            return
        values = self.form.values()
        self._shell.jobs.long(
            lambda context: factor_simulation.simulate(context, self._chosen.id, **values),
            self._show,
            self._refused,
            channel="settings.simulation",
            hold=[self.button],
            owner=self,
        )

    def _show(self, found: Simulation) -> None:
        text = _(
            "Simulation, not recorded: {lines} lines from {first} to {last}, of which "
            "{changed} would be others with {name}."
        )
        self.told.setText(
            text.format(
                lines=number(found.lines),
                first=day(found.period.start),
                last=day(found.period.end),
                changed=number(found.changed),
                name=found.set_name,
            )
        )
        self.model.set_rows(_sums(found))
        self.table.setVisible(True)

    def _refused(self, error: Refused) -> None:
        self.notice.say(refusal(error))


def _sums(found: Simulation) -> list[SimulatedSum]:
    def told(
        name: str, was: int | None, now: int | None, show: Callable[[int], str]
    ) -> SimulatedSum:
        was, now = was or 0, now or 0
        return SimulatedSum(
            name, show(was), show(now), f"{'+' if now > was else ''}{show(now - was)}"
        )

    before, after = found.before, found.after
    was, now = (co2_span(*each) for each in found.spans)
    return [
        told(_("Avoided CO₂e, net (estimate)"), before.net_g, after.net_g, co2),
        SimulatedSum(_("Low–high"), was, now, ""),
        told(
            _("Saved purchases (estimate), before running costs"),
            before.cash_ore,
            after.cash_ore,
            kroner,
        ),
        told(_("Adjusted for lifetime"), before.lifetime_ore, after.lifetime_ore, kroner),
        told(_("Value as new"), before.new_value_ore, after.new_value_ore, kroner),
    ]


def _columns() -> list[Column[SimulatedSum]]:
    return [
        Column("name", _("Sum"), lambda each: each.name, strong=True),
        Column("before", _("As booked"), lambda each: each.before, align="right", width=150),
        Column("after", _("Simulation"), lambda each: each.after, align="right", width=150),
        Column("more", _("Difference"), lambda each: each.difference, align="right", width=150),
    ]
