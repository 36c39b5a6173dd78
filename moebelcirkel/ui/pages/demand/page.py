"""Efterspørgsel: what people looked for and the shop did not have, and the way to look in stock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.forms.period import PeriodChip
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_columns import remember_columns
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.longwork import save_file
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.demand import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moebelcirkel.services.wants import DemandLine
    from moebelcirkel.ui.kit.shell import Shell

_NAME = "efterspoergsel"


class DemandPage(Page):
    """One list; the header chooses the period."""

    word = "demand"
    title = N_("Demand")
    kinds = frozenset({"want", "order_line", "article"})
    search_hint = N_("What was asked for")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self.period = PeriodChip(shell.context.today())
        self.model: TableModel[DemandLine] = TableModel(
            words.columns(), lambda asked: asked.key, parent=self
        )
        self.table = TableView(_("Demand"))
        self.table.show_model(self.model)
        remember_columns(self.table, self.word, shell)
        self.empty = EmptyState(_("Nothing was asked for in vain"), icon="target")
        self.to_stock = push_button(_("Find in stock"), self._find, role="primary")
        self.told = Label(
            _("Counted by week, without names. What may be a name is not kept."), tone="small"
        )
        self._lay_out()
        self.period.changed.connect(self.reload)
        self.table.selection_changed.connect(self._picked)
        self.table.opened.connect(lambda _asked: self._find())

    # --- what the window asks -----------------------------------------------------------------

    def chips(self) -> list[QWidget]:
        """The period."""
        return [self.period]

    def header_buttons(self) -> list[QPushButton]:
        """The list as a file, and the way back."""
        self.export = push_button(_("Export"), lambda: None)
        menu = QMenu(self.export)
        for ending, kind in ((".xlsx", _("Spreadsheet")), (".csv", "CSV")):
            menu.addAction(f"{kind} (*{ending})", partial(self._export, ending))
        self.export.setMenu(menu)
        return [self.export, push_button(_("Stock"), lambda: self.shell.go("stock"))]

    def reload(self) -> None:
        """Read the list."""
        period, text = self.period.period, self._text
        self.shell.jobs.read(
            lambda context: services.wants.demand_list(context, period, text),
            self._show,
            channel=self.word,
        )

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self._text = text
        self.reload()

    # --- inside -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        card = CardFrame()
        card.add(holder(row(self.told, None, self.to_stock, self.table.columns_button())))
        card.add(ListOrEmpty(self.table, self.empty), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.setFocusProxy(self.table)

    def _show(self, found: Sequence[DemandLine]) -> None:
        if self._text:
            self.empty.say(_("Nothing was found for “{text}”").format(text=self._text))
        else:
            self.empty.say(
                _("Nothing was asked for in vain"),
                _("Searches that find nothing and wants that wait stand here. Choose a period."),
            )
        self.model.set_rows(found)
        if found and not self.table.selected_rows():
            self.table.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        self.to_stock.setEnabled(any(asked.looked_for for asked in self.table.selected_rows()))

    def _find(self) -> None:
        asked = next(iter(self.table.selected_rows()), None)
        if asked is not None and asked.looked_for:
            self.shell.go("stock")
            self.shell.search_for(asked.looked_for)

    def _export(self, ending: str) -> None:
        period = self.period.period
        save_file(
            self,
            _("Export the demand"),
            f"{_NAME}{ending}",
            lambda context, _progress: services.wants.demand_file(context, period, ending),
        )
