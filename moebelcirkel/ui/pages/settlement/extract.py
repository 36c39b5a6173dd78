"""The finance system's extract beside what was sent: what agrees, what is missing, what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.settlement import MatchOutcome
from moebelcirkel.language import _, kroner, number
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.striped import Striped, StripedList
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import column, holder, open_at, row, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button, window_title
from moebelcirkel.ui.pages.settlement.extract_parts import (
    ExtractEntry,
    ExtractForm,
    columns,
    entries,
    state_names,
    sum_words,
)

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.imports import RecordChoices, Source
    from moebelcirkel.services.settlement import BatchCharge, Compared, Comparison
    from moebelcirkel.ui.kit.shell import Shell

COLUMNS, RESULT = 0, 1
_MOST_SUMS = 4
#: "Mangler i udtrækket: 1.234", in letters.
_SHOWN_WIDE = 26


@dataclass(frozen=True, slots=True)
class ReadExtract:
    """A file, its columns, and what it came to; or why it cannot be compared yet."""

    source: Source
    choices: RecordChoices
    found: Comparison | None
    refused: Refused | None = None


def open_file(context: Context, path: Path) -> ReadExtract:
    """Read a file, suggest its columns, and compare where they are known."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            N_("{path} cannot be read. Check the name and that you may open it."), path=str(path)
        ) from error
    source, choices = services.settlement.open_extract(context, data, path.name)
    return compared(context, source, choices)


def compared(context: Context, source: Source, choices: RecordChoices) -> ReadExtract:
    """Compare, or say what must be chosen first."""
    try:
        return ReadExtract(source, choices, services.settlement.compare(context, source, choices))
    except Refused as error:
        return ReadExtract(source, choices, None, error)


def read_again(context: Context, source: Source, facts: dict[str, Any]) -> ReadExtract:
    """The same bytes from another sheet, or by another encoding or decimal sign."""
    again = source.again(**facts)
    return compared(context, again, services.settlement.suggest(context, again))


class ExtractDialog(Dialog):
    """Columns first where they are not plain, then the result; a charge opens its order."""

    kept = Signal(object)

    def __init__(self, parent: QWidget, shell: Shell, read: ReadExtract) -> None:
        super().__init__(parent)
        self._shell = shell
        self.steps = SegmentedField(
            "", [Choice(COLUMNS, _("Columns")), Choice(RESULT, _("Result"))]
        )
        self.form = ExtractForm()
        self.notice = Notice()
        self.sums = Label(wrap=True)
        self.shown = ChoiceField(_("Show"))
        self.shown.combo.setMinimumContentsLength(_SHOWN_WIDE)
        self.table = TableView(_("Postings"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.model: TableModel[ExtractEntry] = TableModel(
            columns(), lambda row: row.key, parent=self
        )
        self.table.show_model(self.model)
        self.charges = StripedList(_("Charges"))
        self._entries: list[ExtractEntry] = []
        self._lay_out()
        self._connect()
        self.show_read(read)
        open_at(self, 1180, 680)

    def show_read(self, read: ReadExtract) -> None:
        """Show what a file came to, or what must be chosen."""
        self.read = read
        title = _("Extract of the finance system: {name}").format(name=read.source.name)
        self.setWindowTitle(window_title(title))
        self.heading.setText(title)
        self.form.show_source(read.source, read.choices)
        self.notice.hide()
        if read.refused is not None:
            self.refuse(read.refused)
        if read.found is not None:
            self._show_found(read.found)
        self.keep.setEnabled(read.found is not None and bool(read.found.named))
        self._show_step(COLUMNS if read.found is None else RESULT)

    def refuse(self, error: Refused) -> None:
        """Say by the columns, or above the list, why it was refused."""
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)

    # --- the result ---------------------------------------------------------------------------

    def _show_found(self, found: Comparison) -> None:
        told = [sum_words(each) for each in found.sums]
        more = len(told) - _MOST_SUMS
        if more > 0:
            told = [*told[:_MOST_SUMS], _("… and {count} more.").format(count=number(more))]
        self.sums.setText("\n".join(told) or _("No settlement is released, so nothing is awaited."))
        self._entries = entries(found)
        names = state_names()
        count = {name: sum(each.state == name for each in self._entries) for name in names}
        offered = [
            Choice(name, f"{text[:1].upper()}{text[1:]}: {number(count[name])}")
            for name, text in names.items()
        ]
        everything = Choice("", _("All: {count}").format(count=number(len(self._entries))))
        self.shown.set_choices([everything, *offered])
        first = [name for name in (MatchOutcome.DIFFERENT, MatchOutcome.MISSING) if count[name]]
        self.shown.set_value(str(first[0]) if first else "")
        self._filter()

    def _filter(self) -> None:
        wanted = self.shown.value() or ""
        self.model.set_rows([each for each in self._entries if wanted in ("", each.state)])
        self.charges.show_entries([], None)
        self.open_order.setEnabled(False)
        if self.model.rows:
            self.table.selectRow(0)

    def _chosen(self) -> None:
        """Read the charges behind the posting that is chosen."""
        entry = self.table.current_row()
        sent = entry.pair.sent if entry is not None and entry.pair is not None else None
        if sent is None:
            self._show_charges([])
            return
        self._shell.jobs.read(
            lambda context: services.settlement.charges_of(context, sent.batch_id, sent.position),
            self._show_charges,
            self.refuse,
            channel="settlement charges",
            owner=self,
        )

    def _show_charges(self, lines: list[BatchCharge]) -> None:
        self.charges.show_entries([_charge(line) for line in lines], None)
        self.open_order.setEnabled(bool(lines))

    def _open(self, key: object) -> None:
        if key is not None:
            self.accept()
            self._shell.go("orders", cast("tuple[int, int]", key)[0])

    # --- reading anew -------------------------------------------------------------------------

    def _changed(self, name: str) -> None:
        if name in ("sheet", "encoding", "decimal"):
            facts, source = self.form.facts(), self.read.source
            self._work(lambda context: read_again(context, source, facts))

    def _ask_step(self) -> None:
        """The result is worked out whenever it is asked for after the columns."""
        if self.steps.value() == COLUMNS:
            self._show_step(COLUMNS)
            return
        source, choices = self.read.source, self.form.choices()
        self._work(lambda context: compared(context, source, choices))

    def _work(self, work: Callable[[Context], ReadExtract]) -> None:
        self._shell.jobs.read(
            work, self.show_read, self.refuse, channel="settlement extract", owner=self
        )

    def _show_step(self, step: int) -> None:
        self.steps.set_value(step)
        self.stack.setCurrentIndex(step)

    def _keep(self) -> None:
        source, choices = self.read.source, self.read.choices
        self._shell.jobs.write(
            lambda context: services.settlement.keep(context, source, choices),
            self._kept,
            self.refuse,
            hold=[self.keep],
            owner=self,
        )

    def _kept(self, done: Compared) -> None:
        self.accept()
        self.kept.emit(done)

    # --- widgets ------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.steps.changed.connect(self._ask_step)
        self.form.changed.connect(self._changed)
        self.shown.changed.connect(self._filter)
        self.table.selectionModel().selectionChanged.connect(lambda *_of: self._chosen())
        self.charges.opened.connect(self._open)

    def _lay_out(self) -> None:
        self.heading = Label("", tone="heading", wrap=True)
        self.keep = push_button(_("Keep the result"), self._keep, role="primary")
        self.open_order = push_button(
            _("Open the order"), lambda: self._open(self.charges.current_key())
        )
        self.open_order.setEnabled(False)
        self.close_button = push_button(_("Close"), self.reject)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(holder(column(self.form, None))))
        self.stack.addWidget(self._result())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (self.heading, self.steps, self.notice):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        layout.addLayout(row(None, self.keep, self.open_order, self.close_button))

    def _result(self) -> QWidget:
        above = QHBoxLayout()
        above.addWidget(self.sums, 1)
        above.addWidget(self.shown)
        nothing = EmptyState(_("No charges"), _("Choose a posting that was sent."), icon="money")
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self.table, 3)
        beside.addWidget(ListOrEmpty(self.charges, nothing), 1)
        layout = column(above, gap=8)
        layout.addLayout(beside, 1)
        return holder(layout)


def _charge(line: BatchCharge) -> Striped:
    amount = kroner(line.charged_ore, exact=True)
    what = services.settlement.charge_words(line)
    return Striped((line.order_id, line.charge_id), f"{line.label} · {amount}", what, line.order)
