"""A batch registered today: its pieces, their labels once more, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import language
from moebelcirkel.domain.lifecycle import STATE_NAMES, State
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit import icons
from moebelcirkel.ui.kit.chips import Chip, condition_tone
from moebelcirkel.ui.kit.page_layout import CardFrame, open_at, row
from moebelcirkel.ui.kit.plain import Label, window_title
from moebelcirkel.ui.kit.table_view import TableView
from moebelcirkel.ui.kit.tables import Column, TableModel

if TYPE_CHECKING:
    from moebelcirkel.services.intake import BatchDetail, PieceRow


class BatchDialog(QDialog):
    """Numbers, conditions and places of one batch; `print_asked(ids)` and `undo_asked(change)`."""

    print_asked = Signal(object)
    undo_asked = Signal(object)
    piece_opened = Signal(object)

    def __init__(self, batch: BatchDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.batch = batch
        count = len(batch.pieces)
        many = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
        self.setWindowTitle(window_title(batch.article))
        heading = Label(batch.article)
        heading.setProperty("tone", "heading")
        heading.setWordWrap(True)
        at = language.time_of_day(batch.at)
        parts = (many.format(count=count), batch.giver, _("at {time}").format(time=at))
        line = Label(" · ".join(part for part in parts if part))
        line.setProperty("tone", "small")
        self.table = TableView("intake-batch")
        self.table.setAccessibleName(_("The batch's furniture"))
        model: TableModel[PieceRow] = TableModel(_columns(), lambda piece: piece.id, parent=self)
        model.set_rows(batch.pieces)
        self.table.show_model(model)
        self.table.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addWidget(line)
        layout.addSpacing(4)
        card = CardFrame(padded=False)
        card.add(self.table, 1)
        layout.addWidget(card, 1)
        layout.addSpacing(4)
        layout.addLayout(self._buttons(count))
        open_at(self, 600, 480)

    def _buttons(self, count: int) -> QLayout:
        many = ngettext("Print {count} label", "Print {count} labels", count)
        self.print_button = QPushButton(many.format(count=count))
        self.print_button.setProperty("role", "primary")
        self.print_button.setDefault(True)
        self.undo_button = QPushButton(_("Undo the batch"))
        self.undo_button.setProperty("role", "danger")
        self.undo_button.setEnabled(self.batch.change_id is not None)
        icons.put(self.undo_button, "undo", "error")
        close = QPushButton(_("Close"))
        self.print_button.clicked.connect(self._print)
        self.undo_button.clicked.connect(self._undo)
        close.clicked.connect(self.reject)
        return row(self.undo_button, None, close, self.print_button)

    def _print(self) -> None:
        self.accept()
        self.print_asked.emit([piece.id for piece in self.batch.pieces])

    def _undo(self) -> None:
        self.accept()
        self.undo_asked.emit(self.batch.change_id)

    def _open(self, piece: PieceRow) -> None:
        self.accept()
        self.piece_opened.emit(piece.id)


def _columns() -> list[Column[PieceRow]]:
    return [
        Column("number", _("Number"), lambda p: p.number, lambda p: p.id, width=120, strong=True),
        Column(
            "condition", _("Condition"), lambda p: p.condition, lambda p: p.condition, width=90,
            chip=lambda p: Chip(p.condition, condition_tone(p.condition)),
        ),
        Column("state", _("State"), lambda p: _(STATE_NAMES[State(p.state)]), width=120),
        Column("place", _("Place"), lambda p: p.place, lambda p: p.place),
    ]  # fmt: skip
