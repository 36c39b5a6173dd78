"""The dry run: what would be taken in, and every refused line with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moebelcirkel.domain.fold import fold
from moebelcirkel.language import _, ngettext, number, refusal
from moebelcirkel.ui.kit.forms.fields import CheckField, LineField
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, figure_column, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, holder, row
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.kit.progressline import ProgressLine

if TYPE_CHECKING:
    from moebelcirkel.services.imports import LineError, Trial

SAMPLE = 200
_MOST_REASONS = 6


class ResultStep(QWidget):
    """Counts, refused lines with a filter, some of what will come, and the progress of it."""

    save_asked = Signal()
    try_asked = Signal()
    """Whether prices are right is answered another way now."""
    cancel_asked = Signal()

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        super().__init__()
        self.trial: Trial[Any] | None = None
        self.counts = CardFrame(_("Dry run"))
        self.facts = FactList()
        self.counts.add(self.facts)
        self.far_out = CheckField("")
        self.far_out.changed.connect(self.try_asked)
        self.counts.add(self.far_out)
        self.counts.body.addStretch(1)
        self.errors = TableModel[_Refusal](_error_columns(), lambda each: each.number)
        self.error_table = _table(self.errors, _("Refused lines"))
        self.filter = LineField(_("Search in the reasons"))
        self.filter.changed.connect(self._filter)
        self.save = push_button(_("Save the list…"), self.save_asked)
        self.copy = push_button(_("Copy"), self._copy)
        self.records = TableModel[Any](columns, lambda each: each.line)
        self.record_table = _table(self.records, _("What is made"))
        self.progress = ProgressLine(_("Import"))
        self.state = Label()
        self.cancel = push_button(_("Cancel"), self.cancel_asked)
        self.running = CardFrame()
        self._all: list[_Refusal] = []
        self._lay_out()
        self.end_progress()

    def show_trial(self, trial: Trial[Any], more: Sequence[Fact] = ()) -> None:
        """Show what came of the dry run, and more facts about what will be made."""
        self.trial = trial
        self._all = [_Refusal(n, error) for n, error in enumerate(trial.errors)]
        self._filter()
        self.records.set_rows(trial.records[:SAMPLE])
        taken, refused = len(trial.records), len(trial.errors)
        facts = [
            Fact(_("Will be imported"), number(taken), strong=True, tone="co2" if taken else ""),
            Fact(_("Refused"), number(refused), strong=True, tone="warning" if refused else ""),
        ]
        facts += more
        like = _("For example: {reason}")
        facts += [
            Fact(text if count == 1 else like.format(reason=text), number(count))
            for text, count in _reasons(self._all)
        ]
        self.facts.show_facts(facts)
        self._ask_prices(trial.far_out)
        rest = taken - SAMPLE
        self.made.subtitle.setText(_("… and {count} more.").format(count=number(rest)))
        self.made.subtitle.setVisible(rest > 0)
        self.made.setVisible(taken > 0)
        for button in (self.save, self.copy):
            button.setEnabled(refused > 0)

    def clear(self) -> None:
        """Nothing has been tried with the choices as they are now."""
        self.trial = None
        self.far_out.set_value(False)

    def any_price(self) -> bool:
        """Whether somebody has said that prices far from their category's are right."""
        return self.far_out.value()

    def _ask_prices(self, count: int) -> None:
        text = ngettext(
            "The {count} price far from the usual is right",
            "The {count} prices far from the usual are right",
            count,
        ).format(count=number(count))
        self.far_out.box.setText(text)
        self.far_out.box.setAccessibleName(text)
        self.far_out.setVisible(count > 0)

    def begin_progress(self, text: str, *, can_stop: bool) -> None:
        """Something runs."""
        self.cancel.setVisible(can_stop)
        self.state.setText(text)
        self.progress.show_busy()
        self.running.show()
        self.cancel.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        text = _("{done} of {total} lines").format(done=number(done), total=number(total))
        self.progress.show_known()
        self.progress.show_done(done, total, text)
        self.state.setText(text)

    def end_progress(self) -> None:
        """It is over."""
        self.running.hide()

    def _filter(self) -> None:
        wanted = fold(self.filter.line.text())
        self.errors.set_rows([row for row in self._all if wanted in fold(row.searched)])

    def _copy(self) -> None:
        self.error_table.selectAll()
        self.error_table.copy_selection()

    def _lay_out(self) -> None:
        refused = CardFrame(_("Refused lines"))
        refused.beside_title(holder(row(self.copy, self.save)))
        refused.add(self.filter)
        refused.add(self.error_table, 1)
        self.made = CardFrame(_("What is made"))
        self.made.add(self.record_table, 1)
        self.running.add(self.state)
        self.running.add(holder(row(self.progress, self.cancel, gap=12)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.running)
        layout.addWidget(SidePanel(refused, [(self.counts, 340)]), 1)
        layout.addWidget(self.made, 1)


class _Refusal:
    """A refused line with its reason in the reader's language."""

    __slots__ = ("column", "line", "message", "number", "searched", "text")

    def __init__(self, place: int, error: LineError) -> None:
        self.number = place
        self.line, self.column, self.message = error.line, error.column, error.message
        self.text = refusal(error.refused())
        self.searched = f"{error.line} {error.column} {self.text}"


def _reasons(rows: list[_Refusal]) -> list[tuple[str, int]]:
    """The reasons met, the commonest first, each with one line's words and how often."""
    counts: dict[str, int] = {}
    first: dict[str, str] = {}
    for each in rows:
        counts[each.message] = counts.get(each.message, 0) + 1
        first.setdefault(each.message, each.text)
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return [(first[message], count) for message, count in ordered[:_MOST_REASONS]]


def _error_columns() -> list[Column[_Refusal]]:
    return [
        figure_column("line", _("Line"), lambda r: r.line, number, width=70),
        text_column("column", _("Column"), lambda r: r.column, width=150),
        Column("text", _("Reason"), lambda r: r.text, lambda r: r.text, tip=lambda r: r.text),
    ]


def _table(model: TableModel[_Refusal] | TableModel[Any], name: str) -> TableView:
    view = TableView(name)
    view.show_model(model)
    view.setMinimumHeight(220)
    return view
