"""A paper in the program's preview, to print or save; labels also say where the sheet begins.

It brings QtPdf along: import it where the dialog is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QSpinBox, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.dialog import tell
from moebelcirkel.ui.kit.page_layout import open_at, row
from moebelcirkel.ui.kit.pictures.preview import PdfPreview
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts.label_memory import label_memory

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell

_WAIT_MS = 250


class PaperDialog(QDialog):
    """Shows a PDF under a heading."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        heading = Label(title, tone="heading")
        self.head = row(heading, None)
        self.preview = PdfPreview()
        self.preview.print_button.setProperty("role", "primary")
        self.preview.print_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(self.head)
        layout.addWidget(self.preview, 1)
        # The window's own key does not reach into a dialog over it; what it undoes is not seen.
        keys.add(self, _("Undo my latest change"), self._tell_undo, "Ctrl+Z")
        open_at(self, 780, 640)

    def _tell_undo(self) -> None:
        tell(self, _("Close the paper first; then Ctrl+Z undoes what you did last."), "money")

    def show_paper(self, data: bytes, name: str) -> None:
        """Show the document; the name is what saving proposes."""
        self.preview.load(data, name)
        self.preview.print_button.setFocus()


class LabelSheetDialog(PaperDialog):
    """Labels of some pieces, beginning where the sheet in the printer is still free."""

    of_pieces = True

    def __init__(self, shell: Shell, unit_ids: Sequence[int], parent: QWidget) -> None:
        many = ngettext("{count} label", "{count} labels", len(unit_ids))
        super().__init__(parent, many.format(count=number(len(unit_ids))))
        self._shell = shell
        self._units = list(unit_ids)
        self._memory = label_memory(shell.drafts)
        self._per_page = 0
        self.start = QSpinBox()
        self.start.setRange(1, 999)
        self.start.setValue(self._memory.start)
        theme.inset(self.start)
        label = Label(_("First free label on the sheet"))
        label.setBuddy(self.start)
        self.head.addWidget(label)
        self.head.addWidget(self.start)
        self.preview.printed.connect(self._used)
        self.preview.saved.connect(self._saved)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._draw)
        self.start.valueChanged.connect(lambda _value: self._wait.start())
        self._draw()

    def _draw(self) -> None:
        units, start, pieces = self._units, self.start.value(), self.of_pieces

        def work(context: Context) -> tuple[int, int, bytes]:
            columns = int(context.parameter("label_columns"))
            rows = int(context.parameter("label_rows"))
            make = services.labels.sheet if pieces else services.labels.place_sheet
            return columns, rows, make(context, units, min(start, columns * rows))

        self._shell.jobs.aside(work, self._drawn, self._refused)

    def _drawn(self, answer: tuple[int, int, bytes]) -> None:
        columns, rows, data = answer
        self._per_page = columns * rows
        self.start.blockSignals(True)
        self.start.setMaximum(self._per_page)
        self.start.blockSignals(False)
        self.show_paper(data, _("labels.pdf"))
        # Where the first of them is, not where the sheet is used up already.
        above = min(self.start.value() - 1, self._per_page - 1) // columns
        self.preview.go_down(above / rows)

    def _refused(self, error: Refused) -> None:
        self._shell.messages.refused(error)
        self.reject()

    def _saved(self, path: str) -> None:
        self._used()
        self._shell.messages.success(_("Saved as {name}").format(name=Path(path).name))

    def _used(self) -> None:
        """Remember what is free on the sheet now."""
        if self.of_pieces:
            self._memory.forget(self._units)
        after = self.start.value() - 1 + len(self._units)
        self._memory.begin_at(after % max(self._per_page, 1) + 1)
        self.accept()


class PlaceLabelDialog(LabelSheetDialog):
    """Labels of shelves and other places, by their ids."""

    of_pieces = False
