"""The dialog that lists every figure in which a factor set differs from its origin."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.factors import FIGURE_NAMES
from moebelcirkel.language import _, decimal, kroner
from moebelcirkel.services import factors
from moebelcirkel.services.factors import Difference, SetRow
from moebelcirkel.ui.kit.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.page_layout import CardFrame, open_at, row
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.kit.table_view import TableView
from moebelcirkel.ui.kit.tables import Column, TableModel

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell


class DifferencesDialog(QDialog):
    """A table of category, figure, before and now."""

    def __init__(self, shell: Shell, chosen: SetRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if chosen.based_on:
            words = _("{name} compared with {origin}")
            said = words.format(name=chosen.name, origin=chosen.based_on)
            nothing = _("All figures are the same.")
        else:
            said = _("{name} is no copy").format(name=chosen.name)
            nothing = _("It was not copied from another set, so there is nothing to compare with.")
        title = Label(said)
        title.setProperty("tone", "heading")
        self.setWindowTitle(said)
        self.model: TableModel[Difference] = TableModel(
            _columns(), lambda each: (each.category, each.figure)
        )
        table = TableView(said)
        table.show_model(self.model)
        card = CardFrame(padded=False)
        card.body.setContentsMargins(8, 6, 8, 6)
        card.add(ListOrEmpty(table, EmptyState(nothing, icon="check")), 1)
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(card, 1)
        column.addLayout(row(None, close))
        open_at(self, 820, 520)
        shell.jobs.read(
            lambda context: factors.compare(context, chosen.id),
            self.model.set_rows,
            channel="settings.differences",
            owner=self,
        )


def _columns() -> list[Column[Difference]]:
    return [
        Column("category", _("Category"), lambda each: each.category, strong=True),
        Column("figure", _("Figure"), lambda each: _(FIGURE_NAMES[each.figure]), width=210),
        Column("before", _("Before"), _before, tone="muted", tip=_before),
        Column("after", _("Now"), _after, tip=_after),
    ]


def _before(each: Difference) -> str:
    return _shown(each.figure, each.before)


def _after(each: Difference) -> str:
    return _shown(each.figure, each.after)


def _shown(figure: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Verified") if value else _("Estimate")
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, int) and figure.endswith("_ore"):
        return kroner(value)
    return str(value)
