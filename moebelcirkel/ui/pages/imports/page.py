"""The page of imports: a file, what its columns and categories mean, a dry run, and the import."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.language import _, ngettext, number, refusal
from moebelcirkel.ui.kit.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.empty import EmptyState
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row, scrolled
from moebelcirkel.ui.pages.imports import dialogs, reading
from moebelcirkel.ui.pages.imports.categories import CategoriesStep
from moebelcirkel.ui.pages.imports.columns import ColumnsStep
from moebelcirkel.ui.pages.imports.earlier import EarlierImports
from moebelcirkel.ui.pages.imports.prices import PricesStep
from moebelcirkel.ui.pages.imports.result import ResultStep
from moebelcirkel.ui.pages.imports.source import SourceStep

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.imports import ImportChoices, ImportRow, Trial
    from moebelcirkel.ui.kit.shell import Shell
    from moebelcirkel.ui.pages.imports.reading import Read

FILE, COLUMNS, PRICES, CATEGORIES, RESULT = range(5)
_STEPS = (
    N_("1 File"), N_("2 Columns"), N_("3 Prices"), N_("4 Categories"), N_("5 Dry run"),
)  # fmt: skip


class ImportsPage(Page):
    """Five steps over one file; without a file, how to begin and what was imported before."""

    word = "imports"
    title = N_("Import")
    kinds = frozenset({"import_batch"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        self.read: Read | None = None
        self._stop = threading.Event()
        self.notice = Notice()
        self.steps = SegmentedField("", [Choice(n, _(text)) for n, text in enumerate(_STEPS)])
        self.source, self.columns, self.prices = SourceStep(), ColumnsStep(), PricesStep()
        self.categories, self.result = CategoriesStep(), ResultStep()
        self.stack = QStackedWidget()
        self.next = QPushButton(_("Next"))
        self.earlier = EarlierImports()
        self.choose = QPushButton(_("Choose a file…"))
        self.go = QPushButton(_("Import the file"))
        self.go.setProperty("role", "primary")
        self._lay_out()
        self._wire()
        self._show_file(None)

    # --- the window asks ------------------------------------------------------------------------

    def header_buttons(self) -> list[QPushButton]:
        """Choose a file, and when the dry run is good, import it."""
        return [self.choose, self.go]

    def reload(self) -> None:
        """Read the earlier imports."""

        def work(context: Context) -> list[ImportRow]:
            from moebelcirkel.services import imports

            return imports.latest(context)

        self.shell.jobs.read(work, self.earlier.show_imports, channel="imports")

    def create_new(self) -> None:
        """Ctrl+N chooses a file."""
        self.ask_file()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.open_file(path)

    # --- a file ---------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """The system's dialog for a table."""
        tables = _("Tables (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        dialogs.ask_file(self, _("Choose a file"), tables, self.open_file)

    def open_file(self, path: str) -> None:
        """Read a file and suggest what its columns mean."""
        self._load(lambda context: reading.open_file(context, Path(path)))

    def load_choices(self, path: str) -> None:
        """Fill in what was saved for an earlier file of the kind."""
        if self.read is not None:
            source = self.read.source
            self._load(lambda context: reading.load_choices(context, source, Path(path)))

    def save_choices(self, path: str) -> None:
        """Keep the choices for the next file of the kind."""
        choices = self._choices()
        if choices is not None:
            from moebelcirkel.services import imports

            self._keep(Path(path), lambda: imports.choices_to_file(choices).encode())

    def save_refused(self, path: str) -> None:
        """Write the refused lines to a CSV file."""
        trial = self.result.trial
        if trial is not None:
            from moebelcirkel.services import imports

            self._keep(Path(path), lambda: imports.error_list(trial.errors))

    def _load(self, work: Callable[[Context], Read]) -> None:
        self.notice.hide()
        self.shell.jobs.long(
            work, self._show_file, self._refused, channel="imports", hold=[self.choose]
        )

    def _read_again(self) -> None:
        if self.read is not None:
            source, facts = self.read.source, self.source.facts()
            self._load(lambda context: reading.read_again(context, source, facts))

    def _keep(self, path: Path, make: Callable[[], bytes]) -> None:
        said = _("{name} is saved.")
        self.shell.jobs.aside(
            lambda _context: reading.write_bytes(path, make()),
            lambda name: self.shell.messages.success(said.format(name=name)),
            self._refused,
            owner=self,
        )

    def _show_file(self, read: Read | None) -> None:
        self.read = read
        for widget in (self.steps, self.stack, self.next):
            widget.setVisible(read is not None)
        self.start.setVisible(read is None)
        self.earlier.setVisible(read is None)
        self.go.setVisible(read is not None)
        self.choose.setText(_("Choose a file…") if read is None else _("Another file…"))
        if read is None:
            self.go.setText(_("Import the file"))
            return
        self.source.show_source(read.source)
        self.columns.show_mapping(read.choices.mapping, read.source.table.columns)
        self.prices.show_basis(read.choices.basis)
        self.categories.offer(read.categories)
        self._show_values(read)
        self._edited()
        self.show_step(FILE)

    def _show_values(self, read: Read) -> None:
        chosen, mapping = read.choices.categories, read.choices.mapping
        self.categories.show_values(read.values, chosen, mapping.fixed.get("category"))
        unsure = not read.values or any(chosen.get(v.text) is None for v in read.values)
        self.categories.show_words(read.words, on=bool(mapping.words) or unsure)

    # --- steps ----------------------------------------------------------------------------------

    def show_step(self, number_of_step: int) -> None:
        """Show one of the five; the last one tries the choices out."""
        if number_of_step == CATEGORIES and not self._refresh_values():
            return
        self.steps.set_value(number_of_step)
        self.stack.setCurrentIndex(number_of_step)
        self.next.setVisible(self.read is not None and number_of_step < RESULT)
        if number_of_step == RESULT:
            self.try_out()

    def _refresh_values(self) -> bool:
        """Count the values of the column of categories anew when another one is chosen."""
        read = self.read
        if read is None:
            return False
        try:
            mapping = self.columns.mapping(self.categories.one_category(), self.categories.words())
        except Refused as error:
            self._wrong(COLUMNS, error)
            return False
        before = read.choices.mapping
        if (mapping.category, mapping.name) != (before.category, before.name):
            self.shell.jobs.long(
                lambda context: reading.with_mapping(context, read, mapping),
                self._values_known,
                self._refused,
                channel="imports",
            )
        return True

    def _values_known(self, read: Read) -> None:
        self.read = read
        self._show_values(read)

    def _edited(self) -> None:
        """The dry run says nothing of the choices as they are now."""
        self.result.clear()
        self.go.setEnabled(False)
        self.go.setText(_("Import the file"))

    def _choices(self) -> ImportChoices | None:
        """All choices, or None after what is wrong has been shown by its field."""
        from moebelcirkel.services.imports import ImportChoices

        self.notice.hide()
        self.columns.clear_errors()
        assert self.read is not None
        step = COLUMNS
        try:
            mapping = self.columns.mapping(self.categories.one_category(), self.categories.words())
            mapping.check(self.read.source.table.columns)
            step = PRICES
            basis = self.prices.basis()
        except Refused as error:
            self._wrong(step, error)
            return None
        return ImportChoices(
            mapping=mapping, basis=basis, categories=self.categories.chosen(), **self.source.facts()
        )

    def _wrong(self, step: int, error: Refused) -> None:
        self.steps.set_value(step)
        self.stack.setCurrentIndex(step)
        self.next.show()
        form = self.prices.form if step == PRICES else None
        if form is not None and (isinstance(error, Invalid) or error.field in form.names()):
            form.show_refusal(error)
        elif not self.columns.show_refusal(error):
            self.notice.say(refusal(error))

    # --- trying and importing -------------------------------------------------------------------

    def try_out(self) -> None:
        """The dry run, off the window's thread."""
        choices, read = self._choices(), self.read
        if choices is None or read is None:
            return
        source = read.source
        self.result.begin_progress(_("The lines are being checked …"), can_stop=False)

        def work(context: Context) -> Trial:
            from moebelcirkel.services import imports

            return imports.try_out(context, source, choices)

        self.shell.jobs.long(
            work, self._tried, self._refused, channel="imports-trial", stopped=self._stopped
        )

    def _tried(self, trial: Trial) -> None:
        self.result.end_progress()
        self.result.show_trial(trial, self.categories.name_of)
        count = len(trial.records)
        text = ngettext("Import {count} furniture type", "Import {count} furniture types", count)
        self.go.setText(text.format(count=number(count)))
        self.go.setEnabled(count > 0)

    def run(self) -> None:
        """Take the file in as one change."""
        choices, read = self._choices(), self.read
        if choices is None or read is None or self.result.trial is None:
            return
        source, stop = read.source, threading.Event()
        self._stop = stop
        self.result.begin_progress(_("The file is being imported …"), can_stop=True)
        progress = self.shell.jobs.relay(self.result.show_progress)

        def work(context: Context) -> Done:
            from moebelcirkel.services import imports

            return imports.run(context, source, choices, progress=progress, cancelled=stop.is_set)

        self.shell.jobs.write(
            work, self._imported, self._refused, hold=[self.choose, self.go, self.steps],
            stopped=self._stopped, owner=self,
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop what runs; nothing of it is kept."""
        self._stop.set()
        self.result.cancel.setEnabled(False)

    def _imported(self, done: Done) -> None:
        self.result.end_progress()
        count = int(done.data["taken"])
        text = ngettext(
            "{count} furniture type imported", "{count} furniture types imported", count
        )
        self._show_file(None)
        self.done(done, text.format(count=number(count)))

    def _stopped(self) -> None:
        self.result.end_progress()
        self.shell.messages.info(_("Stopped. Nothing was imported."))

    def _refused(self, error: Refused) -> None:
        self.result.end_progress()
        self.notice.refuse(error)

    def _undo(self, import_row: ImportRow) -> None:
        text = ngettext(
            "{count} furniture type goes away again, if no furniture has come of it.",
            "{count} furniture types go away again, if no furniture has come of them.",
            import_row.taken,
        )
        self.shell.messages.ask(
            _("Undo the import of {name}?").format(name=import_row.file_name),
            text.format(count=number(import_row.taken)),
            _("Undo the import"),
            lambda: self.shell.undo(import_row.change_id),
        )

    # --- widgets --------------------------------------------------------------------------------

    def _ask_choices(self) -> None:
        dialogs.ask_file(self, _("Load choices"), "TOML (*.toml)", self.load_choices)

    def _ask_save_choices(self) -> None:
        dialogs.ask_where(self, _("Save choices"), f"{self._stem()}.toml", self.save_choices)

    def _ask_save_refused(self) -> None:
        name = f"{self._stem()} {_('refused lines')}.csv"
        dialogs.ask_where(self, _("Save the list"), name, self.save_refused)

    def _stem(self) -> str:
        return Path(self.read.source.name).stem if self.read is not None else ""

    def _lay_out(self) -> None:
        begin = EmptyState(
            _("Choose a file of furniture types"),
            _("A price list as CSV or XLSX. Drop it here, or choose it. Nothing is saved yet."),
            _("Choose a file…"),
            icon="import",
        )
        begin.pressed.connect(self.ask_file)
        self.start = CardFrame()
        self.start.add(begin)
        self.start.setMinimumHeight(260)
        for step in (self.source, self.columns, self.prices, self.categories, self.result):
            self.stack.addWidget(scrolled(step))
        self.foot = holder(row(None, self.next))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for widget in (self.notice, self.steps):
            layout.addWidget(widget)
        layout.addWidget(self.start, 1)
        layout.addWidget(self.earlier, 2)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.foot)

    def _wire(self) -> None:
        self.choose.clicked.connect(self.ask_file)
        self.go.clicked.connect(self.run)
        self.next.clicked.connect(lambda: self.show_step(self.stack.currentIndex() + 1))
        self.steps.changed.connect(lambda: self.show_step(int(self.steps.value() or 0)))
        self.source.facts_changed.connect(self._read_again)
        self.source.load_asked.connect(self._ask_choices)
        self.source.save_asked.connect(self._ask_save_choices)
        self.result.save_asked.connect(self._ask_save_refused)
        self.result.cancel_asked.connect(self.cancel)
        self.earlier.undo_asked.connect(self._undo)
        for step in (self.columns, self.prices, self.categories):
            step.changed.connect(self._edited)


def _dropped(data: QMimeData) -> str:
    """The path of the one file that is dragged, if it is one."""
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
