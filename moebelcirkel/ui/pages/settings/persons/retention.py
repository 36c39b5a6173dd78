"""How long things about people are kept, what is too old today, and erasing it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.language import N_, _, day, ngettext, number
from moebelcirkel.services import persons
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, text_column
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.parameters import ParametersSection

if TYPE_CHECKING:
    from moebelcirkel.services.persons import Old, TooOld
    from moebelcirkel.ui.kit.page import Page


class RetentionSection(ParametersSection):
    """The rules over the list of what is too old by them."""

    title = N_("Retention")
    group = "people"
    columns = 2
    intro = N_(
        "Nothing is erased by itself: what is too old is listed here, and goes when you say so. "
        "It cannot be undone."
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._due: TooOld | None = None

    def below(self) -> QWidget:
        """What is too old today, and the way to erase all of it."""
        self.model: TableModel[Old] = TableModel(_columns(), lambda old: (old.kind, old.key))
        self.table = TableView(_("Too old to be kept"))
        self.table.show_model(self.model)
        self.told = Label(tone="muted", wrap=True)
        self.erase = push_button(_("Erase what is too old…"), self._ask, role="danger")
        sent = push_button(_("Pictures sent in"), partial(self.shell.go, "settings", "pictures"))
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.told)
        buttons = FlowLayout(gap=8)
        for button in (self.erase, sent):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self.table, 1)
        return below

    def reload(self) -> None:
        """Read the rules, and what is too old by them."""
        super().reload()
        self.shell.jobs.read(
            persons.too_old, self._show_due, channel="settings.retention", owner=self
        )

    def _show_due(self, due: TooOld) -> None:
        self._due = due
        self.model.set_rows(list(due.rows))
        self.erase.setEnabled(bool(due.rows))
        count = len(due.rows)
        text = ngettext("{count} is too old to be kept", "{count} are too old to be kept", count)
        self.told.setText(text.format(count=number(count)) if count else _("Nothing is too old."))

    def _ask(self) -> None:
        due = self._due
        if due is None:
            return
        self.shell.messages.ask(
            _("Erase what is too old?"),
            _(
                "All that is on the list goes for good: {what}. Copies of the database have it "
                "until they are too old to be kept."
            ).format(what=self.told.text()),
            _("Erase for good"),
            lambda: self._erase(due.seal),
            danger=True,
        )

    def _erase(self, seal: str) -> None:
        self.shell.jobs.write(
            lambda context: persons.retain(context, seal),
            lambda done: self.done(done, _("What was too old is erased."), final=True),
            hold=[self.erase],
            owner=self,
        )


def _columns() -> list[Column[Old]]:
    return [
        Column(
            "since", _("Since"), lambda old: day(old.since.date()), lambda old: old.since, width=110
        ),
        Column("name", _("Name"), lambda old: old.name, lambda old: old.name, strong=True),
        text_column("kind", _("What happens"), _kind),
    ]


def _kind(old: Old) -> str:
    return _(persons.KIND_NAMES[old.kind])
