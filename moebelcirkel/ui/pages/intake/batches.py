"""Labels to print now or later, and today's batches shown again: the paper side of intake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.ui.pages.intake.footer import held_back
from moebelcirkel.ui.parts.label_memory import label_memory

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.intake import IntakeBatchDetail, PieceRow
    from moebelcirkel.ui.kit.shell import Shell


class BatchPapers(QObject):
    """Opens the dialogs of labels and batches; ``closed`` when the keyboard is free again."""

    closed = Signal()

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self.shell = shell
        self.memory = label_memory(shell.drafts)
        self.button = QPushButton()
        self.button.hide()
        self.button.clicked.connect(self.print_waiting)
        self._page = page

    def printing_chosen(self, at_once: bool) -> None:  # noqa: FBT001 - the signal's value
        """Remember when labels are printed."""
        self.memory.print_at_once(at_once=at_once)

    def show_waiting(self) -> None:
        """Say how many labels wait."""
        self.button.setText(held_back(self.memory.waiting))
        self.button.setVisible(bool(self.memory.waiting))

    def registered(self, unit_ids: Sequence[int]) -> None:
        """New pieces have numbers: their labels are shown, or wait."""
        if self.memory.at_once:
            self.show_labels(unit_ids)
        else:
            self.memory.wait(unit_ids)
            self.show_waiting()

    def print_waiting(self) -> None:
        """Print the labels that wait."""
        if self.memory.waiting:
            self.show_labels(self.memory.waiting)

    def show_labels(self, unit_ids: Sequence[int]) -> None:
        """Open the sheets of labels of some pieces."""
        from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog

        dialog = LabelSheetDialog(self.shell, unit_ids, self._page.window())
        dialog.finished.connect(self._labels_closed)
        dialog.open()

    def _labels_closed(self) -> None:
        self.show_waiting()
        self.closed.emit()

    def open_batch(self, intake_id: int) -> None:
        """Show a batch with its pieces."""

        def work(context: Context) -> IntakeBatchDetail:
            return services.intake.batch(context, intake_id)

        self.shell.jobs.read(work, self._show_batch, channel="intake batch")

    def _show_batch(self, batch: IntakeBatchDetail) -> None:
        from moebelcirkel.ui.pages.intake.batch_dialog import BatchDialog

        dialog = BatchDialog(batch, self._page.window())
        dialog.print_asked.connect(self.show_labels)
        dialog.undo_asked.connect(self.shell.undo)
        dialog.removal_asked.connect(self._remove)
        dialog.piece_opened.connect(lambda unit: self.shell.go("units", unit))
        dialog.open()

    def _remove(self, piece: PieceRow) -> None:
        """Take one piece out of its batch."""

        def work(context: Context) -> Done:
            from moebelcirkel.services.intake import corrections as intake_corrections

            return intake_corrections.remove(context, piece.id)

        said = _("Registration of {number} undone").format(number=piece.number)
        self.shell.jobs.write(
            work, lambda done: self.shell.changed(done, said, "intake"), owner=self
        )
