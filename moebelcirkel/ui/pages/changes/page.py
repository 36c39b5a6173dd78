"""Historik: every change with who and when, what it did to each row, and "Fortryd"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from moebelcirkel import services
from moebelcirkel.domain.changes.kinds import KIND_GROUPS, group_of
from moebelcirkel.domain.changes.words import ENTITY_NAMES
from moebelcirkel.language import N_, _, moment, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.flow import FlowLayout
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_columns import remember_columns
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, PagedTableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, holder, row
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.changes.detail import ChangePanel
from moebelcirkel.ui.pages.changes.words import what

if TYPE_CHECKING:
    from moebelcirkel.services.changes import ChangeFilter, ChangeRow
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell

_PAGE = 60
_PANEL = 344


class ChangesPage(Page):
    """The table to the left, the chosen change to the right."""

    word = "changes"
    title = N_("History")
    kinds = frozenset(ENTITY_NAMES)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._wanted: ChangeFilter | None = None
        self.table = TableView(_("Changes"))
        self.model: PagedTableModel[ChangeRow] = PagedTableModel(
            columns(), lambda row: row.id, self._fetch, self
        )
        self.table.show_model(self.model)
        self.panel = ChangePanel(shell)
        self.whose = SegmentedField(_("Show"), (Choice("all", _("All")), Choice("own", _("Mine"))))
        self.whose.set_value("all")
        groups = [Choice(key, _(name)) for key, name in KIND_GROUPS.items()]
        self.group = ChoiceField(_("About"), groups, nothing=_("Everything"))
        self.person = ChoiceField(_("By"), nothing=_("Everybody"))
        self.count = Label()
        self._build()
        for field in (self.whose, self.group, self.person):
            field.changed.connect(self._search)
        self.table.selection_changed.connect(self._chosen)

    # --- what the window asks -----------------------------------------------------------------

    def reload(self) -> None:
        self.shell.jobs.read(_actors, self._show_people, channel="actors")
        self._search()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        remember_columns(self.table, self.word, self.shell)
        self.count.setProperty("tone", "small")
        button = self.table.columns_button()
        fields = FlowLayout(gap=12)
        for field in (self.whose, self.group, self.person):
            field.setMinimumWidth(theme.current().px(124))
            field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            fields.addWidget(field)
        chosen = holder(fields)
        chosen.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar = row(chosen, self.count, button, gap=12)
        bar.setStretch(0, 1)
        for widget in (self.count, button):
            bar.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
        held = holder(bar)
        bar.setContentsMargins(14, 12, 10, 10)
        empty = EmptyState(
            _("No changes fit"), _("Choose another person, or everything."), icon="history"
        )
        card = CardFrame(padded=False)
        card.body.setSpacing(0)
        card.add(held)
        card.add(ListOrEmpty(self.table, empty), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(card, [(self.panel, _PANEL)], collapse_below=860))
        self.setFocusProxy(self.table)

    # --- reading ------------------------------------------------------------------------------

    def _filter(self) -> ChangeFilter:
        from moebelcirkel.services.changes import ChangeFilter

        own = self.whose.value() == "own"
        person = self.shell.context.actor.user_id if own else self.person.value()
        return ChangeFilter(
            person if isinstance(person, int) else None, str(self.group.value() or "")
        )

    def _search(self) -> None:
        if not all(field.check() for field in (self.group, self.person)):
            return
        self.person.setEnabled(self.whose.value() != "own")
        wanted = self._filter()

        def find(context: Context) -> tuple[int, list[ChangeRow]]:
            return services.changes.count(context, wanted), services.changes.page(
                context, wanted, limit=_PAGE
            )

        self.shell.jobs.read(
            find, lambda found: self._show(wanted, *found), channel="changes", owner=self
        )

    def _show(self, wanted: ChangeFilter, total: int, rows: list[ChangeRow]) -> None:
        if wanted != self._wanted:
            self.table.scrollToTop()
        self._wanted = wanted
        self.count.setText(_("{count} changes").format(count=number(total)))
        self.model.reset(total, rows)
        if total and not self.table.selected_numbers():
            self.table.selectRow(0)
        self._chosen()

    def _fetch(self, request: PageRequest[ChangeRow]) -> None:
        wanted = self._wanted or self._filter()

        def read(context: Context) -> list[ChangeRow]:
            return services.changes.page(
                context,
                wanted,
                first=request.first,
                limit=request.count,
                before_id=None if request.after is None else request.after.id,
            )

        self.shell.jobs.read(
            read,
            lambda rows: self.model.deliver(request, rows),
            lambda _error: self.model.failed(request),
            channel="changes page",
            owner=self,
        )

    def _show_people(self, people: list[tuple[int, str]]) -> None:
        self.person.set_choices([Choice(key, name) for key, name in people])

    def _chosen(self) -> None:
        rows = self.table.selected_rows()
        self.panel.show_change(rows[0] if len(rows) == 1 else None)


def _actors(context: Context) -> list[tuple[int, str]]:
    return services.changes.actors(context)


def columns() -> list[Column[ChangeRow]]:
    """When, who, what, how much, and whether it was undone."""

    def mark(change: ChangeRow) -> Chip | None:
        return Chip(_("Undone"), "warning") if change.undone else None

    return [
        Column("at", _("When"), lambda change: moment(change.at), width=122, tone="small"),
        Column("who", _("Who"), lambda change: change.actor or _("The program"), width=138),
        Column("what", _("What"), what, strong=True),
        Column(
            "about",
            _("About"),
            lambda change: _(KIND_GROUPS.get(group_of(change.kind), "")),
            width=130,
            hidden=True,
        ),
        Column("rows", _("Rows"), lambda change: number(change.rows), align="right", width=64),
        Column(
            "undone",
            _("Undone"),
            lambda change: _("Undone") if change.undone else "",
            width=92,
            chip=mark,
        ),
    ]
