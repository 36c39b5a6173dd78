"""The table of rights as the program keeps it: which role may do what, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from moebelcirkel.domain.fold import fold, matches_rank, words
from moebelcirkel.domain.roles import MATRIX, Action, Role, Scope
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.settings.section import Section

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.page import Page

_REACH = {Scope.OWN: (N_("Own"), "money"), Scope.ALL: (N_("All"), "accent")}


class RolesSection(Section):
    """Read only: the rights are part of the program, and its tests hold every service to them."""

    title = N_("Rights by role")
    searchable = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.model: TableModel[Action] = TableModel(_columns(), lambda action: action)
        self.table = TableView(_(self.title))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        intro = Label(
            _(
                "“Own” reaches the institutions a person's role is for, “All” reaches everything. "
                "Who has which role is chosen under Users and roles."
            )
        )
        guard = Label(
            _(
                "In a database file of one's own the rights are guard rails: whoever owns the "
                "file owns the data."
            )
        )
        for label in (intro, guard):
            label.setProperty("tone", "small")
            label.setWordWrap(True)
            label.setContentsMargins(10, 4, 10, 4)
        card = CardFrame(padded=False)
        card.body.setContentsMargins(8, 10, 8, 8)
        card.body.setSpacing(4)
        card.add(intro)
        card.add(self.table, 1)
        card.add(guard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.model.set_rows(list(Action))

    def shown(self) -> None:
        """Begin with all of them."""
        self.search("")

    def search(self, text: str) -> None:
        wanted = words(text)
        self.model.set_rows(
            [action for action in Action if matches_rank(wanted, fold(_(action.label))) is not None]
        )


def _columns() -> Sequence[Column[Action]]:
    actions = Column[Action]("action", _("Right"), _name, strong=True, tip=_name)
    return [actions, *(_role_column(role) for role in Role)]


def _name(action: Action) -> str:
    return _(action.label)


def _role_column(role: Role) -> Column[Action]:
    def text(action: Action) -> str:
        scope = MATRIX[role].get(action)
        return "" if scope is None else _(_REACH[scope][0])

    def chip(action: Action) -> Chip | None:
        scope = MATRIX[role].get(action)
        return None if scope is None else Chip(text(action), _REACH[scope][1])

    title = _(role.label)
    wide = int(paint.width_of(title, paint.font("small", 600)) / theme.current().scale) + 18
    return Column(role.value, title, text, width=max(wide, 68), chip=chip)
