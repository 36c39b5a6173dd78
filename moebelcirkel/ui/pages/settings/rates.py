"""Hour rates, and the municipality's word that they are its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame

from moebelcirkel.domain import limits
from moebelcirkel.domain.fold import fold, matches_rank, sort_key, words
from moebelcirkel.language import N_, _, kroner
from moebelcirkel.services import tasks
from moebelcirkel.services.tasks import RateForm, RateRow
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField, MoneyField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.columns import state_column, tone
from moebelcirkel.ui.pages.settings.register import Opened, Register

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Saved


class RatesSection(Register[RateRow]):
    """The register of hour rates."""

    title = N_("Hour rates")
    new_text = N_("New hour rate")
    icon = "money"
    empty_text = N_("Hour rates say what working time costs. There are none yet.")

    def columns(self) -> Sequence[Column[RateRow]]:
        """Group and rate."""
        return [
            Column(
                "name",
                _("Group"),
                lambda row: row.form.name,
                lambda row: sort_key(row.form.name),
                strong=True,
                tone=lambda row: tone(active=row.form.active),
            ),
            Column(
                "rate",
                _("Rate an hour"),
                lambda row: kroner(row.form.rate_ore),
                lambda row: row.form.rate_ore,
                "right",
                "money",
                width=150,
            ),
            state_column(lambda row: row.form.active),
        ]

    def key(self, row: RateRow) -> int:
        """The rate's id."""
        return row.id

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

    def read_rows(self, context: Context, text: str) -> Sequence[RateRow]:
        """All hour rates with these words."""
        wanted = words(text)
        rows = tasks.hour_rates(context, inactive=True)
        return [row for row in rows if matches_rank(wanted, fold(row.form.name)) is not None]

    def read_one(self, context: Context, key: int) -> Opened | None:
        """One hour rate."""
        rows = tasks.hour_rates(context, inactive=True)
        row = next((row for row in rows if row.id == key), None)
        return Opened(row.id, row.version, row.form.name, _values(row.form)) if row else None

    def fresh(self) -> Opened:
        """A new hour rate."""
        return Opened(None, None, _("New hour rate"), _values(RateForm("")))

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save it."""
        return tasks.save_rate(context, RateForm(**values), opened.id, opened.version)

    def remove(self, context: Context, opened: Opened) -> Saved:
        """Delete one that no case has used."""
        assert opened.id is not None
        assert opened.version is not None
        return tasks.delete_rate(context, opened.id, opened.version)

    def _confirm(self) -> None:
        self.shell.jobs.write(
            tasks.confirm_rates,
            lambda done: self.done(done, _("The hour rates are confirmed.")),
            hold=[self.confirm_button],
            owner=self,
        )


def _values(form: RateForm) -> dict[str, Any]:
    return {"name": form.name, "rate_ore": form.rate_ore, "active": form.active}
