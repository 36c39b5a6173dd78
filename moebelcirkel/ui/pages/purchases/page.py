"""Før du køber nyt: a planned purchase line by line, reuse to the left and new to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import page_layout
from moebelcirkel.ui.kit.forms.fields import TextField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.purchases import words

if TYPE_CHECKING:
    from moebelcirkel.services.purchases import Looked, Plan
    from moebelcirkel.ui.kit.shell import Shell

#: Ten thousand pasted lines are taken in whole, so that their number can be told.
_MOST_TYPED = 2_000_000


class PurchasesPage(Page):
    """What is typed above is looked for below."""

    word = "purchases"
    title = N_("Before buying new")
    kinds = frozenset({"unit", "hold", "pickup", "pickup_line", "parameter", "factor_set"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self.field = TextField(
            _("What are you about to buy?"),
            helper=_("A line each, or pasted from a mail or a spreadsheet: 12 chairs 3,350 kr."),
            lines=5,
            most=_MOST_TYPED,
        )
        self.look = push_button(_("See what there is"), self._look, role="primary")
        self.model: TableModel[Looked] = TableModel(
            words.columns(), lambda line: line.number, parent=self
        )
        self.table = TableView(_("Planned purchase"))
        self.table.show_model(self.model)
        self.empty = EmptyState(_("Nothing is planned yet"), icon="shop")
        self.empty.say(
            _("Nothing is planned yet"),
            _("Write what is missing. Each line shows what is there before it is bought new."),
        )
        self.gathered = Label(tone="small", wrap=True)
        self.to_shop = push_button(_("Find in the shop"), self._find)
        self.want = push_button(_("Want furniture…"), self._want)
        self._lay_out()
        self.setFocusProxy(self.field.edit)
        self.table.selection_changed.connect(self._picked)
        self.table.opened.connect(lambda _line: self._find())
        self._picked()

    # --- the window ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Look again for what was looked for."""
        if self._text:
            self._read()

    def _look(self) -> None:
        try:
            self._text = self.field.value()
        except Refused as error:
            self.shell.messages.refused(error)
            return
        self._read()

    def _read(self) -> None:
        text = self._text
        self.shell.jobs.read(
            lambda context: services.purchases.look(context, text),
            self._show,
            self._refused,
            channel=self.word,
        )

    def _refused(self, error: Refused) -> None:
        self._text = ""
        self.shell.messages.refused(error)

    # --- what is shown ------------------------------------------------------------------------

    def _show(self, plan: Plan) -> None:
        self.model.set_rows(plan.lines)
        self.card.show_title(_("What there is"), words.summary(plan) if plan.lines else "")
        if plan.lines:
            self.table.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        chosen = bool(self.table.selected_rows())
        for button in (self.to_shop, self.want):
            button.setEnabled(chosen)
        line = self._line()
        self.gathered.setText("" if line is None else words.gathered(line))

    def _line(self) -> Looked | None:
        return next(iter(self.table.selected_rows()), None)

    def _find(self) -> None:
        line = self._line()
        if line is not None:
            self.shell.go("shop")
            self.shell.search_for(line.planned.words)

    def _want(self) -> None:
        line = self._line()
        if line is not None:
            self.shell.go("wants", Seed(None, line.planned.words, line.planned.pieces))

    def _lay_out(self) -> None:
        top = CardFrame()
        top.add(self.field)
        top.body.addLayout(row(self.look, None))
        self.card = CardFrame(_("What there is"))
        self.card.add(ListOrEmpty(self.table, self.empty, at_once=True), 1)
        self.card.add(self.gathered)
        acts = [self.to_shop] + [self.want] * self.shell.context.allows(Action.ORDER)
        self.card.body.addLayout(row(*acts, None, self.table.columns_button()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(page_layout.GAP)
        column.addWidget(top)
        column.addWidget(self.card, 1)
