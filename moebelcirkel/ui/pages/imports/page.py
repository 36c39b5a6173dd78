"""The page of imports: a file, what its columns and categories mean, a dry run, and the import."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Interrupted, Refused
from moebelcirkel.language import _
from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.longwork import save_whole
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.strips import Strips
from moebelcirkel.ui.pages.imports import reading
from moebelcirkel.ui.pages.imports.earlier import EarlierImports
from moebelcirkel.ui.pages.imports.flows import FLOWS, ImportFlow, undo_text
from moebelcirkel.ui.pages.imports.start import StartCard
from moebelcirkel.ui.pages.imports.step_frame import CATEGORIES, COLUMNS, FILE, RESULT, StepFrame
from moebelcirkel.ui.pages.imports.steps import ImportSteps
from moebelcirkel.ui.pages.imports.unfinished import Unfinished, UnfinishedImport

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.imports import Imported, ImportRow, Trial
    from moebelcirkel.ui.kit.shell import Shell
    from moebelcirkel.ui.pages.imports.reading import ReadFile


class ImportsPage(Page):
    """Five steps over one file; without a file, how to begin and what was imported before."""

    word = "imports"
    title = N_("Import")
    kinds = frozenset({"import_batch"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setAcceptDrops(True)
        self.read: Any = None
        self._stop = threading.Event()
        self.notice = Notice(closable=True)
        self._strips = Strips(self, self, self.notice)
        self.flow: ImportFlow = FLOWS[0]
        self._steps: dict[str, StepFrame] = {}
        self.earlier = EarlierImports()
        self.unfinished = Unfinished(shell.drafts)
        self._path = Path()
        self.choose = QPushButton(_("Choose a file…"))
        self.go = QPushButton(_("Import the file"))
        self.go.setProperty("role", "primary")
        self._lay_out()
        self._wire()
        self._show_file(None)

    @property
    def steps(self) -> Any:
        """The steps over a file of the chosen kind; others are made when they are needed."""
        if self.flow.key not in self._steps:
            made = self._steps[self.flow.key] = self.flow.make_steps()
            made.hide()
            self._wire_steps(made)
            self._body.addWidget(made, 1)
        return self._steps[self.flow.key]

    def choose_kind(self, key: str) -> None:
        """Files of another kind are taken in now."""
        self.flow = next(flow for flow in FLOWS if flow.key == key)
        self.start.show_flow(self.flow)
        self.steps.build()

    # --- the window asks ------------------------------------------------------------------------

    def header_buttons(self) -> list[QPushButton]:
        """Choose a file, and when the dry run is good, import it."""
        return [self.choose, self.go]

    def reload(self) -> None:
        """Read the earlier imports."""
        self.steps.build()

        def work(context: Context) -> list[ImportRow]:
            return services.imports.latest(context)

        self.shell.jobs.read(work, self.earlier.show_imports, channel="imports")

    def create_new(self) -> None:
        """Ctrl+N chooses a file."""
        self.ask_file()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back one step; what was chosen stays."""
        step = self.steps.current()
        if event.key() == Qt.Key.Key_Escape and self.read is not None and step > FILE:
            self.show_step(self.steps.before(step))
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData())
        if path:
            event.acceptProposedAction()
            self.open_file(path)

    # --- a file ---------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """The system's dialog for a table."""
        tables = _("Tables (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        file_dialogs.ask_file(self, _("Choose a file"), tables, self.open_file)

    def open_file(self, path: str) -> None:
        """Read a file and suggest what its columns mean."""
        file, flow = Path(path), self.flow
        self._load(
            lambda context: flow.open_file(context, file),
            lambda read: self._show_file(read, UnfinishedImport(file, FILE, {}, flow.key)),
        )

    def go_on(self, kept: UnfinishedImport) -> None:
        """Open the file of an import that was begun, with everything that was chosen."""
        self.choose_kind(kept.flow)
        flow = self.flow
        self._load(
            lambda context: flow.go_on(context, kept.path, kept.steps),
            lambda read: self._show_file(read, kept),
        )

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
        trial = self.steps.result.trial
        if trial is not None:
            from moebelcirkel.services import imports

            self._keep(Path(path), lambda: imports.error_list(trial.errors))

    def _load(
        self, work: Callable[[Context], ReadFile], done: Callable[[ReadFile], None] | None = None
    ) -> None:
        self.notice.hide()
        self.shell.jobs.long(
            work,
            done or self._show_file,
            self._refused,
            channel="imports",
            hold=[self.choose, self.unfinished],
        )

    def _read_again(self) -> None:
        if self.read is not None:
            source, facts, flow = self.read.source, self.steps.source.facts(), self.flow
            self._load(lambda context: flow.read_again(context, source, facts))

    def _keep(self, path: Path, make: Callable[[], bytes]) -> None:
        said = _("{name} is saved.")
        self.shell.jobs.aside(
            lambda _context: save_whole(path, make()),
            lambda _none: self.shell.messages.success(said.format(name=path.name)),
            self._refused,
            owner=self,
        )

    def _show_file(self, read: ReadFile | None, kept: UnfinishedImport | None = None) -> None:
        begins = self.read is None or self.choose.hasFocus()
        self.read = read
        self.unfinished.offer(on=read is None)
        for key, steps in self._steps.items():
            steps.setVisible(read is not None and key == self.flow.key)
        self.start.setVisible(read is None)
        self.earlier.setVisible(read is None)
        self.go.setVisible(read is not None)
        self.choose.setText(_("Choose a file…") if read is None else _("Another file…"))
        if read is None:
            self.go.setText(_("Import the file"))
            return
        self.steps.show_read(read)
        self.steps.show()
        if kept is not None:
            self._path = kept.path
            if kept.steps:
                self.steps.restore(kept.steps)
        self._edited()
        self.show_step(kept.step if kept is not None else FILE)
        if begins and self.steps.next.isVisible():
            self.steps.next.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- steps ----------------------------------------------------------------------------------

    def show_step(self, step: int) -> None:
        """Show one of them; the last one tries the choices out."""
        if self.read is None or (step == CATEGORIES and not self._refresh_values(self.read)):
            return
        self.steps.show_step(step)
        self._remember()
        if step == RESULT:
            self.try_out()

    def _refresh_values(self, read: ReadFile) -> bool:
        """Count the values of the column of categories anew when another one is chosen."""
        try:
            mapping = self.steps.mapping()
        except Refused as error:
            self.steps.refuse(COLUMNS, error)
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

    def _values_known(self, read: ReadFile) -> None:
        self.read = read
        self.steps.show_values(read)
        self._remember()

    def _remember(self) -> None:
        """Keep on this PC what is chosen so far, so that a crash loses none of it."""
        step = self.steps.current()
        self.unfinished.keep(UnfinishedImport(self._path, step, self.steps.draft(), self.flow.key))

    def _edited(self) -> None:
        """The dry run says nothing of the choices as they are now."""
        self._remember()
        self.steps.result.clear()
        self.go.setEnabled(False)
        self.go.setText(_("Import the file"))

    def _choices(self) -> Any:
        """All choices, or None after what is wrong has been shown by its field."""
        self.notice.hide()
        return self.steps.choices(self.read.source.table.columns)

    # --- trying and importing -------------------------------------------------------------------

    def try_out(self) -> None:
        """The dry run, off the window's thread."""
        read, flow = self.read, self.flow
        choices = None if read is None else self._choices()
        if choices is None:
            return
        source, any_price = read.source, self.steps.result.any_price()
        self.steps.result.begin_progress(_("The lines are being checked …"), can_stop=False)

        def work(context: Context) -> Trial[Any]:
            return flow.try_out(context, source, choices, any_price=any_price)

        self.shell.jobs.long(
            work, self._tried, self._refused, channel="imports-trial", stopped=self._stopped
        )

    def _tried(self, trial: Trial[Any]) -> None:
        self.steps.result.end_progress()
        self.steps.result.show_trial(trial, self.flow.facts(trial))
        self.go.setText(self.flow.go_text(len(trial.records)))
        self.go.setEnabled(bool(trial.records))

    def run(self) -> None:
        """Take the file in as one change."""
        read, flow = self.read, self.flow
        choices = None if read is None else self._choices()
        if choices is None or self.steps.result.trial is None:
            return
        source, stop = read.source, threading.Event()
        self._stop, any_price = stop, self.steps.result.any_price()
        self.steps.result.begin_progress(_("The file is being imported …"), can_stop=True)
        progress = self.shell.jobs.relay(self.steps.result.show_progress)

        def step() -> None:
            if stop.is_set():
                raise Interrupted

        def work(context: Context) -> Imported:
            services.copies.before_import(context, step)
            watch = services.imports.ImportWatch(progress, stop.is_set)
            return flow.run(context, source, choices, watch, any_price=any_price)

        self.shell.jobs.write(
            work,
            self._imported,
            self._refused,
            hold=[self.choose, self.go, self.steps.bar],
            stopped=self._stopped,
            owner=self,
        )

    def cancel(self) -> None:
        """Stop what runs; nothing of it is kept."""
        self._stop.set()
        self.steps.result.cancel.setEnabled(False)

    def _imported(self, done: Imported) -> None:
        self.steps.result.end_progress()
        self.unfinished.forget()
        self._show_file(None)
        self.done(done, self.flow.done_text(done.taken))

    def _stopped(self) -> None:
        self.steps.result.end_progress()
        self.shell.messages.info(_("Stopped. Nothing was imported."))

    def _refused(self, error: Refused) -> None:
        if self.read is not None:
            self.steps.result.end_progress()
            if self.steps.takes(error):
                return
        self.notice.refuse(error)

    def _undo(self, import_row: ImportRow) -> None:
        self.shell.messages.ask(
            _("Undo the import of {name}?").format(name=import_row.file_name),
            undo_text(import_row),
            _("Undo the import"),
            lambda: self.shell.undo(import_row.change_id),
        )

    # --- widgets --------------------------------------------------------------------------------

    def _ask_choices(self) -> None:
        file_dialogs.ask_file(self, _("Load choices"), "TOML (*.toml)", self.load_choices)

    def _ask_save_choices(self) -> None:
        file_dialogs.ask_where(self, _("Save choices"), f"{self._stem()}.toml", self.save_choices)

    def _ask_save_refused(self) -> None:
        name = f"{self._stem()} {_('refused lines')}.csv"
        file_dialogs.ask_where(self, _("Save the list"), name, self.save_refused)

    def _stem(self) -> str:
        return Path(self.read.source.name).stem if self.read is not None else ""

    def _lay_out(self) -> None:
        self.start = StartCard(FLOWS)
        self.start.pressed.connect(self.ask_file)
        self.start.kind_chosen.connect(self.choose_kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.unfinished)
        layout.addWidget(self.start, 1)
        layout.addWidget(self.earlier, 2)
        self._body = layout
        self.start.show_flow(self.flow)

    def _wire(self) -> None:
        self.choose.clicked.connect(self.ask_file)
        self.go.clicked.connect(self.run)
        self.earlier.undo_asked.connect(self._undo)
        self.unfinished.go_on.connect(self.go_on)

    def _wire_steps(self, steps: StepFrame) -> None:
        steps.asked.connect(self.show_step)
        steps.edited.connect(self._edited)
        steps.facts_changed.connect(self._read_again)
        steps.refused.connect(self.notice.refuse)
        steps.built.connect(lambda: self._wire_built(steps))

    def _wire_built(self, steps: StepFrame) -> None:
        steps.source.keeps_choices(on=isinstance(steps, ImportSteps))
        steps.source.load_asked.connect(self._ask_choices)
        steps.source.save_asked.connect(self._ask_save_choices)
        steps.result.try_asked.connect(self.try_out)
        steps.result.save_asked.connect(self._ask_save_refused)
        steps.result.cancel_asked.connect(self.cancel)


def _dropped(data: QMimeData) -> str:
    """The path of the one file that is dragged, if it is one."""
    urls = data.urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""
