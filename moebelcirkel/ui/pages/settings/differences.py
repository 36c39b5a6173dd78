"""The dialog that lists every figure in which a factor set differs from another one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from moebelcirkel.domain.factors import FIGURE_NAMES
from moebelcirkel.language import _, decimal, kroner
from moebelcirkel.services import factors
from moebelcirkel.services.factors import Difference, SetRow
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, column, holder, open_at, row, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.columns import mark
from moebelcirkel.ui.pages.settings.factor_sets import set_title
from moebelcirkel.ui.pages.settings.simulation import SimulationCard

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.shell import Shell


class DifferencesDialog(QDialog):
    """Category, figure, before and now with the reason; and what it would do to a past period."""

    def __init__(
        self, shell: Shell, chosen: SetRow, sets: Sequence[SetRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell = shell
        self._chosen = chosen
        said = _("What differs in {name}").format(name=chosen.name)
        title = Label(said, tone="heading")
        self.setWindowTitle(said)
        others = _others(chosen, sets)
        self.other = ChoiceField(_("Compared with"), others, required=True)
        self.other.set_value(others[0].key if others else None)
        self.other.setMinimumWidth(theme.current().px(260))
        self.model: TableModel[Difference] = TableModel(
            _columns(), lambda each: (each.category, each.figure)
        )
        self.simulation = SimulationCard(shell, chosen)
        close = push_button(_("Close"), self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(row(title, None, self.other))
        # On a low screen it scrolls, so that the button below stays in sight.
        layout.addWidget(scrolled(holder(column(self._table(said), self.simulation, gap=14))), 1)
        layout.addLayout(row(None, close))
        open_at(self, 1080, 680)
        self.other.combo.currentIndexChanged.connect(self._compare)
        self._compare()

    def _table(self, said: str) -> CardFrame:
        table = TableView(said)
        table.show_model(self.model)
        card = CardFrame(padded=False)
        card.body.setContentsMargins(8, 6, 8, 6)
        nothing = EmptyState(_("All figures are the same."), icon="check")
        card.add(ListOrEmpty(table, nothing), 1)
        return card

    def _compare(self) -> None:
        other = self.other.combo.currentData()
        if other is not None:
            self._shell.jobs.read(
                lambda context: factors.compare(context, self._chosen.id, other),
                self.model.set_rows,
                channel="settings.differences",
                owner=self,
            )


def _others(chosen: SetRow, sets: Sequence[SetRow]) -> list[Choice]:
    """The other sets; first the one it was copied from, else the newest."""
    others = [each for each in sets if each.id != chosen.id]
    others.sort(key=lambda each: each.name != chosen.based_on)
    return [Choice(each.id, set_title(each)) for each in others]


def _columns() -> list[Column[Difference]]:
    return [
        Column("category", _("Category"), lambda each: each.category, strong=True),
        Column("figure", _("Figure"), lambda each: _(FIGURE_NAMES[each.figure]), width=170),
        Column("before", _("Before"), _before, tone="muted", tip=_before, width=120),
        Column("after", _("Now"), _after, tip=_after, width=120),
        Column("reason", _("Reason"), _reason, tone="muted", tip=_reason, width=340),
    ]


def _before(each: Difference) -> str:
    return _shown(each.figure, each.before)


def _after(each: Difference) -> str:
    return _shown(each.figure, each.after)


def _reason(each: Difference) -> str:
    return each.reason


def _shown(figure: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return mark(verified=value).text
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, int) and figure.endswith("_ore"):
        return kroner(value)
    return str(value)
