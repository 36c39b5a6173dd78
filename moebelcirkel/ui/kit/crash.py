"""The last line of defence: a bug is written to the log, shown once, and ends in order.

The report holds versions and the traceback, no names and no data; the home folder is left out.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from moebelcirkel.domain.errors import without_values
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label, push_button

_log = logging.getLogger(__name__)


class CrashHandler(QObject):
    """Takes every exception that nobody else took, from any thread."""

    _arrived = Signal(str)

    def __init__(
        self, folder: Path, version: str, end: Callable[[], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._version = version
        self._end = end
        self._native: TextIO | None = None
        self.dialog: CrashDialog | None = None
        self._arrived.connect(self._show)

    def install(self) -> None:
        """From now on this object hears of every bug, also of crashes in native code."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._native = (self._folder / "native-crash.log").open("a", encoding="utf-8")
            faulthandler.enable(self._native)
        except OSError as error:
            _log.warning("no native crash log: %s", error)

    def uninstall(self) -> None:
        """Give the hooks back (the end of the program, and tests)."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._native is not None:
            faulthandler.disable()
            self._native.close()
            self._native = None

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log it and show it; what the user interrupts with Ctrl+C is no bug."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = report(self._version, kind, error, trace)
        _log.critical("%s", text)
        self._keep(text)
        self._arrived.emit(text)

    def _handle_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)

    def _keep(self, text: str) -> None:
        name = datetime.now(UTC).strftime("crash-%Y%m%d-%H%M%S.txt")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_text(text, "utf-8")
        except OSError as error:
            _log.warning("crash report not kept: %s", error)

    def _show(self, text: str) -> None:
        """One dialog: what follows on the first bug is only logged."""
        if self.dialog is None:
            self.dialog = CrashDialog(text, self._folder)
            self.dialog.finished.connect(lambda _result: self._end())
            self.dialog.open()


class CrashDialog(QDialog):
    """Says that the program must close, and gives the report to copy."""

    def __init__(self, text: str, folder: Path) -> None:
        from PySide6.QtGui import QFontDatabase
        from PySide6.QtWidgets import QPlainTextEdit

        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("Møbelcirklen must close"))
        heading = Label(_("Møbelcirklen must close"), tone="heading")
        body = Label(
            _(
                "There is an error in the program. What was saved is safe, and half-filled forms "
                "are kept. Send the report below to whoever looks after the program."
            ),
            wrap=True,
        )
        place = Label(
            _("The report also lies in {folder}").format(folder=folder), tone="small", wrap=True
        )
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = push_button(_("Copy report"), self._copy)
        close = push_button(_("Close the program"), self.accept, role="primary", default=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (heading, body, self.report, place):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.resize(720, 480)
        theme.dress(self)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(_("Copied"))


def report(
    version: str, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Versions and traceback, without the home folder's name."""
    import platform  # asks much of the machine, which no start waits for

    head = (
        f"Møbelcirklen {version}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n"
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n\n"
    )
    lines = without_values("".join(traceback.format_exception(kind, error, trace)))
    return (head + lines).replace(str(Path.home()), "~")
