"""Outside repairers: who they are, and what is agreed with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel.domain import limits
from moebelcirkel.domain.fold import sort_key
from moebelcirkel.domain.identifiers import cvr_warning
from moebelcirkel.language import N_, _, number, refusal
from moebelcirkel.services import repairers
from moebelcirkel.services.repairers import RepairerForm, RepairerRow
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.tables import Column, figure_column, text_column
from moebelcirkel.ui.pages.settings.calls import of_few
from moebelcirkel.ui.pages.settings.columns import around
from moebelcirkel.ui.pages.settings.register import Opened, Register
from moebelcirkel.ui.pages.settings.repairers.prices import PricesField

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


class RepairersSection(Register[RepairerRow]):
    """The register of repairers."""

    title = N_("Repairers")
    new_text = N_("New repairer")
    calls = of_few(repairers.repairers, repairers.save, repairers.delete, RepairerForm(""))
    icon = "wrench"
    empty_text = N_("The workshop sends furniture to the repairers here. There are none yet.")
    given_up = ("cvr", "contact", "prices")
    _tasks: Sequence[tuple[int, str]] = ()

    def columns(self) -> Sequence[Column[RepairerRow]]:
        """Name, CVR number, whom to ask, how many prices."""
        return around(
            _("Name"),
            text_column("cvr", _("CVR number"), lambda row: row.form.cvr, width=110),
            Column("contact", _("Ask for"), lambda row: row.form.contact, tone="muted"),
            figure_column(
                "prices", _("Prices"), lambda row: len(row.form.prices), number, width=80
            ),
        )

    def make_form(self) -> Form:
        """Name, CVR number, whom to ask, prices."""
        form = Form(columns=1)
        form.add("name", LineField(_("Name"), required=True, most=limits.NAME))
        self._cvr = form.add("cvr", LineField(_("CVR number")))
        helper = _("A function, such as the office. Not a person's name.")
        form.add("contact", LineField(_("Ask for"), most=limits.NAME, helper=helper))
        helper = _("Nothing more is sent to one that is not.")
        form.add("active", CheckField(_("Active"), helper=helper))
        self._prices = form.add("prices", PricesField(_("Agreed prices")))
        form.changed.connect(self._warn)
        return form

    def read_rows(self, context: Context, text: str) -> Sequence[RepairerRow]:
        """The rows, and with them the task types that a price can be agreed for."""
        self._tasks = repairers.task_types(context)
        return super().read_rows(context, text)

    def show_more(self, _opened: Opened) -> None:
        """Offer the task types."""
        self._offer()
        self._warn("cvr")

    def _show_rows(self, rows: list[RepairerRow]) -> None:
        self._offer()  # a new form may be open since before they were read
        super()._show_rows(rows)

    def _offer(self) -> None:
        self._prices.offer(self._tasks, self.shell.context.today())

    def _warn(self, name: str) -> None:
        """An odd CVR number is said, but can be saved."""
        if name == "cvr":
            typed = str(self._cvr.draft())
            odd = cvr_warning(typed) if typed.strip() else None
            self._cvr.warn(refusal(odd) if odd else "")
