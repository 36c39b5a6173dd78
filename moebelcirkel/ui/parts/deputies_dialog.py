"""Deputies of an approver: who they are and when, another one, and an end to one."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from moebelcirkel.language import N_, _, day
from moebelcirkel.services import approvals
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.plain import Label, push_button

if TYPE_CHECKING:
    from moebelcirkel.services.approvals import Deputies, DeputyRow
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.page import Page

_SAVED = N_("The deputies are saved.")


def ask_deputies(page: Page, user_id: int | None = None) -> None:
    """Read who they are, of oneself or of somebody else, and show them."""

    def ask(found: Deputies) -> None:
        dialog = DeputiesDialog(page, found, own=user_id is None)
        page.ask(dialog, dialog.chosen, dialog.choose, _(_SAVED))

    page.shell.jobs.read(lambda context: approvals.of(context, user_id), ask, channel="deputies")


class DeputiesDialog(ActionDialog):
    """Chooses one; those there are stand above, each with a button that ends it."""

    def __init__(self, page: Page, found: Deputies, *, own: bool) -> None:
        text = _(
            "A deputy decides what the approver may decide, but never their own orders, nor those "
            "of the one they stand in for. Without days they are asked when an order has waited "
            "long."
        )
        super().__init__(page.window(), _("Deputies"), _("Save the deputy"), text, columns=2)
        self._page, self._own, self._found = page, own, found
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.column.insertLayout(2, self._rows)
        choices = [Choice(key, name) for key, name in found.candidates]
        self.person = ChoiceField(_("Deputy"), choices, required=True)
        self.form.add("deputy_id", self.person, 2)
        self.first = self.form.add("first_on", DateField(_("From"), lies="ahead"))
        self.last = self.form.add("last_on", DateField(_("To and including"), lies="ahead"))
        self._show()

    def _show(self) -> None:
        for row in self._found.rows:
            line = QHBoxLayout()
            line.addWidget(Label(f"{row.name} · {_when(row)}", wrap=True), 1)
            end = push_button(_("End"), functools.partial(self._end, row))
            end.setAccessibleName(_("End the time of {name} as deputy").format(name=row.name))
            line.addWidget(end)
            self._rows.addLayout(line)

    def chosen(self) -> tuple[int, dt.date | None, dt.date | None]:
        """Who, and the days, if any."""
        return int(self.person.value() or 0), self.first.value(), self.last.value()

    def choose(
        self, context: Context, deputy: int, first: dt.date | None, last: dt.date | None
    ) -> Done:
        """Write it, of oneself or of somebody else."""
        if self._own:
            return approvals.choose(context, deputy, first, last)
        return approvals.choose_for(context, self._found.user_id, deputy, first, last)

    def _end(self, row: DeputyRow) -> None:
        end = approvals.end if self._own else approvals.end_for
        self._page.write_in(self, lambda context: end(context, row.id, row.version), _(_SAVED))


def _when(row: DeputyRow) -> str:
    if row.first_on is None or row.last_on is None:
        return _("always")
    return _("{first} to {last}").format(first=day(row.first_on), last=day(row.last_on))
