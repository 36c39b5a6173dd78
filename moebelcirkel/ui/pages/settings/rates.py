"""Hour rates, and the municipality's word that they are its own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from moebelcirkel.domain import limits
from moebelcirkel.language import N_, _, kroner
from moebelcirkel.services import tasks
from moebelcirkel.services.tasks import RateForm, RateRow
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField, MoneyField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column, figure_column
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.calls import of_few
from moebelcirkel.ui.pages.settings.columns import around
from moebelcirkel.ui.pages.settings.register import Register


class RatesSection(Register[RateRow]):
    """The register of hour rates."""

    title = N_("Hour rates")
    new_text = N_("New hour rate")
    calls = of_few(tasks.hour_rates, tasks.save_rate, tasks.delete_rate, RateForm(""))
    icon = "money"
    empty_text = N_("Hour rates say what working time costs. There are none yet.")

    def columns(self) -> Sequence[Column[RateRow]]:
        """Group and rate."""
        return around(
            _("Group"),
            figure_column(
                "rate",
                _("Rate an hour"),
                lambda row: row.form.rate_ore,
                kroner,
                tone="money",
                width=150,
            ),
        )

    def make_form(self) -> Form:
        """Group, rate, active."""
        form = Form(columns=1)
        form.add("name", LineField(_("Group"), required=True))
        helper = _(
            "Wages with everything. 0 kr. is legal: then the time is counted, not the money."
        )
        rate = MoneyField(
            _("Rate an hour, kr."), helper=helper, required=True, maximum=limits.RATE_ORE
        )
        form.add("rate_ore", rate)
        form.add("active", CheckField(_("Active")))
        return form

    def fill_top(self, card: CardFrame) -> None:
        """While nobody has confirmed the rates, say so."""
        self.box = QFrame()
        self.box.setProperty("card", "warning")
        text = Label(
            _(
                "The hour rates are suggestions. Correct them, and confirm that they are the "
                "municipality's own; until then the reports call the costs an estimate."
            ),
            tone="warning",
            wrap=True,
        )
        self.confirm_button = push_button(_("Confirm"), self._confirm, icon="check")
        layout = row(text, self.confirm_button, gap=16)
        layout.setStretch(0, 1)
        layout.setContentsMargins(14, 10, 14, 10)
        self.box.setLayout(layout)
        self.box.hide()
        card.add(self.box)

    def reload(self) -> None:
        """The rows, and whether they are confirmed."""
        super().reload()
        self.shell.jobs.read(
            lambda context: bool(context.parameter("rates_confirmed")),
            lambda confirmed: self.box.setVisible(not confirmed),
            channel="settings.confirmed",
            owner=self,
        )

    def _confirm(self) -> None:
        self.shell.jobs.write(
            tasks.confirm_rates,
            lambda done: self.done(done, _("The hour rates are confirmed.")),
            hold=[self.confirm_button],
            owner=self,
        )
