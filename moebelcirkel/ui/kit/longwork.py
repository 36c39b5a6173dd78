"""Work that may take seconds: how far it is, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout

from moebelcirkel.domain.errors import N_, Interrupted, Refused
from moebelcirkel.language import _
from moebelcirkel.services import folders
from moebelcirkel.ui.kit import file_dialogs, theme
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.kit.progressline import ProgressLine

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.jobs import Job
    from moebelcirkel.ui.kit.page import Page

T = TypeVar("T")
Progress = Callable[[int, int], None]
Lane = Literal["long", "aside", "write"]

#: What is done sooner needs no window of its own.
_SHOW_AFTER_MS = 400


class LongWork(QDialog):
    """One piece of work of a page; its window comes only when the work takes its time."""

    def __init__(self, page: Page, title: str) -> None:
        super().__init__(page.window())
        self._page = page
        self._stopped = False
        self._job: Job | None = None
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        heading = Label(title, tone="heading")
        self.line = ProgressLine(title)
        self.line.show_busy()
        self.stop_button = push_button(_("Stop"), self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(heading)
        column.addWidget(self.line)
        column.addLayout(buttons)
        self.setMinimumWidth(theme.current().px(380))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self.show)

    def run(
        self,
        lane: Lane,
        work: Callable[[Context, Progress], T],
        done: Callable[[T], object],
        failed: Callable[[Refused], object] | None = None,
    ) -> None:
        """Begin; ``work`` calls its progress often, which is where it can be stopped."""
        jobs = self._page.shell.jobs
        tell = jobs.relay(self._show_progress)

        def progress(at: int, count: int) -> None:
            if self._stopped or (self._job is not None and self._job.cancelled):
                raise Interrupted
            tell(at, count)

        def ended(answer: T) -> None:
            self._end()
            done(answer)

        def refused(error: Refused) -> None:
            self._end()
            (failed or self._page.shell.messages.refused)(error)

        jobs.unavailable.connect(self._step_aside)
        start: Any = {"long": jobs.long, "aside": jobs.aside, "write": jobs.write}[lane]
        self._delay.start(_SHOW_AFTER_MS)
        self._job = start(
            lambda context: work(context, progress),
            ended,
            refused,
            stopped=self._end,
            owner=self._page,
        )

    def reject(self) -> None:
        """Stop the work at its next step."""
        self._stopped = True
        self.stop_button.setEnabled(False)

    def _show_progress(self, at: int, count: int) -> None:
        if count > 0:
            self.line.show_known()
            self.line.show_done(at, count)

    def _step_aside(self) -> None:
        """The banner asks whether to try again; nothing of ours may lie over it."""
        self._delay.stop()
        self.hide()

    def _end(self) -> None:
        self._delay.stop()
        self.hide()
        self.deleteLater()


def save_file(
    page: Page, title: str, name: str, make: Callable[[Context, Progress], bytes]
) -> QFileDialog:
    """Ask where to, make the file aside, and write it whole or not at all."""
    ending = Path(name).suffix
    kind = {".xlsx": _("Spreadsheet"), ".csv": "CSV", ".pdf": "PDF"}[ending]

    def write(path: str) -> None:
        write_file(page, title, Path(path), make)

    return file_dialogs.ask_where(page.window(), title, name, write, kind)


def write_file(
    page: Page, title: str, path: Path, make: Callable[[Context, Progress], bytes]
) -> None:
    """Make the file aside and write it."""

    def work(context: Context, progress: Progress) -> str:
        save_whole(path, make(context, progress))
        return path.name

    def done(written: str) -> None:
        page.shell.messages.success(_("Saved as {name}").format(name=written))

    LongWork(page, title).run("aside", work, done)


def save_whole(path: Path, data: bytes) -> None:
    """Write beside the target first, so that a full disk leaves nothing half."""
    try:
        folders.put(path, data)
    except OSError as error:
        raise Refused(
            N_(
                "{name} could not be saved. Check that there is room on the drive, or choose "
                "another folder or another name."
            ),
            name=path.name,
        ) from error
